package finding

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
	"fonds/widgets/look"
)

// charts draw how many documents of the list have what. Each bar narrows the search by
// what it stands for, or widens it again.
type charts struct {
	p       *Page
	counter *session.FacetCounter
	reveal  func(top, bottom float32)
	all     []*chart
	content *fyne.Container
}

type chart struct {
	facet   storage.Facet
	heading *widgets.Note
	says    *widgets.Note
	bars    *widgets.Chart
	values  []storage.FacetCount // of the bars
	content *fyne.Container
}

// mostBars is how many bars a chart has; years have more.
const (
	mostBars  = 12
	mostYears = 40
)

func newCharts(p *Page) *charts {
	c := &charts{p: p, counter: p.s.NewFacetCounter(), content: container.New(layout.NewCustomPaddedVBoxLayout(look.Apart)), reveal: func(float32, float32) {}}
	for _, f := range drawn {
		x := &chart{facet: f, heading: widgets.NewText(2, ""), says: widgets.NewNote(2), bars: widgets.NewChart()}
		x.heading.Bold = true
		x.heading.Covers, x.says.Covers, x.bars.Covers = session.Covers, session.Covers, session.Covers
		x.bars.Columns = f.Key == query.Date
		x.bars.OnKey = p.escape
		x.bars.OnActivate = func(i int) {
			if i >= 0 && i < len(x.values) {
				p.narrow(x.values[i])
			}
		}
		x.bars.OnBar = func(i int) {
			if i >= 0 && i < len(x.values) {
				p.s.Say(i18n.T("finding.bar", "what", p.s.FacetValue(x.values[i]), "documents", i18n.N("status.documents", x.values[i].N)))
			}
		}
		x.bars.OnReveal = func(top, bottom float32) {
			y := x.content.Position().Y + x.bars.Position().Y
			c.reveal(y+top, y+bottom)
		}
		x.content = container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), x.heading, x.bars, x.says)
		c.all = append(c.all, x)
		c.content.Add(container.New(layout.NewCustomPaddedLayout(0, 0, look.Apart, look.Apart), x.content))
	}
	return c
}

// first is the first chart that has bars, nil for none.
func (c *charts) first() fyne.Focusable {
	for _, x := range c.all {
		if len(x.values) > 0 {
			return x.bars
		}
	}
	return nil
}

// count counts what is drawn and not counted at the left anyway, one after the other.
func (c *charts) count() {
	var wanted []storage.Facet
	for _, f := range drawn {
		if known, ok := c.p.facets.known[f]; ok && c.p.facets.open[f] {
			c.take(f, known)
		} else {
			wanted = append(wanted, f)
		}
	}
	c.next(wanted)
}

func (c *charts) next(wanted []storage.Facet) {
	if len(wanted) == 0 || !c.p.s.Open() {
		return
	}
	c.counter.Count(wanted[0], func(found []storage.FacetCount) {
		c.take(wanted[0], found)
		c.next(wanted[1:])
	})
}

// take draws the counts of a facet.
func (c *charts) take(f storage.Facet, found []storage.FacetCount) {
	at := slices.IndexFunc(c.all, func(x *chart) bool { return x.facet == f })
	if at < 0 {
		return
	}
	x := c.all[at]
	x.values = shown(f, found)
	var bars []widgets.ChartBar
	for _, v := range x.values {
		words := i18n.Number(int64(v.N))
		if storage.Narrows(c.p.s.Query().Search, v.Condition()) {
			words += " ●"
		}
		bars = append(bars, widgets.ChartBar{Label: c.p.s.FacetValue(v), Values: []int{v.N}, Words: words})
	}
	x.heading.SetText(c.p.s.FacetWords(f), widgets.Plain)
	x.bars.Set([]widgets.ChartPart{{}}, bars)
	says := ""
	if more := len(found) - len(x.values); more > 0 && f.Key != query.Tag {
		says = i18n.N("finding.charts.more", more)
	}
	x.says.SetText(says, widgets.Plain)
	x.says.Hidden = says == ""
	x.content.Hidden = len(bars) == 0
	c.content.Refresh()
	widgets.Relay(c.content)
}

func rank(behind bool) int {
	if behind {
		return 1
	}
	return 0
}

// shown are the values that become bars: the years in their order, of tags the uppermost,
// of others the most frequent.
func shown(f storage.Facet, found []storage.FacetCount) []storage.FacetCount {
	out := slices.Clone(found)
	most := mostBars
	switch f.Key {
	case query.Date:
		slices.Reverse(out) // the latest comes first in a facet
		noYears := func(v storage.FacetCount) bool { return v.Value == query.Longer || v.Value == query.Unread }
		slices.SortStableFunc(out, func(a, b storage.FacetCount) int { return rank(noYears(a)) - rank(noYears(b)) })
		return out[max(0, len(out)-mostYears):]
	case query.Tag:
		out = slices.DeleteFunc(out, func(v storage.FacetCount) bool { return strings.Contains(v.Value, "/") })
		slices.SortStableFunc(out, func(a, b storage.FacetCount) int { return b.N - a.N })
	}
	return out[:min(most, len(out))]
}
