package storage

import (
	"database/sql"
	"errors"
	"testing"

	"fonds/storage/archive"
)

// TestDamagedIndexIsSaidToBe: an index whose own tables a failing disk has left
// empty is damage in our words, wherever it is met.
func TestDamagedIndexIsSaidToBe(t *testing.T) {
	a, id := team(t, "none")
	path := a.path
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE search_config SET v=0 WHERE k='version'"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	a, err = Open(ctx, path, Options{})
	if err == nil {
		defer a.Close()
		_, err = a.List(ctx, Query{Search: "司法厅"})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("searching: %v", err)
		}
		_, err = a.Apply(ctx, "Wang", field(id, archive.TitleField, "甲"))
	}
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("writing: %v", err)
	}
}
