package session

import (
	"context"

	"fonds/app/i18n"
	"fonds/storage"
)

// turns are what the next undo and redo would be about.
type turns struct {
	undo, redo string // in words, "" where there is nothing or nobody has said it yet
}

// DescribeTurns says who puts into words what an undo or a redo would be about.
func (s *Session) DescribeTurns(describe func(storage.Turn) string) {
	s.describe, s.turns = describe, turns{}
	s.loadTurns()
}

// loadTurns asks on a worker what undo and redo would be about now.
func (s *Session) loadTurns() {
	actor := s.actor
	if s.open == nil || actor == "" {
		return
	}
	Read(s, &s.turnsGen, func(ctx context.Context, a *storage.Archive) (out [2]storage.Turn, err error) {
		out[0], out[1], err = a.NextTurns(ctx, actor)
		return out, err
	}, func(out [2]storage.Turn, err error) {
		if err != nil {
			return // the menu says less then
		}
		now := turns{s.turnWords(out[0]), s.turnWords(out[1])}
		if now != s.turns {
			s.turns = now
			s.emit(TurnsChanged{})
		}
	})
}

func (s *Session) turnWords(t storage.Turn) string {
	if t.Ops == 0 || len(t.First) == 0 {
		return ""
	}
	if s.describe != nil {
		return s.describe(t)
	}
	return KindWords(t.First[0].Kind)
}

// turnLabel is the label of undo or redo, with what it would be about.
func turnLabel(undo bool, what string) string {
	switch {
	case undo && what == "":
		return i18n.T("cmd.undo")
	case undo:
		return i18n.T("cmd.undo.what", "what", what)
	case what == "":
		return i18n.T("cmd.redo")
	}
	return i18n.T("cmd.redo.what", "what", what)
}
