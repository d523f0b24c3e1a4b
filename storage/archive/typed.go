package archive

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// A page that is a picture has no text but what somebody types of it, or a program that reads pictures says. Either is a
// source text of the document beside the others: it never changes, is corrected like any, and its recipe says how it
// came about and where each page begins in it.

// How such a text came about, as its recipe says ("extractor").
const (
	Typed = "typed" // by whoever made the document.text
	Seen  = "seen"  // by a program; Seeing
)

// A Seeing is what a program says that has read the pictures of pages.
type Seeing struct {
	Reader   string     `json:"reader"`   // it and its version: tesseract 5.3.0
	Language string     `json:"language"` // that it was told: chi_sim+eng
	Words    []SeenWord `json:"words"`    // in the order of the text
}

// A SeenWord is [Start,End) of the text, code points, and where it stands on its page: pixels of the picture upright, as
// a Region has them. Sure is how sure the program is, 0 to 100.
type SeenWord struct {
	Start, End, Page, X, Y, W, H, Sure int
}

// MarshalJSON writes a word as a list of its numbers: there are thousands.
func (w SeenWord) MarshalJSON() ([]byte, error) {
	return json.Marshal([8]int{w.Start, w.End, w.Page, w.X, w.Y, w.W, w.H, w.Sure})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (w *SeenWord) UnmarshalJSON(data []byte) error {
	var n [8]int
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*w = SeenWord{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]}
	return nil
}

// Doubtful is how sure a program is at least of words that nobody need look at again.
const Doubtful = 70

// A PageRecipe is what the recipe of a text says of pages.
type PageRecipe struct {
	Extractor string   `json:"extractor"`
	Version   string   `json:"version,omitempty"`
	Pages     []int    `json:"pages,omitempty"` // where each begins in the text, code points; none: one page, or no text
	Sizes     [][2]int `json:"sizes,omitempty"` // of each, one where all are alike: width and height in the pixels of regions
	*Seeing
}

// ParsePages reads what a recipe says of pages; nothing where it says nothing.
func ParsePages(recipe json.RawMessage) (p PageRecipe) {
	if json.Unmarshal(recipe, &p) != nil {
		return PageRecipe{}
	}
	return p
}

// PageOf is the page, from 1, on which a code point of the text stands.
func (p *PageRecipe) PageOf(at int) int {
	page := 1
	for i, start := range p.Pages {
		if start <= at {
			page = i + 1
		}
	}
	return page
}

// Size is that of a page, from 1, in the pixels of regions; false where the recipe does not say.
func (p *PageRecipe) Size(page int) (w, h int, ok bool) {
	switch {
	case len(p.Sizes) == 1 && page >= 1:
		return p.Sizes[0][0], p.Sizes[0][1], true
	case page >= 1 && page <= len(p.Sizes):
		return p.Sizes[page-1][0], p.Sizes[page-1][1], true
	}
	return 0, 0, false
}

// Joined is the text of pages, one after another, each on lines of its own, and where each begins: code points. Lines end
// in \n.
func Joined(pages []string) (text string, starts []int) {
	var b strings.Builder
	at := 0
	for i, p := range pages {
		p = strings.ReplaceAll(strings.ReplaceAll(p, "\r\n", "\n"), "\r", "\n")
		if p = strings.TrimRight(p, "\n"); i+1 < len(pages) {
			p += "\n"
		}
		starts = append(starts, at)
		at += utf8.RuneCountInString(p)
		b.WriteString(p)
	}
	return b.String(), starts
}

// PageTexts are the texts of pages, taken apart where the recipe says that each begins.
func (p *PageRecipe) PageTexts(t *Text, pages int) []string {
	out := make([]string, max(pages, 1))
	starts := p.Pages
	if len(starts) == 0 {
		starts = []int{0}
	}
	for i := range out {
		if i >= len(starts) {
			break
		}
		end := t.Len()
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		out[i] = strings.TrimSuffix(t.Slice(starts[i], end), "\n")
	}
	return out
}
