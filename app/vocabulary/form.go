package vocabulary

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/widgets"
	"fonds/widgets/look"
)

// form is what is said of the chosen tag. What is typed is kept when its entry is left,
// as a step to undo each.
type form struct {
	p       *Page
	tag     string // that is shown
	title   *widgets.Note
	counts  *widgets.Note
	scope   *widgets.Entry
	usedFor *widgets.Entry
	names   *widgets.Entry
	uri     *widgets.Entry
	key     *widgets.Entry
	colour  *widgets.StylePicker
	says    *widgets.Note
	docs    *widgets.List
	found   []storage.Summary // the first documents that bear it
	gen     int
	content *fyne.Container
}

func newForm(p *Page) *form {
	f := &form{p: p, title: widgets.NewText(3, ""), counts: session.NewNote(2), says: session.NewNote(4)}
	f.title.Covers, f.title.Bold = session.Covers, true
	f.scope = widgets.NewMultiLineEntry()
	f.scope.SetMinRowsVisible(3)
	f.scope.OnCommit = func(text string) { f.set(&archive.Edit{Scope: &text}) }
	line := func(prompt string, commit func(text string)) *widgets.Entry {
		e := widgets.NewEntry()
		e.SetPlaceHolder(prompt)
		e.OnCommit = commit
		return e
	}
	f.usedFor = line(i18n.T("vocabulary.usedfor.prompt"), func(text string) {
		names := parts(text)
		f.set(&archive.Edit{UsedFor: &names})
	})
	f.names = line(i18n.T("vocabulary.names.prompt"), f.setNames)
	f.uri = line("https://…", func(text string) { f.set(&archive.Edit{URI: &text}) })
	f.key = line(i18n.T("vocabulary.key.prompt"), f.setKey)
	f.key.Limit = 1
	f.colour = widgets.NewStylePicker(i18n.T("labels.sample"))
	f.colour.OnPick = func(style int) {
		style++
		f.set(&archive.Edit{Colour: &style})
	}
	f.colour.OnKey = p.escape
	for _, e := range []*widgets.Entry{f.scope, f.usedFor, f.names, f.uri, f.key} {
		e.After, e.Do = p.s.Timer(), p.s.Config().Do
		e.OnCancel = func() { p.on.Focus(p.terms) }
	}
	for _, e := range []*widgets.Entry{f.usedFor, f.names, f.uri, f.key} {
		e.OnKey = func(k *fyne.KeyEvent) bool {
			if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
				e.Commit()
				p.on.Focus(p.terms)
				return true
			}
			return false
		}
	}
	f.docs = widgets.NewList()
	f.docs.Covers = session.Covers
	f.docs.OnActivate = func(i int) {
		if i >= 0 && i < len(f.found) {
			p.OnDesk(f.found[i].ID)
		}
	}
	f.docs.OnKey = p.escape
	acts := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), p.button("rename"), p.button("move"), p.button("merge"), p.button("delete"))
	short := container.New(layout.NewGridLayoutWithColumns(2), captioned(i18n.K("vocabulary.key"), f.key), captioned(i18n.K("vocabulary.uri"), f.uri))
	fields := widgets.Stacked(captioned(i18n.K("vocabulary.scope"), f.scope), captioned(i18n.K("vocabulary.usedfor"), f.usedFor),
		captioned(i18n.K("vocabulary.names"), f.names), short, captioned(i18n.K("vocabulary.colour"), f.colour), f.says)
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, look.Near, look.Apart, look.Apart), fields))
	f.reveal(scroll, fields)
	below := widgets.Border(widgets.Inset(captioned(i18n.K("vocabulary.docs"), layout.NewSpacer())), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Tight, 0), f.docs))
	f.content = container.NewStack(widgets.Border(widgets.Inset(widgets.Stacked(f.title, f.counts, acts)), nil, nil, nil, widgets.NewVSplit(scroll, below, 0.8)))
	return f
}

// reveal keeps the entry that has the focus in sight of the scroll.
func (f *form) reveal(scroll *container.Scroll, fields *fyne.Container) {
	for e, at := range map[*widgets.Entry]int{f.scope: 0, f.usedFor: 1, f.names: 2, f.key: 3, f.uri: 3} {
		e.OnFocus = func(on bool) {
			o := fields.Objects[at]
			top, bottom := o.Position().Y, o.Position().Y+o.Size().Height+look.Near
			switch h := scroll.Size().Height; {
			case !on:
			case bottom > scroll.Offset.Y+h:
				scroll.ScrollToOffset(fyne.NewPos(0, bottom-h))
			case top < scroll.Offset.Y:
				scroll.ScrollToOffset(fyne.NewPos(0, top))
			}
		}
	}
}

// captioned is a field below the words for it.
func captioned(key string, o fyne.CanvasObject) fyne.CanvasObject {
	t := canvas.NewText(i18n.T(key), look.Current().Quiet)
	t.TextSize = theme.CaptionTextSize()
	return container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), t, o)
}

// parts are names that stand apart by ; or its Chinese form.
func parts(text string) []string {
	out := []string{}
	for _, n := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '；' || r == '\n' }) {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// show shows what is said of the chosen tag; what is being typed stays.
func (f *form) show() {
	t := f.p.chosen()
	if t == nil {
		f.tag = ""
		return
	}
	fresh := t.ID != f.tag
	f.tag = t.ID
	c := f.p.s.Concept(t.ID)
	if fresh {
		f.says.SetText("", widgets.Plain)
	}
	f.title.SetText(t.ID, widgets.Plain)
	var names []string
	for _, lang := range slices.Sorted(maps.Keys(c.Names)) {
		names = append(names, lang+": "+c.Names[lang])
	}
	for e, text := range map[*widgets.Entry]string{f.scope: c.Scope, f.usedFor: strings.Join(c.UsedFor, "; "), f.names: strings.Join(names, "; "),
		f.uri: c.URI, f.key: f.p.key(t.ID)} {
		if fresh || !e.Dirty() {
			e.SetText(text)
			e.SetBad(false)
		}
		e.SetReadOnly(!f.p.may())
	}
	if f.colour.SetNone(); c.Colour > 0 {
		f.colour.SetStyle(c.Colour - 1)
	}
	widgets.Enable(f.colour, f.p.may())
	f.count(t)
	f.readDocs()
}

// count says how many documents bear the tag, and how many tags lie under it.
func (f *form) count(t *archive.Term) {
	v := f.p.s.TagIndex().Vocabulary
	under := 0
	for i := range v.Terms {
		if strings.HasPrefix(v.Terms[i].ID, t.ID+"/") {
			under++
		}
	}
	words := i18n.N("vocabulary.borne", v.Counts[t.ID], "n", i18n.Number(int64(v.Counts[t.ID])))
	if under > 0 {
		words += " · " + i18n.N("vocabulary.under", under, "n", i18n.Number(int64(under)))
	}
	f.counts.SetText(words, widgets.Plain)
}

// mostDocs is how many documents of a tag are listed.
const mostDocs = 200

// condition is the search for the documents that bear a tag or one under it.
func condition(tag string) string { return (&query.Node{Key: query.Tag, Value: tag}).String() }

// readDocs lists documents that bear the tag, on a worker.
func (f *form) readDocs() {
	tag := f.tag
	session.Read(f.p.s, &f.gen, func(ctx ctx, a *storage.Archive) ([]storage.Summary, error) {
		return a.List(ctx, storage.Query{Search: condition(tag), Limit: mostDocs})
	}, func(found []storage.Summary, err error) {
		if err != nil || tag != f.tag {
			return
		}
		f.found = found
		f.docs.SetCount(len(found), func(i int) widgets.Row {
			return widgets.Row{Title: session.OneLine(f.found[i].Title), Sub: session.OneLine(f.found[i].Name), Known: true}
		})
	})
}

// set changes what is said of the tag.
func (f *form) set(e *archive.Edit) {
	if f.tag == "" || !f.p.may() {
		return
	}
	e.Do, e.Tag = archive.SetConceptKind, f.tag
	tag := f.tag
	f.p.s.Apply(func(_ []storage.Result, err error) {
		if f.tag == tag {
			f.answered(err)
		}
	}, e)
}

// answered says why something was not taken; what was typed stays to be mended.
func (f *form) answered(err error) {
	words := ""
	if err != nil && !unchanged(err) {
		words = "⚠ " + session.Words(err)
	}
	f.says.SetText(words, widgets.Bad)
	widgets.Relay(f.content)
}

// setNames reads names in languages: "en: Meetings; ja: 会議".
func (f *form) setNames(text string) {
	names := map[string]string{}
	for _, part := range parts(strings.ReplaceAll(text, "：", ":")) {
		lang, name, ok := strings.Cut(part, ":")
		if !ok {
			f.names.SetBad(true)
			f.says.SetText("⚠ "+i18n.T("vocabulary.names.how"), widgets.Bad)
			widgets.Relay(f.content)
			return
		}
		names[strings.TrimSpace(lang)] = strings.TrimSpace(name)
	}
	f.names.SetBad(false)
	f.set(&archive.Edit{Names: &names})
}

// setKey gives the tag a digit, or takes it away.
func (f *form) setKey(text string) {
	n := 0
	if text = strings.TrimSpace(text); text != "" {
		if n = int(text[0]) - '0'; n < 1 || n > 9 || len(text) > 1 {
			f.key.SetBad(true)
			f.says.SetText("⚠ "+i18n.T("vocabulary.key.how"), widgets.Bad)
			widgets.Relay(f.content)
			return
		}
	}
	f.key.SetBad(false)
	if now := f.p.key(f.tag); now != text {
		f.p.s.SetHotkey(f.tag, n)
	}
}

// describe puts the caret where the chosen tag is described.
func (p *Page) describe() {
	if p.section == ofTags && p.chosen() != nil && p.asking == nil {
		p.on.Focus(p.form.scope)
	}
}
