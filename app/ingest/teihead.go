package ingest

import (
	"slices"
	"strings"
)

// This file reads what is said of a TEI text beside it: its header, and what stands off.

// teiHead is what a header says.
type teiHead struct {
	ours   bool                // the file was written by this program
	fields map[string][]string // from where TEI has them
	own    map[string][]string // from where this program writes them
	not    []string            // fields that the source does not state, as this program writes them
	tags   []string
	dates  [5][]string // of one kind each, the best first
	plain  []string    // titles of no type, or of the main one
}

// header enters an element outside of the text.
func (r *teiReader) header(f, up *teiFrame, attr map[string]string) {
	d := r.doc()
	h := &d.head
	field := func(name string) func(string) {
		return func(s string) { h.fields[name] = append(h.fields[name], oneLine(s)) }
	}
	switch name := f.name; {
	case name == "application" && attr["ident"] == "Fonds":
		h.ours = true
	case name == "title" && up.name == "titleStmt":
		r.capture(f, func(s string) { h.title(attr["type"], oneLine(s)) })
	case name == "author" && up.name == "titleStmt":
		r.capture(f, field("dcterms:creator"))
	case name == "publisher" && up.name == "publicationStmt":
		r.capture(f, field("dcterms:publisher"))
	case name == "p" && up.name == "abstract":
		r.capture(f, field("dcterms:abstract"))
	case name == "date" || name == "origDate":
		if kind := r.dateKind(f); kind >= 0 {
			r.capture(f, func(s string) { h.dates[kind] = append(h.dates[kind], cmpOr(attr["when"], oneLine(s))) })
		}
	case name == "language" && up.name == "langUsage" && attr["ident"] != "":
		h.fields["dcterms:language"] = append(h.fields["dcterms:language"], attr["ident"])
	case name == "term" || name == "item":
		if r.within("keywords") {
			r.keyword(f, attr)
		}
	case name == "surface" || name == "graphic" || name == "zone":
		r.picture(f, up, attr)
	case name == "note":
		r.said(f, attr)
	case name == "span" && up.name == "spanGrp" && r.within("standOff"):
		d.span(attr)
		r.skip = 1
	case name == "spanGrp" && attr["type"] == "corrections":
		r.skip = 1 // they are not in force
	}
}

// capture has the text of an element handed on at its end.
func (r *teiReader) capture(f *teiFrame, use func(string)) {
	d := r.doc()
	if d.capture != nil { // in another that is captured
		return
	}
	d.capture = &strings.Builder{}
	f.end = func() {
		s := d.capture.String()
		d.capture = nil
		use(s)
	}
}

// within says whether an element of a name is open around the present one.
func (r *teiReader) within(name string) bool {
	return slices.ContainsFunc(r.stack[:len(r.stack)-1], func(f teiFrame) bool { return f.name == name })
}

// dateKind says how good a date is as that of the document, 0 the best, or -1.
func (r *teiReader) dateKind(f *teiFrame) int {
	switch {
	case r.within("creation"):
		return 0
	case r.within("correspAction"):
		return 1
	case f.name == "origDate":
		return 2
	case r.within("sourceDesc"):
		return 4
	}
	return -1
}

// title takes a title; some give the date so.
func (h *teiHead) title(kind, words string) {
	switch {
	case words == "":
	case kind == "iso-date":
		h.dates[3] = append(h.dates[3], words)
	case kind == "" || kind == "main":
		h.plain = append(h.plain, words)
	default:
		h.fields["title"] = append(h.fields["title"], words)
	}
}

// keyword takes a keyword as a tag; of this program's files those that are tags in force.
func (r *teiReader) keyword(f *teiFrame, attr map[string]string) {
	h := &r.doc().head
	if h.ours && (!strings.HasPrefix(attr["xml:id"], "t-") || attr["ana"] != "#accepted") {
		return
	}
	r.capture(f, func(s string) {
		if !h.ours {
			s = oneLine(s)
		}
		if s != "" && !slices.Contains(h.tags, s) {
			h.tags = append(h.tags, s)
		}
	})
}

// said takes a note of this program: a value of a field, or what is said of a mark or a correction.
func (r *teiReader) said(f *teiFrame, attr map[string]string) {
	d := r.doc()
	h := &d.head
	switch kind := attr["type"]; kind {
	case "value":
		name := fromWord(attr["subtype"])
		if attr["ana"] == "#accepted" && name != "" {
			r.capture(f, func(s string) {
				h.own[name] = append(h.own[name], s)
				if strings.HasPrefix(attr["target"], "#e-") {
					d.shows = append(d.shows, teiShows{attr["target"][1:], name, s})
				}
			})
		}
	case "not-stated":
		if name := fromWord(attr["subtype"]); attr["ana"] == "#accepted" && name != "" {
			h.not = append(h.not, name)
		}
	case "comment", "reason":
		r.capture(f, func(s string) {
			d.notes = append(d.notes, teiNote{strings.TrimPrefix(attr["target"], "#"), s, kind})
		})
	}
}

// notStated are the fields that the source does not state, by a file of this program.
func (d *teiDocument) notStated() []string {
	if !d.head.ours {
		return nil
	}
	return d.head.not
}

// fields are the values of the fields of the document.
func (d *teiDocument) fields() map[string][]string {
	h := &d.head
	if h.ours {
		return h.own
	}
	out := map[string][]string{}
	titles := append(slices.Clone(h.plain), h.fields["title"]...)
	if len(titles) > 0 {
		out["dcterms:title"] = titles[:1]
	}
	for field, values := range h.fields {
		values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
		if strings.HasPrefix(field, "dcterms:") && len(values) > 0 {
			out[field] = values
		}
	}
	for _, dates := range h.dates {
		if dates = slices.DeleteFunc(slices.Clone(dates), func(v string) bool { return v == "" }); len(dates) > 0 {
			out["dcterms:date"] = dates[:1]
			break
		}
	}
	if len(out["dcterms:language"]) == 0 && d.lang != "" {
		out["dcterms:language"] = []string{d.lang}
	}
	return out
}

// teiNote is what a note says of something with an xml:id.
type teiNote struct{ target, text, kind string }
