package storage

import (
	"encoding/json"

	"fonds/storage/archive"
	"fonds/storage/pages"
)

// missing is what is known of a document of which something is lost.
type missing struct {
	archive.LostDocument
	doubt bool // the tables had something of it that no operation left makes
}

// doc is what is known of a document.
func (s *salvage) doc(id archive.ID) *missing {
	if s.docs[id] == nil {
		s.docs[id] = &missing{LostDocument: archive.LostDocument{ID: id}}
	}
	return s.docs[id]
}

// places asks the indexes of the log which operations there were: they lie on
// other pages than the log and say replica, number and document of each.
func (s *salvage) places() error {
	note := func(replica string, seq, n int64, subject any, whole bool) error {
		var there int
		if !isID(replica) || seq <= 0 || n <= 0 {
			return nil
		}
		if err := s.tx.QueryRow("SELECT count(*) FROM log WHERE replica=? AND seq=?", replica, seq).Scan(&there); err != nil || there > 0 {
			return err
		}
		return s.do(`INSERT INTO seen VALUES(?1,?2,?3,?4,?5) ON CONFLICT DO UPDATE SET subject=ifnull(subject, excluded.subject),
			sure=sure OR excluded.sure OR n=excluded.n AND (subject IS NULL)<>(excluded.subject IS NULL)`, replica, seq, n, subject, whole)
	}
	if err := s.rows("log_subject", func(r *pages.Row) error {
		w, ok := wordsAt(r, 0, 2)
		if !ok || w[0] != "" && !isID(w[0]) {
			return nil
		}
		return note(w[1], r.Int(3), r.Int(4), w[0], r.Whole)
	}); err != nil {
		return err
	}
	return s.rows("log_chain", func(r *pages.Row) error {
		w, ok := wordsAt(r, 0)
		if !ok {
			return nil
		}
		var known bool // the index of the texts looks the same: document, number, row
		if err := s.tx.QueryRow("SELECT EXISTS (SELECT 1 FROM log WHERE replica=?1) OR EXISTS (SELECT 1 FROM seen WHERE replica=?1)", w[0]).
			Scan(&known); err != nil {
			return err
		}
		if !known {
			if r.Whole && s.fresh(r) && r.Int(1) == 1 {
				return s.mention(w[0])
			}
			return nil
		}
		return note(w[0], r.Int(1), r.Int(2), nil, r.Whole)
	})
}

// mentions asks the indexes of the derived tables which documents there were.
func (s *salvage) mentions() error {
	if err := s.rows("items_doc", func(r *pages.Row) error {
		if w, ok := wordsAt(r, 0, 1); ok && r.Whole && s.fresh(r) && isID(w[1]) {
			return s.mention(w[0])
		}
		return nil
	}); err != nil {
		return err
	}
	return s.rows("sqlite_autoindex_documents_1", func(r *pages.Row) error {
		if w, ok := wordsAt(r, 0); ok && r.Whole && r.Where == pages.Live { // that of the log looks the same
			return s.mention(w[0])
		}
		return nil
	})
}

func (s *salvage) mention(doc string) error {
	if !isID(doc) {
		return nil
	}
	return s.do("INSERT OR IGNORE INTO mentioned VALUES(?)", doc)
}

// items looks in the items as the tables had them for what no operation left
// makes: their words are kept with what was found, and those of the archive itself
// (people, rules) hold on.
func (s *salvage) items() error {
	known := map[archive.ID]archive.ID{} // by an earlier recovery
	if s.past != nil {
		for i := range s.past.Recoveries {
			for _, it := range s.past.Recoveries[i].Body.Self {
				known[it.ID] = it.Rev
			}
		}
	}
	told := map[archive.ID]bool{}
	return s.rows("items", func(r *pages.Row) error {
		doc, it, ok := itemOf(r)
		if !ok || !s.fresh(r) || told[it.ID] || known[it.ID] == it.Rev {
			return nil
		}
		// What changed it last, what made it, and its document must all be there.
		var sound bool
		err := s.tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM log JOIN bodies USING(n) WHERE id=?1)
			AND EXISTS (SELECT 1 FROM log JOIN bodies USING(n) WHERE subject=?2 AND clock=?3)
			AND (?2='' OR EXISTS (SELECT 1 FROM texts WHERE doc=?2)) OR EXISTS (SELECT 1 FROM gone WHERE doc=?2)`,
			it.Rev, doc, int64(it.At)).Scan(&sound)
		if err != nil || sound {
			return err
		}
		told[it.ID] = true
		if doc == "" {
			s.lost.Self = append(s.lost.Self, *it)
			return nil
		}
		s.doc(doc).doubt = true
		return s.tell(struct {
			Doc  archive.ID    `json:"doc"`
			Item *archive.Item `json:"item"`
		}{doc, it})
	})
}

// itemOf reads a row of items as scanItem does.
func itemOf(r *pages.Row) (doc archive.ID, it *archive.Item, ok bool) {
	w, ok := wordsAt(r, 0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22)
	if !ok || !isID(w[0]) || !isID(w[7]) || w[1] != "" && !isID(w[1]) {
		return "", nil, false
	}
	it = &archive.Item{ID: archive.ID(w[0]), What: archive.What(w[2]), State: archive.State(w[3]), Key: w[4], Text: w[5],
		Pos: int(r.Int(6)), By: w[6], At: archive.Clock(r.Int(8)), Rev: archive.ID(w[7]), RevBy: w[8], Rule: w[9],
		Confidence: r.Float(12), Detail: w[10], Confirmed: w[12], Source: w[13], Reason: w[14], Recipe: w[15],
		Amends: archive.ID(w[18]), First: w[19]}
	for text, to := range map[string]any{w[11]: &it.Anchor, w[16]: &it.Replaces, w[17]: &it.Decision} {
		if text != "" && json.Unmarshal([]byte(text), to) != nil {
			return "", nil, false
		}
	}
	return archive.ID(w[1]), it, true
}

// outcomes keeps what operations changed of which the body is lost.
func (s *salvage) outcomes() error {
	return s.rows("outcomes", func(r *pages.Row) error {
		w, ok := wordsAt(r, 2)
		if !ok || !s.fresh(r) || r.IsNull(2) || !json.Valid([]byte(w[0])) {
			return nil
		}
		rows, err := s.tx.Query(`SELECT id, kind, actor, subject FROM log WHERE n=?1 AND NOT EXISTS (SELECT 1 FROM bodies WHERE n=?1)
			AND subject NOT IN (SELECT doc FROM gone)`, r.ID)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var told struct {
				Op      archive.ID      `json:"op"`
				Do      string          `json:"do"`
				By      string          `json:"by"`
				Doc     archive.ID      `json:"doc"`
				Changes json.RawMessage `json:"changes"`
			}
			if err := rows.Scan(&told.Op, &told.Do, &told.By, &told.Doc); err != nil {
				return err
			}
			told.Changes = json.RawMessage(w[0])
			if err := s.tell(told); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// drafts takes in what people were typing. Nothing tells a draft that was dropped
// since from one that was not but the tree that leads to it; where that is lost,
// the latest one of each place is offered again rather than none.
func (s *salvage) drafts() error {
	tree := s.survey.Tree("drafts")
	return s.rows("drafts", func(r *pages.Row) error {
		w, ok := wordsAt(r, 0, 1, 2, 3)
		if !ok || !s.fresh(r) || tree && r.Where != pages.Live || w[0] != "" && !isID(w[0]) || archive.CheckName(w[2]) != nil {
			return nil
		}
		var there, gone bool
		if err := s.tx.QueryRow("SELECT ?1='' OR EXISTS (SELECT 1 FROM texts WHERE doc=?1), EXISTS (SELECT 1 FROM gone WHERE doc=?1)",
			w[0]).Scan(&there, &gone); err != nil || gone {
			return err
		}
		if !there {
			return s.tell(struct {
				Doc   string `json:"doc"`
				Slot  string `json:"slot"`
				By    string `json:"by"`
				Draft string `json:"draft"`
			}{w[0], w[1], w[2], w[3]})
		}
		return s.do(`INSERT INTO drafts(doc, slot, actor, text, at) VALUES(?,?,?,?,?)
			ON CONFLICT DO UPDATE SET text=excluded.text, at=excluded.at WHERE excluded.at>at`, w[0], w[1], w[2], w[3], r.Int(4))
	})
}
