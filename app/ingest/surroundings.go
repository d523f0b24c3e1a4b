package ingest

// Surroundings are what the ASCII of a sample says about the rest of it.
type surroundings struct {
	mark     []bool // the bytes that count: those outside ASCII, and what stands right behind one
	switches int    // words outside ASCII with a word of ASCII beside them: few languages of other scripts do that
	pairs    [27][27]int
	said     map[string]int
}

// ASCII words argue for a language with a quarter of what they say, and with no more than mostSaid: a page in Latin
// letters may quote another language.
const (
	mostSaid   = 12 * nat
	switchCost = 3 * nat
)

func surroundingsOf(part []byte) *surroundings {
	c := &surroundings{mark: make([]bool, len(part))}
	inTag := false
	last := 0
	for i, b := range part {
		c.mark[i] = b >= 0x80 || i > 0 && part[i-1] >= 0x80
		switch {
		case b == '<':
			inTag = true
		case b == '>' || b == '\n':
			inTag = false
		}
		k := 0
		if isASCIILetter(rune(b)) {
			k = int(b|0x20) - 'a' + 1
		}
		if b < 0x80 && !c.mark[i] && !inTag && last >= 0 && k+last > 0 {
			c.pairs[last][k]++
		}
		last = k
		if b >= 0x80 {
			last = -1
			if !inTag {
				c.switches += c.switchAt(part, i)
			}
		}
	}
	return c
}

// switchAt counts the words of ASCII on either side of a run of bytes outside it, at its first byte and at its last.
func (c *surroundings) switchAt(part []byte, i int) int {
	n := 0
	if i > 1 && part[i-1] == ' ' && isASCIILetter(rune(part[i-2])) {
		n++
	}
	if i+2 < len(part) && part[i+1] == ' ' && isASCIILetter(rune(part[i+2])) {
		n++
	}
	return n
}

// against is what the words of ASCII, and those beside, cost a language.
func (c *surroundings) against(a *alphabet) int {
	if !a.latin() {
		return c.switches * switchCost
	}
	if c.said == nil {
		c.said = map[string]int{}
		least := -1
		for lang, other := range alphabets() {
			if other.latin() {
				c.said[lang] = c.words(other)
				if least < 0 || c.said[lang] < least {
					least = c.said[lang]
				}
			}
		}
		for lang := range c.said {
			c.said[lang] = min((c.said[lang]-least)/4, mostSaid)
		}
	}
	return c.said[a.lang]
}

// words is what the words of ASCII cost in a language.
func (c *surroundings) words(a *alphabet) int {
	cost := 0
	for p := range 27 {
		for k := range 27 {
			if n := c.pairs[p][k]; n > 0 {
				cost += n * a.follow(a.ascii[p], a.ascii[k])
			}
		}
	}
	return cost
}
