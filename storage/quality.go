package storage

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// mostToSample is how many documents a Quality offers to read again.
const mostToSample = 50

// Quality is how many documents have how many stars, and what is missing.
type Quality struct {
	Documents int
	Stars     [6]int       // by how many stars
	Missing   []int        // by the place of the criterion in archive.Criteria
	Unfilled  []FieldCount // required fields without a value, the most missing first
	NotStated []FieldCount // fields that the source does not state, those of the most documents first
	Faulty    int          // that a sample found so
	ToSample  []Summary    // that lack the sample alone, the first of them
}

// FieldCount is a field and in how many documents it lacks something.
type FieldCount struct {
	Field string `json:"field"`
	N     int    `json:"n"`
}

// Assess assesses every document of a query, one after the other, under the rules
// of now; required gives the fields that the template asks for in one. It reads each
// document: call it on a worker. progress may be nil; ctx stops it.
func (a *Archive) Assess(ctx context.Context, q Query, required func(*archive.Document) []string, progress func(done, total int)) (*Quality, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	total, err := a.Count(ctx, q)
	if err != nil {
		return nil, err
	}
	out, unfilled, unstated := &Quality{Missing: make([]int, len(archive.Criteria()))}, map[string]int{}, map[string]int{}
	err = a.Each(ctx, q, func(s Summary) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := a.Document(ctx, s.ID)
		if errors.Is(err, archive.ErrNotFound) {
			return nil // gone since the list was read
		}
		if err != nil {
			return err
		}
		as, err := d.Assess(self.Rules(), required(d))
		if err != nil {
			return err
		}
		out.add(s, &as, unfilled)
		for _, f := range as.NotStated {
			unstated[f]++
		}
		if progress != nil {
			progress(out.Documents, total)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out.Unfilled, out.NotStated = ranked(unfilled), ranked(unstated)
	return out, nil
}

// ranked are counts of fields, the highest first.
func ranked(counts map[string]int) []FieldCount {
	var out []FieldCount
	for f, n := range counts {
		out = append(out, FieldCount{f, n})
	}
	slices.SortFunc(out, func(x, y FieldCount) int {
		if x.N != y.N {
			return y.N - x.N
		}
		return strings.Compare(x.Field, y.Field)
	})
	return out
}

func (q *Quality) add(s Summary, as *archive.Assessment, unfilled map[string]int) {
	q.Documents++
	q.Stars[as.Stars()]++
	for i, c := range archive.Criteria() {
		if !as.Meets(c) {
			q.Missing[i]++
		}
	}
	for _, f := range as.Unfilled {
		unfilled[f]++
	}
	if as.Faulty {
		q.Faulty++
	}
	if slices.Equal(as.Missing, []archive.Criterion{archive.CriterionSampled}) && !as.Faulty && len(q.ToSample) < mostToSample {
		q.ToSample = append(q.ToSample, s)
	}
}
