// Package arrange plans an arrangement: which units (全宗, 类别, 案卷) documents go into by
// what is said of them, and the reference codes (档号) that a rule makes of where they lie.
// What it plans can be looked at before it is done, and is done as one step to undo.
//
// It may use storage, codes, template, dates and sorting, and only reads. It must never know
// a screen or words of a language.
package arrange

import (
	"regexp"
	"strconv"
	"strings"

	"fonds/storage/archive"
)

// Rules that are offered: by structure as DA/T 13-2022 has it (- between levels, · inside
// one; the number of the file where the documents lie in files), and with strokes.
const (
	Chinese = "{fonds}-{series:·}-{file}-{item:4}"
	Western = "{fonds}/{series:/}/{file}/{item:1}"
)

// The parts of a rule in braces.
const (
	partFonds  = "fonds"  // the code of the fonds
	partSeries = "series" // those of the series above each other, with what stands behind : between them
	partFile   = "file"   // that of the file
	partItem   = "item"   // the running number; behind : its least figures
)

// Rule makes the reference codes of documents from where they lie. A part that a unit has
// not falls away with what stands before it.
type Rule struct {
	parts []part
	end   string
}

type part struct {
	before string // what stands before it
	name   string
	join   string // of series
	width  int    // of items
}

const (
	mostRule  = 200 // code points
	mostWidth = 9
)

var braced = regexp.MustCompile(`\{([^{}]*)\}`)

// ParseRule reads a rule; an error is an *archive.Refusal.
func ParseRule(s string) (*Rule, error) {
	s = strings.TrimSpace(s)
	if n := len([]rune(s)); n > mostRule {
		return nil, archive.Refuse("too-long", "key", "rule", "n", n, "most", mostRule)
	}
	r := &Rule{}
	at, items := 0, 0
	for _, m := range braced.FindAllStringSubmatchIndex(s, -1) {
		name, arg, given := strings.Cut(s[m[2]:m[3]], ":")
		p := part{before: s[at:m[0]], name: name, join: "·", width: 4}
		ok := true
		switch name {
		case partFonds, partFile:
			ok = !given
		case partSeries:
			if given {
				p.join = arg
			}
		case partItem:
			items++
			if given {
				n, err := strconv.Atoi(arg)
				ok, p.width = err == nil && n >= 1 && n <= mostWidth, n
			}
		default:
			ok = false
		}
		if !ok {
			return nil, archive.Refuse("rule-part", "part", s[m[0]:m[1]], "example", Chinese)
		}
		r.parts, at = append(r.parts, p), m[1]
	}
	r.end = s[at:]
	if strings.ContainsAny(braced.ReplaceAllString(s, ""), "{}") {
		return nil, archive.Refuse("rule-brace", "rule", s)
	}
	if items != 1 {
		return nil, archive.Refuse("rule-item", "rule", s, "example", Chinese)
	}
	return r, nil
}

// Around is what stands before and behind the number of a document in a unit, and how many
// figures that has at least.
func (r *Rule) Around(u *archive.Unit) (before, behind string, width int) {
	var b strings.Builder
	written := false
	for i, p := range r.parts {
		said := p.of(u)
		if said == "" && p.name != partItem {
			continue
		}
		if i == 0 || written {
			b.WriteString(p.before)
		}
		written = true
		if p.name == partItem {
			before, width = b.String(), p.width
			b.Reset()
			continue
		}
		b.WriteString(said)
	}
	return before, b.String() + r.end, width
}

// of is what a unit has for a part.
func (p *part) of(u *archive.Unit) string {
	var codes []string
	for _, over := range u.Line() {
		if over.Code != "" && string(over.Level) == p.name {
			codes = append(codes, over.Code)
		}
	}
	return strings.Join(codes, p.join)
}
