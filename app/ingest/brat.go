package ingest

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What brat keeps of a document: its text, and beside it a .ann file of standoff annotations
// (brat.nlplab.org/standoff.html), a line each. T lines are places with a type, in code points as Python counts, and
// with their words; # lines are notes on one, N lines what it names. Relations, events and attributes have no place here
// and are said.

// readBrat reads such a pair, and says what of it was left out. Fragments with nothing between but white space are one
// place, as brat parts them at the ends of lines; others are a place each.
func readBrat(txt, ann []byte) (a Annotated, dropped []string, err error) {
	if !utf8.Valid(txt) || !utf8.Valid(ann) {
		return a, nil, errors.New("brat's files are in UTF-8, and these are not; write them in UTF-8")
	}
	a.Text = string(txt)
	b := bratFile{text: []rune(a.Text), of: map[string][]int{}, fixes: map[string]bool{}, counts: map[string]int{}}
	lines := strings.Split(string(ann), "\n")
	for _, line := range lines {
		if strings.HasPrefix(line, "T") {
			b.entity(strings.TrimSuffix(line, "\r"))
		}
	}
	b.settleFragments()
	for _, line := range lines {
		b.other(strings.TrimSuffix(line, "\r"))
	}
	b.corrections()
	for _, o := range b.others {
		b.dropped = append(b.dropped, fmt.Sprintf("%d %s were left out", b.counts[o], o))
	}
	dropped = append(b.dropped, a.settle(b.claims, byPoints(b.text))...)
	return a, dropped, nil
}

// bratFile is a .ann file being read.
type bratFile struct {
	text     []rune
	entities []bratEntity
	claims   []claim
	notes    [][]string       // by claim
	of       map[string][]int // claims by the name of their entity
	fixes    map[string]bool  // entities of the type Correction
	counts   map[string]int
	others   []string // what counts has, as they come
	dropped  []string
}

// bratEntity is a T line.
type bratEntity struct {
	id, label string
	parts     []claim // its fragments
	quote     string
	quoted    bool
}

func (b *bratFile) drop(line, why string) {
	b.dropped = append(b.dropped, fmt.Sprintf("%s: %s; it was left out", shortQuote(line), why))
}

// entity reads "T1\tLabel 0 5;6 9\ttext text".
func (b *bratFile) entity(line string) {
	id, rest, _ := strings.Cut(line, "\t")
	what, quote, quoted := strings.Cut(rest, "\t")
	label, places, ok := strings.Cut(what, " ")
	e := bratEntity{id: id, label: bratLabel(label), quote: quote, quoted: quoted && quote != ""}
	for _, p := range strings.Split(places, ";") {
		from, to, _ := strings.Cut(strings.TrimSpace(p), " ")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || !ok {
			b.drop(line, "it is not an identifier, a tab, a type, start and end, a tab, and the words")
			return
		}
		e.parts = append(e.parts, claim{start: start, end: end})
	}
	b.entities = append(b.entities, e)
	b.fixes[id] = label == "Correction"
}

// settleFragments makes claims of the entities, by the way of counting by which most of them hold: with \r\n as two, or
// as one.
func (b *bratFile) settleFragments() {
	best, held := []claim(nil), -1
	var why []string
	for _, by := range []scale{byPoints(b.text), byLines(b.text)} {
		var claims []claim
		var not []string
		for _, e := range b.entities {
			one, err := e.claims(b.text, by)
			if err != nil {
				not = append(not, fmt.Sprintf("%s: %v; it was left out", e.id, err))
			}
			claims = append(claims, one...)
		}
		if n := len(b.entities) - len(not); n > held {
			best, why, held = claims, not, n
		}
	}
	b.claims, b.dropped = best, append(b.dropped, why...)
	b.notes = make([][]string, len(b.claims))
	for i, c := range b.claims {
		b.of[c.name] = append(b.of[c.name], i)
	}
}

// claims are the places of an entity in code points, when its words are those that it says.
func (e bratEntity) claims(text []rune, by scale) ([]claim, error) {
	var out []claim
	var words []string
	for _, p := range e.parts {
		start, end, err := place(text, p, by)
		if err != nil {
			return nil, err
		}
		words = append(words, string(text[start:end]))
		c := claim{start: start, end: end, name: e.id, mark: Span{Label: e.label}}
		if n := len(out); n > 0 && out[n-1].end <= start && blank(text[out[n-1].end:start]) {
			out[n-1].end = end
			continue
		}
		out = append(out, c)
	}
	if e.quoted && !quotesWords(e.quote, strings.Join(words, " ")) && !quotesWords(e.quote, strings.Join(words, "")) {
		return nil, fmt.Errorf("the text has %s there, not %s", shortQuote(strings.Join(words, " ")), shortQuote(e.quote))
	}
	return out, nil
}

// quotesWords says whether the words of a line are these; brat lets something follow after a space, and a line cannot
// hold the ends of others.
func quotesWords(quote, words string) bool {
	words = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(words)
	if quote == words {
		return true
	}
	rest, ok := strings.CutPrefix(quote, words)
	return ok && words != "" && strings.TrimLeftFunc(rest, unicode.IsSpace) != rest
}

func blank(text []rune) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// other reads a line that is none of a place.
func (b *bratFile) other(line string) {
	id, rest, _ := strings.Cut(line, "\t")
	what, said, _ := strings.Cut(rest, "\t")
	f := strings.Fields(what)
	switch {
	case strings.TrimSpace(line) == "" || line[0] == 'T':
	case line[0] == '#' && len(f) == 2 && b.of[f[1]] != nil:
		for _, i := range b.of[f[1]] {
			b.notes[i] = append(b.notes[i], bratNote(said))
		}
	case line[0] == 'N' && len(f) == 3 && b.of[f[1]] != nil && isURI(f[2]):
		for _, i := range b.of[f[1]] {
			b.claims[i].mark.Authority = f[2]
		}
	default:
		kind, ok := map[byte]string{'R': "relations", '*': "equivalences", 'E': "events", 'A': "attributes", 'M': "attributes",
			'N': "names in lists that are no addresses, or of what is not there,", '#': "notes on what is not there"}[line[0]]
		if !ok {
			b.drop(line, "it is none of brat's lines: "+shortQuote(id))
			return
		}
		if b.counts[kind]++; b.counts[kind] == 1 {
			b.others = append(b.others, kind)
		}
	}
}

// corrections makes corrections of the places that this program writes as such: by their type and their note. Those in
// force already, of which the note has the old words, are none any more.
func (b *bratFile) corrections() {
	kept := b.claims[:0]
	for i, c := range b.claims {
		notes := b.notes[i]
		if !b.fixes[c.name] || len(notes) == 0 || !strings.HasPrefix(notes[0], "new words: ") && !strings.HasPrefix(notes[0], "old words: ") {
			c.mark.Comment = strings.Join(notes, "\n")
			kept = append(kept, c)
			continue
		}
		if text, ok := strings.CutPrefix(notes[0], "new words: "); ok {
			c.fix = &Fix{Text: text}
			for _, n := range notes[1:] {
				if reason, ok := strings.CutPrefix(n, "reason: "); ok {
					c.fix.Reason = reason
				}
			}
			kept = append(kept, c)
		}
	}
	b.claims = kept
}

var (
	bratNamed = regexp.MustCompile(`_u([0-9A-F]{4,6})_`)
	bratNoted = regexp.MustCompile(`\\u\{([0-9A-F]{4,6})\}`)
)

// bratLabel is the label that was written as the name of a type: _u4EBA_ is U+4EBA.
func bratLabel(s string) string { return unescaped(bratNamed, s) }

// bratNote is the text that was written in one line: \u{000A} is U+000A.
func bratNote(s string) string { return unescaped(bratNoted, s) }

func unescaped(escape *regexp.Regexp, s string) string {
	return escape.ReplaceAllStringFunc(s, func(found string) string {
		n, err := strconv.ParseInt(escape.FindStringSubmatch(found)[1], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return found
		}
		return string(rune(n))
	})
}
