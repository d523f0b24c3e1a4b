package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// imports are what the archive has recorded, the first first.
func imports(t *testing.T, a *storage.Archive) (items []*archive.Item, all []archive.Import) {
	t.Helper()
	self, err := a.Self(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range self.Of(archive.AnImport) {
		im, err := it.Import()
		if err != nil {
			t.Fatal(err)
		}
		items, all = append(items, it), append(all, im)
	}
	return items, all
}

func letters(t *testing.T, n int) string {
	t.Helper()
	var files []string
	for i := range n {
		files = append(files, fmt.Sprintf("%04d.txt", i), fmt.Sprintf("Letter number %d\n", i))
	}
	return written(t, files...)
}

// An import records where from and what came of it, and names no file that came in.
func TestRunRecords(t *testing.T) {
	ctx := context.Background()
	a, dir := newArchive(t), mixed(t)
	lone := written(t, "secret name.txt", "A lone file\n")
	_, err := Run(ctx, a, "Li", []string{dir, filepath.Join(lone, "secret name.txt")}, Options{Encodings: map[string]string{filepath.Join(dir, "3 big5.txt"): "Big5"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	items, all := imports(t, a)
	if len(all) != 1 || items[0].By != "Li" || items[0].Key != archive.ImportFinished {
		t.Fatalf("%+v", items)
	}
	b, e := all[0].Begin, all[0].End
	if fmt.Sprint(b.From) != fmt.Sprint([]string{dir, lone}) || b.Files != 1 || b.Encodings["Big5"] != 1 || e.Imported != 10 || e.Duplicates != 1 || e.Skipped != 3 || e.Beside != 1 || e.Reasons["damaged"] != 1 {
		t.Errorf("%+v\n%+v", b, e)
	}
	end, _, err := a.ImportEnded(ctx, &all[0])
	if err != nil || len(end.Skips) != 3 || end.Skips[0].Path != ".hidden" {
		t.Errorf("%+v, %v", end, err)
	}
	if text, err := a.KeptImport(ctx, items[0].ID); text != "" || err != nil {
		t.Errorf("kept: %q, %v", text, err)
	}
	h, err := a.History(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range h {
		if strings.HasPrefix(op.Kind, "import.") && strings.Contains(string(op.Body), "secret name") {
			t.Errorf("%s names a file that came in: %s", op.Kind, op.Body)
		}
	}
	if v, err := a.Verify(ctx, storage.VerifyOptions{}); err != nil || !v.OK {
		t.Errorf("%+v, %v", v, err)
	}
}

// An import that pauses reads no further, and goes on.
func TestPace(t *testing.T) {
	a, dir := newArchive(t), letters(t, 40)
	p := &Pace{}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	seen, paused := 0, make(chan bool, 1)
	done := make(chan error)
	go func() {
		_, err := Run(ctx, a, "Li", []string{dir}, Options{Pace: p, Readers: 1, Held: 1}, func(e Event) {
			if seen++; seen == 10 {
				p.Pause()
				paused <- true
			}
		})
		done <- err
	}()
	<-paused
	if !p.Paused() {
		t.Error("it does not pause")
	}
	if n, err := a.Count(ctx, storage.Query{}); err != nil || n > 20 {
		t.Errorf("%d came in, %v", n, err)
	}
	p.Continue()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if n, err := a.Count(ctx, storage.Query{}); err != nil || n != 40 || seen != 40 {
		t.Errorf("%d came in, %d were told of, %v", n, seen, err)
	}
	p.Pause()
	go func() {
		_, err := Run(ctx, a, "Li", []string{dir}, Options{Pace: p, Found: func(int) { paused <- true }}, nil)
		done <- err
	}()
	<-paused
	cancel() // also while it pauses
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped while it paused: %v", err)
	}
	if _, all := imports(t, a); len(all) != 2 || all[1].End.How != archive.ImportStopped {
		t.Errorf("%+v", all)
	}
}

// One that is left for later is continued with what was chosen, and brings nothing in
// twice; one that was given up is not offered again.
func TestContinue(t *testing.T) {
	ctx := context.Background()
	a, dir := newArchive(t), letters(t, 100)
	out := filepath.Join(dir, "0007.txt")
	later, cancel := context.WithCancelCause(ctx)
	n := 0
	_, err := Run(later, a, "Li", []string{dir}, Options{Readers: 1, Held: 1, LeftOut: map[string]bool{out: true}, Encodings: map[string]string{filepath.Join(dir, "0099.txt"): "GB18030"}}, func(Event) {
		if n++; n == 20 {
			cancel(ErrLater)
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	it, err := Interrupted(ctx, a)
	if err != nil || it == nil || it.By != "Li" {
		t.Fatalf("%+v, %v", it, err)
	}
	before, err := a.Count(ctx, storage.Query{})
	if err != nil || before < 15 || before > 90 {
		t.Fatalf("%d, %v", before, err)
	}
	paths, o, err := Kept(ctx, a, it.ID)
	if err != nil || fmt.Sprint(paths) != fmt.Sprint([]string{dir}) {
		t.Fatalf("%v, %v", paths, err)
	}
	r, err := Run(ctx, a, "Sun", paths, o, nil)
	if err != nil || r.Duplicates != 0 || r.Before != before || r.Imported != 99 || r.Reasons[LeftOut] != 1 {
		t.Errorf("%+v, %v; %d were there", r, err, before)
	}
	docs, err := a.List(ctx, storage.Query{})
	if err != nil || len(docs) != 99 {
		t.Fatalf("%d, %v", len(docs), err)
	}
	for _, d := range docs {
		doc, err := a.Document(ctx, d.ID)
		if err != nil || len(doc.Of(archive.AnOrigin)) != 0 {
			t.Fatalf("%s has an origin twice: %v", d.Path, err)
		}
		if d.Path == "0099.txt" && doc.Info.Encoding != "GB18030" {
			t.Errorf("its encoding is %s", doc.Info.Encoding)
		}
	}
	items, all := imports(t, a)
	if len(all) != 1 || !all[0].End.Continued || items[0].By != "Li" || items[0].RevBy != "Sun" {
		t.Errorf("%+v", all)
	}
	if it, err := Interrupted(ctx, a); it != nil || err != nil {
		t.Errorf("after it %+v, %v", it, err)
	}
	if _, _, err := Kept(ctx, a, items[0].ID); !errors.Is(err, ErrNotHere) {
		t.Errorf("of one that has ended: %v", err)
	}

	id, err := begin(ctx, a, "Li", []string{dir}, &Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := GiveUp(ctx, a, "Sun", id); err != nil {
		t.Fatal(err)
	}
	if it, err := Interrupted(ctx, a); it != nil || err != nil {
		t.Errorf("given up: %+v, %v", it, err)
	}
}

// An import that another program is at is not offered for continuing, and is when that
// program is gone.
func TestInterruptedByAnother(t *testing.T) {
	ctx := context.Background()
	a, dir := newArchive(t), letters(t, 1)
	id, err := begin(ctx, a, "Li", []string{dir}, &Options{})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.KeepImport(ctx, id, fmt.Sprintf(`{"paths":[%q],"host":%q,"pid":%d}`, dir, host, cmd.Process.Pid)); err != nil {
		t.Fatal(err)
	}
	if it, err := Interrupted(ctx, a); it != nil || err != nil {
		t.Errorf("while it works: %+v, %v", it, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	if it, err := Interrupted(ctx, a); it == nil || err != nil {
		t.Errorf("when it is gone: %+v, %v", it, err)
	}
}

// A folder that goes while it is imported, and an archive that goes: the first costs the
// files that are gone, the second ends the import with words, and what is in stays.
func TestRunWhenThingsGo(t *testing.T) {
	ctx := context.Background()
	a, dir := newArchive(t), letters(t, 30)
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "sub", "x.txt"), []byte("In a folder\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Run(ctx, a, "Li", []string{dir}, Options{Found: func(int) {
		if err := os.RemoveAll(filepath.Join(dir, "sub")); err != nil {
			t.Error(err)
		}
	}}, nil)
	if err != nil || r.Imported != 30 || r.Reasons["vanished"] != 1 {
		t.Errorf("a folder that went: %+v, %v", r, err)
	}
	n := 0
	r, err = Run(ctx, a, "Li", []string{letters(t, 60), dir}, Options{Readers: 1, Held: 1, LeftOut: map[string]bool{}}, func(e Event) {
		if n++; n == 40 {
			if err := os.Rename(a.Path(), a.Path()+".away"); err != nil {
				t.Error(err)
			}
		}
	})
	if !errors.Is(err, storage.ErrGone) || r.Left() == 0 {
		t.Errorf("an archive that went: %+v, %v", r, err)
	}
	if err := os.Rename(a.Path()+".away", a.Path()); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := storage.Open(ctx, a.Path(), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if v, err := b.Verify(ctx, storage.VerifyOptions{}); err != nil || !v.OK {
		t.Errorf("%+v, %v", v, err)
	}
	if it, err := Interrupted(ctx, b); err != nil || it == nil {
		t.Errorf("it is not offered for continuing: %v", err)
	}
}
