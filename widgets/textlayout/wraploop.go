package textlayout

import "sync/atomic"

// place is a byte of a text and its code point. As a place where a row may end
// the zero place is none.
type place struct{ at, pos int }

// wrapper breaks one stretch of a text into rows.
type wrapper struct {
	l     *Layout
	rows  []Row
	lines []int32 // index in rows of the first row of each source line

	at    place // where it stands when run returns
	start int   // beginning of the row that is open then

	// cut, which may be nil, is called at the beginning of every row but the
	// first; true ends the run there.
	cut func(p place) bool
	// tick, which may be nil, is called from time to time with the bytes done
	// since; false ends the run.
	tick func(bytes int) bool

	// wide holds the advances of U+4E00 to U+9FFF as they come up: most of any
	// Chinese text, and asking for each takes as long as all the rest.
	wide *[0xA000 - 0x4E00]float32
}

const tickBytes = 256 << 10

// run breaks the text from a place, which begins a row, up to a byte. last says
// that the text ends there: its last row is closed, also when it is empty.
func (w *wrapper) run(from place, to int, last bool) {
	l := w.l
	p, s := &l.Params, l.Text.s
	var (
		i, pos     = from.at, from.pos
		start      = from.pos // beginning of the row
		x          float32
		prev, prep class // the last character, and the last that is no space
		legal      place // the last place where a row may end
		soft       place // the last place that keeps the rules on ends
		reported   = i
		stop, met  bool
	)
	if w.wide == nil {
		w.wide = new([0xA000 - 0x4E00]float32)
	}
	cut := func(c place) {
		w.rows = append(w.rows, Row{int32(start), int32(c.pos)})
		i, pos, start, x = c.at, c.pos, c.pos, 0
		prep, prev, legal, soft = cNone, cNone, place{}, place{}
		if w.tick != nil && i-reported >= tickBytes {
			stop = !w.tick(i - reported)
			reported = i
		}
	}
	for i < to && !stop {
		if prev == cIdeo && i+3 < to {
			// A run of ideographs, where a row may end anywhere.
			began := i
			var adv float32
			for i+3 < to {
				c, d := s[i], s[i+3]
				if !ideograph(s, i) || c == 0xE4 && s[i+1] < 0xB8 || (d < ' ' || d >= 0x7F) && !ideograph(s, i+3) {
					break
				}
				r := rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
				if adv = w.wide[r-0x4E00]; adv == 0 {
					adv = p.Advance(r)
					w.wide[r-0x4E00] = adv
				}
				if x+adv > p.Width {
					break
				}
				x += adv
				i += 3
			}
			if i > began {
				pos += (i - began) / 3
				legal = place{i - 3, pos - 1}
				prep = cIdeo
			}
		}
		c := next(s, i)
		if c.class == cNewline {
			cut(place{i + int(c.bytes), pos + int(c.runes)})
			w.lines = append(w.lines, int32(len(w.rows)))
			if w.cut != nil && w.cut(place{i, pos}) {
				met = true
				break
			}
			continue
		}
		if pos > start {
			if prev == cWord && c.class == cWord {
				soft = place{i, pos}
			} else if mayBreak(prep, prev, c.class) {
				legal = place{i, pos}
			} else if tolerable(prev, c.class) {
				soft = place{i, pos}
			}
		}
		var adv float32
		if c.class <= cDigit && c.runes == 1 && c.base != 0xAD { // most of any text, for speed
			if adv = p.Advance(c.base); c.base >= 0x300 && Invisible(c.base) {
				adv = 0
			}
		} else {
			adv = l.advance(i, c, x)
		}
		if x+adv > p.Width && pos > start && !c.class.space() {
			switch {
			case legal.at > 0:
				cut(legal)
			case soft.at > 0:
				cut(soft)
			default:
				cut(place{i, pos})
			}
			if w.cut != nil && w.cut(place{i, pos}) {
				met = true
				break
			}
			continue
		}
		x += adv
		if !c.class.space() {
			prep = c.class
		}
		prev = c.class
		i += int(c.bytes)
		pos += int(c.runes)
	}
	if last && i >= to && !met {
		w.rows = append(w.rows, Row{int32(start), int32(pos)})
		start = pos
	}
	w.at, w.start = place{i, pos}, start
	if w.tick != nil && !stop {
		w.tick(i - reported)
	}
}

// progress adds up what several goroutines have done.
type progress struct {
	bytes   atomic.Int64
	stopped atomic.Bool
}

func (p *progress) add(bytes int, tick func(int) bool) bool {
	n := p.bytes.Add(int64(bytes))
	if tick != nil && !tick(int(n)) {
		p.stopped.Store(true)
	}
	return !p.stopped.Load()
}
