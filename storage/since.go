package storage

import (
	"context"
	"runtime/debug"
)

// mostFollowed is how many documents may have changed for what is remembered of all of
// them to be mended and not read anew.
const mostFollowed = 500

// changedSince are the numbers of the documents that were changed since the archive was
// at a version; few is false where too many were, where one is not in the list any more,
// and where operations of another copy came in: documents are numbered anew then.
func (a *Archive) changedSince(ctx context.Context, version int64) (ns []int64, few bool, err error) {
	var strangers, subjects, found int
	var changed []byte
	err = a.r.QueryRowContext(ctx, `WITH since(subject, replica) AS (SELECT DISTINCT subject, replica FROM log WHERE n>?1 LIMIT ?2)
		SELECT (SELECT count(DISTINCT replica) FROM since)-1 + ifnull((SELECT replica FROM log WHERE n=?1)<>(SELECT max(replica) FROM since),1),
			(SELECT count(*) FROM since WHERE subject<>''), count(*), group_concat(n) FROM documents WHERE id IN (SELECT subject FROM since)`,
		version, mostFollowed).Scan(&strangers, &subjects, &found, &changed)
	if err != nil || strangers != 0 || subjects != found || subjects >= mostFollowed {
		return nil, false, err
	}
	if len(changed) > 0 {
		ns, err = readNumbers(nil, changed)
	}
	return ns, err == nil, err
}

// giveBack returns memory to the system after something was read of so many documents:
// SQLite hands it over as texts that are several times as large as what is kept.
func giveBack(documents int) {
	if documents > 200_000 {
		go debug.FreeOSMemory()
	}
}
