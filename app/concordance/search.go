package concordance

import (
	"context"
	"errors"
	"strings"
	"time"

	"fonds/app/concord"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file looks for the places.

// option is one of the ways in which words are looked for.
type option int

// The options: the words as they are typed and nothing folded, without what is set
// aside as furniture, in the documents of the list's search alone.
const (
	exact option = iota
	aside
	within
	optionCount
)

// orders are the orders of the lines, orderIDs what they are called in the table of
// commands.
var (
	orders   = []concord.Order{concord.ByPlace, concord.ByLeft, concord.ByRight}
	orderIDs = []string{"place", "left", "right"}
)

// around is how many code points of its neighbours a line has: what a wide window shows.
const around = 80

// tellEvery is how often lines are handed over while the search goes on; the first are
// at once.
const tellEvery = 70 * time.Millisecond

// state is what stays when the page is made anew.
type state struct {
	of     string // archive
	on     [optionCount]bool
	by     concord.Order
	seed   string // words that the list was searched for when the page was shown last
	sought string // words whose places are listed
	search string // of the list, to which they were narrowed, or ""

	lines   []concord.Line // in the order of the documents, and of each by place
	rows    []int          // lines, in the order in which they are listed
	docs    int
	more    bool
	known   bool  // a search has ended
	version int64 // of the archive, when it began
	old     bool  // the archive has changed since
	fault   string
	why     map[key]error // of lines that were to be changed, and refused
	unsent  unsent
}

// key names a line whatever is looked for anew: a place of a source text, and which one
// of those there, where a correction holds the words more than once.
type key struct {
	doc      archive.ID
	from, to int
	nth      int
}

// keys gives the keys of lines in their order.
func keys(lines []concord.Line) func(i int) key {
	var last key
	return func(i int) key {
		l := &lines[i]
		k := key{doc: l.Doc, from: l.From, to: l.To}
		if last.doc == k.doc && last.from == k.from && last.to == k.to {
			k.nth = last.nth + 1
		}
		last = k
		return k
	}
}

// keyAt is the key of one line.
func (p *Page) keyAt(i int) key {
	at := i
	same := func(a, b *concord.Line) bool { return a.Doc == b.Doc && a.From == b.From && a.To == b.To }
	for at > 0 && same(&p.lines[at-1], &p.lines[i]) {
		at--
	}
	l := &p.lines[i]
	return key{l.Doc, l.From, l.To, i - at}
}

// fresh knows of no places.
func (p *Page) fresh() {
	p.halt()
	p.state = state{of: p.s.Path(), by: p.by, why: map[key]error{}}
	p.words.SetText("")
	p.clear()
}

// clear lists nothing.
func (p *Page) clear() {
	p.sorter.epoch++
	p.lines, p.rows, p.docs, p.more, p.moved = nil, nil, 0, false, false
	p.list.SetCount(0, p.row) // nothing is selected or picked then
	p.preview()
}

// halt ends the search that goes on; what is being written is written.
func (p *Page) halt() {
	p.gen++
	p.then = nil
	if p.stop != nil && !p.writing {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// ask looks for the words that are typed.
func (p *Page) ask() {
	p.words.Commit()
	p.look(false, nil)
}

// listAgain looks for those that are listed; what is listed stays until then, but for
// what was refused.
func (p *Page) listAgain() {
	clear(p.why)
	p.look(p.known, nil)
}

// turn turns one of the options.
func (p *Page) turn(o option) {
	if o == within && !p.on[within] && p.s.Query().Search == "" {
		p.s.Say(i18n.T("concordance.nosearch"))
		return
	}
	p.on[o] = !p.on[o]
	p.look(false, nil)
	p.show()
}

// Within lets the page be about the documents that the list is searched for, where it is.
func (p *Page) Within() { p.on[within] = p.s.Query().Search != "" }

// look looks for the words on a worker and lists the places as they are found. Quietly it
// looks for those again that are listed, which stay until all are found; then is done
// when the new ones are listed.
func (p *Page) look(quiet bool, then func()) {
	if !p.s.Open() || p.writing || p.box.IsOpen() {
		return
	}
	p.halt()
	p.fault, p.old, p.quiet, p.then = "", false, quiet, then
	if !quiet {
		p.sought = strings.TrimSpace(p.words.Text)
		p.known, p.why = false, map[key]error{}
		p.clear()
	}
	if p.sought == "" {
		p.show()
		return
	}
	p.s.Flush()
	o := concord.Options{Exact: p.on[exact], Aside: p.on[aside], Context: around}
	if p.on[within] {
		o.Search = p.s.Query().Search
	}
	p.search = o.Search
	gen, say := p.gen, p.sought
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.busy.Start(i18n.T("concordance.busy"), 0, cancel)
	if !quiet {
		o.Each = p.handsOver(ctx, gen)
	}
	tell := p.s.Tells(ctx, p.busy)
	var version int64
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (f concord.Found, err error) {
		defer context.AfterFunc(closing, cancel)()
		if version, err = a.Version(ctx); err != nil {
			return f, err
		}
		return concord.Find(ctx, a, say, o, tell)
	}, func(f concord.Found, err error) {
		stopped := ctx.Err() != nil
		cancel()
		if gen != p.gen {
			return
		}
		p.stop = nil
		p.busy.Finish()
		p.found(f, version, err, stopped)
	})
	p.show()
}

// handsOver gives what takes lines from a search: what it was given since is listed, at
// most every 70 ms.
func (p *Page) handsOver(ctx context.Context, gen int) func([]concord.Line) {
	var some []concord.Line
	var last time.Time
	cfg := p.s.Config()
	return func(lines []concord.Line) {
		some = append(some, lines...)
		now := cfg.Now()
		if now.Sub(last) < tellEvery {
			return
		}
		last = now
		batch := some
		some = nil
		cfg.Do(func() {
			if ctx.Err() == nil && gen == p.gen {
				p.arrange(append(p.sorter.latest(p.lines), batch...))
			}
		})
	}
}

// found lists what a search has come to.
func (p *Page) found(f concord.Found, version int64, err error, stopped bool) {
	quiet := p.quiet
	p.quiet = false
	switch {
	case stopped || errors.Is(err, context.Canceled):
		p.fault = i18n.T("concordance.stopped")
	case err != nil:
		p.fault = "⚠ " + session.SearchFault(err)
	}
	if quiet && p.fault != "" {
		p.then, p.old = nil, true // what is listed stays
		p.show()
		return
	}
	p.known, p.more, p.version = true, f.More, version
	lines := f.Lines
	if quiet {
		lines = p.withRefused(lines)
	}
	p.arrange(lines)
	p.check(false)
}

// withRefused puts those of the lines that were refused, and are no longer found, back
// among them: their words have changed, which is why.
func (p *Page) withRefused(lines []concord.Line) []concord.Line {
	if len(p.why) == 0 {
		return lines
	}
	left, at := map[key]bool{}, keys(lines)
	for k := range p.why {
		left[k] = true
	}
	for i := range lines {
		delete(left, at(i))
	}
	at = keys(p.lines)
	n := len(lines)
	for i := range p.lines {
		if left[at(i)] {
			lines = append(lines, p.lines[i])
		}
	}
	if len(lines) > n {
		concord.Sort(lines, concord.ByPlace)
	}
	return lines
}

// check asks whether the archive has changed since the places were looked for. Where this
// session has changed it, or the page was not in sight meanwhile, they are looked for
// again; else the lines are said to be old.
func (p *Page) check(own bool) {
	if !p.s.Open() || p.sought == "" {
		return
	}
	p.own = p.own || own
	session.Read(p.s, &p.checks, func(ctx context.Context, a *storage.Archive) (int64, error) {
		return a.Version(ctx)
	}, func(now int64, err error) {
		own := p.own
		p.own = false
		switch {
		case err != nil || now == p.version:
		case own && p.known && !p.writing && !p.box.IsOpen():
			p.look(true, p.then)
		case (own || p.stop == nil) && p.known && !p.old:
			p.old = true
			p.tell()
		}
	})
}
