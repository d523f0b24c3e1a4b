package storage

import (
	"context"
	"database/sql"
	"math"

	"fonds/storage/archive"
)

// renumber gives the documents their numbers, from 1 in the total order of their
// imports, and their source texts the same: two copies that hold the same
// operations number alike. Further texts of a document are numbered below 0, texts of
// which the log knows no import come after.
func renumber(ctx context.Context, tx *sql.Tx) (map[archive.ID]int64, error) {
	numbers := map[archive.ID]int64{}
	rows, err := tx.QueryContext(ctx, "SELECT subject FROM log WHERE kind='document.import' ORDER BY clock, replica, seq")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id archive.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		if numbers[id] == 0 {
			numbers[id] = int64(len(numbers) + 1)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	to, err := textNumbers(ctx, tx, numbers)
	if err != nil {
		return nil, err
	}
	return numbers, moveTexts(ctx, tx, to)
}

// nextNumber is the number of the document whose import was appended last: how
// many there were. Where no text was ever taken out that is the next one that
// SQLite gives, which nil asks for; else they are counted.
func (w *writer) nextNumber() (any, error) {
	if w.numbered {
		return nil, nil
	}
	if w.imports == 0 {
		var destroyed bool
		err := w.tx.QueryRowContext(w.ctx, "SELECT EXISTS (SELECT 1 FROM kinds WHERE kind=?)", archive.DestroyKind).Scan(&destroyed)
		if w.numbered = err == nil && !destroyed; err != nil || !destroyed {
			return nil, err
		}
		err = w.tx.QueryRowContext(w.ctx, "SELECT count(*) FROM log WHERE kind='document.import'").Scan(&w.imports)
		return w.imports, err
	}
	w.imports++
	return w.imports, nil
}

// textNumbers says of each text that has another number than it ought to have,
// which that is.
func textNumbers(ctx context.Context, tx *sql.Tx, numbers map[archive.ID]int64) (map[int64]int64, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, doc, n FROM texts ORDER BY doc, n")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	to, after, below := map[int64]int64{}, int64(len(numbers)), int64(0)
	for rows.Next() {
		var id, n int64
		var doc archive.ID
		if err := rows.Scan(&id, &doc, &n); err != nil {
			return nil, err
		}
		want := numbers[doc]
		switch {
		case n != 1:
			below--
			want = below
		case want == 0:
			after++
			want = after
		}
		if want != id {
			to[id] = want
		}
	}
	return to, rows.Err()
}

// moveTexts gives texts other numbers, each once where it can be: a text is
// written whole for it. Whoever has the number that a text is to get goes first;
// of a ring, one steps aside.
func moveTexts(ctx context.Context, tx *sql.Tx, to map[int64]int64) error {
	if len(to) == 0 {
		return nil
	}
	move, err := tx.PrepareContext(ctx, "UPDATE texts SET id=? WHERE id=?")
	if err != nil {
		return err
	}
	defer move.Close()
	const aside = math.MinInt64
	for start := range to {
		line, ring := []int64{start}, false
		for next := to[start]; ; next = to[next] {
			if _, moves := to[next]; !moves {
				break
			}
			if ring = next == start; ring {
				break
			}
			line = append(line, next)
		}
		from := start
		if ring {
			if _, err := move.ExecContext(ctx, aside, start); err != nil {
				return err
			}
			from = aside
		}
		for i := len(line) - 1; i >= 0; i-- {
			id := line[i]
			want := to[id]
			delete(to, id)
			if i == 0 {
				id = from
			}
			if _, err := move.ExecContext(ctx, want, id); err != nil {
				return err
			}
		}
	}
	return nil
}
