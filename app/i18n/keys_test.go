package i18n

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"fonds/assets"
)

// use is where the source of the program asks for words.
type use struct {
	key    string
	prefix bool // the key is put together: "refusal." + code
	where  string
}

// uses finds T("…"), N("…"), K("…") and Section("…") in the files of Go under
// root, the tests left out.
func uses(t *testing.T, root string) []use {
	t.Helper()
	var out []use
	files := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if !ok || pkg.Name != "i18n" || !slices.Contains([]string{"T", "N", "K", "Section", "In"}, sel.Sel.Name) {
				return true
			}
			where, said := files.Position(call.Pos()).String(), call.Args[0]
			if sel.Sel.Name == "In" { // behind the language
				said = call.Args[1]
			}
			if key, ok := literal(said); ok {
				out = append(out, use{key, sel.Sel.Name == "Section", where})
			} else if sum, ok := said.(*ast.BinaryExpr); ok {
				if key, ok := literal(sum.X); ok {
					out = append(out, use{key, true, where})
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// own are the keys that this package itself asks for.
var own = []string{"list.comma"}

func TestEveryKeyIsInEveryLanguage(t *testing.T) {
	for _, tag := range Languages() {
		for key := range tables[Default].words {
			if _, ok := tables[tag].words[key]; !ok {
				t.Errorf("%s.json lacks %q", tag, key)
			}
		}
		for key, w := range tables[tag].words {
			if _, ok := tables[Default].words[key]; !ok {
				t.Errorf("%s.json has %q, which %s.json lacks", tag, key, Default)
			}
			if strings.TrimSpace(w.other) == "" {
				t.Errorf("%s.json: %q says nothing", tag, key)
			}
		}
	}
}

func TestNoKeyIsTwiceInAFile(t *testing.T) {
	for _, tag := range Languages() {
		data, err := fs.ReadFile(assets.Translations(), tag+".json")
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(strings.NewReader(string(data)))
		seen, depth, key := map[string]bool{}, 0, true
		for {
			tok, err := dec.Token()
			if err != nil {
				break
			}
			switch v := tok.(type) {
			case json.Delim:
				if v == '{' {
					depth++
				} else if depth--; depth == 1 {
					key = true
				}
			case string:
				if depth != 1 {
					continue
				}
				if key {
					if seen[v] {
						t.Errorf("%s.json has %q twice", tag, v)
					}
					seen[v] = true
				}
				key = !key
			}
		}
		if len(seen) != len(tables[tag].words) {
			t.Errorf("%s.json: %d keys were counted, %d read", tag, len(seen), len(tables[tag].words))
		}
	}
}

func TestEveryUseHasWords(t *testing.T) {
	all := append(uses(t, ".."), uses(t, "../../widgets")...)
	if len(all) < 20 {
		t.Fatalf("only %d uses of words were found: the search is broken", len(all))
	}
	for _, u := range all {
		found := Has(u.key)
		if u.prefix {
			found = slices.ContainsFunc(slices.Collect(maps.Keys(tables[Default].words)), func(k string) bool {
				return strings.HasPrefix(k, u.key)
			})
		}
		if !found {
			t.Errorf("%s: %q has no words", u.where, u.key)
		}
	}
}

func TestEveryKeyIsUsed(t *testing.T) {
	all := append(uses(t, ".."), uses(t, "../../widgets")...)
	for key := range tables[Default].words {
		if slices.Contains(own, key) || slices.ContainsFunc(all, func(u use) bool {
			return u.key == key || u.prefix && strings.HasPrefix(key, u.key)
		}) {
			continue
		}
		t.Errorf("nobody says %q", key)
	}
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

func TestLanguagesHaveTheSamePlaceholders(t *testing.T) {
	in := func(text string) string {
		found := placeholder.FindAllString(text, -1)
		sort.Strings(found)
		return fmt.Sprint(slices.Compact(found))
	}
	for _, tag := range Languages() {
		for key, w := range tables[tag].words {
			want := in(tables[Default].words[key].other)
			if got := in(w.other); got != want {
				t.Errorf("%s.json: %q has the placeholders %s, want %s", tag, key, got, want)
			}
		}
	}
}

func TestChineseHasChinesePunctuation(t *testing.T) {
	wrong := regexp.MustCompile(`\p{Han}[,;:?!]|\p{Han}\.(\s|$)|[!！]`)
	for key, w := range tables["zh-Hans"].words {
		if wrong.MatchString(w.other) {
			t.Errorf("%q has Latin punctuation, or an exclamation mark: %s", key, w.other)
		}
	}
	for key, w := range tables["en"].words {
		if strings.ContainsAny(w.other, "!！。，") {
			t.Errorf("%q: an exclamation mark, or Chinese punctuation: %s", key, w.other)
		}
	}
}

// One thing has one word: a machine's proposal is 建议, which is 接受 or 拒绝; what a
// person proposes is 待审修改, which is 通过 or 驳回; either is a 待审项.
func TestChineseHasOneWordForAThing(t *testing.T) {
	other := regexp.MustCompile(`提案|采纳|修改建议`)
	for key, w := range tables["zh-Hans"].words {
		if found := other.FindString(w.other); found != "" {
			t.Errorf("%q says %s: %s", key, found, w.other)
		}
	}
}
