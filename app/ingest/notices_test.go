package ingest

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// A goldNotice is a text of testdata/notices with what a person reads in it.
type goldNotice struct {
	name, text, title, date, issued, event, number string
	persons                                        []string // name / body and office
}

// readNotices reads a file of notices: "### name", lines "what: value", "---", the text.
func readNotices(t testing.TB, file string) []goldNotice {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "notices", file))
	if err != nil {
		t.Fatal(err)
	}
	var out []goldNotice
	for _, part := range strings.Split("\n"+string(data), "\n### ")[1:] {
		head, text, ok := strings.Cut(part, "\n---\n")
		if !ok {
			t.Fatalf("%s: %.30q has no text", file, part)
		}
		name, head, _ := strings.Cut(head, "\n")
		n := goldNotice{name: name, text: text}
		for line := range strings.Lines(head) {
			what, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			if value == "-" {
				value = ""
			}
			switch what {
			case "title":
				n.title = value
			case "date":
				n.date = value
			case "issued":
				n.issued = value
			case "event":
				n.event = value
			case "number":
				n.number = value
			case "person":
				n.persons = append(n.persons, value)
			default:
				t.Fatalf("%s: %s: nothing is called %q", file, name, what)
			}
		}
		out = append(out, n)
	}
	return out
}

// surest is the proposal for a field that is surest, the first where several are; below half counts as none.
func surest(ps []Proposal, field string) (best Proposal) {
	for _, p := range ps {
		if p.Field == field && p.Confidence > 0.5 && p.Confidence > best.Confidence {
			best = p
		}
	}
	return best
}

// A tally counts what is right; of persons also how many there are and how many were proposed.
type tally struct{ all, titles, dates, numbers, named, proposed, persons int }

func (n goldNotice) count(t *testing.T, c *tally, say bool) {
	ps := propose(n.text, headings{})
	checkEvidence(t, n.name, n.text, ps)
	right := func(what, got, want string) int {
		if got == want {
			return 1
		}
		if say {
			t.Logf("%s: %s %q, want %q", n.name, what, got, want)
		}
		return 0
	}
	c.all++
	c.titles += right("title", surest(ps, "dcterms:title").Value, n.title)
	c.numbers += right("number", surest(ps, numberField).Value, n.number)
	c.dates += right("date", surest(ps, "dcterms:date").Value, n.date) * right("issued", surest(ps, issuedField).Value, n.issued) *
		right("event", surest(ps, eventField).Value, n.event)
	want := map[string]bool{}
	for _, p := range n.persons {
		want[p] = true
	}
	c.named += len(want)
	for _, p := range ps {
		if p.Field != personField || !strings.HasPrefix(p.Rule, "person.") {
			continue
		}
		c.proposed++
		if who := p.Value + " / " + p.Detail; want[who] {
			c.persons++
			delete(want, who)
		} else if say {
			t.Logf("%s: person %s, which is not wanted", n.name, who)
		}
	}
	for p := range want {
		if say {
			t.Logf("%s: no person %s", n.name, p)
		}
	}
}

// TestNotices holds that titles and dates of the invented notices are read as a person reads them, nineteen of twenty
// at least. The first two files were written before the rules, and the second was kept back
// while these were made, so the test does not say what is wrong in it; the third came after, with layouts of real pages.
func TestNotices(t *testing.T) {
	var both tally
	for _, file := range []string{"first.txt", "held.txt", "layouts.txt"} {
		var c tally
		for _, n := range readNotices(t, file) {
			n.count(t, &c, file != "held.txt")
		}
		both.all, both.titles, both.dates = both.all+c.all, both.titles+c.titles, both.dates+c.dates
		t.Logf("%s: of %d notices right: titles %d, dates %d, numbers %d; persons %d of %d, %d proposed", file, c.all, c.titles, c.dates,
			c.numbers, c.persons, c.named, c.proposed)
	}
	if both.titles*20 < both.all*19 || both.dates*20 < both.all*19 {
		t.Errorf("of %d notices %d titles and %d dates are right, want 95 %%", both.all, both.titles, both.dates)
	}
}

// TestBenchNotices prints those figures with the others.
func TestBenchNotices(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a figure: make bench")
	}
	TestNotices(t)
}

// checkEvidence holds that each proposal is made of the words that it points at.
func checkEvidence(t testing.TB, name, text string, ps []Proposal) {
	t.Helper()
	runes := []rune(text)
	for _, p := range ps {
		if p.Start == -1 && p.End == -1 && p.Rule == "warc.record" && p.Detail != "" {
			continue
		}
		if p.Start == -1 && p.End == -1 && strings.HasPrefix(p.Rule, "html.") && p.Detail != "" {
			if strings.Contains(text, p.Value) && p.Field != "dcterms:date" {
				t.Errorf("%s: proposal %+v stands in the text", name, p)
			}
			continue
		}
		if p.Start < 0 || p.Start >= p.End || p.End > len(runes) {
			t.Fatalf("%s: proposal %+v is outside the text of %d", name, p, len(runes))
		}
		if words := string(runes[p.Start:p.End]); !follows(p, words) {
			t.Errorf("%s: proposal %+v does not follow from the words there, %q", name, p, words)
		}
		if p.Value == "" || !slices.Contains(Rules, p.Rule) || p.Confidence <= 0 || p.Confidence > 1 {
			t.Errorf("%s: proposal %+v is empty or of no known rule", name, p)
		}
	}
}

// follows says whether a value comes of its words: of dates by reading these again, of people as a part, of a title over
// several lines without the line ends, of all else as they stand.
func follows(p Proposal, words string) bool {
	switch {
	case p.Rule == "date.event":
		m := eventDay.FindStringSubmatchIndex(words)
		y, _ := strconv.Atoi(p.Value[:4])
		_, year, _ := strings.Cut(p.Detail, " ← ")
		ok := m != nil && m[0] == 0 && m[1] == len(words)
		for _, shift := range []int{0, 1, -1} { // the year that the detail says it was inferred from
			value, _, _ := eventOf(words, m, y+shift, 6, 15, year)
			ok = ok && (p.Detail == "") == (m[2] >= 0)
			if value == p.Value {
				return ok
			}
		}
		return false
	case strings.HasPrefix(p.Rule, "date."):
		d := findDates(words)
		return len(d) == 1 && d[0].start == 0 && d[0].end == utf8.RuneCountInString(words) && slices.Contains(d[0].values, p.Value)
	case p.Rule == "person.office":
		return strings.HasPrefix(words, p.Detail) && strings.TrimSpace(words[len(p.Detail):]) == p.Value
	case p.Rule == "person.list":
		return strings.HasPrefix(words, p.Detail) && strings.HasSuffix(words, "、"+p.Value)
	case p.Rule == "person.before":
		return words == p.Value+p.Detail
	}
	lines := strings.Split(words, "\n")
	for i := range lines {
		lines[i] = strings.TrimFunc(lines[i], func(r rune) bool { return len(lines) > 1 && (unicode.IsSpace(r) || r == '\uFEFF') })
	}
	return strings.Join(lines, "") == p.Value
}
