package duplicates

import (
	"slices"
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

// tagMark stands before a tag among the ids of what can be copied: no field begins so.
const tagMark = "\x00"

// line is something that one document has, and what is to become of it in the other.
type line struct {
	id      string // a field, or tagMark and a tag
	label   string
	values  []string // that would be set: those that stay first
	seen    []archive.ID
	on      bool   // unless the person says otherwise
	detail  string // what there is to know
	instead string // the value in whose place it would be, in words
	reviews bool   // it would be proposed
}

// plan is what can be copied from one document to another, and what both have already.
type plan struct {
	lines []line
	stay  []string // in words
}

// planned compares what is in force in two documents. What is empty in the other is to
// be filled, to what holds several is to be added; a single value that stands there
// stays, unless the person says so.
func (p *Page) planned(from, to *archive.Document) (out plan) {
	rules := p.s.Rules()
	reviews := func(w archive.What, key string) bool { return rules != nil && rules.Reviews(w, key) }
	for _, f := range p.s.Fields(&session.Doc{Document: from}) {
		have, there := texts(from.Values(f.ID)), to.Values(f.ID)
		if len(have) == 0 {
			continue
		}
		now, open := texts(there), texts(waiting(to, archive.AValue, f.ID))
		l := line{id: f.ID, values: have, seen: idsOf(there), on: len(now)+len(open) == 0 && f.ID != "dcterms:identifier", reviews: reviews(archive.AValue, f.ID)}
		several := f.Repeatable && !session.NotStated(there) && !session.NotStated(from.Values(f.ID)) // "" is that it is not stated
		if several {
			l.values = slices.Clone(now)
			for _, v := range have {
				if !slices.Contains(l.values, v) {
					l.values = append(l.values, v)
				}
			}
			l.on = len(open) == 0 && f.ID != "dcterms:identifier"
		}
		if slices.Equal(l.values, now) {
			out.stay = append(out.stay, f.LabelWords())
			continue
		}
		l.label = f.LabelWords() + "  " + session.OneLine(listed(have))
		switch {
		case len(open) > 0:
			l.detail = i18n.T("copyfields.proposed", "now", session.OneLine(listed(open)))
		case len(now) > 0 && several:
			l.detail = i18n.T("copyfields.beside", "now", session.OneLine(listed(now)))
		case len(now) > 0:
			l.instead = session.OneLine(listed(now))
		}
		out.lines = append(out.lines, l)
	}
	for _, it := range from.Of(archive.ATag) {
		switch {
		case !it.InForce():
		case to.Tag(it.Key) != nil:
			out.stay = append(out.stay, it.Key)
		default:
			l := line{id: tagMark + it.Key, label: i18n.T("duplicates.tag", "tag", session.OneLine(it.Key)), on: true, reviews: reviews(archive.ATag, it.Key)}
			if open := waiting(to, archive.ATag, it.Key); len(open) > 0 {
				l.on, l.detail = false, i18n.T("copyfields.proposed", "now", session.OneLine(it.Key))
			}
			out.lines = append(out.lines, l)
		}
	}
	return out
}

// listed are the words of values.
func listed(values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = session.ValueWords(v)
	}
	return i18n.List(words)
}

func texts(items []*archive.Item) (out []string) {
	for _, it := range items {
		out = append(out, it.Text)
	}
	return out
}

func idsOf(items []*archive.Item) []archive.ID {
	out := []archive.ID{}
	for _, it := range items {
		out = append(out, it.ID)
	}
	return out
}

// waiting are the open proposals of people for a field or a tag.
func waiting(d *archive.Document, w archive.What, key string) (out []*archive.Item) {
	for _, it := range d.Of(w) {
		if it.Key == key && it.Open() && it.By != "" {
			out = append(out, it)
		}
	}
	return out
}

// copying is the question what is to be copied from one of the two to the other.
type copying struct {
	p        *Page
	from, to *archive.Document
	plan     plan
	chosen   map[string]bool // by the person
	failed   string          // why the last try was refused
	options  *widgets.Options
	means    *widgets.Note
	why      *widgets.Note
	do       *widgets.Button
	content  fyne.CanvasObject
}

// openCopy shows what would be copied from one of the two to the other, in their place.
func (p *Page) openCopy(i int) {
	from, to := p.pair.docs[i], p.pair.docs[1-i]
	if ro, _ := p.s.ReadOnly(); ro {
		p.s.Fail(storage.ErrReadOnly)
		return
	}
	plan := p.planned(from, to)
	if len(plan.lines) == 0 {
		p.s.Say(i18n.T("duplicates.copy.nothing", "title", session.OneLine(from.Title())))
		return
	}
	c := &copying{p: p, from: from, to: to, plan: plan, chosen: map[string]bool{}}
	c.build()
	p.copying = c
	p.right.Objects[0].Hide()
	p.right.Objects = append(p.right.Objects[:1], c.content)
	widgets.Relay(p.right)
	p.on.Focus(c.options)
}

func (c *copying) build() {
	title := widgets.NewTitle(i18n.T("duplicates.copy.title"))
	c.means, c.why = widgets.NewText(6, ""), widgets.NewNote(4)
	c.means.Covers, c.why.Covers = session.Covers, session.Covers
	c.options = widgets.NewOptions(true)
	c.options.Covers = session.Covers
	c.options.OnPick = func(id string, on bool) {
		c.chosen[id], c.failed = on, ""
		c.show()
	}
	c.options.OnKey = c.key
	scroll := container.NewVScroll(c.options)
	c.options.RevealIn(scroll)
	c.do = widgets.NewPrimaryButton("", c.apply)
	leave := widgets.NewButton(i18n.T("button.cancel"), c.p.leaveCopy)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	c.do.OnKey, leave.OnKey = c.key, c.key
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), o)
	}
	top := container.New(layout.NewCustomPaddedLayout(0, look.Near, 0, 0), container.New(layout.NewCustomPaddedVBoxLayout(look.Near), title, inset(c.means)))
	foot := container.New(layout.NewCustomPaddedVBoxLayout(look.Near), inset(c.why),
		container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near), container.New(layout.NewCustomPaddedHBoxLayout(look.Near), c.do, leave)))
	c.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Near, look.Near), widgets.Border(top, foot, nil, nil, scroll)))
	c.show()
}

// ticked says whether something is to be copied.
func (c *copying) ticked(l *line) bool {
	if on, said := c.chosen[l.id]; said {
		return on
	}
	return l.on
}

func (c *copying) show() {
	var options []widgets.Option
	fields, tags, proposed := 0, 0, false
	for i := range c.plan.lines {
		l := &c.plan.lines[i]
		o := widgets.Option{ID: l.id, Label: l.label, Detail: l.detail, On: c.ticked(l)}
		if o.On {
			proposed = proposed || l.reviews
			if strings.HasPrefix(l.id, tagMark) {
				tags++
			} else {
				fields++
			}
		}
		switch {
		case l.instead != "" && o.On:
			o.Detail = i18n.T("copyfields.instead", "now", l.instead)
		case l.instead != "":
			o.Detail = i18n.T("duplicates.stays", "now", l.instead)
		}
		options = append(options, o)
	}
	c.options.SetOptions(options)
	words := []string{i18n.T("duplicates.copy.from", "title", session.OneLine(c.from.Title()), "path", session.OneLine(c.from.Info.Path)),
		i18n.T("duplicates.copy.to", "title", session.OneLine(c.to.Title()), "path", session.OneLine(c.to.Info.Path))}
	if len(c.plan.stay) > 0 {
		words = append(words, i18n.T("duplicates.copy.both", "what", session.OneLine(i18n.List(c.plan.stay))))
	}
	c.means.SetText(strings.Join(words, "\n"), widgets.Plain)
	why := i18n.T("duplicates.copy.how")
	if proposed {
		why += " " + i18n.T("duplicates.copy.proposed")
	}
	if c.failed != "" {
		c.why.SetText(c.failed, widgets.Bad)
	} else {
		c.why.SetText(why, widgets.Plain)
	}
	c.do.SetLabels(i18n.T("duplicates.copy.do", "fields", i18n.N("duplicates.fields", fields), "tags", i18n.N("duplicates.tags", tags)), "Enter")
	widgets.Enable(c.do, fields+tags > 0)
}

func (c *copying) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter: // Space ticks; Enter is for the whole question
		if c.p.on.Focused() != fyne.Focusable(c.options) {
			return false
		}
		c.apply()
	case fyne.KeyEscape:
		c.p.leaveCopy()
	default:
		return false
	}
	return true
}

// apply copies what is ticked, as one step to undo: all of it or nothing.
func (c *copying) apply() {
	if c.do.Disabled() {
		c.p.s.Say(i18n.T("duplicates.copy.none"))
		return
	}
	var edits []*archive.Edit
	for i := range c.plan.lines {
		l := &c.plan.lines[i]
		if !c.ticked(l) {
			continue
		}
		e := &archive.Edit{Doc: string(c.to.ID)}
		if tag, is := strings.CutPrefix(l.id, tagMark); is {
			e.Do, e.Tag = "tag.add", tag
		} else {
			e.Do, e.Field, e.Seen = "field.set", l.id, &l.seen
			for _, v := range l.values {
				e.Values = append(e.Values, archive.ValueOf(v))
			}
		}
		edits = append(edits, e)
	}
	c.do.Disable()
	p := c.p
	p.s.Flush()
	p.s.Apply(func(_ []storage.Result, err error) {
		if err != nil {
			if p.copying == c {
				c.failed = "⚠ " + session.Words(err)
				c.show()
				p.readPair() // what is there now
			}
			return
		}
		p.s.Say(i18n.N("duplicates.copy.done", len(edits), "title", session.OneLine(c.from.Title())))
		if p.copying == c {
			p.leaveCopy()
		}
		p.readPair()
	}, edits...)
}

// follow asks about the documents as they are now; about others it asks no more.
func (c *copying) follow(now *pair) {
	for i, d := range now.docs {
		if d.ID == c.from.ID && now.docs[1-i].ID == c.to.ID {
			c.from, c.to = d, now.docs[1-i]
			if c.plan = c.p.planned(c.from, c.to); len(c.plan.lines) > 0 {
				c.show()
				return
			}
		}
	}
	c.p.leaveCopy()
}

// leaveCopy shows the two documents again.
func (p *Page) leaveCopy() {
	if p.copying == nil {
		return
	}
	p.copying = nil
	p.right.Objects = p.right.Objects[:1]
	p.right.Objects[0].Show()
	widgets.Relay(p.right)
	p.Focus()
}
