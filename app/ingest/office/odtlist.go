package office

import (
	"encoding/xml"
	"strings"
)

// odfLevels is how many levels a list of OpenDocument has.
const odfLevels = 10

// odfStyles is what of the styles concerns text: lists, and which of them paragraphs are in.
type odfStyles struct {
	lists   map[string]*odfList
	outline *odfList // numbers of headings
	paras   map[string]odfPara
}

// An odfPara is a paragraph style.
type odfPara struct {
	parent, list string
	given        bool // list is stated, be it as none
}

// An odfList is a list style.
type odfList struct{ levels [odfLevels]*odfLevel }

// An odfLevel says what stands before the paragraphs of a level.
type odfLevel struct {
	bullet         string
	format         string // as numeral has it; "" for no number
	prefix, suffix string
	pattern        string // with %1% for numbers of levels, "" where the file has none
	start, shown   int    // shown: how many levels
}

func (st *odfStyles) init() {
	st.lists, st.paras = map[string]*odfList{}, map[string]odfPara{}
}

// style reads one of the styles.
func (d *odt) style(s xml.StartElement) error {
	switch name := d.c.attr(s, "style:name"); d.c.el(s.Name) {
	case "style:style":
		if d.c.attr(s, "style:family") == "paragraph" && len(d.styles.paras) < maxRule {
			p := odfPara{parent: d.c.attr(s, "style:parent-style-name"), list: d.c.attr(s, "style:list-style-name")}
			for _, a := range s.Attr {
				p.given = p.given || d.c.el(a.Name) == "style:list-style-name"
			}
			d.styles.paras[name] = p
		}
	case "text:list-style":
		if len(d.styles.lists) < maxRule {
			l := &odfList{}
			d.styles.lists[name] = l
			return d.c.each(l.read(d.c))
		}
	case "text:outline-style":
		d.styles.outline = &odfList{}
		return d.c.each(d.styles.outline.read(d.c))
	}
	return d.c.skip()
}

func (l *odfList) read(c *cursor) func(xml.StartElement) error {
	return func(s xml.StartElement) error {
		i := number(c.attr(s, "text:level"), 0) - 1
		if i < 0 || i >= odfLevels {
			return c.skip()
		}
		v := &odfLevel{prefix: c.attr(s, "style:num-prefix"), suffix: c.attr(s, "style:num-suffix"), start: number(c.attr(s, "text:start-value"), 1),
			shown: number(c.attr(s, "text:display-levels"), 1), pattern: c.attr(s, "loext:num-list-format")}
		if v.pattern == "" {
			v.pattern = c.attr(s, "style:num-list-format")
		}
		font := ""
		switch c.el(s.Name) {
		case "text:list-level-style-bullet":
			v.bullet = c.attr(s, "text:bullet-char")
		case "text:list-level-style-number", "text:outline-level-style":
			v.format = odfFormat(c.attr(s, "style:num-format"))
		}
		l.levels[i] = v
		err := c.each(func(s xml.StartElement) error {
			if n := c.el(s.Name); n == "style:text-properties" || n == "style:properties" {
				if font = c.attr(s, "style:font-name"); font == "" {
					font = strings.Trim(c.attr(s, "fo:font-family"), "'\"")
				}
			}
			return c.skip()
		})
		v.bullet = symbols(font, v.bullet)
		return err
	}
}

// odfFormat is what OpenDocument calls a format of numbers, by the name of the same in Office Open XML. LibreOffice calls
// those of East Asia by how they begin.
func odfFormat(s string) string {
	first, _, more := strings.Cut(s, ",")
	switch first {
	case "":
		return ""
	case "1":
		return "decimal"
	case "a":
		return "lowerLetter"
	case "A":
		return "upperLetter"
	case "i":
		return "lowerRoman"
	case "I":
		return "upperRoman"
	case "一":
		return "chineseCountingThousand"
	case "壹":
		if strings.Contains(s, "贰") {
			return "chineseLegalSimplified"
		}
		return "ideographLegalTraditional"
	case "１":
		return "decimalFullWidth"
	case "甲":
		return "ideographTraditional"
	case "子":
		return "ideographZodiac"
	case "①":
		return "decimalEnclosedCircle"
	case "ア", "ｱ":
		return "aiueo"
	case "イ", "ｲ":
		return "iroha"
	case "가":
		return "ganada"
	case "ㄱ":
		return "chosung"
	case "А":
		return "russianUpper"
	case "а":
		return "russianLower"
	case "1st":
		return "ordinal"
	case "First":
		return "ordinalText"
	case "One":
		return "cardinalText"
	}
	if more && strings.HasPrefix(first, "0") {
		return "custom:" + s
	}
	return "decimal"
}

// listStyleOf gives the list style of a paragraph style, and whether it states one, be it none.
func (st *odfStyles) listStyleOf(para string) (*odfList, bool) {
	for deep := 0; deep < 64 && para != ""; deep++ {
		p := st.paras[para]
		if p.given {
			return st.lists[p.list], true
		}
		para = p.parent
	}
	return nil, false
}

// counters are the numbers of the levels of one list.
type counters struct {
	n    [odfLevels]int
	used [odfLevels]bool
}

// listMemory is the lists that were read, for those that go on with their numbers.
type listMemory struct {
	byID    map[string]*counters
	byStyle map[string]*counters
	outline *counters
}

func (m *listMemory) init() {
	m.byID, m.byStyle, m.outline = map[string]*counters{}, map[string]*counters{}, &counters{}
}

// A list is a text:list that is open.
type list struct {
	style  *odfList
	level  int
	counts *counters
	label  bool   // the next paragraph is the first of an item
	start  int    // the number that the item states, -1 none
	cached string // its marker as the file has it written out
}

// openList begins a list in another one or in none (nil).
func (d *odt) openList(s xml.StartElement, in *list) *list {
	name := d.c.attr(s, "text:style-name")
	l := &list{style: d.styles.lists[name], start: -1}
	goesOn := d.c.attr(s, "text:continue-numbering") == "true"
	if in != nil {
		l.level, l.counts = min(in.level+1, odfLevels-1), in.counts
		if l.style == nil {
			l.style = in.style
		}
		if !goesOn {
			l.counts.used[l.level] = false
		}
		return l
	}
	if from := d.c.attr(s, "text:continue-list"); from != "" {
		l.counts = d.lists.byID[from]
	}
	if l.counts == nil && goesOn {
		l.counts = d.lists.byStyle[name]
	}
	if l.counts == nil {
		l.counts = &counters{}
	}
	if id := d.c.attr(s, "xml:id"); id != "" && len(d.lists.byID) < maxRule {
		d.lists.byID[id] = l.counts
	}
	if len(d.lists.byStyle) < maxRule {
		d.lists.byStyle[name] = l.counts
	}
	return l
}

// marker counts the first paragraph of an item and gives what stands before it.
func (d *odt) marker(l *list, para string) string {
	if l == nil || !l.label {
		return ""
	}
	l.label = false
	style := l.style
	if style == nil {
		style, _ = d.styles.listStyleOf(para)
	}
	m := l.counts.next(style, l.level, l.start)
	if l.cached != "" {
		m = l.cached + " "
	}
	l.start, l.cached = -1, ""
	return m
}

// next counts a paragraph of a level and gives its marker.
func (c *counters) next(style *odfList, i, start int) string {
	if style == nil || style.levels[i] == nil {
		return ""
	}
	v := style.levels[i]
	switch {
	case start >= 0:
		c.n[i] = start
	case !c.used[i]:
		c.n[i] = v.start
	default:
		c.n[i]++
	}
	c.used[i] = true
	for j := range odfLevels {
		w := style.levels[j]
		if j < i && !c.used[j] && w != nil {
			c.n[j], c.used[j] = w.start, true
		} else if j > i {
			c.used[j] = false
		}
	}
	m := v.write(style, c, i)
	if strings.TrimSpace(m) == "" {
		return ""
	}
	return strings.TrimRight(m, " ") + " "
}

func (v *odfLevel) write(style *odfList, c *counters, i int) string {
	if v.bullet != "" {
		return v.bullet
	}
	if v.format == "" {
		return ""
	}
	var parts []string
	pattern := v.pattern
	for j := range i + 1 {
		w, s := style.levels[j], ""
		if w != nil && w.format != "" {
			s = formatted(w.format, c.n[j])
		}
		pattern = strings.ReplaceAll(pattern, "%"+string(rune('1'+j))+"%", s)
		if s != "" && j > i-max(v.shown, 1) {
			parts = append(parts, s)
		}
	}
	if v.pattern != "" && i < 9 {
		return pattern
	}
	return v.prefix + strings.Join(parts, ".") + v.suffix
}
