package session

import (
	"context"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// BelongingWords says how a document belongs to another, one of archive.Belongings.
func BelongingWords(how string) string { return i18n.T("belonging." + how) }

// Belongings are what a document belongs to, and what belongs to it.
type Belongings struct {
	Doc           archive.ID
	Wholes, Parts []storage.Belonging
}

// Belongings reads what the document that is shown belongs to, and what belongs to it; answer is told on the UI goroutine,
// unless another is shown by then.
func (s *Session) Belongings(answer func(Belongings)) {
	if s.doc == nil {
		return
	}
	b := Belongings{Doc: s.doc.ID}
	Read(s, &s.belongGen, func(ctx context.Context, a *storage.Archive) (Belongings, error) {
		var err error
		if b.Wholes, err = a.BelongsTo(ctx, b.Doc); err == nil {
			b.Parts, err = a.Parts(ctx, b.Doc)
		}
		return b, err
	}, func(b Belongings, err error) {
		if err == nil && s.doc != nil && s.doc.ID == b.Doc {
			answer(b)
		}
	})
}

// Belong says that documents belong to another, as one step; how is one of archive.Belongings. done (nil is allowed) is
// told when it is in the file, or why not.
func (s *Session) Belong(parts []archive.ID, whole archive.ID, how string, done func(error)) {
	var edits []*archive.Edit
	for _, p := range parts {
		if p != whole {
			edits = append(edits, &archive.Edit{Do: archive.BelongKind, Doc: string(p), Whole: string(whole), How: how})
		}
	}
	if len(edits) > 0 {
		s.Apply(func(_ []storage.Result, err error) {
			if done != nil {
				done(err)
			}
		}, edits...)
	}
}

// Apart says that a document does not belong to another.
func (s *Session) Apart(part, whole archive.ID) {
	s.Apply(nil, &archive.Edit{Do: archive.ApartKind, Doc: string(part), Whole: string(whole)})
}
