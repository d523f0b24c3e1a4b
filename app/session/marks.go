package session

import (
	"context"
	"slices"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// CommentMark gives a mark its comment and the URI of whom or what it names, as
// they were typed in a slot; done is told what came of it.
func (s *Session) CommentMark(id archive.ID, slot, text, authority string, done func(error)) {
	e := s.docEdit("mark.edit")
	if e == nil {
		return
	}
	e.Mark, e.Text, e.Authority = string(id), &text, &authority
	s.make(s.typed(s.doc.ID, slot, []string{text}, told(done), e), []string{slot, AlsoSlot(slot)})
}

// MoveMark lays a mark on the words [start,end) of the reading text that is
// shown; done (nil is allowed) is told what came of it.
func (s *Session) MoveMark(id archive.ID, start, end int, done func(error)) {
	if e := s.ranged("mark.edit", start, end); e != nil {
		e.Mark = string(id)
		s.Apply(func(_ []storage.Result, err error) {
			if done != nil {
				done(err)
			}
		}, e)
	}
}

// KnownReasons are those of a correction that the program has words for.
func KnownReasons() []string { return []string{"mojibake", "ocr", "typo"} }

// ReasonWords says why a correction was made; a reason of one's own is what it is.
func ReasonWords(reason string) string {
	if i18n.Has("reason." + reason) {
		return i18n.T("reason." + reason)
	}
	return reason
}

// Reason is what ReasonWords says, back: what is kept of words that were typed.
func Reason(words string) string {
	for _, r := range KnownReasons() {
		if words == ReasonWords(r) {
			return r
		}
	}
	return words
}

// Reasons hands on what can be offered as the reason of a correction, in words:
// those that the program knows, then those used in the archive. They are read
// once; a reason that this session gives joins them.
func (s *Session) Reasons(then func([]string)) {
	if s.reasons != nil {
		then(s.reasonWords())
		return
	}
	Read(s, &s.reasonsGen, func(ctx context.Context, a *storage.Archive) ([]string, error) {
		return a.Reasons(ctx)
	}, func(used []string, err error) {
		if err != nil {
			s.failFile(err)
			return
		}
		s.reasons = append(KnownReasons(), slices.DeleteFunc(used, func(r string) bool { return slices.Contains(KnownReasons(), r) })...)
		then(s.reasonWords())
	})
}

func (s *Session) reasonWords() []string {
	var out []string
	for _, r := range s.reasons {
		out = append(out, ReasonWords(r))
	}
	return out
}

// usedReason lets a reason be offered from now on.
func (s *Session) usedReason(reason string) {
	if s.reasons != nil && reason != "" && !slices.Contains(s.reasons, reason) {
		s.reasons = append(s.reasons, reason)
	}
}

// HeldEdit is the edit of a step of one that is held, or nil.
func (h *Held) HeldEdit() *archive.Edit {
	if h.work == nil || len(h.edits) != 1 {
		return nil
	}
	return h.edits[0]
}
