package records

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// heads finds the columns of every table, and leaves those without rows.
func (f *File) heads(o Options) error {
	some := f.Tables[:0]
	for _, t := range f.Tables {
		if t.Columns != nil {
			some = append(some, t)
			continue
		}
		full, err := t.head(o)
		if err != nil {
			return err
		}
		if t.filled {
			f.sheets = append(f.sheets, t.Sheet)
		}
		if full {
			some = append(some, t)
		}
	}
	if f.Tables = some; len(some) == 0 {
		return content.Refuse(content.NotIt, "it has no row below the names of columns")
	}
	return nil
}

// head finds the columns of a table; false where it has no row.
func (t *Table) head(o Options) (bool, error) {
	var top []*Row
	err := t.each(func(r *Row) error {
		if len(r.Cells) > 0 {
			top = append(top, r)
		}
		if len(top) >= HeadWithin && (o.HeadRow <= 0 || r.N >= o.HeadRow) {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) || len(top) == 0 {
		return false, ignore(err)
	}
	t.filled = true
	at := -1
	switch {
	case o.HeadRow > 0:
		for i, r := range top {
			if r.N == o.HeadRow {
				at = i
			}
		}
	case o.HeadRow == 0:
		cells := make([][]string, len(top))
		for i, r := range top {
			cells[i] = r.Cells
		}
		if at = HeadOf(cells); !couldName(top[at].Cells) {
			at = -1
		}
	}
	t.skip = map[int]bool{}
	if at < 0 {
		width := 0
		for _, r := range top {
			width = max(width, len(r.Cells))
		}
		t.Columns = unlike(make([]string, width))
	} else {
		t.HeadRow, t.Columns = top[at].N, unlike(top[at].Cells)
		for _, r := range top[:at] {
			t.skip[r.N] = true
			t.lost.say(fmt.Sprintf("Row %d stands above the names of the columns: %s", r.N, short(strings.Join(r.Cells, " "))))
		}
	}
	if len(t.Columns) > MaxColumns {
		return false, content.Refuse(content.TooMuch, "columns %d > %d", len(t.Columns), MaxColumns)
	}
	return at+1 < len(top), nil
}

// ignore is err unless it is that enough was read.
func ignore(err error) error {
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// isValue is what no column is called: figures, a date, an address.
var isValue = regexp.MustCompile(`^[-+]?[0-9][-0-9.,:/ TZ年月日]*%?$|^[a-z]+://|@.+\.`)

// longName is how many bytes the name of a column can have; what is longer is text.
const longName = 200

// couldName says whether cells could be the names of columns: those of which one is a value or a text are none.
func couldName(cells []string) bool {
	for _, c := range cells {
		if namesSomething(c) {
			return true
		}
	}
	for _, c := range cells {
		if isValue.MatchString(c) && len(c) > 2 || len(c) > longName {
			return false
		}
	}
	return true
}

// unlike are names of columns, no two alike, none empty.
func unlike(names []string) []string {
	out, seen := make([]string, len(names)), map[string]bool{}
	for i, n := range names {
		if n == "" {
			n = strconv.Itoa(i + 1)
		}
		for own, k := n, 2; seen[n]; k++ {
			n = own + " (" + strconv.Itoa(k) + ")"
		}
		out[i], seen[n] = n, true
	}
	return out
}

func short(s string) string {
	for at := range s {
		if at > 120 {
			return s[:at] + "…"
		}
	}
	return s
}

// mostNumbers is how many rows are named with their count.
const mostNumbers = 5

// notes are what is to be known of a table: sentences, and those that are counted with the first rows that they are about.
type notes struct {
	own   []string
	kinds []string
	times map[string]int
	rows  map[string][]string
}

func (n *notes) say(sentence string) {
	if len(n.own) < 20 {
		n.own = append(n.own, strings.ReplaceAll(sentence, "\n", " "))
	}
}

// begin forgets what was counted, as the rows are read again.
func (n *notes) begin() { n.kinds, n.times, n.rows = nil, map[string]int{}, map[string][]string{} }

// count counts a row; sentence has %d for how many.
func (n *notes) count(sentence string, row int) {
	if n.times == nil {
		n.begin()
	}
	if n.times[sentence]++; n.times[sentence] == 1 {
		n.kinds = append(n.kinds, sentence)
	}
	if len(n.rows[sentence]) < mostNumbers {
		n.rows[sentence] = append(n.rows[sentence], strconv.Itoa(row))
	}
}

// one says in a sentence that is counted that there is one.
var one = strings.NewReplacer("rows have", "row has", "lines are", "line is", "objects have", "object has", "members of the array are no objects", "member of the array is no object",
	"places are", "place is", "places where", "place where")

func (n *notes) sentences() []string {
	out := append([]string(nil), n.own...)
	for _, k := range n.kinds {
		words := k
		if n.times[k] == 1 {
			words = one.Replace(k)
		}
		s := fmt.Sprintf(words, n.times[k]) + ": " + strings.Join(n.rows[k], ", ")
		if n.times[k] > mostNumbers {
			s += " …"
		}
		out = append(out, s+".")
	}
	return out
}
