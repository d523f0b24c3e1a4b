package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"fonds/storage/archive"
)

// packageState counts the documents of a package as this transaction has them.
func (w *writer) packageState(id archive.ID) (archive.PackageState, error) {
	if err := w.flushOthers(); err != nil {
		return archive.PackageState{}, err
	}
	return packageState(w.ctx, w.tx, id)
}

// PackageState counts the documents of a package, and how many of them are
// approved. Hash is of what they were approved as: where it is another than that
// of a sign-off, the package is not what was signed off.
func (a *Archive) PackageState(ctx context.Context, id archive.ID) (archive.PackageState, error) {
	st, err := packageState(ctx, a.r, id)
	return st, explain(a.path, err)
}

// packageState reads the documents in the order of their ids, each with the
// content hash of its approval, where that holds. A document that was removed
// from view belongs to no package.
func packageState(ctx context.Context, q querier, id archive.ID) (st archive.PackageState, err error) {
	rows, err := q.QueryContext(ctx, `SELECT d.id, d.status, ifnull((SELECT i.source FROM items i
			WHERE i.doc=d.id AND i.what='status' AND i.key='approved' AND i.state='accepted' AND d.status='approved' ORDER BY i.id DESC LIMIT 1), '')
		FROM documents d WHERE d.package=? AND d.package<>'' AND d.status<>'removed' ORDER BY d.id`, id)
	if err != nil {
		return st, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	sum := sha256.New()
	for rows.Next() {
		var doc, status, hash string
		if err := rows.Scan(&doc, &status, &hash); err != nil {
			return st, err
		}
		st.Documents++
		if archive.Status(status) == archive.Approved {
			st.Approved++
		}
		sum.Write([]byte(doc + " " + hash + "\n"))
	}
	st.Hash = hex.EncodeToString(sum.Sum(nil))
	return st, rows.Err()
}
