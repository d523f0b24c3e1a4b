package storage

import (
	"database/sql"
	"encoding/json"
	"strings"

	"fonds/storage/archive"
)

// listRow is what of a document's row follows from its items.
type listRow struct {
	title, date, status, assignee, due, in, asked, unit, rank string
	proposals                                                 int
	has                                                       int64
}

func listRowOf(d *archive.Document) (r listRow) {
	r = listRow{title: d.Title(), date: d.Date(), status: string(d.Status()), proposals: d.Proposals(), asked: askedList(d.Asked()), has: hasOf(d)}
	if it := d.Assignment(); it != nil {
		r.assignee, r.due = it.Key, it.Detail
	}
	if it := d.Membership(); it != nil {
		r.in = it.Key
	}
	if it := d.Placed(); it != nil {
		r.unit, r.rank = it.Key, it.Source
	}
	return r
}

// docRow is the derived row of a document, in the order of its columns.
func docRow(d *archive.Document) ([]any, error) {
	info, err := json.Marshal(d.Info)
	if err != nil {
		return nil, err
	}
	r := listRowOf(d)
	earliest, latest := boundsOf(r.date)
	return []any{d.ID, d.Info.Name, d.Info.Path, d.Info.SHA256, r.title, r.date, r.status,
		int64(r.proposals), int64(d.Info.Chars), string(info), r.assignee, r.due, r.in, r.asked, r.has, earliest, latest, r.unit, r.rank}, nil
}

// askedList is names as the column asked has them: each between two line ends, so
// that one can be looked for; "" for none.
func askedList(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "\n" + strings.Join(names, "\n") + "\n"
}

const intoDocuments = "INSERT INTO documents(" + docColumns + ")"

// saveDocument writes the row that lists show.
func (w *writer) saveDocument(h *held) error {
	if h.Info == nil {
		h.gone = true
		_, err := w.tx.ExecContext(w.ctx, "DELETE FROM documents WHERE id=?", h.ID)
		return err
	}
	there := h.n != 0 && !h.gone
	said := listRowOf(h.Document)
	if there && h.known && !h.otherInfo() {
		if h.said == nil {
			was := listRowOf(h.asLoaded())
			h.said = &was
		}
		if *h.said == said {
			return nil
		}
	}
	h.said, h.known = &said, true
	row, err := docRow(h.Document)
	if err != nil {
		return err
	}
	if there {
		n, otherText := h.n, h.otherText()
		return w.tx.later(func(tx *sql.Tx) error {
			_, err := tx.ExecContext(w.ctx, "UPDATE documents SET title=?, date=?, status=?, proposals=?, assignee=?, due=?, package=?, asked=?, has=?, earliest=?, latest=?, unit=?, rank=? WHERE n=?",
				row[4], row[5], row[6], row[7], row[10], row[11], row[12], row[13], row[14], row[15], row[16], row[17], row[18], n)
			if err == nil && otherText {
				_, err = tx.ExecContext(w.ctx, "UPDATE documents SET chars=?, info=? WHERE n=?", row[8], row[9], n)
			}
			return err
		})
	}
	// A document has the number of its first source text, which stays when an
	// import is undone: redone, it stands where it stood.
	res, err := w.tx.ExecContext(w.ctx, intoDocuments+`
		VALUES((SELECT id FROM texts WHERE doc=?1 AND n=1),?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)`, row...)
	if err == nil {
		h.n, err = res.LastInsertId()
		h.gone = false
	}
	return err
}
