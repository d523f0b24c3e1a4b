package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fonds/storage/archive"
)

// applicationID marks the file as ours in SQLite's header: "FNDS".
const applicationID = 0x464e4453

// NewArchive says what a new archive begins with.
type NewArchive struct {
	Owner    string // who makes it, and so owns it
	Template string // id of the template of fields
}

// Create makes an empty archive at path, which must not exist, and opens it. It
// grows under another name: a program that is killed meanwhile leaves nothing at
// path.
func Create(ctx context.Context, path string, n NewArchive, o Options) (*Archive, error) {
	o.fill()
	fail := func(err error) (*Archive, error) {
		return nil, fmt.Errorf("making archive %s: %w", path, err)
	}
	n.Owner = archive.PersonName(n.Owner)
	if err := archive.CheckName(n.Owner); err != nil {
		return fail(err)
	}
	if _, err := os.Lstat(path); err == nil {
		return fail(fmt.Errorf("a file of that name exists; choose another name: %w", fs.ErrExist))
	}
	making := working(path, "new")
	err := build(ctx, making, n, o)
	if err == nil {
		err = publish(making, path)
	}
	if err != nil {
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(making + end)
		}
		err = explain(path, err)
		if _, e := os.Lstat(path); e == nil && !errors.Is(err, fs.ErrExist) {
			err = fmt.Errorf("it is made, and may be lost if the power fails now: %w", err)
		}
		return fail(err)
	}
	a, err := Open(ctx, path, o)
	if err != nil {
		return fail(fmt.Errorf("it is made, and could not be opened: %w", err))
	}
	return a, nil
}

// build makes a whole archive at path and closes it.
func build(ctx context.Context, path string, n NewArchive, o Options) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	f.Close()
	a, err := connect(ctx, path, o)
	if err != nil {
		return err
	}
	err = fmt.Errorf("its folder cannot be written: %w", ErrReadOnly) // any more
	if a.w != nil {
		err = a.begin(ctx, n)
	}
	if err == nil { // closing does it too, and says nothing where it fails
		_, err = a.checkpoint(ctx)
	}
	if e := a.Close(); err == nil {
		err = e
	}
	return err
}

// begin lays the tables and writes the first operation.
func (a *Archive) begin(ctx context.Context, n NewArchive) error {
	if _, err := a.w.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d", applicationID)); err != nil {
		return err
	}
	if err := migrate(ctx, a.w); err != nil {
		return err
	}
	return a.write(ctx, func(w *writer) error {
		return w.make("archive.create", n.Owner, "", a.newID(), archive.CreateBody{
			Owner: n.Owner, OwnerID: a.newID(), Template: n.Template, SetID: a.newID()})
	})
}
