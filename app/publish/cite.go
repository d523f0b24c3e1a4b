package publish

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/widgets"
	"fonds/widgets/look"
)

// cite is the section of what the set is called, whom to name, on what terms, and
// which masked words may stand elsewhere.
type cite struct {
	p                                   *Page
	title, creators, licence, day, mark *widgets.Entry
	waivers                             *widgets.Entry
	said                                *widgets.Note
	scroll                              *container.Scroll
}

func newCite(p *Page) *cite {
	s := &cite{p: p, said: p.Quiet("")}
	entry := func(multi bool, limit int, hint string, set func(text string)) *widgets.Entry {
		e := widgets.NewEntry()
		if multi {
			e = widgets.NewMultiLineEntry()
			e.SetMinRowsVisible(3)
		}
		e.Limit, e.OnKey = limit, p.Key
		e.SetPlaceHolder(hint)
		e.OnType = func(text string) {
			set(strings.TrimSpace(text))
			p.check.forget()
		}
		return e
	}
	s.title = entry(false, 200, i18n.T("publish.cite.title.hint"), func(text string) { p.choice.Title = text })
	s.creators = entry(true, 2000, i18n.T("publish.cite.creators.hint"), func(text string) { p.choice.Creator = linesOf(text) })
	s.licence = entry(false, 200, i18n.T("publish.cite.licence.hint"), func(text string) { p.choice.Licence = text })
	s.day = entry(false, 10, i18n.T("publish.cite.day.hint"), func(text string) { p.choice.Day = text })
	s.mark = entry(false, 20, export.DefaultMark, func(text string) { p.choice.Mark = text })
	s.waivers = entry(true, 5000, i18n.T("publish.cite.waivers.hint"), func(text string) {
		var bad []string
		p.choice.Waivers, bad = waiversOf(text)
		words, tone := "", widgets.Plain
		if len(bad) > 0 {
			words, tone = "⚠ "+i18n.T("publish.cite.waivers.bad", "line", bad[0]), widgets.Warn
		}
		s.said.SetText(words, tone)
	})
	labelled := func(words string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), p.Quiet(words), o)
	}
	s.scroll = container.NewVScroll(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Apart),
		labelled(i18n.T("publish.cite.title"), s.title), labelled(i18n.T("publish.cite.creators"), s.creators), labelled(i18n.T("publish.cite.licence"), s.licence),
		labelled(i18n.T("publish.cite.day"), s.day), labelled(i18n.T("publish.cite.mark"), s.mark), labelled(i18n.T("publish.cite.waivers"), s.waivers), s.said), look.Apart))
	return s
}

// linesOf are the lines of a text that say something.
func linesOf(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// waiversOf reads lines of words, an equals sign and a reason; bad are those that
// are none.
func waiversOf(text string) (out []export.Waiver, bad []string) {
	for _, line := range linesOf(text) {
		words, reason, ok := strings.Cut(strings.ReplaceAll(line, "＝", "="), "=")
		if words, reason = strings.TrimSpace(words), strings.TrimSpace(reason); !ok || words == "" || reason == "" {
			bad = append(bad, line)
			continue
		}
		out = append(out, export.Waiver{Words: words, Reason: reason})
	}
	return out, bad
}

// Name is part of widgets.Section, as all that follow.
func (s *cite) Name() (string, string) { return i18n.T("publish.cite"), i18n.T("publish.cite.line") }

// Content is what is shown.
func (s *cite) Content() fyne.CanvasObject { return s.scroll }

// Focus gives the keyboard to the title.
func (s *cite) Focus() { s.p.on.Focus(s.title) }

// Show shows what is chosen now.
func (s *cite) Show() {
	var waivers []string
	for _, w := range s.p.choice.Waivers {
		waivers = append(waivers, w.Words+" = "+w.Reason)
	}
	for e, text := range map[*widgets.Entry]string{s.title: s.p.choice.Title, s.creators: strings.Join(s.p.choice.Creator, "\n"), s.licence: s.p.choice.Licence,
		s.day: s.p.choice.Day, s.mark: s.p.choice.Mark, s.waivers: strings.Join(waivers, "\n")} {
		if s.p.on.Focused() != fyne.Focusable(e) && strings.TrimSpace(e.Text) != text {
			e.SetText(text)
		}
	}
}
