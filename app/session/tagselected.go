package session

import (
	"context"
	"strconv"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// mostTagged is how many documents one key tags: what takes longer wants to be
// seen before, and a way to stop it.
const mostTagged = 2000

// TagSelected puts the tag of a key, 1 to 9, on every document that is selected in
// the list; where all of them have it already, it takes it off. It is one step of
// undo.
func (s *Session) TagSelected(n int) {
	tag, ok := s.Hotkeys()[strconv.Itoa(n)]
	if !ok {
		s.Say(i18n.T("tag.nokey", "key", n))
		return
	}
	picked := s.Selected()
	if picked.Count() > mostTagged {
		s.Say(i18n.T("tag.many.toomany", "most", mostTagged))
		return
	}
	Read(s, nil, func(ctx context.Context, a *storage.Archive) ([]archive.ID, error) {
		return picked.Documents(ctx, a)
	}, func(ids []archive.ID, err error) {
		if err != nil {
			s.failFile(err)
			return
		}
		s.tagAll(ids, tag, "tag.add")
	})
}

func (s *Session) tagAll(ids []archive.ID, tag, do string) {
	edits := make([]*archive.Edit, len(ids))
	for i, id := range ids {
		edits[i] = &archive.Edit{Do: do, Doc: string(id), Tag: tag}
	}
	s.ApplyMany(edits, func(done, all int) {
		s.Say(i18n.T("tag.many.progress", "done", done, "all", all))
	}, func(results []storage.Result, err error) {
		if err != nil {
			s.failFile(err)
			return
		}
		n, there := 0, 0
		var why error
		for _, r := range results {
			switch {
			case r.Err == nil:
				n++
			case refusedAs(r.Err, "tag-there"):
				there++
			default:
				why = r.Err
			}
		}
		switch {
		case n == 0 && there == len(ids) && there > 0:
			s.tagAll(ids, tag, "tag.remove")
		case why != nil:
			s.Say(i18n.N("tag.many.some", n, "tag", tag, "all", len(ids), "why", Words(why)))
		case do == "tag.remove":
			s.Say(i18n.N("tag.many.off", n, "tag", tag))
		default:
			s.Say(i18n.N("tag.many.on", n, "tag", tag))
		}
	})
}
