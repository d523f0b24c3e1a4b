package desk

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// copying is the question which fields are to be copied from another document.
type copying struct {
	d       *Desk
	to      archive.ID
	from    *archive.Document
	other   *archive.Document // that can be copied from instead, or nil
	options *widgets.Options
	off, on map[string]bool // decided by the person
	which   *widgets.Note
	do      *widgets.Button
	g       *dialog
}

// copyFields asks which fields to copy from the document that was worked on
// before, else from the one before in the list.
func (d *Desk) copyFields() {
	d.s.Flush()
	d.s.Origins(func(o session.Origin) {
		from, other := o.Worked, o.Previous
		if len(d.copyable(from)) == 0 {
			from, other = other, nil
		}
		if len(d.copyable(from)) == 0 {
			d.s.Say(i18n.T("copyfields.none"))
			return
		}
		c := &copying{d: d, to: d.s.Document().ID, from: from}
		if len(d.copyable(other)) > 0 {
			c.other = other
		}
		c.open()
	})
}

// copyable are the fields of a document that have values, in the order of the
// form.
func (d *Desk) copyable(doc *archive.Document) []string {
	var out []string
	if doc == nil {
		return nil
	}
	for _, f := range d.s.Fields(&session.Doc{Document: doc}) {
		if len(doc.Values(f.ID)) > 0 {
			out = append(out, f.ID)
		}
	}
	return out
}

func (c *copying) open() {
	d := c.d
	c.options = widgets.NewOptions(true)
	c.options.Covers = session.Covers
	c.options.OnPick = func(id string, on bool) {
		c.on[id], c.off[id] = on, !on
		c.show()
	}
	c.options.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyReturn, fyne.KeyEnter: // Space ticks; Enter is for the whole question
			c.copy()
		case fyne.KeyEscape:
			c.g.close()
		default:
			return false
		}
		return true
	}
	c.which = session.NewNote(2)
	c.do = widgets.NewPrimaryButton("", c.copy)
	leave := widgets.NewButton(i18n.T("button.cancel"), func() { c.g.close() })
	buttons := []*widgets.Button{leave, c.do}
	if c.other != nil {
		swap := widgets.NewButton(i18n.T("copyfields.other"), func() {
			c.from, c.other = c.other, c.from
			c.begin()
		})
		buttons = append([]*widgets.Button{swap}, buttons...)
	}
	c.begin()
	scroll := container.NewVScroll(c.options)
	c.options.RevealIn(scroll)
	scroll.SetMinSize(fyne.NewSize(0, min(d.on.Size().Height*0.6, 360)))
	c.g = d.openDialog(i18n.T("copyfields.title"), container.NewBorder(c.which, nil, nil, nil, scroll), c.options, buttons...)
}

// begin shows what the other document has, with what is empty here ticked.
func (c *copying) begin() {
	c.on, c.off = map[string]bool{}, map[string]bool{}
	words := i18n.T("copyfields.worked", "title", session.OneLine(c.from.Title()))
	c.which.SetText(words, widgets.Plain)
	c.show()
}

// alone are the fields that are about one document, and seldom another one's too.
var alone = []string{archive.TitleField, "dcterms:identifier", "dcterms:description"}

// ticked says whether a field is to be copied: what the person said, else where
// nothing stands here and nothing is proposed.
func (c *copying) ticked(doc *session.Doc, id string) bool {
	switch {
	case c.on[id]:
		return true
	case c.off[id], slices.Contains(alone, id):
		return false
	}
	return len(doc.Values(id)) == 0 && len(openOf(doc, archive.AValue, id)) == 0
}

func (c *copying) show() {
	doc := c.d.s.Document()
	var options []widgets.Option
	n := 0
	for _, id := range c.d.copyable(c.from) {
		f := c.d.s.Field(id)
		var now []string
		for _, it := range doc.Values(id) {
			now = append(now, session.OneLine(session.ValueWords(it.Text)))
		}
		o := widgets.Option{ID: id, Label: f.LabelWords() + "  " + session.OneLine(texts(c.from.Values(id))), On: c.ticked(doc, id)}
		switch {
		case len(now) > 0 && f.Repeatable && !session.NotStated(doc.Values(id)) && !session.NotStated(c.from.Values(id)):
			o.Detail = i18n.T("copyfields.beside", "now", i18n.List(now))
		case len(now) > 0:
			o.Detail = i18n.T("copyfields.instead", "now", i18n.List(now))
		case len(openOf(doc, archive.AValue, id)) > 0:
			o.Detail = i18n.T("copyfields.proposed", "now", texts(openOf(doc, archive.AValue, id)))
		}
		if o.On {
			n++
		}
		options = append(options, o)
	}
	c.options.SetOptions(options)
	c.do.SetLabels(i18n.N("copyfields.do", n), "Enter")
	widgets.Enable(c.do, n > 0)
}

func (c *copying) copy() {
	doc := c.d.s.Document()
	if doc == nil || doc.ID != c.to {
		c.g.close()
		return
	}
	var fields []string
	for _, id := range c.d.copyable(c.from) {
		if c.ticked(doc, id) {
			fields = append(fields, id)
		}
	}
	if len(fields) == 0 {
		return
	}
	c.g.close()
	c.d.s.CopyFields(c.from, fields, func(err error) {
		if err == nil {
			c.d.s.Say(i18n.N("copyfields.done", len(fields), "title", session.OneLine(c.from.Title())))
		}
	})
}
