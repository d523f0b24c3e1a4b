package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// format checks what the file says of itself: that it is ours, and of the format
// of this program.
func (c *checker) format() error {
	var app, version int64
	for pragma, into := range map[string]*int64{"application_id": &app, "user_version": &version} {
		if err := c.side.QueryRowContext(c.ctx, "PRAGMA "+pragma).Scan(into); err != nil {
			return err
		}
	}
	if app != applicationID {
		return found("", "the file no longer says that it is an archive of Fonds")
	}
	err := c.schema()
	var b *bad
	switch {
	case version == int64(newest()):
		return err
	case err == nil:
		return found("", "the file says that it has format %d, and its tables are those of format %d", version, newest())
	case !errors.As(err, &b):
		return err
	case version > int64(newest()):
		return ErrNewer
	}
	return fmt.Errorf("it has the older format %d: open it where it can be written, which brings it to format %d: %w", version, newest(), ErrReadOnly)
}

// schema compares the tables, indexes and triggers of the file with those that
// the migrations make: anything else could change what is written, or hide what
// is read.
func (c *checker) schema() error {
	have, err := objects(c.ctx, c.side)
	if err != nil {
		return err
	}
	want, err := wantedObjects()
	if err != nil {
		return err
	}
	if _, ok := have["table parts"]; ok {
		if want, err = c.withParts(want); err != nil {
			return err
		}
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

// withParts adds to the objects of the migrations the parts of the search index
// that the file says it has.
func (c *checker) withParts(want map[string]string) (map[string]string, error) {
	parts, err := readParts(c.ctx, c.side)
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 || len(parts) > maxParts {
		return nil, found("", "the search index has %d parts", len(parts))
	}
	for i, p := range parts {
		if p.n != i || i == 0 && p.first != 0 || i > 0 && p.first < parts[i-1].first {
			return nil, found("", "the list of the parts of the search index makes no sense")
		}
	}
	if len(parts) == 1 {
		return want, nil
	}
	db, err := inMemory(c.ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for _, p := range parts[1:] {
		if _, err := db.ExecContext(c.ctx, p.create()); err != nil {
			return nil, err
		}
	}
	return objects(c.ctx, db)
}

// inMemory is an empty archive, in memory.
func inMemory(ctx context.Context) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// wantedObjects are those that the migrations make, made once for each format.
func wantedObjects() (map[string]string, error) {
	if want, ok := wanted.Load(newest()); ok {
		return want.(map[string]string), nil
	}
	db, err := inMemory(context.Background())
	if err != nil {
		return nil, err
	}
	defer db.Close()
	want, err := objects(context.Background(), db)
	if err == nil {
		wanted.Store(newest(), want)
	}
	return want, err
}

var wanted sync.Map // format → map[string]string

func objects(ctx context.Context, q querier) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT type || ' ' || name, tbl_name || ' ' || ifnull(sql, '') FROM sqlite_master WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4')")
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
