package widgets

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// placedLabel is what stands in the margin where it was painted last: the label
// of a mark, or the number of those that found no room.
type placedLabel struct {
	mark       int   // index in the marks, or -1
	more       []int // for a number: all marks that begin in the row
	row        int
	boxed      bool // in the box that shows them all
	cut        bool // its words are not all there
	x, y, w, h float32
}

const (
	labelBar  float32 = 11 // the piece of underline before a label
	labelGap  float32 = 4  // between it and the words
	labelNext float32 = 10 // between two labels
)

// paintLabels writes the labels of the marks beside the rows in which they
// begin, never beside another row: side by side, on two lines where one is too
// short, and what still finds no room as a number (Words.More), which the
// pointer opens. Marks that began above the view come first, so that a long one
// is never without its name.
func (v *TextView) paintLabels(s *textpaint.Sheet, p *look.Palette, g geometry, rows []textpaint.Placed) {
	v.labels = v.labels[:0]
	// Rows that show through the blank at the top count as above the view.
	for len(rows) > 1 && rows[0].Y+g.row*0.4 < 0 {
		rows = rows[1:]
	}
	for k, r := range rows {
		row := v.model.layout.Rows[r.Row]
		var here []int
		v.model.marks.Each(int(row.Start), max(int(row.End), int(row.Start)+1), func(i int, sp Span, _ int) {
			if (k == 0 || sp.Start >= int(row.Start)) && sp.Start < max(int(row.End), int(row.Start)+1) {
				here = append(here, i)
			}
		})
		if len(here) > 0 {
			v.paintRowLabels(s, p, g, r, here)
		}
	}
}

// paintRowLabels puts as many labels beside a row as find room.
func (v *TextView) paintRowLabels(s *textpaint.Sheet, p *look.Palette, g geometry, r textpaint.Placed, here []int) {
	size := captionSize()
	lines := 1
	if v.labelsWidth(s, size, here) > g.labelW && g.row >= 2*(size+1) {
		lines = 2
	}
	high := min(labelHeight*size/look.Caption, g.row/float32(lines))
	y := r.Y + (g.row-high*float32(lines))/2 - 1
	x, line := g.label, 0
	for n, i := range here {
		wide := min(v.labelWidth(s, size, i), g.labelW)
		rest := len(here) - n - 1
		more := float32(0)
		if rest > 0 && line == lines-1 { // room for the number, should the next not fit
			more = labelNext + s.Measure(size, v.more(rest))
			if x+wide+labelNext+v.labelsWidth(s, size, here[n+1:]) <= g.label+g.labelW {
				more = 0
			}
		}
		if x+wide+more > g.label+g.labelW {
			if x > g.label && line < lines-1 {
				x, line = g.label, line+1
				if rest == 0 || wide+labelNext+s.Measure(size, v.more(rest)) <= g.labelW {
					v.paintLabel(s, p, i, x, y+high*float32(line), wide, high, size, r.Row)
					x += wide + labelNext
					continue
				}
			}
			if x == g.label && n == 0 { // at least one, cut short
				wide = max(g.labelW-more, labelBar)
				v.paintLabel(s, p, i, x, y+high*float32(line), wide, high, size, r.Row)
				x += wide + labelNext
				continue
			}
			words := s.Fit(size, v.more(len(here)-n), max(g.label+g.labelW-x+labelNext, size))
			s.Text(x, y+high*float32(line)+high*0.76, size, words, p.Quiet)
			v.labels = append(v.labels, placedLabel{mark: -1, more: here, row: r.Row,
				x: x - 4, y: y + high*float32(line), w: s.Measure(size, words) + 8, h: high})
			return
		}
		v.paintLabel(s, p, i, x, y+high*float32(line), wide, high, size, r.Row)
		x += wide + labelNext
	}
}

// more is how many labels found no room, in words.
func (v *TextView) more(n int) string {
	if v.Words.More == nil {
		return "+" + strconv.Itoa(n)
	}
	return v.Words.More(n)
}

// labelWidth is the room of one label with its state, labelsWidth of several.
func (v *TextView) labelWidth(s *textpaint.Sheet, size float32, i int) float32 {
	m := v.model.shown.Marks[i]
	w := labelBar + labelGap + s.Measure(size, m.Label)
	if state := v.state(m); state != "" {
		w += labelGap + s.Measure(size-1, state)
	}
	return w
}

func (v *TextView) labelsWidth(s *textpaint.Sheet, size float32, all []int) float32 {
	w := -labelNext
	for _, i := range all {
		w += v.labelWidth(s, size, i) + labelNext
	}
	return w
}

// labelWords are the label and the state of a mark, cut to a width where that is
// less than labelWidth.
func (v *TextView) labelWords(s *textpaint.Sheet, size float32, i int, wide float32) (label, state string) {
	m := v.model.shown.Marks[i]
	label, state = m.Label, v.state(m)
	if wide >= v.labelWidth(s, size, i) { // not by what is left: float32 loses a little of that
		return label, state
	}
	room := wide - labelBar - labelGap
	label = s.Fit(size, label, room)
	room -= s.Measure(size, label) + labelGap
	if room <= size {
		state = ""
	}
	return label, s.Fit(size-1, state, room)
}

// paintLabel writes one label: a bar in the line style of the mark, which ties
// it to the underline, the words, and the state in words.
func (v *TextView) paintLabel(s *textpaint.Sheet, p *look.Palette, i int, x, y, wide, high, size float32, row int) {
	m := v.model.shown.Marks[i]
	st := p.MarkStyle(m.Style)
	if m.Change {
		st = look.Mark{Color: p.Ink, Underline: look.Dotted}
	}
	base := y + high*0.76
	s.HLine(x, x+labelBar, y+high/2, 2, int(st.Underline), st.Color)
	words, state := v.labelWords(s, size, i, wide)
	at := s.Text(x+labelBar+labelGap, base, size, words, st.Color)
	if state != "" {
		s.Text(at+labelGap, base, size-1, state, p.Warn)
	}
	v.labels = append(v.labels, placedLabel{mark: i, row: row, cut: words != m.Label || state != v.state(m),
		x: x - 4, y: y, w: wide + 8, h: high})
}

// paintMore shows all labels of the row whose number lies under the pointer.
func (v *TextView) paintMore(s *textpaint.Sheet, p *look.Palette, g geometry) {
	var from *placedLabel
	for i := range v.labels {
		if l := &v.labels[i]; l.more != nil && l.row == v.mouse.moreRow {
			from = l
		}
	}
	if from == nil {
		return
	}
	all, row := from.more, from.row
	size := captionSize()
	high := labelHeight * size / look.Caption
	most := max(int((g.height-8)/high)-1, 1)
	wide := float32(0)
	for _, i := range all {
		wide = max(wide, v.labelWidth(s, size, i))
	}
	wide = min(wide+16, max(v.Size().Width-barZone-8, 40))
	tall := high*float32(min(len(all), most)) + 8
	x := max(min(g.label-8, v.Size().Width-barZone-wide), 4)
	y := from.y + from.h - 1 // touches the number, so that the pointer can go over
	if y+tall > g.height-4 {
		y = max(from.y-tall+1, 4)
	}
	s.Fill(x, y, wide, tall, p.Panel)
	s.Frame(x, y, wide, tall, p.LineWidth, textpaint.Solid, textpaint.AllSides, p.Line)
	n := len(v.labels)
	v.labels = append(v.labels, placedLabel{mark: -1, more: all, boxed: true, row: row, x: x, y: y, w: wide, h: tall})
	for k, i := range all {
		if k == most {
			break
		}
		v.paintLabel(s, p, i, x+8, y+4+high*float32(k), wide-16, high, size, row)
	}
	for i := n + 1; i < len(v.labels); i++ {
		v.labels[i].boxed = true
	}
}

// labelAt is what lies in the margin at a place, the uppermost of it; nil for
// nothing.
func (v *TextView) labelAt(p fyne.Position) *placedLabel {
	for i := len(v.labels) - 1; i >= 0; i-- {
		l := &v.labels[i]
		if l.mark < len(v.model.shown.Marks) && p.X >= l.x && p.X < l.x+l.w && p.Y >= l.y && p.Y < l.y+l.h {
			return l
		}
	}
	return nil
}

// allWords are several marks in words.
func (v *TextView) allWords(marks []int) string {
	var out []string
	for _, i := range marks {
		if i < len(v.model.shown.Marks) {
			out = append(out, v.markWords(i))
		}
	}
	return strings.Join(out, " · ")
}
