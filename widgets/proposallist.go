package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// ProposalList shows proposals under each other, each within its dotted frame,
// as high as they need up to Limit: then they scroll. Tab goes from one to the
// next.
type ProposalList struct {
	widget.BaseWidget

	// OnAct takes what the person does with a proposal.
	OnAct func(id, act string)
	// OnEvidence asks for the place that a proposal is about.
	OnEvidence func(id string)
	// OnEscape is told of Escape.
	OnEscape func()
	// OnShortcut is asked for shortcuts that no act has.
	OnShortcut func(s fyne.Shortcut) bool
	// Covers says which runes the font has.
	Covers CoversFunc
	// Limit is the height from which the list scrolls; 0 is 240 at text size 1.
	Limit float32

	own    proposalOwner
	boxes  []*proposalBox
	scroll *container.Scroll
	body   *fyne.Container
	height float32
	faces  *formFaces
}

// NewProposalList makes an empty list; proposed and where are words of the
// person's language.
func NewProposalList(proposed, where string) *ProposalList {
	l := &ProposalList{}
	l.own = proposalOwner{proposed: proposed, where: where,
		covers: func() CoversFunc { return l.Covers },
		act: func(b *proposalBox, act ProposalAct) {
			if l.OnAct != nil {
				l.OnAct(b.view.ID, act.ID)
			}
		},
		evidence: func(id string) {
			if l.OnEvidence != nil {
				l.OnEvidence(id)
			}
		},
		escape: func() {
			if l.OnEscape != nil {
				l.OnEscape()
			}
		},
		shortcut: l.shortcut,
		focused:  l.reveal,
	}
	l.body = container.New(listBody{l})
	l.scroll = container.NewVScroll(l.body)
	l.ExtendBaseWidget(l)
	return l
}

// SetProposals shows proposals; boxes whose ids stay keep the focus.
func (l *ProposalList) SetProposals(views []ProposalView) {
	if slices.EqualFunc(views, l.boxes, func(v ProposalView, b *proposalBox) bool { return equalProposal(v, b.view) }) {
		return
	}
	old := map[string]*proposalBox{}
	for _, b := range l.boxes {
		old[b.view.ID] = b
	}
	boxes := make([]*proposalBox, len(views))
	for i, v := range views {
		b := old[v.ID]
		if b == nil {
			b = newProposalBox(&l.own)
		}
		delete(old, v.ID)
		b.setView(v)
		boxes[i] = b
	}
	l.boxes = boxes
	for _, b := range old {
		if c := canvasOf(l); c != nil && b.focused {
			c.Unfocus()
			if l.OnEscape != nil {
				l.OnEscape()
			}
		}
	}
	l.body.Objects = l.body.Objects[:0]
	for _, b := range boxes {
		l.body.Objects = append(l.body.Objects, b)
	}
	l.place()
	l.Refresh()
}

// Focused is the proposal that has the focus, "" for none.
func (l *ProposalList) Focused() string {
	for _, b := range l.boxes {
		if b.focused {
			return b.view.ID
		}
	}
	return ""
}

// FocusProposal gives a proposal the focus, "" the first, and reports whether it
// is there.
func (l *ProposalList) FocusProposal(id string) bool {
	for _, b := range l.boxes {
		if b.view.ID == id || id == "" {
			focus(l, b)
			return true
		}
	}
	return false
}

// Find is the object that shows a proposal, or nil.
func (l *ProposalList) Find(id string) fyne.CanvasObject {
	for _, b := range l.boxes {
		if b.view.ID == id {
			return b
		}
	}
	return nil
}

func (l *ProposalList) shortcut(b *proposalBox, s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && b.byKey(c) {
		return
	}
	if l.OnShortcut != nil {
		l.OnShortcut(s)
	}
}

// reveal scrolls to a proposal that has got the focus.
func (l *ProposalList) reveal(b *proposalBox) {
	top, bottom, h := b.Position().Y, b.Position().Y+b.Size().Height, l.scroll.Size().Height
	if top < l.scroll.Offset.Y || bottom-top > h {
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	} else if bottom > l.scroll.Offset.Y+h {
		l.scroll.ScrollToOffset(fyne.NewPos(0, bottom-h))
	}
}

// place puts the boxes under each other at the width there is.
func (l *ProposalList) place() {
	width := l.Size().Width
	if width <= 0 {
		return
	}
	if l.faces == nil {
		l.faces = newFormFaces()
	}
	y := float32(0)
	for i, b := range l.boxes {
		if i > 0 {
			y += look.Near
		}
		h := b.arrange(width, l.faces)
		b.Move(fyne.NewPos(0, y))
		b.Resize(fyne.NewSize(width, h))
		y += h
	}
	l.height = y
	l.body.Resize(fyne.NewSize(width, y))
	l.scroll.Refresh()
}

type listBody struct{ l *ProposalList }

func (b listBody) Layout([]fyne.CanvasObject, fyne.Size) {}

func (b listBody) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, b.l.height) }

// CreateRenderer shows the boxes.
func (l *ProposalList) CreateRenderer() fyne.WidgetRenderer { return (*proposalListRenderer)(l) }

type proposalListRenderer ProposalList

func (r *proposalListRenderer) Destroy()                     {}
func (r *proposalListRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.scroll} }

func (r *proposalListRenderer) MinSize() fyne.Size {
	limit := r.Limit
	if limit == 0 {
		limit = 240 * textScale()
	}
	return fyne.NewSize(160, min(r.height, limit))
}

func (r *proposalListRenderer) Layout(size fyne.Size) {
	r.scroll.Resize(size)
	(*ProposalList)(r).place()
}

func (r *proposalListRenderer) Refresh() {
	r.faces = nil
	(*ProposalList)(r).place()
	for _, b := range r.boxes {
		b.Refresh()
	}
}
