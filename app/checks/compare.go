package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file compares documents with each other: what stands twice, what is missing between
// numbers, parts and what they are parts of, attachments.

// compare does that. Codes, numbers and titles are compared among the documents that are
// looked at; parts and attachments with all that the archive holds.
func (r *runner) compare(a *storage.Archive) error {
	r.o.Progress(Comparing, 0, 0)
	r.twice(func(x *row) (values, keys []string) { return x.refs, x.refKeys }, r.roles.reference, "reference-twice", Error)
	r.twice(func(x *row) (values, keys []string) { return x.numbers, x.numberKeys }, r.roles.number, "number-twice", Error)
	r.twice(func(x *row) (values, keys []string) {
		if x.titled == "" {
			return nil, nil
		}
		return []string{x.titled}, []string{x.titleKey}
	}, r.roles.title, "title-twice", Warning)
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.gaps()
	if err := r.parts(a); err != nil {
		return err
	}
	return r.attached(a)
}

// twice finds what several documents have, or one twice.
func (r *runner) twice(of func(*row) (values, keys []string), field, code string, severity Severity) {
	first := make(map[string]int, len(r.rows))
	at := map[string][]int{} // of those that are there twice
	for i := range r.rows {
		_, keys := of(&r.rows[i])
		for _, k := range keys {
			if k == "" {
				continue
			}
			r.outcomes["A9"].Looked++
			if was, there := first[k]; !there {
				first[k] = i
			} else {
				if at[k] == nil {
					at[k] = []int{was}
				}
				at[k] = append(at[k], i)
			}
		}
	}
	if len(at) == 0 {
		return
	}
	for i := range r.rows { // in the order of the documents
		values, keys := of(&r.rows[i])
		for n, value := range values {
			all := at[keys[n]]
			if len(all) == 0 || slices.Contains(keys[:n], keys[n]) {
				continue
			}
			other := all[0]
			if other == i {
				other = all[1]
			}
			if severity == Error {
				r.outcomes["A9"].Failed++
			} else {
				r.outcomes["A9"].Warned++
			}
			r.keep("A9", Finding{Doc: r.rows[i].id, Field: field, Severity: severity, Code: code,
				Args: []any{"value", value, "n", len(all), "other", r.rows[other].path}}, &r.rows[i])
		}
	}
}

// gaps finds numbers of items that are missing between others (断号) below the same code.
// It needs all documents: among some of them there are always gaps.
func (r *runner) gaps() {
	if !r.whole {
		r.outcomes["C4"].Result = NotDone
		r.note("C4", i18n.K("checks.note.gaps.some"))
		return
	}
	type numbered struct{ n, row, width int }
	runs := map[string][]numbered{}
	for i := range r.rows {
		for _, it := range r.rows[i].items {
			runs[it.below] = append(runs[it.below], numbered{it.n, i, it.width})
		}
	}
	var prefixes []string
	for p := range runs {
		prefixes = append(prefixes, p)
	}
	slices.Sort(prefixes)
	for _, p := range prefixes {
		run := runs[p]
		slices.SortFunc(run, func(a, b numbered) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.row, b.row)) })
		before := numbered{n: 0}
		var all []Finding
		at := -1
		for _, x := range run {
			if gap := x.n - before.n - 1; gap > 0 {
				all, at = append(all, err1("gap", "prefix", p, "missing", between(before.n+1, x.n-1, x.width), "n", gap).of(r.roles.reference)), x.row
				r.about("C4", &r.rows[at], all[len(all)-1])
			}
			before = x
		}
		if len(all) == 0 {
			r.about("C4", nil)
		}
	}
}

// between writes numbers from one to another as those around them are written.
func between(from, to, width int) string {
	if from == to {
		return fmt.Sprintf("%0*d", width, from)
	}
	return fmt.Sprintf("%0*d–%0*d", width, from, width, to)
}

// parts looks whether a part has the document that it is a part of, and the other way round.
func (r *runner) parts(a *storage.Archive) error {
	known := map[archive.ID]bool{}
	var ask []archive.ID
	for i := range r.rows {
		known[r.rows[i].id] = true
	}
	for i := range r.rows {
		for _, id := range append(slices.Clone(r.rows[i].parts), r.rows[i].of) {
			if id != "" && !known[id] {
				ask = append(ask, id)
			}
		}
	}
	slices.Sort(ask)
	for some := range slices.Chunk(slices.Compact(ask), 500) {
		there, err := a.Places(r.ctx, some)
		if err != nil {
			return err
		}
		for id := range there {
			known[id] = true
		}
	}
	for i := range r.rows {
		x := &r.rows[i]
		if x.of != "" {
			r.about("C5", x, lacks(known, x.of, "whole-missing")...)
		}
		for _, id := range x.parts {
			r.about("C5", x, lacks(known, id, "part-missing")...)
		}
	}
	return nil
}

func lacks(known map[archive.ID]bool, id archive.ID, code string) []Finding {
	if known[id] {
		return nil
	}
	return []Finding{err1(code, "id", id.Short())}
}

// attached looks for the attachments that texts name among all documents of the archive: one
// with such a title, or such a name of its file.
func (r *runner) attached(a *storage.Archive) error {
	if !slices.ContainsFunc(r.rows, func(x row) bool { return len(x.attachments) > 0 }) {
		return nil
	}
	there := map[string]bool{}
	if err := a.Each(r.ctx, storage.Query{}, func(s storage.Summary) error {
		there[titleKey(s.Title)] = true
		name, _, _ := cutLast(s.Name, ".")
		there[titleKey(name)] = true
		return r.ctx.Err()
	}); err != nil {
		return err
	}
	for i := range r.rows {
		for _, name := range r.rows[i].attachments {
			if there[titleKey(name)] {
				r.about("C6", &r.rows[i])
				continue
			}
			r.about("C6", &r.rows[i], warn("attachment", "name", brief(name)))
		}
	}
	return nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i > 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
