package storage

import "context"

// eachPage is how many documents Each reads at once.
const eachPage = 500

// Each calls f for every document of a query, in the order of import, until f
// returns an error, which is returned. They are read in pages, with no
// transaction open while f is at work: f may read and write. What is imported
// meanwhile may be among them.
func (a *Archive) Each(ctx context.Context, q Query, f func(Summary) error) error {
	limit := q.Limit
	for {
		q.Limit = eachPage
		if limit > 0 {
			q.Limit = min(limit, eachPage)
		}
		docs, err := a.List(ctx, q)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if err := f(d); err != nil {
				return err
			}
		}
		if len(docs) < q.Limit {
			return nil
		}
		if limit > 0 {
			if limit -= len(docs); limit == 0 {
				return nil
			}
		}
		q.After = docs[len(docs)-1].N
	}
}
