package desk

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// takeAll takes everything that was proposed for the fields by the program. From
// another tab it goes to the proposals first, so that nobody takes what they have
// not seen.
func (d *Desk) takeAll() {
	doc := d.s.Document()
	all := d.s.Takeable(doc)
	if len(all) == 0 {
		d.s.Say(i18n.T("takeall.none"))
		return
	}
	if d.inspector.bar.chosen != fieldsTab {
		d.inspector.open(fieldsTab)
		d.s.Say(i18n.N("takeall.here", len(all)))
		return
	}
	d.takeThese(all, nil, nil)
}

// takeThese takes some proposals; those that were refused before, with why, are
// named once the rest is known to be allowed.
func (d *Desk) takeThese(items, refused []*archive.Item, why []error) {
	doc := d.s.Document().ID
	d.s.TakeAll(items, func(no *archive.Item, err error) {
		now := d.s.Document()
		switch {
		case now == nil || now.ID != doc:
		case no != nil:
			rest := slices.DeleteFunc(slices.Clone(items), func(it *archive.Item) bool { return it == no })
			d.offerRest(rest, append(refused, no), append(why, err))
		case err == nil:
			left := len(openOfMachines(now))
			words := i18n.N("takeall.done", len(items), "fields", d.fieldNames(items))
			if left > 0 {
				words += " " + i18n.N("takeall.left", left)
			}
			d.s.Say(words)
		}
	})
}

// openOfMachines are the proposals for fields that nobody has decided on.
func openOfMachines(doc *session.Doc) []*archive.Item {
	return slices.DeleteFunc(slices.Clone(doc.Of(archive.AValue)), func(it *archive.Item) bool { return !it.Open() || it.By != "" })
}

func (d *Desk) fieldNames(items []*archive.Item) string {
	var names []string
	for _, it := range items {
		f := d.s.Field(it.Key)
		if w := f.LabelWords(); !slices.Contains(names, w) {
			names = append(names, w)
		}
	}
	return i18n.List(names)
}

// offerRest says which proposals a rule has refused, and offers the others.
func (d *Desk) offerRest(rest, refused []*archive.Item, why []error) {
	for i, it := range refused {
		d.refused[it.ID] = session.Words(why[i])
	}
	d.inspector.show()
	last := refused[len(refused)-1]
	f := d.s.Field(last.Key)
	if len(rest) == 0 {
		d.s.Say(i18n.T("takeall.refused", "field", f.LabelWords(), "why", session.Words(why[len(why)-1])))
		return
	}
	text := widgets.NewText(8, i18n.T("takeall.refused", "field", f.LabelWords(), "why", session.Words(why[len(why)-1]))+"\n"+
		i18n.N("takeall.rest", len(rest), "fields", d.fieldNames(rest)))
	text.Covers = session.Covers
	doc := d.s.Document().ID
	var g *dialog
	leave := widgets.NewButton(i18n.T("button.cancel"), func() { g.close() })
	take := widgets.NewPrimaryButton(i18n.T("takeall.rest.do"), func() {
		g.close()
		if now := d.s.Document(); now != nil && now.ID == doc {
			d.takeThese(rest, refused, why)
		}
	})
	g = d.openDialog(i18n.T("takeall.rest.title"), text, take, leave, take)
}
