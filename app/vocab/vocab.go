// Package vocab reads and writes vocabularies: SKOS as Turtle and as JSON-LD, and tables
// (CSV, TSV). It makes one of the tags of an archive and again what is said of tags; and
// it finds terms by any part of a name, by pinyin and its initials.
//
// It may use the rules of storage/archive and the folding of storage/words; it must never
// open an archive, go to the network, or know words of a language: what is wrong is said
// by codes (archive.Refusal).
package vocab

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// Limits of what is read.
const (
	MostBytes    = archive.MostListRaw
	mostProblems = 100
)

// Vocabulary is a list of terms and what is said of the whole.
type Vocabulary struct {
	Title   string
	URI     string
	Licence string
	Terms   []archive.Term
	Paths   bool              // the ids are the paths of tags
	URIs    map[string]string // of terms whose ids are none
	Counts  map[string]int    // of documents, by ids; nil where nothing is counted
	// Problems are what the terms leave to be wished for, the first of them, each an
	// *archive.Refusal; Wrong is how many there are.
	Problems []error
	Wrong    int
}

func (v *Vocabulary) problem(code string, args ...any) {
	if v.Wrong++; len(v.Problems) < mostProblems {
		v.Problems = append(v.Problems, archive.Refuse(code, args...))
	}
}

// quoted is s in quotation marks, cut where it is long.
func quoted(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return `"` + s + `"`
}

// settle checks terms as they were read: a loop of broader terms is an error that names
// them; the rest is told as problems, and mended where that loses nothing.
func (v *Vocabulary) settle() error {
	if len(v.Terms) == 0 {
		return archive.Refuse("vocab-none")
	}
	if len(v.Terms) > archive.MostTerms {
		return archive.Refuse("list-terms", "n", len(v.Terms), "most", archive.MostTerms)
	}
	at := make(map[string]int, len(v.Terms))
	for i := range v.Terms {
		t := &v.Terms[i]
		t.Clean()
		v.onePreferred(t)
		if len(t.Names) == 0 {
			v.problem("vocab-unnamed", "id", quoted(t.ID))
			t.Names = []archive.Name{{Text: lastOf(t.ID)}}
		}
		if _, twice := at[t.ID]; twice {
			return archive.Refuse("vocab-twice", "id", quoted(t.ID))
		}
		at[t.ID] = i
		if err := t.Check(); err != nil {
			return err
		}
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		if _, there := at[t.Broader]; t.Broader != "" && !there {
			v.problem("vocab-broader", "name", quoted(t.Name("")), "broader", quoted(t.Broader))
			t.Broader = ""
		}
	}
	if loop := v.loop(at); loop != nil {
		return archive.Refuse("vocab-loop", "names", strings.Join(loop, " › "))
	}
	v.sameName()
	return nil
}

// onePreferred leaves a term one preferred name of each language, as SKOS has it; the
// others stay as other names.
func (v *Vocabulary) onePreferred(t *archive.Term) {
	var first []archive.Name
	for _, n := range t.Names {
		if slices.ContainsFunc(first, func(o archive.Name) bool { return o.Lang == n.Lang }) {
			v.problem("vocab-preferred", "id", quoted(t.ID), "name", quoted(n.Text))
			t.Also = append(t.Also, n)
		} else {
			first = append(first, n)
		}
	}
	t.Names = first
}

// loop names the terms of a loop of broader terms, the first of which stands at its end
// again; nil where there is none.
func (v *Vocabulary) loop(at map[string]int) []string {
	const walking, done = 1, 2
	state := make([]byte, len(v.Terms))
	for i := range v.Terms {
		var way []int
		k := i
		for state[k] == 0 {
			state[k] = walking
			way = append(way, k)
			up := v.Terms[k].Broader
			if up == "" {
				break
			}
			next := at[up]
			if state[next] == walking {
				var names []string
				for _, w := range way[slices.Index(way, next):] {
					names = append(names, v.Terms[w].Name(""))
				}
				if len(names) > 12 {
					names = append(names[:12], "…")
				}
				return append(names, v.Terms[next].Name(""))
			}
			k = next
		}
		for _, w := range way {
			state[w] = done
		}
	}
	return nil
}

// sameName tells of terms of one preferred name under one term.
func (v *Vocabulary) sameName() {
	type place struct{ under, name, lang string }
	seen := make(map[place]string, len(v.Terms))
	for i := range v.Terms {
		t := &v.Terms[i]
		for _, n := range t.Names {
			p := place{t.Broader, n.Text, n.Lang}
			if other, there := seen[p]; there {
				v.problem("vocab-same", "name", quoted(n.Text), "id", quoted(t.ID), "other", quoted(other))
				break
			}
			seen[p] = t.ID
		}
	}
}

// lastOf is what stands behind the last / or # of an identifier.
func lastOf(id string) string {
	if i := strings.LastIndexAny(strings.TrimRight(id, "/#"), "/#"); i >= 0 {
		return strings.TrimRight(id[i+1:], "/#")
	}
	return cmp.Or(id, "?")
}

// Depths are how deep each term stands, 0 at the top, and the order in which a tree shows
// them: each before what is under it, else as they stand in the list.
func Depths(terms []archive.Term) (order, depth []int) {
	under := map[string][]int{}
	at := make(map[string]bool, len(terms))
	for i := range terms {
		at[terms[i].ID] = true
	}
	var tops []int
	for i := range terms {
		if b := terms[i].Broader; b != "" && at[b] && b != terms[i].ID {
			under[b] = append(under[b], i)
		} else {
			tops = append(tops, i)
		}
	}
	depth = make([]int, len(terms))
	type level struct {
		of []int
		at int
	}
	for stack := []level{{of: tops}}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		if top.at == len(top.of) {
			stack = stack[:len(stack)-1]
			continue
		}
		i := top.of[top.at]
		top.at++
		order, depth[i] = append(order, i), len(stack)-1
		if kids := under[terms[i].ID]; len(kids) > 0 {
			delete(under, terms[i].ID) // of two terms with one id the first has them
			stack = append(stack, level{of: kids})
		}
	}
	return order, depth
}

// Format is how a vocabulary is written down.
type Format string

// The formats, by the ends of names of files.
const (
	Turtle Format = "ttl"
	JSONLD Format = "jsonld"
	CSV    Format = "csv"
	TSV    Format = "tsv"
)

// FormatOf tells the format by the end of a file's name.
func FormatOf(name string) (Format, error) {
	_, end, _ := cutLast(strings.ToLower(name), ".")
	switch end {
	case "ttl", "turtle", "n3", "nt":
		return Turtle, nil
	case "jsonld", "json":
		return JSONLD, nil
	case "csv":
		return CSV, nil
	case "tsv", "tab", "txt":
		return TSV, nil
	}
	return "", archive.Refuse("vocab-format", "name", quoted(name))
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// Read reads a vocabulary. An error is a refusal, and then nothing was read.
func Read(data []byte, f Format) (*Vocabulary, error) {
	if len(data) > MostBytes {
		return nil, archive.Refuse("list-large", "most", MostBytes>>20)
	}
	var v *Vocabulary
	var err error
	switch f {
	case Turtle:
		v, err = readTurtle(data)
	case JSONLD:
		v, err = readJSONLD(data)
	case CSV, TSV:
		v, err = readTable(data, f)
	default:
		return nil, fmt.Errorf("no format %q", f)
	}
	if err != nil {
		return nil, err
	}
	return v, v.settle()
}

// Write writes a vocabulary, the same bytes for the same terms.
func Write(v *Vocabulary, f Format) ([]byte, error) {
	switch f {
	case Turtle:
		return writeTurtle(v), nil
	case JSONLD:
		return writeJSONLD(v)
	case CSV, TSV:
		return writeTable(v, f)
	}
	return nil, fmt.Errorf("no format %q", f)
}
