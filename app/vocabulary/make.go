package vocabulary

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// simple is a question with one entry, or none, that is answered by one edit.
type simple struct {
	p       *Page
	entry   *widgets.Entry // nil: there is nothing to type
	means   *widgets.Note
	do      *widgets.Button
	edit    func(text string) *archive.Edit
	after   func(text string)
	content fyne.CanvasObject
}

func (p *Page) askSimple(heading, prompt, means, do string, edit func(string) *archive.Edit, after func(string)) {
	q := &simple{p: p, edit: edit, after: after, means: session.NewNote(6)}
	q.means.SetText(means, widgets.Plain)
	top := widgets.Stacked(widgets.Heading(heading))
	if prompt != "" {
		q.entry = widgets.NewEntry()
		q.entry.SetPlaceHolder(prompt)
		q.entry.OnKey = func(k *fyne.KeyEvent) bool {
			if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
				q.submit()
				return true
			}
			return p.escape(k)
		}
		top.Add(q.entry)
	}
	top.Add(q.means)
	q.do = widgets.NewPrimaryButton("", q.submit)
	q.do.SetLabels(do, "Enter")
	leave := widgets.NewButton("", p.leaveAsking)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	q.do.OnKey, leave.OnKey = p.escape, p.escape
	top.Add(container.New(layout.NewCustomPaddedHBoxLayout(look.Near), q.do, leave))
	q.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(widgets.Inset(top), nil, nil, nil, nil))
	p.ask(q)
}

func (q *simple) object() fyne.CanvasObject { return q.content }

func (q *simple) focus() {
	if q.entry != nil {
		q.p.on.Focus(q.entry)
	} else {
		q.p.on.Focus(q.do)
	}
}

func (q *simple) leave() bool { return true }

func (q *simple) submit() {
	text := ""
	if q.entry != nil {
		if text = strings.TrimSpace(q.entry.Text); text == "" {
			return
		}
	}
	q.p.s.Apply(func(_ []storage.Result, err error) {
		if err != nil && !unchanged(err) {
			q.means.SetText("⚠ "+session.Words(err), widgets.Bad)
			if q.entry != nil {
				q.entry.SetBad(true)
			}
			widgets.Relay(q.content)
			return
		}
		if q.p.asking == asking(q) {
			q.p.dropAsking()
		}
		q.p.show()
		if q.after != nil {
			q.after(text)
		}
		if q.p.visible() && q.p.asking == nil {
			q.p.Focus()
		}
	}, q.edit(text))
}

// askNew asks for the path of a new tag, or the name of a new term of the list.
func (p *Page) askNew() {
	if p.section != ofTags {
		list := p.section
		p.askSimple(i18n.T("vocabulary.term.new"), i18n.T("vocabulary.term.prompt"), i18n.T("vocabulary.term.means"), i18n.T("vocabulary.do.add"),
			func(text string) *archive.Edit {
				names := strings.Split(text, "=")
				e := &archive.Edit{Do: archive.AddTermKind, List: list, Name: strings.TrimSpace(names[0])}
				if len(names) > 1 {
					also := parts(names[1])
					e.UsedFor = &also
				}
				return e
			}, nil)
		return
	}
	p.askSimple(i18n.T("vocabulary.new"), i18n.T("vocabulary.rename.prompt"), i18n.T("vocabulary.new.means"), i18n.T("vocabulary.do.make"),
		func(text string) *archive.Edit { return &archive.Edit{Do: archive.SetConceptKind, Tag: text} },
		func(text string) {
			p.filter.SetText("")
			p.goTo(archive.TagName(text))
		})
}

// askRemoveList asks whether the list that is shown is to go.
func (p *Page) askRemoveList() {
	l, ok := p.s.List(p.section)
	if !ok {
		return
	}
	p.askSimple(i18n.T("vocabulary.list.remove", "list", session.OneLine(l.Name)), "", i18n.T("vocabulary.list.remove.means"), i18n.T("vocabulary.do.removelist"),
		func(string) *archive.Edit { return &archive.Edit{Do: archive.RemoveListKind, List: string(l.ID)} }, nil)
}
