package checks

import (
	"strings"

	"fonds/storage/archive"
)

// This file compares the catalogue with the texts (目录与原文比对): whether values in force
// say what the words say that they were read from.

// agreement is a field that is compared.
type agreement struct {
	check, field string
	threshold    int
}

// agreements are the four elements with the share that has to agree, as they are usual.
func agreements(r *roles) []agreement {
	number := r.number
	if number == "" {
		number = r.reference // a field of identifiers of any kind
	}
	return []agreement{{"T1", r.title, 90}, {"T2", r.creator, 90}, {"T3", number, 95}, {"T4", r.date, 100}}
}

// How a value agrees with its evidence.
type agreeing int

const (
	unsourced agreeing = iota
	exactly
	whenFolded
	asDay
	partly
)

func (s *subject) agree(refs, numbers []*archive.Item) {
	r := s.r.roles
	for _, t := range []struct {
		check string
		of    []*archive.Item
		field string
	}{{"T1", stated(s.d.Document, r.title), r.title}, {"T2", stated(s.d.Document, r.creator), r.creator}, {"T3", numbers, r.number}, {"T4", stated(s.d.Document, r.date), r.date}} {
		if t.field == "" && len(t.of) == 0 {
			continue
		}
		if len(t.of) == 0 {
			said := t.field != "" && len(s.d.Values(t.field)) > 0
			s.compared = append(s.compared, compared{check: t.check, absent: !said, notStated: said})
			continue
		}
		for _, it := range t.of {
			how, like, words := s.agrees(it, t.check == "T4")
			s.compared = append(s.compared, compared{check: t.check, how: how})
			if how == partly {
				s.thing(t.check, warn("disagrees", "value", brief(it.Text), "text", brief(words), "like", like).of(it.Key))
			} else if how != unsourced {
				s.thing(t.check)
			}
		}
	}
}

// compared is what came of one value, or of a field without one.
type compared struct {
	check             string
	how               agreeing
	absent, notStated bool
}

// agrees compares a value with the words that it was read from; like is how like they are,
// in hundredths, where they do not agree.
func (s *subject) agrees(it *archive.Item, isDate bool) (how agreeing, like int, words string) {
	if it.Anchor == nil {
		return unsourced, 0, ""
	}
	words = s.reading.Words(it.Anchor)
	value := strings.TrimSpace(it.Text)
	a, b := folded(value), folded(words)
	switch {
	case value == strings.TrimSpace(words):
		return exactly, 100, words
	case a == b && a != "":
		return whenFolded, 100, words
	case isDate && s.date.ok && readSpan(value, 0).sameDay(words, s.year):
		return asDay, 100, words
	}
	return partly, likeness(a, b), words
}

// mostCompared is how many code points of two values are compared for their likeness.
const mostCompared = 500

// likeness is how like two texts are, in hundredths, rounded down: 1 less the edits from one
// to the other over the longer one.
func likeness(a, b string) int {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), mostCompared)], y[:min(len(y), mostCompared)]
	longer := max(len(x), len(y))
	if longer == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			change := diagonal
			if x[i] != y[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return 100 * (longer - row[len(y)]) / longer
}

// add counts what came of a value.
func (a *Agreed) add(c compared) {
	switch {
	case c.notStated:
		a.NotStated++
	case c.absent:
		a.Absent++
	case c.how == exactly:
		a.Exact++
	case c.how == whenFolded:
		a.Folded++
	case c.how == asDay:
		a.SameDay++
	case c.how == partly:
		a.Partly++
	default:
		a.Unsourced++
	}
}
