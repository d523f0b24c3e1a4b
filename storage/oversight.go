package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"fonds/storage/archive"
)

// What is asked of the log, the queue and the list to oversee the work. Each walks
// through its table once: ask on a worker. Nothing of it is kept.
const (
	// actsOfLog counts what took effect and still does, by who, kind and quarter of
	// an hour: no time zone begins its day within one. What lies before ?1 is of no
	// day that is looked at, and has the quarter -1.
	actsOfLog = `SELECT l.actor, l.kind, CASE WHEN l.clock>=?1 THEN (l.clock>>16)/900000 ELSE -1 END, count(*)
		FROM log l NOT INDEXED CROSS JOIN outcomes o ON o.n=l.n
		WHERE l.actor<>'' AND l.subject<>'' AND o.outcome='applied' AND o.undone_by IS NULL GROUP BY 1, 2, 3`
	// wordsOfLog counts decisions by the proposal as it was before, with why it was
	// rejected; and why documents were returned. The proposal is the last thing that
	// a decision changed, but for an amendment, which makes another after it.
	wordsOfLog = `SELECT coalesce(json_extract(o.effect, CASE WHEN v='amend' THEN '$[#-2].before.what' ELSE '$[#-1].before.what' END), 'status'),
			ifnull(json_extract(o.effect, CASE WHEN v='amend' THEN '$[#-2].before.by' ELSE '$[#-1].before.by' END), ''),
			json_extract(o.effect, CASE WHEN v='amend' THEN '$[#-2].before.amends' ELSE '$[#-1].before.amends' END) IS NOT NULL,
			v, CASE WHEN v IN ('', 'reject') THEN r ELSE '' END, count(*)
		FROM (SELECT l.n AS n, ifnull(json_extract(b.body, '$.verdict'), '') AS v, ifnull(json_extract(b.body, '$.reason'), '') AS r
			FROM log l NOT INDEXED CROSS JOIN bodies b ON b.n=l.n WHERE l.kind IN ('decide', 'document.return'))
		CROSS JOIN outcomes o USING(n) WHERE o.outcome='applied' AND o.undone_by IS NULL GROUP BY 1, 2, 3, 4, 5`
	// agesOfProposals counts the open proposals of people, by who and how long they wait.
	agesOfProposals = `SELECT by, CASE WHEN at>?1 THEN 0 WHEN at>?2 THEN 1 WHEN at>?3 THEN 2 ELSE 3 END, count(*)
		FROM items INDEXED BY items_open WHERE state='proposed' AND by<>'' AND what<>'status'
			AND doc NOT IN (SELECT id FROM documents WHERE status='removed') GROUP BY 1, 2`
	agesOfSubmitted = `SELECT CASE WHEN at>?1 THEN 0 WHEN at>?2 THEN 1 WHEN at>?3 THEN 2 ELSE 3 END, count(*) FROM
		(SELECT max(i.at) AS at FROM documents d CROSS JOIN items i ON i.doc=d.id
			WHERE d.status='submitted' AND i.what='status' AND i.key='submitted' AND i.state='accepted' GROUP BY d.id) GROUP BY 1`
	openByPerson = `SELECT assignee, count(*), sum(due<>'' AND due<?1) FROM documents INDEXED BY documents_assignee
		WHERE assignee<>'' AND status NOT IN ('approved', 'removed') GROUP BY 1`
	askedPeople  = `SELECT asked, count(*) FROM documents INDEXED BY documents_asked WHERE asked<>'' AND status<>'removed' GROUP BY 1`
	placesOfWork = `SELECT package, rtrim(path, replace(path, '/', '')), status, count(*), sum(proposals), sum(due<>'' AND due<?1 AND status<>'approved')
		FROM documents WHERE status<>'removed' GROUP BY 1, 2, 3`
	overseeStages = 6
)

// Oversee counts what was done and is open. Days are those of o.Now's time zone.
// It reads one state of the archive, walks through all of it, and is stopped by
// ctx; progress may be nil.
func (a *Archive) Oversee(ctx context.Context, o OverseeOptions) (*Oversight, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := a.pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer tx.Rollback() // it has only read
	v := newOversight(o, self)
	steps := []func(context.Context, querier) error{v.readActs, v.readWords, v.readProposals, v.readSubmitted, v.readPeople, v.readPlaces}
	for i, read := range steps {
		if o.Progress != nil {
			o.Progress(i, overseeStages)
		}
		if err := read(ctx, tx); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, explain(a.path, fmt.Errorf("counting the work on the archive: %w", err))
		}
	}
	v.finish()
	return &v.Oversight, nil
}

// each calls f for every row of a query.
func each(ctx context.Context, q querier, query string, f func(scan func(...any) error) error, args ...any) (err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (v *overseer) readActs(ctx context.Context, q querier) error {
	return each(ctx, q, actsOfLog, func(scan func(...any) error) error {
		var who, kind string
		var quarter int64
		var n int
		if err := scan(&who, &kind, &quarter, &n); err != nil {
			return err
		}
		day := -1
		if quarter >= 0 {
			day = v.day(time.UnixMilli(quarter * 900_000))
		}
		v.did(who, kind, day, n)
		return nil
	}, int64(archive.ClockAt(v.first)))
}

func (v *overseer) readWords(ctx context.Context, q querier) error {
	return each(ctx, q, wordsOfLog, func(scan func(...any) error) error {
		var what archive.What
		var verdict archive.Verdict
		var by, reason string
		var amends bool
		var n int
		if err := scan(&what, &by, &amends, &verdict, &reason, &n); err != nil {
			return err
		}
		if verdict == "" {
			v.reason(ReturnedFor, reason, n)
			return nil
		}
		v.decided(by, what, verdict, amends, n)
		if verdict == archive.Reject {
			v.reason(RejectedFor, reason, n)
		}
		return nil
	})
}

// since are the clocks of the ages: younger than a day, a week, a month of 30 days.
func (v *overseer) since() []any {
	var out []any
	for _, days := range []int{1, 7, 30} {
		out = append(out, int64(archive.ClockAt(v.now.Add(-time.Duration(days)*24*time.Hour))))
	}
	return out
}

func (v *overseer) readProposals(ctx context.Context, q querier) error {
	return each(ctx, q, agesOfProposals, func(scan func(...any) error) error {
		var who string
		var age, n int
		if err := scan(&who, &age, &n); err != nil {
			return err
		}
		v.Proposals[age] += n
		v.person(who).Proposals += n
		return nil
	}, v.since()...)
}

func (v *overseer) readSubmitted(ctx context.Context, q querier) error {
	return each(ctx, q, agesOfSubmitted, func(scan func(...any) error) error {
		var age, n int
		if err := scan(&age, &n); err != nil {
			return err
		}
		v.Submitted[age] += n
		return nil
	}, v.since()...)
}

func (v *overseer) readPeople(ctx context.Context, q querier) error {
	err := each(ctx, q, openByPerson, func(scan func(...any) error) error {
		var who string
		var n int
		var overdue sql.NullInt64
		if err := scan(&who, &n, &overdue); err != nil {
			return err
		}
		p := v.person(who)
		p.Assigned += n
		p.Overdue += int(overdue.Int64)
		return nil
	}, v.Today)
	if err != nil {
		return err
	}
	return each(ctx, q, askedPeople, func(scan func(...any) error) error {
		var names string
		var n int
		if err := scan(&names, &n); err != nil {
			return err
		}
		v.asked(strings.Split(strings.Trim(names, "\n"), "\n"), n)
		return nil
	})
}

func (v *overseer) readPlaces(ctx context.Context, q querier) error {
	return each(ctx, q, placesOfWork, func(scan func(...any) error) error {
		var pack archive.ID
		var folder string
		var status archive.Status
		var n, proposals, overdue int
		if err := scan(&pack, &folder, &status, &n, &proposals, &overdue); err != nil {
			return err
		}
		v.place(pack, folder, status, n, proposals, overdue)
		return nil
	}, v.Today)
}
