package mojibake

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Run is a stretch of a text that does not say what was written.
type Run struct {
	Start, End int    // code points of the text
	Source     string // what stands there
	Reading    string // what it would read; a lost character is ▯
	Wrong      string // the encoding it was read in
	Right      string // the encoding it was written in
	Recipe     string // "utf-8 read as gbk", and what else happened
	Bytes      string // what was read wrongly, in hexadecimal; ?? where a byte is not there
	Confidence float64
	Lacunae    []Lacuna
	Lost       bool // nothing can be recovered
}

// A Lacuna is a character whose bytes are not all there.
type Lacuna struct {
	At         int    // code points of the reading
	Bytes      string // "e4b8??"; "" where nothing is known
	Candidates []string
}

// A room is where a text lies while it is looked through, and what is searched in it.
type room struct {
	text   []rune
	mask   []bool
	search search
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// roomKept is how many code points a room has at most that is used again.
const roomKept = 1 << 18

// Find gives the runs of a text in order. s may be nil.
func Find(text string, s *Statistics) []Run {
	room := rooms.Get().(*room)
	room.text = runesOf(text, room.text[:0])
	room.mask = append(room.mask[:0], make([]bool, len(room.text))...)
	f := &finder{m: newModel(s), text: room.text, mask: room.mask, proof: map[*pair]float32{}, s: room.search}
	defer func() {
		if cap(room.text) <= roomKept {
			room.search = search{nodes: f.s.nodes, hyps: f.s.hyps, next: f.s.next, opts: f.s.opts}
			rooms.Put(room)
		}
	}()
	lost := lostRuns(f.text)
	for _, again := range []bool{false, true} {
		if again && !f.anyProven() {
			break
		}
		f.lines(lost, again)
	}
	slices.SortFunc(f.taken, func(a, b piece) int { return a.start - b.start })
	runs := make([]Run, 0, len(f.taken)+len(lost))
	f.learn()
	for _, p := range f.taken {
		runs = append(runs, f.run(p))
	}
	runs = append(runs, lost...)
	runs = append(runs, f.gaps()...)
	slices.SortFunc(runs, func(a, b Run) int { return a.Start - b.Start })
	return runs
}

// runesOf adds []rune(text) to out: that takes three times as long where most of it is Chinese.
func runesOf(text string, out []rune) []rune {
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i]&0xC0 != 0x80 {
			n++
		}
	}
	out = slices.Grow(out, n)
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c < utf8.RuneSelf:
			out = append(out, rune(c))
			i++
		case 0xE3 <= c && c <= 0xE9 && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80:
			out = append(out, rune(c&0xF)<<12|rune(text[i+1]&0x3F)<<6|rune(text[i+2]&0x3F))
			i += 3
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			out = append(out, r)
			i += size
		}
	}
	return out
}

func (f *finder) anyProven() bool {
	for _, won := range f.proof {
		if won >= proven {
			return true
		}
	}
	return false
}

// lines looks at the text between line breaks and what is lost anyway.
func (f *finder) lines(lost []Run, again bool) {
	from := 0
	for i, r := range f.text {
		if r == '\n' {
			f.line(from, i, again)
			from = i + 1
		}
		if len(lost) > 0 && i == lost[0].Start {
			f.line(from, i, again)
		}
		if len(lost) > 0 && i+1 == lost[0].End {
			from = i + 1
			lost = lost[1:]
		}
	}
	f.line(from, len(f.text), again)
}

func (f *finder) run(p piece) Run {
	r := Run{Start: p.start, End: p.end, Source: string(f.text[p.start:p.end]), Bytes: hexOf(p.bytes), Confidence: sure(p.gain)}
	r.Wrong, r.Right, r.Recipe = recipe(p.steps, r.Source)
	var b strings.Builder
	for at, o := range p.outs {
		b.WriteRune(o.r)
		if o.r == lacuna && o.p.n > 0 {
			r.Lacunae = append(r.Lacunae, Lacuna{At: at, Bytes: hexOf(o.p.whole(p.steps[0].right()))})
		}
	}
	r.Reading = b.String()
	f.fill(p, r.Lacunae)
	return r
}

// learn counts the text itself, with what its pieces read, where there is a lacuna: its own words fit best.
func (f *finder) learn() {
	var b strings.Builder
	gaps := false
	for _, p := range f.taken {
		for _, o := range p.outs {
			b.WriteRune(o.r)
			gaps = gaps || o.r == lacuna
		}
		b.WriteByte('\n')
	}
	if gaps {
		f.m.doc = newCounts()
		f.m.doc.add(string(f.text), 1)
		f.m.doc.add(b.String(), 1)
	}
}

// sure makes of bits won a confidence: half at none, 0.97 at 20.
func sure(gain float32) float64 {
	return math.Round(100*min(0.99, 1/(1+math.Exp(-float64(gain)/5.5)))) / 100
}

// recipe names the mistakes, the first that was made last.
func recipe(steps []*pair, source string) (wrong, right, words string) {
	var parts []string
	for i, s := range steps {
		w, r := s.wrong().name, s.right().name
		if w == latin && (i < len(steps)-1 || !strings.ContainsFunc(source, func(c rune) bool { return c > 0xFF })) && hasC1([]rune(source)) {
			w = iso1
		}
		if i == 0 {
			wrong, right = w, r
		}
		parts = append(parts, r+" read as "+w)
	}
	return wrong, right, strings.Join(parts, ", then ")
}

const hexDigits = "0123456789abcdef"

func hexOf(bytes []uint16) string {
	var b strings.Builder
	for _, x := range bytes {
		if x == dropped {
			continue // nobody knows how many there were
		}
		if isUnknown(x) {
			b.WriteString("??")
		} else {
			b.WriteByte(hexDigits[x>>4])
			b.WriteByte(hexDigits[x&15])
		}
	}
	return b.String()
}

// whole is what is known of a character, with a place for every byte that its encoding wants.
func (p pending) whole(c *rightCode) []uint16 {
	n := uint8(2)
	if c.kind == utf8Kind {
		f := feed{pending: p}
		n = min(f.need(), 4)
	}
	out := slices.DeleteFunc(slices.Clone(p.b[:p.n]), func(x uint16) bool { return x == dropped && c.kind == utf8Kind })
	if p.b[0] == dropped {
		out = append([]uint16{missing}, out...)
	}
	for len(out) < int(n) {
		out = append(out, missing)
	}
	return out
}

// Apply gives the text as it would read. Runs are as Find gives them; those that are lost stay as they are.
func Apply(text string, runs []Run) string {
	source := []rune(text)
	var b strings.Builder
	at := 0
	for _, r := range runs {
		if r.Lost || r.Start < at || r.End > len(source) {
			continue
		}
		b.WriteString(string(source[at:r.Start]))
		b.WriteString(r.Reading)
		at = r.End
	}
	b.WriteString(string(source[at:]))
	return b.String()
}
