package desk

import (
	"strconv"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// What belongs together: a letter and its attachments, the front and the back of a photograph, a whole and its pages. The
// line below the title says it, a key opens the other.

// askBelongings reads what the document belongs to, and what belongs to it.
func (d *Desk) askBelongings() {
	d.s.Belongings(func(b session.Belongings) {
		d.together = b
		d.showStatus()
	})
}

// belongs is what is known of the document that is shown.
func (d *Desk) belongs() (b session.Belongings) {
	if doc := d.s.Document(); doc != nil && d.together.Doc == doc.ID {
		return d.together
	}
	return b
}

// togetherWords say to what the document belongs, and how much belongs to it; "" for nothing.
func (d *Desk) togetherWords() (words string) {
	b := d.belongs()
	if len(b.Wholes) > 0 {
		words = " · " + i18n.T("belongs.to", "how", session.BelongingWords(b.Wholes[0].How), "title", short(b.Wholes[0].Called()))
	}
	if n := len(b.Parts); n > 0 {
		words += " · " + i18n.N("library.parts", n)
	}
	return words
}

// openTogether asks which of the documents that belong with this one is to be opened; one alone is.
func (d *Desk) openTogether() {
	b := d.belongs()
	all := append(append([]storage.Belonging{}, b.Wholes...), b.Parts...)
	if len(all) == 1 {
		d.s.OpenDocument(all[0].ID)
		return
	}
	var choices []widgets.Choice
	for i, x := range all {
		sub := session.BelongingWords(x.How) + " · " + x.Name
		if i < len(b.Wholes) {
			sub = i18n.T("belongs.whole", "how", session.BelongingWords(x.How)) + " · " + x.Name
		}
		if x.Removed {
			sub += " · " + session.StatusWords(archive.Removed)
		}
		ch := widgets.Choice{ID: string(x.ID), Title: session.OneLine(x.Called()), Sub: sub}
		if i < 9 {
			ch.Badge = strconv.Itoa(i + 1)
		}
		choices = append(choices, ch)
	}
	c := widgets.NewChooser(i18n.T("belongs.open"), i18n.T("chooser.nothing"), choices)
	c.Covers, c.Quick = session.Covers, true
	c.OnPick = func(id string) { d.s.OpenDocument(archive.ID(id)) }
	c.Show(d.on)
}

// nearRows is how many documents before and after this one in the list are offered as that to which it belongs.
const nearRows = 8

// belong asks to which of the documents near it in the list this one belongs, and how.
func (d *Desk) belong() {
	doc := d.s.Document()
	row := d.s.RowOfDocument()
	var choices []widgets.Choice
	add := func(at int) {
		if at < 0 || at >= d.s.Rows() {
			return
		}
		if x := d.s.Row(at); x.ID != "" && x.ID != doc.ID {
			choices = append(choices, widgets.Choice{ID: string(x.ID), Title: session.OneLine(x.Title), Sub: x.Path, Also: x.Name})
		}
	}
	for by := 1; by <= nearRows; by++ {
		add(row - by)
	}
	for by := 1; by <= nearRows; by++ {
		add(row + by)
	}
	c := widgets.NewChooser(i18n.T("belongs.which"), i18n.T("belongs.near"), choices)
	c.Covers = session.Covers
	c.OnPick = func(whole string) { d.belongHow(doc.ID, archive.ID(whole)) }
	c.Show(d.on)
}

func (d *Desk) belongHow(part, whole archive.ID) {
	var choices []widgets.Choice
	for i, how := range archive.Belongings() {
		choices = append(choices, widgets.Choice{ID: how, Title: session.BelongingWords(how), Badge: strconv.Itoa(i + 1)})
	}
	c := widgets.NewChooser(i18n.T("belongs.how"), i18n.T("chooser.nothing"), choices)
	c.Covers, c.Quick = session.Covers, true
	c.OnPick = func(how string) {
		d.s.Belong([]archive.ID{part}, whole, how, func(err error) {
			if err != nil {
				d.s.Say(session.Words(err))
				return
			}
			d.askBelongings()
		})
	}
	c.Show(d.on)
}

// apart asks from which document this one is to be taken apart.
func (d *Desk) apart() {
	doc, b := d.s.Document(), d.belongs()
	if len(b.Wholes) == 1 {
		d.s.Apart(doc.ID, b.Wholes[0].ID)
		return
	}
	var choices []widgets.Choice
	for _, x := range b.Wholes {
		choices = append(choices, widgets.Choice{ID: string(x.ID), Title: session.OneLine(x.Called()), Sub: session.BelongingWords(x.How) + " · " + x.Name})
	}
	c := widgets.NewChooser(i18n.T("belongs.apart"), i18n.T("chooser.nothing"), choices)
	c.Covers = session.Covers
	c.OnPick = func(id string) { d.s.Apart(doc.ID, archive.ID(id)) }
	c.Show(d.on)
}
