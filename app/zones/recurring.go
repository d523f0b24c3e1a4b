package zones

import (
	"slices"
	"strings"
)

// Which lines a Counter counts, and when they recur.
const (
	endLines      = 64      // only so many from each end of a text are counted
	mostCounted   = 1 << 16 // at once; those that are rare give way
	mostVersions  = 1 << 16 // texts that are remembered, so that versions of one count once
	fewestTexts   = 8       // in fewer texts nothing recurs
	longestRecurs = 60      // code points of a line that may
	nearby        = 3       // lines from an end of the text, or from another that recurs
)

// Share is in how many of the texts of a set a line stands that is taken for furniture: a quarter.
const Share = 0.25

// A Counter counts the lines that recur in the texts of a set, each once a text. What it holds is bounded however many
// texts are added (some 65,000 counts and as many marks of texts, about 5 MB), and a line that stands in a share of the
// texts is never lost from it: at most 128 lines of a text are counted, and where there are too many different ones,
// all are counted down by one and those at none forgotten (Misra and Gries, 1982), so that a count is at most one in 512
// texts too low, and never too high. The zero Counter is ready. It is for one goroutine.
//
// Versions of one document (texts whose two longest paragraphs are the same) count once, or eight drafts would make
// their own words furniture.
type Counter struct {
	texts    int
	counts   map[uint64]uint32
	versions map[uint64]struct{}
	order    []uint64 // versions, the oldest at next
	next     int
}

// Noted is what a Counter counts of a text, at most 128 numbers. The zero Noted is that of an empty text.
type Noted struct {
	version uint64 // the same in all versions of a text; 0 where it has no lines
	lines   []uint64
}

// Note reads a text for a Counter: most of the work of counting it, for any goroutine.
func Note(text string) (n Noted) {
	p := read(text)
	if len(p.lines) == 0 {
		return n
	}
	n.version = p.version(text)
	for i := range p.lines {
		if i >= endLines && i < len(p.lines)-endLines {
			continue
		}
		if h := p.recurring(i); h != 0 {
			n.lines = append(n.lines, h)
		}
	}
	slices.Sort(n.lines)
	n.lines = slices.Compact(n.lines)
	return n
}

// Add counts the lines of a text.
func (c *Counter) Add(n Noted) {
	if c.counts == nil {
		c.counts, c.versions = map[uint64]uint32{}, map[uint64]struct{}{}
	}
	if n.version == 0 || c.known(n.version) {
		return
	}
	c.texts++
	for _, h := range n.lines {
		c.count(h)
	}
}

func (c *Counter) count(h uint64) {
	if n, ok := c.counts[h]; ok || len(c.counts) < mostCounted {
		c.counts[h] = n + 1
		return
	}
	for other, n := range c.counts {
		if n == 1 {
			delete(c.counts, other)
		} else {
			c.counts[other] = n - 1
		}
	}
}

// version is a number that versions of one text share; never 0.
func (p *page) version(text string) uint64 {
	const paragraph = 40 // code points
	var long [2]*line
	for i := range p.lines {
		switch l := &p.lines[i]; {
		case l.n < paragraph:
		case long[0] == nil || l.n > long[0].n:
			long[0], long[1] = l, long[0]
		case long[1] == nil || l.n > long[1].n:
			long[1] = l
		}
	}
	if long[1] != nil {
		return max(hash(long[0].text)*31+hash(long[1].text), 1)
	}
	return hash(text)
}

// known says whether a version of a text has been counted, and remembers it.
func (c *Counter) known(h uint64) bool {
	if _, ok := c.versions[h]; ok {
		return true
	}
	if len(c.order) < mostVersions {
		c.order = append(c.order, h)
	} else {
		delete(c.versions, c.order[c.next])
		c.order[c.next] = h
		c.next = (c.next + 1) % mostVersions
	}
	c.versions[h] = struct{}{}
	return false
}

// Recurrent is the lines that recur in a set of texts. It does not change and may be used on any goroutine.
type Recurrent struct{ lines map[uint64]struct{} }

// Lines gives the lines that stand in at least the share of the texts, Share where it is smaller than that or not a
// share; none where there are fewer than eight texts.
func (c *Counter) Lines(share float64) Recurrent {
	r := Recurrent{map[uint64]struct{}{}}
	if !(share >= Share && share <= 1) {
		share = Share
	}
	if c.texts < fewestTexts {
		return r
	}
	for h, n := range c.counts {
		if float64(n) >= share*float64(c.texts) {
			r.lines[h] = struct{}{}
		}
	}
	return r
}

// Len is how many lines recur.
func (r Recurrent) Len() int { return len(r.lines) }

// Mark gives the lines of a text that recur in its set, in order: those that stand near an end of it or next to one that
// does. Elsewhere the same words belong to the document.
func (r Recurrent) Mark(text string) []Zone {
	if len(r.lines) == 0 {
		return nil
	}
	p := read(text)
	near := -1 // the last line that counts
	for i := range min(endLines, len(p.lines)) {
		if i-near <= nearby && r.marks(p, i) {
			near = i
		}
	}
	near = len(p.lines)
	for i := len(p.lines) - 1; i >= max(0, len(p.lines)-endLines); i-- {
		if near-i <= nearby && (p.lines[i].is(furnished) || r.marks(p, i)) {
			near = i
		}
	}
	return p.furniture()
}

// marks makes line i furniture if it recurs.
func (r Recurrent) marks(p *page, i int) bool {
	if h := p.recurring(i); h == 0 {
		return false
	} else if _, ok := r.lines[h]; !ok {
		return false
	}
	l := p.at(i)
	l.kind, l.rule = recurringKind, recurs
	l.set(furnished)
	return true
}

// formulas begin lines that recur because documents are written so.
var formulas = []string{"此致", "敬礼", "特此", "附件", "附：", "附:", "妥否", "当否", "主送", "抄送", "抄报", "印发", "签发", "以上", "如下", "此复", "目录", "前言", "序", "总则", "附则", "摘要", "结论", "参考文献", "正文", "引言",
	"dear ", "yours ", "sincerely", "best regards", "kind regards", "regards", "to whom", "sir", "madam", "abstract", "introduction", "references", "conclusion", "minutes", "agenda", "contents", "summary", "signed"}

// recurring gives the hash of line i if it is one that may recur as furniture, else 0. Sentences, headings with a number,
// forms of address, formulas and who signs are parts of documents however often they recur.
func (p *page) recurring(i int) uint64 {
	l := p.at(i)
	if l.n > longestRecurs || l.n < 2 || l.is(sentence|running) || isNumbered(l.text) || isDate(l.text) ||
		strings.HasSuffix(l.text, "：") || strings.HasSuffix(l.text, ":") || strings.HasSuffix(l.text, ",") || strings.HasSuffix(l.text, "，") {
		return 0
	}
	for _, f := range formulas {
		if len(l.text) >= len(f) && strings.EqualFold(l.text[:len(f)], f) {
			return 0
		}
	}
	if next := p.at(i + 1); l.bodies > 0 && next != nil && isDate(next.text) && p.signed(i+1) {
		return 0
	}
	return hash(l.text)
}

// hash gives a number for a line as it is compared with others (FNV-1a over what fold would give); never 0.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range s {
		if r = foldRune(r); r >= 0 {
			h = (h ^ uint64(r)) * 1099511628211
		}
	}
	return max(h^h>>29, 1)
}
