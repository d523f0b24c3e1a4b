package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// Query chooses documents; what is empty does not narrow.
type Query struct {
	Search string // what is looked for, as package query reads it
	Status archive.Status
	Tag    string
	Title  string // beginning of the title
	Open   bool   // with open proposals
	Work   bool   // that somebody has work on: new, in progress or returned
	// Assignee and Asked are the names of one person, a line each: whose work it
	// is, and who has to answer something on it.
	Assignee, Asked string
	Unassigned      bool       // that is nobody's
	Package         archive.ID // that belong to it
	Due             string     // that was due before this day and is not approved
	Limit           int        // 0: no limit
	After           int64      // only documents whose N is greater: the next page
	Before          int64      // not 0: only those whose N is less, and of these the last ones

	removed bool // those that were removed too
}

// Summary is a document in a list.
type Summary struct {
	N         int64 // its place in the order of import
	ID        archive.ID
	Title     string
	Name      string
	Path      string
	Date      string
	Status    archive.Status
	Proposals int
	Chars     int // code points of the source text

	Assignee string     // whose work it is, "" for nobody's
	Due      string     // the day by which, or ""
	Package  archive.ID // that it belongs to, or ""
	Asked    string     // who has to answer something on it, a line each

	Belongs string // how it belongs to another document, one of archive.Belongings; "" where it does not
	Parts   int    // documents that belong to it
}

var likeEscaper = strings.NewReplacer("%", `\%`, "_", `\_`, `\`, `\\`)

// lines is the SELECT of the lines of ?1, by the name value.
const lines = `SELECT value FROM json_each('["' || replace(replace(replace(?1, '\', '\\'), '"', '\"'), char(10), '","') || '"]')`

// where is the condition of a query, and its arguments.
func (q *Query) where(l lookup) (string, []any) {
	f := &finder{lookup: l}
	conds := []string{"1"}
	add := func(cond string, arg any) { conds = append(conds, strings.ReplaceAll(cond, "?1", f.arg(arg))) }
	if l.node != nil {
		conds = append(conds, f.condition(l.node))
	}
	if q.Status != "" {
		add("status=?1", q.Status)
	} else if !q.Work && !q.removed && !f.removed {
		conds = append(conds, "status<>'removed'")
	}
	if q.Assignee != "" {
		add("assignee IN ("+lines+")", q.Assignee)
	}
	if q.Asked != "" {
		add("n IN (SELECT n FROM documents WHERE asked<>'' AND EXISTS (SELECT 1 FROM ("+lines+") WHERE instr(asked, char(10)||value||char(10))))", q.Asked)
	}
	if q.Unassigned {
		conds = append(conds, "assignee=''")
	}
	if q.Package != "" {
		add("package=?1 AND package<>''", q.Package)
	}
	if q.Due != "" {
		add("due<>'' AND due<?1 AND status<>'approved'", q.Due)
	}
	if q.Work {
		conds = append(conds, "status IN ('new','in progress','returned')")
	}
	if q.Open {
		conds = append(conds, "proposals>0")
	}
	if q.Tag != "" {
		add("id IN (SELECT doc FROM items WHERE what='tag' AND state='accepted' AND key=?1)", q.Tag)
	}
	if q.Title != "" {
		add(`title LIKE ?1 ESCAPE '\'`, likeEscaper.Replace(q.Title)+"%")
	}
	if q.After > 0 {
		add("n>?1", q.After)
	}
	if q.Before > 0 {
		add("n<?1", q.Before)
	}
	return strings.Join(conds, " AND "), f.args
}

// summaryColumns are those that scanSummaries reads.
const summaryColumns = "n, id, title, name, path, date, status, proposals, chars, assignee, due, package, asked," +
	" CASE WHEN has & 16384 THEN ifnull((SELECT i.key FROM items i WHERE i.doc=documents.id AND i.what='belonging' AND i.state='accepted' ORDER BY i.id LIMIT 1), '') ELSE '' END," + // hasBits["whole"]
	" (SELECT count(*) FROM items i WHERE i.what='belonging' AND i.state='accepted' AND i.text=documents.id)"

func scanSummaries(rows *sql.Rows, err error) ([]Summary, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Summary
	for rows.Next() {
		var s Summary
		var asked string
		if err := rows.Scan(&s.N, &s.ID, &s.Title, &s.Name, &s.Path, &s.Date, &s.Status, &s.Proposals, &s.Chars,
			&s.Assignee, &s.Due, &s.Package, &asked, &s.Belongs, &s.Parts); err != nil {
			return nil, err
		}
		s.Asked = strings.Trim(asked, "\n")
		out = append(out, s)
	}
	return out, rows.Err()
}

// List gives the documents of a query in the order of import. Of a limited one
// with words to search for the index is asked part by part, until there are
// enough.
func (a *Archive) List(ctx context.Context, q Query) ([]Summary, error) {
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return nil, err
	}
	if q.Limit == 0 || len(l.parts) < 2 || !l.piecewise() {
		out, err := a.page(ctx, q, l)
		return out, explain(a.path, err)
	}
	var out []Summary
	for parts, n := within(l.parts, q), 1; len(parts) > 0 && len(out) < q.Limit; n *= 4 {
		n, rest := min(n, len(parts)), q
		rest.Limit -= len(out)
		ask := l
		if last := len(parts) - n; q.Before > 0 {
			ask.parts, parts = parts[last:], parts[:last]
		} else {
			ask.parts, parts = parts[:n], parts[n:]
		}
		found, err := a.page(ctx, rest, ask)
		if err != nil {
			return nil, explain(a.path, err)
		}
		if q.Before > 0 {
			found, out = out, found
		}
		out = append(out, found...)
	}
	return out, nil
}

// within are the parts in which documents of a query can be.
func within(parts []part, q Query) []part {
	for len(parts) > 1 && parts[1].first <= q.After {
		parts = parts[1:]
	}
	for n := len(parts) - 1; n > 0 && q.Before > 0 && parts[n].first >= q.Before; n-- {
		parts = parts[:n]
	}
	return parts
}

// page asks once.
func (a *Archive) page(ctx context.Context, q Query, l lookup) ([]Summary, error) {
	where, args := q.where(l)
	query := "SELECT " + summaryColumns + " FROM documents WHERE " + where + " ORDER BY n"
	if q.Before > 0 {
		query += " DESC"
	}
	if q.Limit > 0 {
		query, args = query+" LIMIT ?", append(args, q.Limit)
	}
	out, err := scanSummaries(a.r.QueryContext(ctx, query, args...))
	if q.Before > 0 {
		slices.Reverse(out)
	}
	return out, err
}

// Count says how many documents a query has.
func (a *Archive) Count(ctx context.Context, q Query) (int, error) {
	l, err := a.lookup(ctx, q.Search)
	if err != nil {
		return 0, err
	}
	where, args := q.where(l)
	var n int
	err = a.r.QueryRowContext(ctx, "SELECT count(*) FROM documents WHERE "+where, args...).Scan(&n)
	return n, explain(a.path, err)
}

// cutPath takes the name out of path:NAME.
func cutPath(ref string) (string, bool) { return strings.CutPrefix(ref, "path:") }

// tailPattern is the LIKE pattern of the end of an id, where ref can be one.
func tailPattern(ref string) (string, bool) {
	t := strings.ToLower(strings.ReplaceAll(ref, "-", ""))
	if len(t) < 8 || strings.Trim(t, "0123456789abcdef") != "" {
		return "", false
	}
	return "%" + t, true
}

// Find is the document that a reference names: an id, the end of one (8 digits
// or more), or path:NAME. It refuses what names none or several, and one that was
// destroyed.
func (a *Archive) Find(ctx context.Context, ref string) (archive.ID, error) {
	id, err := find(ctx, a.r, ref)
	return id, explain(a.path, err)
}

// Self is the archive itself: its people, keys and settings.
func (a *Archive) Self(ctx context.Context) (*archive.Document, error) { return a.Document(ctx, "") }

// Recipe says how source text n of a document was made from its original.
func (a *Archive) Recipe(ctx context.Context, id archive.ID, n int) (json.RawMessage, error) {
	var recipe string
	err := a.r.QueryRowContext(ctx, "SELECT recipe FROM texts WHERE doc=? AND n=?", id, n).Scan(&recipe)
	if errors.Is(err, sql.ErrNoRows) {
		if err := refuseDestroyed(ctx, a.r, id); err != nil {
			return nil, explain(a.path, err)
		}
		return nil, archive.Refuse("no-text", "doc", id.Short(), "n", n)
	}
	return json.RawMessage(recipe), explain(a.path, err)
}

// TagCount is a tag and how many documents carry it.
type TagCount struct {
	Tag string
	N   int
}

// Tags lists the tags in use, the most used first.
func (a *Archive) Tags(ctx context.Context) ([]TagCount, error) {
	rows, err := a.r.QueryContext(ctx, "SELECT key, count(*) FROM items WHERE what='tag' AND state='accepted' GROUP BY key ORDER BY 2 DESC, 1")
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	var out []TagCount
	for rows.Next() {
		var t TagCount
		if err := rows.Scan(&t.Tag, &t.N); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, explain(a.path, rows.Err())
}
