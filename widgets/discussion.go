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
}

// Saying is what somebody said, and when.
type Saying struct{ Who, When, Text string }

// DiscussionWords are the words of the buttons.
type DiscussionWords struct{ Ask, Answer, Resolve, Reopen, None string }

// Discussion shows threads under each other, with buttons to answer one, to resolve
// it or open it again, to go to what it is about, and to begin one. Tab goes from
// button to button, Up and Down too. It asks for nothing itself: who shows it asks
// for the words.
type Discussion struct {
	widget.BaseWidget
	// Covers says which runes the font has.
	Covers CoversFunc

	Words DiscussionWords

	OnAsk     func(near fyne.CanvasObject)            // begins a thread
	OnAnswer  func(id string, near fyne.CanvasObject) // answers one
	OnResolve func(id string, reopen bool)
	OnAbout   func(id string) // goes to what it is about; nil: nobody does
	// OnKey is asked before a button acts on a key.
	OnKey func(k *fyne.KeyEvent) bool

	threads []ThreadView
	fixed   bool // nothing can be said
	open    map[string]bool
	buttons []*Button
	column  *fyne.Container
	scroll  *container.Scroll
}

// NewDiscussion makes an empty one.
func NewDiscussion(words DiscussionWords) *Discussion {
	d := &Discussion{Words: words, open: map[string]bool{}}
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
		d.column.Add(d.note(d.Words.None, Plain, false))
	}
	for i := range d.threads {
		if i > 0 {
			d.column.Add(widget.NewSeparator())
		}
		d.buildThread(&d.threads[i])
	}
	if !d.fixed && d.OnAsk != nil {
		var ask *Button
		ask = d.button(d.Words.Ask, func() { d.OnAsk(ask) })
		d.column.Add(container.NewHBox(ask))
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
		row.Add(d.button("…", func() { d.open[id] = true; d.SetThreads(d.threads, d.fixed) }))
	}
	if d.OnAbout != nil && t.About != "" {
		row.Add(d.button("→", func() { d.OnAbout(id) }))
	}
	if !d.fixed {
		var answer *Button
		answer = d.button(d.Words.Answer, func() { d.OnAnswer(id, answer) })
		row.Add(answer)
		words := d.Words.Resolve
		if t.Resolved {
			words = d.Words.Reopen
		}
		reopen := t.Resolved
		row.Add(d.button(words, func() { d.OnResolve(id, reopen) }))
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
