package owner

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// table is the section that says who may do what. It is made of the tables that
// the code itself goes by.
type table struct {
	p    *Page
	rows []widgets.Row
	list *widgets.List
	all  fyne.CanvasObject
}

func newTable(p *Page) *table {
	t := &table{p: p}
	t.list = widgets.NewList()
	t.list.Covers, t.list.OnKey = session.Covers, p.Key
	t.all = widgets.Border(widgets.Pad(quiet(i18n.T("table.means")), look.Near), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), t.list))
	return t
}

func (t *table) Name() (string, string) { return i18n.T("table.title"), i18n.T("table.line") }

func (t *table) Content() fyne.CanvasObject { return t.all }

func (t *table) Focus() { t.p.on.Focus(t.list) }

func (t *table) Show() {
	t.rows = []widgets.Row{{Title: i18n.T("table.items"), Badge: i18n.T("table.least"), Known: true}}
	for i := range archive.ItemSteps {
		t.rows = append(t.rows, stepRow(&archive.ItemSteps[i], func(s string) string { return i18n.T("state." + s) }))
	}
	t.rows = append(t.rows, widgets.Row{Title: i18n.T("table.documents"), Badge: i18n.T("table.least"), Known: true})
	for i := range archive.DocumentSteps {
		t.rows = append(t.rows, stepRow(&archive.DocumentSteps[i], func(s string) string { return session.StatusWords(archive.Status(s)) }))
	}
	t.list.SetCount(len(t.rows), func(i int) widgets.Row { return t.rows[i] })
	if t.list.Selected() < 0 {
		t.list.SetSelected(0)
	}
}

// stepRow says one step: what it is, from where to where; who, and when.
func stepRow(s *archive.Step, state func(string) string) widgets.Row {
	var from []string
	for _, f := range s.From {
		from = append(from, state(f))
	}
	r := widgets.Row{Badge: session.RoleWords(s.Least), Known: true}
	if len(from) == 0 {
		r.Title = i18n.T("table.makes", "act", i18n.T("act."+s.Act), "to", state(s.To))
	} else {
		r.Title = i18n.T("table.step", "act", i18n.T("act."+s.Act), "from", i18n.List(from), "to", state(s.To))
	}
	var sub []string
	if s.Whose != archive.Anyones {
		sub = append(sub, i18n.T("whose."+string(s.Whose)))
	}
	if s.When != archive.Always {
		sub = append(sub, i18n.T("when."+string(s.When)))
	}
	if s.Note != "" {
		sub = append(sub, i18n.T("stepnote."+s.Note))
	}
	r.Sub = strings.Join(sub, " · ")
	return r
}
