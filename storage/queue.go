package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"fonds/storage/archive"
)

// Queue chooses open proposals; what is empty does not narrow. The queue is in the
// order of the documents' ids, which is that of their import, and within one in
// that in which the proposals were made.
type Queue struct {
	What archive.What
	Key  string  // field of a value, the tag, label of a mark, kind of what is to go
	Text *string // what it says, exactly
	// Source and Quote are the words of the text that a correction would replace,
	// and those that a mark lies on, exactly.
	Source, Quote *string
	By            string // names of one person, a line each; Machine for what no person proposes
	NotBy         string // names of one person, a line each, whose proposals are left out
	Persons       bool   // those of persons only
	Doc           archive.ID
	Since         time.Time // made then or later
	Until         time.Time // made before then

	Package archive.ID // of documents that belong to it
	Folder  string     // of documents whose path begins so
}

// Machine stands for who proposes what no person does.
const Machine = "machine"

// Place names an open proposal in the queue.
type Place struct{ Doc, ID archive.ID }

// Waiting is an open proposal as a row of the queue shows it.
type Waiting struct {
	Place
	What   archive.What
	Key    string
	Text   string
	Detail string // of a value: see archive.Item
	Source string // of a correction: the words that it would replace
	Quote  string // of what stands somewhere in the text: the words there
	Region string // of what lies on the picture of a page: see archive.Region
	Amends bool   // it is what a reviewer made of somebody's proposal
	First  string // who proposed that
	By     string // "" for a machine
	At     time.Time
	Rev    archive.ID
	Title  string // of the document
}

// Group counts the open proposals that are alike in what a queue is filtered by.
type Group struct {
	What    archive.What
	Key     string
	By      string // "" for a machine
	Day     time.Time
	Package archive.ID
	Folder  string
	N       int
}

// where is the condition of a queue on items i, and its arguments.
func (q *Queue) where() (string, []any) {
	conds, args := []string{"i.state='proposed'"}, []any{}
	add := func(cond string, arg any) {
		args = append(args, arg)
		conds = append(conds, strings.ReplaceAll(cond, "?1", fmt.Sprintf("?%d", len(args))))
	}
	if q.What != "" {
		add("i.what=?1", q.What)
	}
	if q.Key != "" {
		add("i.key=?1", q.Key)
	}
	if q.Text != nil {
		add("i.text=?1", *q.Text)
	}
	if q.Source != nil {
		add("i.source=?1", *q.Source)
	}
	if q.Quote != nil {
		add("ifnull(json_extract(i.anchor, '$.quote'), '')=?1", *q.Quote)
	}
	if q.NotBy != "" {
		add("i.by NOT IN ("+lines+")", q.NotBy)
	}
	if q.Persons {
		conds = append(conds, "i.by<>''")
	}
	switch q.By {
	case "":
	case Machine:
		conds = append(conds, "i.by=''")
	default:
		add("i.by<>'' AND i.by IN ("+lines+")", q.By)
	}
	if q.Doc != "" {
		add("i.doc=?1", q.Doc)
	}
	if !q.Since.IsZero() {
		add("i.at>=?1", q.Since.UnixMilli()<<16)
	}
	if !q.Until.IsZero() {
		add("i.at<?1", q.Until.UnixMilli()<<16)
	}
	if q.Package != "" {
		add("i.doc IN (SELECT id FROM documents WHERE package=?1 AND package<>'')", q.Package)
	}
	if q.Folder != "" {
		add("i.doc IN (SELECT id FROM documents WHERE substr(path, 1, length(?1))=?1)", q.Folder)
	}
	conds = append(conds, "i.doc NOT IN (SELECT id FROM documents WHERE status='removed')")
	return strings.Join(conds, " AND "), args
}

// QueuePlaces lists the open proposals of a queue in its order, the first limit of
// them; 0 is all, so that who shows a hundred thousand can hold where each is and
// ask for the rows in sight. SQLite hands them over as one text, in which the
// places lie.
func (a *Archive) QueuePlaces(ctx context.Context, q Queue, limit int) ([]Place, error) {
	where, args := q.where()
	query := "SELECT i.doc AS doc, i.id AS id FROM items i INDEXED BY items_open WHERE " + where + " ORDER BY i.doc, i.id"
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	var list *string
	err := a.r.QueryRowContext(ctx, "SELECT group_concat(doc || ' ' || id, ' ') FROM ("+query+")", args...).Scan(&list)
	if err != nil || list == nil {
		return nil, explain(a.path, err)
	}
	out := make([]Place, 0, len(*list)/74+1)
	for rest, more := *list, true; more; {
		var doc, id string
		if doc, rest, more = strings.Cut(rest, " "); !more {
			return nil, fmt.Errorf("listing what waits in archive %s: %w", a.path, ErrDamaged)
		}
		id, rest, more = strings.Cut(rest, " ")
		out = append(out, Place{archive.ID(doc), archive.ID(id)})
	}
	return out, nil
}

// QueueRows says what stands at places of the queue, in their order; what waits no
// longer is left out.
func (a *Archive) QueueRows(ctx context.Context, at []Place) (out []Waiting, err error) {
	ids := make([]archive.ID, len(at))
	for i := range at {
		ids[i] = at[i].ID
	}
	arg, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := a.r.QueryContext(ctx, `SELECT i.doc, i.id, i.what, i.key, i.text, i.detail, i.source, ifnull(json_extract(i.anchor, '$.quote'), ''),
			ifnull(json_extract(i.anchor, '$.region'), ''), i.amends<>'', i.first, i.by, i.at, i.rev, d.title
		FROM json_each(?) j CROSS JOIN items i ON i.id=j.value CROSS JOIN documents d ON d.id=i.doc
		WHERE i.state='proposed' ORDER BY j.key`, string(arg))
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var w Waiting
		var clock archive.Clock
		if err := rows.Scan(&w.Doc, &w.ID, &w.What, &w.Key, &w.Text, &w.Detail, &w.Source, &w.Quote, &w.Region, &w.Amends, &w.First, &w.By, &clock, &w.Rev, &w.Title); err != nil {
			return nil, explain(a.path, err)
		}
		w.At = clock.Time()
		out = append(out, w)
	}
	return out, explain(a.path, rows.Err())
}

// dayOfClock is the day of a clock in UTC, as its number since 1970.
const dayOfClock = "(i.at>>16)/86400000"

// QueueGroups counts what waits in a queue, by kind, field or tag, author, day,
// package and folder together, so that whoever filters by one of them can say how
// much each of the others leaves.
func (a *Archive) QueueGroups(ctx context.Context, q Queue) (out []Group, err error) {
	where, args := q.where()
	rows, err := a.r.QueryContext(ctx, `SELECT i.what, i.key, i.by, `+dayOfClock+`, d.package, rtrim(d.path, replace(d.path, '/', '')), count(*)
		FROM items i INDEXED BY items_open CROSS JOIN documents d ON d.id=i.doc
		WHERE `+where+` GROUP BY 1, 2, 3, 4, 5, 6`, args...)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var g Group
		var day int64
		if err := rows.Scan(&g.What, &g.Key, &g.By, &day, &g.Package, &g.Folder, &g.N); err != nil {
			return nil, explain(a.path, err)
		}
		g.Day = time.Unix(day*86400, 0).UTC()
		out = append(out, g)
	}
	return out, explain(a.path, rows.Err())
}
