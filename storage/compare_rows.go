package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// rowReader walks documents and items in the order of the replay.
type rowReader struct {
	c     *checker
	docs  *tableRows
	items *tableRows
}

// docColumns are the columns of documents, with those of docRow behind the first.
const docColumns = "n, id, name, path, sha256, title, date, status, proposals, chars, info, assignee, due, package, asked, has, earliest, latest, unit, rank"

func newRowReader(c *checker) (*rowReader, error) {
	r := &rowReader{c: c}
	var err error
	if r.docs, err = c.readTable("documents", docColumns, "id"); err != nil {
		return nil, err
	}
	if r.items, err = c.readTable("items", itemColumns, "doc, id"); err != nil {
		r.docs.rows.Close()
		return nil, err
	}
	return r, errors.Join(r.docs.next(), r.items.next())
}

func (r *rowReader) close() {
	r.docs.rows.Close()
	r.items.rows.Close()
}

// tableRows are the rows of a table as they stand, value by value: what JSON says
// in other words, too, is another value.
type tableRows struct {
	rows    *sql.Rows
	columns []string
	now     []any // nil at the end
	values  []any
	into    []any
}

func (c *checker) readTable(table, columns, order string) (*tableRows, error) {
	rows, err := c.q.QueryContext(c.ctx, "SELECT "+columns+" FROM "+table+" ORDER BY "+order)
	if err != nil {
		return nil, err
	}
	t := &tableRows{rows: rows, columns: strings.Split(columns, ", ")}
	t.values, t.into = make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range t.values {
		t.into[i] = &t.values[i]
	}
	return t, nil
}

func (t *tableRows) next() error {
	t.now = nil
	if !t.rows.Next() {
		return t.rows.Err()
	}
	t.now = t.values
	return t.rows.Scan(t.into...)
}

// id is the value of a column that holds one.
func (t *tableRows) id(column int) archive.ID {
	if t.now == nil {
		return ""
	}
	s, _ := t.now[column].(string)
	return archive.ID(s)
}

// differs names the first column in which the row is not the one that is wanted,
// and says what stands there; "" where it is that.
func (t *tableRows) differs(want []any) string {
	for i, w := range want {
		if w = stored(w); !sameValue(w, t.now[i]) {
			return fmt.Sprintf("%s is %s, and the log makes it %s", t.columns[i], shown(t.now[i]), shown(w))
		}
	}
	return ""
}

// stored is a value as SQLite gives it back.
func stored(v any) any {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return r.String()
	case reflect.Int, reflect.Int64:
		return r.Int()
	}
	return v
}

func sameValue(a, b any) bool {
	if x, ok := a.(float64); ok {
		y, ok := b.(float64)
		return ok && math.Float64bits(x) == math.Float64bits(y)
	}
	return a == b
}

// shown is a value in a finding.
func shown(v any) string {
	if v == nil {
		return "nothing"
	}
	s := fmt.Sprintf("%v", v)
	if _, is := v.(string); is {
		s = fmt.Sprintf("%q", s)
	}
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// compare holds one replayed document against its rows; have is what the file says
// of which operation took back which.
func (r *rowReader) compare(d *replayed, have map[archive.ID]archive.ID) error {
	if d == nil {
		return nil
	}
	if d.Info != nil {
		if err := r.document(d.Document); err != nil {
			return err
		}
	}
	for _, want := range d.Items {
		if err := r.item(d.ID, want); err != nil {
			return err
		}
	}
	if r.items.now != nil && r.items.id(1) <= d.ID {
		return r.strayItem()
	}
	for op, by := range have {
		if d.undone[op] != by {
			return found(op, "operation %s is not undone by what the file says", op.Short())
		}
	}
	for op := range d.undone {
		if have[op] == "" {
			return found(op, "operation %s is undone, and the file does not say so", op.Short())
		}
	}
	return nil
}

// document compares the row and the passages of one document.
func (r *rowReader) document(d *archive.Document) error {
	r.c.rep.Documents++
	row, err := docRow(d)
	if err != nil {
		return err
	}
	if id := r.docs.id(1); id != d.ID {
		if r.docs.now != nil && id < d.ID {
			return r.strayDocument()
		}
		return found(d.ID, "document %s has lost its row in the list: the row is not what the log makes it", d.ID.Short())
	}
	n := r.c.number(d.ID)
	if why := r.docs.differs(append([]any{n}, row...)); why != "" {
		return found(d.ID, "the row of document %s is not what the log makes it: %s", d.ID.Short(), why)
	}
	if err := r.docs.next(); err != nil {
		return err
	}
	return r.c.passages(n, d)
}

// number is the document's: that of its source text. A document has just been
// replayed when it is asked for.
func (c *checker) number(id archive.ID) int64 {
	if last := len(c.texts) - 1; last >= 0 && c.texts[last].op.Subject == id {
		return c.texts[last].id
	}
	return 0
}

func (r *rowReader) item(doc archive.ID, want *archive.Item) error {
	row, err := itemRow(doc, want)
	if err != nil {
		return err
	}
	why := "it is lost"
	switch at, id := r.items.id(1), r.items.id(0); {
	case r.items.now == nil || at > doc || at == doc && id > want.ID:
	case at < doc || id < want.ID:
		return r.strayItem()
	default:
		if why = r.items.differs(row); why == "" {
			return r.items.next()
		}
	}
	return found(want.Rev, "the %s %s of document %s is not what the log makes it: %s", want.What, want.ID.Short(), doc.Short(), why)
}

// end finds rows that are left over.
func (r *rowReader) end() error {
	if r.docs.now != nil {
		return r.strayDocument()
	}
	if r.items.now != nil {
		return r.strayItem()
	}
	return nil
}

func (r *rowReader) strayDocument() error {
	id := r.docs.id(1)
	return found(id, "document %s stands in no operation of the log", id.Short())
}

func (r *rowReader) strayItem() error {
	return found(r.items.id(1), "the %v %s stands in no operation of the log", r.items.now[2], r.items.id(0).Short())
}

// passages checks that every passage of one document is indexed under the words
// it has now.
func (c *checker) passages(n int64, d *archive.Document) error {
	r, err := d.Reading()
	if err != nil {
		return err
	}
	rows, err := c.q.QueryContext(c.ctx, "SELECT id, hash FROM passages WHERE id BETWEEN ? AND ? ORDER BY id", n<<16, n<<16|0xffff)
	if err != nil {
		return err
	}
	defer rows.Close()
	parts, i := d.Parts(), 0
	for ; rows.Next(); i++ {
		var at int64
		var hash []byte
		if err := rows.Scan(&at, &hash); err != nil {
			return err
		}
		said := fieldWords(d)
		if i > 0 {
			said = passageWords(r, parts, i)
		}
		tokens := words.Tokens(said)
		if at != n<<16|int64(i) || string(hash) != string(wordsHash(tokens)) {
			return found(d.ID, "the search index of document %s is not that of its text (passage %d)", d.ID.Short(), i)
		}
		if err := c.sums.add(c.ctx, at, tokens); err != nil {
			return err
		}
	}
	if count := passageCount(r.Source().Len()) + 1; i != count && rows.Err() == nil {
		return found(d.ID, "document %s has %d passages in the search index, where its text has %d", d.ID.Short(), i, count)
	}
	return rows.Err()
}
