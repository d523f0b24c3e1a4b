package storage

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/storage/words"
)

// Documents like one are those that have many of its more particular words, tags and
// values: each counts as much as it is rare in the archive.

const (
	mostTerms = 48    // words of a document that are looked for
	mostLike  = 200   // documents that are found
	mostHits  = 5_000 // a word that more have says nothing
	likeChars = 100_000
)

// like are the numbers of the documents like the one that ref names, the likest first;
// none where there is no such document.
func (a *Archive) like(ctx context.Context, parts []part, ref string) ([]int64, error) {
	id, err := find(ctx, a.r, ref)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d, self, err := load(ctx, a.r, id)
	if err != nil {
		return nil, err
	}
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	var all float64
	if err := a.r.QueryRowContext(ctx, "SELECT count(*) FROM documents").Scan(&all); err != nil {
		return nil, err
	}
	l := &likeness{a: a, ctx: ctx, all: all, scores: map[int64]float64{}, terms: map[int64]int{}}
	text := r.Text()
	for _, term := range particular(d.Title(), text.Slice(0, min(text.Len(), likeChars))) {
		if err := l.add("SELECT DISTINCT * FROM ("+matching(parts)+") LIMIT ?2", words.Phrase(term), mostHits+1); err != nil {
			return nil, err
		}
	}
	for _, it := range d.Items {
		if it.InForce() && (it.What == archive.ATag || it.What == archive.AValue && it.Key != archive.TitleField && it.Text != "" && utf8.RuneCountInString(it.Text) < 60) {
			text := it.Text
			if it.What == archive.ATag {
				text = ""
			}
			if err := l.add("SELECT DISTINCT n FROM documents d JOIN items i ON i.doc=d.id WHERE i.what=?1 AND i.state='accepted' AND i.key=?3 AND (?4='' OR i.text=?4) LIMIT ?2",
				string(it.What), mostHits+1, it.Key, text); err != nil {
				return nil, err
			}
		}
	}
	return l.best(self), nil
}

type likeness struct {
	a      *Archive
	ctx    context.Context
	all    float64 // documents of the archive
	scores map[int64]float64
	terms  map[int64]int // how many of them a document has
}

// add counts the documents that something finds.
func (l *likeness) add(sql string, args ...any) error {
	rows, err := l.a.r.QueryContext(l.ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var ns []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		ns = append(ns, n)
	}
	if len(ns) > mostHits {
		return rows.Err()
	}
	weight := math.Log1p(l.all / float64(max(1, len(ns))))
	for _, n := range ns {
		l.scores[n] += weight
		l.terms[n]++
	}
	return rows.Err()
}

// best are the documents but one that have most, and at least a fifth of what that one
// has itself.
func (l *likeness) best(self int64) []int64 {
	least := l.scores[self] / 5
	out := slices.DeleteFunc(slices.Collect(maps.Keys(l.scores)), func(n int64) bool {
		return n == self || l.terms[n] < 2 || l.scores[n] < least
	})
	slices.SortFunc(out, func(a, b int64) int { return cmp.Or(cmp.Compare(l.scores[b], l.scores[a]), cmp.Compare(a, b)) })
	return out[:min(len(out), mostLike)]
}

// particular are words of a document that may tell it from others: three Han characters
// beside each other, and words of other scripts from four letters on; those that it has
// more than once, and those of its title, before others.
func particular(title, text string) []string {
	count := map[string]int{}
	var order []string
	note := func(s string, weight int) {
		if count[s] == 0 {
			order = append(order, s)
		}
		count[s] += weight
	}
	for _, from := range []struct {
		s      string
		weight int
	}{{title, 3}, {text, 1}} {
		var run []string
		for t := range strings.SplitSeq(words.Tokens(from.s), " ") {
			r, _ := utf8.DecodeRuneInString(t)
			if !unicode.Is(unicode.Han, r) {
				run = run[:0]
				if unicode.IsLetter(r) && utf8.RuneCountInString(t) >= 4 {
					note(t, from.weight)
				}
				continue
			}
			if run = append(run, t); len(run) > 3 {
				run = run[1:]
			}
			if len(run) == 3 {
				note(strings.Join(run, ""), from.weight)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return count[b] - count[a] })
	return order[:min(len(order), mostTerms)]
}

// likeOf is the document that a query asks for the like of, "" for none.
func likeOf(n *query.Node) (ref string) {
	n.Leaves(func(l *query.Node, denied bool) {
		if l.Key == query.Like && !denied && ref == "" {
			ref = l.Value
		}
	})
	return ref
}

// AsksLike says whether a query asks for documents like one.
func AsksLike(search string) bool {
	if !strings.Contains(search, string(query.Like)+":") {
		return false
	}
	n, err := Parse(search)
	return err == nil && n != nil && likeOf(n) != ""
}
