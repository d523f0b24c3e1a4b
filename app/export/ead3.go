package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"fonds/app/template"
)

// Format ead3: ead3/ead3.xml, one finding aid of the set (EAD3 1.1.1, Tag Library of
// the Society of American Archivists), each document a component. The fields go to
// where DA/T 18 and ISAD(G) have theirs, those of other standards to where the archive's
// template maps them; what has no element of its own is an odd with the field as its
// localtype. What is in force is written, and nothing that is only
// proposed. Of what the source does not state no element is written, which a machine
// would read as a name or a date: one processinfo names the fields. Documents that may not be read are listed by their ids, with the condition.

func init() {
	formats["ead3"] = format{open: openEAD3, closed: true}
}

type eadWriter struct {
	j      *job
	f      *file
	x      *xmlWriter
	mapped map[string]string // by a field that has no place of its own, the element of the template's map
	units  *eadUnits         // nil: nothing is arranged
	counts map[string]int
}

func openEAD3(j *job) (writer, error) {
	title, edition, asOf, err := j.state()
	if err != nil {
		return nil, err
	}
	heads, err := j.a.Heads(j.ctx)
	if err != nil {
		return nil, err
	}
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return nil, err
	}
	mapped := map[string]string{}
	form := template.Of(self)
	for _, f := range form.Fields {
		if e := f.Map["ead3"]; !slices.Contains(eadPlaced, f.ID) && (slices.Contains(eadParagraphs, e) || slices.Contains(eadPoints, e) || slices.Contains(eadIdentify, e)) {
			mapped[f.ID] = e
		}
	}
	mapped[form.LevelField()] = eadLevel
	f, err := j.create("ead3/ead3.xml")
	if err != nil {
		return nil, err
	}
	units, err := newEADUnits(j, self.Units())
	if err != nil {
		f.f.Close()
		return nil, err
	}
	w := &eadWriter{j, f, startXML(f), mapped, units, map[string]int{}}
	id := "fonds"
	for _, replica := range slices.Sorted(maps.Keys(heads)) { // that of the first copy
		id = string(replica)
		break
	}
	w.x.open("ead", "xmlns", "http://ead3.archivists.org/schema/")
	w.control(id, title, edition, asOf)
	w.x.open("archdesc", "level", "collection")
	w.x.open("did")
	w.x.leaf("unittitle", title)
	w.x.leaf("unitid", id)
	w.names("origination", j.o.Creator)
	w.x.close()
	w.x.open("dsc", "dsctype", "in-depth")
	return w, nil
}

// control says what the finding aid itself is (EAD3, control).
func (w *eadWriter) control(id, title string, edition int, asOf string) {
	x, o := w.x, w.j.o
	record := id
	if edition > 0 {
		record += fmt.Sprintf("-%d", edition)
	}
	x.open("control", "dateencoding", "iso8601", "langencoding", "iso639-2b", "scriptencoding", "iso15924")
	x.leaf("recordid", record)
	x.open("filedesc")
	x.open("titlestmt")
	x.leaf("titleproper", title)
	for _, who := range o.Creator {
		x.leaf("author", who)
	}
	x.close()
	if edition > 0 {
		x.within("editionstmt", "edition", fmt.Sprint(edition))
	}
	x.open("publicationstmt")
	for _, who := range o.Creator {
		x.leaf("publisher", who)
	}
	x.leaf("date", asOf, "normal", asOf)
	x.close()
	x.close()
	x.leaf("maintenancestatus", "", "value", "derived")
	x.within("maintenanceagency", "agencyname", cmp.Or(strings.Join(o.Creator, ", "), "Not stated"))
	x.open("conventiondeclaration")
	x.leaf("citation", "DCMI Metadata Terms", "href", "https://www.dublincore.org/specifications/dublin-core/dcmi-terms/")
	x.within("descriptivenote", "p", "The documents are described by these terms; they stand here where DA/T 18 and ISAD(G) have them.")
	x.close()
	if o.Licence != "" {
		x.open("rightsdeclaration")
		x.leaf("citation", o.Licence, "href", licenceAddress(o.Licence))
		x.close()
	}
	x.open("maintenancehistory")
	x.open("maintenanceevent")
	x.leaf("eventtype", "", "value", "derived")
	x.leaf("eventdatetime", asOf, "standarddatetime", asOf)
	x.leaf("agenttype", "", "value", "machine")
	x.leaf("agent", strings.TrimSpace("Fonds "+o.Version))
	x.leaf("eventdescription", "Written out of the archive as it was at this moment.")
	x.close()
	x.close()
	x.close()
}

func (w *eadWriter) write(d *Doc) error { return w.aside(d, func() { w.component(d) }) }

// component writes a document.
func (w *eadWriter) component(d *Doc) {
	x := w.x
	x.open("c", "level", w.level(d), "id", "d-"+string(d.ID))
	if d.Closed != nil {
		w.counts["closed"]++
		w.closed(d)
	} else {
		w.counts["documents"]++
		w.did(d)
		w.rest(d)
	}
	x.close()
}

// closed lists a document that may not be read.
func (w *eadWriter) closed(d *Doc) {
	x := w.x
	x.open("did")
	x.leaf("unittitle", "Closed")
	x.leaf("unitid", d.URN(), "localtype", "urn")
	x.close()
	x.open("accessrestrict")
	x.leaf("p", cmp.Or(d.Closed.Condition, "closed"))
	if d.Closed.Until != "" {
		x.leaf("p", "Until "+d.Closed.Until)
	}
	x.close()
}

// did is what identifies a document.
func (w *eadWriter) did(d *Doc) {
	x := w.x
	x.open("did")
	titles := d.inForce("dcterms:title")
	if len(titles) == 0 {
		titles = []string{cmp.Or(d.Name, d.URN())}
	}
	for _, v := range titles {
		x.leaf("unittitle", v)
	}
	for _, v := range d.inForce("dcterms:alternative") {
		x.leaf("unittitle", v, "localtype", "alternative")
	}
	for _, v := range d.inForce("dcterms:identifier") {
		x.leaf("unitid", v)
	}
	w.identify(d)
	x.leaf("unitid", d.URN(), "localtype", "urn")
	w.didDates(d)
	x.leaf("physdesc", fmt.Sprintf("%d characters", d.Chars), "localtype", "characters")
	if d.SHA256 != "" {
		x.leaf("physdesc", strings.TrimSpace(fmt.Sprintf("%d bytes %s", d.Size, d.Format)), "localtype", "file")
	}
	w.didExtent(d)
	x.leaf("dao", "", "daotype", "unknown", "identifier", d.URN(), "href", d.URN(), "linktitle", d.Name)
	x.close()
}

// level is the level of description that a document says it is at; it is an item otherwise.
func (w *eadWriter) level(d *Doc) string {
	if d.Closed == nil {
		for _, v := range d.Fields {
			if inForce(v.State) && w.mapped[v.Field] == eadLevel {
				return template.LevelNamed(v.Value)
			}
		}
	}
	return template.Item
}

// identify writes what the template maps to elements of did, beside what is known there.
func (w *eadWriter) identify(d *Doc) {
	for _, element := range eadIdentify {
		for _, v := range d.Fields {
			if inForce(v.State) && !v.NotStated && w.mapped[v.Field] == element {
				w.x.leaf(element, v.Value, "localtype", v.Field)
			}
		}
	}
}

// didRest is what identifies a unit beside title and code.
func (w *eadWriter) didRest(d *Doc) {
	w.identify(d)
	w.didDates(d)
	w.didExtent(d)
}

func (w *eadWriter) didDates(d *Doc) {
	for _, f := range eadDates {
		for _, v := range d.inForce(f.field) {
			w.date(v, f.of)
		}
	}
	w.names("origination", d.inForce("dcterms:creator"))
}

func (w *eadWriter) didExtent(d *Doc) {
	for _, v := range d.inForce("dcterms:extent", "dcterms:medium", "dcterms:format") {
		w.x.leaf("physdesc", v)
	}
	w.languages(d)
}

// eadDates are the dates of a document, with what they are of (datechar).
var eadDates = []struct{ field, of string }{{"dcterms:created", "creation"}, {"dcterms:date", "creation"}, {"dcterms:issued", "publication"}, {"dcterms:modified", "revision"}}

// names writes names of which nobody said whether they are a person's or a body's.
func (w *eadWriter) names(element string, names []string) {
	if len(names) == 0 {
		return
	}
	w.x.open(element)
	for _, v := range names {
		w.x.within("name", "part", v)
	}
	w.x.close()
}

// languages writes the languages, with the codes that EAD3 asks for (ISO 639-2, the
// bibliographic ones), and scripts (ISO 15924).
func (w *eadWriter) languages(d *Doc) {
	x := w.x
	tags := languages(d)
	if len(tags) == 0 {
		return
	}
	x.open("langmaterial")
	for _, s := range tags {
		tag := language.Make(s)
		code := bibliographic(tag)
		if !strings.Contains(s, "-") || tagScript(tag) == "" {
			x.leaf("language", s, "langcode", code)
			continue
		}
		x.open("languageset")
		x.leaf("language", s, "langcode", code)
		x.leaf("script", tagScript(tag), "scriptcode", tagScript(tag))
		x.close()
	}
	x.close()
}

// tagScript is the script that a tag itself names.
func tagScript(tag language.Tag) string {
	if script, sure := tag.Script(); sure == language.Exact {
		return script.String()
	}
	return ""
}

// codesB are the codes of ISO 639-2 that differ from those of ISO 639-3.
var codesB = map[string]string{"sqi": "alb", "hye": "arm", "eus": "baq", "bod": "tib", "mya": "bur", "zho": "chi", "ces": "cze", "nld": "dut", "fra": "fre", "kat": "geo",
	"deu": "ger", "ell": "gre", "isl": "ice", "mkd": "mac", "mri": "mao", "msa": "may", "fas": "per", "ron": "rum", "slk": "slo", "cym": "wel"}

// bibliographic is the code of a language in ISO 639-2/B, or "" where only other lists
// have it: every language with a code of two letters has one.
func bibliographic(tag language.Tag) string {
	base, _ := tag.Base()
	if len(base.String()) != 2 {
		return ""
	}
	return cmp.Or(codesB[base.ISO3()], base.ISO3())
}

// licenceAddress is where a licence is written out, if that is known.
func licenceAddress(licence string) string {
	if strings.Contains(licence, "://") {
		return pointerTo(licence)
	}
	return pointerTo("https://spdx.org/licenses/" + licence)
}
