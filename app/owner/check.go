package owner

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

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

// check is the section that verifies the archive.
type check struct {
	p      *Page
	run    *widgets.Button
	busy   *widgets.BusyBar
	said   *widgets.Note // what was found
	heads  *widgets.Note
	copy   *widgets.Button
	under  *fyne.Container // the heads and their button
	stop   func()          // ends the check that runs, or nil
	of     string          // archive that the words are about
	scroll *container.Scroll
}

func newCheck(p *Page) *check {
	s := &check{p: p, said: widgets.NewText(12, ""), heads: quiet("")}
	s.said.Covers = session.Covers
	s.run = widgets.NewPrimaryButton(i18n.T("check.run"), s.verify)
	s.run.OnKey = p.Key
	s.busy = p.s.BusyBar(func(done, total int) string {
		if total == 0 {
			return i18n.Number(int64(done))
		}
		return i18n.T("check.of", "n", done, "all", total)
	}, nil)
	s.copy = p.Button(i18n.T("check.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(s.heads.Text())
		p.s.Say(i18n.T("check.copied"))
	})
	s.under = container.New(layout.NewCustomPaddedVBoxLayout(look.Near), widgets.Heading(i18n.T("check.heads")), s.heads, container.NewHBox(s.copy))
	s.under.Hide()
	s.busy.OnShown = func(bool) { s.scroll.Refresh() }
	s.scroll = container.NewVScroll(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Apart),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Near), widgets.Heading(i18n.T("check.head")), quiet(i18n.T("check.means")),
			container.NewHBox(s.run), s.busy, s.said),
		s.under,
		container.New(layout.NewCustomPaddedVBoxLayout(look.Near), widgets.Heading(i18n.T("check.proves")), quiet(i18n.T("check.proves.text")))), look.Apart))
	return s
}

func (s *check) Name() (string, string) { return i18n.T("check.title"), i18n.T("check.line") }

func (s *check) Content() fyne.CanvasObject { return s.scroll }

func (s *check) Focus() { s.p.on.Focus(s.run) }

func (s *check) Show() {
	if path := s.p.s.Path(); path != s.of { // of another archive nothing is known
		s.of = path
		s.said.SetText("", widgets.Plain)
		s.under.Hide()
	}
}

// verify checks the archive on a worker. Pressed again it does nothing: the bar
// has the button that stops it.
func (s *check) verify() {
	if s.stop != nil {
		return
	}
	cfg, path := s.p.s.Config(), s.p.s.Path()
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	s.said.SetText("", widgets.Plain)
	s.under.Hide()
	s.run.Disable()
	s.busy.Start(i18n.T("check.busy"), 0, cancel)
	s.p.s.Background(func(closing context.Context, a *storage.Archive) {
		defer context.AfterFunc(closing, cancel)() // the archive is being closed
		tell := s.p.s.Tells(ctx, s.busy)
		rep, err := a.Verify(ctx, storage.VerifyOptions{Progress: func(_ string, done, total int) { tell(done, total) }})
		cfg.Do(func() {
			cancel()
			s.stop = nil
			s.busy.Finish()
			s.run.Enable()
			if s.p.s.Path() == path {
				s.found(&rep, err)
			}
		})
	})
}

// found says what the check found.
func (s *check) found(rep *storage.Report, err error) {
	words, tone := VerifyWords(rep, err)
	s.said.SetText(words, tone)
	s.heads.SetText(HeadsWords(rep.Heads), widgets.Plain)
	s.under.Hidden = err != nil || len(rep.Heads) == 0
	s.scroll.Refresh()
}

// VerifyWords says what verifying an archive found.
func VerifyWords(rep *storage.Report, err error) (string, widgets.Tone) {
	switch {
	case errors.Is(err, context.Canceled):
		return i18n.T("check.stopped"), widgets.Plain
	case err != nil:
		return "⚠ " + session.Words(err), widgets.Bad
	case !rep.OK:
		words := "⚠ " + i18n.T("check.bad")
		if rep.BadID != "" {
			words += " " + i18n.T("check.bad.id", "id", rep.BadID.Short())
		}
		return words + "\n" + i18n.T("check.detail", "text", session.OneLine(rep.Bad)), widgets.Bad
	}
	lines := []string{"✓ " + i18n.T("check.good", "operations", i18n.N("check.operations", rep.Operations), "documents", i18n.N("status.documents", rep.Documents))}
	if rep.Destroyed > 0 {
		lines = append(lines, i18n.N("check.destroyed", rep.Destroyed))
	}
	tone := widgets.Good
	if rep.Conflicts > 0 {
		lines, tone = append(lines, i18n.N("check.conflicts", rep.Conflicts)), widgets.Warn
	}
	if rep.ClockAhead > 0 {
		lines, tone = append(lines, i18n.N("clock.ahead", int(rep.ClockAhead/(24*time.Hour)))), widgets.Warn
	}
	return strings.Join(lines, "\n"), tone
}

// HeadsWords lists the heads of the chains, a line each, as fonds verify does.
func HeadsWords(heads map[archive.ID]archive.Hash) string {
	var lines []string
	for _, replica := range slices.Sorted(maps.Keys(heads)) {
		lines = append(lines, string(replica)+" "+heads[replica].String())
	}
	return strings.Join(lines, "\n")
}
