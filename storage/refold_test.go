package storage

import "testing"

// TestIndexOfBefore: an archive whose index was folded otherwise has it made anew when it
// is opened, with nothing else changed.
func TestIndexOfBefore(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "宁夏司法廳"))[0]
	mustApply(t, a, "Wang", field(id, "dcterms:title", "推進會"), mark(id, 0, 2, "", "place"))
	want, path := derivedOf(t, a), a.Path()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	db := openRaw(t, path)
	if _, err := db.Exec(`DROP INDEX documents_unit; ALTER TABLE documents DROP COLUMN unit; ALTER TABLE documents DROP COLUMN rank; DROP INDEX documents_date; DROP INDEX documents_long; ALTER TABLE documents DROP COLUMN earliest; ALTER TABLE documents DROP COLUMN latest; ALTER TABLE documents DROP COLUMN has; DROP INDEX items_value; DROP INDEX items_mark; DROP INDEX items_note; DROP INDEX items_correction; DROP INDEX items_part; DROP INDEX items_whole;
		DELETE FROM search; DELETE FROM passages;
		INSERT INTO passages(id, hash) VALUES(1<<16, x'00'), (1<<16|1, x'00');
		INSERT INTO search(rowid, words) VALUES(1<<16, 'a . txt'), (1<<16|1, '宁 夏 司 法 廳'); PRAGMA user_version=3`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	b, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	equalRows(t, "with its index made anew", derivedOf(t, b), want)
	for _, q := range []string{"司法厅", "司法廳", "推进会"} {
		if n, err := b.Count(ctx, Query{Search: q}); err != nil || n != 1 {
			t.Errorf("%s: %d, %v", q, n, err)
		}
	}
	mustVerify(t, b)
}
