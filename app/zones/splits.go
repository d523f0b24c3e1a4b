package zones

import (
	"cmp"
	"slices"
)

// A Split is a place where another document seems to begin.
type Split struct {
	At           int     // code point of the text: the beginning of the other document's first line
	Kind         string  // what begins there: "page", "document", "mail", "letter", "tail"
	Rule         string  // which rule found it, such as "title.labels"
	Confidence   float64 // from 0 to 1; under Doubtful a person would rather not be asked
	Alternatives []int   // other places where it may begin, in order; lines begin there too
}

// Doubtful is the confidence under which a split is as likely to be none.
const Doubtful = 0.5

// Splits gives the places where another document seems to begin, in order, never at the beginning or the end of the text.
// What of it was read in a wrong encoding is handed in, in any order. It may run on any goroutine.
func Splits(text string, damaged []Range) []Split {
	_, out := Look(text, damaged)
	return out
}

// Look is Furniture and Splits of one text.
func Look(text string, damaged []Range) ([]Zone, []Split) {
	p := read(text)
	p.furnish()
	found := p.furniture()
	p.damage(damaged)
	return found, p.splits()
}

// damage marks the lines of which at least four code points, or half, are damaged.
func (p *page) damage(damaged []Range) {
	damaged = slices.Clone(damaged)
	slices.SortFunc(damaged, func(a, b Range) int { return cmp.Compare(a.Start, b.Start) })
	d := 0
	for i := range p.lines {
		l := p.at(i)
		for d < len(damaged) && damaged[d].End <= l.start {
			d++
		}
		most := 0
		for j := d; j < len(damaged) && damaged[j].Start < l.end && j < d+8; j++ {
			most = max(most, min(damaged[j].End, l.end)-max(damaged[j].Start, l.start))
		}
		if most >= 4 || most > 0 && 2*most >= int(l.n) {
			l.set(damagedLine)
		}
	}
	p.countBodies()
}

// A border is a split with lines in place of code points.
type border struct {
	line       int
	kind, rule string
	confidence float64
	others     []int // lines
}

// splits asks every rule, and makes one split of what they say of the same place.
func (p *page) splits() []Split {
	var all []border
	for _, rule := range []func() []border{p.titles, p.numbers, p.mails, p.letters, p.counts, p.heads, p.closings, p.feeds} {
		all = append(all, rule()...)
	}
	all = slices.DeleteFunc(all, func(b border) bool { return b.line <= 0 || b.line >= len(p.lines) || p.lines[b.line].start == 0 })
	slices.SortStableFunc(all, func(a, b border) int { return cmp.Compare(a.line, b.line) })
	for i := range all {
		all[i].confidence = p.weigh(all[i])
	}
	var out []Split
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && p.lines[all[to].line].bodies == p.lines[all[from].line].bodies {
			to++
		}
		if s, ok := p.split(all[from:to]); ok {
			out = append(out, s)
		}
		from = to
	}
	return out
}

// weigh looks at what stands around a border: an attachment belongs to its document, and a form feed or a closing before
// it makes it surer.
func (p *page) weigh(b border) float64 {
	c := b.confidence
	if p.lines[b.line].is(feedBefore) && b.rule != "feed.title" {
		c = min(c+0.05, 0.98)
	}
	for i := b.line; i >= b.line-3; i-- {
		if l := p.at(i); l != nil && isAttachment(l.text) {
			return min(c, 0.3)
		}
	}
	return c
}

// split makes one of the borders between which there is no running text. The surest counts, the first of equals.
func (p *page) split(same []border) (Split, bool) {
	best := same[0]
	for _, b := range same[1:] {
		if b.confidence > best.confidence {
			best = b
		}
	}
	s := Split{At: p.lines[best.line].start, Kind: best.kind, Rule: best.rule, Confidence: best.confidence}
	for _, b := range same {
		for _, line := range append(b.others, b.line) {
			if at := p.startOf(line); at > 0 && at != s.At {
				s.Alternatives = append(s.Alternatives, at)
			}
		}
	}
	slices.Sort(s.Alternatives)
	s.Alternatives = slices.Compact(s.Alternatives)
	return s, s.At > 0
}

func (p *page) startOf(i int) int {
	if i <= 0 || i >= len(p.lines) {
		return 0
	}
	return p.lines[i].start
}

// since says whether there is running text in [from, to).
func (p *page) since(from, to int) bool { return p.bodiesBefore(to) > p.bodiesBefore(from) }

// bodiesBefore is how many lines of running text there are before line i.
func (p *page) bodiesBefore(i int) int32 {
	if i < len(p.lines) {
		return p.at(i).bodies
	}
	if len(p.lines) == 0 {
		return 0
	}
	l := p.at(len(p.lines) - 1)
	if l.body() {
		return l.bodies + 1
	}
	return l.bodies
}
