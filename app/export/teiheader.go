package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// This file writes the header of a TEI document (TEI P5 4.12: 2 The TEI Header). Every
// value of every field stands in notesStmt, with who and how it stands; what the header
// has an element for stands there too, where it is in force.

// teiNotStated is the type of a note that says of a field that the source does not
// state it. TEI has no element for that; what the header has an element for is left
// out, as it is where nothing is known.
const teiNotStated = "not-stated"

type teiHeader struct {
	*teiSet
	*teiBody
	x *xmlWriter
	d *Doc
}

func (h *teiHeader) write() {
	h.x.open("teiHeader", "xml:lang", "en")
	h.x.open("fileDesc")
	h.titles()
	h.publication()
	h.notes()
	h.source()
	h.x.close()
	h.encoding()
	h.profile()
	h.revisions()
	h.x.close()
}

func (h *teiHeader) titles() {
	x := h.x
	x.open("titleStmt")
	x.leaf("title", h.d.Title)
	for _, v := range h.d.inForce("dcterms:creator") {
		x.leaf("author", v)
	}
	for _, name := range slices.Sorted(maps.Keys(h.who)) {
		resp := "described, marked or decided"
		if name == Machine {
			resp = "proposed by a program, and taken by nobody"
		}
		x.open("respStmt", "xml:id", h.who[name][1:])
		x.leaf("resp", resp)
		x.leaf("name", name)
		x.close()
	}
	x.close()
	if h.edition > 0 {
		x.within("editionStmt", "edition", fmt.Sprintf("Edition %d of %s", h.edition, h.title))
	}
	x.open("extent")
	x.leaf("measure", fmt.Sprintf("%d characters", h.l.source.Len()), "unit", "char", "quantity", fmt.Sprint(h.l.source.Len()))
	if h.d.SHA256 != "" {
		x.leaf("measure", fmt.Sprintf("%d bytes of the original", h.d.Size), "unit", "byte", "quantity", fmt.Sprint(h.d.Size))
	}
	x.close()
}

func (h *teiHeader) publication() {
	x, o := h.x, h.j.o
	x.open("publicationStmt")
	publishers := slices.Concat(o.Creator, h.d.inForce("dcterms:publisher"))
	for _, p := range publishers {
		x.leaf("publisher", p)
	}
	if len(publishers) == 0 {
		x.leaf("authority", "Not stated")
	}
	x.leaf("idno", h.d.URN(), "type", "URN")
	x.leaf("date", h.asOf, "when", h.asOf)
	rights := h.d.inForce(AccessField, AvailableField, "dcterms:rights", "dcterms:license")
	if o.Licence != "" || len(rights) > 0 {
		x.open("availability")
		if o.Licence != "" {
			x.leaf("licence", o.Licence, "target", licenceAddress(o.Licence))
		}
		for _, r := range rights {
			x.leaf("p", r)
		}
		x.close()
	}
	x.close()
}

// notes writes the values, and what people noted.
func (h *teiHeader) notes() {
	x, d := h.x, h.d
	illegal := strings.Count(legal(d.SourceText), "\uFFFD") - strings.Count(d.SourceText, "\uFFFD")
	if len(d.Fields)+len(d.Notes)+illegal == 0 {
		return
	}
	x.open("notesStmt")
	for i := range d.Fields {
		h.value(&d.Fields[i])
	}
	for _, n := range d.Notes {
		x.leaf("note", n.Text, "type", "remark", "xml:id", "n-"+string(n.ID), "resp", h.who[n.By])
	}
	if illegal > 0 {
		x.leaf("note", fmt.Sprintf("%d characters of the source text that XML cannot hold are gaps that name them.", illegal), "type", "unrepresentable")
	}
	x.close()
}

func (h *teiHeader) value(v *Value) {
	ana, cert := stateOf(v.State)
	if v.Confidence > 0 && v.Confidence <= 1 && cert != "high" {
		cert = fmt.Sprint(v.Confidence)
	}
	from, to := h.evidence(v.Evidence)
	if v.Region != "" && h.d.Pages > 0 {
		from = "#" + evidenceZone(v)
	}
	kind, words := "value", v.Value
	if v.NotStated { // a note of its own type, so that nobody takes the words for the value
		kind, words = teiNotStated, NotStated("")+"."
	}
	h.x.leaf("note", words, "type", kind, "subtype", wordOf(v.Field), "n", v.Detail, "xml:id", "v-"+string(v.ID),
		"resp", h.who[v.By], "cert", cert, "ana", ana, "target", from, "targetEnd", to)
}

func (h *teiHeader) source() {
	x, d := h.x, h.d
	x.open("sourceDesc")
	x.open("bibl")
	x.leaf("title", d.Name)
	for _, code := range d.inForce("dcterms:identifier") {
		x.leaf("idno", code, "type", "reference")
	}
	if d.SHA256 != "" {
		x.leaf("idno", d.SHA256, "type", "SHA-256")
	}
	x.leaf("idno", d.Path, "type", "path")
	for _, o := range d.Origins {
		x.leaf("idno", o.Path, "type", "path")
	}
	for _, v := range d.inForce("dcterms:source") {
		x.leaf("ref", v, "target", pointerTo(v))
	}
	x.leaf("note", strings.TrimSpace("Format "+d.Format+" "+d.Encoding), "type", "format")
	x.close()
	x.close()
}

// encoding says how the file is to be read.
func (h *teiHeader) encoding() {
	x := h.x
	x.open("encodingDesc")
	x.open("projectDesc")
	x.leaf("p", h.set())
	x.close()
	x.open("editorialDecl")
	for _, p := range []string{
		"The text is one ab element, code point for code point: each line end and each space in it is one of the text, and there are no others.",
		"Where the source text was corrected stands choice: sic has the words of the source text, corr those of the reading text.",
		"A gap stands for as many characters as its quantity says: reason lacuna for U+25AF, by which people write what cannot be read; undecodable for U+FFFD, bytes that no decoder could read; unrepresentable for characters that XML cannot hold, which its desc names.",
		"Marks stand around their words: person as persName, organisation as orgName, place as placeName, date as date, every other label as seg, which has it as its type. What crosses another mark, is empty or ends within a correction is a span in standOff, between two anchors, and has its label as its type.",
		"A page that can be shown as a picture is a surface, a mark on it a zone, which has its label as its type; a zone without a type is the evidence of the value whose note points to it.",
		"A type is a label, and a subtype the name of a field, in which bytes that are no letter, digit, Chinese character or one of -_.: are written as % and two hexadecimal digits.",
		"A note of the type not-stated says of a field that somebody has looked and the source does not state it; a field without a note is one that nobody has filled in.",
		"resp points to who said it, ana to how it stands, cert is high for what is in force, medium where the words have changed since, low or a figure for a proposal. Names of people are asserted, not proven.",
	} {
		x.leaf("p", p)
	}
	x.close()
	x.open("classDecl")
	h.taxonomy("states", "How it stands", [][2]string{{"accepted", "In force."}, {"proposed", "Proposed, and waits for a decision."}, {"look-again", "The words have changed since it was made."}})
	x.open("taxonomy", "xml:id", "tags")
	x.leaf("bibl", "Tags of the archive")
	x.close()
	x.open("taxonomy", "xml:id", "subjects")
	x.leaf("bibl", "Subjects of the description")
	x.close()
	h.taxonomy("labels", "Labels of marks", h.used())
	x.close()
	x.open("appInfo")
	version := h.j.o.Version
	if !teiVersion.MatchString(version) {
		version = "0"
	}
	x.open("application", "ident", "Fonds", "version", version)
	x.leaf("label", strings.TrimSpace("Fonds "+h.j.o.Version))
	x.close()
	x.close()
	x.close()
}

// set says of which set the document is.
func (h *teiHeader) set() string {
	out := fmt.Sprintf("From the set %q as of %s. ", h.title, h.asOf)
	if h.j.o.Set == All {
		out += "It has what is in force and what is proposed. "
	} else {
		out += "It has what is in force. "
	}
	if h.j.o.Text == Source {
		return out + "The text of the set is the source text: that with the words in sic."
	}
	return out + "The text of the set is the reading text: that with the words in corr."
}

// taxonomy writes names with what they mean. One that is the target of a pointer has
// the name as its id.
func (h *teiHeader) taxonomy(id, title string, of [][2]string) {
	h.x.open("taxonomy", "xml:id", id)
	h.x.leaf("bibl", title)
	for _, c := range of {
		if id == "states" {
			h.x.open("category", "xml:id", c[0])
		} else {
			h.x.open("category", "n", wordOf(c[0]))
		}
		h.x.leaf("catDesc", c[1])
		h.x.close()
	}
	h.x.close()
}

// used are the labels of the document's marks.
func (h *teiHeader) used() [][2]string {
	names := map[string]bool{}
	for _, m := range h.d.Marks {
		names[m.Label] = true
	}
	for _, r := range h.d.Regions {
		names[r.Label] = true
	}
	var out [][2]string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		words := name
		if what := h.labels[name]; what != "" {
			words += ": " + what
		}
		out = append(out, [2]string{name, words})
	}
	return out
}

func (h *teiHeader) profile() {
	x, d := h.x, h.d
	x.open("profileDesc")
	if dates := d.inForce("dcterms:created", "dcterms:date", "dcterms:issued"); len(dates) > 0 {
		x.open("creation")
		for _, v := range dates {
			x.leaf("date", v, "when", isoDate(v))
		}
		x.close()
	}
	if tags := languages(d); len(tags) > 0 {
		x.open("langUsage")
		for _, tag := range tags {
			x.leaf("language", tag, "ident", tag)
		}
		x.close()
	}
	if words := d.inForce("dcterms:abstract", "dcterms:description"); len(words) > 0 {
		x.open("abstract")
		for _, v := range words {
			x.leaf("p", v)
		}
		x.close()
	}
	h.keywords()
	x.close()
}

func (h *teiHeader) keywords() {
	x, d := h.x, h.d
	subjects := d.inForce("dcterms:subject")
	if len(d.Tags)+len(subjects) == 0 {
		return
	}
	x.open("textClass")
	if len(d.Tags) > 0 {
		x.open("keywords", "scheme", "#tags")
		for _, t := range d.Tags {
			ana, cert := stateOf(t.State)
			x.leaf("term", t.Tag, "xml:id", "t-"+string(t.ID), "resp", h.who[t.By], "cert", cert, "ana", ana)
		}
		x.close()
	}
	if len(subjects) > 0 {
		x.open("keywords", "scheme", "#subjects")
		for _, v := range subjects {
			x.leaf("term", v)
		}
		x.close()
	}
	x.close()
}

// change is a line of revisionDesc.
type change struct{ at, who, status, words string }

// revisions writes when the document came, when each person last worked on what is in
// the file, and its approval; the newest first (2.6). What was done one by one is in
// the format jsonl.
func (h *teiHeader) revisions() {
	d := h.d
	list := []change{{d.Added, "", "", "Taken into the archive."}}
	last, n := map[string]string{}, map[string]int{}
	did := func(by, at string) {
		last[by] = max(last[by], at)
		n[by]++
	}
	for _, v := range d.Fields {
		did(v.By, v.At)
	}
	for _, t := range d.Tags {
		did(t.By, t.At)
	}
	for _, m := range d.Marks {
		did(m.By, m.At)
	}
	for _, r := range d.Regions {
		did(r.By, r.At)
	}
	for _, c := range d.Corrections {
		did(c.By, c.At)
	}
	for _, by := range slices.Sorted(maps.Keys(last)) {
		list = append(list, change{last[by], h.who[by], "", fmt.Sprintf("The last of %d values, tags, marks and corrections.", n[by])})
	}
	if a := d.Approval; a != nil {
		words := "Approved."
		if !a.Holds {
			words = "Approved; it was changed since."
		}
		list = append(list, change{a.At, h.who[a.By], "approved", words + " SHA-256 of what was approved: " + a.Hash})
	}
	if s := d.Sample; s != nil {
		list = append(list, change{s.At, h.who[s.By], "", "Read again, and found " + s.Verdict + ". " + s.Text})
	}
	slices.SortStableFunc(list, func(a, b change) int { return cmp.Compare(b.at, a.at) })
	h.x.open("revisionDesc", "status", wordOf(d.Status))
	for _, c := range list {
		h.x.leaf("change", strings.TrimSpace(c.words), "when", c.at, "who", c.who, "status", c.status)
	}
	h.x.close()
}
