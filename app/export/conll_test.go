package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// checkCoNLL: as many columns in every line, IOB2, and the text and the marks can be had back.
func checkCoNLL(t *testing.T, name, out string, m Manifest, docs []*Doc) {
	t.Helper()
	kept := 0
	for _, d := range docs {
		text, columns := conllRead(t, name, read(t, out, "conll", string(d.ID)+".conll"))
		if string(text) != d.Text {
			t.Fatalf("%s: the text is %q, want %q", name, string(text), d.Text)
		}
		want := map[string]int{}
		for _, p := range d.Placed() {
			from := p.From
			some := false
			for i := p.From; i <= p.To; i++ {
				if i == p.To || text[i] == '\n' {
					if i > from {
						want[fmt.Sprint(from, i, " ", conllWord(p.Label))]++
						some = true
					}
					from = i + 1
				}
			}
			if some {
				kept++
			}
		}
		got := map[string]int{}
		for _, c := range columns {
			conllSpans(t, name, text, c, got)
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: marks %v, want %v", name, got, want)
		}
	}
	if m.Counts["conll"]["marks"] != kept {
		t.Errorf("%s: counts %v, want %d marks", name, m.Counts["conll"], kept)
	}
}

// conllRead reads a file: its text, and its columns of tags, a tag each code point.
func conllRead(t *testing.T, name, data string) (text []rune, columns [][]string) {
	t.Helper()
	body, ok := strings.CutSuffix(data, "\n")
	if !ok {
		t.Fatalf("%s: the last line has no end", name)
	}
	for _, line := range strings.SplitAfter(body, "\n") {
		line, whole := strings.CutSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "# "):
			if of, ok := strings.CutPrefix(line, "# columns = character, "); ok {
				columns = make([][]string, len(strings.Split(of, ", ")))
			}
			continue
		case line == "" && whole:
			text = append(text, '\n')
			for i := range columns {
				columns[i] = append(columns[i], "")
			}
			continue
		case line == "":
			continue
		}
		part := strings.Split(line, "\t")
		if len(part) != 1+len(columns) || len(strings.Fields(line)) != len(part) {
			t.Fatalf("%s: %q has not %d columns", name, line, 1+len(columns))
		}
		var n rune
		r := []rune(part[0])
		if _, err := fmt.Sscanf(part[0], `\u%04X`, &n); err == nil && len(r) == 6 {
			r = []rune{n}
		} else if _, err := fmt.Sscanf(part[0], `\U%08X`, &n); err == nil && len(r) == 10 {
			r = []rune{n}
		}
		if len(r) != 1 {
			t.Fatalf("%s: %q is no character", name, part[0])
		}
		text = append(text, r[0])
		for i := range columns {
			columns[i] = append(columns[i], part[1+i])
		}
	}
	return text, columns
}

// conllSpans counts the spans of a column, and holds it to IOB2.
func conllSpans(t *testing.T, name string, text []rune, column []string, got map[string]int) {
	t.Helper()
	start, open := 0, ""
	for i, tag := range append(slices.Clone(column), "") {
		kind, label, _ := strings.Cut(tag, "-")
		if kind == "I" && label == open && open != "" {
			continue
		}
		if open != "" {
			got[fmt.Sprint(start, i, " ", open)]++
			open = ""
		}
		switch {
		case kind == "B" && label != "":
			start, open = i, label
		case tag == "O" && text[i] != '\n', tag == "":
		default:
			t.Fatalf("%s: the tag %q after %q", name, tag, column[max(0, i-1)])
		}
	}
}
