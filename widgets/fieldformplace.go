package widgets

import (
	"fyne.io/fyne/v2"

	"fonds/widgets/look"
)

// objects are all that the row draws, in the order of Tab.
func (r *fieldRow) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.label, r.mark, r.where}
	for _, b := range r.badges {
		out = append(out, b.frame, b.words)
	}
	for _, v := range r.values {
		out = append(out, v.entry, v.where)
	}
	out = append(out, r.add)
	out = append(out, r.bad.objects()...)
	out = append(out, r.mine, r.theirs)
	out = append(out, r.hint.objects()...)
	for _, p := range r.proposals {
		out = append(out, p)
	}
	return out
}

// place puts the row's objects at y and gives the row's height.
func (r *fieldRow) place(y, x, width float32, p *look.Palette) float32 {
	r.top = y
	y += r.placeHead(y, x, width, p) + look.Tight
	for i, v := range r.values {
		if i > 0 {
			y += look.Tight
		}
		y += r.placeValue(v, i, y, x, width)
	}
	r.add.Hidden = !r.view.Repeatable || r.locked()
	if !r.add.Hidden {
		y += look.Tight
		size := r.add.MinSize()
		r.add.Move(fyne.NewPos(x-look.Tight, y)) // its words begin at x
		r.add.Resize(size)
		y += size.Height
	}
	y += r.placeSaid(r.bad, r.said(), y, x, width, p)
	y += r.placeChoice(y, x, width)
	r.hinted = r.below()
	y += r.placeSaid(r.hint, r.hinted, y, x, width, p)
	for _, box := range r.proposals {
		y += look.Near
		h := box.arrange(width, r.form.faces)
		box.Move(fyne.NewPos(x, y))
		box.Resize(fyne.NewSize(width, h))
		y += h
	}
	r.bottom = y
	return y - r.top
}

// placeHead puts the label at the left and what is to be said at the right.
func (r *fieldRow) placeHead(y, x, width float32, p *look.Palette) float32 {
	face, covers := r.form.faces.caption, r.form.Covers
	right := x + width
	one := !r.view.Repeatable && len(r.view.Values) > 0
	r.where.Hidden = !one || !r.view.Values[0].HasEvidence
	if !r.where.Hidden {
		size := r.where.MinSize()
		right -= size.Width - look.Tight
		r.where.Move(fyne.NewPos(right, y))
		r.where.Resize(size)
		right -= look.Tight
	}
	r.marked = r.empty()
	said, colour := "", p.Quiet
	switch {
	case r.view.Required && r.marked:
		said, colour = r.requiredMark(), p.Warn
	case one && r.view.Values[0].By != "":
		said = r.view.Values[0].By
		if r.form.words.By != nil {
			said = r.form.words.By(said)
		}
	}
	said = face.truncate(oneLine(said, covers), width/2)
	right -= face.width(said)
	room := right - look.Near - x
	for _, words := range r.view.Badges {
		room -= badgeWidth(words, face) + look.Near
	}
	label := face.truncate(oneLine(r.view.Label, covers), max(room, (right-look.Near-x)/2))
	at := x + face.width(label) + look.Near
	for i, b := range r.badges {
		words := ""
		if i < len(r.view.Badges) && at+badgeWidth(r.view.Badges[i], face) <= right {
			words = r.view.Badges[i]
		}
		at += b.place(words, at, y, face, p)
	}
	placeText(r.mark, said, face, colour, right, y)
	placeText(r.label, label, face, p.Quiet, x, y)
	return lineHeight(face.size)
}

func (r *fieldRow) placeValue(v *valueRow, i int, y, x, width float32) float32 {
	size := v.where.MinSize()
	v.where.Hidden = !r.view.Repeatable || i >= len(r.view.Values) || !r.view.Values[i].HasEvidence
	if !v.where.Hidden {
		width -= size.Width + look.Tight
	}
	h := v.entry.MinSize().Height
	v.entry.Move(fyne.NewPos(x, y))
	v.entry.Resize(fyne.NewSize(width, h))
	v.where.Move(fyne.NewPos(x+width+look.Near, y+(h-size.Height)/2))
	v.where.Resize(size)
	return h
}

// placeChoice puts the two answers beside each other, or under each other where
// there is no room.
func (r *fieldRow) placeChoice(y, x, width float32) float32 {
	r.mine.Hidden, r.theirs.Hidden = !r.view.Choice, !r.view.Choice
	if !r.view.Choice {
		return 0
	}
	top := y
	y += look.Tight
	a, b := r.mine.MinSize(), r.theirs.MinSize()
	r.mine.Move(fyne.NewPos(x, y))
	r.mine.Resize(a)
	at := fyne.NewPos(x+a.Width+look.Near, y)
	if a.Width+look.Near+b.Width > width {
		y += a.Height + look.Tight
		at = fyne.NewPos(x, y)
	}
	r.theirs.Move(at)
	r.theirs.Resize(b)
	return y + b.Height - top
}

// said is what is wrong with the field, in words.
func (r *fieldRow) said() string {
	switch {
	case r.notice != "":
		return "⚠ " + r.notice
	case r.view.Error != "":
		return "⚠ " + r.view.Error
	}
	return ""
}

func (r *fieldRow) placeSaid(para *paragraph, text string, y, x, width float32, p *look.Palette) float32 {
	colour := p.Quiet
	if para == r.bad {
		colour = p.Bad
	}
	para.set(cleanLines(text, r.form.Covers), r.form.faces.caption, colour, width)
	if para.used == 0 {
		return 0
	}
	return look.Tight + para.place(x, y+look.Tight)
}

// Caret is a place where a person types in a form.
type Caret struct {
	Field string
	Value int // which of its values, from 0
	text  string
	at    [2]int // row and column, as the entry wraps
}

// Caret is where the person types; ok is false where no value has the focus.
func (f *FieldForm) Caret() (c Caret, ok bool) {
	for _, r := range f.rows {
		for i, v := range r.values {
			if v.entry.focused {
				return Caret{r.view.ID, i, v.entry.Text, [2]int{v.entry.CursorRow, v.entry.CursorColumn}}, true
			}
		}
	}
	return Caret{}, false
}

// SetCaret gives the focus to a value, and the caret its place where the text is
// still the same. It reports whether there is such a field.
func (f *FieldForm) SetCaret(c Caret) bool {
	for _, r := range f.rows {
		if r.view.ID != c.Field {
			continue
		}
		e := r.values[min(max(c.Value, 0), len(r.values)-1)].entry
		e.left, e.leftText = c.at, c.text // as though it had only been left
		focus(f, e)
		return true
	}
	return false
}
