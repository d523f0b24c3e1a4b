package archive

import "sort"

// around is how many code points on either side an anchor carries.
const around = 32

// Place is where an anchor lies now.
type Place struct {
	Start, End int    // in the reading text
	From, To   Border // the borders as they stand now: in a correction only where no source position says the same
}

// Place finds an anchor's words in the reading text (ARCHIVE.md, "An anchor").
// Everything untouched by a correction keeps its place exactly; words that still
// stand in a correction are kept there; else the whole correction is the place.
func (r *Reading) Place(a *Anchor) Place {
	var p Place
	p.From, p.To = r.known(a)
	switch {
	case p.From.In == "" && p.To.In == "" && p.From.At == p.To.At:
		// An empty range: between the words, before what is inserted there.
		p.Start = r.ToReading(p.From.At)
		p.End = p.Start
		return p
	case p.From.In == "" && p.To.In == "":
		r.carryInto(&p)
	}
	p.Start, p.End = r.borderRd(p.From, true), r.borderRd(p.To, false)
	if p.End < p.Start {
		p.End = p.Start
	}
	p.From, p.To = r.plain(p.From, true), r.plain(p.To, false)
	return p
}

// plain is the source position that says the same as a border at the edge of a
// correction's new words.
func (r *Reading) plain(b Border, start bool) Border {
	i, ok := r.byID[b.In]
	if b.In == "" || !ok || r.segs[i].srcStart == r.segs[i].srcEnd {
		return b
	}
	return r.segs[i].border(b.At, true, start)
}

// known replaces a border inside a correction that left force: by the same words
// in the correction that took its place, if they stand there, else by the whole
// of the replaced range.
func (r *Reading) known(a *Anchor) (from, to Border) {
	from, to = a.Start, a.End
	for _, id := range []ID{a.Start.In, a.End.In} {
		old := r.gone[id]
		if id == "" || old == nil || from.In != id && to.In != id { // none, or carried already
			continue
		}
		f, t, ok := r.inSuccessor(old, from, to)
		if !ok {
			f, t = from, to
			if f.In == id {
				f = Border{At: old.Anchor.Start.At}
			}
			if t.In == id {
				t = Border{At: old.Anchor.End.At}
			}
		}
		from, to = f, t
	}
	return from, to
}

// inSuccessor carries the borders that lie in old over into the correction in
// force that replaces it.
func (r *Reading) inSuccessor(old *Item, from, to Border) (Border, Border, bool) {
	s, e := old.Anchor.Start.At, old.Anchor.End.At
	first := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].srcEnd >= e })
	for i := first; i < len(r.segs) && r.segs[i].srcStart <= s; i++ {
		g := &r.segs[i]
		if g.fix == nil || !replaces(g.fix, old.ID) {
			continue
		}
		al := r.aligned(old.ID, func() (was, is string) {
			return r.source.Slice(g.srcStart, s) + old.Text + r.source.Slice(e, g.srcEnd), g.fix.Text
		})
		head := s - g.srcStart
		b, c := 0, al.old
		if from.In == old.ID {
			b = head + from.At
		}
		if to.In == old.ID {
			c = head + to.At
		}
		b, c, ok := al.carry(b, c, from.In != old.ID, to.In != old.ID)
		if !ok {
			return from, to, false
		}
		if from.In == old.ID {
			from = Border{b, g.fix.ID}
		}
		if to.In == old.ID {
			to = Border{c, g.fix.ID}
		}
		return from, to, true
	}
	return from, to, false
}

func replaces(fix *Item, id ID) bool {
	for _, r := range fix.Replaces {
		if r == id {
			return true
		}
	}
	return false
}

// carryInto moves source borders that lie on replaced words into the new words,
// or out to the whole of the correction. What an anchor holds wholly, with words
// of its own on either side, does not move it.
func (r *Reading) carryInto(p *Place) {
	s, e := p.From.At, p.To.At
	gs, ge := r.over(s, true), r.over(e, false)
	if gs != nil && gs == ge {
		b, c, ok := r.within(gs).carry(s-gs.srcStart, e-gs.srcStart, false, false)
		p.From, p.To = gs.border(b, ok, true), gs.border(c, ok, false)
		return
	}
	if gs != nil {
		al := r.within(gs)
		b, _, ok := al.carry(s-gs.srcStart, al.old, false, true)
		p.From = gs.border(b, ok, true)
	}
	if ge != nil {
		_, c, ok := r.within(ge).carry(0, e-ge.srcStart, true, false)
		p.To = ge.border(c, ok, false)
	}
}

// within is how the words that a correction in force replaces stand in its new
// ones.
func (r *Reading) within(g *segment) *alignment {
	return r.aligned(g.fix.ID, func() (was, is string) { return g.fix.Source, g.fix.Text })
}

// aligned is the alignment of two texts, made when it is first asked for: as many
// marks may lie in one long correction as in a text. id names what they belong to.
func (r *Reading) aligned(id ID, texts func() (was, is string)) *alignment {
	if a, ok := r.carried.Load(id); ok {
		return a.(*alignment)
	}
	was, is := texts()
	a, _ := r.carried.LoadOrStore(id, aligned([]rune(was), []rune(is)))
	return a.(*alignment)
}

// border is offset at of the new words; the edge of the replaced words where
// that is the same place, or where the words were not found (ok false).
func (g *segment) border(at int, ok, start bool) Border {
	switch {
	case start && (!ok || at == 0):
		return Border{At: g.srcStart}
	case !start && (!ok || at == g.rdEnd-g.rdStart):
		return Border{At: g.srcEnd}
	}
	return Border{at, g.fix.ID}
}

// over is the correction in force whose replaced words a range that starts (or
// ends) at p begins (or ends) with, or nil. Insertions replace no words.
func (r *Reading) over(p int, start bool) *segment {
	i := sort.Search(len(r.segs), func(i int) bool { return r.segs[i].srcEnd > p || !start && r.segs[i].srcEnd == p })
	for i < len(r.segs) && r.segs[i].srcStart == r.segs[i].srcEnd {
		i++
	}
	if i == len(r.segs) || r.segs[i].fix == nil || start && r.segs[i].srcStart > p || !start && r.segs[i].srcStart >= p {
		return nil
	}
	return &r.segs[i]
}

// borderRd is the place of one border in the reading text.
func (r *Reading) borderRd(b Border, start bool) int {
	if b.In != "" {
		if i, ok := r.byID[b.In]; ok {
			return min(r.segs[i].rdStart+b.At, r.segs[i].rdEnd)
		}
		return 0
	}
	if start {
		return r.startRd(b.At)
	}
	return r.endRd(b.At)
}

// BorderAt is the border at place p of the reading text, of a range that starts
// (or ends) there: in a correction where it starts (or ends) with its new words.
func (r *Reading) BorderAt(p int, start bool) Border {
	// A start belongs to what follows it, an end to what is before it.
	i := sort.Search(len(r.segs), func(i int) bool {
		return r.segs[i].rdEnd > p || !start && r.segs[i].rdEnd == p
	})
	if !start {
		for p > 0 && i+1 < len(r.segs) && r.segs[i].rdStart == p {
			i++
		}
	}
	if i == len(r.segs) {
		return Border{At: r.source.Len()}
	}
	g := &r.segs[i]
	if g.fix == nil {
		return Border{At: g.srcStart + p - g.rdStart}
	}
	return Border{p - g.rdStart, g.fix.ID}
}

// AnchorReading is a new anchor over [start,end) of the reading text, which must
// lie inside it.
func (r *Reading) AnchorReading(n, start, end int) *Anchor {
	a := &Anchor{Text: n, Start: r.BorderAt(start, true), End: r.BorderAt(end, false)}
	if start == end {
		a.End = a.Start
	}
	r.quote(a, start, end)
	return a
}

// AnchorSource is a new anchor over [start,end) of the source text, which must
// lie inside it.
func (r *Reading) AnchorSource(n, start, end int) *Anchor {
	a := &Anchor{Text: n, Start: Border{At: start}, End: Border{At: end}}
	p := r.Place(a)
	r.quote(a, p.Start, p.End)
	return a
}

func (r *Reading) quote(a *Anchor, start, end int) {
	a.Quote = r.text.Slice(start, end)
	a.Before = r.text.Slice(start-around, start)
	a.After = r.text.Slice(end, end+around)
}

// Placed is an item with the place of its words in the reading text.
type Placed struct {
	Item       *Item
	Start, End int  // in the reading text
	LookAgain  bool // see Reading.LookAgain
}

// Places finds the words of items that have an anchor in words, in the order of items.
func (r *Reading) Places(items []*Item) []Placed {
	out := make([]Placed, 0, len(items))
	for _, it := range items {
		if it.Anchor != nil && !it.Anchor.OnPicture() {
			p := r.Place(it.Anchor)
			out = append(out, Placed{it, p.Start, p.End, it.What != ACorrection && it.changed(r.text.Slice(p.Start, p.End))})
		}
	}
	return out
}

// Words are those under the anchor now.
func (r *Reading) Words(a *Anchor) string {
	p := r.Place(a)
	return r.text.Slice(p.Start, p.End)
}

// LookAgain says whether a person should look at the item again: its words are
// neither those it was made on nor those it was last confirmed on.
func (r *Reading) LookAgain(it *Item) bool {
	if it.Anchor == nil || it.Anchor.OnPicture() || it.What == ACorrection {
		return false
	}
	return it.changed(r.Words(it.Anchor))
}

// changed says whether the words under an item are others than those that it was
// made on, and that a person confirmed.
func (it *Item) changed(words string) bool {
	return words != it.Anchor.Quote && (it.Confirmed == "" || words != it.Confirmed)
}
