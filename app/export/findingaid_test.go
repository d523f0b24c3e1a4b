package export

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// parsed is a page as a browser reads it.
func parsed(t testing.TB, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// nodes lists the elements of a page.
func nodes(n *html.Node) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			out = append(out, d)
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// ofClass is the first element of a class.
func ofClass(n *html.Node, class string) *html.Node {
	for _, e := range nodes(n) {
		if slices.Contains(strings.Fields(attribute(e, "class")), class) {
			return e
		}
	}
	return nil
}

// docsOf are the documents as the formats get them.
func docsOf(t testing.TB, a *storage.Archive, c Choice) map[archive.ID]*Doc {
	t.Helper()
	out := map[archive.ID]*Doc{}
	j := &job{ctx: context.Background(), a: a, o: Options{Choice: c}}
	if err := j.list(); err != nil {
		t.Fatal(err)
	}
	for r := range j.read(j.ctx) {
		if r.err != nil {
			t.Fatal(r.err)
		}
		out[j.docs[r.at].ID] = r.doc
	}
	return out
}

// elementsOf are those that the pages of this package may have.
var elementsOf = "html head meta title link script style body header footer main nav a button h1 h2 p section form label input select option noscript " +
	"ol table thead tbody tr th td dl dt dd div span bdi mark ins del time code details summary"

// checkPage says what is wrong with a page whatever it holds.
func checkPage(t testing.TB, name, page string) {
	t.Helper()
	ids := map[string]bool{}
	known := strings.Fields(elementsOf)
	for _, n := range nodes(parsed(t, page)) {
		if !slices.Contains(known, n.Data) {
			t.Errorf("%s: an element %s came from the data", name, n.Data)
		}
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s: the id %s is there twice", name, id)
			}
			ids[id] = true
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("%s: an attribute %s", name, a.Key)
			}
		}
	}
	if strings.Contains(page, "aid.") && strings.Contains(page, ">aid.") {
		t.Errorf("%s: a key without words", name)
	}
}

// checkLinks says which links of an export lead nowhere.
func checkLinks(t testing.TB, files map[string]string) {
	t.Helper()
	targets := map[string]map[string]bool{}
	for name, page := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		targets[name] = map[string]bool{"": true}
		for _, n := range nodes(parsed(t, page)) {
			targets[name][attribute(n, "id")] = true
		}
	}
	for name := range targets {
		if !strings.HasPrefix(name, "findingaid/") {
			continue
		}
		for _, n := range nodes(parsed(t, files[name])) {
			for _, link := range []string{attribute(n, "href"), attribute(n, "src")} {
				u, err := url.Parse(link)
				if err != nil || u.Scheme != "" {
					if err != nil || n.Data != "a" {
						t.Errorf("%s: the link %s", name, link)
					}
					continue
				}
				to := name
				if u.Path != "" {
					to = path.Join(path.Dir(name), u.Path)
				}
				if _, ok := files[to]; !ok {
					t.Errorf("%s: the link %s leads nowhere", name, link)
				} else if u.Fragment != "" && !targets[to][u.Fragment] {
					t.Errorf("%s: there is no %s", name, link)
				}
			}
		}
	}
}

func TestFindingAidHoldsTheTexts(t *testing.T) {
	seeds := int64(40)
	if testing.Short() {
		seeds = 6
	}
	for seed := range seeds {
		a := randomArchive(t, seed)
		for _, c := range []Choice{{Set: All, Text: Reading}, {Set: Approved, Text: Source}} {
			c.Day = "2026-11-29"
			docs := docsOf(t, a, c)
			c.Formats = []string{"findingaid"}
			out, _ := exported(t, a, c)
			files := tree(t, out)
			for id, d := range docs {
				name := fmt.Sprintf("findingaid/documents/%s.html", id)
				root := parsed(t, files[name])
				block := ofClass(root, "text")
				if block == nil {
					t.Fatalf("seed %d: %s has no text", seed, name)
				}
				if got, want := textOf(block), legal(d.Text); got != want {
					t.Fatalf("seed %d: %s\ngot  %q\nwant %q", seed, name, got, want)
				}
				checkMarks(t, name, block, d)
				checkPage(t, name, files[name])
			}
			checkPage(t, "index.html", files["findingaid/index.html"])
			checkLinks(t, files)
			checkSearch(t, files, docs)
		}
	}
}

// checkMarks says which marks do not hold their words.
func checkMarks(t testing.TB, name string, block *html.Node, d *Doc) {
	t.Helper()
	points := []rune(legal(d.Text))
	var marks, pieces int
	for _, n := range nodes(block) {
		if id, ok := strings.CutPrefix(attribute(n, "id"), "m-"); ok {
			marks++
			for _, m := range d.Placed() {
				if string(m.ID) == id && !strings.HasPrefix(string(points[m.From:m.To]), textOf(n)) {
					t.Errorf("%s: the mark %s begins with %q, not %q", name, id, textOf(n), string(points[m.From:m.To]))
				}
			}
		}
		if attribute(n, "data-label") != "" {
			pieces++
		}
	}
	if marks != len(d.Marks) || pieces != len(d.Marks) {
		t.Errorf("%s: %d marks and %d labels of %d", name, marks, pieces, len(d.Marks))
	}
}

var taken = regexp.MustCompile(`(?s)^"use strict";\naid\.take\("(list|text)", (\d+), (\[.*\])\);\n$`)

// checkSearch says where the search has not what the documents have.
func checkSearch(t testing.TB, files map[string]string, docs map[archive.ID]*Doc) {
	t.Helper()
	numbers := map[float64]archive.ID{}
	texts := map[float64]string{}
	for name, data := range files {
		if !strings.HasPrefix(name, "findingaid/search/") {
			continue
		}
		m := taken.FindStringSubmatch(data)
		if m == nil {
			t.Fatalf("%s: %.80q", name, data)
		}
		var rows [][]any
		if err := json.Unmarshal([]byte(m[3]), &rows); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range rows {
			if m[1] == "list" {
				numbers[r[0].(float64)] = archive.ID(r[1].(string))
				if r[3] != legal(docs[archive.ID(r[1].(string))].Title) {
					t.Errorf("%s: the title %q", name, r[3])
				}
			} else {
				texts[r[0].(float64)] = r[1].(string)
			}
		}
	}
	if len(numbers) != len(docs) || len(texts) != len(docs) {
		t.Errorf("the search has %d documents and %d texts of %d", len(numbers), len(texts), len(docs))
	}
	for n, id := range numbers {
		if texts[n] != legal(docs[id].Text) {
			t.Errorf("the search has another text of %s: %q", id, texts[n])
		}
	}
}

// Spans nest whatever they are, and each is there once, from its beginning to its
// end.
func TestNest(t *testing.T) {
	var p page
	p.marked("0<2\r4五678", []span{{from: 0, to: 5, element: "a", last: " z"}, {from: 3, to: 8, element: "b"}, {from: 3, to: 3, element: "c"}, {from: 3, to: 5, element: "d", first: " y"}, {from: 99, to: -1, element: "e"}})
	if got, want := p.String(), "<a z>0&lt;2<b><d y><c></c>&#13;4</d></b></a><b>五67</b>8<e></e>"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	many := make([]span, 500)
	for i := range many {
		many[i] = span{from: i, to: 1000 - i%7, element: "mark"}
	}
	var q page
	text := strings.Repeat("字", 1000)
	q.marked(text, many)
	depth, most := 0, 0
	for i, tok := range nest(many) {
		if tok.open {
			depth++
		} else {
			depth--
		}
		if most = max(most, depth); depth < 0 {
			t.Fatalf("token %d closes what is not open", i)
		}
	}
	if depth != 0 || most > deepest+1 {
		t.Errorf("depth %d at the end, %d at most", depth, most)
	}
	if got := textOf(parsed(t, "<div>"+q.String()+"</div>")); got != text {
		t.Errorf("%d bytes of text, want %d", len(got), len(text))
	}
}

func TestYears(t *testing.T) {
	for _, c := range []struct {
		date string
		want string
	}{{"2015-11-22", "[2015]"}, {"20151122", "[2015]"}, {"201511", "[2015]"}, {"1921-03?", "[1921]"}, {"[1898~]", "[1898]"}, {"1950/1953", "[1950 1951 1952 1953]"}, {"2015年11月22日", "[2015]"},
		{"19XX", "[]"}, {"", "[]"}, {"12345", "[]"}, {"1953/1950", "[1950 1953]"}, {"0001/9999", "[1 9999]"}} {
		if got := fmt.Sprint(years(c.date)); got != c.want {
			t.Errorf("%q: %s, want %s", c.date, got, c.want)
		}
	}
}

// Every word that the pages say is there in each language, and each has the others
// beside it.
func TestFindingAidSpeaksEveryLanguage(t *testing.T) {
	a, _ := filled(t)
	out, _ := exported(t, a, Choice{Formats: []string{"findingaid"}, Set: All})
	for name, page := range tree(t, out) {
		if !strings.HasPrefix(name, "findingaid/") || path.Ext(name) != ".html" {
			continue
		}
		said := map[string]int{}
		for _, n := range nodes(parsed(t, page)) {
			if attribute(n, "class") == "w" {
				said[attribute(n, "lang")]++
			}
			if attribute(n, "data-say") != "" {
				for _, tag := range i18n.Languages() {
					if attribute(n, "data-"+strings.ToLower(tag)) == "" {
						t.Errorf("%s: %s says nothing in %s", name, n.Data, tag)
					}
				}
			}
		}
		if said["en"] == 0 || said["en"] != said["zh-Hans"] {
			t.Errorf("%s: %v", name, said)
		}
	}
}

// Of a closed document the finding aid has its condition and nothing else.
func TestFindingAidKeepsWhatIsClosed(t *testing.T) {
	a, id := filled(t)
	if _, err := a.Apply(context.Background(), "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: AccessField, Values: []archive.ValueIn{{Value: "控制"}}}); err != nil {
		t.Fatal(err)
	}
	out, m := exported(t, a, Choice{Formats: []string{"findingaid"}, Set: All, Closed: ListClosed})
	files := tree(t, out)
	if !strings.Contains(files["findingaid/index.html"], "不开放：控制") || m.Counts["findingaid"]["closed"] != 1 || m.Counts["findingaid"]["documents"] != 1 {
		t.Errorf("it is not listed as closed: %v", m.Counts)
	}
	checkLinks(t, files)
	for name, data := range files {
		if strings.HasPrefix(name, "findingaid/") && (strings.Contains(data, "李振国") || strings.Contains(data, "党建") || strings.Contains(name, string(id))) {
			t.Errorf("%s tells of it", name)
		}
	}
}
