// Package publish is the screen on which a set of documents is chosen and written
// out for others: which documents, in which formats, what is held back, how it is to
// be cited, what there is to know before, and the editions that were made.
//
// It may use the session, the export, the widgets and what they may use. It must
// never know another screen or the window, and never write to the archive but by the
// export, which records an edition.
package publish

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "publish"

// Page is the screen.
type Page struct {
	*widgets.Sections
	// OnFolder asks for a folder that is not there yet, and hands it to done.
	OnFolder func(done func(path string))
	// Version is that of the program, which a set says it was written by.
	Version string
	// OnReveal shows a folder to the person outside of the program.
	OnReveal func(path string)

	s        *session.Session
	on       fyne.Canvas
	choice   export.Choice
	scope    string // everything, listed or selected
	sections []widgets.Section
	check    *check
	editions *editions

	says   *widgets.Note // what would be written, in a line
	do     *widgets.Button
	busy   *widgets.BusyBar
	done   *widgets.Note // what came of the last
	reveal *widgets.Button
	out    string // folder that was written last
	stop   func() // ends the writing that goes on, or nil
	of     string // archive that the choice was made for
}

// The scopes.
const (
	everything = "everything"
	listed     = "listed"
	selected   = "selected"
)

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{Sections: widgets.NewSections(on, i18n.T("publish.title"), i18n.T("owner.back"), session.Covers), s: s, on: on,
		OnFolder: func(func(string)) {}, OnReveal: func(string) {}}
	p.fresh()
	p.says, p.done = p.Quiet(""), p.Quiet("")
	p.do = widgets.NewPrimaryButton(i18n.T("publish.do"), p.Write)
	p.do.OnKey = p.Key
	p.reveal = p.Button(i18n.T("publish.reveal"), func() { p.OnReveal(p.out) })
	p.reveal.Hide()
	p.busy = s.BusyBar(nil, nil)
	p.busy.OnShown = func(bool) { p.Content().Refresh() }
	p.Above.Add(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		widgets.Border(nil, nil, nil, container.NewHBox(p.reveal, p.do), widgets.Middle(p.says)), p.busy, p.done), 0))
	p.check, p.editions = newCheck(p), newEditions(p)
	p.sections = []widgets.Section{newSet(p), newFormats(p), newWithheld(p), newCite(p), p.check, p.editions}
	p.Fill(p.sections...)
	s.On(p.hear)
	return p
}

// Chosen is what a person has chosen on the page, for the next one that is made: in
// other colours, in another language.
type Chosen struct {
	choice    export.Choice
	scope, of string
	out, said string
}

// Chosen gives the choice, and Restore takes it over.
func (p *Page) Chosen() Chosen {
	return Chosen{choice: p.choice, scope: p.scope, of: p.of, out: p.out, said: p.done.Text()}
}

// Restore takes over what was chosen on a page that was there before.
func (p *Page) Restore(c Chosen) {
	if c.of != p.s.Path() || c.of == "" {
		return
	}
	p.choice, p.scope, p.of, p.out = c.choice, c.scope, c.of, c.out
	p.done.SetText(c.said, widgets.Plain)
	p.reveal.Hidden = c.out == ""
	p.changed()
}

// fresh is the choice that everybody begins with.
func (p *Page) fresh() {
	p.choice, p.scope, p.of = export.Choice{Formats: []string{"jsonl"}, Set: export.Approved, Text: export.Reading, Closed: export.LeaveOut}, everything, p.s.Path()
}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		if p.s.Path() != p.of {
			p.halt()
			p.fresh()
			p.out = ""
			p.reveal.Hide()
			p.done.SetText("", widgets.Plain)
		}
		p.check.forget()
	case session.SelfChanged, session.PersonChanged, session.SelectionChanged, session.ListChanged:
		if p.shown() {
			p.changed()
		}
	}
}

func (p *Page) shown() bool { return p.s.Open() && p.Content().Visible() }

// Show shows what is the case now.
func (p *Page) Show() { p.changed() }

// changed shows the choice, which has been changed, and what it comes to.
func (p *Page) changed() {
	p.check.forget()
	p.ShowSection()
	p.Nav.RefreshRow(len(p.sections) - 1)
	p.showLine()
}

// showLine says in a line what would be written.
func (p *Page) showLine() {
	formats := make([]string, len(p.choice.Formats))
	for i, f := range p.choice.Formats {
		formats[i] = formatWords(f)
	}
	words := i18n.T("publish.line", "what", p.scopeWords(), "set", i18n.T("publish.set."+p.choice.Set), "formats", i18n.List(formats))
	if held := p.heldWords(); held != "" {
		words += " · " + held
	}
	tone := widgets.Plain
	if len(formats) == 0 {
		words, tone = i18n.T("publish.noformat"), widgets.Warn
	}
	p.says.SetText(words, tone)
	widgets.Enable(p.do, len(formats) > 0 && p.stop == nil && p.s.Open())
}

// heldWords say what is held back, beside closed documents that are left out.
func (p *Page) heldWords() string {
	var masked []string
	for _, l := range p.choice.Mask {
		masked = append(masked, session.LabelWords(l))
	}
	for _, id := range p.choice.Hide {
		f := p.s.Field(id)
		masked = append(masked, f.LabelWords())
	}
	words := ""
	if len(masked) > 0 {
		words = i18n.T("publish.line.masked", "what", i18n.List(masked))
	}
	if p.choice.Closed == export.ListClosed {
		words = strings.TrimPrefix(words+" · "+i18n.T("publish.line.listed"), " · ")
	}
	return words
}

// scopeWords say which documents are chosen.
func (p *Page) scopeWords() string {
	words := i18n.T("publish.scope." + p.scope)
	switch p.scope {
	case listed:
		words = i18n.N("publish.listed", p.s.Rows())
	case selected:
		x := p.s.Selected()
		words = i18n.N("publish.selected", x.Count())
	}
	if p.choice.Documents == export.ApprovedOnly {
		words = i18n.T("publish.ofthese", "what", words)
	}
	return words
}

// chosen is the choice, and the documents that the scope stands for; nil where the
// choice itself says which.
func (p *Page) chosen() (export.Choice, *session.Selected) {
	c := p.choice
	c.Language = i18n.Current() // what tables say to people they say in the language of whoever gives them out
	switch p.scope {
	case listed:
		q := p.s.Query()
		if q == (session.Query{Search: q.Search}) {
			c.Query = q.Search
			return c, nil
		}
		x := p.s.Listed()
		return c, &x
	case selected:
		x := p.s.Selected()
		return c, &x
	}
	return c, nil
}

// resolve is a choice with the documents x. It asks the archive: off the UI goroutine.
func resolve(ctx context.Context, a *storage.Archive, c export.Choice, x *session.Selected) (export.Choice, error) {
	if x == nil {
		return c, nil
	}
	ids, err := x.Documents(ctx, a)
	if err == nil && len(ids) == 0 {
		err = errNothing
	}
	c.Docs = ids
	return c, err
}

var errNothing = errors.New("nothing is chosen")

// toggled is a sorted list with id in it, or not.
func toggled(list []string, id string, on bool) []string {
	out := slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == id })
	if on {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// Write asks for a folder and writes the set, as an edition where the archive can
// record one.
func (p *Page) Write() {
	if p.stop != nil || !p.s.Open() || len(p.choice.Formats) == 0 {
		return
	}
	c, x := p.chosen()
	p.OnFolder(func(path string) { p.write(export.Options{Choice: c, Out: path}, x) })
}

// again writes an edition again.
func (p *Page) again(n int) {
	if p.stop == nil && p.s.Open() {
		p.OnFolder(func(path string) { p.write(export.Options{Edition: n, Out: path}, nil) })
	}
}

// write writes on a worker; the folder is there whole or not at all.
func (p *Page) write(o export.Options, x *session.Selected) {
	if !p.s.Open() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	path := p.s.Path()
	o.Version, o.As, o.Now = p.Version, p.s.Actor(), p.s.Config().Now
	role := p.s.Rules().Role(p.s.Actor())
	o.Record = o.Edition == 0 && p.s.Fixed() == "" && role != "" && role != archive.Reader // a reader gives out, and records nothing
	o.Progress = p.steps(ctx, cancel)
	p.stop = cancel
	p.busy.Start(i18n.T("publish.busy"), 0, cancel)
	p.reveal.Hide()
	p.done.SetText("", widgets.Plain)
	p.showLine()
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (m export.Manifest, err error) {
		defer context.AfterFunc(closing, cancel)()
		if o.Choice, err = resolve(ctx, a, o.Choice, x); err != nil {
			return m, err
		}
		return export.Write(ctx, a, o)
	}, func(m export.Manifest, err error) {
		cancel()
		if p.s.Path() != path {
			return
		}
		p.stop = nil
		p.busy.Finish()
		p.answered(&m, o.Out, err)
	})
}

// steps tells the bar, from a worker, which step of the writing it is at, until ctx is
// over: by then the bar may be another's.
func (p *Page) steps(ctx context.Context, cancel func()) func(step export.Step, done, total int) {
	last, tell := export.Step(""), p.s.Tells(ctx, p.busy)
	return func(step export.Step, done, total int) {
		if step != last {
			last = step
			p.s.Config().Do(func() {
				if ctx.Err() == nil {
					p.busy.Start(i18n.T("publish.step."+string(step)), total, cancel)
				}
			})
		}
		tell(done, total)
	}
}

// answered says what came of it.
func (p *Page) answered(m *export.Manifest, out string, err error) {
	switch {
	case err != nil:
		p.done.SetText("⚠ "+why(err), widgets.Bad)
	default:
		p.out = out
		p.reveal.Show()
		words := i18n.T("publish.done", "docs", i18n.N("status.documents", m.Set.Documents), "path", session.OneLine(out))
		if m.Edition > 0 {
			words = i18n.T("publish.done.edition", "n", m.Edition, "docs", i18n.N("status.documents", m.Set.Documents), "path", session.OneLine(out))
		}
		p.done.SetText("✓ "+words, widgets.Good)
		p.s.Refresh() // the edition that was recorded
		p.s.Say(words)
	}
	p.showLine()
	p.ShowSection()
	p.Content().Refresh()
}

// why says an error of an export in words.
func why(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return i18n.T("publish.stopped")
	case errors.Is(err, errNothing):
		return i18n.T("publish.nothing")
	case errors.Is(err, export.ErrTaken):
		return i18n.T("publish.taken")
	case errors.Is(err, export.ErrMasked):
		return i18n.T("publish.masked", "why", i18n.List(export.MaskedWords(err)))
	case errors.Is(err, export.ErrEdition):
		return i18n.T("publish.otherbytes")
	case errors.Is(err, export.ErrWrite), errors.Is(err, export.ErrOut):
		return i18n.T("publish.cannot", "why", err)
	}
	return session.Words(err)
}

// halt ends the writing that goes on.
func (p *Page) halt() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// Hide says, where the page is left while a set is being written, that it goes on.
func (p *Page) Hide() {
	if p.stop != nil {
		p.s.Say(i18n.T("publish.still"))
	}
}
