package office

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fonds/app/ingest/content"
)

const corpora = "../../../../shared/corpora"

// table reads a tab-separated table of the corpora without its first line; the test is skipped where there is none.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(corpora, name))
	if err != nil {
		t.Skipf("the corpora are not here: %v", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", name, len(rows), err)
	}
	return rows[1:]
}

// readFile reads a document with the reader of its kind.
func readFile(t *testing.T, path string) (*content.Content, error) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := read(context.Background(), data)
	if err == nil {
		sound(t, c)
	}
	return c, err
}

// read reads bytes as what they are.
func read(ctx context.Context, data []byte) (*content.Content, error) {
	switch Kind(data) {
	case TypeODT, TypeOTT, TypeFODT, TypeSXW:
		return ODT(ctx, data)
	}
	return DOCX(ctx, data)
}

// sound fails where a content is not as package content says that it is.
func sound(t *testing.T, c *content.Content) {
	t.Helper()
	texts := []string{c.Title, c.Text}
	for _, s := range c.Said {
		texts = append(texts, s.Value, s.Where)
		if !strings.HasPrefix(s.Field, "dcterms:") || strings.TrimSpace(s.Value) == "" {
			t.Errorf("said %+v", s)
		}
	}
	texts = append(texts, c.Lost...)
	for _, s := range texts {
		if !utf8.ValidString(s) {
			t.Errorf("not UTF-8: %.60q", s)
		}
		if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }); i >= 0 {
			t.Errorf("a control: %.60q", s[i:])
		}
	}
	if len(c.Pages) > 0 {
		t.Errorf("%d pages: these formats have none", len(c.Pages))
	}
}

// tokens are the words of a text, without case; Han characters and kana are words of their own.
func tokens(s string) []string {
	var out []string
	var w strings.Builder
	end := func() {
		if w.Len() > 0 {
			out = append(out, w.String())
			w.Reset()
		}
	}
	for _, r := range norm.NFKC.String(strings.ToLower(s)) {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end()
			out = append(out, string(r))
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			w.WriteRune(r)
		default:
			end()
		}
	}
	end()
	return out
}

// missing gives the first word that does not follow in its order, and how many do not where the search goes on behind it.
func missing(want, have []string) (first string, n int) {
	at := 0
	for _, w := range want {
		i := at
		for i < len(have) && have[i] != w {
			i++
		}
		if i == len(have) {
			if n++; first == "" {
				first = w
			}
			continue
		}
		at = i + 1
	}
	return first, n
}

var (
	inlines = regexp.MustCompile(`</?(span|em|strong|del|sup|sub|u|a|code|mark|b|i)( [^>]*)?>`)
	tags    = regexp.MustCompile(`(?s)<head.*?</head>|<[^>]*>|\\[a-z]+`)
	alts    = regexp.MustCompile(`<img[^>]* alt="([^"]*)"[^>]*>`)
	doodles = regexp.MustCompile(`[+|][-=:+]{3,}|-{3,}`)
)

// pandocWords gives what pandoc reads, as the words of its plain text and as those of its HTML. The plain text has the
// cells of tables side by side, signs in words that are struck out, and lists counted by rules of its own; HTML has not.
func pandocWords(t *testing.T, path string) (plain, html []string, ok bool) {
	t.Helper()
	if _, err := exec.LookPath("pandoc"); err != nil {
		return nil, nil, false
	}
	run := func(to string) string {
		out, err := exec.Command("pandoc", "--wrap=none", "-t", to, path).Output()
		if err != nil {
			t.Fatalf("pandoc -t %s %s: %v", to, path, err)
		}
		return string(out)
	}
	h := strings.ReplaceAll(run("html"), `<a href="#fn`, ` <a href="#fn`)
	h = strings.ReplaceAll(h, "\u21A9\uFE0E", "")
	h = alts.ReplaceAllString(inlines.ReplaceAllString(h, ""), "[$1]")
	h = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`).Replace(tags.ReplaceAllString(h, " "))
	return tokens(strings.ReplaceAll(run("plain"), "~~", "")), tokens(h), true
}

// Every document that pandoc reads is read, with every word of it, in order.
func TestWordsOfPandoc(t *testing.T) {
	files, read, whole := 0, 0, 0
	for _, row := range table(t, "docx-odt-pandoc-baseline.tsv") {
		name := row[0]
		if strings.HasSuffix(name, ".epub") || row[1] != "0" {
			continue
		}
		files++
		path := filepath.Join(corpora, name)
		c, err := readFile(t, path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		read++
		if dir := os.Getenv("DUMP"); dir != "" {
			_ = os.WriteFile(filepath.Join(dir, filepath.Base(name)+".txt"), []byte(c.Text), 0o600)
		}
		plain, html, ok := pandocWords(t, path)
		want := plain
		if have := tokens(c.Text); ok {
			if _, n := missing(plain, have); n > 0 {
				t.Logf("%s: by pandoc's HTML, not by its plain text (%d)", name, n)
				want = html
			}
		} else {
			want = tokens(doodles.ReplaceAllString(row[3], " "))
			if chars, _ := strconv.Atoi(row[2]); chars < 200 && len(want) > 0 {
				want = want[:len(want)-1] // may be cut
			}
		}
		if w, n := missing(want, tokens(c.Text)); n > 0 {
			t.Logf("%s: %d of %d words of pandoc's do not follow in their order, the first is %q", name, n, len(want), w)
			continue
		}
		whole++
	}
	if read < 161 || whole < 161 {
		t.Errorf("fewer than were reached (161)")
	}
	t.Logf("BENCH %-46s %d of %d (to reach: all); read %d of %d", "every word of pandoc's, in order: DOCX, ODT", whole, files, read, files)
}
