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

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// Page is the screen.
type Page struct {
	*widgets.Sections

	s        *session.Session
	on       fyne.Canvas
	sections []widgets.Section
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{Sections: widgets.NewSections(on, i18n.T("owner.title"), i18n.T("owner.back"), session.Covers), s: s, on: on}
	p.sections = []widgets.Section{newPeople(p), newRules(p), newCopies(p), newCheck(p), newTable(p)}
	p.OnOpen = func(int) { p.showWhy() }
	p.Fill(p.sections...)
	s.On(p.hear)
	return p
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
	p.ShowSection()
}

// showWhy says above the section who can change what is in it.
func (p *Page) showWhy() {
	words := ""
	if err := p.refusal(); err != nil {
		words = session.Words(err)
	}
	p.Say(words)
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
			p.ShowSection()
		}
	}, edits...)
}

// quiet is a sentence in quiet ink.
func quiet(words string) *widgets.Note {
	n := session.NewNote(6)
	n.SetText(words, widgets.Plain)
	return n
}
