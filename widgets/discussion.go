package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// ThreadView is a question or a remark with what was said to it.
type ThreadView struct {
	ID       string
	About    string // what it is about, "" where that is plain
	State    string // "open, waits for Wang", "resolved"
	Waits    bool   // for who is working: the state is said in the tone of what is to be done
	Resolved bool   // folded to its first line until it is opened
	Says     []Saying
	Acts     []ThreadAct // what can be done with it
}

// ThreadAct is one thing that can be done with a thread.
type ThreadAct struct{ ID, Label string }

// Saying is what somebody said, and when.
type Saying struct{ Who, When, Text string }

// Discussion shows threads under each other, with buttons for what can be done with
// each, and one to begin another. Tab goes from button to button, Up and Down too.
// It asks for nothing itself: who shows it asks for the words.
type Discussion struct {
	widget.BaseWidget
	// Covers says which runes the font has.
	Covers CoversFunc

	// More says that so many answers are folded away.
	More func(n int) string

	// OnAsk begins a thread; nil: nobody does.
	OnAsk func()
	// OnAct does an act of ThreadView.Acts.
	OnAct func(id, act string)
	// OnKey is asked before a button acts on a key.
	OnKey func(k *fyne.KeyEvent) bool

	threads []ThreadView
	fixed   bool   // nothing can be said
	ask     string // label of the button that begins one
	none    string // said where there is none
	open    map[string]bool
	buttons []*Button
	column  *fyne.Container
	scroll  *container.Scroll
}

// NewDiscussion makes an empty one: ask is on the button that begins a thread, none
// is said where there is none.
func NewDiscussion(ask, none string) *Discussion {
	d := &Discussion{ask: ask, none: none, open: map[string]bool{}, More: func(int) string { return "…" }}
	d.column = container.New(layout.NewCustomPaddedVBoxLayout(look.Near))
	d.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Near, look.Apart, look.Near, look.Near), d.column))
	d.ExtendBaseWidget(d)
	return d
}

// SetThreads shows threads; fixed says that nothing can be said to them. The
// keyboard stays where it is, at the button of the same place.
func (d *Discussion) SetThreads(threads []ThreadView, fixed bool) {
	at := d.focusedAt()
	d.threads, d.fixed = threads, fixed
	d.build()
	if at >= 0 && len(d.buttons) > 0 {
		focus(d, d.buttons[min(at, len(d.buttons)-1)])
	}
}

// Threads are those that are shown.
func (d *Discussion) Threads() []ThreadView { return d.threads }

// Focus gives the keyboard to the first button, and says whether there is one.
func (d *Discussion) Focus() bool {
	if len(d.buttons) == 0 {
		return false
	}
	focus(d, d.buttons[0])
	return true
}

// Focused says whether a button has the keyboard.
func (d *Discussion) Focused() bool { return d.focusedAt() >= 0 }

func (d *Discussion) focusedAt() int {
	for i, b := range d.buttons {
		if b.focused {
			return i
		}
	}
	return -1
}

func (d *Discussion) build() {
	d.column.Objects, d.buttons = nil, nil
	if len(d.threads) == 0 {
		d.column.Add(d.note(d.none, Plain, false))
	}
	for i := range d.threads {
		if i > 0 {
			d.column.Add(widget.NewSeparator())
		}
		d.buildThread(&d.threads[i])
	}
	if !d.fixed && d.OnAsk != nil {
		d.column.Add(container.NewHBox(d.button(d.ask, d.OnAsk)))
	}
	d.column.Refresh()
	d.scroll.Refresh()
}

func (d *Discussion) buildThread(t *ThreadView) {
	tone := Plain
	switch {
	case t.Resolved:
		tone = Good
	case t.Waits:
		tone = Warn
	}
	if t.About != "" {
		d.column.Add(d.note(t.About, Plain, false))
	}
	d.column.Add(d.note(t.State, tone, false))
	says := t.Says
	if t.Resolved && !d.open[t.ID] {
		says = says[:min(1, len(says))]
	}
	for i, s := range says {
		indent := float32(0)
		if i > 0 {
			indent = look.Apart
		}
		d.column.Add(container.New(layout.NewCustomPaddedLayout(0, 0, indent, 0), container.New(layout.NewCustomPaddedVBoxLayout(0),
			d.note(s.Who+" · "+s.When, Plain, false), d.note(s.Text, Plain, true))))
	}
	row := container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, look.Tight))
	id := t.ID
	if hidden := len(t.Says) - len(says); hidden > 0 {
		row.Add(d.button(d.More(hidden), func() { d.open[id] = true; d.SetThreads(d.threads, d.fixed) }))
	}
	for _, a := range t.Acts {
		row.Add(d.button(a.Label, func() { d.OnAct(id, a.ID) }))
	}
	d.column.Add(row)
}

func (d *Discussion) note(text string, tone Tone, ink bool) *Note {
	n := NewNote(12)
	if ink {
		n = NewText(60, "")
	}
	n.Covers = d.Covers
	n.SetText(text, tone)
	return n
}

// button is one of those that the keyboard goes through.
func (d *Discussion) button(label string, tapped func()) *Button {
	b := NewSmallButton(label, tapped)
	at := len(d.buttons)
	b.OnKey = func(k *fyne.KeyEvent) bool {
		to := at
		switch k.Name {
		case fyne.KeyDown:
			to++
		case fyne.KeyUp:
			to--
		default:
			return d.OnKey != nil && d.OnKey(k)
		}
		if to >= 0 && to < len(d.buttons) {
			focus(d, d.buttons[to])
		}
		return true
	}
	b.OnReveal = func(top, bottom float32) { d.reveal(b, top, bottom) }
	d.buttons = append(d.buttons, b)
	return b
}

// reveal scrolls to a button.
func (d *Discussion) reveal(b *Button, top, bottom float32) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(b).Y - driver.AbsolutePositionForObject(d.scroll).Y + d.scroll.Offset.Y
	h := d.scroll.Size().Height
	switch {
	case y+top < d.scroll.Offset.Y:
		d.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y+top-theme.Padding())))
	case y+bottom > d.scroll.Offset.Y+h:
		d.scroll.ScrollToOffset(fyne.NewPos(0, y+bottom-h+theme.Padding()))
	}
}

// CreateRenderer shows the column.
func (d *Discussion) CreateRenderer() fyne.WidgetRenderer {
	d.build()
	return widget.NewSimpleRenderer(d.scroll)
}
