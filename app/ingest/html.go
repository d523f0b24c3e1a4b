package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// extractHTML takes the text out of a page. It says so in the recipe and moves the recipe's places to where they are in
// the text that is left.
func extractHTML(source string, r *Recipe) (text string, heads headings) {
	r.Extractor = "html"
	r.Spellings = nil // they are about characters of the source
	marked := len(r.Undecoded) > 0 && !strings.ContainsFunc(source, isSentinel)
	if marked {
		source = plantSentinels(source, r.Undecoded)
	}
	w := lineWriter{}
	heads = writeHTML(source, &w)
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

func writeHTML(source string, w *lineWriter) (heads headings) {
	z := html.NewTokenizer(strings.NewReader(source))
	skip, depth := "", 0 // the dropped element that is open, and how often in itself
	var title, h1 *strings.Builder
	pre := 0
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if h1 != nil && heads.h1 == "" {
				heads.h1 = oneLine(h1.String())
			}
			return heads
		case html.TextToken:
			text := string(z.Text())
			switch {
			case skip != "":
			case title != nil:
				title.WriteString(text)
			default:
				if h1 != nil {
					h1.WriteString(text)
				}
				w.text(text, pre > 0)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
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
			case tag == "title":
				title = &strings.Builder{}
			case tag == "br":
				w.lineBreak()
				if h1 != nil {
					h1.WriteByte(' ')
				}
			case tag == "td" || tag == "th":
				w.cell()
			case blocks[tag]:
				w.block()
				switch tag {
				case "pre", "textarea", "listing", "xmp":
					pre++
					w.freshPre = true
				case "noframes":
					z.NextIsNotRawText()
				case "h1":
					if heads.h1 == "" && h1 == nil {
						h1 = &strings.Builder{}
					}
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := string(name)
			switch {
			case skip != "":
				if tag == skip {
					if depth--; depth == 0 {
						skip = ""
					}
				}
			case tag == "title" && title != nil:
				if heads.title == "" {
					heads.title = oneLine(title.String())
				}
				title = nil
			case blocks[tag]:
				w.block()
				switch tag {
				case "pre", "textarea", "listing", "xmp":
					pre = max(0, pre-1)
				case "h1":
					if h1 != nil && heads.h1 == "" {
						heads.h1 = oneLine(h1.String())
					}
					h1 = nil
				}
			}
		}
	}
}

// oneLine joins the words of a text by single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// A lineWriter joins pieces of text to lines.
type lineWriter struct {
	out      strings.Builder
	line     strings.Builder
	space    bool // white space waits for the next word
	broke    bool // and the source broke a line in it
	cells    int  // tabs that wait
	blank    int  // line breaks asked for beyond the first
	freshPre bool // a line end right behind <pre> is not part of it
}

// cell begins a cell. The tab is written when text follows in the same row.
func (w *lineWriter) cell() {
	if w.line.Len() > 0 {
		w.cells++
		w.space = false
	}
}

// block begins a line, if the present one has anything.
func (w *lineWriter) block() {
	if w.line.Len() > 0 {
		w.endLine()
	}
	w.space, w.broke, w.cells, w.blank, w.freshPre = false, false, 0, 0, false
}

// lineBreak ends the line. A second one in a row leaves an empty line, a third no more.
func (w *lineWriter) lineBreak() {
	if w.line.Len() > 0 {
		w.endLine()
	} else if w.out.Len() > 0 {
		w.blank++
	}
	w.space, w.broke, w.cells = false, false, 0
}

func (w *lineWriter) endLine() {
	line := strings.TrimRightFunc(w.line.String(), unicode.IsSpace)
	w.line.Reset()
	w.out.WriteString(line)
	w.out.WriteByte('\n')
}

func (w *lineWriter) text(s string, pre bool) {
	if pre {
		w.preformatted(s)
		return
	}
	for i, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			w.space = true
			w.broke = w.broke || r == '\n'
			continue
		}
		w.word(r, s[i:])
	}
}

// word writes one character and what waits before it.
func (w *lineWriter) word(r rune, s string) {
	if w.line.Len() == 0 {
		if unicode.IsSpace(r) && r != '\u3000' {
			return // an indent of &nbsp;
		}
		if w.blank > 0 {
			w.out.WriteByte('\n')
		}
	} else if w.cells > 0 {
		w.line.WriteString(strings.Repeat("\t", w.cells))
	} else if w.space {
		if last, _ := utf8.DecodeLastRuneInString(w.line.String()); !(w.broke && wide(last) && wide(r)) {
			w.line.WriteByte(' ')
		}
	}
	w.space, w.broke, w.cells, w.blank = false, false, 0, 0
	_, n := utf8.DecodeRuneInString(s)
	w.line.WriteString(s[:n])
}

func (w *lineWriter) preformatted(s string) {
	if w.freshPre {
		s = strings.TrimPrefix(s, "\n")
		w.freshPre = false
	}
	for i, r := range s {
		switch r {
		case '\n':
			w.endLine()
			continue
		case '\r':
			continue // written as an entity; Text has no line end but \n
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		w.line.WriteString(s[i : i+n])
	}
	w.space, w.broke, w.cells, w.blank = false, false, 0, 0
}

// String gives the lines, without an empty one at either end and without a line end at the end.
func (w *lineWriter) String() string {
	if w.line.Len() > 0 {
		w.endLine()
	}
	return strings.Trim(w.out.String(), "\n")
}

// wide says whether a character is of a script that is written without spaces.
func wide(r rune) bool {
	return r >= 0x2E80 && (r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF || 0xFE30 <= r && r <= 0xFE4F || 0xFF00 <= r && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF)
}
