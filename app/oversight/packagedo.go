package oversight

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// apply makes an edit and says below why it is refused.
func (s *packages) apply(edits ...*archive.Edit) {
	s.say("", widgets.Plain)
	s.p.s.Apply(func(_ []storage.Result, err error) {
		if err != nil {
			s.say("⚠ "+session.Words(err), widgets.Bad)
			s.showChosen()
		}
	}, edits...)
}

// about makes an edit about the chosen package, as the screen shows it.
func (s *packages) about(do string) {
	it := s.chosen()
	if it == nil {
		return
	}
	s.apply(s.on(it, do))
}

func (s *packages) on(it *archive.Item, do string) *archive.Edit {
	id, seen := string(it.ID), []archive.ID{it.Rev}
	return &archive.Edit{Do: do, Package: &id, Seen: &seen}
}

// openDocuments shows the documents of the chosen package in the list.
func (s *packages) openDocuments() {
	if it := s.chosen(); it != nil {
		s.p.s.SetQuery(session.Query{Package: it.ID})
		s.p.OnLeave()
	}
}

// put lets documents belong to the chosen package: one step to undo, with progress
// and a button that stops it.
func (s *packages) put(x session.Selected) {
	it := s.chosen()
	if it == nil || s.stop != nil {
		return
	}
	s.say("", widgets.Plain)
	stop := func() {}
	s.stop = func() { stop() }
	s.busy.Start(i18n.T("packages.putting"), x.Count(), s.stop)
	s.showButtons()
	stop = s.p.s.PutIntoPackage(x, it.ID, s.busy.Progress, func(done session.Put, err error) {
		s.stop = nil
		s.busy.Finish()
		s.showButtons()
		switch {
		case errors.Is(err, context.Canceled):
			s.say(i18n.T("packages.put.stopped"), widgets.Warn)
			return
		case err != nil:
			s.say("⚠ "+session.Words(err), widgets.Bad)
			return
		case done.Why != nil:
			s.say("⚠ "+i18n.N("packages.put.some", done.N, "why", session.Words(done.Why)), widgets.Bad)
		case done.N == 0:
			s.say(i18n.T("packages.put.there"), widgets.Plain)
		default:
			s.say(i18n.N("packages.put.done", done.N, "name", session.OneLine(it.Key)), widgets.Good)
		}
		s.p.gather()
	})
}

// edit shows the form for a package; nil makes one.
func (s *packages) edit(it *archive.Item) {
	s.say("", widgets.Plain)
	s.form.ask(it)
}

// listWidth is that of the list of packages.
const listWidth float32 = 300

// sides gives the list its width, and the rest to what stands beside it; where that
// is too little the list has less.
type sides struct{}

// MinSize is called by Fyne.
func (sides) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(listWidth, max(o[0].MinSize().Height, o[2].MinSize().Height))
}

// Layout is called by Fyne.
func (sides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := min(listWidth*theme.TextSize()/look.Text, size.Width*0.4)
	o[0].Resize(fyne.NewSize(left, size.Height))
	o[1].Move(fyne.NewPos(left, 0))
	o[1].Resize(fyne.NewSize(1, size.Height))
	o[2].Move(fyne.NewPos(left+1, 0))
	o[2].Resize(fyne.NewSize(size.Width-left-1, size.Height))
}

// flow puts buttons side by side, and goes on below where there is no room.
type flow struct{ rows int }

// MinSize is called by Fyne.
func (f *flow) MinSize(o []fyne.CanvasObject) fyne.Size {
	var w, h float32
	for _, c := range o {
		if c.Visible() {
			w, h = max(w, c.MinSize().Width), max(h, c.MinSize().Height)
		}
	}
	n := float32(max(f.rows, 1))
	return fyne.NewSize(w, n*h+(n-1)*look.Near)
}

// Layout is called by Fyne.
func (f *flow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	var x, y float32
	f.rows = 1
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		m := c.MinSize()
		if x > 0 && x+m.Width > size.Width {
			x, y = 0, y+m.Height+look.Near
			f.rows++
		}
		c.Resize(m)
		c.Move(fyne.NewPos(x, y))
		x += m.Width + look.Near
	}
}
