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
	"strings"

	"fonds/app/intake"
	"fonds/app/template"
	"fonds/assets"
	"fonds/storage"
	"fonds/storage/archive"
)

// Make makes the sample archive at path, where nothing may be, for a guest who may
// try the decisions of a reviewer in it; "" is for nobody. It is there, whole, when
// Make returns without an error; else nothing is.
func Make(ctx context.Context, path, guest string) error {
	return build(ctx, path, guest, assets.Samples(), slices.Concat(assets.SamplesWork(), assets.SamplesReview()), storage.Options{})
}

// build is Make for any tree and any work.
func build(ctx context.Context, path, guest string, tree fs.FS, work []byte, o storage.Options) error {
	edits, err := parse(work)
	if err != nil {
		return err
	}
	known := guest == "" || slices.ContainsFunc(edits, func(e *archive.Edit) bool { return e.As == guest || e.Name == guest })
	if len(edits) > 0 && !known { // one of the people of the sample stays what they are
		edits = append(edits, &archive.Edit{Do: "person.set", As: edits[0].As, Name: guest, Role: string(archive.Reviewer)})
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
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: owner, Template: template.Default}, o)
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
		named, err := refer(ctx, a, e)
		for _, e := range named {
			if err == nil {
				_, err = a.Apply(ctx, e.As, e)
			}
		}
		if err != nil {
			return fmt.Errorf("edit %d (%s): %w", i+1, e.Do, err)
		}
	}
	return nil
}

// refer puts the ids in an edit that it names as @DOC#KEY: one edit for each.
func refer(ctx context.Context, a *storage.Archive, e *archive.Edit) ([]*archive.Edit, error) {
	for _, at := range []func(*archive.Edit) *string{
		func(e *archive.Edit) *string { return &e.On }, func(e *archive.Edit) *string { return &e.Value }, func(e *archive.Edit) *string { return &e.Thread },
	} {
		ref, is := strings.CutPrefix(*at(e), "@")
		if !is {
			continue
		}
		doc, key, _ := strings.Cut(ref, "#")
		id, err := a.Find(ctx, doc)
		if err != nil {
			return nil, err
		}
		d, err := a.Document(ctx, id)
		if err != nil {
			return nil, err
		}
		var out []*archive.Edit
		for _, it := range d.Items {
			named := it.Open() && it.By == "" && key == "machine" || it.Open() && it.By != "" && it.Key == key || string(it.What) == key
			if !named {
				continue
			}
			one := *e
			*at(&one) = string(it.ID)
			if out = append(out, &one); key != "machine" {
				out = out[len(out)-1:]
			}
		}
		if len(out) == 0 && key != "machine" {
			return nil, fmt.Errorf("nothing is named %q", *at(e))
		}
		return out, nil
	}
	return []*archive.Edit{e}, nil
}
