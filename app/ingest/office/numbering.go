package office

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// levels is how many levels a list of Office Open XML has.
const levels = 9

// A level of a list says what stands before its paragraphs.
type level struct {
	start  int
	format string // ST_NumberFormat, or custom:001, 002, …
	text   string // with %1 … %9 where the numbers of levels stand
	suffix string // tab, space, nothing
	font   string // of the marker
	style  string // the paragraph style that has this level
	legal  bool   // all numbers in figures
	after  int    // the level (from 1) whose next paragraph starts this one again, 0 none, -1 any above
}

// An abstract list is what lists (nums) share, their counters too.
type abstract struct {
	levels [levels]*level
	link   string // the style that has the levels instead
	counts [levels]int
	used   [levels]bool
}

// A num is a list that paragraphs name.
type num struct {
	abstract string
	starts   map[int]int    // levels that begin at another number, once
	levels   map[int]*level // levels that are others
	begun    [levels]bool   // whose start was applied
}

// numbering is the lists of a document and the styles that put paragraphs into them.
type numbering struct {
	abstracts map[string]*abstract
	byLink    map[string]*abstract
	nums      map[string]*num
	styles    map[string]style
	plain     string // the style of paragraphs that name none
}

// A style is what of a paragraph style concerns lists.
type style struct{ based, num, level string }

func (p *pack) readStyles(part string, n *numbering) error {
	c, err := p.xml(part)
	if err != nil {
		return err
	}
	if _, err = c.root(); err != nil {
		return err
	}
	return c.each(func(s xml.StartElement) error {
		if c.el(s.Name) != "w:style" || len(n.styles) > maxRule {
			return c.skip()
		}
		id, st := c.attr(s, "w:styleId"), style{}
		if c.attr(s, "w:type") == "paragraph" && on(c.attr(s, "w:default"), false) {
			n.plain = id
		}
		err := c.each(func(s xml.StartElement) error {
			switch c.el(s.Name) {
			case "w:basedOn":
				st.based = c.attr(s, "w:val")
			case "w:pPr":
				return c.each(func(s xml.StartElement) error {
					if c.el(s.Name) == "w:numPr" {
						var err error
						st.num, st.level, err = c.numPr()
						return err
					}
					return c.skip()
				})
			}
			return c.skip()
		})
		n.styles[id] = st
		return err
	})
}

// numPr reads w:numPr: the list that a paragraph or a style is in, and the level.
func (c *cursor) numPr() (num, level string, err error) {
	err = c.each(func(s xml.StartElement) error {
		switch c.el(s.Name) {
		case "w:numId":
			num = c.attr(s, "w:val")
		case "w:ilvl":
			level = c.attr(s, "w:val")
		}
		return c.skip()
	})
	return
}

func (p *pack) readNumbering(part string, n *numbering) error {
	c, err := p.xml(part)
	if err != nil {
		return err
	}
	if _, err = c.root(); err != nil {
		return err
	}
	return c.each(func(s xml.StartElement) error {
		switch name := c.el(s.Name); {
		case name == "w:abstractNum" && len(n.abstracts) < maxRule:
			return c.abstract(c.attr(s, "w:abstractNumId"), n)
		case name == "w:num" && len(n.nums) < maxRule:
			l := &num{starts: map[int]int{}, levels: map[int]*level{}}
			n.nums[c.attr(s, "w:numId")] = l
			return c.num(l)
		}
		return c.skip()
	})
}

func (c *cursor) abstract(id string, n *numbering) error {
	a := &abstract{}
	n.abstracts[id] = a
	return c.each(func(s xml.StartElement) error {
		switch c.el(s.Name) {
		case "w:lvl":
			l, err := c.level()
			if i := levelOf(c.attr(s, "w:ilvl")); i >= 0 {
				a.levels[i] = l
			}
			return err
		case "w:numStyleLink":
			a.link = c.attr(s, "w:val")
		case "w:styleLink":
			n.byLink[c.attr(s, "w:val")] = a
		}
		return c.skip()
	})
}

func (c *cursor) num(l *num) error {
	return c.each(func(s xml.StartElement) error {
		switch c.el(s.Name) {
		case "w:abstractNumId":
			l.abstract = c.attr(s, "w:val")
		case "w:lvlOverride":
			i := levelOf(c.attr(s, "w:ilvl"))
			return c.each(func(s xml.StartElement) error {
				switch name := c.el(s.Name); {
				case name == "w:startOverride" && i >= 0:
					l.starts[i] = number(c.attr(s, "w:val"), 1)
				case name == "w:lvl" && i >= 0:
					var err error
					l.levels[i], err = c.level()
					return err
				}
				return c.skip()
			})
		}
		return c.skip()
	})
}

func (c *cursor) level() (*level, error) {
	l := &level{start: 0, format: "decimal", after: -1}
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		v := c.attr(s, "w:val")
		switch c.el(s.Name) {
		case "w:start":
			l.start = number(v, 1)
		case "w:numFmt":
			if l.format = v; v == "custom" {
				l.format = "custom:" + c.attr(s, "w:format")
			}
		case "w:lvlText":
			l.text = v
		case "w:suff":
			l.suffix = v
		case "w:isLgl":
			l.legal = on(v, true)
		case "w:lvlRestart":
			l.after = number(v, -1)
		case "w:pStyle":
			l.style = v
		case "w:rFonts":
			l.font = c.attr(s, "w:ascii")
		case "w:rPr", "mc:AlternateContent", "mc:Choice":
			return c.each(in)
		}
		return c.skip()
	}
	return l, c.each(in)
}

// place gives the list and the level of a paragraph by its style and what it says itself; the list is nil where it is
// in none.
func (n *numbering) place(styleID, numID, lvl string) (*num, *abstract, int) {
	if styleID == "" {
		styleID = n.plain
	}
	from := ""
	for id, deep := styleID, 0; deep < 64 && (numID == "" || lvl == "") && id != ""; deep++ {
		s, ok := n.styles[id]
		if !ok {
			break
		}
		if numID == "" && s.num != "" {
			numID, from = s.num, id
		}
		if lvl == "" && from != "" {
			lvl = s.level
		}
		id = s.based
	}
	l := n.nums[numID]
	if l == nil || numID == "0" {
		return nil, nil, 0
	}
	a := n.abstracts[l.abstract]
	for deep := 0; a != nil && a.link != "" && deep < 8; deep++ {
		b := n.byLink[a.link]
		if b == nil {
			if via := n.nums[n.styles[a.link].num]; via != nil {
				b = n.abstracts[via.abstract]
			}
		}
		if b == nil || b == a {
			break
		}
		a = b
	}
	if a == nil {
		return nil, nil, 0
	}
	if from != "" {
		for i, v := range a.levels {
			if v != nil && v.style == from {
				return l, a, i
			}
		}
	}
	return l, a, max(levelOf(lvl), 0)
}

// marker counts a paragraph and gives what stands before it, with the space after it; "" where nothing does.
func (n *numbering) marker(styleID, numID, lvl string) string {
	l, a, i := n.place(styleID, numID, lvl)
	if l == nil {
		return ""
	}
	v := l.level(a, i)
	if v == nil {
		return ""
	}
	start, given := l.starts[i]
	switch {
	case given && !l.begun[i]:
		a.counts[i], a.used[i], l.begun[i] = start, true, true
	case !a.used[i]:
		if !given {
			start = v.start
		}
		a.counts[i], a.used[i] = start, true
	default:
		a.counts[i]++
	}
	for j := range i { // levels that were passed over have begun
		if w := l.level(a, j); w != nil && !a.used[j] {
			a.counts[j], a.used[j], l.begun[j] = w.start, true, true
			if s, given := l.starts[j]; given {
				a.counts[j] = s
			}
		}
	}
	for j := i + 1; j < levels; j++ {
		if w := l.level(a, j); w == nil || w.after < 0 || w.after > i {
			a.used[j] = false
		}
	}
	return v.write(l, a)
}

func (l *num) level(a *abstract, i int) *level {
	if v := l.levels[i]; v != nil {
		return v
	}
	return a.levels[i]
}

// write writes the marker of a level with the numbers as they stand.
func (v *level) write(l *num, a *abstract) string {
	var b strings.Builder
	for s := v.text; s != ""; {
		i := strings.IndexByte(s, '%')
		if i < 0 || i+1 == len(s) || s[i+1] < '1' || s[i+1] > '9' {
			if i < 0 {
				i = len(s) - 1
			}
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		b.WriteString(s[:i])
		if j := int(s[i+1] - '1'); l.level(a, j) != nil {
			w := l.level(a, j)
			count, format := a.counts[j], w.format
			if !a.used[j] {
				count = w.start
			}
			if v.legal && format != "none" {
				format = "decimal"
			}
			if w.format != "bullet" {
				b.WriteString(formatted(format, count))
			}
		}
		s = s[i+2:]
	}
	m := symbols(v.font, b.String())
	if m == "" || v.suffix == "nothing" {
		return m
	}
	return strings.TrimRight(m, " ") + " "
}

// formatted is numeral, and formats that show how numbers with leading zeros look: 001, 002, …
func formatted(format string, n int) string {
	pattern, ok := strings.CutPrefix(format, "custom:")
	if !ok {
		return numeral(format, n)
	}
	s, width := strconv.Itoa(n), strings.IndexByte(pattern, ',')
	if strings.HasPrefix(pattern, "0") && width > len(s) && width < 10 {
		return strings.Repeat("0", width-len(s)) + s
	}
	return s
}

func levelOf(s string) int {
	if i, err := strconv.Atoi(s); err == nil && i >= 0 && i < levels {
		return i
	}
	return -1
}

// number reads a small number.
func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n > -1<<30 && n < 1<<30 {
		return n
	}
	return otherwise
}

// on reads a value that is on or off (ST_OnOff); bare is what an element without a value means.
func on(v string, bare bool) bool {
	switch v {
	case "":
		return bare
	case "0", "false", "off":
		return false
	}
	return true
}
