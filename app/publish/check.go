package publish

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// check is the section of what there is to know before: warnings, and one document
// as each format gives it.
type check struct {
	p       *Page
	looks   *widgets.Button
	busy    *widgets.BusyBar
	notes   *fyne.Container // what was found
	formats *widgets.ChoiceBar
	path    *widgets.Note
	text    *widgets.TextView
	content fyne.CanvasObject

	survey *export.Survey // nil until it was looked at
	format string         // that is previewed
	stop   func()
	gen    int // of looking
	seen   int // of previews
}

func newCheck(p *Page) *check {
	s := &check{p: p, notes: container.New(layout.NewCustomPaddedVBoxLayout(look.Tight)), path: p.Quiet("")}
	s.looks = p.Button(i18n.T("publish.look"), s.look)
	s.busy = p.s.BusyBar(nil, nil)
	s.busy.OnShown = func(bool) { widgets.Relay(s.content) }
	s.formats = widgets.NewChoiceBar()
	s.formats.OnPick = s.choose
	s.formats.OnKey = p.Key
	s.text = p.s.TextView()
	s.text.OnKey = p.Key
	top := container.NewVScroll(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near), container.NewHBox(s.looks), s.busy, s.notes, s.formats, s.path), look.Near))
	s.content = container.New(widgets.HeadOver{Least: fyne.NewSize(240, 200)}, top, container.New(layout.NewCustomPaddedLayout(0, look.Apart, look.Apart, look.Apart), s.text))
	return s
}

// Name is part of widgets.Section, as all that follow.
func (s *check) Name() (string, string) { return i18n.T("publish.check"), i18n.T("publish.check.line") }

// Content is what is shown.
func (s *check) Content() fyne.CanvasObject { return s.content }

// Focus gives the keyboard to the choice of what is previewed, or to the button.
func (s *check) Focus() {
	if s.survey != nil && s.survey.First != "" {
		s.p.on.Focus(s.formats)
		return
	}
	s.p.on.Focus(s.looks)
}

// Show looks at what would be written, unless that is known.
func (s *check) Show() {
	s.bar()
	if s.survey == nil && s.stop == nil {
		s.look()
	}
}

// forget is for when the choice has changed.
func (s *check) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
		s.busy.Finish()
	}
	s.gen++
	s.seen++
	s.survey = nil
}

// bar shows the formats that can be previewed.
func (s *check) bar() {
	formats := s.p.choice.Formats
	if !slices.Contains(formats, s.format) {
		s.format = ""
		if len(formats) > 0 {
			s.format = formats[0]
		}
	}
	choices := make([]widgets.Choice, len(formats))
	for i, f := range formats {
		choices[i] = widgets.Choice{ID: f, Title: formatWords(f)}
	}
	s.formats.SetChoices(choices, s.format)
}

func (s *check) choose(format string) {
	s.format = format
	s.bar()
	s.preview()
}

// look reads the set on a worker.
func (s *check) look() {
	p := s.p
	if !p.s.Open() || len(p.choice.Formats) == 0 {
		s.show(nil)
		return
	}
	s.forget()
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	gen := s.gen
	c, x := p.chosen()
	required, tell := report.Required(p.s.Self()), p.s.Tells(ctx, s.busy)
	s.busy.Start(i18n.T("publish.looking"), 0, cancel)
	o := export.Options{Now: p.s.Config().Now, Progress: func(_ export.Step, done, total int) { tell(done, total) }}
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (found export.Survey, err error) {
		defer context.AfterFunc(closing, cancel)()
		if c, err = resolve(ctx, a, c, x); err != nil {
			return found, err
		}
		return export.Look(ctx, a, c, required, o)
	}, func(found export.Survey, err error) {
		cancel()
		if gen != s.gen {
			return
		}
		s.stop = nil
		s.busy.Finish()
		if err != nil {
			s.show([]finding{{widgets.Bad, why(err)}})
			return
		}
		s.survey = &found
		s.show(findings(&found))
		s.preview()
	})
}

// readable is the text of a file, of JSON Lines the first one, with an indent.
func readable(path, text string) string {
	if ext := filepath.Ext(path); ext != ".jsonl" && ext != ".json" && ext != ".jsonld" {
		return text
	}
	var out bytes.Buffer
	line, _, _ := strings.Cut(text, "\n")
	for _, one := range []string{text, line} {
		if out.Reset(); json.Indent(&out, []byte(one), "", "  ") == nil {
			return out.String()
		}
	}
	return text
}

// finding is a line of what there is to know.
type finding struct {
	tone  widgets.Tone
	words string
}

// findings are what there is to know of a set, the most pressing first.
func findings(v *export.Survey) []finding {
	var out []finding
	add := func(n int, key string, tone widgets.Tone) {
		if n > 0 {
			out = append(out, finding{tone, i18n.N(key, n)})
		}
	}
	if v.Documents == 0 {
		return []finding{{widgets.Warn, i18n.T("publish.nothing")}}
	}
	add(v.Open, "publish.found.open", widgets.Warn)
	add(v.Missing, "publish.found.missing", widgets.Warn)
	add(v.LookAgain, "publish.found.again", widgets.Warn)
	add(v.Names, "publish.found.names", widgets.Warn)
	if len(v.Short) > 0 {
		out = append(out, finding{widgets.Warn, i18n.T("publish.found.short", "words", i18n.List(v.Short))})
	}
	add(v.Removed, "publish.found.removed", widgets.Warn)
	add(v.LeftOut, "publish.found.leftout", widgets.Warn)
	add(v.Listed, "publish.found.listed", widgets.Warn)
	add(v.Unstated, "publish.found.unstated", widgets.Plain)
	add(v.Masked, "publish.found.masked", widgets.Plain)
	out = append(out, finding{widgets.Plain, i18n.N("publish.found.documents", v.Documents, "approved", v.Approved)})
	return out
}

func (s *check) show(all []finding) {
	s.notes.Objects = nil
	for _, f := range all {
		n := s.p.Quiet("")
		words := f.words
		if f.tone != widgets.Plain {
			words = "⚠ " + words
		}
		n.SetText(words, f.tone)
		s.notes.Add(n)
	}
	if s.survey == nil || s.survey.First == "" {
		s.path.SetText("", widgets.Plain)
		s.text.SetShown(widgets.Shown{})
	}
	widgets.Relay(s.content)
}

// preview shows one document as the chosen format gives it.
func (s *check) preview() {
	if s.survey == nil || s.survey.First == "" || s.format == "" {
		return
	}
	s.seen++
	gen, c, id, format, words := s.seen, s.p.choice, s.survey.First, s.format, s.survey.Words
	type shown struct{ path, text string }
	session.Read(s.p.s, nil, func(ctx context.Context, a *storage.Archive) (out shown, err error) {
		out.path, out.text, err = export.Preview(ctx, a, c, id, format, words)
		return out, err
	}, func(out shown, err error) {
		switch {
		case gen != s.seen:
			return
		case err != nil:
			s.path.SetText("⚠ "+why(err), widgets.Bad)
			s.text.SetShown(widgets.Shown{})
		case out.text == "":
			s.path.SetText(i18n.T("publish.notext", "path", out.path), widgets.Plain)
			s.text.SetShown(widgets.Shown{})
		default:
			s.path.SetText(i18n.T("publish.preview", "path", out.path, "doc", archive.ID(id).Short()), widgets.Plain)
			s.text.SetShown(widgets.Shown{Key: out.path, Text: readable(out.path, out.text)})
		}
		widgets.Relay(s.content)
	})
}
