package mojibake

const (
	pad      = 24 // characters about a suspicious place that are looked at too
	longest  = 400
	patience = 20000 // characters that are looked at in vain before a place has to be very suspicious
	suspect  = 7     // bits that a place must cost too much
	suspect2 = 3     // the same where a mistake is proven
	usualHan = 11    // bits that a 汉字 may cost
)

// windows are the places of a line that cost more than text should: {core, core end, from, to}.
func (f *finder) windows(text []rune, from, to int, again bool) [][4]int {
	var out [][4]int
	limit := float32(suspect)
	if f.wasted > 8*patience && len(f.taken) == 0 {
		return nil
	}
	if f.wasted > patience {
		limit = 4 * suspect
	}
	if again {
		limit = suspect2
	}
	prev, sum, start, high, peak := rune(0), float32(0), -1, -1, float32(0)
	flush := func(start, high int, peak float32) {
		if start >= 0 && peak >= limit {
			out = addWindow(out, start, high+1, from, to)
		}
	}
	before := infoOf(f.m.info, prev)
	for i := from; i < to; i++ {
		r := text[i]
		in := infoOf(f.m.info, r)
		if r == lacuna {
			prev, before = r, in
			continue // what is known to be lost
		}
		if sum == 0 && in.class == han && before.class == han && in.bits <= common && isHan(r) {
			prev, before = r, in
			continue // most of a Chinese text: wherever it stands, it costs no more than is usual
		}
		sum += f.m.costOf(prev, r, before, in) - usual(r, in.class)
		prev, before = r, in
		if sum <= 0 {
			if start >= 0 {
				flush(start, high, peak)
			}
			sum, start = 0, -1
			continue
		}
		if start < 0 {
			start, peak = i, 0
		}
		if sum > peak {
			peak, high = sum, i
		}
		if peak > sum+4*suspect { // what follows is well
			flush(start, high, peak)
			sum, start = 0, -1
		}
	}
	flush(start, high, peak)
	return out
}

// common is what a 汉字 costs by itself, in eighths of a bit, that cannot cost more than is usual.
const common = (usualHan - dearest) * 8

// usual is what a character may cost before it is suspicious.
func usual(r rune, c class) float32 {
	switch {
	case c == han:
		return usualHan
	case r < 0x80:
		return 8
	case c == hira, c == kata, c == hangul, c == cjkMark:
		return 9
	}
	return 7
}

// chart says whether a stretch lists characters by their numbers, as tables of codes do.
func chart(text []rune) bool {
	prev, all, rising := rune(0), 0, 0
	for _, r := range text {
		if r < 0x80 || r == 0xFFFD {
			continue
		}
		all++
		if r == prev+1 || r == prev+2 {
			rising++
		}
		prev = r
	}
	return rising >= 4 && rising*3 >= all
}

func addWindow(out [][4]int, start, end, from, to int) [][4]int {
	w := [4]int{start, end, max(from, start-pad), min(to, end+pad)}
	if n := len(out); n > 0 && w[2] <= out[n-1][3] && end-out[n-1][0] < longest {
		out[n-1][1], out[n-1][3] = end, w[3]
		return out
	}
	for w[1]-w[0] > longest {
		out = append(out, [4]int{w[0], w[0] + longest, w[2], w[0] + longest})
		w[0] += longest
		w[2] = w[0]
	}
	return append(out, w)
}
