package storage

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// chain checks the database itself, and then every operation against its seal and
// its place in its replica's chain, replica by replica: the order in which they
// were written down means nothing where copies were put together.
func (c *checker) chain() error {
	if err := c.format(); err != nil {
		return err
	}
	if err := c.database(); err != nil {
		return err
	}
	if err := c.ended(); err != nil {
		return err
	}
	rows, err := c.side.QueryContext(c.ctx, "SELECT "+sealedColumns+" ORDER BY l.replica, l.seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	seqs, bodies, latest := map[archive.ID]int64{}, 0, archive.Clock(0)
	known, shared := map[archive.ID]bool{}, interned{}
	for rows.Next() {
		e, err := shared.scanSealed(rows)
		if err != nil {
			return err
		}
		prev := c.rep.Heads[e.Replica]
		if gap := (archive.OpSpan{Replica: e.Replica, From: seqs[e.Replica] + 1, To: e.Seq - 1}); gap.Len() > 0 && c.lost.Operations(gap) {
			prev = e.Prev // what it follows was lost, and a recovery says so
		} else if gap.Len() != 0 {
			return found(e.ID, "operation %s has number %d in its chain, where %d comes next", e.ID.Short(), e.Seq, seqs[e.Replica]+1)
		}
		gone := c.destroyed[e.Subject] && e.Kind != archive.DestroyKind
		switch {
		case e.Body == nil && !gone && !c.lost.Body(e.Replica, e.Seq):
			return found(e.ID, "operation %s has lost its body", e.ID.Short())
		case e.Body != nil && gone:
			return found(e.ID, "operation %s still has its body, though its document was destroyed", e.ID.Short())
		case e.Body != nil:
			bodies++
		}
		if err := e.CheckSeal(prev); err != nil {
			return found(e.ID, "%v", err)
		}
		// Where a text is no UTF-8, the seal covers what it was read as.
		if !utf8.ValidString(e.Actor) || !utf8.ValidString(string(e.Subject+e.ID+e.Batch+e.Replica)+e.Kind+e.Layer) {
			return found(e.ID, "operation %s: its header is no UTF-8", e.ID.Short())
		}
		latest = max(latest, e.Clock)
		seqs[e.Replica], c.rep.Heads[e.Replica] = e.Seq, e.Hash
		if h, asked := c.o.Known[e.Replica]; asked && h == e.Hash {
			known[e.Replica] = true
			c.rep.Known++
		}
		if c.rep.Operations++; c.rep.Operations%1000 == 0 {
			c.meter.add(chainStage, 1000)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	c.rep.ClockAhead = c.a.ahead(latest)
	if err := c.strays(bodies); err != nil {
		return err
	}
	if err := c.known(known); err != nil {
		return err
	}
	c.meter.done(chainStage)
	return nil
}

// strays finds what of the log's rows no seal covers and no program has written.
func (c *checker) strays(bodies int) error {
	var id archive.ID
	for _, s := range []struct{ query, why string }{
		{"SELECT id FROM log WHERE key IS NOT NULL OR signature IS NOT NULL", "carries a signature, which no Fonds has made"},
		{"SELECT id FROM log WHERE length(prev)<>32 OR length(commitment)<>32 OR length(hash)<>32", "has a hash that is none"},
		{"SELECT l.id FROM bodies b JOIN log l ON l.n=b.n WHERE length(b.salt)<>16", "has a salt that is none"},
		{"SELECT l.id FROM outcomes o JOIN log l ON l.n=o.n WHERE o.undone_by=''", "is undone by nothing"},
	} {
		rows, err := c.side.QueryContext(c.ctx, s.query+" LIMIT 1")
		if err != nil {
			return err
		}
		there := rows.Next()
		if there {
			err = rows.Scan(&id)
		}
		rows.Close()
		if err != nil || rows.Err() != nil {
			return first(err, rows.Err)
		}
		if there {
			return found(id, "operation %s %s", id.Short(), s.why)
		}
	}
	for _, s := range []struct {
		query, what string
		want        int
	}{
		{"SELECT count(*) FROM bodies", "bodies", bodies},
		{"SELECT count(*) FROM outcomes", "outcomes", c.rep.Operations},
	} {
		var n int
		if err := c.side.QueryRowContext(c.ctx, s.query).Scan(&n); err != nil {
			return err
		}
		if n != s.want {
			return found("", "the file holds %d %s of operations, where the log has %d", n, s.what, s.want)
		}
	}
	return nil
}

// known finds that a head which was kept elsewhere is not in the chain.
func (c *checker) known(there map[archive.ID]bool) error {
	for _, replica := range sortedIDs(c.o.Known) {
		if there[replica] {
			continue
		}
		at := ""
		if c.o.KnownAt != "" {
			at = " on " + c.o.KnownAt
		}
		return found(replica, "the log was rewritten or has lost its end: the head %s of replica %s, kept%s elsewhere, is not in it",
			c.o.Known[replica], replica.Short(), at)
	}
	return nil
}

// database asks SQLite whether its own structures are sound.
func (c *checker) database() error {
	check := "PRAGMA integrity_check(1)"
	if c.o.Quick {
		check = "PRAGMA quick_check(1)" // leaves out what the indexes say
	}
	var sound string
	if err := c.side.QueryRowContext(c.ctx, check).Scan(&sound); err != nil {
		return err
	}
	if sound == "ok" {
		return nil
	}
	return found("", "the database itself is damaged%s: %s", c.where(sound), strings.TrimPrefix(sound, "*** in database main ***\n"))
}

var (
	treeOf   = regexp.MustCompile(`Tree (\d+) `)
	treeName = map[string]string{
		"log": "the log of operations", "bodies": "the bodies of operations", "outcomes": "what operations did",
		"texts": "the source texts", "blobs": "the originals", "chunks": "the originals",
		"documents": "the list of documents", "items": "values, tags, marks and corrections",
		"passages": "the search index", "drafts": "the drafts", "replicas": "the list of copies",
		"parts": "the search index", "erasing": "what is to be erased",
	}
)

// where says in words which part of the file SQLite's complaint is about.
func (c *checker) where(complaint string) string {
	m := treeOf.FindStringSubmatch(complaint)
	if m == nil {
		return ""
	}
	var table string
	if c.side.QueryRowContext(c.ctx, "SELECT tbl_name FROM sqlite_master WHERE rootpage=?", m[1]).Scan(&table) != nil {
		return ""
	}
	if name, ok := treeName[table]; ok {
		return fmt.Sprintf(" in %s (%s)", name, table)
	}
	if strings.HasPrefix(table, "search") {
		return " in the search index"
	}
	return " in " + table
}

func sortedIDs[V any](m map[archive.ID]V) []archive.ID { return slices.Sorted(maps.Keys(m)) }
