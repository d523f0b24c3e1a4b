package command

import (
	"context"
	"slices"

	"fonds/app/export"
	"fonds/storage"
	"fonds/storage/archive"
)

const restHelp = "where somebody has changed a part of it since, do the rest; without it nothing is done"

var undoVerb = &verb{
	name: "undo", usage: "fonds undo ARCHIVE --as NAME [--rest] [--json]",
	summary: "take back what NAME did last",
	help: `The last thing that NAME did and that is not taken back yet, a bulk action as one.
It is taken back by an operation of its own: the history keeps both. What
somebody has changed since is not taken back; the message says who did.`,
	flags: []flag{asFlag, {"rest", "", restHelp}, jsonFlag},
	min:   1, max: 1,
	run: func(c *call) error { return c.turn("Took back", "it is taken back", (*storage.Archive).Undo) },
}

var redoVerb = &verb{
	name: "redo", usage: "fonds redo ARCHIVE --as NAME [--rest] [--json]",
	summary: "bring back what NAME's last undo took",
	help:    `That is, as long as NAME has done nothing else since.`,
	flags:   []flag{asFlag, {"rest", "", restHelp}, jsonFlag},
	min:     1, max: 1,
	run: func(c *call) error { return c.turn("Brought back", "it is brought back", (*storage.Archive).Redo) },
}

// undone is the answer of undo --json and redo --json.
type undone struct {
	OK    bool         `json:"ok"`
	Batch archive.ID   `json:"batch"` // of the operations that did it
	Do    string       `json:"do"`    // of the first operation that was taken or brought back
	Ops   int          `json:"ops"`
	Docs  []archive.ID `json:"docs"`
	Left  []string     `json:"left"` // why what was not could not be
}

func (c *call) turn(what, after string, turn func(*storage.Archive, context.Context, string, bool) (storage.Undone, error)) (err error) {
	who, err := c.who()
	if err != nil {
		return err
	}
	a, err := c.change()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	u, err := turn(a, c.ctx, who, c.has("rest"))
	if err != nil {
		return err
	}
	c.after = after
	answer := undone{true, u.Batch, u.Kind, u.Ops, []archive.ID{}, []string{}}
	for _, id := range u.Docs {
		if id != "" {
			answer.Docs = append(answer.Docs, id)
		}
	}
	for _, e := range u.Left {
		answer.Left = append(answer.Left, clip(e.Error()))
	}
	imports, err := c.turned(a, u, &answer)
	if err != nil {
		return err
	}
	if c.json() {
		err = c.enc.Encode(answer)
	} else {
		err = c.turnPeople(what, a, answer, imports)
	}
	if err == nil && len(answer.Left) > 0 {
		err = ended(exitPart)
	}
	return err
}

// turned looks up what an undo or redo did: its answer gets the kind of what was
// done first, also behind a redo; imports holds the documents that went or came
// back with it.
func (c *call) turned(a *storage.Archive, u storage.Undone, answer *undone) (imports map[archive.ID]bool, err error) {
	// They are the latest there are, unless another program writes just now.
	entries, err := a.History(c.ctx, "", u.Ops)
	if err != nil {
		return nil, err
	}
	imports = map[archive.ID]bool{}
	p := newPast(a, entries)
	for _, e := range entries { // the newest first
		if e.Batch != u.Batch {
			continue
		}
		op := export.Log(e)
		for _, change := range op.Changes {
			if change.What == "document" {
				imports[op.Doc] = true
			}
		}
		if e.Kind != archive.RedoKind {
			continue
		}
		was, known, err := p.origin(c.ctx, op)
		if err != nil {
			return nil, err
		}
		if known {
			answer.Do = was.Do // the oldest of them is the last
		}
	}
	return imports, nil
}

func (c *call) turnPeople(what string, a *storage.Archive, u undone, imports map[archive.ID]bool) error {
	more := u.Ops - len(imports)
	switch {
	case u.Do == archive.SplitKind:
		c.printf("%s that a part is a document of its own, with what went along (%s).\n", what, count(u.Ops, "change"))
	case len(imports) == 0:
		c.printf("%s %s (%s).\n", what, count(u.Ops, "change"), u.Do)
	case more == 0:
		c.printf("%s the import of %s.\n", what, count(len(imports), "document"))
	default:
		c.printf("%s the import of %s, and %s more.\n", what, count(len(imports), "document"), count(more, "change"))
	}
	gone := c.verb.name == "undo" // what was brought in is there no more, and has no title
	docs := slices.DeleteFunc(slices.Clone(u.Docs), func(id archive.ID) bool { return gone && imports[id] })
	for i, id := range docs {
		if i == 10 {
			c.printf("  … and %s\n", count(len(docs)-i, "more document"))
			break
		}
		d, err := a.Document(c.ctx, id)
		if err != nil {
			return err
		}
		c.printf("  %s  %s\n", id.Short(), short(d.Title(), 80))
	}
	for _, why := range u.Left {
		c.say("Left as it is: %s", why)
	}
	return nil
}
