package command

import (
	"context"

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
	if c.json() {
		err = c.enc.Encode(answer)
	} else {
		err = c.turnPeople(what, a, answer)
	}
	if err == nil && len(answer.Left) > 0 {
		err = ended(exitPart)
	}
	return err
}

func (c *call) turnPeople(what string, a *storage.Archive, u undone) error {
	kind := ""
	if u.Do != archive.UndoKind {
		kind = " (" + u.Do + ")"
	}
	c.printf("%s %s%s.\n", what, count(u.Ops, "change"), kind)
	for i, id := range u.Docs {
		if i == 10 {
			c.printf("  … and %s\n", count(len(u.Docs)-i, "more document"))
			break
		}
		title := "" // a document whose import was taken back has none any more
		if d, err := a.Document(c.ctx, id); err == nil {
			title = short(d.Title(), 80)
		}
		c.printf("  %s  %s\n", id.Short(), title)
	}
	for _, why := range u.Left {
		c.say("Left as it is: %s", why)
	}
	return nil
}
