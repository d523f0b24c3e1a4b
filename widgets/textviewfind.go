package widgets

import (
	"image/color"
	"slices"
	"sort"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// foundHits are the words that were looked for, in the order of the text.
type foundHits struct {
	spans   []Span
	current int // index in spans, or -1
}

// SetHits draws spans as what was found, the current one (-1 for none) more
// strongly, with ticks beside the scroll bar; nil takes them away. The spans
// must not be changed after. They stay on their words when the text changes,
// and go with the document. It does not scroll: ScrollTo or Jump does; what Jump
// flashes goes out when something else is found.
func (v *TextView) SetHits(hits []Span, current int) {
	v.whenThere(func() {
		if current < 0 || current >= len(hits) {
			current = -1
		}
		before := func(a, b Span) int { return a.Start - b.Start }
		if !slices.IsSortedFunc(hits, before) {
			now := Span{Start: -1}
			if current >= 0 {
				now = hits[current]
			}
			hits = slices.Clone(hits)
			slices.SortFunc(hits, before)
			current = slices.Index(hits, now)
		}
		if current < 0 || v.flash != hits[current] {
			if current != v.hits.current || !slices.Equal(hits, v.hits.spans) {
				v.flash = Span{} // it was on what was found before
			}
		}
		v.hits = foundHits{hits, current}
		v.repaint()
	})
}

// move takes the hits along when the text changes; those whose words are gone
// are dropped.
func (h *foundHits) move(to func(int) int) {
	var kept []Span
	current := -1
	for i, s := range h.spans {
		now := Span{Start: to(s.Start), End: to(s.End)}
		if now.Len() != s.Len() {
			continue
		}
		if i == h.current {
			current = len(kept)
		}
		kept = append(kept, now)
	}
	h.spans, h.current = kept, current
}

// from is the first hit that ends behind a position.
func (h *foundHits) from(pos int) int {
	return sort.Search(len(h.spans), func(i int) bool { return h.spans[i].End > pos })
}

// draw adds the hits that touch [from, to).
func (h *foundHits) draw(p *look.Palette, from, to int, out []textpaint.Decoration) []textpaint.Decoration {
	for i := h.from(from); i < len(h.spans) && h.spans[i].Start < to; i++ {
		now := i == h.current
		line, share, thick := look.Over(p.Hit, p.Ink, 0.55), p.HitBand, float32(1)
		if now {
			line, share, thick = p.Ink, p.CurrentHit(), max(2, 1.5*p.LineWidth)
		}
		out = append(out, textpaint.Decoration{Span: h.spans[i], Kind: textpaint.Band, Color: tint(p.Hit, share)},
			textpaint.Decoration{Span: h.spans[i], Kind: textpaint.Frame, Color: line, Thick: thick})
	}
	return out
}

// paintTicks draws beside the scroll bar where in the text the hits are.
func (v *TextView) paintTicks(s *textpaint.Sheet, p *look.Palette) {
	if len(v.hits.spans) == 0 {
		return
	}
	if !v.model.whole() {
		return
	}
	size := v.Size()
	left := size.Width - barZone + 1
	tick := func(row int, wide, high float32, c color.NRGBA) {
		s.Fill(left, v.tickY(row)-high/2, wide, high, c)
	}
	// The text is asked tick by tick, not hit by hit: there may be more hits
	// than pixels.
	rows := v.model.layout.Rows
	const pitch = 3
	steps := max(int(size.Height)/pitch, 1)
	line := look.Over(p.Hit, p.Ink, 0.55)
	for k := range steps {
		a, b := k*len(rows)/steps, (k+1)*len(rows)/steps
		if a == b {
			continue
		}
		i := v.hits.from(int(rows[a].Start))
		if i < len(v.hits.spans) && v.hits.spans[i].Start < int(rows[b-1].End) {
			tick(v.model.layout.RowAt(max(v.hits.spans[i].Start, int(rows[a].Start))), barZone-2, 2, line)
		}
	}
	if v.hits.current >= 0 {
		row := v.model.layout.RowAt(v.hits.spans[v.hits.current].Start)
		tick(row, barZone-1, 5, p.Ink)
		tick(row, barZone-1, 3, p.Accent)
	}
}

// tickY is where a row lies in the strip of the scroll bar.
func (v *TextView) tickY(row int) float32 {
	h := v.Size().Height - 4
	view := v.view()
	return 2 + h*float32((float64(row)+0.5)*float64(view.Row)/max(float64(view.Rows)*float64(view.Row)+float64(view.After), float64(h)))
}
