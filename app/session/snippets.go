package session

import (
	"context"
	"slices"

	"fonds/storage"
)

// This file reads what the rows in sight say where the list is the answer to words: a
// piece of the text around the first of them.

const (
	snippetsAtOnce = 24      // rows that are read together
	snippetsHeld   = 4096    // that are remembered
	snippetPoints  = 200_000 // code points of a text in which none is looked for: it would hold the others up
)

// snippets are those of one search.
type snippets struct {
	search  string
	known   map[int64]string // by Summary.N
	wanted  []int64          // the one wanted last at the end
	reading bool
	gen     int
}

// Snippet is a piece of the text of a row's document around the words that the list is
// searched for; "" where there are none, or it is not read yet: RowsChanged says
// when it is.
func (s *Session) Snippet(row storage.Summary) string {
	n := &s.list.snippets
	search := s.Sought()
	if search == "" || !s.list.answered || row.ID == "" || row.Chars > snippetPoints || len(sought(search)) == 0 {
		return ""
	}
	if n.search != search || len(n.known) > snippetsHeld {
		n.gen++
		*n = snippets{search: search, known: map[int64]string{}, gen: n.gen}
	}
	words, ok := n.known[row.N]
	if !ok {
		n.wanted = append(slices.DeleteFunc(n.wanted, func(w int64) bool { return w == row.N }), row.N)
		n.wanted = n.wanted[max(0, len(n.wanted)-4*snippetsAtOnce):]
		s.readSnippets()
	}
	return words
}

// clear forgets all of them; what is being read is dropped.
func (n *snippets) clear() { *n = snippets{gen: n.gen + 1} }

// changedText forgets what rows say whose text may have changed.
func (n *snippets) changedText(d *Doc) { delete(n.known, d.N) }

func (s *Session) readSnippets() {
	n := &s.list.snippets
	if n.reading || len(n.wanted) == 0 {
		return
	}
	from := max(0, len(n.wanted)-snippetsAtOnce)
	ask := slices.Clone(n.wanted[from:])
	n.wanted = n.wanted[:from]
	n.reading = true
	search := n.search
	Read(s, &n.gen, func(ctx context.Context, a *storage.Archive) (map[int64]string, error) {
		out := map[int64]string{}
		ids, err := a.IDs(ctx, ask)
		if err != nil {
			return nil, err
		}
		places, err := a.Places(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if r, err := a.Reading(ctx, id); err == nil { // else it is gone, and so is its row
				out[places[id]] = Snippet(r.Text, search)
			}
		}
		return out, ctx.Err()
	}, func(got map[int64]string, err error) {
		n := &s.list.snippets
		n.reading = false
		if err != nil {
			s.failFile(err)
			return
		}
		for _, number := range ask {
			n.known[number] = got[number]
		}
		s.emit(RowsChanged{0, s.Rows()})
		s.readSnippets()
	})
}
