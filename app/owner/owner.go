// Package owner is the screen of the archive itself: who belongs to it and in
// which role, what waits for review, which copies are kept, whether the file is
// whole, and the table of who may do what. Whoever is no owner sees all of it
// and changes nothing.
//
// It may use the session, the widgets and what they may use. It must never know
// another screen or the window, and never write to the archive but by the
// session.
package owner

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Page is the screen: its sections by name at the left, the chosen one beside.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()

	s        *session.Session
	on       fyne.Canvas
	nav      *widgets.List
	why      *widgets.Note   // why nothing can be changed
	over     *fyne.Container // it, with room around
	sections []section
	stack    *fyne.Container
	content  fyne.CanvasObject
}

// section is one part of the page.
type section interface {
	name() (title, line string)
	content() fyne.CanvasObject
	show() // what is the case now
	focus()
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}}
	p.why = widgets.NewNote(3)
	p.why.Covers = session.Covers
	p.sections = []section{newPeople(p), newRules(p), newCopies(p), newCheck(p), newTable(p)}
	p.stack = container.NewStack()
	for _, x := range p.sections {
		x.content().Hide()
		p.stack.Add(x.content())
	}
	p.nav = widgets.NewList()
	p.nav.SetCount(len(p.sections), func(i int) widgets.Row {
		title, line := p.sections[i].name()
		return widgets.Row{Title: title, Sub: line, Known: true}
	})
	p.nav.OnSelect = func(int) { p.open(p.nav.Selected()) }
	p.nav.OnActivate = func(int) { p.FocusSection() }
	p.nav.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			p.OnLeave()
		case fyne.KeyRight:
			p.FocusSection()
		default:
			return false
		}
		return true
	}
	back := widgets.NewButton(i18n.T("owner.back"), func() { p.OnLeave() })
	back.OnKey = p.key
	title := widget.NewLabelWithStyle(i18n.T("owner.title"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameSubHeadingText
	title.Truncation = fyne.TextTruncateEllipsis
	head := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Apart),
		container.NewBorder(nil, nil, nil, container.NewCenter(back), title))
	p.over = pad(p.why, 0)
	body := container.NewBorder(p.over, nil, nil, nil, p.stack)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), container.NewBorder(
		container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator()), nil,
		container.New(navLayout{}, p.nav, widget.NewSeparator()), nil, body))
	s.On(p.hear)
	p.nav.SetSelected(0)
	p.open(0)
	return p
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Section is the number of the section that is open, and Open opens one.
func (p *Page) Section() int { return max(p.nav.Selected(), 0) }

// Open shows a section by its number.
func (p *Page) Open(i int) {
	p.nav.SetSelected(i)
	p.open(i)
}

// Focus gives the keyboard to the list of sections.
func (p *Page) Focus() { p.on.Focus(p.nav) }

// FocusSection gives it to the section that is open.
func (p *Page) FocusSection() { p.sections[p.Section()].focus() }

// NextPane moves the keyboard between the two.
func (p *Page) NextPane() {
	if p.on.Focused() == fyne.Focusable(p.nav) {
		p.FocusSection()
	} else {
		p.Focus()
	}
}

func (p *Page) open(i int) {
	for n, x := range p.sections {
		if n == i {
			x.show()
			x.content().Show()
			widgets.Relay(x.content())
		} else {
			x.content().Hide()
		}
	}
	p.showWhy()
}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged, session.PersonChanged, session.SelfChanged:
		p.Show()
	}
}

// Show shows what is the case now.
func (p *Page) Show() {
	p.showWhy()
	p.sections[p.Section()].show()
}

// showWhy says above the section who can change what is in it.
func (p *Page) showWhy() {
	words := ""
	if err := p.refusal(); err != nil {
		words = session.Words(err)
	}
	p.why.SetText(words, widgets.Plain)
	if hide := words == ""; hide != p.over.Hidden {
		p.over.Hidden = hide
		p.content.Refresh()
	}
}

// refusal is why who is working cannot change anything here, or nil.
func (p *Page) refusal() error {
	if ro, _ := p.s.ReadOnly(); ro {
		return storage.ErrReadOnly
	}
	if r := p.s.Rules(); r != nil {
		return r.MayOwn(p.s.Actor())
	}
	return nil
}

// apply makes edits and says beside the thing why they are refused.
func (p *Page) apply(beside *widgets.Note, edits ...*archive.Edit) {
	beside.SetText("", widgets.Plain)
	p.s.Apply(func(_ []storage.Result, err error) {
		if err != nil {
			beside.SetText("⚠ "+session.Words(err), widgets.Bad)
			p.sections[p.Section()].show()
		}
	}, edits...)
}

// key takes Escape back to the list of sections.
func (p *Page) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	p.Focus()
	return true
}

// button is one that leaves by Escape as everything here does.
func (p *Page) button(label string, do func()) *widgets.Button {
	b := widgets.NewButton(label, do)
	b.OnKey = p.key
	return b
}

// pad keeps things off the edges; below is the room under them.
func pad(o fyne.CanvasObject, below float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(look.Apart, below, look.Apart, look.Apart), o)
}

// heading stands over a group.
func heading(words string) fyne.CanvasObject {
	t := canvas.NewText(words, look.Current().Ink)
	t.TextSize, t.TextStyle.Bold = theme.TextSize(), true
	return t
}

// quiet is a sentence in quiet ink.
func quiet(words string) *widgets.Note {
	n := widgets.NewNote(6)
	n.Covers = session.Covers
	n.SetText(words, widgets.Plain)
	return n
}

// navWidth is that of the list of sections.
const navWidth = 184

// navLayout gives the list of sections its width, and a line beside it.
type navLayout struct{}

// MinSize is called by Fyne.
func (navLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(navWidth*theme.TextSize()/look.Text, o[0].MinSize().Height)
}

// Layout is called by Fyne.
func (navLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width-1, size.Height))
	o[1].Move(fyne.NewPos(size.Width-1, 0))
	o[1].Resize(fyne.NewSize(1, size.Height))
}
