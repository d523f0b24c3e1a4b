package export

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// emptyAid is a finding aid into which nothing was written yet.
func emptyAid(t *testing.T) *aidWriter {
	t.Helper()
	a, err := storage.Create(context.Background(), filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	w, err := openFindingAid(&job{ctx: context.Background(), a: a, folder: t.TempDir(), o: Options{Choice: Choice{Title: "T<i>", Day: "2026-11-29"}}})
	if err != nil {
		t.Fatal(err)
	}
	return w.(*aidWriter)
}

// A list of many documents is cut into pages, on each of which the others are in
// reach; every document is on one.
func TestFindingAidPages(t *testing.T) {
	for _, c := range []struct{ documents, pages int }{{0, 1}, {1, 1}, {onePage, 1}, {onePage + 1, 3}, {12 * perPage, 12}, {12*perPage + 1, 13}} {
		w := emptyAid(t)
		for i := range c.documents {
			w.rows = append(w.rows, aidRow{n: i + 1, id: fmt.Sprint("d", i), title: fmt.Sprint("<", i), tags: []string{"a/b"}, date: "1950/1952", status: "new"})
		}
		if c.documents > 3 {
			w.rows[3] = aidRow{n: 4, id: "d3", closed: &Closure{Condition: "秘密<", Until: "2040"}}
		}
		if _, err := w.close(); err != nil {
			t.Fatal(err)
		}
		files := tree(t, w.j.folder)
		files["about.html"] = ""
		files["findingaid/documents"] = ""
		seen := map[string]int{}
		for n := range c.pages {
			page, ok := files["findingaid/"+pageName(n)]
			if !ok {
				t.Fatalf("%d documents: no page %d", c.documents, n+1)
			}
			for _, e := range nodes(parsed(t, page)) {
				if link := attribute(e, "href"); strings.HasPrefix(link, "documents/") {
					seen[link]++
					files["findingaid/"+link] = ""
				}
			}
			checkPage(t, pageName(n), page)
		}
		if _, ok := files["findingaid/"+pageName(c.pages)]; ok {
			t.Errorf("%d documents: more than %d pages", c.documents, c.pages)
		}
		want := c.documents
		if c.documents > 3 {
			want--
			if !strings.Contains(files["findingaid/index.html"], "秘密&lt;；开放日期：2040") {
				t.Error("the closed document is not listed with its condition")
			}
		}
		if len(seen) != want {
			t.Errorf("%d documents: %d are listed", c.documents, len(seen))
		}
		checkLinks(t, files)
	}
}

// What is searched is cut into pieces, each a list that a browser can read.
func TestChunks(t *testing.T) {
	w := emptyAid(t)
	c := &chunks{j: w.j, name: "text", most: 100}
	for i := range 20 {
		if err := c.put([]any{i, strings.Repeat("字", 10)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	files, n := tree(t, w.j.folder), 0
	for name, data := range files {
		m := taken.FindStringSubmatch(data)
		if m == nil {
			t.Fatalf("%s: %q", name, data)
		}
		n += strings.Count(m[3], "字字字字字字字字字字")
	}
	if n != 20 || len(files) != 10 || c.n != 10 {
		t.Errorf("%d items in %d files", n, len(files))
	}
}

// browser is where a Chromium is on this machine; without one the test is skipped.
func browser(t *testing.T) func(address string) *html.Node {
	t.Helper()
	const program = "/usr/bin/chromium"
	if _, err := os.Stat(program); err != nil || testing.Short() {
		t.Skipf("the pages were not tried in a browser: there is no %s, or the tests are to be short", program)
	}
	home := t.TempDir()
	return func(address string) *html.Node {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		out, err := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--user-data-dir="+home, "--virtual-time-budget=5000", "--dump-dom", address).Output()
		if err != nil {
			t.Skipf("the pages were not tried in a browser: %v", err)
		}
		return parsed(t, string(out))
	}
}

// A browser finds what is there, from a disk, in any script, and shows it.
func TestFindingAidSearches(t *testing.T) {
	look := browser(t)
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:creator", Values: []archive.ValueIn{{Value: "ＡＢＣ Straße <b>"}}},
		&archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:date", Values: []archive.ValueIn{{Value: "1950/1953"}}}); err != nil {
		t.Fatal(err)
	}
	out, _ := exported(t, a, Choice{Formats: []string{"findingaid"}})
	for _, c := range []struct {
		asked url.Values
		hits  int
		lit   []string
	}{
		{url.Values{"q": {"司法"}}, 1, []string{"司法"}},
		{url.Values{"q": {"会"}}, 1, []string{"会", "会"}},
		{url.Values{"q": {"推进会会议"}}, 1, []string{"推进会\n会议"}}, // the end of a line is no border between words
		{url.Values{"q": {"abc STRASSE"}}, 1, []string{"ＡＢＣ", "Straße"}},
		{url.Values{"q": {"\"SECOND\""}}, 1, []string{"Second"}},
		{url.Values{"q": {"召集"}}, 1, []string{"召集"}}, // a correction
		{url.Values{"q": {"主持"}}, 0, nil},            // what it corrected
		{url.Values{"q": {"<b>"}}, 1, []string{"<b>", "<b>"}},
		{url.Values{"tag": {"党建"}}, 1, nil},
		{url.Values{"year": {"1951"}}, 1, nil},
		{url.Values{"tag": {"党建"}, "q": {"second"}}, 0, nil},
	} {
		c.asked.Set("lang", "en")
		root := look("file://" + filepath.Join(out, "findingaid", "index.html") + "?" + c.asked.Encode())
		var lit []string
		hits, words := 0, ""
		for _, n := range nodes(root) {
			switch {
			case attribute(n, "class") == "hit" && n.Parent.Parent.Data != "a": // of the title
				lit = append(lit, textOf(n))
			case n.Data == "li":
				hits++
			case attribute(n, "id") == "count":
				words = textOf(n)
			}
		}
		want := i18n.In("en", map[int]string{0: "aid.hits-none", 1: "aid.hits-one"}[c.hits])
		if hits != c.hits || words != want {
			t.Errorf("%v: %d hits, want %d; it says %q", c.asked, hits, c.hits, words)
		}
		if c.lit != nil && strings.Join(lit, "|") != strings.Join(c.lit, "|") {
			t.Errorf("%v: %q is shown, want %q", c.asked, lit, c.lit)
		}
	}
	for _, lang := range i18n.Languages() {
		root := look("file://" + filepath.Join(out, "findingaid", "documents", string(id)+".html") + "?q=%E5%8F%B8&lang=" + lang)
		if page := nodes(root)[0]; attribute(page, "lang") != lang || attribute(page, "data-language") != lang {
			t.Errorf("%s: the page is in %q", lang, attribute(page, "lang"))
		}
		if got := textOf(ofClass(root, "text")); got != strings.Replace(notice, "主持", "召集", 1) {
			t.Errorf("%s: the text is %q", lang, got)
		}
	}
}
