package command

import (
	"errors"
	"fmt"
	"io/fs"

	"fonds/app/intake"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// read opens the archive of the call to look at it.
func (c *call) read() (*storage.Archive, error) { return c.open(false) }

// change opens the archive of the call to change it.
func (c *call) change() (*storage.Archive, error) { return c.open(true) }

// named takes the template of the archive, and reads --query with its names.
func (c *call) named(a *storage.Archive) error {
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	c.template = template.Of(self)
	typed, given := c.flags["query"]
	if !given {
		return nil
	}
	search, err := c.readQuery("--query", typed)
	c.flags["query"] = search
	return err
}

func (c *call) open(change bool) (*storage.Archive, error) {
	path := c.args[0]
	// Verbs that only look open it as others do: a connection for reading alone
	// cannot tidy SQLite's two files beside the archive away when it closes.
	a, err := storage.Open(c.ctx, path, intake.Opened(storage.Options{Now: c.env.Now, NewID: c.env.NewID, Busy: c.env.Busy}))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &failure{exitArchive, fmt.Errorf("no archive %s; `fonds new %s` makes one", visible(path), visible(path))}
	case err != nil:
		return nil, &failure{exitOpening(err), err}
	}
	c.warnOfPlace(path)
	if err := c.named(a); err != nil {
		a.Close()
		return nil, err
	}
	readOnly, why := a.ReadOnly()
	switch {
	case readOnly && change:
		a.Close()
		return nil, &failure{exitArchive, readOnlySentence(path, why)}
	case readOnly && why == "newer":
		c.say("fonds: a newer Fonds has written %s: what this one does not know is not shown", visible(path))
	case readOnly && why == "full":
		c.say("fonds: the disk of %s is full: it can be read, and not be changed until there is room", visible(path))
	}
	if change {
		if n, err := a.EraseDue(c.ctx); err == nil && n > 0 && c.verb.name != "compact" {
			c.say("fonds: bytes of %s may still lie in %s: `fonds compact` finishes the erasing", count(n, "destroyed document"), visible(path))
		}
	}
	return a, nil
}

// warnOfPlace says in one line where an archive can be spoiled by where it lies.
func (c *call) warnOfPlace(path string) {
	switch d := c.env.Place(path); d.Kind {
	case "network":
		c.say("fonds: warning: %s lies on a network drive (%s): let no second computer work in it at the same time, which can spoil it; copies by `fonds backup` may lie there", visible(path), visible(d.What))
	case "sync":
		c.say("fonds: warning: %s lies in a folder that %s copies to other computers: let none of them work in it at the same time, which can spoil it; copies by `fonds backup` may lie there", visible(path), visible(d.What))
	}
}

// exitOpening is 3, but for a person who asked to stop.
func exitOpening(err error) int {
	if exit := exitOf(err); exit == exitPart {
		return exit
	}
	return exitArchive
}

// document opens the archive and finds the document that the second argument
// names.
func (c *call) document() (*storage.Archive, *archive.Document, error) {
	a, err := c.read()
	if err != nil {
		return nil, nil, err
	}
	id, err := a.Find(c.ctx, c.args[1])
	if err == nil {
		var d *archive.Document
		if d, err = a.Document(c.ctx, id); err == nil {
			return a, d, nil
		}
	}
	a.Close()
	return nil, nil, err
}

// finish closes the archive; where the verb itself went well, how closing went
// is how it went.
func finish(a *storage.Archive, err *error) {
	if e := a.Close(); *err == nil && e != nil {
		*err = &failure{exitArchive, e}
	}
}
