package duplicates

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"fonds/app/alike"
	"fonds/app/doubles"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file looks for groups, and lists them.

// leasts are the likenesses that can be asked for, in hundredths.
var leasts = []int{90, alike.Least * 100, 70, 50}

// found is what a search has come to.
type found struct {
	least  int // hundredths
	known  bool
	groups []doubles.Group
	when   time.Time
	of     string // archive
	docs   int    // documents that there were
	why    string // why nothing is known, in words
	rows   [][2]int
}

// Found is what was found on a page, for the next one that is made: in other colours,
// in another language.
type Found struct {
	found
	row     int
	archive string
	looking bool // the search was still going on
}

// Docs is how many documents were compared, 0 where none were yet.
func (f Found) Docs() int { return f.docs }

// Found gives it and ends what goes on; Restore takes it over and begins that anew.
func (p *Page) Found() Found {
	f := Found{p.found, p.list.Selected(), p.s.Path(), p.stop != nil}
	p.halt()
	return f
}

// Restore is described at Found.
func (p *Page) Restore(f Found) {
	if f.archive != p.s.Path() || f.archive == "" {
		return
	}
	p.found = f.found
	p.show()
	if f.row >= 0 && f.row < len(p.groups) {
		p.list.SetSelected(f.row)
		p.readPair()
	}
	if f.looking {
		p.look()
	}
}

func (p *Page) pickLeast(id string) {
	p.found.least, _ = strconv.Atoi(id)
	p.showLeast()
	p.look()
}

func (p *Page) showLeast() {
	var all []widgets.Choice
	for _, n := range leasts {
		all = append(all, widgets.Choice{ID: strconv.Itoa(n), Title: i18n.T("duplicates.least", "n", n)})
	}
	p.least.SetChoices(all, strconv.Itoa(p.found.least))
}

// halt ends the search that goes on.
func (p *Page) halt() {
	p.gen++
	if p.stop != nil {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// look looks for groups on a worker; what was found before stays until then.
func (p *Page) look() {
	if !p.s.Open() || p.copying != nil {
		return
	}
	p.halt()
	p.s.Flush()
	gen, path := p.gen, p.s.Path()
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.says.SetText(i18n.T("duplicates.busy"), widgets.Plain)
	p.showEmpty()
	p.busy.Start(i18n.T("duplicates.step.read"), 0, cancel)
	o := doubles.Options{Least: float64(p.found.least) / 100, Progress: p.steps(ctx, cancel)}
	docs := 0
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (groups []doubles.Group, err error) {
		defer context.AfterFunc(closing, cancel)()
		if docs, err = a.Count(ctx, storage.Query{}); err != nil {
			return nil, err
		}
		return doubles.Find(ctx, a, o)
	}, func(groups []doubles.Group, err error) {
		stopped := ctx.Err() != nil
		cancel()
		if gen != p.gen {
			return
		}
		p.stop = nil
		p.busy.Finish()
		p.take(groups, docs, path, err, stopped)
	})
}

// steps says how far the search is: in its bar, by the step.
func (p *Page) steps(ctx context.Context, cancel func()) func(step alike.Step, done, total int) {
	last, tell := alike.Reading, p.s.Tells(ctx, p.busy)
	return func(step alike.Step, done, total int) {
		if step != last {
			last = step
			p.s.Config().Do(func() {
				if ctx.Err() == nil {
					p.busy.Start(i18n.T("duplicates.step."+string(step)), total, cancel)
				}
			})
		}
		tell(done, total)
	}
}

// take shows what came of a search.
func (p *Page) take(groups []doubles.Group, docs int, path string, err error, stopped bool) {
	first := !p.known
	switch {
	case err == nil:
		p.leaveCopy()
		p.gen++ // a pair that is being read is one of the groups of before
		p.pair = nil
		p.found = found{least: p.found.least, known: true, groups: groups, when: p.s.Now(), of: path, docs: docs}
		p.list.SetSelected(-1)
	case stopped || errors.Is(err, context.Canceled):
		p.why = i18n.T("duplicates.stopped")
	default:
		p.why = "⚠ " + session.Words(err)
	}
	had := p.on.Focused()
	p.show()
	if len(p.groups) > 0 {
		if p.list.Selected() < 0 {
			p.list.SetSelected(0)
		}
		p.list.EnsureVisible(p.list.Selected())
		p.readPair()
	}
	if p.shown() && (had == nil || first) { // else the keyboard stays: another likeness may be asked for
		p.Focus()
	}
}

// show shows what is known.
func (p *Page) show() {
	p.showLeast()
	for len(p.rows) < len(p.groups) {
		p.rows = append(p.rows, [2]int{0, 1})
		if g := &p.groups[len(p.rows)-1]; g.Within != "" {
			p.rows[len(p.rows)-1] = beginAt(g)
		}
	}
	p.list.SetCount(len(p.groups), p.row)
	words, tone := "", widgets.Plain
	switch {
	case p.why != "":
		words, tone = p.why, widgets.Warn
	case len(p.groups) > 0:
		n := 0
		for _, g := range p.groups {
			n += len(g.Documents)
		}
		words = i18n.N("duplicates.found", len(p.groups), "docs", i18n.N("status.documents", n), "all", i18n.Number(int64(p.docs)), "time", i18n.Clock(p.when))
	}
	p.says.SetText(words, tone)
	p.why = ""
	p.showEmpty()
	widgets.Relay(p.content)
}

// beginAt are the two documents of a group that are shown first: the longer one, and
// the first that stands inside it.
func beginAt(g *doubles.Group) [2]int {
	for i, d := range g.Documents {
		if d.ID == g.Within {
			return [2]int{i, map[bool]int{true: 1, false: 0}[i == 0]}
		}
	}
	return [2]int{0, 1}
}

// showEmpty shows in the place of the groups that there are none, or not yet.
func (p *Page) showEmpty() {
	none := len(p.groups) == 0
	p.body.(*widgets.Split).Hidden = none
	p.empty.Hidden = !none
	switch {
	case !none:
		p.pairShown()
	case p.stop != nil:
		p.empty.Set(i18n.T("duplicates.busy"), i18n.T("duplicates.busy.means"), "", nil)
	case p.known && p.docs < 2:
		p.empty.Set(i18n.T("duplicates.few"), i18n.T("duplicates.few.means"), i18n.T("desk.empty.do"), func() { p.s.Commands.Run("archive.import") })
	case p.known:
		p.empty.Set(i18n.T("duplicates.none"), i18n.T("duplicates.none.means", "n", i18n.Number(int64(p.docs)), "least", p.found.least), "", nil)
	default:
		p.empty.Set(i18n.T("duplicates.notyet"), i18n.T("duplicates.notyet.means"), i18n.T("duplicates.again"), p.look)
	}
	if none {
		p.pair = nil
	}
}

// row says a group in two lines: its first document, and the files of the others.
func (p *Page) row(i int) widgets.Row {
	g := &p.groups[i]
	first, others := p.rows[i][0], []string{}
	for k, d := range g.Documents {
		if k != first && len(others) < 3 {
			others = append(others, d.Name)
		}
	}
	row := widgets.Row{Title: session.OneLine(g.Documents[first].Title), Badge: badge(g), Known: true}
	words := i18n.N("status.documents", len(g.Documents))
	if g.Within != "" {
		words = i18n.N("duplicates.inside", len(g.Documents)-1)
	}
	removed := 0
	for _, d := range g.Documents {
		if d.Status == archive.Removed {
			removed++
		}
	}
	if removed > 0 {
		words += " · " + i18n.N("duplicates.removed", removed)
	}
	row.Sub = session.OneLine(words + " · " + strings.Join(others, " · "))
	return row
}

// badge says in a few signs how like each other the documents of a group are.
func badge(g *doubles.Group) string {
	switch {
	case g.Exact:
		return i18n.T("duplicates.exact")
	case g.Within != "":
		return i18n.T("duplicates.within")
	}
	return i18n.T("duplicates.like", "n", int(math.Floor(g.Likeness*100+1e-9)))
}

// choose shows a group.
func (p *Page) choose(int) {
	p.s.Say("")
	p.readPair()
}

// move chooses another group.
func (p *Page) move(by int) {
	if to := p.list.Selected() + by; to >= 0 && to < len(p.groups) {
		p.list.SetSelected(to)
		p.list.EnsureVisible(to)
		p.choose(to)
	}
}

// other shows another document of the group at the right.
func (p *Page) other(by int) {
	i := p.list.Selected()
	if i < 0 {
		return
	}
	n, at := len(p.groups[i].Documents), p.rows[i]
	for at[1] = (at[1] + by + n) % n; at[1] == at[0]; at[1] = (at[1] + by + n) % n {
	}
	if at != p.rows[i] {
		p.rows[i] = at
		p.readPair()
	}
}

// swap changes the two sides.
func (p *Page) swap() {
	if i := p.list.Selected(); i >= 0 {
		p.rows[i] = [2]int{p.rows[i][1], p.rows[i][0]}
		p.list.RefreshRow(i)
		p.readPair()
	}
}
