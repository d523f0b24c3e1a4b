package storage

import (
	"context"
	"database/sql"
)

// schema compares the tables, indexes and triggers of the file with those that
// the migrations make: anything else could change what is written, or hide what
// is read.
func (c *checker) schema(q querier) error {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := migrate(c.ctx, db); err != nil {
		return err
	}
	want, err := objects(c.ctx, db)
	if err != nil {
		return err
	}
	have, err := objects(c.ctx, q)
	if err != nil {
		return err
	}
	for name, text := range have {
		if w, ok := want[name]; !ok {
			return found("", "the file holds %s, which no Fonds has made", name)
		} else if w != text {
			return found("", "%s of the file is not as Fonds makes it", name)
		}
	}
	for name := range want {
		if _, ok := have[name]; !ok {
			return found("", "the file has lost %s", name)
		}
	}
	return nil
}

func objects(ctx context.Context, q querier) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		out[name] = text
	}
	return out, rows.Err()
}
