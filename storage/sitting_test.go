package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fonds/storage/archive"
)

// sitting is a piece of work on an archive, and what was promised of it: whatever
// the disk does, that holds.
type sitting struct {
	path   string
	a      *Archive
	docs   []archive.ID
	ops    []archive.ID // answered as done
	noted  int          // batches of three notes
	erased string       // words that were
	files  []string     // copies that were made
	draft  string       // kept, at least
	made   bool
	said   string // of the latest failure
}

// act is a part of the work: all of it is done when it returns nil, and
// nothing of it where it returns an error.
type act struct {
	name string
	do   func(w *sitting) error
}

func (w *sitting) apply(edits ...*archive.Edit) error {
	res, err := w.a.Apply(ctx, "Zhang", edits...)
	for _, r := range res {
		w.ops = append(w.ops, r.Op)
	}
	return err
}

func (w *sitting) bring(docs ...*archive.Incoming) error {
	in := make(chan *archive.Incoming, len(docs))
	for _, d := range docs {
		in <- d
	}
	close(in)
	return w.a.Import(ctx, "Zhang", in, func(r Imported) {
		if r.ID != "" {
			w.docs = append(w.docs, r.ID)
		}
	})
}

// turn undoes or redoes.
func (w *sitting) turn(do func(context.Context, string, bool) (Undone, error)) error {
	_, err := do(ctx, "Zhang", false)
	return err
}

func (w *sitting) keep(text string) error {
	err := w.a.SaveDraft(ctx, Draft{Doc: w.docs[0], Slot: "dcterms:title", Actor: "Zhang", Text: text})
	if err == nil {
		w.draft = text
	}
	return err
}

func (w *sitting) open() error {
	a, err := Open(ctx, w.path, Options{})
	if err == nil && a.w == nil {
		err = a.fixed()
		a.Close()
	}
	if err == nil {
		w.a = a
		// The journal goes into the file every now and then, not only at the end.
		_, err = a.w.ExecContext(ctx, "PRAGMA wal_autocheckpoint=24")
	}
	return err
}

func (w *sitting) close() error {
	a := w.a
	w.a = nil
	return a.Close()
}

// notes are three notes of one batch: they are there together or not at all.
func (w *sitting) notes(text string) error {
	var edits []*archive.Edit
	for range 3 {
		edits = append(edits, &archive.Edit{Do: "note.add", Doc: string(w.docs[1]), Text: ptr(text)})
	}
	err := w.apply(edits...)
	if err == nil {
		w.noted++
	}
	return err
}

// A day with an archive, from making it to closing it for the second time.
var daysWork = []act{
	{"making it", func(w *sitting) error {
		a, err := Create(ctx, w.path, NewArchive{Owner: "Zhang", Template: "dublincore"}, Options{})
		if errors.Is(err, fs.ErrExist) && strings.Contains(w.said, "it is made") {
			a, err = Open(ctx, w.path, Options{})
		}
		if err == nil {
			w.made, w.a = true, a
			err = w.close()
		}
		return err
	}},
	{"opening it", (*sitting).open},
	{"importing", func(w *sitting) error {
		return w.bring(incoming("a.txt", strings.Repeat("自治区司法厅召开会议。", 20)), incoming("b.txt", "李振国讲话。\n"),
			incoming("c.txt", strings.Repeat("abc ", 3000)))
	}},
	{"a value", func(w *sitting) error { return w.apply(field(w.docs[0], "dcterms:title", "题名")) }},
	{"three notes", func(w *sitting) error { return w.notes("one") }},
	{"a correction and a mark", func(w *sitting) error {
		return w.apply(fix(w.docs[0], 3, 5, "", "xyz"), mark(w.docs[0], 0, 3, "", "place"))
	}},
	{"a draft", func(w *sitting) error { return w.keep("half") }},
	{"undoing", func(w *sitting) error { return w.turn(w.a.Undo) }},
	{"redoing", func(w *sitting) error { return w.turn(w.a.Redo) }},
	{"another draft", func(w *sitting) error { return w.keep("half a wo") }},
	{"closing it", (*sitting).close},
	{"opening it again", (*sitting).open},
	{"three more notes", func(w *sitting) error { return w.notes("two") }},
	{"importing more", func(w *sitting) error { return w.bring(incoming("d.txt", "新的文件\n")) }},
	{"closing it again", (*sitting).close},
}

// What is done about an archive that is there.
var copying = []act{
	{"opening it", (*sitting).open},
	{"a value", func(w *sitting) error { return w.apply(field(w.docs[0], "dcterms:title", "另一题名")) }},
	{"a copy", func(w *sitting) error {
		_, err := w.a.Backup(ctx, filepath.Join(filepath.Dir(w.path), "copy.fonds"), nil)
		if err == nil {
			w.files = append(w.files, "copy.fonds")
		}
		return err
	}},
	{"the copy of the day", func(w *sitting) error {
		path, made, err := w.a.DailyCopy(ctx, time.Now(), nil)
		if made {
			w.files = append(w.files, filepath.Join("a.copies", filepath.Base(path)))
		}
		return err
	}},
	{"destroying", func(w *sitting) error { return w.apply(destroy(w.docs[2])) }},
	{"erasing", func(w *sitting) error {
		_, err := w.a.Erase(ctx, nil)
		if err == nil {
			w.erased = "abc abc abc"
		}
		return err
	}},
	{"compacting", func(w *sitting) error {
		_, err := w.a.Compact(ctx, nil)
		return err
	}},
	{"closing it", (*sitting).close},
	{"recovering", func(w *sitting) error {
		r, err := Recover(ctx, w.path, filepath.Join(filepath.Dir(w.path), "recovered.fonds"), "Zhang", RecoverOptions{})
		if err == nil {
			w.files = append(w.files, "recovered.fonds")
			if !r.Whole() {
				err = fmt.Errorf("of a whole archive %+v was lost", r.Lost)
			}
		}
		return err
	}},
}

// An archive of an older format.
var migrating = []act{
	{"opening it", (*sitting).open},
	{"three notes", func(w *sitting) error { return w.notes("three") }},
	{"closing it", (*sitting).close},
}

// check opens what lies in a folder and says what of the promises is broken, and
// what is half there. Where sure, nothing else was done either.
func (w *sitting) check(dir string, sure bool) error {
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(filepath.Join(dir, "a.fonds"+end))
		if err == nil && w.erased != "" && strings.Contains(string(data), w.erased) {
			return fmt.Errorf("a.fonds%s holds words that were erased", end)
		}
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, extension) {
			err = opens(path)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", e.Name(), err)
		}
		return err
	})
	if _, e := os.Lstat(filepath.Join(dir, "a.fonds")); err != nil || !w.made && errors.Is(e, fs.ErrNotExist) {
		return err
	}
	for _, name := range w.files {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	a, err := Open(ctx, filepath.Join(dir, "a.fonds"), Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	log, err := a.History(ctx, "", 0)
	if err != nil {
		return err
	}
	there, notes := map[archive.ID]bool{}, map[archive.ID]int{}
	for _, e := range log {
		there[e.ID], there[e.Subject] = true, true
		if e.Kind == "note.add" {
			notes[e.Batch]++
		}
	}
	for _, id := range slices.Concat(w.ops, w.docs) {
		if !there[id] {
			return fmt.Errorf("%s was answered as done and is not in the log", id)
		}
	}
	for batch, n := range notes {
		if n != 3 {
			return fmt.Errorf("batch %s has %d of its 3 notes", batch, n)
		}
	}
	if sure && len(notes) != w.noted {
		return fmt.Errorf("%d batches of notes are there; what failed was done all the same", len(notes))
	}
	drafts, err := a.Drafts(ctx, "Zhang")
	if err != nil {
		return err
	}
	got := ""
	for _, d := range drafts {
		got = d.Text
	}
	if !strings.HasPrefix(got, w.draft) {
		return fmt.Errorf("the draft is %q, and %q was kept", got, w.draft)
	}
	return nil
}

// opens says whether a file is an archive that is whole.
func opens(path string) error {
	a, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	r, err := a.Verify(ctx, VerifyOptions{})
	if err == nil && !r.OK {
		err = &unwhole{r.Bad}
	}
	return err
}

// told says what is wrong with what a failure was told in: it must be in our
// words, and one that a caller can decide on.
func told(err error, f fault) string {
	want := ErrDisk
	if f.errno == syscall.ENOSPC {
		want = ErrFull
	}
	switch {
	case f.count == 1 && (strings.Contains(err.Error(), "cannot be opened") || strings.Contains(err.Error(), "cannot be read here")):
		return "" // SQLite does not say why, and when one looks again all is well
	case !errors.Is(err, want):
		return fmt.Sprintf("%v is no %q", err, want)
	case want == ErrFull && strings.Contains(err.Error(), "or disk"):
		return "these are not our words: " + err.Error()
	}
	return ""
}

// copyFiles copies the files of a folder as they are, as a process that is
// killed leaves them.
func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(to, "*-shm"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range left {
		os.Remove(name)
	}
}
