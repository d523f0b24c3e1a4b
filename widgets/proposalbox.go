package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// proposalBox shows one proposal for a field within a dotted frame. It takes
// the focus: Enter or Alt+A takes the proposal, Alt+R refuses it.
type proposalBox struct {
	widget.BaseWidget

	row     *fieldRow
	view    ProposalView
	focused bool
	guard   imeGuard

	frame        *dotted
	word, rule   *canvas.Text
	text, detail *paragraph
	take, refuse *press
	where        *press
	objects      []fyne.CanvasObject
}

var (
	_ fyne.Focusable    = (*proposalBox)(nil)
	_ fyne.Shortcutable = (*proposalBox)(nil)
)

func newProposalBox(r *fieldRow) *proposalBox {
	b := &proposalBox{
		row:    r,
		frame:  newDotted(),
		word:   canvas.NewText("", color.Transparent),
		rule:   canvas.NewText("", color.Transparent),
		text:   newParagraph(4),
		detail: newParagraph(2),
	}
	words := &r.form.words
	b.take = newPress(words.Take, "Alt+A", func() { r.decide(b, true) })
	b.refuse = newPress(words.Refuse, "Alt+R", func() { r.decide(b, false) })
	b.where = newLink(words.Where, "", b.evidence)
	b.objects = []fyne.CanvasObject{b.frame.raster, b.word, b.rule}
	b.objects = append(append(b.objects, b.text.objects()...), b.detail.objects()...)
	b.objects = append(b.objects, b.take, b.refuse, b.where)
	b.ExtendBaseWidget(b)
	return b
}

func (b *proposalBox) setView(view ProposalView) {
	b.view = view
	b.where.Hidden = !view.HasEvidence
}

// arrange puts everything where it belongs at a width and gives the height.
func (b *proposalBox) arrange(width float32) float32 {
	p, f := look.Current(), b.row.form
	face, caption := f.faces.text, f.faces.caption
	pad, inner := look.Near, width-2*look.Near

	word := caption.truncate(oneLine(f.words.Proposed, f.Covers), inner)
	placeText(b.word, word, caption, p.Warn, pad, pad)
	rule := caption.truncate(oneLine(b.origin(), f.Covers), inner-caption.width(word)-look.Near)
	placeText(b.rule, rule, caption, p.Quiet, width-pad-caption.width(rule), pad)
	y := pad + lineHeight(caption.size)

	b.text.set(cleanLines(b.view.Text, f.Covers), face, p.Ink, inner)
	y += b.text.place(pad, y)
	b.detail.set(cleanLines(b.view.Detail, f.Covers), caption, p.Quiet, inner)
	y += b.detail.place(pad, y) + look.Near

	x := pad
	for _, button := range []*press{b.take, b.refuse} {
		size := button.MinSize()
		button.Move(fyne.NewPos(x, y))
		button.Resize(size)
		x += size.Width + look.Near
	}
	size := b.where.MinSize()
	b.where.Move(fyne.NewPos(width-pad-size.Width+look.Tight, y+(b.take.Size().Height-size.Height)/2))
	b.where.Resize(size)
	y += b.take.Size().Height + pad

	b.frame.style(p, b.focused)
	b.frame.raster.Resize(fyne.NewSize(width, y))
	return y
}

// origin says what found the proposal and how sure it is.
func (b *proposalBox) origin() string {
	words := &b.row.form.words
	var parts []string
	if rule := words.Rules[b.view.Rule]; rule != "" {
		parts = append(parts, rule)
	}
	if b.view.Confidence > 0 && words.Confidence != nil {
		parts = append(parts, words.Confidence(b.view.Confidence))
	}
	return strings.Join(parts, " · ")
}

func (b *proposalBox) evidence() {
	if b.view.HasEvidence && b.row.form.OnEvidence != nil {
		b.row.form.OnEvidence(b.view.ID)
	}
}

// KeyDown notes a key press before anything acts on it.
func (b *proposalBox) KeyDown(k *fyne.KeyEvent) { b.guard.keyDown(k.Name) }

// KeyUp does nothing.
func (b *proposalBox) KeyUp(*fyne.KeyEvent) {}

// TypedKey takes the proposal on Enter; Escape goes back to the field.
func (b *proposalBox) TypedKey(k *fyne.KeyEvent) {
	if b.guard.swallow(k.Name) || functionKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.row.decide(b, true)
	case fyne.KeyEscape:
		focus(b.row.form, b.row.values[0].entry)
	}
}

// TypedRune does nothing.
func (b *proposalBox) TypedRune(rune) { b.guard.typedRune() }

// TypedShortcut acts on the keys of the form.
func (b *proposalBox) TypedShortcut(s fyne.Shortcut) { b.row.shortcut(s, nil, b) }

// Tapped gives the proposal the focus.
func (b *proposalBox) Tapped(*fyne.PointEvent) { focus(b.row.form, b) }

// FocusGained shows the ring and scrolls to the proposal.
func (b *proposalBox) FocusGained() {
	b.setFocused(true)
	b.row.reveal(b)
}

// FocusLost hides the ring.
func (b *proposalBox) FocusLost() { b.setFocused(false) }

func (b *proposalBox) setFocused(on bool) {
	b.guard.reset()
	b.focused = on
	b.frame.style(look.Current(), on)
}

// CreateRenderer hands the objects over; the form arranges them.
func (b *proposalBox) CreateRenderer() fyne.WidgetRenderer { return (*proposalRenderer)(b) }

type proposalRenderer proposalBox

func (r *proposalRenderer) Destroy()                     {}
func (r *proposalRenderer) Layout(fyne.Size)             {}
func (r *proposalRenderer) MinSize() fyne.Size           { return r.frame.raster.Size() }
func (r *proposalRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *proposalRenderer) Refresh() {
	for _, o := range r.objects {
		o.Refresh()
	}
}
