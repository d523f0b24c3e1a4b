package arranging

import (
	"context"
	"strings"

	"fonds/app/arrange"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
)

// This file shows what lies in the chosen unit.

// mostItems is how many documents are listed at most.
const mostItems = 20_000

// read reads the documents of the chosen unit and of all under it.
func (p *Page) read() {
	id := p.unit
	u := p.units().Unit(id)
	if u == nil && id != "" {
		return
	}
	codes := []string{arrange.CodeField(p.s.Template())}
	session.Read(p.s, &p.itemsGen, func(ctx context.Context, a *storage.Archive) ([]storage.Item, error) {
		return a.UnitItems(ctx, u.Under(), codes, mostItems)
	}, func(items []storage.Item, err error) {
		if err != nil || id != p.unit {
			return
		}
		same := p.asked == id
		p.items, p.asked = items, id
		if p.items == nil {
			p.items = []storage.Item{}
		}
		was := p.list.Selected()
		p.list.SetCount(len(items), p.item)
		if at := min(max(was, 0), len(items)-1); same {
			p.list.SetSelected(at)
		} else if p.list.SetSelected(min(0, len(items)-1)); len(items) > 0 {
			p.list.EnsureVisible(0)
		}
		p.showUnit()
	})
}

// item says a document in one line.
func (p *Page) item(i int) widgets.Row {
	it := &p.items[i]
	where := ""
	if u := p.units().Unit(it.Unit); u != nil && it.Unit != p.unit {
		where = u.Path()
		if top := p.units().Unit(p.unit); top != nil {
			where = strings.TrimPrefix(where, top.Path()+"/")
		}
	}
	return widgets.Row{Known: true, Title: it.Called(), Cells: []string{session.OneLine(it.Code), session.OneLine(it.Called()), session.OneLine(it.Date), where}}
}

// showUnit says what the chosen unit is.
func (p *Page) showUnit() {
	u := p.units().Unit(p.unit)
	var lines []string
	switch {
	case u == nil:
		p.title.SetText(i18n.T("arranging.nowhere"))
		lines = append(lines, i18n.T("arranging.nowhere.next", "move", p.key("arranging.move"), "by", p.key("arranging.by")))
	default:
		p.title.SetText(i18n.T("unitlevel."+string(u.Level)) + "  " + session.OneLine(u.Path()) + "  " + session.OneLine(u.Title))
		for _, f := range p.s.Template().Fields {
			values, from := u.Values[f.ID], u
			if f.Inherit {
				values, from = u.Inherited(f.ID)
			}
			if len(values) > 0 {
				said := session.OneLine(i18n.List(values))
				if from != u {
					said = i18n.T("arranging.inherited", "value", said, "unit", session.OneLine(from.Name()))
				}
				lines = append(lines, f.LabelWords()+"  "+said)
			}
		}
	}
	if len(p.items) == mostItems {
		lines = append(lines, i18n.T("arranging.most", "n", i18n.Number(mostItems)))
	}
	p.says.SetText(strings.Join(lines, "\n"), widgets.Plain)
	none := p.asked == p.unit && p.items != nil && len(p.items) == 0
	p.nothing.Hidden = !none
	if none && p.inList() {
		p.on.Focus(p.tree) // it would lie with what is not to be seen
	}
	p.list.Hidden, p.head.Hidden = none, none
	if none && u == nil {
		p.nothing.Set(i18n.T("arranging.allplaced"), "", "", nil)
	} else if none {
		p.nothing.Set(i18n.T("arranging.unit.empty"), i18n.T("arranging.unit.empty.next", "move", p.key("arranging.move")), "", nil)
	}
}

// subjects are the documents that a command is about: those that are picked, else the
// one with the cursor, where the list has the keyboard.
func (p *Page) subjects() (out []storage.Item) {
	if p.inList() || p.list.Picked().Count() > 0 {
		return p.picked()
	}
	return nil
}

// picked are the documents that are picked, else the one with the cursor, whatever has the
// keyboard: what the mouse drags.
func (p *Page) picked() (out []storage.Item) {
	for _, r := range p.list.Picked() {
		out = append(out, p.items[min(r.From, len(p.items)):min(r.To, len(p.items))]...)
	}
	if at := p.list.Selected(); len(out) == 0 && at >= 0 && at < len(p.items) {
		out = append(out, p.items[at])
	}
	return out
}

// inList says whether the documents have the keyboard, and not the tree.
func (p *Page) inList() bool { return p.on.Focused() == p.list }

// desk opens the document with the cursor on the desk.
func (p *Page) desk() {
	if at := p.list.Selected(); at >= 0 && at < len(p.items) {
		p.OnDesk(p.items[at].ID)
	}
}

// inNone finds the documents that lie in no unit.
const inNone = "-has:unit"

// print asks which list of the chosen unit is wanted on paper.
func (p *Page) print() {
	if u := p.units().Unit(p.unit); u != nil {
		p.OnPrint(string(p.unit), "", u.Name())
		return
	}
	p.OnPrint("", inNone, i18n.T("arranging.nowhere"))
}

// inLibrary shows the documents of the unit in the list, where they are searched, counted
// and changed together.
func (p *Page) inLibrary() {
	q := inNone
	if u := p.units().Unit(p.unit); u != nil {
		q = (&query.Node{Key: query.Unit, Value: u.Path()}).String()
	}
	p.OnLeave()
	p.s.SetQuery(session.Query{Search: q})
}
