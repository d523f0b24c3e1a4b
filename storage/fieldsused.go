package storage

import "context"

// FieldsUsed says in how many documents something is in force in each field, whatever
// template the archive has.
func (a *Archive) FieldsUsed(ctx context.Context) (map[string]int, error) {
	rows, err := a.r.QueryContext(ctx, "SELECT key, count(DISTINCT doc) FROM items WHERE what='value' AND state='accepted' GROUP BY 1")
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var field string
		var n int
		if err := rows.Scan(&field, &n); err != nil {
			return nil, explain(a.path, err)
		}
		out[field] = n
	}
	return out, explain(a.path, rows.Err())
}
