package zones

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// These tests run on real texts of others (../shared/corpora), each of which is one document, and skip where they are
// absent. Run with -v they print what they counted.

// textsUnder gives the files under a folder of the corpora whose names end so.
func textsUnder(t testing.TB, folder, suffix string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(shared(t, folder), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, suffix) {
			return err
		}
		b, err := os.ReadFile(name)
		texts[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// pageText gives the text of a page as it is copied out of a browser: a line for each block.
func pageText(t testing.TB, source string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg:
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(strings.Join(strings.Fields(n.Data), " ") + " ")
		}
		block := slices.Contains([]atom.Atom{atom.P, atom.Div, atom.Li, atom.Br, atom.H1, atom.H2, atom.H3, atom.H4, atom.Tr, atom.Section, atom.Article, atom.Ul,
			atom.Blockquote, atom.Pre, atom.Header, atom.Footer, atom.Nav, atom.Figure, atom.Dd, atom.Dt}, n.DataAtom)
		if block {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			b.WriteByte('\n')
		}
	}
	walk(doc)
	return b.String()
}

// A count is what a set of texts had.
type count struct{ texts, lines, furniture, splits, doubtful int }

func (c count) String() string {
	return fmt.Sprintf("%d texts, %d lines: %d lines of furniture, %d splits, %d more that are doubtful", c.texts, c.lines, c.furniture, c.splits, c.doubtful)
}

func countIn(t *testing.T, texts map[string]string) (c count) {
	t.Helper()
	for name, text := range texts {
		c.texts++
		c.lines += len(read(text).lines)
		rs := []rune(text)
		for _, z := range Furniture(text) {
			c.furniture++
			if testing.Verbose() && os.Getenv("FONDS_ZONES") != "" {
				t.Logf("%s: %s %q", filepath.Base(filepath.Dir(name)), z.Rule, string(rs[z.Start:z.End]))
			}
		}
		for _, s := range Splits(text, nil) {
			if s.Confidence >= Doubtful {
				c.splits++
			} else {
				c.doubtful++
			}
			t.Logf("%s: %+v %q", filepath.Base(filepath.Dir(name)), s, firstLine(string(rs[s.At:])))
		}
	}
	return c
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func TestRealTextsAreNotSplit(t *testing.T) {
	for _, tt := range []struct {
		name, folder, suffix string
		page                 bool
		most                 count // how many splits, and how many doubtful ones, are let pass
	}{
		{"laws", "corpora/zh-laws", "README.md", false, count{}},
		{"classics", "corpora/zh-kanripo", ".txt", false, count{}},
		{"articles", "corpora/html-readability", "expected.html", true, count{}},
		{"whole pages", "corpora/html-readability", "source.html", true, count{}},
		{"mails of MimeKit", "corpora/eml-mimekit", ".eml", false, count{}},
		{"mails of Mail", "corpora/eml-mikel-mail", ".eml", false, count{doubtful: 2}},
		{"mails of mail-parser", "corpora/eml-mailparser", ".eml", false, count{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			texts := textsUnder(t, tt.folder, tt.suffix)
			if tt.page {
				for name, source := range texts {
					texts[name] = pageText(t, source)
				}
			}
			c := countIn(t, texts)
			t.Logf("%s: %v", tt.name, c)
			if c.texts == 0 {
				t.Fatal("no text was found")
			}
			if c.splits > tt.most.splits || c.doubtful > tt.most.doubtful {
				t.Errorf("%d splits and %d doubtful ones, at most %d and %d are let pass", c.splits, c.doubtful, tt.most.splits, tt.most.doubtful)
			}
		})
	}
}

// A mailbox of three mails, as it lies on a disk, is cut in three.
func TestMailbox(t *testing.T) {
	text := readFile(t, shared(t, "corpora/tika-docs/files/complex.mbox"))
	splits := Splits(text, nil)
	for _, s := range splits {
		if s.Rule != "mail.mailbox" || !strings.HasPrefix(string([]rune(text)[s.At:]), "From ") {
			t.Errorf("%+v", s)
		}
	}
	if want := strings.Count(text, "\nFrom "); len(splits) != want {
		t.Errorf("%d splits, want %d", len(splits), want)
	}
}
