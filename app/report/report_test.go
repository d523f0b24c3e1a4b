package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

const evil = `</title></style><script>alert("1")</script>'&` + "\u202e\u05d0\u05d1\x07"

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.FixedZone("", 8*3600))

func ptr[T any](v T) *T { return &v }

// worked is an archive in which several people have worked, with names that would
// like to be HTML.
func worked(t *testing.T) *storage.Archive {
	t.Helper()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "县<i>.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"},
		storage.Options{Now: func() time.Time { return noon.Add(-time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	var in = make(chan *archive.Incoming, 4)
	for i := range 4 {
		text := fmt.Sprint("第", i, "号通知")
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("<b>卷%d/%d.txt", i%2, i), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{}`)}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	do := func(who string, edits ...*archive.Edit) {
		t.Helper()
		if _, err := a.Apply(ctx, who, edits...); err != nil {
			t.Fatal(err)
		}
	}
	reader := strings.Map(func(r rune) rune { // control characters are no part of a name
		if r == 7 || r == 0x202e {
			return -1
		}
		return r
	}, evil)
	do("Zhang", &archive.Edit{Do: "person.set", Name: reader, Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"},
		&archive.Edit{Do: "package.set", Name: "第一批<script>", Responsible: ptr("Wang"), Until: ptr("2026-11-01")},
		&archive.Edit{Do: "package.put", Doc: string(ids[0]), Package: ptr("第一批<script>")})
	for _, id := range ids[:3] {
		do(reader, &archive.Edit{Do: "tag.add", Doc: string(id), Tag: "会议"}, &archive.Edit{Do: "document.submit", Doc: string(id)})
	}
	do("Wang", &archive.Edit{Do: "document.return", Doc: string(ids[0]), Reason: evil}, &archive.Edit{Do: "document.approve", Doc: string(ids[1])})
	return a
}

func gathered(t *testing.T, a *storage.Archive) *Numbers {
	t.Helper()
	n, err := Gather(ctx, a, Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The page is the same bytes each time, whole HTML in each language, and nothing
// of an archive becomes part of its markup.
func TestHTML(t *testing.T) {
	defer i18n.Use(i18n.Current())
	a := worked(t)
	for _, lang := range i18n.Languages() {
		i18n.Use(lang)
		page := gathered(t, a).HTML()
		if again := gathered(t, a).HTML(); !bytes.Equal(page, again) {
			t.Errorf("%s: not the same bytes", lang)
		}
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		var text strings.Builder
		var walk func(n *html.Node)
		walk = func(n *html.Node) {
			if n.Type == html.ElementNode {
				count[n.Data]++
			}
			if n.Type == html.TextNode {
				text.WriteString(n.Data)
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
		walk(root)
		if count["script"]+count["i"]+count["b"]+count["link"]+count["img"] > 0 {
			t.Errorf("%s: the archive's words became elements: %v", lang, count)
		}
		if count["svg"] < 8 || count["table"] < 8 || count["section"] != 6 || count["style"] != 1 {
			t.Errorf("%s: elements %v", lang, count)
		}
		for _, want := range []string{`<script>alert("1")</script>'&` + "אב", "第一批<script>", "县<i>.fonds", "2026-11-29", i18n.T("check.proves.text")} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: the page does not say %q", lang, want)
			}
		}
		for _, bad := range []string{"\u202e", "\x07", "{n}", "{name}", "report.", "http:", "https:"} {
			if strings.Contains(string(page), bad) {
				t.Errorf("%s: %q is in the page", lang, bad)
			}
		}
		for replica, head := range gathered(t, a).Heads {
			if !strings.Contains(string(page), string(replica)) || !strings.Contains(string(page), head.String()) {
				t.Errorf("%s: the head of %s is missing", lang, replica)
			}
		}
	}
}

// Bars and tables say the same, and an empty archive says what to do.
func TestSections(t *testing.T) {
	n := gathered(t, worked(t))
	for _, s := range n.Sections() {
		if s.Empty != "" || len(s.Charts) == 0 {
			t.Errorf("%s is empty: %q", s.ID, s.Empty)
		}
		for _, c := range s.Charts {
			for _, r := range c.Rows {
				if len(r) != len(c.Head) {
					t.Errorf("%s, %s: a row of %d under %d titles", s.ID, c.Title, len(r), len(c.Head))
				}
			}
			for _, b := range c.Bars {
				if len(b.Values) != len(c.Parts) || b.Says == "" {
					t.Errorf("%s, %s: %+v of %d parts", s.ID, c.Title, b, len(c.Parts))
				}
			}
		}
	}
	if p := n.Packages[0]; p.Phase != archive.PhaseDue || p.Documents != 1 || p.Returned != 1 {
		t.Errorf("the package: %+v", p)
	}
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "b.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, s := range gathered(t, a).Sections() {
		if s.Empty == "" || len(s.Charts) > 0 {
			t.Errorf("%s of an empty archive: %d charts, %q", s.ID, len(s.Charts), s.Empty)
		}
	}
}

// Every number of a chart stands in its table, for those that count the same.
func TestTablesSayWhatBarsSay(t *testing.T) {
	n := gathered(t, worked(t))
	for _, s := range n.Sections() {
		for _, c := range s.Charts {
			if c.Columns || len(c.Bars) > len(c.Rows) {
				continue
			}
			for i, b := range c.Bars {
				if !strings.Contains(c.Rows[i][0], b.Label) {
					t.Errorf("%s: the bar %q stands beside the row %q", c.Title, b.Label, c.Rows[i])
				}
				for _, v := range b.Values {
					if v > 0 && !regexp.MustCompile(fmt.Sprintf(`\b%d\b`, v)).MatchString(strings.Join(c.Rows[i][1:], " ")) {
						t.Errorf("%s: %d of %q is not in its row %q", c.Title, v, b.Label, c.Rows[i])
					}
				}
			}
		}
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		n, all int
		want   string
	}{{0, 0, "–"}, {0, 3, "0%"}, {1, 3, "33%"}, {2, 3, "67%"}, {1, 200, "1%"}, {3, 3, "100%"}} {
		if got := share(c.n, c.all); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.n, c.all, got, c.want)
		}
	}
}

func TestShort(t *testing.T) {
	for _, c := range []struct{ in, want string }{{"abc", "abc"}, {"abcdefghij", "abcdefghij"}, {"abcdefghijk", "abcdefghi…"}, {"王雪梅李静", "王雪梅李静"}, {"王雪梅李静甲", "王雪梅李…"}} {
		if got := short(c.in, 10); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

// A report takes the place of the one before, whole, or says why it cannot.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "r.html")
	for _, words := range []string{mark + "first", mark + "second"} {
		if err := Write(file, []byte(words)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(file); string(got) != words {
			t.Errorf("it says %q", got)
		}
	}
	for _, bad := range []string{dir, filepath.Join(dir, "no", "r.html"), filepath.Join(file, "x")} {
		if err := Write(bad, nil); !errors.Is(err, ErrWrite) || !strings.HasPrefix(err.Error(), "writing the report to "+bad) || strings.Contains(err.Error(), ".fonds-report") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for _, there := range []string{"a letter", strings.Repeat("x", 5000)} {
		other := filepath.Join(dir, "other.html")
		if err := os.WriteFile(other, []byte(there), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Write(other, []byte(mark)); !errors.Is(err, ErrWrite) {
			t.Errorf("over another file: %v", err)
		}
		if got, _ := os.ReadFile(other); string(got) != there {
			t.Errorf("another file says %q now", got)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
