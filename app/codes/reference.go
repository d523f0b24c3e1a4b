package codes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a segment of a reference code is.
const (
	Fonds     = "fonds"     // 全宗号
	Category  = "category"  // 档案门类代码: WS, WY …
	Class     = "class"     // a class below it, or a unit or subject (机构/问题代码)
	Year      = "year"      // 年度
	Retention = "retention" // 保管期限代码: Y, D30, D10
	Catalogue = "catalogue" // 目录号
	File      = "file"      // 案卷号
	Item      = "item"      // 件号
	Either    = "either"    // 目录号-件号 or 案卷号-件号: DA/T 13-2022 has both, the archive has to say
)

// What can be wrong with a reference code, beside FaultWidth.
const (
	FaultJoiner = "joiner" // look-alikes of - and ·
	FaultBlank  = "blank"  // blanks inside
	FaultEmpty  = "empty"  // nothing between two joiners
	FaultFonds  = "fonds"  // no capitals with figures
	FaultItem   = "item"   // no number of an item at the end
	FaultShort  = "short"  // fewer than three levels
	FaultNumber = "number" // the number of the item is 0
	FaultNone   = "none"   // not a figure in it
)

// Segment is a part of a reference code between its joiners.
type Segment struct {
	Kind string
	Text string
	At   int // in code points of Reference.Form
}

// Reference is a reference code (档号) by segments.
type Reference struct {
	Segments []Segment
	Faults   []Fault
	Form     string // with the usual joiners, for comparing only
}

// categories are the codes of archival categories (DA/T 13-2022, table).
var categories = map[string]bool{"WS": true, "KJ": true, "RS": true, "KU": true, "ZY": true, "ZP": true, "LY": true,
	"LX": true, "SJ": true, "YJ": true, "WY": true, "MT": true, "SW": true}

var (
	fondsForm     = regexp.MustCompile(`^[A-Z]{0,2}\d{1,4}$`) // [A-Z]\d{3} by the standard, others are in use
	yearForm      = regexp.MustCompile(`^(?:18|19|20)\d{2}$`)
	retentionForm = regexp.MustCompile(`^(?:Y|D\d{1,3})$`)
	figures       = regexp.MustCompile(`^\d+$`)
)

// dashes and dots are what is written for the joiners, all of one code point.
const (
	dashes = "—－–―‐‑−-"
	dots   = "•・．.∙･"
)

// ParseReference reads a reference code as DA/T 13-2022 builds it: levels joined by -, what
// is inside a level by ·. Everything can be read; what is no such code has faults.
func ParseReference(s string) Reference {
	var r Reference
	fault := func(kind, was, is string) { r.Faults = append(r.Faults, Fault{kind, was, is}) }
	s = strings.TrimSpace(s)
	r.Form = strings.Map(joiner, narrow(s))
	if was := strings.Map(only(dashes+dots), s); was != "" {
		was = unique(was)
		fault(FaultJoiner, was, unique(strings.Map(joiner, was)))
	}
	if narrow(s) != s {
		fault(FaultWidth, s, narrow(s))
	}
	if strings.ContainsFunc(r.Form, unicode.IsSpace) {
		fault(FaultBlank, s, strings.Join(strings.Fields(r.Form), ""))
	}
	at := 0
	var levels []Segment
	for _, text := range strings.Split(r.Form, "-") {
		levels = append(levels, Segment{Text: text, At: at})
		at += utf8.RuneCountInString(text) + 1
		if strings.TrimSpace(text) == "" {
			fault(FaultEmpty, r.Form, "")
		}
	}
	levels[0].Kind = Fonds
	ends := figuresAtEnd(levels[1:])
	r.Segments = append(r.Segments, levels[0])
	for _, l := range levels[1 : len(levels)-ends] {
		r.Segments = append(r.Segments, inside(l)...)
	}
	r.Segments = append(r.Segments, lasts(r.Segments[1:], levels[len(levels)-ends:])...)
	last := r.Segments[len(r.Segments)-1]
	switch {
	case r.Form != "" && !strings.ContainsFunc(r.Form, unicode.IsDigit):
		fault(FaultNone, r.Form, "")
		return r
	case last.Kind == Item && strings.Trim(last.Text, "0") == "":
		fault(FaultNumber, last.Text, "")
	}
	switch {
	case r.Of(Category)+r.Of(Year)+r.Of(Retention) == "":
		return r // older than the standard, or of another one: what its parts have to be is not known
	case !fondsForm.MatchString(levels[0].Text):
		fault(FaultFonds, levels[0].Text, "")
	}
	switch {
	case len(levels) < 3:
		fault(FaultShort, r.Form, "")
	case ends == 0:
		fault(FaultItem, levels[len(levels)-1].Text, "")
	}
	return r
}

// figuresAtEnd says how many levels at the end are numbers of parts: 件, 案卷 and 件, or 目录,
// 案卷 and 件; one before them stays what they are numbered in.
func figuresAtEnd(levels []Segment) (n int) {
	for n < min(len(levels)-1, 3) && figures.MatchString(levels[len(levels)-1-n].Text) {
		n++
	}
	return n
}

// inside are the segments of a level that is no number of a part.
func inside(level Segment) (out []Segment) {
	at := level.At
	for _, text := range strings.Split(level.Text, "·") {
		s := Segment{Kind: Class, Text: text, At: at}
		switch {
		case categories[text]:
			s.Kind = Category
		case yearForm.MatchString(text):
			s.Kind = Year
		case retentionForm.MatchString(text):
			s.Kind = Retention
		case figures.MatchString(text) && text == level.Text:
			s.Kind = Catalogue
		}
		out = append(out, s)
		at += utf8.RuneCountInString(text) + 1
	}
	return out
}

// lasts says what the numbers at the end are, behind the segments of the series.
func lasts(series, ends []Segment) []Segment {
	kinds := [][]string{nil, {Item}, {File, Item}, {Catalogue, File, Item}}[len(ends)]
	if len(ends) == 2 && len(series) == 1 && series[0].Kind == Category {
		kinds = []string{Either, Item}
	}
	for i := range ends {
		ends[i].Kind = kinds[i]
	}
	return ends
}

// Of is the first segment of a kind, "" for none.
func (r *Reference) Of(kind string) string {
	for _, s := range r.Segments {
		if s.Kind == kind {
			return s.Text
		}
	}
	return ""
}

// Key is by what a code is the same as another: the usual joiners, capitals, no blanks, and
// numbers of parts without the zeros before them.
func (r *Reference) Key() string {
	var b strings.Builder
	for i, s := range r.Segments {
		if i > 0 {
			b.WriteByte('\x00')
		}
		text := strings.ToUpper(strings.Join(strings.Fields(s.Text), ""))
		if s.Kind == Item || s.Kind == File || s.Kind == Either {
			text = strings.TrimLeft(text, "0")
		}
		b.WriteString(text)
	}
	return b.String()
}

// unique are the runes of a text, each once.
func unique(s string) string {
	var out []rune
	for _, r := range s {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// joiner is the usual form of what joins.
func joiner(r rune) rune {
	switch {
	case strings.ContainsRune(dashes, r):
		return '-'
	case strings.ContainsRune(dots, r):
		return '·'
	}
	return r
}

// only keeps those of a set that are no joiner as they stand.
func only(set string) func(rune) rune {
	return func(r rune) rune {
		if strings.ContainsRune(set, r) && joiner(r) != r {
			return r
		}
		return -1
	}
}
