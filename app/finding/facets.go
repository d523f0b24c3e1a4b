package finding

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
)

// facets are what the documents of the list can be counted and narrowed by, at the left:
// each opens to its values, and a value chosen narrows the search, or widens it again.
type facets struct {
	p       *Page
	list    *widgets.List
	counter *session.FacetCounter
	open    map[storage.Facet]bool
	known   map[storage.Facet][]storage.FacetCount
	whole   map[storage.Facet]bool // all values are shown
	rows    []facetRow
	waiting []storage.Facet // to be counted
	late    bool            // everything is to be counted once more after that
}

// facetRow is a facet, one of its values, or that there are more of them.
type facetRow struct {
	facet storage.Facet
	value int // -1: the facet itself, -2: more
}

// few is how many values of a facet are shown before more is asked for.
const few = 12

func newFacets(p *Page) *facets {
	f := &facets{p: p, counter: p.s.NewFacetCounter(), known: map[storage.Facet][]storage.FacetCount{}, whole: map[storage.Facet]bool{},
		open: map[storage.Facet]bool{{Key: query.Status}: true, {Key: query.Tag}: true, {Key: query.Date}: true}}
	f.list = widgets.NewList()
	f.list.Covers = session.Covers
	f.list.Columns = []widgets.Column{{Share: 4}, {Share: 1, Quiet: true, Right: true}}
	f.list.OnActivate = f.activate
	f.list.OnPress = f.activate
	f.list.OnSpace = func() { f.activate(f.list.Selected()) }
	f.list.OnKey = f.key
	f.list.OnRune = func(r rune) { p.rune(r) }
	f.lay()
	return f
}

func (f *facets) forget() {
	clear(f.known)
	f.waiting = nil
	f.lay()
}

// lay makes the rows of what is known.
func (f *facets) lay() {
	var at facetRow
	if i := f.list.Selected(); i >= 0 && i < len(f.rows) {
		at = f.rows[i]
	}
	f.rows = f.rows[:0]
	for _, x := range f.p.s.Facets() {
		f.rows = append(f.rows, facetRow{x, -1})
		if !f.open[x] {
			continue
		}
		for i := range f.known[x] {
			if i == few && !f.whole[x] && len(f.known[x]) > few+1 {
				f.rows = append(f.rows, facetRow{x, -2})
				break
			}
			f.rows = append(f.rows, facetRow{x, i})
		}
	}
	f.list.SetCount(len(f.rows), f.row)
	if i := slices.Index(f.rows, at); i >= 0 {
		f.list.SetSelected(i)
	}
}

func (f *facets) row(i int) widgets.Row {
	r := f.rows[i]
	known, counted := f.known[r.facet]
	switch {
	case r.value == -1 && !f.open[r.facet]:
		return widgets.Row{Known: true, Cells: []string{"▶ " + f.p.s.FacetWords(r.facet), ""}}
	case r.value == -1:
		says := ""
		if !counted {
			says = "…"
		} else if len(known) == 0 {
			says = "–"
		}
		return widgets.Row{Known: true, Cells: []string{"▼ " + f.p.s.FacetWords(r.facet), says}}
	case r.value == -2:
		return widgets.Row{Known: true, Faint: true, Cells: []string{"\u3000" + i18n.T("finding.more"), i18n.Number(int64(len(known) - few))}}
	}
	v := known[r.value]
	begin := "\u3000"
	if storage.Narrows(f.p.s.Query().Search, v.Condition()) {
		begin = "● "
	}
	words := f.p.s.FacetValue(v)
	if i := strings.LastIndexByte(v.Value, '/'); r.facet.Key == query.Tag && i >= 0 { // it stands under the one before
		begin += strings.Repeat("\u3000", strings.Count(v.Value, "/"))
		words = session.OneLine(v.Value[i+1:])
	}
	return widgets.Row{Known: true, Cells: []string{begin + words, i18n.Number(int64(v.N))}}
}

// activate opens a facet or closes it; narrows by a value, or no longer.
func (f *facets) activate(i int) {
	if i < 0 || i >= len(f.rows) {
		return
	}
	switch r := f.rows[i]; r.value {
	case -1:
		f.fold(r.facet, !f.open[r.facet])
	case -2:
		f.whole[r.facet] = true
		f.lay()
	default:
		f.p.narrow(f.known[r.facet][r.value])
	}
}

// narrow narrows the search by a value, or widens it where it is narrowed by that.
func (p *Page) narrow(v storage.FacetCount) {
	search, condition := p.s.Query().Search, v.Condition()
	if storage.Narrows(search, condition) {
		p.box.Set(storage.Widened(search, condition))
	} else {
		p.box.Set(storage.Narrowed(search, condition))
	}
}

func (f *facets) fold(x storage.Facet, open bool) {
	f.open[x] = open
	f.lay()
	if open {
		f.waiting = append(f.waiting, x)
		if len(f.waiting) == 1 {
			f.next()
		}
	}
}

func (f *facets) key(k *fyne.KeyEvent) bool {
	i := f.list.Selected()
	if i < 0 || i >= len(f.rows) {
		return f.p.escape(k)
	}
	r := f.rows[i]
	switch k.Name {
	case fyne.KeyRight:
		if r.value == -1 && !f.open[r.facet] {
			f.fold(r.facet, true)
		}
	case fyne.KeyLeft:
		f.list.SetSelected(slices.Index(f.rows, facetRow{r.facet, -1}))
		f.fold(r.facet, false)
	default:
		return f.p.escape(k)
	}
	return true
}

// count counts the open facets anew, one after the other: each is shown when it is there.
func (f *facets) count() {
	f.late = false
	f.waiting = f.waiting[:0]
	for _, x := range f.p.s.Facets() {
		if f.open[x] {
			f.waiting = append(f.waiting, x)
		}
	}
	f.next()
}

// countAgain counts once more when what is being counted is: the archive has changed.
func (f *facets) countAgain() {
	if len(f.waiting) > 0 {
		f.late = true
		return
	}
	f.count()
}

func (f *facets) next() {
	if len(f.waiting) == 0 || !f.p.s.Open() {
		return
	}
	x := f.waiting[0]
	f.counter.Count(x, func(found []storage.FacetCount) {
		f.known[x] = found
		f.waiting = f.waiting[1:]
		f.lay()
		f.p.side.counted(x)
		if len(f.waiting) == 0 && f.late {
			f.count()
			return
		}
		f.next()
	})
}
