package storage

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// Limits of what is looked at for suggestions: they are asked for while somebody
// works, in archives of any size.
const (
	workedOps  = 20_000 // latest operations of a person that are walked through
	workedDocs = 300    // documents whose values count
)

// everybody are the people of the log, each found by one step in its index.
const everybody = `WITH RECURSIVE people(actor) AS (SELECT min(actor) FROM log UNION ALL
	SELECT (SELECT min(actor) FROM log WHERE actor>people.actor) FROM people WHERE actor IS NOT NULL)
	SELECT actor FROM people WHERE actor IS NOT NULL AND actor<>''`

// Worked lists the documents whose fields somebody has filled in last, the latest
// first and each once: those of actor, or of everybody where actor is empty. It
// looks back over the latest 20,000 operations of each person, so that it takes
// no longer in an archive of any size.
func (a *Archive) Worked(ctx context.Context, actor string, limit int) ([]archive.ID, error) {
	var people []string
	if actor = archive.PersonName(actor); actor != "" {
		self, err := a.Document(ctx, "")
		if err != nil {
			return nil, err
		}
		people = []string{actor}
		if it := self.Person(actor); it != nil {
			people = it.Names()
		}
	} else {
		rows, err := a.r.QueryContext(ctx, everybody)
		if err != nil {
			return nil, explain(a.path, err)
		}
		defer rows.Close()
		for rows.Next() {
			var who string
			if err := rows.Scan(&who); err != nil {
				return nil, explain(a.path, err)
			}
			people = append(people, who)
		}
		if err := rows.Err(); err != nil {
			return nil, explain(a.path, err)
		}
	}
	latest := map[archive.ID]archive.Clock{}
	for _, who := range people {
		if err := a.workedBy(ctx, who, limit, latest); err != nil {
			return nil, explain(a.path, err)
		}
	}
	out := make([]archive.ID, 0, len(latest))
	for id := range latest {
		out = append(out, id)
	}
	slices.SortFunc(out, func(x, y archive.ID) int {
		switch {
		case latest[x] > latest[y]:
			return -1
		case latest[x] < latest[y]:
			return 1
		}
		return strings.Compare(string(x), string(y))
	})
	return out[:min(len(out), limit)], nil
}

// workedBy notes the documents of one person, with when that was.
func (a *Archive) workedBy(ctx context.Context, who string, limit int, latest map[archive.ID]archive.Clock) error {
	rows, err := a.r.QueryContext(ctx, `SELECT subject, max(clock) FROM
		(SELECT subject, clock, kind FROM log WHERE actor=?1 ORDER BY clock DESC LIMIT ?2)
		WHERE kind IN ('field.set','value.take') AND subject<>'' GROUP BY subject ORDER BY 2 DESC LIMIT ?3`, who, workedOps, limit)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id archive.ID
		var at archive.Clock
		if err := rows.Scan(&id, &at); err != nil {
			return err
		}
		latest[id] = max(latest[id], at)
	}
	return rows.Err()
}

// LastValues lists what a field was given in the documents that anybody has
// worked on last, but for that the source does not state it: each value once, what is recent and frequent first. A value
// counts in each document the more, the later that was worked on.
func (a *Archive) LastValues(ctx context.Context, field string, limit int) ([]string, error) {
	docs, err := a.Worked(ctx, "", workedDocs)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	list, err := json.Marshal(docs)
	if err != nil {
		return nil, err
	}
	rows, err := a.r.QueryContext(ctx, `SELECT j.key, i.text FROM json_each(?1) j JOIN items i ON i.doc=j.value
		WHERE i.what='value' AND i.state='accepted' AND i.key=?2 AND i.text<>'' ORDER BY j.key, i.pos, i.id`, string(list), field)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	weight := map[string]float64{}
	var out []string
	for rows.Next() {
		var at int
		var text string
		if err := rows.Scan(&at, &text); err != nil {
			return nil, explain(a.path, err)
		}
		if _, seen := weight[text]; !seen {
			out = append(out, text)
		}
		weight[text] += 1 / (1 + float64(at)/recentDocs)
	}
	slices.SortStableFunc(out, func(x, y string) int {
		switch {
		case weight[x] > weight[y]:
			return -1
		case weight[x] < weight[y]:
			return 1
		}
		return 0
	})
	return out[:min(len(out), limit)], explain(a.path, rows.Err())
}

// recentDocs is how many documents ago a value counts half.
const recentDocs = 10
