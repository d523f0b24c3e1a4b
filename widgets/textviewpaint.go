package widgets

import (
	"image"
	"image/color"
	"strconv"
	"strings"

	"fonds/widgets/look"
	"fonds/widgets/textlayout"
	"fonds/widgets/textpaint"
)

// generate paints the whole view, w by h device pixels. Fyne calls it on the
// UI goroutine and has copied the picture when it asks for the next.
func (v *TextView) generate(w, h int) image.Image {
	if w <= 0 || h <= 0 || v.Size().Width <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	if v.buffer == nil || v.buffer.Rect.Dx() != w || v.buffer.Rect.Dy() != h {
		v.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	s := &textpaint.Sheet{Img: v.buffer, Fonts: v.fonts, Scale: float32(w) / v.Size().Width}
	v.paint(s, look.Current())
	return v.buffer
}

func (v *TextView) paint(s *textpaint.Sheet, p *look.Palette) {
	size := v.Size()
	s.Fill(0, 0, size.Width+1, size.Height+1, p.Paper)
	g := v.geometry()
	page := &textpaint.Page{
		Layout: v.model.layout, Size: v.model.size, Row: g.row, X: g.x, W: g.w, Ink: p.Ink,
		Scroll: textlayout.Scroll{Row: v.scroll.Row}, Y: viewTop - v.scroll.Off,
	}
	for page.Y > 0 && page.Scroll.Row > 0 { // rows show through the blank at the top
		page.Scroll.Row--
		page.Y -= g.row
	}
	page.H = size.Height - page.Y
	first := page.Scroll.Row
	last := min(first+int(page.H/g.row)+1, len(v.model.layout.Rows)-1)
	from := int(v.model.layout.Rows[first].Start)
	to := int(v.model.layout.Rows[last].End)
	page.Marks = v.decorations(p, from, to)
	if p.InvertSelect {
		page.Over = p.OnAccent
	}
	rows := s.Paint(page)
	v.paintNumbers(s, p, g, page, rows)
	v.paintLabels(s, p, g, rows)
	v.paintBorders(s, p, g, page)
	v.paintCaret(s, p, g, page)
	v.paintOld(s, p, g, page, rows)
	v.paintMore(s, p, g)
	v.paintTicks(s, p)
	v.paintBar(s, p)
	if v.focused {
		s.Frame(0, 0, size.Width, size.Height, ringWidth(p), textpaint.Solid, textpaint.AllSides, p.Accent)
	}
}

// decorations is all that is drawn on the text of [from, to).
func (v *TextView) decorations(p *look.Palette, from, to int) []textpaint.Decoration {
	var out []textpaint.Decoration
	add := func(s Span, kind textpaint.Kind, c color.NRGBA, style, lane int) {
		out = append(out, textpaint.Decoration{Span: s, Kind: kind, Color: c, Style: style, Lane: lane})
	}
	m := v.model
	m.furniture.Each(from, to, func(_ int, s Span, _ int) { add(s, textpaint.Ink, p.Faint, 0, 0) })
	m.evidence.Each(from, to, func(_ int, s Span, _ int) {
		add(s, textpaint.Frame, look.Over(p.Accent, p.Paper, max(0.45, p.Selection)), textpaint.Solid, 0)
	})
	m.marks.Each(from, to, func(i int, s Span, lane int) {
		mark := m.shown.Marks[i]
		if mark.Change {
			if s.Len() == 0 {
				add(s, textpaint.Sign, p.Warn, 0, 0)
			} else {
				add(s, textpaint.Frame, p.Warn, textpaint.Dotted, 0)
			}
			return
		}
		if s.Len() == 0 {
			return
		}
		st := p.MarkStyle(mark.Style)
		share := p.Band
		if mark.Proposed {
			share /= 2
		}
		if lane < 2 { // a third ground over two makes mud; its underline stays
			add(s, textpaint.Band, tint(st.Color, share), 0, 0)
		}
		add(s, textpaint.Underline, st.Color, int(st.Underline), lane)
		switch {
		case mark.LookAgain:
			add(s, textpaint.Frame, p.Warn, textpaint.Dashed, 0)
		case mark.Proposed:
			add(s, textpaint.Frame, st.Color, textpaint.Dotted, 0)
		case v.mouse.seen && v.mouse.mark == i:
			add(s, textpaint.Frame, st.Color, textpaint.Solid, 0)
		default:
			return
		}
		out[len(out)-1].Open = textpaint.Bottom // the underline closes it
	})
	m.gone.Each(from, to, func(_ int, s Span, _ int) {
		add(s, textpaint.Band, tint(p.Bad, p.Band), 0, 0)
		add(s, textpaint.Strike, p.Bad, 0, 0)
	})
	m.fresh.Each(from, to, func(_ int, s Span, _ int) {
		add(s, textpaint.Band, tint(p.Good, p.Band), 0, 0)
		add(s, textpaint.Frame, p.Good, textpaint.Solid, 0)
	})
	out = v.hits.draw(p, from, to, out)
	m.corrections.Each(from, to, func(_ int, s Span, _ int) {
		kind := textpaint.FineLine
		if s.Len() == 0 {
			kind = textpaint.Sign
		}
		add(s, kind, p.Accent, 0, 0)
	})
	if s, any := v.Selection(); any {
		ground := p.Accent
		switch {
		case p.InvertSelect:
			add(s, textpaint.Ink, p.OnAccent, 0, 0)
		case v.focused:
			ground.A = uint8(p.Selection*255 + 0.5)
		default:
			ground.A = uint8(p.Selection*0.6*255 + 0.5)
		}
		add(s, textpaint.Select, ground, 0, 0)
	}
	if v.flash.Len() > 0 {
		add(v.flash, textpaint.Frame, p.Accent, textpaint.Solid, 0)
		out[len(out)-1].Thick = look.FocusRing
	}
	return out
}

// tint is a colour that lets the ground through.
func tint(c color.NRGBA, share float32) color.NRGBA {
	c.A = uint8(share*255 + 0.5)
	return c
}

// paintNumbers numbers the source lines at their first rows.
func (v *TextView) paintNumbers(s *textpaint.Sheet, p *look.Palette, g geometry, page *textpaint.Page, rows []textpaint.Placed) {
	if v.model.text.Len() == 0 {
		return
	}
	for _, r := range rows {
		if n, first := v.number(r.Row); first {
			words := strconv.Itoa(n)
			s.Text(g.number-s.Measure(numberSize, words), r.Y+page.Baseline(), numberSize, words, p.Quiet)
		}
	}
}

// number is that of the source line of a row, and whether the row is the first of it.
func (v *TextView) number(row int) (n int, first bool) {
	n, first = v.model.layout.Line(row)
	return n + max(0, v.model.shown.Line-1), first
}

// paintCaret draws the caret while the view takes keys.
func (v *TextView) paintCaret(s *textpaint.Sheet, p *look.Palette, g geometry, page *textpaint.Page) {
	if !v.focused {
		return
	}
	row := v.caretRow()
	y := v.rowY(row)
	if !v.model.layout.Holds(v.head) {
		return
	}
	if y < -g.row || y > g.height {
		return
	}
	top := y + page.Baseline() - 0.95*page.Size
	s.Fill(g.x+v.caretX(row)-1, top, 2, page.Size*1.15, p.Ink)
}

func (v *TextView) caretX(row int) float32 {
	return min(v.model.layout.X(row, v.head), v.geometry().w+v.zoom/2)
}

// oldFix is the correction whose old words are shown: that under the pointer,
// else the one the caret stands in; -1 for none.
func (v *TextView) oldFix() int {
	if v.mouse.seen && v.mouse.fix >= 0 && v.mouse.fix < len(v.model.shown.Corrections) {
		return v.mouse.fix
	}
	return v.atCaret(v.model.corrections, func(int) bool { return true })
}

// change is the proposed change that is shown whole, in the same way.
func (v *TextView) change() int {
	is := func(i int) bool { return v.model.shown.Marks[i].Change }
	if m := v.mouse.mark; v.mouse.seen && m >= 0 && m < len(v.model.shown.Marks) && is(m) {
		return m
	}
	return v.atCaret(v.model.marks, is)
}

// atCaret is what the caret stands in, with nothing selected; -1 for nothing.
func (v *TextView) atCaret(in *textlayout.Intervals, is func(i int) bool) int {
	at := -1
	if _, any := v.Selection(); v.focused && !any {
		in.Each(v.head, v.head+1, func(i int, s Span, _ int) {
			if s.Start <= v.head && v.head <= s.End && is(i) {
				at = i
			}
		})
	}
	return at
}

// paintOld shows, in a small box over the words or under them at the top of the
// view, what a correction replaced, struck through, or what a proposed change
// would make of them.
func (v *TextView) paintOld(s *textpaint.Sheet, p *look.Palette, g geometry, page *textpaint.Page, rows []textpaint.Placed) {
	var sp Span
	words, struck := "", false
	if fix := v.oldFix(); fix >= 0 {
		sp, words, struck = v.model.shown.Corrections[fix].Span, v.model.shown.Corrections[fix].Old, true
	} else if i := v.change(); i >= 0 {
		sp, words = v.model.shown.Marks[i].Span, v.markWords(i)
	}
	if words == "" {
		return
	}
	sp = v.model.cut(sp)
	row := v.model.layout.RowAt(sp.Start)
	words = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, words)
	for _, r := range rows {
		if r.Row != row {
			continue
		}
		x0, _, _, _ := page.Extent(r, sp)
		size := page.Size * 0.9
		words = s.Fit(size, words, g.w)
		wide := s.Measure(size, words) + 12
		high := size * 1.5
		x := min(max(g.x+x0-6, 4), max(v.Size().Width-wide-barZone, 4))
		y := r.Y - high + 1
		if y < 2 {
			y = r.Y + g.row
		}
		s.Fill(x, y, wide, high, p.Panel)
		ink := p.Ink
		if struck {
			s.Frame(x, y, wide, high, p.LineWidth, textpaint.Solid, textpaint.AllSides, p.Line)
			if !p.InvertSelect {
				ink = look.Over(p.Ink, p.Panel, 0.6)
			}
		} else {
			s.Frame(x, y, wide, high, p.LineWidth, textpaint.Dotted, textpaint.AllSides, p.Warn)
		}
		base := y + high*0.5 + size*0.37
		s.Text(x+6, base, size, words, ink)
		if struck {
			s.Fill(x+6, base-size*0.36, wide-12, 1, p.Ink)
		}
	}
}

// paintBar draws the scroll bar, wider under the pointer.
func (v *TextView) paintBar(s *textpaint.Sheet, p *look.Palette) {
	at, size := v.thumb()
	if size == 0 {
		return
	}
	wide := barWidth - 2
	c := look.Over(p.Quiet, p.Paper, 0.5)
	if v.mouse.overBar || v.mouse.grabbed {
		wide, c = barWidth+2, look.Over(p.Quiet, p.Paper, 0.8)
	}
	if p.InvertSelect {
		c = p.Ink
	}
	s.Fill(v.Size().Width-wide-3, at, wide, size, c)
}
