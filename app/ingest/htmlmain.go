package ingest

import (
	"slices"
	"strconv"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// The main text of a page is that of its article: what readability chooses in it, and what stands beside that and says
// what it is. Only the choice is readability's; it is written by the rules by which all of the page is, line for line. A
// page without an article that could be told from the rest has all of its text and no other.

// readPage makes the texts and the proposals of a page.
func (d *Document) readPage(source string, r Recipe) {
	full := Text{Recipe: r}
	full.Recipe.Undecoded = slices.Clone(r.Undecoded)
	var heads headings
	full.Text, heads = extractHTML(source, &full.Recipe)
	d.Title, d.Text, d.Recipe = heads.title, full.Text, full.Recipe
	stated := statedBy(source)
	if keep, lines := articleRuns(source); keep != nil {
		if main, _ := extractPage(source, &r, fromMain, keep); main != "" && main != full.Text {
			d.Text, d.Recipe, d.Others = main, r, []Text{full}
			d.page = &page{proposals: proposeStated(propose(full.Text, heads), full.Text, stated), frame: frameOf(full.Text, lines, keep)}
		}
	}
	d.Proposals = proposeStated(propose(d.Text, heads), d.Text, stated)
}

// weigh is how much a run of text says: its letters and figures, those of wide scripts twice.
func weigh(s string) (n int) {
	for _, r := range s {
		switch {
		case wide(r) && unicode.IsLetter(r):
			n += 2
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n++
		}
	}
	return n
}

// articleRuns says of every run of text of a page whether it is of its article: what readability chooses, and what stands
// beside that and says what it is. It is nil where the page has no article. lines are those of all of the page.
func articleRuns(source string) (kept []bool, lines []pageLine) {
	tree := newPageTree()
	runs := walkPage(source, tree)
	if tree.tooMuch {
		return nil, nil
	}
	if kept = chosen(tree, runs); kept == nil {
		return nil, nil
	}
	heads := writeHTML(source, &lineWriter{lines: &lines}, nil)
	a := articleIn(lines, kept)
	if !a.sensible(sharesOf(tree, kept)) {
		return nil, nil
	}
	a.frame(titlesOf(heads, statedBy(source)))
	return kept, lines
}

// fewCounted is how much an article has, see counted, before readability believes in it: 50 ideographs. Where it has less it
// looks again with less care, until menus and comments are articles too; its own 500 is too much for a notice.
const fewCounted = 150

// chosen is what readability chooses. It is asked for the places only; a page that is too much for it has no article.
func chosen(tree *pageTree, runs int) (kept []bool) {
	defer func() {
		if recover() != nil {
			kept = nil
		}
	}()
	p := readability.NewParser()
	p.DisableJSONLD = true
	p.CharThresholds = fewCounted
	article, err := p.ParseAndMutate(tree.doc, nil)
	if err != nil || article.Node == nil {
		return nil
	}
	kept = make([]bool, runs)
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			for _, a := range n.Attr {
				if run, err := strconv.Atoi(a.Val); err == nil && a.Key == runOf {
					kept[run] = true
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(article.Node)
	if !slices.Contains(kept, true) {
		return nil
	}
	return kept
}

// What was chosen may be no article but a list, a thread or a corner of the page. Measured on 43 pages of others with an
// article (html-readability, html-hard in ../shared/corpora): at most 24 in 100 of it are links, of the words of the page
// outside links it has 33 in 100 and more, and it has one entry at most. A list of titles with their days, as the tests
// have it, is links for 85 in 100, and a thread has an entry for each post.
const (
	leastArticle = 100 // letters, see weigh
	leastShare   = 0.25
	mostLinks    = 0.5
	mostEntries  = 3
)

// shares are weights of text: what is in the article and in the page, outside links and in them.
type shares struct{ text, link, allText, allLink int }

func sharesOf(t *pageTree, kept []bool) (s shares) {
	for run, w := range t.texts {
		if t.links[run] {
			s.allLink += w
		} else {
			s.allText += w
		}
		switch {
		case !kept[run]:
		case t.links[run]:
			s.link += w
		default:
			s.text += w
		}
	}
	return s
}

// sensible says whether what was chosen is an article.
func (a *article) sensible(s shares) bool {
	if a.first < 0 || s.text+s.link < leastArticle && s.text < s.allText {
		return false
	}
	return float64(s.link) <= mostLinks*float64(s.text+s.link) && float64(s.text) >= leastShare*float64(s.allText) && a.entries() <= mostEntries
}
