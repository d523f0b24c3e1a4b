package owner

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// copies is the section of the copies that the program keeps, and of backups.
type copies struct {
	p             *Page
	keep          *widgets.Entry
	latest, where *widgets.Note
	said          *widgets.Note
	backup        *widgets.Button
	gen           int
	all           fyne.CanvasObject
}

func newCopies(p *Page) *copies {
	s := &copies{p: p, latest: quiet(""), where: quiet(""), said: quiet("")}
	s.keep = widgets.NewEntry()
	s.keep.Limit = 6
	s.keep.OnKey = p.Key
	s.keep.OnCommit = s.set
	s.backup = p.Button(i18n.T("copies.backup"), func() { p.s.Commands.Run("archive.backup") })
	number := container.New(&fixed{72}, s.keep)
	s.all = container.NewVScroll(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Apart),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Near), widgets.Heading(i18n.T("copies.daily")), quiet(i18n.T("copies.daily.means")),
			container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), quiet(i18n.T("copies.keep")), number, s.said),
			s.latest, s.where),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Near), widgets.Heading(i18n.T("copies.backups")), quiet(i18n.T("copies.backups.mean")),
			container.NewHBox(s.backup))), look.Apart))
	return s
}

func (s *copies) Name() (string, string) { return i18n.T("copies.title"), i18n.T("copies.line") }

func (s *copies) Content() fyne.CanvasObject { return s.all }

func (s *copies) Focus() {
	if s.keep.Disabled() {
		s.p.on.Focus(s.backup)
		return
	}
	s.p.on.Focus(s.keep)
}

func (s *copies) Show() {
	self := s.p.s.Self()
	if self == nil {
		return
	}
	s.keep.SetCommitted(strconv.Itoa(self.Copies()))
	widgets.Enable(s.keep, s.p.refusal() == nil)
	s.where.SetText(i18n.T("copies.where", "path", session.OneLine(storage.CopiesFolder(s.p.s.Path()))), widgets.Plain)
	session.Read(s.p.s, &s.gen, func(ctx context.Context, a *storage.Archive) ([]storage.Copy, error) {
		return a.Copies()
	}, func(all []storage.Copy, err error) {
		switch n := len(all); {
		case err != nil:
			s.latest.SetText("⚠ "+session.Words(err), widgets.Bad)
		case n == 0:
			s.latest.SetText(i18n.T("copies.none"), widgets.Plain)
		default:
			s.latest.SetText(i18n.N("copies.latest", n, "day", all[n-1].Day), widgets.Plain)
		}
	})
}

// set says how many daily copies are kept.
func (s *copies) set(text string) {
	if self := s.p.s.Self(); self == nil || text == strconv.Itoa(self.Copies()) {
		return
	}
	s.p.apply(s.said, &archive.Edit{Do: "setting.set", Setting: archive.CopiesSetting, SetTo: text})
}

// fixed gives its one object a width.
type fixed struct{ width float32 }

// MinSize is called by Fyne.
func (l *fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

// Layout is called by Fyne.
func (l *fixed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(l.width, size.Height))
}
