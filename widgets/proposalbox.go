package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// ProposalView is something that waits for somebody's decision.
type ProposalView struct {
	ID          string
	Kind        string  // what is proposed, in place of the word "proposed" alone
	Text        string  // the words as they would be
	Detail      string  // quiet lines below: what it would replace, the words around it
	Said        string  // who proposed it, and when; "" says Rule and Confidence
	Rule        string  // what found it, for FieldWords.Rule
	Confidence  float64 // 0 to 1; 0 not to say
	HasEvidence bool
	Acts        []ProposalAct // what the person can do with it, the likeliest first
	Waits       string        // where they cannot decide: who can
	Error       string        // why the last act was refused
}

// ProposalAct is one thing that can be done with a proposal.
type ProposalAct struct {
	ID    string
	Label string // "Approve", 通过
	Key   string // as it is shown, "Alt+A"; "" for none
	Enter bool   // Enter does it too
	Sets  bool   // the field gets the proposed value: what is typed there gives way

	Shortcut desktop.CustomShortcut // that does it in the box or its field; none without a KeyName
}

func equalProposal(a, b ProposalView) bool {
	if len(a.Acts) != len(b.Acts) {
		return false
	}
	for i := range a.Acts {
		if a.Acts[i] != b.Acts[i] {
			return false
		}
	}
	return a.ID == b.ID && a.Kind == b.Kind && a.Text == b.Text && a.Detail == b.Detail && a.Said == b.Said && a.Rule == b.Rule &&
		a.Confidence == b.Confidence && a.HasEvidence == b.HasEvidence && a.Waits == b.Waits && a.Error == b.Error
}

// proposalOwner is what a ProposalBox lies in.
type proposalOwner struct {
	proposed, where string // words
	covers          func() CoversFunc
	origin          func(v *ProposalView) string // what found it, in words
	act             func(b *proposalBox, act ProposalAct)
	evidence        func(id string)
	escape          func()
	shortcut        func(b *proposalBox, s fyne.Shortcut)
	focused         func(b *proposalBox)
}

// proposalBox shows one proposal within a dotted frame. It takes the focus:
// Enter does its first act, a shortcut any of them.
type proposalBox struct {
	widget.BaseWidget

	own     *proposalOwner
	view    ProposalView
	focused bool
	guard   imeGuard

	frame        *dotted
	word, said   *canvas.Text
	text, detail *paragraph
	note         *paragraph // who can decide, or why not
	buttons      []*press
	where        *press
}

var (
	_ fyne.Focusable    = (*proposalBox)(nil)
	_ fyne.Shortcutable = (*proposalBox)(nil)
	_ desktop.Keyable   = (*proposalBox)(nil)
)

func newProposalBox(own *proposalOwner) *proposalBox {
	b := &proposalBox{
		own:    own,
		frame:  newDotted(),
		word:   canvas.NewText("", color.Transparent),
		said:   canvas.NewText("", color.Transparent),
		text:   newParagraph(4),
		detail: newParagraph(3),
		note:   newParagraph(4),
	}
	b.where = newLink(own.where, "", b.evidence)
	b.ExtendBaseWidget(b)
	return b
}

func (b *proposalBox) setView(view ProposalView) {
	b.where.Hidden = !view.HasEvidence
	old := b.view.Acts
	b.view = view
	same := len(old) == len(view.Acts) && len(b.buttons) == len(old)
	for i := range old {
		same = same && old[i] == view.Acts[i]
	}
	if same {
		return
	}
	b.buttons = nil
	for _, act := range view.Acts {
		b.buttons = append(b.buttons, newPress(act.Label, act.Key, func() { b.own.act(b, act) }))
	}
}

// arrange puts everything where it belongs at a width and gives the height.
func (b *proposalBox) arrange(width float32, faces *formFaces) float32 {
	p, covers := look.Current(), b.own.covers()
	face, caption := faces.text, faces.caption
	pad, inner := look.Near, width-2*look.Near

	kind := b.view.Kind
	if kind == "" {
		kind = b.own.proposed
	}
	word := caption.truncate(oneLine(kind, covers), inner)
	placeText(b.word, word, caption, p.Warn, pad, pad)
	from := b.view.Said
	if from == "" && b.own.origin != nil {
		from = b.own.origin(&b.view)
	}
	y := pad + lineHeight(caption.size)
	from = oneLine(from, covers)
	if room := inner - caption.width(word) - look.Near; caption.width(from) <= room {
		placeText(b.said, from, caption, p.Quiet, width-pad-caption.width(from), pad)
	} else { // it gets a line of its own
		placeText(b.said, caption.truncate(from, inner), caption, p.Quiet, pad, y)
		y += lineHeight(caption.size)
	}

	b.text.set(cleanLines(b.view.Text, covers), face, p.Ink, inner)
	y += b.text.place(pad, y)
	b.detail.set(cleanLines(b.view.Detail, covers), caption, p.Quiet, inner)
	y += b.detail.place(pad, y)
	note, ink := b.view.Waits, p.Quiet
	if b.view.Error != "" {
		note, ink = "⚠ "+b.view.Error, p.Bad
	}
	b.note.set(cleanLines(note, covers), caption, ink, inner)
	if b.note.used > 0 {
		y += look.Tight + b.note.place(pad, y+look.Tight)
	}
	y = b.arrangeButtons(width, y) + pad

	b.frame.style(p, b.focused)
	b.frame.raster.Resize(fyne.NewSize(width, y))
	return y
}

// arrangeButtons puts them beside each other, in as many rows as it takes, the
// link to the evidence last.
func (b *proposalBox) arrangeButtons(width, y float32) float32 {
	if len(b.buttons) == 0 && b.where.Hidden {
		return y
	}
	pad := look.Near
	y += look.Near
	x, high := pad, float32(0)
	for _, button := range b.buttons {
		size := button.MinSize()
		if x > pad && x+size.Width > width-pad {
			x, y = pad, y+high+look.Tight
		}
		button.Move(fyne.NewPos(x, y))
		button.Resize(size)
		x, high = x+size.Width+look.Near, size.Height
	}
	if b.where.Hidden {
		return y + high
	}
	size := b.where.MinSize()
	if high == 0 {
		high = size.Height
	} else if x+size.Width-look.Tight > width-pad {
		y, high = y+high+look.Tight, size.Height
	}
	b.where.Move(fyne.NewPos(width-pad-size.Width+look.Tight, y+(high-size.Height)/2))
	b.where.Resize(size)
	return y + high
}

// origin says what found a proposal of the form and how sure it is.
func (w *FieldWords) origin(v *ProposalView) string {
	var parts []string
	if w.Rule != nil {
		if rule := w.Rule(v.Rule); rule != "" {
			parts = append(parts, rule)
		}
	}
	if v.Confidence > 0 && w.Confidence != nil {
		parts = append(parts, w.Confidence(v.Confidence))
	}
	return strings.Join(parts, " · ")
}

func (b *proposalBox) evidence() {
	if b.view.HasEvidence && b.own.evidence != nil {
		b.own.evidence(b.view.ID)
	}
}

// byKey does the act that a shortcut stands for, and reports whether there is
// one.
func (b *proposalBox) byKey(c *desktop.CustomShortcut) bool {
	for _, act := range b.view.Acts {
		if act.Shortcut.KeyName != "" && act.Shortcut == *c {
			b.own.act(b, act)
			return true
		}
	}
	return false
}

// KeyDown notes a key press before anything acts on it.
func (b *proposalBox) KeyDown(k *fyne.KeyEvent) { b.guard.keyDown(k.Name) }

// KeyUp notes that a key was let go.
func (b *proposalBox) KeyUp(k *fyne.KeyEvent) { b.guard.keyUp(k.Name) }

// TypedKey does the act of Enter; Escape goes back.
func (b *proposalBox) TypedKey(k *fyne.KeyEvent) {
	if b.guard.swallow(k.Name) || functionKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		for _, act := range b.view.Acts {
			if act.Enter {
				b.own.act(b, act)
				return
			}
		}
	case fyne.KeyEscape:
		b.own.escape()
	}
}

// TypedRune does nothing.
func (b *proposalBox) TypedRune(r rune) { b.guard.typedRune(r) }

// TypedShortcut acts on the keys of the acts.
func (b *proposalBox) TypedShortcut(s fyne.Shortcut) { b.own.shortcut(b, s) }

// Tapped gives the proposal the focus.
func (b *proposalBox) Tapped(*fyne.PointEvent) { focus(b, b) }

// FocusGained shows the ring and scrolls to the proposal.
func (b *proposalBox) FocusGained() {
	b.setFocused(true)
	b.own.focused(b)
}

// FocusLost hides the ring.
func (b *proposalBox) FocusLost() { b.setFocused(false) }

func (b *proposalBox) setFocused(on bool) {
	b.guard.focus(b, on)
	b.focused = on
	b.frame.style(look.Current(), on)
}

// CreateRenderer hands the objects over; the owner arranges them.
func (b *proposalBox) CreateRenderer() fyne.WidgetRenderer { return (*proposalRenderer)(b) }

type proposalRenderer proposalBox

func (r *proposalRenderer) Destroy()           {}
func (r *proposalRenderer) Layout(fyne.Size)   {}
func (r *proposalRenderer) MinSize() fyne.Size { return r.frame.raster.Size() }

func (r *proposalRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.frame.raster, r.word, r.said}
	for _, p := range []*paragraph{r.text, r.detail, r.note} {
		out = append(out, p.objects()...)
	}
	for _, button := range r.buttons {
		out = append(out, button)
	}
	return append(out, r.where)
}

func (r *proposalRenderer) Refresh() {
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
