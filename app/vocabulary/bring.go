package vocabulary

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/vocab"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// This file takes vocabularies in and out.

// bring is the question what a file that was read is to become: tags that are described,
// or a list.
type bring struct {
	p       *Page
	v       *vocab.Vocabulary
	file    string
	into    string // ofTags, newList, or the id of a list
	writing bool

	bar     *widgets.ChoiceBar
	kinds   *widgets.ChoiceBar
	kind    string
	name    *widgets.Entry
	means   *widgets.Note
	list    *widgets.List
	do      *widgets.Button
	content fyne.CanvasObject
}

const newList = "new"

// chooseFile asks for a file, and reads it on a worker.
func (p *Page) chooseFile() { p.OnFile(p.Take) }

// Take reads a file and asks what it is to become.
func (p *Page) Take(path string) {
	p.done.SetText("", widgets.Plain)
	p.busy.Start(i18n.T("vocabulary.file.reading"), 0, nil)
	session.Read(p.s, nil, func(ctx, *storage.Archive) (*vocab.Vocabulary, error) { return readFile(path) }, func(v *vocab.Vocabulary, err error) {
		p.busy.Finish()
		if err != nil {
			words := session.Words(err)
			if !session.IsRefusal(err) {
				words = session.FileWords(err)
			}
			p.done.SetText("⚠ "+i18n.T("vocabulary.file.refused", "file", filepath.Base(path), "why", words), widgets.Bad)
			widgets.Relay(p.content)
			return
		}
		p.askBring(v, filepath.Base(path))
	})
}

func readFile(path string) (*vocab.Vocabulary, error) {
	format, err := vocab.FormatOf(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, vocab.MostBytes+1))
	if err != nil {
		return nil, err
	}
	return vocab.Read(data, format)
}

func (p *Page) askBring(v *vocab.Vocabulary, file string) {
	b := &bring{p: p, v: v, file: file, into: newList, kind: "subjects", means: session.NewNote(6)}
	if p.section != ofTags {
		b.into = p.section
	} else if v.Paths || len(v.Terms) <= 500 {
		b.into = ofTags
	}
	b.bar, b.kinds = widgets.NewChoiceBar(), widgets.NewChoiceBar()
	b.bar.OnPick = func(id string) {
		b.into = id
		b.show()
	}
	b.kinds.OnPick = func(id string) {
		b.kind = id
		b.show()
	}
	b.name = widgets.NewEntry()
	b.name.SetPlaceHolder(i18n.T("vocabulary.list.prompt"))
	b.name.Limit = archive.SearchNameLen
	name := v.Title
	if name == "" {
		name = strings.TrimSuffix(file, filepath.Ext(file))
	}
	if r := []rune(name); len(r) > archive.SearchNameLen {
		name = string(r[:archive.SearchNameLen])
	}
	b.name.SetText(session.OneLine(name))
	b.name.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			b.submit()
			return true
		}
		return p.escape(k)
	}
	b.list = widgets.NewList()
	b.list.Covers = session.Covers
	b.list.SetCount(len(v.Problems), func(i int) widgets.Row {
		return widgets.Row{Known: true, Title: session.OneLine(session.Words(v.Problems[i])), Badge: "⚠"}
	})
	b.list.OnActivate = func(int) { b.submit() }
	b.list.OnKey, b.bar.OnKey, b.kinds.OnKey = p.escape, p.escape, p.escape
	b.do = widgets.NewPrimaryButton("", b.submit)
	leave := widgets.NewButton("", p.leaveAsking)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	b.do.OnKey, leave.OnKey = p.escape, p.escape
	foot := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), b.do, leave)
	b.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("vocabulary.file.title", "file", session.OneLine(file))), b.bar, b.name, b.kinds, b.means)), widgets.Inset(foot), nil, nil,
			container.New(layout.NewCustomPaddedLayout(0, 0, look.Tight, 0), b.list)))
	b.show()
	p.ask(b)
}

func (b *bring) object() fyne.CanvasObject { return b.content }
func (b *bring) focus()                    { b.p.on.Focus(b.do) }
func (b *bring) leave() bool               { return !b.writing }

// show says what would become of the file.
func (b *bring) show() {
	choices := []widgets.Choice{{ID: ofTags, Title: i18n.T("vocabulary.into.tags")}, {ID: newList, Title: i18n.T("vocabulary.into.list")}}
	for _, l := range b.p.s.Lists() {
		choices = append(choices, widgets.Choice{ID: string(l.ID), Title: i18n.T("vocabulary.into.again", "list", session.OneLine(l.Name))})
	}
	b.bar.SetChoices(choices, b.into)
	var kinds []widgets.Choice
	for _, k := range archive.ListKinds() {
		kinds = append(kinds, widgets.Choice{ID: k, Title: i18n.T("vocabulary.kind." + k)})
	}
	b.kinds.SetChoices(kinds, b.kind)
	b.name.Hidden, b.kinds.Hidden = b.into != newList, b.into != newList
	n := len(b.v.Terms)
	words := []string{i18n.N("vocabulary.file.terms", n, "n", i18n.Number(int64(n)))}
	if b.into == ofTags && n > archive.MostConcepts {
		words, n = append(words, "⚠ "+session.Words(archive.Refuse("concepts-full", "most", archive.MostConcepts))), 0
	} else if b.into == ofTags {
		_, tags := vocab.TagEdits(b.v, b.p.s.Self().Concepts(), i18n.Current())
		words = append(words, i18n.N("vocabulary.file.tags", len(tags), "n", i18n.Number(int64(len(tags)))))
		n = len(tags)
	}
	if w := b.v.Wrong; w > 0 {
		words = append(words, "⚠ "+i18n.N("vocabulary.file.odd", w, "n", i18n.Number(int64(w))))
	}
	b.means.SetText(strings.Join(words, "\n"), widgets.Plain)
	b.do.SetLabels(i18n.N("vocabulary.do.bring", n, "n", i18n.Number(int64(n))), "Enter")
	widgets.Enable(b.do, n > 0 && !b.writing)
	if b.content != nil {
		widgets.Relay(b.content)
	}
}

// submit brings it in, as one step to undo.
func (b *bring) submit() {
	if b.writing || b.do.Disabled() {
		return
	}
	p := b.p
	b.writing = true
	b.do.Disable()
	p.busy.Start(i18n.T("change.writing"), 0, nil)
	self, into, name := p.s.Self(), b.into, strings.TrimSpace(b.name.Text)
	v := *b.v // another list of terms: what is made ready changes it
	v.Terms = slices.Clone(b.v.Terms)
	session.Read(p.s, nil, func(ctx, *storage.Archive) ([]*archive.Edit, error) {
		if into == ofTags {
			edits, _ := vocab.TagEdits(&v, self.Concepts(), i18n.Current())
			return edits, nil
		}
		kind := b.kind
		if into != newList {
			name, kind = into, ""
		} else if _, err := self.ListNamed(name); err == nil {
			return nil, archive.Refuse("list-there", "name", `"`+name+`"`)
		}
		e, err := vocab.ListEdit(&v, self, name, kind, b.file)
		return []*archive.Edit{e}, err
	}, func(edits []*archive.Edit, err error) {
		if err != nil {
			b.answered(nil, err)
			return
		}
		p.s.Apply(b.answered, edits...)
	})
}

func (b *bring) answered(results []storage.Result, err error) {
	p := b.p
	b.writing = false
	p.busy.Finish()
	if err != nil {
		b.show()
		b.means.SetText("⚠ "+session.Words(err), widgets.Bad)
		widgets.Relay(b.content)
		return
	}
	n := len(b.v.Terms)
	words := "✓ " + i18n.N("vocabulary.brought", n, "n", i18n.Number(int64(n)), "file", session.OneLine(b.file))
	p.done.SetText(words, widgets.Good)
	p.s.Say(words)
	if p.asking == asking(b) {
		p.dropAsking()
	}
	if b.into != ofTags && len(results) > 0 {
		p.coming = string(results[0].Item)
		p.list, p.problem = nil, ""
	}
	p.show()
	if p.visible() {
		p.Focus()
	}
}

// export writes what is shown into a file.
func (p *Page) export() {
	x := p.index()
	if x == nil || x.Len() == 0 {
		p.s.Say(i18n.T("vocabulary.none"))
		return
	}
	v := x.Vocabulary
	p.OnSave(func(path string) {
		p.busy.Start(i18n.T("vocabulary.file.writing"), 0, nil)
		session.Read(p.s, nil, func(ctx, *storage.Archive) (int, error) { return len(v.Terms), writeFile(v, path) }, func(n int, err error) {
			p.busy.Finish()
			words, tone := "✓ "+i18n.N("vocabulary.written", n, "n", i18n.Number(int64(n)), "file", filepath.Base(path)), widgets.Good
			switch {
			case session.IsRefusal(err):
				words, tone = "⚠ "+session.Words(err), widgets.Bad
			case err != nil:
				words, tone = "⚠ "+session.FileWords(err), widgets.Bad
			}
			p.done.SetText(words, tone)
			widgets.Relay(p.content)
		})
	})
}

// writeFile writes a vocabulary by the end of the file's name.
func writeFile(v *vocab.Vocabulary, path string) error {
	f, err := vocab.FormatOf(path)
	if err != nil {
		return err
	}
	out, err := vocab.Write(v, f)
	if err != nil {
		return err
	}
	return os.WriteFile(path, out, 0o666)
}
