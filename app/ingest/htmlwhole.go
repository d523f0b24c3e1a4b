package ingest

import (
	"strings"
	"unicode/utf8"

	"fonds/app/zones"
)

// page is what is known of all the text of a page that has an article.
type page struct {
	proposals []Proposal
	frame     []zones.Zone // the lines of it that are not the article's
}

// FromPage is the rule by which a line of a page is furniture: it stands outside the article.
const FromPage = "page.frame"

// Whole is the document with all of its text: of a page with an article that of the whole page, the lines outside the
// article being furniture. Nothing of a page is out of sight so, and what is marked can be found to be the document's.
func (d *Document) Whole() *Document {
	if d.page == nil || len(d.Others) == 0 {
		return d
	}
	w := *d
	w.Text, w.Recipe, w.Proposals = d.Others[0].Text, d.Others[0].Recipe, d.page.proposals
	w.Others, w.page, w.Furniture, w.Borders = nil, nil, nil, nil
	w.Repairs = repairs(w.Text, w.Recipe.Undecoded)
	w.furnish(zones.Merge(zones.Furniture(w.Text), d.page.frame))
	return &w
}

// Article is the document with the text of its article alone; nil where it is no page with one.
func (d *Document) Article() *Document {
	if d.page == nil {
		return nil
	}
	a := *d
	a.Others, a.page = nil, nil
	a.look()
	return &a
}

// frameOf lists the lines of all the text of a page that have no run of its article.
func frameOf(full string, lines []pageLine, kept []bool) (out []zones.Zone) {
	at, next := 0, 0
	for line := range strings.SplitSeq(full, "\n") {
		start, end := at, at+utf8.RuneCountInString(line)
		at = end + 1
		if next == len(lines) || line != lines[next].text {
			continue // empty, or with a character that could not be decoded
		}
		l := lines[next]
		next++
		if !anyKept(kept, l.first, l.last) {
			out = append(out, zones.Zone{Start: start, End: end, Kind: zones.Frame, Rule: FromPage})
		}
	}
	return out
}

func anyKept(kept []bool, first, last int) bool {
	for i := first; i <= last && i < len(kept); i++ {
		if kept[i] {
			return true
		}
	}
	return false
}
