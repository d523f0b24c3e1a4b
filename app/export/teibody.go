package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// This file writes the text of a TEI document and what stands off it (TEI P5 4.12: 3.5
// Simple Editorial Changes, 13 Names, 17.1 Pointing Mechanisms, 17.10 The standOff
// Container).

// namesOf are the elements in which words with the program's own labels stand. Every
// other label is the type of a seg.
var namesOf = map[string]string{"person": "persName", "organisation": "orgName", "place": "placeName", "date": "date"}

// teiBody is the text of one document that is being written.
type teiBody struct {
	x       *xmlWriter
	d       *Doc
	l       *layout
	who     map[string]string // xml:id by name
	marks   []laid
	anchors map[spot]string // xml:id
	spans   []teiSpan

	illegal, gaps, apart int // characters, gaps, marks that stand off
}

// teiSpan is something between two anchors.
type teiSpan struct {
	from, to spot
	put      func(from, to string)
}

// prepare finds the spots at which something begins or ends.
func (t *teiBody) prepare() {
	t.l = lay(t.d)
	t.marks = t.l.marks(t.d)
	for _, m := range t.marks {
		if !m.around {
			t.apart++
			t.spans = append(t.spans, teiSpan{m.from, m.to, func(from, to string) {
				t.x.leaf("span", "", append([]string{"type", wordOf(m.Label), "from", from, "to", to}, t.said(m.Mark)...)...)
			}})
		}
	}
	t.anchors = map[spot]string{}
	for _, s := range t.spans {
		t.anchors[s.from], t.anchors[s.to] = "", ""
	}
	for _, c := range apartOf(t.d) {
		from, to := t.l.old(c.Start, c.End)
		t.anchors[from], t.anchors[to] = "", ""
	}
	for i := range t.d.Fields {
		if r := t.d.Fields[i].Evidence; r != nil {
			from, to := t.l.stretchOf(r)
			t.anchors[from], t.anchors[to] = "", ""
		}
	}
	for i, s := range slices.SortedFunc(maps.Keys(t.anchors), spot.compare) {
		t.anchors[s] = fmt.Sprintf("a%d", i+1)
	}
}

// evidence are the anchors between which the words of a value stand.
func (t *teiBody) evidence(r *Range) (from, to string) {
	if r == nil {
		return "", ""
	}
	a, b := t.l.stretchOf(r)
	return "#" + t.anchors[a], "#" + t.anchors[b]
}

// apartOf lists the corrections that are not in force. Those in force stand in the
// text; where masking left two over one place, the first of them.
func apartOf(d *Doc) []*Correction {
	var out []*Correction
	for i := range d.Corrections {
		if c := &d.Corrections[i]; c.State != string(archive.Accepted) {
			out = append(out, c)
		}
	}
	return out
}

// said are the attributes that say who says something of words, and how it stands.
func (t *teiBody) said(m *Mark) []string {
	state, cert := stateOf(m.State)
	if m.LookAgain {
		state += " #look-again"
		if cert == "high" {
			cert = "medium"
		}
	}
	return []string{"xml:id", "m-" + string(m.ID), "resp", t.who[m.By], "cert", cert, "ana", state, "corresp", pointerTo(m.Authority)}
}

// stateOf is a state as a category of the header, and how sure that is.
func stateOf(state string) (ana, cert string) {
	if state == string(archive.Accepted) {
		return "#accepted", "high"
	}
	return "#" + wordOf(state), "low"
}

// write writes the text element.
func (t *teiBody) write(lang string) {
	t.x.open("text", "xml:lang", lang)
	t.x.open("body")
	t.x.indent()
	t.x.raw("<ab xml:space=\"preserve\">")
	w := &teiText{teiBody: t, spots: slices.SortedFunc(maps.Keys(t.anchors), spot.compare)}
	for i := range len(t.l.fixes) + 1 {
		w.stretch(2*i, 0, t.l.source.Slice(t.l.from(i), t.l.to(i)))
		if i < len(t.l.fixes) {
			w.correction(i)
		}
	}
	t.x.raw("</ab>\n")
	t.x.close()
	t.x.close()
}

// teiText writes the words, with marks around them and anchors between them.
type teiText struct {
	*teiBody
	spots []spot // anchors that are to come
	next  int    // of marks
	open  []laid
}

// correction writes a correction in force: the words of the source and those of the
// reading text.
func (w *teiText) correction(i int) {
	c := w.l.fixes[i]
	ana, cert := stateOf(c.State)
	w.x.tag("choice", "", "xml:id", "c-"+string(c.ID))
	w.x.raw("<sic>")
	w.stretch(2*i+1, sideOld, w.l.source.Slice(c.Start, c.End))
	w.x.raw("</sic>")
	w.x.tag("corr", "", "resp", w.who[c.By], "cert", cert, "ana", ana)
	w.stretch(2*i+1, sideNew, c.Text)
	w.x.raw("</corr></choice>")
}

// stretch writes one stretch of text, or one side of it.
func (w *teiText) stretch(stretch, side int, text string) {
	at, rest := 0, text
	for {
		to := w.nextSpot(spot{stretch, side, 1 << 62})
		if to.stretch != stretch || to.side != side {
			w.words(rest)
			return
		}
		n := len(rest)
		for i := range rest {
			if at == to.at {
				n = i
				break
			}
			at++
		}
		w.words(rest[:n])
		rest, at = rest[n:], to.at
		w.turn(to)
	}
}

// nextSpot is the next at which something is to be written, or a later one than last.
func (w *teiText) nextSpot(last spot) spot {
	next := spot{1 << 62, 0, 0}
	sooner := func(s spot) {
		if s.compare(next) < 0 {
			next = s
		}
	}
	if len(w.spots) > 0 {
		sooner(w.spots[0])
	}
	if n := len(w.open); n > 0 {
		sooner(w.open[n-1].to)
	}
	for w.next < len(w.marks) && !w.marks[w.next].around {
		w.next++
	}
	if w.next < len(w.marks) {
		sooner(w.marks[w.next].from)
	}
	if next.compare(last) > 0 {
		return spot{1 << 62, 0, 0}
	}
	return next
}

// turn writes what stands at a spot: the ends of marks, an anchor, beginnings.
func (w *teiText) turn(at spot) {
	for n := len(w.open); n > 0 && w.open[n-1].to == at; n = len(w.open) {
		name, _ := elementOf(w.open[n-1].Mark)
		w.x.raw("</" + name + ">")
		w.open = w.open[:n-1]
	}
	if len(w.spots) > 0 && w.spots[0] == at {
		w.x.tag("anchor", "/", "xml:id", w.anchors[at])
		w.spots = w.spots[1:]
	}
	for w.next < len(w.marks) && (!w.marks[w.next].around || w.marks[w.next].from == at) {
		if m := w.marks[w.next]; m.around {
			name, attributes := elementOf(m.Mark)
			said := w.said(m.Mark)
			if name != "seg" {
				said[len(said)-2] = "ref" // what a name names; seg has none (13.1.2)
			}
			w.x.tag(name, "", append(attributes, said...)...)
			w.open = append(w.open, m)
		}
		w.next++
	}
}

// elementOf is the element of a mark, with what is only its own.
func elementOf(m *Mark) (string, []string) {
	name, ok := namesOf[m.Label]
	switch {
	case !ok:
		return "seg", []string{"type", wordOf(m.Label)}
	case name == "date":
		return name, []string{"when", isoDate(m.Quote)}
	}
	return name, nil
}

// The characters that stand for something that is not there.
const (
	lacuna    = '▯'      // what cannot be read in the original, as people transcribe it
	undecoded = '\uFFFD' // what no decoder could read
)

// longestGap is how many characters one gap stands for.
const longestGap = 1000

// words writes text; what is not there, or cannot be written, is a gap (12.3.1).
func (w *teiText) words(s string) {
	from := 0
	var was rune
	n := 0 // how often was stands before here, in a gap that is to be written
	flush := func() {
		if n > 0 {
			w.gap(was, n)
			n = 0
		}
	}
	for i, r := range s {
		if r != lacuna && r != undecoded && textual(r) {
			flush()
			continue
		}
		if n == 0 {
			w.x.raw(elementText(s[from:i]))
		} else if r != was || n == longestGap {
			flush()
		}
		was, n = r, n+1
		_, size := utf8.DecodeRuneInString(s[i:])
		from = i + size
	}
	flush()
	w.x.raw(elementText(s[from:]))
}

func (w *teiText) gap(r rune, n int) {
	w.gaps++
	reason := "unrepresentable"
	switch r {
	case lacuna:
		reason = "lacuna"
	case undecoded:
		reason = "undecodable"
	default:
		w.illegal += n
	}
	attributes := []string{"reason", reason, "unit", "char", "quantity", fmt.Sprint(n)}
	if reason != "unrepresentable" {
		w.x.tag("gap", "/", attributes...)
		return
	}
	w.x.tag("gap", "", attributes...)
	w.x.raw(fmt.Sprintf("<desc>U+%04X</desc></gap>", r))
}

// standOff writes what is said of the text and does not stand in it.
func (t *teiBody) standOff() {
	var b strings.Builder
	x := &xmlWriter{w: &b, in: slices.Clone(t.x.in)}
	out := t.x
	t.x = x
	x.in = append(x.in, "standOff")
	t.group("marks", func() {
		for _, s := range t.spans {
			s.put("#"+t.anchors[s.from], "#"+t.anchors[s.to])
		}
	}, len(t.spans))
	t.proposed()
	for _, m := range t.marks {
		if m.Text != "" {
			x.leaf("note", m.Text, "type", "comment", "target", "#m-"+string(m.ID), "resp", t.who[m.By])
		}
	}
	t.regionNotes()
	for _, c := range slices.Concat(t.l.fixes, apartOf(t.d)) {
		if c.Reason != "" {
			x.leaf("note", c.Reason, "type", "reason", "target", "#c-"+string(c.ID), "resp", t.who[c.By])
		}
	}
	t.x = out
	if b.Len() > 0 {
		out.open("standOff")
		out.raw(b.String())
		out.close()
	}
}

// proposed writes the corrections that are not in force; the words of each are the new
// ones.
func (t *teiBody) proposed() {
	list := apartOf(t.d)
	t.group("corrections", func() {
		for _, c := range list {
			from, to := t.l.old(c.Start, c.End)
			ana, cert := stateOf(c.State)
			t.x.leaf("span", c.Text, "xml:id", "c-"+string(c.ID), "from", "#"+t.anchors[from], "to", "#"+t.anchors[to],
				"resp", t.who[c.By], "cert", cert, "ana", ana)
		}
	}, len(list))
}

func (t *teiBody) group(kind string, write func(), n int) {
	if n == 0 {
		return
	}
	t.x.open("spanGrp", "type", kind)
	write()
	t.x.close()
}
