package export

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fonds/storage"
)

// free refuses a place where something is.
func free(out string) error {
	st, err := os.Stat(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return cannot(out, err)
	case !st.IsDir():
		return fmt.Errorf("%w: %s: it is a file; name a folder that is not there yet", ErrOut, out)
	}
	entries, err := os.ReadDir(out)
	switch {
	case err != nil:
		return cannot(out, err)
	case len(entries) > 0:
		return fmt.Errorf("%w: %s is not empty (%q is in it); name a folder that is not there yet", ErrTaken, out, entries[0].Name())
	}
	return nil
}

// A folder in which an export grows is named so; one that a killed program has left
// is taken away by the next export there, after an hour in which nobody said that it
// is in use (job.tell).
const (
	leftName   = ".fonds-export-"
	leftRandom = 10
	leftAge    = time.Hour
)

func sweepLeft(dir string) {
	names, err := filepath.Glob(filepath.Join(dir, leftName+strings.Repeat("?", leftRandom)))
	if err != nil {
		return // the pattern of the folder's own name: nothing is swept
	}
	for _, name := range names {
		if st, err := os.Lstat(name); err == nil && st.IsDir() && time.Since(st.ModTime()) > leftAge {
			os.RemoveAll(name)
		}
	}
}

// working makes the folder in which the export grows, beside OUT so that it can
// be renamed.
func working(out string) (string, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return "", cannot(out, err)
	}
	dir := filepath.Dir(abs)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", cannot(out, err)
	}
	sweepLeft(dir)
	folder := filepath.Join(dir, leftName+rand.Text()[:leftRandom])
	if err := os.Mkdir(folder, 0o777); err != nil {
		return "", cannot(out, err)
	}
	return folder, nil
}

// create opens a file below OUT; close it with its own close.
func (j *job) create(path string) (*file, error) {
	name := filepath.Join(j.folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, cannot(j.o.Out, err)
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, cannot(j.o.Out, err)
	}
	return newFile(f, path, j.o.Out), nil
}

// file writes a file below OUT and keeps what it is for the manifest.
func (j *job) file(path string, write func(w io.Writer) error) error {
	f, err := j.create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.f.Close()
		return err
	}
	return j.done(f)
}

// done closes a file and keeps what it is for the manifest.
func (j *job) done(f *file) error {
	what, err := f.close()
	j.files = append(j.files, what)
	return err
}

// jsonFile writes a value as JSON that people can read.
func (j *job) jsonFile(path string, value any) error {
	return j.file(path, func(w io.Writer) error {
		enc := encoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(value)
	})
}

// finish gives the export its name. A loss of power leaves it whole or not at
// all: the names in it are on the disk before it has its own.
func (j *job) finish() error {
	if err := j.settle(); err != nil {
		return cannot(j.o.Out, err)
	}
	// An empty folder of that name may be there, which not every system renames over.
	if st, err := os.Lstat(j.o.Out); err == nil && st.IsDir() {
		if err := os.Remove(j.o.Out); err != nil {
			return cannot(j.o.Out, err)
		}
	}
	if err := os.Rename(j.folder, j.o.Out); err != nil {
		return cannot(j.o.Out, err)
	}
	if err := storage.SyncFolder(filepath.Dir(j.folder)); err != nil {
		os.RemoveAll(j.o.Out) // it may be lost, and has been promised to nobody
		return cannot(j.o.Out, err)
	}
	return nil
}

// settlers is how many files wait for the disk at once: it writes many down as fast
// as one.
const settlers = 16

// settle brings every file of the export to the disk, and then every folder.
func (j *job) settle() error {
	var folders []string
	var all sync.WaitGroup
	var mu sync.Mutex
	var wrong error
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		wrong = cmp.Or(wrong, err)
	}
	free := make(chan struct{}, settlers)
	err := filepath.WalkDir(j.folder, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			folders = append(folders, path)
			return j.ctx.Err()
		}
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			if err := settleFile(path); err != nil {
				fail(err)
			}
		})
		return nil
	})
	all.Wait()
	if err == nil {
		err = wrong
	}
	for _, f := range folders {
		if err == nil {
			err = storage.SyncFolder(f)
		}
	}
	return err
}

func settleFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// encoder writes JSON as it is read: < stays <.
func encoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}
