// Package sample makes the archive that a person looks around in first: the
// documents of assets.Samples, brought in as any file is, and the work of some
// invented archivists on them, done as any edit is.
//
// It may use the intake and the archive; it must never write to an archive that
// is there.
package sample

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"fonds/app/intake"
	"fonds/assets"
	"fonds/storage"
	"fonds/storage/archive"
)

// Template is the template of fields of the sample archive.
const Template = "dublincore"

// Make makes the sample archive at path, where nothing may be. It is there,
// whole, when Make returns without an error; else nothing is.
func Make(ctx context.Context, path string) error {
	return build(ctx, path, assets.Samples(), assets.SamplesWork(), storage.Options{})
}

// build is Make for any tree and any work.
func build(ctx context.Context, path string, tree fs.FS, work []byte, o storage.Options) error {
	edits, err := parse(work)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("making the sample archive %s: there is something of that name: %w", path, fs.ErrExist)
	}
	making := path + ".making"
	if err := remove(making); err != nil {
		return fmt.Errorf("making the sample archive %s: %w", path, err)
	}
	if err := fill(ctx, making, tree, edits, o); err != nil {
		return errors.Join(fmt.Errorf("making the sample archive %s: %w", path, err), remove(making))
	}
	if err := os.Rename(making, path); err != nil {
		return errors.Join(fmt.Errorf("making the sample archive %s: %w", path, err), remove(making))
	}
	return nil
}

// remove takes away what an attempt that broke off has left.
func remove(making string) error {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(making + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// parse reads the work: an edit a line, each with the person who does it.
func parse(work []byte) ([]*archive.Edit, error) {
	var edits []*archive.Edit
	for i, line := range slices.Collect(bytes.Lines(work)) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		e, err := archive.ParseEdit(line)
		if err == nil && e.As == "" {
			err = errors.New(`it wants "as", the person who does it`)
		}
		if err != nil {
			return nil, fmt.Errorf("the work on the samples, line %d: %w", i+1, err)
		}
		edits = append(edits, e)
	}
	return edits, nil
}

// nobody brings the samples in where nobody works on them.
const nobody = "Fonds"

func fill(ctx context.Context, path string, tree fs.FS, edits []*archive.Edit, o storage.Options) (err error) {
	owner := nobody
	if len(edits) > 0 {
		owner = edits[0].As
	}
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: owner, Template: Template}, o)
	if err != nil {
		return err
	}
	defer func() {
		if e := a.Close(); err == nil {
			err = e
		}
	}()
	r, err := intake.RunFS(ctx, a, owner, tree, intake.Options{}, nil)
	if err != nil {
		return err
	}
	if len(r.Skips) > 0 {
		return fmt.Errorf("%s was left out: %s", r.Skips[0].Path, intake.Sentence(&r.Skips[0]))
	}
	// Each edit is an act of its own, so that each can be taken back alone.
	for i, e := range edits {
		if _, err := a.Apply(ctx, e.As, e); err != nil {
			return fmt.Errorf("edit %d (%s): %w", i+1, e.Do, err)
		}
	}
	return nil
}
