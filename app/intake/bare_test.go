package intake

import (
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver of database/sql
)

// The floor of an import: what SQLite takes to insert the rows and the index that an
// import of the same files has left, bare, with nothing read, checked or made.

// bareTables are all those an import writes, parents first, with what is there of them
// before it.
var bareTables = []struct{ name, ours string }{
	{"log", "n>1"}, {"bodies", "n>1"}, {"outcomes", "n>1"}, {"blobs", "1"}, {"chunks", "1"}, {"texts", "1"},
	{"documents", "1"}, {"items", "doc<>''"}, {"passages", "1"},
}

// bareRows are the statements and rows that make what an import made.
type bareRows []struct {
	query string
	rows  [][]any
}

// openBare opens a file as the archive's writer does.
func openBare(t *testing.T, path string) *sql.DB {
	t.Helper()
	u := url.URL{Scheme: "file", Path: path}
	db, err := sql.Open("sqlite3", u.String()+"?_foreign_keys=on&_stmt_cache_size=64&_cache_size=-16000&mode=rw&_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_secure_delete=off")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// readBare takes the rows and the words of the index out of a finished archive.
func readBare(t *testing.T, path string) (out bareRows) {
	t.Helper()
	db := openBare(t, path)
	defer db.Close()
	marks := func(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
	for _, table := range bareTables {
		rows := allRows(t, db, "SELECT * FROM "+table.name+" WHERE "+table.ours)
		if len(rows) == 0 {
			t.Fatalf("an import has left nothing in %s", table.name)
		}
		out = append(out, struct {
			query string
			rows  [][]any
		}{"INSERT INTO " + table.name + " VALUES(" + marks(len(rows[0])) + ")", rows})
	}
	words := map[int64][]string{}
	for _, part := range allRows(t, db, "SELECT n FROM parts") {
		name := "search"
		if part[0] != int64(0) {
			name = fmt.Sprintf("search_%d", part[0])
		}
		if _, err := db.Exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, " + name + ", instance)"); err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query("SELECT doc, offset, term FROM temp.words")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id int64
			var at int
			var term string
			if err := rows.Scan(&id, &at, &term); err != nil {
				t.Fatal(err)
			}
			for len(words[id]) <= at {
				words[id] = append(words[id], "")
			}
			words[id][at] = term
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("DROP TABLE temp.words"); err != nil {
			t.Fatal(err)
		}
	}
	search := out[len(out)-1] // a row of the index for each of passages
	search.query, search.rows = "INSERT INTO search(rowid, words) VALUES(?,?)", nil
	for _, p := range out[len(out)-1].rows {
		id := p[0].(int64)
		search.rows = append(search.rows, []any{id, strings.Join(words[id], " ")})
	}
	return append(out, search)
}

func allRows(t *testing.T, db *sql.DB, query string) (out [][]any) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row, into := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// bareTx is how many documents an import has in a transaction.
const bareTx = 256

// write writes the rows of n documents into an empty archive, in transactions of the
// size of an import's.
func (b bareRows) write(t *testing.T, path string, n int) time.Duration {
	t.Helper()
	db := openBare(t, path)
	defer db.Close()
	start := time.Now()
	for from := 0; from < n; from += bareTx {
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range b {
			for _, row := range s.rows[len(s.rows)*from/n : len(s.rows)*min(n, from+bareTx)/n] {
				if _, err := tx.Exec(s.query, row...); err != nil {
					t.Fatalf("%s: %v", s.query, err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	return time.Since(start)
}
