package vocabulary

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

type ctx = context.Context

// unchanged says whether an edit was refused because it changes nothing.
func unchanged(err error) bool {
	var r *archive.Refusal
	return errors.As(err, &r) && r.Code == "unchanged"
}

// about is what a list says of the chosen term.
type about struct {
	p       *Page
	title   *widgets.Note
	text    *widgets.Note
	content *fyne.Container
}

func newAbout(p *Page) *about {
	a := &about{p: p, title: widgets.NewText(3, ""), text: widgets.NewText(40, "")}
	a.title.Covers, a.text.Covers, a.title.Bold = session.Covers, session.Covers, true
	c := p.s.Commands.Get("vocabulary.delete")
	remove := widgets.NewButton("", func() { p.s.Commands.Run(c.ID) })
	remove.SetLabels(i18n.T("vocabulary.do.removelist"), c.Keys())
	remove.OnKey = p.escape
	a.content = container.NewStack(widgets.Border(widgets.Inset(a.title), widgets.Inset(container.NewHBox(remove)), nil, nil, container.NewVScroll(widgets.Inset(a.text))))
	return a
}

func (a *about) show() {
	t := a.p.chosen()
	if t == nil {
		return
	}
	a.title.SetText(t.Name(i18n.Current()), widgets.Plain)
	var lines []string
	add := func(key, text string) {
		if text != "" {
			lines = append(lines, i18n.T("vocabulary.line", "what", i18n.T(key), "text", text))
		}
	}
	names := func(all []archive.Name) string {
		var out []string
		for _, n := range all {
			if n.Lang != "" {
				out = append(out, n.Text+" ("+n.Lang+")")
			} else {
				out = append(out, n.Text)
			}
		}
		return i18n.List(out)
	}
	add(i18n.K("vocabulary.preferred"), names(t.Names))
	add(i18n.K("vocabulary.usedfor"), names(t.Also))
	add(i18n.K("vocabulary.dates"), t.Dates)
	add(i18n.K("vocabulary.scope"), t.Scope)
	if t.Broader != "" {
		above := t.Broader
		if o := a.p.term(t.Broader); o != nil {
			above = o.Name(i18n.Current())
		}
		add(i18n.K("vocabulary.broader"), above)
	}
	if archive.AbsoluteURI(t.ID) {
		add(i18n.K("vocabulary.uri"), t.ID)
	} else {
		add(i18n.K("vocabulary.id"), t.ID)
	}
	a.text.SetText(strings.Join(lines, "\n"), widgets.Plain)
	widgets.Relay(a.content)
}

// term finds a term of the list by its id.
func (p *Page) term(id string) *archive.Term {
	x := p.index()
	if x == nil {
		return nil
	}
	for i := range x.Vocabulary.Terms {
		if x.Vocabulary.Terms[i].ID == id {
			return &x.Vocabulary.Terms[i]
		}
	}
	return nil
}
