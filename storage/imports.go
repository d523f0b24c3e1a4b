package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"fonds/storage/archive"
)

// What it takes to go on with an import that was interrupted (the files that were
// named, the encodings chosen, what was left out) lies beside the log, as drafts do:
// it names files that come in, and none of it may stay when one of them is destroyed.
// It is forgotten when the import has ended, and no copy of the archive of another
// machine has it.

// importSlot is its place among the drafts. It is nobody's, so that nobody is offered
// it as something that they typed.
const importSlot = "import"

// KeepImport keeps text for the import of that id.
func (a *Archive) KeepImport(ctx context.Context, id archive.ID, text string) error {
	return a.SaveDraft(ctx, Draft{Doc: id, Slot: importSlot, Text: text, At: a.Now()})
}

// KeptImport is what is kept for an import, "" where nothing is.
func (a *Archive) KeptImport(ctx context.Context, id archive.ID) (text string, err error) {
	err = a.r.QueryRowContext(ctx, "SELECT text FROM drafts WHERE doc=? AND slot=? AND actor=''", id, importSlot).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, explain(a.path, err)
}

// ForgetImport forgets it; there need be nothing.
func (a *Archive) ForgetImport(ctx context.Context, id archive.ID) error {
	_, err := a.draft(ctx, "DELETE FROM drafts WHERE doc=? AND slot=? AND actor=''", id, importSlot)
	return err
}

// ImportEnded is how an import ended, with the list of what was left out; nil where
// it has not ended. lost says that damage took the list.
func (a *Archive) ImportEnded(ctx context.Context, im *archive.Import) (end *archive.ImportEnd, lost bool, err error) {
	if im.End == nil {
		return nil, false, nil
	}
	e, err := oneEntry(ctx, a.r, im.EndOp)
	if err != nil {
		return nil, false, explain(a.path, err)
	}
	if len(e.Body) == 0 {
		return im.End, true, nil
	}
	end = &archive.ImportEnd{}
	if err := json.Unmarshal(e.Body, end); err != nil {
		return nil, false, fmt.Errorf("operation %s (%s): its body cannot be read: %w", e.ID.Short(), e.Kind, err)
	}
	return end, false, nil
}

// ImportedSince counts the documents that came in since a moment of the log by people of
// those names.
func (a *Archive) ImportedSince(ctx context.Context, at archive.Clock, names ...string) (n int, err error) {
	list, err := json.Marshal(names)
	if err != nil {
		return 0, err
	}
	err = a.r.QueryRowContext(ctx, `SELECT count(*) FROM log WHERE kind='document.import' AND clock>=?
		AND actor IN (SELECT value FROM json_each(?))`, at, string(list)).Scan(&n)
	return n, explain(a.path, err)
}

// Known gives the documents that have originals of those SHA-256 (lower-case hex), the
// first of each; what the archive does not have is left out.
func (a *Archive) Known(ctx context.Context, sums []string) (map[string]archive.ID, error) {
	list, err := json.Marshal(sums)
	if err != nil {
		return nil, err
	}
	rows, err := a.r.QueryContext(ctx, "SELECT d.sha256, d.id FROM json_each(?) s JOIN documents d ON d.sha256=s.value ORDER BY d.n DESC", string(list))
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer rows.Close()
	out := map[string]archive.ID{}
	for rows.Next() {
		var sum string
		var id archive.ID
		if err := rows.Scan(&sum, &id); err != nil {
			return nil, explain(a.path, err)
		}
		out[sum] = id
	}
	return out, explain(a.path, rows.Err())
}
