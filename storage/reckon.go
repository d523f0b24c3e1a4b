package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// reckon works out what is missing.
func (s *salvage) reckon() error {
	var any bool
	if err := s.tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM log) OR EXISTS (SELECT 1 FROM docrows) OR EXISTS (SELECT 1 FROM blobs)
		OR EXISTS (SELECT 1 FROM drafts)`).Scan(&any); err != nil {
		return err
	}
	if !any {
		return fmt.Errorf("%w: go back to a copy", ErrNothing)
	}
	for _, f := range []func() error{s.gaps, s.unread, s.beyond, s.halves, s.traces, s.strayImports, s.rowsLeft, s.names, s.list, s.unplaced} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// gaps lists the operations that are missing between others of their replica.
func (s *salvage) gaps() error {
	rows, err := s.tx.Query("SELECT replica, seq, lag(seq, 1, 0) OVER (PARTITION BY replica ORDER BY seq) AS b FROM log ORDER BY replica, seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at archive.OpSpan
		var before int64
		if err := rows.Scan(&at.Replica, &at.To, &before); err != nil {
			return err
		}
		at.From, at.To = before+1, at.To-1
		if at.Len() > 0 && !s.past.Operations(at) {
			s.lost.Operations = append(s.lost.Operations, at)
		}
	}
	return rows.Err()
}

// unread lists the operations whose body is missing.
func (s *salvage) unread() error {
	rows, err := s.tx.Query(`SELECT replica, seq, subject, subject IN (SELECT doc FROM gone) FROM log WHERE n NOT IN (SELECT n FROM bodies)
		AND (kind=?1 OR subject NOT IN (SELECT doc FROM gone WHERE known)) ORDER BY replica, seq`, archive.DestroyKind)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at archive.OpSpan
		var doc archive.ID
		var gone bool
		if err := rows.Scan(&at.Replica, &at.From, &doc, &gone); err != nil {
			return err
		}
		if at.To = at.From; s.past.Body(at.Replica, at.From) {
			continue
		}
		s.lost.Bodies = joined(s.lost.Bodies, at)
		if doc != "" && !gone && !s.past.Document(doc) {
			s.doc(doc).Operations++
		}
	}
	return rows.Err()
}

// joined adds an operation to a list of spans.
func joined(spans []archive.OpSpan, at archive.OpSpan) []archive.OpSpan {
	if n := len(spans); n > 0 && spans[n-1].Replica == at.Replica && spans[n-1].To+1 == at.From {
		spans[n-1].To = at.To
		return spans
	}
	return append(spans, at)
}

// beyond lists what was lost at the end of a chain, and whose documents the lost
// operations were about: the indexes of the log tell. An entry on half a page, in
// one index and far behind the others, is noise.
func (s *salvage) beyond() error {
	rows, err := s.tx.Query(`SELECT s.replica, s.seq, s.n, s.subject, s.sure, ifnull((SELECT max(seq) FROM log l WHERE l.replica=s.replica), 0)
		FROM seen s ORDER BY s.replica, s.seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	ends := map[archive.ID]int64{}
	for rows.Next() {
		var replica archive.ID
		var seq, n, end int64
		var subject sql.NullString
		var sure bool
		if err := rows.Scan(&replica, &seq, &n, &subject, &sure, &end); err != nil {
			return err
		}
		if s.past.Operations(archive.OpSpan{Replica: replica, From: seq, To: seq}) {
			continue
		}
		if seq > end {
			if ends[replica] = max(ends[replica], end); seq > ends[replica]+1 && !sure {
				continue
			}
			s.lost.Operations = joined(s.lost.Operations, archive.OpSpan{Replica: replica, From: ends[replica] + 1, To: seq})
			ends[replica] = seq
		}
		s.last = max(s.last, n)
		if subject.String != "" && !s.past.Document(archive.ID(subject.String)) {
			var gone int
			if err := s.tx.QueryRow("SELECT count(*) FROM gone WHERE doc=?", subject.String).Scan(&gone); err != nil {
				return err
			}
			if gone == 0 {
				s.doc(archive.ID(subject.String)).Operations++
			}
		}
	}
	return rows.Err()
}

// halves finds the documents that came in and have no text, or no original.
func (s *salvage) halves() error {
	rows, err := s.tx.Query(`SELECT i.doc, t.id IS NULL, b.id IS NULL FROM imports i LEFT JOIN texts t ON t.doc=i.doc AND t.n=i.n
		LEFT JOIN blobs b ON b.sha256=i.sha WHERE i.doc NOT IN (SELECT doc FROM gone) AND (t.id IS NULL OR b.id IS NULL)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var doc archive.ID
		var text, original bool
		if err := rows.Scan(&doc, &text, &original); err != nil {
			return err
		}
		if text && !s.past.Document(doc) {
			s.lack(doc, archive.LostText)
		}
		if original && !s.past.Original(doc) && !s.past.Document(doc) {
			s.lack(doc, archive.LostOriginal)
		}
	}
	return rows.Err()
}

func (s *salvage) lack(doc archive.ID, what string) {
	if d := s.doc(doc); !slices.Contains(d.Missing, what) {
		d.Missing = append(d.Missing, what)
	}
}

// traces finds the documents of which there is something, and no import.
func (s *salvage) traces() error {
	ids := map[archive.ID]bool{}
	for id := range s.docs {
		ids[id] = true
	}
	rows, err := s.tx.Query("SELECT subject FROM log UNION SELECT id FROM docrows UNION SELECT doc FROM mentioned")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id archive.ID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids[id] = true
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for id := range ids {
		var known bool
		if err := s.tx.QueryRow("SELECT ?1='' OR EXISTS (SELECT 1 FROM imports WHERE doc=?1) OR EXISTS (SELECT 1 FROM gone WHERE doc=?1)",
			id).Scan(&known); err != nil {
			return err
		}
		if !known && !s.past.Document(id) {
			s.lack(id, archive.LostImport)
		}
	}
	return nil
}

// strayImports give their names to documents whose import is lost, and name those
// of which there is no other trace.
func (s *salvage) strayImports() error {
	for i, st := range s.strays {
		var id archive.ID
		for _, d := range s.docs {
			if d.Text == st.text {
				id = d.ID
			}
		}
		if id == "" {
			err := s.tx.QueryRow("SELECT id FROM docrows WHERE sha=? AND id NOT IN (SELECT doc FROM imports)", st.info.SHA256).Scan(&id)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		if id == "" {
			id = archive.ID(fmt.Sprintf("?%d", i)) // until the list is made
		}
		s.lack(id, archive.LostImport)
		d := s.doc(id)
		d.Name, d.Path = st.info.Name, st.info.Path
		if err := s.originalIn(d, st.info.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// originalIn notes the original of a lost document where it lies in the archive.
func (s *salvage) originalIn(d *missing, sha string) error {
	var n int
	err := s.tx.QueryRow("SELECT count(*) FROM blobs WHERE sha256=?", sha).Scan(&n)
	if n > 0 && d.Original == "" {
		d.Original = sha
	}
	return err
}

// rowsLeft gives documents the names that the list had for them.
func (s *salvage) rowsLeft() error {
	for id, d := range s.docs {
		var name, path, sha, title sql.NullString
		err := s.tx.QueryRow(`SELECT ifnull(r.name, i.name), ifnull(r.path, i.path), ifnull(i.sha, r.sha), r.title
			FROM (SELECT ?1 AS id) LEFT JOIN docrows r USING(id) LEFT JOIN imports i ON i.doc=?1 AND i.n=1`, id).Scan(&name, &path, &sha, &title)
		if err != nil {
			return err
		}
		if name.Valid {
			d.Name, d.Path = name.String, path.String
		}
		d.Title = title.String
		if sha.Valid && d.Whole() {
			if err := s.originalIn(d, sha.String); err != nil {
				return err
			}
		}
	}
	return nil
}

// names gives documents that the list does not name the title that operations
// gave them.
func (s *salvage) names() error {
	for id, d := range s.docs {
		if d.Title != "" {
			continue
		}
		rows, err := s.tx.Query("SELECT body FROM log JOIN bodies USING(n) WHERE subject=? AND kind='field.set' ORDER BY clock, replica, seq", id)
		if err != nil {
			return err
		}
		for rows.Next() {
			var body []byte
			if err := rows.Scan(&body); err != nil {
				rows.Close()
				return err
			}
			if t := titleOf(body); t != "" {
				d.Title = t
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

// list puts the documents of which something is missing in order.
func (s *salvage) list() error {
	for id, d := range s.docs {
		if d.Operations > 0 || d.doubt {
			s.lack(id, archive.LostOperations)
		}
		if len(d.Missing) == 0 || s.past.Document(id) {
			continue
		}
		if strings.HasPrefix(string(id), "?") {
			d.ID = ""
		}
		s.lost.Documents = append(s.lost.Documents, d.LostDocument)
	}
	slices.SortFunc(s.lost.Documents, func(a, b archive.LostDocument) int {
		return strings.Compare(string(a.ID)+a.Name, string(b.ID)+b.Name)
	})
	return nil
}

// unplaced counts the operations that are known to have been there by the number
// of a row only.
func (s *salvage) unplaced() error {
	var have, last int64
	if err := s.tx.QueryRow("SELECT count(*), ifnull(max(n), 0) FROM log").Scan(&have, &last); err != nil {
		return err
	}
	s.last = max(s.last, last)
	for _, sp := range s.lost.Operations {
		have += int64(sp.Len())
	}
	if s.past != nil {
		for i := range s.past.Recoveries {
			b := &s.past.Recoveries[i].Body
			have += int64(b.Unplaced)
			for _, sp := range b.Operations {
				have += int64(sp.Len())
			}
		}
	}
	s.lost.Unplaced = int(max(s.last-have, 0))
	return nil
}
