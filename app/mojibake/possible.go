package mojibake

// possible says, quickly, whether a mistake can be behind a place at all. Most can not.
func (f *finder) possible(p *pair, core, text []rune) bool {
	w, r := p.wrong(), p.right()
	if r.kind == singleKind {
		return hasC1(core) && !hasEast(text)
	}
	its, all, lossy := 0, 0, false
	for _, c := range core {
		switch {
		case c < 0x80:
			lossy = lossy || c == '?'
		case c == 0xFFFD || c == lacuna:
			lossy = true
		default:
			if all++; c < 0x10000 && (w.bytes[c] != 0 || len(w.more.at(c)) > 0 || len(folded().at(c)) > 0) {
				its++
			}
		}
	}
	if its == 0 || its*3 < all {
		return false
	}
	if r.kind == utf8Kind {
		return f.asUTF8(w, core) > 0
	}
	return lossy || f.asPairs(w, r, core)
}

func hasC1(text []rune) bool {
	for _, r := range text {
		if 0x80 <= r && r < 0xA0 {
			return true
		}
	}
	return false
}

// hasEast keeps C1 controls beside 汉字 out: what they were is not to be known.
func hasEast(text []rune) bool {
	for _, r := range text {
		if 0x2E80 <= r && r < 0xFFFD {
			return true
		}
	}
	return false
}

// asUTF8 counts the whole characters that are in the bytes of core.
func (f *finder) asUTF8(w *wrongCode, core []rune) int {
	whole, need := 0, 0
	take := func(b uint16) {
		switch {
		case need > 0 && isContinuation(b):
			if need--; need == 0 {
				whole++
			}
		case b >= 0xC2 && b <= 0xF4:
			probe := feed{}
			probe.push(b)
			need = int(probe.need()) - 1
		default:
			need = 0
		}
	}
	for _, c := range core {
		switch code := f.codeOf(w, c); {
		case c < 0x80 && need > 0:
			need-- // it may be folded, or lost
			if need == 0 {
				whole++
			}
		case c == 0xFFFD || c == lacuna:
			if need > 0 {
				if need--; need == 0 {
					whole++
				}
			}
		case code >= 0x100:
			take(code >> 8)
			take(code & 0xFF)
		default:
			take(code)
		}
	}
	return whole
}

func (f *finder) codeOf(w *wrongCode, c rune) uint16 {
	if c < 0x80 {
		return uint16(c)
	}
	if c >= 0x10000 {
		return 0
	}
	if code := w.bytes[c]; code != 0 {
		return code
	}
	for _, from := range folded().at(c) {
		if code := w.bytes[from]; code != 0 {
			return code
		}
	}
	if more := w.more.at(c); len(more) > 0 {
		return more[0]
	}
	return 0
}

// asPairs says whether core, read straight on, costs less than it does as it stands.
func (f *finder) asPairs(w *wrongCode, r *rightCode, core []rune) bool {
	before := f.m.text(0, core)
	d := feed{code: r}
	var after float32
	prev := rune(0)
	for _, c := range core {
		code := f.codeOf(w, c)
		d.nOut = 0
		if code >= 0x100 {
			d.take(code >> 8)
		}
		d.take(code & 0xFF)
		if d.bad {
			d = feed{code: r}
			after += lacunaToll
			continue
		}
		for _, o := range d.outs[:d.nOut] {
			if o.r == lacuna {
				after += lacunaToll
			} else {
				after += f.m.cost(prev, o.r)
			}
			prev = o.r
		}
		if after > before {
			return false
		}
	}
	return true
}
