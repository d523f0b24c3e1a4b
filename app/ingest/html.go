package ingest

import (
	"strings"

	"golang.org/x/net/html"
)

// HTML is read token by token, without a tree: in order, in one pass, however deep or broken the page is.
//
// All text that a browser would show is kept, in the order of the source. A block is a line, br is a line end, a row of
// a table is a line with tabs between its cells; white space runs are one space, and none where the source breaks a line
// between two Chinese characters; in pre and textarea every space and line end stays. Scripts, styles, templates,
// comments and what is only for browsers without scripts or frames' fallbacks (noscript, iframe) are left out, as are
// attributes. The title is taken apart. The page itself is the original and stays whole.

// blocks begin and end a line.
var blocks = setOf("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption" +
	" figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol optgroup option p" +
	" pre section select summary table tbody tfoot thead textarea tr ul xmp plaintext listing")

// dropped have content that is not for readers.
var dropped = setOf("script style template noscript iframe noembed")

// rawText are those whose content the tokenizer takes as text, tags and all.
var rawText = setOf("title textarea noframes plaintext xmp")

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// headings are what a page says of itself: its <title> and the text of its first h1.
type headings struct{ title, h1 string }

// OfPageOrText says whether the text is that of a page or a plain text, and not of a file that another tool has written.
func (r *Recipe) OfPageOrText() bool {
	return r.Extractor == "plain" || r.Extractor == fromHTML || r.Extractor == fromMain
}

// OfArticle says whether the text is that of the article of a page alone.
func (r *Recipe) OfArticle() bool { return r.Extractor == fromMain }

// fromHTML and fromMain are the extractors of a page, as recipes name them: all of its text, and the text of its article.
const (
	fromHTML = "html"
	fromMain = "html-main"
)

// extractHTML takes the text out of a page. It says so in the recipe and moves the recipe's places to where they are in
// the text that is left.
func extractHTML(source string, r *Recipe) (text string, heads headings) {
	return extractPage(source, r, fromHTML, nil)
}

// extractPage is extractHTML of the runs of text that keep wants, by their numbers; nil wants all.
func extractPage(source string, r *Recipe, extractor string, keep []bool) (text string, heads headings) {
	r.Extractor = extractor
	r.Spellings = nil // they are about characters of the source
	marked := len(r.Undecoded) > 0 && !strings.ContainsFunc(source, isSentinel)
	if marked {
		source = plantSentinels(source, r.Undecoded)
	}
	w := &lineWriter{}
	heads = writeHTML(source, w, keep)
	text = w.String()
	if marked {
		var ats map[int]int
		text, ats = takeSentinels(text)
		heads.title, _ = takeSentinels(heads.title)
		heads.h1, _ = takeSentinels(heads.h1)
		for i := range r.Undecoded {
			if at, ok := ats[i]; ok {
				r.Undecoded[i].At = at
			} else {
				r.Undecoded[i].At = -1
			}
		}
		return text, heads
	}
	for i := range r.Undecoded {
		r.Undecoded[i].At = -1
	}
	return text, heads
}

// pageEvents is told what a page holds, in the order of the source.
type pageEvents interface {
	start(tag string, z *html.Tokenizer, attributes bool) // the attributes are still to be read from z
	end(tag string)
	text(run int, s string) // runs are numbered from 0; what is dropped counts and is not told
}

// walkPage tells of a page without what is dropped. It gives the number of its runs of text.
func walkPage(source string, e pageEvents) (runs int) {
	z := html.NewTokenizer(strings.NewReader(source))
	skip, depth := "", 0 // the dropped element that is open, and how often in itself
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return runs
		case html.TextToken:
			if skip == "" {
				e.text(runs, string(z.Text()))
			}
			runs++
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attributes := z.TagName()
			tag := string(name)
			switch {
			case skip != "":
				if tag == skip {
					depth++
				}
			case kind == html.SelfClosingTagToken && (dropped[tag] || rawText[tag]):
				// XHTML's <script src=… />: empty, whatever HTML says, else the rest of the page would be lost in it.
				z.NextIsNotRawText()
			case dropped[tag]:
				skip, depth = tag, 1
			default:
				e.start(tag, z, attributes)
				if tag == "noframes" {
					z.NextIsNotRawText()
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := string(name)
			switch {
			case skip == "":
				e.end(tag)
			case tag == skip:
				if depth--; depth == 0 {
					skip = ""
				}
			}
		}
	}
}

// writeHTML writes the runs of a page that keep wants and reads its headings.
func writeHTML(source string, w *lineWriter, keep []bool) headings {
	p := pageWriter{w: w, keep: keep}
	walkPage(source, &p)
	if p.h1 != nil && p.heads.h1 == "" {
		p.heads.h1 = oneLine(p.h1.String())
	}
	return p.heads
}

// A pageWriter writes the text of a page as lines.
type pageWriter struct {
	w         *lineWriter
	keep      []bool
	heads     headings
	title, h1 *strings.Builder // while they are open
	pre       int              // how many are open
}

func (p *pageWriter) text(run int, s string) {
	if p.title != nil {
		p.title.WriteString(s)
		return
	}
	if p.h1 != nil {
		p.h1.WriteString(s)
	}
	if p.keep == nil || p.keep[run] {
		p.w.run = run
		p.w.text(s, p.pre > 0)
	}
}

func (p *pageWriter) start(tag string, _ *html.Tokenizer, _ bool) {
	switch {
	case tag == "title":
		p.title = &strings.Builder{}
	case tag == "br":
		p.w.lineBreak()
		if p.h1 != nil {
			p.h1.WriteByte(' ')
		}
	case tag == "td" || tag == "th":
		p.w.cell()
	case blocks[tag]:
		p.w.block()
		switch tag {
		case "pre", "textarea", "listing", "xmp":
			p.pre++
			p.w.freshPre = true
		case "h1":
			if p.heads.h1 == "" && p.h1 == nil {
				p.h1 = &strings.Builder{}
			}
		}
	}
}

func (p *pageWriter) end(tag string) {
	switch {
	case tag == "title" && p.title != nil:
		if p.heads.title == "" {
			p.heads.title = oneLine(p.title.String())
		}
		p.title = nil
	case blocks[tag]:
		p.w.block()
		switch tag {
		case "pre", "textarea", "listing", "xmp":
			p.pre = max(0, p.pre-1)
		case "h1":
			if p.h1 != nil && p.heads.h1 == "" {
				p.heads.h1 = oneLine(p.h1.String())
			}
			p.h1 = nil
		}
	}
}

// oneLine joins the words of a text by single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
