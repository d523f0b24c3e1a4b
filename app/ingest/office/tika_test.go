package office

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var markup = regexp.MustCompile(`</?[a-z]+[0-9]?( [^>]*)?/?>?|^[a-z0-9]*>`)

// The assertions of Tika's own tests: those of which a peer shows that they can be had are a must. They are made on XHTML
// and are read for their words. Tika says of some files both that they contain something and that they do not, under two
// settings: there the positive one counts.
func TestAssertionsOfTika(t *testing.T) {
	rows := table(t, "tika-docs/assertions.tsv")
	contains := map[string]string{}
	for _, r := range rows {
		if r[1] == "contains" {
			contains[r[0]] += "\n" + asserted(r[2])
		}
	}
	texts := map[string]string{}
	var must, good, more, moreGood, settled int
	for _, r := range rows {
		name, kind, value, peer := r[0], r[1], asserted(r[2]), r[4]
		if x := extension(name); x != "docx" && x != "odt" || kind != "contains" && kind != "not_contains" || value == "" {
			continue
		}
		text, done := texts[name]
		if !done {
			c, err := readFile(t, filepath.Join(corpora, "tika-docs/files", name))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			text = spaced(c.Text)
			texts[name] = text
		}
		if kind == "not_contains" && strings.Contains(contains[name], value) {
			settled++
			continue
		}
		if ok := strings.Contains(text, value) == (kind == "contains"); peer == "pass" {
			if must++; ok {
				good++
			} else {
				t.Errorf("%s: %s %q", name, kind, value)
			}
		} else if more++; ok {
			moreGood++
		} else {
			t.Logf("beyond the must: %s: %s %q", name, kind, value)
		}
	}
	t.Logf("BENCH %-46s %d of %d (to reach: all); others, that are on words: %d of %d; %d negative ones contradicted by positive ones", "Tika's MUST assertions: DOCX, ODT, tables", good, must, moreGood, more, settled)
	if must < 48 {
		t.Errorf("only %d assertions were judged", must)
	}
}

// asserted is what an assertion says of words.
func asserted(s string) string {
	s = strings.NewReplacer(`\t`, " ", `\n`, " ", `\"`, `"`).Replace(s)
	return spaced(markup.ReplaceAllString(s, ""))
}

func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }
