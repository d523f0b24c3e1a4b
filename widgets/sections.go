package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Section is one part of a page of sections.
type Section interface {
	Name() (title, line string)
	Content() fyne.CanvasObject
	Show() // what is the case now
	Focus()
}

// Sections is a page that stands in the place of the work: its sections by name at
// the left, the chosen one beside, a title and the way back above.
type Sections struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnOpen is told of a section that has been opened.
	OnOpen func(i int)
	Nav    *List           // the names of the sections
	Above  *fyne.Container // what stands above every section, one below the other

	on      fyne.Canvas
	covers  CoversFunc
	all     []Section
	why     *Note           // what there is to say above every section
	over    *fyne.Container // it, with room around
	stack   *fyne.Container
	content fyne.CanvasObject
}

// NewSections makes a page for a window's canvas; back is what the button says
// that leaves it. Fill follows.
func NewSections(on fyne.Canvas, title, back string, covers CoversFunc) *Sections {
	p := &Sections{on: on, covers: covers, OnLeave: func() {}, OnOpen: func(int) {}}
	p.why = NewNote(3)
	p.why.Covers = covers
	p.stack = container.NewStack()
	p.Nav = NewList()
	p.Nav.OnSelect = func(int) { p.open(p.Nav.Selected()) }
	p.Nav.OnActivate = func(int) { p.FocusSection() }
	p.Nav.OnRune = func(r rune) {
		if SingleKeys != nil {
			SingleKeys(r)
		}
	}
	p.Nav.OnKey = func(k *fyne.KeyEvent) bool {
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
	leave := NewButton(back, func() { p.OnLeave() })
	leave.OnKey = p.Key
	words := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	words.SizeName = theme.SizeNameSubHeadingText
	words.Truncation = fyne.TextTruncateEllipsis
	head := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Apart),
		Border(nil, nil, nil, container.NewCenter(leave), words))
	p.over, p.Above = Pad(p.why, 0), container.New(layout.NewCustomPaddedVBoxLayout(0))
	p.over.Hide()
	body := Border(container.New(layout.NewCustomPaddedVBoxLayout(0), p.over, p.Above), nil, nil, nil, p.stack)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), Border(
		container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator()), nil,
		container.New(navLayout{}, p.Nav, widget.NewSeparator()), nil, body))
	return p
}

// Fill gives the page its sections and opens the first.
func (p *Sections) Fill(all ...Section) {
	p.all = all
	for _, x := range all {
		x.Content().Hide()
		p.stack.Add(x.Content())
	}
	p.Nav.SetCount(len(all), func(i int) Row {
		title, line := all[i].Name()
		return Row{Title: title, Sub: line, Known: true}
	})
	p.Open(0)
}

// Content is what the window shows.
func (p *Sections) Content() fyne.CanvasObject { return p.content }

// Section is the number of the section that is open, and Open opens one.
func (p *Sections) Section() int { return max(p.Nav.Selected(), 0) }

// Open shows a section by its number.
func (p *Sections) Open(i int) {
	p.Nav.SetSelected(i)
	p.open(i)
}

func (p *Sections) open(i int) {
	for n, x := range p.all {
		if n == i {
			x.Show()
			x.Content().Show()
			Relay(x.Content())
		} else {
			x.Content().Hide()
		}
	}
	p.OnOpen(i)
}

// ShowSection lets the open section show what is the case now.
func (p *Sections) ShowSection() { p.all[p.Section()].Show() }

// Focus gives the keyboard to the list of sections.
func (p *Sections) Focus() { p.on.Focus(p.Nav) }

// FocusSection gives it to the section that is open.
func (p *Sections) FocusSection() { p.all[p.Section()].Focus() }

// NextPane moves the keyboard between the two.
func (p *Sections) NextPane() {
	if p.on.Focused() == fyne.Focusable(p.Nav) {
		p.FocusSection()
	} else {
		p.Focus()
	}
}

// Say says something above every section; "" says nothing.
func (p *Sections) Say(words string) {
	p.why.SetText(words, Plain)
	if hide := words == ""; hide != p.over.Hidden {
		p.over.Hidden = hide
		p.content.Refresh()
	}
}

// Why is what is said above every section.
func (p *Sections) Why() string { return p.why.Text() }

// Key takes Escape back to the list of sections.
func (p *Sections) Key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	p.Focus()
	return true
}

// Button is one that leaves by Escape as everything on the page does.
func (p *Sections) Button(label string, do func()) *Button {
	b := NewButton(label, do)
	b.OnKey = p.Key
	return b
}

// Quiet is a sentence in quiet ink.
func (p *Sections) Quiet(words string) *Note {
	n := NewNote(12)
	n.Covers = p.covers
	n.SetText(words, Plain)
	return n
}

// Pad keeps things off the edges; below is the room under them.
func Pad(o fyne.CanvasObject, below float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(look.Apart, below, look.Apart, look.Apart), o)
}

// Heading stands over a group.
func Heading(words string) fyne.CanvasObject {
	t := canvas.NewText(words, look.Current().Ink)
	t.TextSize, t.TextStyle.Bold = theme.TextSize(), true
	return t
}

// navWidth is that of the list of sections.
const navWidth = 184

// navLayout gives the list of sections its width, and a line beside it.
type navLayout struct{}

// MinSize is called by Fyne.
func (navLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(navWidth*textScale(), o[0].MinSize().Height)
}

// Layout is called by Fyne.
func (navLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width-1, size.Height))
	o[1].Move(fyne.NewPos(size.Width-1, 0))
	o[1].Resize(fyne.NewSize(1, size.Height))
}
