package ingest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// This file reads the text of a TEI document, with the marks in it and those that stand off.

// teiDocument is one TEI element.
type teiDocument struct {
	name, lang string
	head       teiHead
	capture    *strings.Builder // of the header: text that is wanted
	hasText    bool

	lines   *teiLines
	marks   []*Span
	fixes   []*Fix
	spans   []teiSpan
	notes   []teiNote
	anchors map[string]*teiAnchor
	marked  map[string]int // marks by xml:id
	fixed   map[string]int // corrections by xml:id
	corr    *teiOne        // the choice in whose new words we are
	noteAt  int            // where the note stands in which we are, or -1

	surfaces []*teiSurface
	zones    []*teiZone
	shows    []teiShows
}

// teiAnchor is a place with a name.
type teiAnchor struct {
	start, end int
	in         *teiOne // then it is in new words
}

// teiSpan is a mark between two anchors.
type teiSpan struct {
	from, to, id string
	mark         Span
}

// teiBlocks begin and end a line.
var teiBlocks = setOf("p ab l lg head div div0 div1 div2 div3 div4 div5 div6 div7 front body back text item list row table sp speaker stage opener closer" +
	" signed dateline byline trailer titlePage docTitle titlePart docAuthor docImprint docEdition epigraph argument u figure castList castItem postscript" +
	" floatingText group address addrLine listBibl biblStruct biblFull entry entryFree imprimatur salute")

// teiDropped are no text of the document: lists that describe what is named, and what was struck out.
var teiDropped = setOf("teiHeader listPerson listPlace listOrg listEvent listNym listRelation listObject facsimile sourceDoc del figDesc rdg rdgGrp" +
	" interp interpGrp link linkGrp alt altGrp join joinGrp timeline certainty precision respons index")

// teiNames are the elements whose words are marks, with the labels of this program.
var teiNames = map[string]string{"persName": "person", "placeName": "place", "geogName": "place", "orgName": "organisation",
	"date": "date", "eventName": "event", "title": "work"}

// teiTypes are the types of rs and name that this program has labels for.
var teiTypes = map[string]string{"org": "organisation", "organization": "organisation", "pers": "person", "persons": "person", "places": "place"}

// element enters an element of the text.
func (r *teiReader) element(f, up *teiFrame, attr map[string]string) {
	d := f.doc
	if up.one != nil && !r.reading(f, up.one, attr) {
		r.skip = 1
		return
	}
	switch name := f.name; {
	case name == "choice" || name == "app":
		r.choice(f, attr)
	case name == "gap":
		d.gap(attr)
		r.skip = 1
	case name == "note":
		r.note(f)
	case name == "lb":
		if attr["break"] != "no" {
			d.lines.lineBreak()
		}
	case name == "anchor":
		d.anchor(attr["xml:id"])
	case name == "g" && attr["ref"] != "":
		r.glyph(f)
	case name == "span":
		d.span(attr)
		r.skip = 1
	case name == "cell":
		d.lines.cell()
	case up.one == nil && teiDropped[name]:
		r.skip = 1
	case teiBlocks[name]:
		d.lines.block()
		f.atEnd(func() { d.lines.block() })
	default:
		if label := d.labelOf(name, attr); label != "" {
			r.mark(f, label, attr)
		}
	}
}

// atEnd has something done at the end of an element, before what is to be done already.
func (f *teiFrame) atEnd(do func()) {
	then := f.end
	f.end = func() {
		do()
		if then != nil {
			then()
		}
	}
}

// labelOf is the label of an element that marks its words, or "".
func (d *teiDocument) labelOf(name string, attr map[string]string) string {
	if label := teiNames[name]; label != "" {
		return label
	}
	kind := strings.TrimSpace(attr["type"])
	switch {
	case name == "seg" && d.head.ours:
		return fromWord(kind)
	case name == "seg":
		return kind
	case name != "rs" && name != "name":
		return ""
	case teiTypes[kind] != "":
		return teiTypes[kind]
	}
	return cmpOr(kind, "name")
}

// mark marks the words of an element.
func (r *teiReader) mark(f *teiFrame, label string, attr map[string]string) {
	d := f.doc
	if d.noteAt >= 0 {
		return
	}
	m := &Span{Label: label, Authority: d.authority(attr)}
	if !d.head.ours && f.name == "date" {
		m.Comment = cmpOr(attr["when"], strings.Trim(attr["from"]+"/"+attr["to"], "/"))
	}
	d.marks = append(d.marks, m)
	n := len(d.marks) - 1
	if id := attr["xml:id"]; id != "" {
		d.marked[id] = n
	}
	if one := d.corr; one != nil {
		one.within = append(one.within, n)
		return
	}
	d.lines.begins(&m.Start)
	f.atEnd(func() {
		m.End = d.lines.here()
		m.Start = min(m.Start, m.End)
	})
}

// authority is the first address that says what is named. What points into the file says it to nobody else.
func (d *teiDocument) authority(attr map[string]string) string {
	list := strings.Fields(attr["ref"])
	if d.head.ours {
		list = append(list, strings.Fields(attr["corresp"])...)
	}
	for _, a := range list {
		if scheme, rest, ok := strings.Cut(a, ":"); ok && scheme != "" && rest != "" && !strings.ContainsAny(scheme, "#/?") {
			return a
		}
	}
	return ""
}

// choice enters an element that holds several readings.
func (r *teiReader) choice(f *teiFrame, attr map[string]string) {
	d, one := f.doc, &teiOne{id: attr["xml:id"]}
	f.one = one
	f.atEnd(func() {
		if one.corr == nil || d.corr != nil || d.noteAt >= 0 {
			return
		}
		if !one.taken {
			one.start, one.end = d.lines.here(), d.lines.here()
		}
		d.fixes = append(d.fixes, &Fix{Start: one.start, End: one.end, Text: one.corr.String()})
		if one.id != "" {
			d.fixed[one.id] = len(d.fixes) - 1
		}
		for _, n := range one.within {
			d.marks[n].Start, d.marks[n].End = one.start, one.end
		}
	})
}

// reading says whether an element of a choice is read: the first that is of the source is its text, and corr the new
// words for it.
func (r *teiReader) reading(f *teiFrame, one *teiOne, attr map[string]string) bool {
	d := f.doc
	switch f.name {
	case "corr":
		if one.corr != nil || d.corr != nil {
			return false
		}
		outer := d.lines
		one.corr = &teiLines{}
		d.lines, d.corr = one.corr, one
		f.atEnd(func() { d.lines, d.corr = outer, nil })
		return true
	case "reg", "expan", "note", "wit", "witDetail", "":
		return false
	}
	if one.taken {
		return false
	}
	one.taken = true
	d.lines.begins(&one.start)
	f.atEnd(func() {
		one.end = d.lines.here()
		one.start = min(one.start, one.end)
	})
	return true
}

// longestGap is how many characters a gap may stand for.
const longestGap = 1000

// gap writes what stands for a gap: in files of this program what it stands for, else a sign for each character that is
// said to be lost.
func (d *teiDocument) gap(attr map[string]string) {
	sign, n := "▯", 1
	if unit := attr["unit"]; strings.HasPrefix(unit, "char") || strings.HasPrefix(unit, "letter") {
		if q, err := strconv.Atoi(cmpOr(attr["quantity"], attr["extent"])); err == nil {
			n = min(max(q, 1), longestGap)
		}
	}
	if reason := attr["reason"]; d.head.ours && (reason == "undecodable" || reason == "unrepresentable") {
		sign = "\uFFFD"
	}
	d.lines.exact(strings.Repeat(sign, n))
}

// glyph is a character that Unicode does not have, or the file does not use: its text, or a sign where it has none.
func (r *teiReader) glyph(f *teiFrame) {
	lines := f.doc.lines
	n := lines.here()
	f.atEnd(func() {
		if lines.here() == n {
			lines.exact("▯")
		}
	})
}

// note takes a note out of the text.
func (r *teiReader) note(f *teiFrame) {
	d, outer, was := f.doc, f.doc.lines, f.doc.noteAt
	mine := &teiLines{}
	d.lines = mine
	if was < 0 {
		d.noteAt = outer.here()
	}
	f.atEnd(func() {
		at := d.noteAt
		d.lines, d.noteAt = outer, was
		switch words := mine.String(); {
		case words == "" || d.corr != nil:
		case was >= 0:
			outer.text(" " + words)
		default:
			d.marks = append(d.marks, &Span{Start: at, End: at, Label: "note", Comment: words})
		}
	})
}

// anchor names a place.
func (d *teiDocument) anchor(id string) {
	if id == "" || d.anchors[id] != nil {
		return
	}
	a := &teiAnchor{in: d.corr, start: d.noteAt, end: d.noteAt}
	if d.noteAt < 0 {
		a.end = d.lines.here()
		if a.in == nil {
			d.lines.begins(&a.start)
		}
	}
	d.anchors[id] = a
}

// span takes a mark that stands off the text.
func (d *teiDocument) span(attr map[string]string) {
	from, to := strings.TrimPrefix(attr["from"], "#"), strings.TrimPrefix(attr["to"], "#")
	label := strings.TrimSpace(attr["type"])
	if d.head.ours {
		label = fromWord(label)
	}
	if from == "" || label == "" {
		return
	}
	d.spans = append(d.spans, teiSpan{from, cmpOr(to, from), attr["xml:id"], Span{Label: label, Authority: d.authority(attr)}})
}

// annotated is the document as it is handed on.
func (d *teiDocument) annotated() Annotated {
	for _, s := range d.spans {
		from, to := d.anchors[s.from], d.anchors[s.to]
		if from == nil || to == nil {
			continue
		}
		m := s.mark
		m.Start, m.End = from.start, to.end
		if from.in != nil {
			m.Start = from.in.start
		}
		if to.in != nil {
			m.End = to.in.end
		}
		m.Start = min(m.Start, m.End)
		d.marks = append(d.marks, &m)
		d.marked[s.id] = len(d.marks) - 1
	}
	for _, n := range d.notes {
		if i, ok := d.marked[n.target]; ok && n.kind == "comment" {
			d.marks[i].Comment = n.text
		}
		if i, ok := d.fixed[n.target]; ok && n.kind == "reason" {
			d.fixes[i].Reason = n.text
		}
	}
	a := Annotated{pictures: d.pages(), drawn: d.drawn(), Text: d.lines.String(), Fields: d.fields(), Not: d.notStated(), Tags: d.head.tags}
	for _, m := range d.marks {
		if m.Start < m.End || d.head.ours || m.Label == "note" && m.Comment != "" {
			a.Marks = append(a.Marks, *m)
		}
	}
	slices.SortStableFunc(a.Marks, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	for _, f := range d.fixes {
		a.Fixes = append(a.Fixes, *f)
	}
	slices.SortStableFunc(a.Fixes, func(a, b Fix) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	at := 0
	a.Fixes = slices.DeleteFunc(a.Fixes, func(f Fix) bool { // a choice within a choice
		if f.Start < at {
			return true
		}
		at = f.End
		return false
	})
	return a
}
