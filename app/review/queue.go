package review

import (
	"errors"
	"strings"
	"time"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file shows the queue, and what it is narrowed to.

// showQueue shows the rows, and says what the queue is narrowed to.
func (p *Page) showQueue() {
	n, known := p.r.Rows()
	p.list.SetCount(n, p.row)
	if at := p.r.At(); at != p.list.Selected() {
		p.list.SetSelected(at)
		if at >= 0 {
			p.list.EnsureVisible(at)
		}
	}
	f := p.r.Filter()
	words := i18n.N("review.waits", n)
	if !known {
		words = "…"
	}
	if side := p.filterWords(f); side != "" {
		words += " · " + side
	}
	p.narrow.SetText(words, widgets.Plain)
	none := ""
	switch {
	case !known || n > 0:
	case f == (session.ReviewFilter{}):
		none = i18n.T("review.nothing")
	default:
		none = i18n.T("review.nothing.filtered")
	}
	if whole, known := p.s.Count(session.Submitted); none != "" && known && whole > 0 { // nothing in them waits, they do
		none += "\n\n" + i18n.N("review.submitted", whole, "keys", p.s.Commands.Get("filter.submitted").Keys())
	}
	p.empty.SetText(none, widgets.Plain)
	d, _ := p.r.Shown()
	p.middle.hide(none != "" && d == nil)
}

// row says a proposal in two lines: what it would make of what, and where, by whom
// and when.
func (p *Page) row(i int) widgets.Row {
	w, ok := p.r.Row(i)
	if !ok {
		return widgets.Row{}
	}
	if w.What == "" {
		return widgets.Row{Title: i18n.T("review.gone"), Known: true}
	}
	row := widgets.Row{Title: session.OneLine(p.says(&w)), Known: true}
	row.Sub = session.OneLine(strings.Join([]string{w.Title, whose(w.By), p.ago(w.At)}, " · "))
	rules, me := p.s.Rules(), p.s.Actor()
	switch {
	case rules == nil:
	case w.First != "" && rules.Same(w.First, me) && !rules.Same(w.By, me):
		row.Badge = i18n.T("review.badge.agree")
	case w.By != "" && rules.Same(w.By, me):
		row.Badge = i18n.T("review.badge.mine")
	case w.Amends:
		row.Badge = i18n.T("review.badge.amended")
	}
	return row
}

// whose says who proposed something.
func whose(by string) string {
	if by == "" {
		return i18n.T("review.machine")
	}
	return by
}

// says is a proposal in one line.
func (p *Page) says(w *storage.Waiting) string {
	switch w.What {
	case archive.AValue:
		f := p.s.Field(w.Key)
		return i18n.T("say.value", "field", f.LabelWords(), "value", session.ValueWords(w.Text))
	case archive.ATag:
		return i18n.T("review.tag", "tag", w.Key)
	case archive.AMark:
		if w.Region != "" {
			return session.LabelWords(w.Key) + " · " + session.RegionWords(w.Region)
		}
		return i18n.T("say.mark", "label", session.LabelWords(w.Key), "words", w.Quote)
	case archive.ACorrection:
		return session.Corrected(&archive.Item{Source: w.Source, Text: w.Text})
	case archive.ASplit:
		return i18n.T("split.may")
	case archive.ARemoval:
		return i18n.T("proposal.away", "what", i18n.T("what."+w.Key)+" “"+session.WaitingWords(w)+"”")
	}
	return w.Text
}

// ago is when something was proposed, in the words that are enough today.
func (p *Page) ago(at time.Time) string {
	now := p.s.Now()
	at = at.In(now.Location())
	days := int(midnight(now).Sub(midnight(at)).Hours()/24 + 0.5)
	switch {
	case days <= 0:
		return at.Format("15:04")
	case days < 30:
		return i18n.N("review.days", days)
	}
	return at.Format("2006-01-02")
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// filterWords say a filter, "" where it leaves everything.
func (p *Page) filterWords(f session.ReviewFilter) string {
	var out []string
	add := func(is bool, words string) {
		if is {
			out = append(out, words)
		}
	}
	add(f.Persons && !f.Others, i18n.T("review.persons"))
	add(f.Others, i18n.T("review.others"))
	add(f.By != "", whose(strings.Replace(f.By, storage.Machine, "", 1)))
	add(f.What != "" && f.Key == "", i18n.T("what."+string(f.What)))
	add(f.Key != "", p.keyWords(f.What, f.Key))
	add(f.Age != session.AnyAge, ageWords(f.Age))
	add(f.Package != "", p.packageWords(f.Package))
	add(f.Folder != "", f.Folder)
	return session.OneLine(i18n.List(out))
}

func (p *Page) keyWords(w archive.What, key string) string {
	switch w {
	case archive.AValue:
		f := p.s.Field(key)
		return f.LabelWords()
	case archive.AMark:
		return session.LabelWords(key)
	}
	return key
}

func (p *Page) packageWords(id archive.ID) string {
	if self := p.s.Self(); self != nil {
		if it := self.Package(string(id)); it != nil {
			return it.Key
		}
	}
	return id.Short()
}

func ageWords(a session.Age) string {
	switch a {
	case session.Today:
		return i18n.T("review.age.today")
	case session.ThisWeek:
		return i18n.T("review.age.week")
	case session.ThisMonth:
		return i18n.T("review.age.month")
	}
	return i18n.T("review.age.older")
}

// askFilter offers everything that the queue can be narrowed to, with how much each
// would leave.
func (p *Page) askFilter() {
	now := p.r.Filter()
	var choices []widgets.Choice
	filters := map[string]session.ReviewFilter{}
	add := func(side, words string, f session.ReviewFilter, n int) {
		id := side + "\n" + words
		filters[id] = f
		c := widgets.Choice{ID: id, Title: i18n.T("review.side", "side", side, "what", session.OneLine(words)), Badge: i18n.Number(int64(n))}
		if f == now {
			c.Sub = i18n.T("review.chosen")
			back := now // choosing it again takes it away
			switch side {
			case i18n.T("review.side.kind"), i18n.T("review.side.key"):
				back.What, back.Key = "", ""
			case i18n.T("review.side.by"):
				back.By, back.Persons, back.Others = "", false, false
			case i18n.T("review.side.age"):
				back.Age = session.AnyAge
			case i18n.T("review.side.package"):
				back.Package = ""
			case i18n.T("review.side.folder"):
				back.Folder = ""
			}
			filters[id] = back
		}
		choices = append(choices, c)
	}
	if now != (session.ReviewFilter{}) {
		add(i18n.T("review.side.all"), i18n.T("review.everything"), session.ReviewFilter{}, p.r.Total(session.ReviewFilter{}))
	}
	persons, others := now, now
	persons.By, persons.Persons, persons.Others = "", true, false
	others.By, others.Persons, others.Others = "", true, true
	add(i18n.T("review.side.by"), i18n.T("review.others"), others, p.r.Total(others))
	add(i18n.T("review.side.by"), i18n.T("review.persons"), persons, p.r.Total(persons))
	for _, c := range p.r.Counts(session.ByWhom) {
		add(i18n.T("review.side.by"), whose(strings.Replace(c.Filter.By, storage.Machine, "", 1)), c.Filter, c.N)
	}
	for _, c := range p.r.Counts(session.ByWhat) {
		add(i18n.T("review.side.kind"), i18n.T("what."+string(c.Filter.What)), c.Filter, c.N)
	}
	for _, c := range p.r.Counts(session.ByKey) {
		add(i18n.T("review.side.key"), i18n.T("what."+string(c.Filter.What))+" "+p.keyWords(c.Filter.What, c.Filter.Key), c.Filter, c.N)
	}
	for _, c := range p.r.Counts(session.ByAge) {
		add(i18n.T("review.side.age"), ageWords(c.Filter.Age), c.Filter, c.N)
	}
	for _, c := range p.r.Counts(session.ByPackage) {
		add(i18n.T("review.side.package"), p.packageWords(c.Filter.Package), c.Filter, c.N)
	}
	for _, c := range p.r.Counts(session.ByFolder) {
		add(i18n.T("review.side.folder"), c.Filter.Folder, c.Filter, c.N)
	}
	ch := widgets.NewChooser(i18n.T("review.filter.prompt"), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(id string) {
		p.r.SetFilter(filters[id])
		p.Focus()
	}
	ch.Show(p.on)
}

// refused is why something was refused, in words, "" where it was not.
func refused(err error) string {
	if err == nil {
		return ""
	}
	if words := session.Words(err); session.IsRefusal(err) || errors.Is(err, storage.ErrReadOnly) {
		return "⚠ " + words
	}
	return "⚠ " + session.FileWords(err)
}
