package storage

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"
)

func hashOf(data []byte) [32]byte { return sha256.Sum256(data) }

// way is one way of tampering, by SQL.
type way struct {
	name string
	do   func(rng *rand.Rand, db *sql.DB) error
}

// ways lists every way: each column of each table, rows deleted and added, and
// what a person with sqlite3 may think of.
func ways(t *testing.T, path string) []way {
	t.Helper()
	db := openRaw(t, path)
	defer db.Close()
	var out []way
	for _, table := range dumped {
		var columns []string
		rows, err := db.Query("SELECT name FROM pragma_table_info(?)", table)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var c string
			if err := rows.Scan(&c); err != nil {
				t.Fatal(err)
			}
			columns = append(columns, c)
		}
		rows.Close()
		for _, c := range columns {
			if table+"."+c == "texts.id" {
				continue // the numbers are exchanged below: one alone in a gap stands in the same order
			}
			for _, to := range []string{"another", "none"} {
				out = append(out, way{table + "." + c + " made " + to, changeColumn(table, columns[0], c, to == "none")})
			}
		}
		out = append(out, way{"a row out of " + table, onRow(table, columns[0], "DELETE FROM %s WHERE %s=?")})
		list := strings.Join(columns[1:], ", ")
		if list == "" {
			t.Fatal(table)
		}
		out = append(out, way{"a row more in " + table, func(rng *rand.Rand, db *sql.DB) error {
			first := "(SELECT max(" + columns[0] + ") FROM " + table + ")+1"
			if table == "items" || table == "kinds" {
				first = "'x' || " + columns[0]
			}
			unique := strings.NewReplacer("seq", "seq+100000", "doc,", "doc || 'x',", "sha256,", "sha256 || 'x',").Replace(list)
			if table == "log" || table == "documents" {
				unique = strings.Replace(unique, "id,", "id || 'x',", 1)
			}
			return onRow(table, columns[0], "INSERT INTO %[1]s("+columns[0]+", "+list+") SELECT "+first+", "+unique+" FROM %[1]s WHERE %[2]s=?")(rng, db)
		}})
	}
	for name, do := range map[string]string{
		"two operations swapped":              "UPDATE log SET seq=seq+1000000 WHERE seq IN (2,3); UPDATE log SET seq=CASE seq WHEN 1000002 THEN 3 ELSE 2 END WHERE seq>1000000",
		"two bodies swapped":                  "UPDATE bodies SET n=-n WHERE n IN (2,3); UPDATE bodies SET n=CASE n WHEN -2 THEN 3 ELSE 2 END WHERE n<0",
		"a body with its commitment":          "UPDATE bodies SET body='{}' WHERE n=2; UPDATE log SET commitment=zeroblob(32) WHERE n=2",
		"the end of the chain":                "DELETE FROM log WHERE n=(SELECT max(n) FROM log)",
		"the end of the chain and its body":   "DELETE FROM bodies WHERE n=(SELECT max(n) FROM log); DELETE FROM outcomes WHERE n=(SELECT max(n) FROM log); DELETE FROM log WHERE n=(SELECT max(n) FROM log)",
		"an operation played twice":           "INSERT INTO log SELECT n+100000, id || 'x', kind, version, replica, (SELECT max(seq) FROM log WHERE replica=l.replica)+1, clock, actor, layer, batch, subject, prev, commitment, hash, key, signature FROM log l WHERE n=3; INSERT INTO bodies SELECT n+100000, salt, body FROM bodies WHERE n=3; INSERT INTO outcomes SELECT n+100000, outcome, effect, NULL FROM outcomes WHERE n=3",
		"two originals' names exchanged":      "UPDATE blobs SET sha256='x' || sha256 WHERE id IN (1,2); UPDATE blobs SET sha256=(SELECT substr(o.sha256, 2) FROM blobs o WHERE o.id=3-blobs.id AND o.sha256 LIKE 'x%') WHERE id=1; UPDATE blobs SET sha256=(SELECT sha256 FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM blobs) LIMIT 1) WHERE id=2",
		"two originals exchanged":             "UPDATE chunks SET id=-id WHERE id IN (1<<20, 2<<20); UPDATE chunks SET id=CASE id WHEN -(1<<20) THEN 2<<20 ELSE 1<<20 END WHERE id<0",
		"an original forged with its name":    "UPDATE chunks SET packed=0, data=CAST('forged' AS BLOB) WHERE id=1<<20; DELETE FROM chunks WHERE id>(1<<20) AND id<(2<<20); UPDATE blobs SET sha256='" + fmt.Sprintf("%x", hashOf([]byte("forged"))) + "', size=6 WHERE id=1",
		"an original forged with every row":   "UPDATE chunks SET packed=0, data=CAST('forged' AS BLOB) WHERE id=1<<20; DELETE FROM chunks WHERE id>(1<<20) AND id<(2<<20); UPDATE documents SET sha256='" + fmt.Sprintf("%x", hashOf([]byte("forged"))) + "', info=replace(info, sha256, '" + fmt.Sprintf("%x", hashOf([]byte("forged"))) + "') WHERE sha256=(SELECT sha256 FROM blobs WHERE id=1); UPDATE blobs SET sha256='" + fmt.Sprintf("%x", hashOf([]byte("forged"))) + "', size=6 WHERE id=1",
		"a text forged with its name":         "UPDATE texts SET text=CAST('forged' AS BLOB), sha256='" + fmt.Sprintf("%x", hashOf([]byte("forged"))) + "' WHERE n=1 AND id=(SELECT min(id) FROM texts)",
		"two texts' numbers exchanged":        "UPDATE texts SET id=-id WHERE id IN (1,2); UPDATE texts SET id=CASE id WHEN -1 THEN 2 ELSE 1 END WHERE id<0",
		"two documents' numbers exchanged":    "UPDATE documents SET n=-n WHERE n IN (1,2); UPDATE documents SET n=CASE n WHEN -1 THEN 2 ELSE 1 END WHERE n<0",
		"a border of two columns moved":       "UPDATE documents SET name=substr(name,1,1), path=substr(name,2) || path",
		"JSON in other words":                 "UPDATE items SET anchor=replace(anchor,'\"quote\"','\"Quote\"')",
		"undone by nothing, not by none":      "UPDATE outcomes SET undone_by='' WHERE undone_by IS NULL",
		"what is undone given back":           "UPDATE outcomes SET undone_by=NULL",
		"words out of the index":              "DELETE FROM search WHERE rowid=(SELECT min(id) FROM passages)",
		"words more in the index":             "INSERT INTO search(rowid, words) VALUES(99<<16, '司 法')",
		"other words in the index":            "DELETE FROM search WHERE rowid=(SELECT min(id) FROM passages); INSERT INTO search(rowid, words) SELECT min(id), '司 法' FROM passages",
		"an index row that says the same":     "INSERT INTO search(rowid, words) SELECT max(id)+1, '' FROM passages",
		"a trigger":                           "CREATE TRIGGER tt AFTER INSERT ON log BEGIN DELETE FROM items; END",
		"a view":                              "CREATE VIEW vv AS SELECT 1",
		"a table that looks like statistics":  "CREATE TABLE sqlitexstat1(a)",
		"an index out":                        "DROP INDEX log_batch",
		"whose an index is":                   "PRAGMA writable_schema=ON; UPDATE sqlite_master SET tbl_name='blnbs' WHERE name='sqlite_autoindex_blobs_1'",
		"an index more":                       "CREATE INDEX mine ON log(actor)",
		"a table out":                         "DROP TABLE drafts",
		"a column more":                       "ALTER TABLE items ADD COLUMN mine TEXT",
		"the format lowered":                  "PRAGMA user_version=1",
		"the format made newer":               "PRAGMA user_version=99",
		"the mark of Fonds":                   "PRAGMA application_id=1",
		"a role":                              "UPDATE items SET text='owner' WHERE what='person' AND text<>'owner'",
		"a setting":                           "UPDATE items SET state='withdrawn' WHERE doc=''",
		"a row over another":                  "UPDATE items SET text=text || ' ' WHERE doc<>''",
		"the log emptied":                     "DELETE FROM log",
		"everything that is derived, emptied": "DELETE FROM documents; DELETE FROM items; DELETE FROM passages; DELETE FROM outcomes; INSERT INTO search(search) VALUES('delete-all')",
	} {
		out = append(out, way{name, func(_ *rand.Rand, db *sql.DB) error {
			_, err := db.Exec(do)
			return err
		}})
	}
	return out
}

// changeColumn changes one value of one row.
func changeColumn(table, key, column string, none bool) func(*rand.Rand, *sql.DB) error {
	to := fmt.Sprintf(`CASE typeof(%[1]s) WHEN 'integer' THEN %[1]s+1 WHEN 'real' THEN %[1]s/2+0.01 WHEN 'null' THEN 'x'
		WHEN 'blob' THEN CAST(%[1]s || 'x' AS BLOB) ELSE %[1]s || 'x' END`, column)
	if none {
		to = fmt.Sprintf("CASE typeof(%[1]s) WHEN 'integer' THEN -%[1]s-7 WHEN 'real' THEN -0.5 WHEN 'null' THEN x'00' WHEN 'blob' THEN x'' ELSE '' END", column)
	}
	return onRow(table, key, "UPDATE %s SET "+column+"="+to+" WHERE %s=?")
}

// onRow does something to one row, by chance.
func onRow(table, key, query string) func(*rand.Rand, *sql.DB) error {
	return func(rng *rand.Rand, db *sql.DB) error {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
			return err
		}
		var id any
		if err := db.QueryRow("SELECT "+key+" FROM "+table+" LIMIT 1 OFFSET ?", rng.Intn(n)).Scan(&id); err != nil {
			return err
		}
		_, err := db.Exec(fmt.Sprintf(query, table, key), id)
		return err
	}
}

func openRaw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_synchronous=OFF")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// tally counts what was done to archives.
type tally struct{ done, found, nothing int }

// TestTamperingMany: every way of tampering on many archives, none missed. What
// the tables themselves refuse, or what changes nothing of an archive that anybody
// can see (dumpOf), does not count.
func TestTamperingMany(t *testing.T) {
	var rows, bits tally
	possible := map[string]bool{}
	for seed := int64(0); seed < int64(rounds(3, 200)); seed++ {
		data := specimen(t, seed)
		path := layDown(t, data)
		sound, err := dumpOf(path)
		if err != nil {
			t.Fatal(err)
		}
		a := reopen(t, data)
		mustVerify(t, a)
		shown := seenBy(t, a)
		a.Close()
		rng := rand.New(rand.NewSource(seed))
		// harm lays down the file, does something to it and says whether that was found.
		harm := func(count *tally, what string, do func() error) bool {
			again(t, path, data)
			if do() != nil {
				count.nothing++
				return false
			}
			harmed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if judge(t, path, shown) == "" {
				again(t, path, harmed)
				if now, err := dumpOf(path); err == nil && now == sound {
					count.nothing++
					return false
				}
				t.Errorf("seed %d: %s: verify has found nothing", seed, what)
				count.found--
			}
			count.done++
			count.found++
			return true
		}
		for _, w := range ways(t, path) {
			if harm(&rows, w.name, func() error {
				db := openRaw(t, path)
				defer db.Close()
				return w.do(rng, db)
			}) {
				possible[w.name] = true
			}
		}
		for i := 0; i < 30; i++ {
			at, bit := rng.Intn(len(data)), byte(1)<<rng.Intn(8)
			if i%5 == 0 {
				bit = byte(1 + rng.Intn(255))
			}
			harm(&bits, fmt.Sprintf("byte %d ^ %#x", at, bit), func() error {
				bad := append([]byte(nil), data...)
				bad[at] ^= bit
				again(t, path, bad)
				return nil
			})
		}
	}
	t.Logf("rows, tables, operations: %d tamperings in %d ways, %d found (%d more that the file refuses or that change nothing)",
		rows.done, len(possible), rows.found, rows.nothing)
	t.Logf("bytes: %d, %d found (%d more that nobody can see)", bits.done, bits.found, bits.nothing)
	if len(possible) < 150 {
		t.Errorf("only %d ways of tampering were possible", len(possible))
	}
}

// again lays a file down in the place of another.
func again(t *testing.T, path string, data []byte) {
	t.Helper()
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		os.Remove(path + end)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// judge opens an archive and verifies it: what it answers where something is
// wrong, in words. Where it finds nothing, what is shown is what was shown.
func judge(t *testing.T, path, shown string) string {
	t.Helper()
	a, err := Open(ctx, path, Options{})
	if err != nil {
		return err.Error()
	}
	defer a.Close()
	r, err := a.Verify(ctx, VerifyOptions{})
	switch {
	case err != nil:
		return err.Error()
	case r.OK:
		if seenBy(t, a) != shown {
			t.Errorf("verify has found nothing, and something else is shown")
		}
		return ""
	case r.Bad == "":
		t.Error("something is wrong, and verify does not say what")
	}
	return r.Bad
}
