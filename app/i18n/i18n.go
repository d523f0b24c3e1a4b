package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"fonds/assets"
)

// Default is the language of whoever speaks none that we have.
const Default = "en"

// languages are those with a table, by the names that they have for themselves.
var languages = []struct{ tag, name string }{
	{"en", "English"},
	{"zh-Hans", "简体中文"},
}

// words are what one key says: other, and in English a form for exactly one.
type words struct{ one, other string }

// UnmarshalJSON takes a string, or {"one": …, "other": …}.
func (w *words) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &w.other)
	}
	var forms struct {
		One   string `json:"one"`
		Other string `json:"other"`
	}
	if err := json.Unmarshal(b, &forms); err != nil {
		return err
	}
	w.one, w.other = forms.One, forms.Other
	return nil
}

// table holds the words of one language.
type table struct {
	tag   string
	words map[string]words
}

var (
	tables  = map[string]*table{}
	current atomic.Pointer[table]
)

func init() {
	for _, l := range languages {
		t, err := read(l.tag)
		if err != nil {
			panic("i18n: " + err.Error()) // built in, and read by every test
		}
		tables[l.tag] = t
	}
	current.Store(tables[Default])
}

func read(tag string) (*table, error) {
	data, err := fs.ReadFile(assets.Translations(), tag+".json")
	if err != nil {
		return nil, fmt.Errorf("reading the translation %s: %w", tag, err)
	}
	t := &table{tag: tag}
	if err := json.Unmarshal(data, &t.words); err != nil {
		return nil, fmt.Errorf("reading the translation %s.json: %w", tag, err)
	}
	return t, nil
}

// Languages lists the tags (BCP 47) that have a table, Default first.
func Languages() []string {
	out := make([]string, len(languages))
	for i, l := range languages {
		out[i] = l.tag
	}
	return out
}

// Name is what speakers of a language call it.
func Name(tag string) string {
	for _, l := range languages {
		if l.tag == tag {
			return l.name
		}
	}
	return tag
}

// Use makes tag the language of all that follows, and reports what was chosen:
// "" is the language of the system, an unknown one Default.
func Use(tag string) string {
	if tag == "" {
		tag = System()
	}
	t := tables[match(tag)]
	current.Store(t)
	return t.tag
}

// Current is the tag of the language in use.
func Current() string { return current.Load().tag }

// T is what key says. args come in pairs, a name and what to put in the place of
// {name}; whole numbers are grouped as the language does it. A key without words
// is given back as it is, so that its place can be found.
func T(key string, args ...any) string { return current.Load().say(key, args) }

func (t *table) say(key string, args []any) string {
	w, ok := t.words[key]
	if !ok {
		return key
	}
	return fill(w.other, args)
}

// In is what key says in the language tag, whatever language is in use: for files
// that say the same on every machine.
func In(tag, key string, args ...any) string {
	t, ok := tables[tag]
	if !ok {
		t = tables[match(tag)]
	}
	return t.say(key, args)
}

// N is T for something counted: it chooses the form for n and puts n in the
// place of {n}.
func N(key string, n int, args ...any) string {
	w, ok := current.Load().words[key]
	if !ok {
		return key
	}
	text := w.other
	if n == 1 && w.one != "" {
		text = w.one
	}
	return fill(text, append([]any{"n", n}, args...))
}

// K marks a key that is written down here and said elsewhere.
func K(key string) string { return key }

// Has says whether key has words.
func Has(key string) bool {
	_, ok := current.Load().words[key]
	return ok
}

// Everywhere is what key says in each language, as it stands in the tables.
func Everywhere(key string) []string {
	var out []string
	for _, l := range languages {
		if w, ok := tables[l.tag].words[key]; ok {
			out = append(out, w.other)
		}
	}
	return out
}

// Letters is every character that is drawn of the words of all languages, each once.
func Letters() string {
	seen := map[rune]bool{}
	var out []rune
	for _, t := range tables {
		for _, w := range t.words {
			for _, r := range w.one + w.other {
				if !seen[r] && !unicode.IsSpace(r) {
					seen[r] = true
					out = append(out, r)
				}
			}
		}
	}
	slices.Sort(out)
	return string(out)
}

// Section gives all that lies under a prefix, with the prefix cut off: the words
// that are handed to somebody with keys of his own, as Fyne's are.
func Section(prefix string) map[string]string {
	out := map[string]string{}
	for k, w := range current.Load().words {
		if rest, ok := strings.CutPrefix(k, prefix); ok {
			out[rest] = w.other
		}
	}
	return out
}

// fill puts the values of args in the place of their names.
func fill(text string, args []any) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), show(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func show(v any) string {
	switch v := v.(type) {
	case int:
		return Number(int64(v))
	case int64:
		return Number(v)
	}
	return fmt.Sprint(v)
}

// Number writes a count: 2,140. English and Chinese agree.
func Number(n int64) string {
	s := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Clock writes a time of day, to the second: 13:35:02, in the time zone of t.
func Clock(t time.Time) string { return t.Format("15:04:05") }

// Moment writes a day and a time of it as both languages do in records: 2015-11-22 13:35.
func Moment(t time.Time) string { return t.Format("2006-01-02 15:04") }

// List joins words as the language does it.
func List(items []string) string { return strings.Join(items, T("list.comma")) }

// Pairs makes the arguments of T of a map, in the order of its keys.
func Pairs(m map[string]string) []any {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	out := make([]any, 0, 2*len(keys))
	for _, k := range keys {
		out = append(out, k, m[k])
	}
	return out
}
