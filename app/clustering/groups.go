package clustering

import (
	"strings"
	"unicode"

	"fonds/app/cluster"
	"fonds/app/i18n"
	"fonds/app/merging"
	"fonds/app/session"
	"fonds/widgets"
)

// This file lists the groups of a method, and what the person has decided on each.

// decision is what a person has decided on a group.
type decision struct {
	merge, leave bool            // neither: it is open
	out          map[string]bool // values that take no part
	into         string          // what all become, "" as it is proposed
}

// groups are those of the method.
func (p *Page) groups() []group {
	if p.counted == nil {
		return nil
	}
	return p.counted.groups[p.method]
}

// group is the chosen one, nil for none.
func (p *Page) group() *group {
	groups, at := p.groups(), p.list.Selected()
	if at < 0 || at >= len(groups) {
		return nil
	}
	return &groups[at]
}

// decided is what was decided on a group; what is changed in it is kept.
func (p *Page) decided(g *group) *decision {
	d := p.decisions[g.key]
	if d == nil {
		d = &decision{out: map[string]bool{}}
		p.decisions[g.key] = d
	}
	return d
}

// isOpen says whether nothing was decided on a group yet.
func (p *Page) isOpen(g *group) bool {
	d := p.decisions[g.key]
	return d == nil || !d.merge && !d.leave
}

// parts are the values of a group that take part.
func (d *decision) parts(g *group) (out []cluster.Value) {
	for _, v := range g.Values {
		if !d.out[v.Text] {
			out = append(out, v)
		}
	}
	return out
}

// becomes is what the values that take part become: what the person says, else what is
// proposed, else the most frequent of them.
func (d *decision) becomes(g *group) string {
	switch parts := d.parts(g); {
	case d.into != "":
		return d.into
	case !d.out[g.Into] || len(parts) == 0:
		return g.Into
	default:
		return parts[0].Text
	}
}

// mergeOf is the merge of a group; without values where nothing would change.
func (d *decision) mergeOf(g *group) merging.Merge {
	m := merging.Merge{Into: d.becomes(g)}
	for _, v := range d.parts(g) {
		if v.Text != m.Into {
			m.From = append(m.From, v.Text)
		}
	}
	return m
}

// confirmed are the groups of the method that are to be merged, by their keys, and the
// merges.
func (p *Page) confirmed() (keys []string, merges []merging.Merge) {
	all := p.groups()
	for i := range all {
		if d := p.decisions[all[i].key]; d != nil && d.merge { // there may be very many groups
			if m := d.mergeOf(&all[i]); len(m.From) > 0 {
				keys, merges = append(keys, all[i].key), append(merges, m)
			}
		}
	}
	return keys, merges
}

// spaceMark stands for a space that nobody would see.
const spaceMark = '▁'

// inSight is a value on one line, with a mark for each space that nobody would see.
func inSight(text string) string {
	r := []rune(session.OneLine(text))
	for i, c := range r {
		if unicode.IsSpace(c) && (i == 0 || i == len(r)-1 || unicode.IsSpace(r[i-1]) || r[i-1] == spaceMark) {
			r[i] = spaceMark
		}
	}
	for i := len(r) - 1; i > 0 && (unicode.IsSpace(r[i]) || r[i] == spaceMark); i-- {
		r[i] = spaceMark
	}
	return string(r)
}

// row says a group in two lines: its values with their counts, and what they become.
func (p *Page) row(i int) widgets.Row {
	g := &p.groups()[i]
	d := p.decided(g)
	var words []string
	for _, v := range d.parts(g) {
		words = append(words, i18n.T("clustering.value", "value", inSight(v.Text), "n", i18n.Number(int64(v.N))))
	}
	row := widgets.Row{Title: strings.Join(words, "  "), Sub: "→ " + inSight(d.becomes(g)), Known: true}
	if len(words) == 0 {
		row.Title = i18n.T("clustering.noparts")
	}
	switch {
	case d.merge:
		row.Badge = "✓ " + i18n.T("clustering.merges")
	case d.leave:
		row.Badge, row.Faint = i18n.T("clustering.leaves"), true
	}
	return row
}

// show shows what is the case.
func (p *Page) show() {
	known := p.counted != nil && p.counted.field != ""
	p.body.Hidden, p.empty.Hidden = !known, known
	if !known {
		p.showEmpty()
	} else {
		p.showChoices()
	}
	p.list.SetCount(len(p.groups()), p.row)
	if p.list.Selected() < 0 && p.list.Count() > 0 {
		p.list.SetSelected(0)
	}
	p.list.Hidden, p.nothing.Hidden = p.list.Count() == 0, p.list.Count() > 0
	if known && p.list.Count() == 0 {
		p.showNothing()
	}
	p.showGroup()
	p.showDo()
	widgets.Relay(p.content)
}

// showEmpty says in the place of everything why there is nothing.
func (p *Page) showEmpty() {
	switch {
	case p.problem != "":
		p.empty.Set(i18n.T("clustering.notyet"), p.problem, i18n.T("clustering.again"), func() { p.count(); p.show() })
	case p.counted == nil:
		p.empty.Set(i18n.T("clustering.counting"), "", "", nil)
	default:
		p.empty.Set(i18n.T("clustering.novalues"), i18n.T("clustering.novalues.means"), "", nil)
	}
}

// showNothing says in the place of the list why there is no group.
func (p *Page) showNothing() {
	f := p.s.Field(p.counted.field)
	for _, m := range cluster.Methods() {
		if n := len(p.counted.groups[m]); n > 0 {
			p.nothing.Set(i18n.T("clustering.none"), i18n.N("clustering.other", n, "n", i18n.Number(int64(n)), "method", i18n.T("clustering.method."+string(m))), "", nil)
			return
		}
	}
	what, do := i18n.T("cmd.clustering.field"), p.askField
	if len(p.counted.fields) < 2 { // there is no other one
		what, do = "", nil
	}
	p.nothing.Set(i18n.T("clustering.none.any"), i18n.T("clustering.none.means", "field", f.LabelWords()), what, do)
}

// showChoices shows the field and the methods with how many groups each has.
func (p *Page) showChoices() {
	f := p.s.Field(p.counted.field)
	p.field.SetLabels(f.LabelWords(), p.key("clustering.field"))
	n := len(p.counted.values)
	words := i18n.N("clustering.about", n, "n", i18n.Number(int64(n)), "docs", i18n.N("status.documents", p.counted.documents()))
	tone := widgets.Plain
	if p.problem != "" { // what is shown is of before
		words, tone = p.problem, widgets.Warn
	}
	p.about.SetText(words, tone)
	var options []widgets.Option
	for _, m := range cluster.Methods() {
		label := i18n.T("clustering.method.count", "method", i18n.T("clustering.method."+string(m)), "n", i18n.Number(int64(len(p.counted.groups[m]))))
		options = append(options, widgets.Option{ID: string(m), Label: label, Detail: i18n.T("clustering.means." + string(m)), On: m == p.method})
	}
	p.methods.SetOptions(options)
}

// showDo says how many groups are confirmed, and what the button will do of them.
func (p *Page) showDo() {
	_, merges := p.confirmed()
	values := 0
	for _, m := range merges {
		values += len(m.From)
	}
	p.chosen.SetText(i18n.N("clustering.confirmed", len(merges), "n", i18n.Number(int64(len(merges)))), widgets.Plain)
	words := i18n.N("clustering.do", values, "n", i18n.Number(int64(values)))
	if values == 0 {
		words = i18n.T("clustering.do.none")
		p.chosen.SetText(i18n.T("clustering.confirmed.none"), widgets.Plain)
	}
	if why := p.s.Fixed(); why != "" && p.s.Open() {
		p.chosen.SetText(why, widgets.Warn)
	}
	p.do.SetLabels(words, "Enter")
	widgets.Enable(p.do, values > 0 && p.s.Fixed() == "" && !p.writing && p.asking == nil)
}

// pickMethod shows the groups of a method.
func (p *Page) pickMethod(m cluster.Method) {
	if p.asking != nil || p.writing {
		return
	}
	p.method = m
	p.list.SetSelected(-1)
	p.show()
	p.list.EnsureVisible(p.list.Selected())
}

// choose shows another group.
func (p *Page) choose() {
	p.s.Say("")
	p.values.SetSelected(-1)
	p.showGroup()
}

// move chooses the next group, or the one before.
func (p *Page) move(by int) {
	if to := p.list.Selected() + by; to >= 0 && to < len(p.groups()) {
		p.list.SetSelected(to)
		p.list.EnsureVisible(to)
		p.choose()
	}
}

// confirm says that the chosen group is to be merged, and goes on to the next open one;
// or that it is not, and stays.
func (p *Page) confirm() {
	g := p.group()
	if g == nil || p.asking != nil || p.writing {
		return
	}
	d := p.decided(g)
	if !d.merge && len(d.mergeOf(g).From) == 0 {
		p.s.Say(i18n.T("clustering.nochange"))
		return
	}
	p.decide(d, !d.merge, false)
}

// leave says that the chosen group is left alone, and goes on to the next open one; or
// that it is open again.
func (p *Page) leave() {
	if g := p.group(); g != nil && p.asking == nil && !p.writing {
		d := p.decided(g)
		p.decide(d, false, !d.leave)
	}
}

func (p *Page) decide(d *decision, merge, leave bool) {
	d.merge, d.leave = merge, leave
	p.done.SetText("", widgets.Plain)
	p.list.RefreshRow(p.list.Selected())
	if merge || leave {
		groups := p.groups()
		for i := p.list.Selected() + 1; i < len(groups); i++ {
			if p.isOpen(&groups[i]) {
				p.move(i - p.list.Selected())
				break
			}
		}
	}
	p.showDo()
	widgets.Relay(p.content)
}
