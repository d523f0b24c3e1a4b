package mojibake

import (
	"slices"
	"sync"
	"unicode/utf8"
)

// A lost character leaves what bytes of it remain, its neighbours, and the rest of the archive. candidates orders the
// characters that the bytes allow by how well they fit between the two neighbours.

// most is how many candidates a lacuna has.
const most = 8

type ranked struct {
	r    rune
	cost float32
}

// A hole is a lacuna with its surroundings.
type hole struct {
	out
	before rune // 0 at an edge, lacuna where it is lost too
	after  rune
	wrong  *wrongCode
	right  *rightCode
}

// fill gives each lacuna of a piece its candidates.
func (f *finder) fill(p piece, into []Lacuna) {
	last := p.steps[0]
	for i := range into {
		at := into[i].At
		h := hole{out: p.outs[at], wrong: last.wrong(), right: last.right(), before: f.at(p.start - 1), after: f.at(p.end)}
		if at > 0 {
			h.before = p.outs[at-1].r
		}
		if at+1 < len(p.outs) {
			h.after = p.outs[at+1].r
		}
		into[i].Candidates = f.candidates(h)
	}
}

func (f *finder) at(i int) rune {
	if i < 0 || i >= len(f.text) {
		return 0
	}
	return f.text[i]
}

// candidates gives the best few, the best first.
func (f *finder) candidates(h hole) []string {
	if known, ok := f.known[h]; ok {
		return known
	}
	var best []ranked
	for _, r := range f.allowed(h) {
		in := infoOf(f.m.info, r)
		if in.bits > rare {
			continue
		}
		c := ranked{r, f.m.fit(h.before, r)}
		if len(best) == most && c.cost >= best[most-1].cost {
			continue
		}
		if c.cost += f.m.fit(r, h.after); h.belied(r) {
			c.cost += beliedToll
		}
		best = insert(best, c)
	}
	out := make([]string, len(best))
	for i, c := range best {
		out[i] = string(c.r)
	}
	if f.known == nil {
		f.known = map[hole][]string{}
	}
	f.known[h] = out
	return out
}

// shape is what decides which characters are allowed.
type shape struct {
	p     pending
	right *rightCode
}

func (f *finder) allowed(h hole) []rune {
	key := shape{h.p, h.right}
	known, ok := f.shapes[key]
	if !ok {
		if f.shapes == nil {
			f.shapes = map[shape][]rune{}
		}
		known = h.allowed()
		f.shapes[key] = known
	}
	return known
}

// insert keeps the best in their order.
func insert(best []ranked, c ranked) []ranked {
	at := len(best)
	for at > 0 && best[at-1].cost > c.cost {
		at--
	}
	if at == most {
		return best
	}
	if len(best) == most {
		best = best[:most-1]
	}
	return slices.Insert(best, at, c)
}

// rare is what a character costs, in eighths of a bit, that is no candidate.
const rare = 20 * 8

// plausible are the characters of the basic plane that can be candidates, in order.
var plausible = sync.OnceValue(func() []rune {
	var out []rune
	for r, in := range infos() {
		if r >= 0x80 && in.bits <= 17*8+4 && in.class != control {
			out = append(out, rune(r))
		}
	}
	return out
})

// beliedToll is for a candidate whose lost bytes the wrong encoding would have read as a character: they would be there.
const beliedToll = 7

// belied says that the bytes of r that are missing would not have been lost.
func (h *hole) belied(r rune) bool {
	var buf [4]byte
	if h.right.kind != utf8Kind || h.wrong.single || h.p.n == 0 {
		return false
	}
	n := utf8.EncodeRune(buf[:], r)
	known := 0
	for known < int(h.p.n) && !isUnknown(h.p.b[known]) {
		known++
	}
	lost := buf[known:n]
	switch {
	case known == 0 || slices.ContainsFunc(h.p.b[known:h.p.n], func(x uint16) bool { return !isUnknown(x) }):
		return false
	case len(lost) >= 2:
		return h.wrong.valid[uint16(lost[0])<<8|uint16(lost[1])]
	case len(lost) == 1 && h.next != 0:
		return h.wrong.valid[uint16(lost[0])<<8|h.next]
	}
	return false
}

// allowed gives the characters that have the bytes which are known.
func (h *hole) allowed() []rune {
	if h.right.kind == utf8Kind {
		return h.allowedUTF8()
	}
	var out []rune
	if h.right.name == eucJP && h.p.b[0] == 0x8F {
		for code, r := range h.right.plane {
			if r != 0 && fitsByte(h.p, 1, code>>8) && fitsByte(h.p, 2, code&0xFF) {
				out = append(out, rune(r))
			}
		}
		return out
	}
	for code, r := range h.right.pairs {
		if r != 0 && fitsByte(h.p, 0, code>>8) && fitsByte(h.p, 1, code&0xFF) {
			out = append(out, rune(r))
		}
	}
	return out
}

func fitsByte(p pending, i, b int) bool {
	return i >= int(p.n) || isUnknown(p.b[i]) || int(p.b[i]) == b
}

func (h *hole) allowedUTF8() []rune {
	var out []rune
	from, to := rune(0x80), rune(0xFFFF)
	if lead := h.p.b[0]; !isUnknown(lead) {
		switch {
		case lead < 0xE0:
			from, to = rune(lead&0x1F)<<6, rune(lead&0x1F)<<6|0x3F
		case lead < 0xF0:
			from, to = rune(lead&0x0F)<<12, rune(lead&0x0F)<<12|0xFFF
		default:
			from, to = 0x1F300, 0x1FAFF
		}
	}
	if from > 0xFFFF || to < 0x800 {
		for r := max(from, 0x80); r <= to; r++ {
			if h.has(r) {
				out = append(out, r)
			}
		}
		return out
	}
	all := plausible()
	at, _ := slices.BinarySearch(all, from)
	for ; at < len(all) && all[at] <= to; at++ {
		if h.has(all[at]) {
			out = append(out, all[at])
		}
	}
	return out
}

// has says whether the bytes of r are the known ones in their order, with the missing ones at the end or, where they
// left no trace, wherever a character of the wrong encoding ended.
func (h *hole) has(r rune) bool {
	var buf [4]byte
	n := utf8.EncodeRune(buf[:], r)
	for at := 1; at <= int(h.p.n); at++ {
		lost := n - int(h.p.n)
		if lost < 0 || lost == 0 && at < int(h.p.n) || at < int(h.p.n) && (h.p.cut&(1<<at) == 0 || traced(h.p)) {
			continue
		}
		ok := true
		for i := 0; ok && i < int(h.p.n); i++ {
			k := i
			if i >= at {
				k += lost
			}
			ok = fitsByte(h.p, i, int(buf[k]))
		}
		if ok {
			return true
		}
	}
	return false
}
