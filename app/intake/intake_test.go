package intake

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"fonds/app/ingest"
	"fonds/storage"
	"fonds/storage/archive"
)

func newArchive(t *testing.T) *storage.Archive {
	t.Helper()
	a, err := storage.Create(context.Background(), filepath.Join(t.TempDir(), "a.fonds"),
		storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// written puts files into a folder: name and content in turn.
func written(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// told notes what an import says of each file.
type told struct {
	t      *testing.T
	events []string
	last   Event
}

func (o *told) on(e Event) {
	f := e.File
	switch {
	case f.Skip != nil:
		o.events = append(o.events, fmt.Sprint(f.Path, " skipped ", f.Skip.Reason))
	case f.DuplicateOf != "":
		o.events = append(o.events, f.Path+" there")
	case f.ID != "":
		o.events = append(o.events, f.Path+" in")
	default:
		o.t.Errorf("%+v says nothing", f)
	}
	if e.Done != len(o.events) || o.last.Done > 0 && (e.Total != o.last.Total || e.Of != o.last.Of || e.Bytes < o.last.Bytes) || e.Bytes > e.Of {
		o.t.Errorf("event %d: %+v after %+v", len(o.events), e, o.last)
	}
	o.last = e
}

func TestRun(t *testing.T) {
	ctx := context.Background()
	a := newArchive(t)
	dir := written(t, "10.txt", "Letter ten\n", "2.txt", "Letter two\n", "sub/x.bin", "\x7fELF\x00", "sub/copy.txt", "Letter two\n",
		"empty.txt", "", ".hidden", "x", "a\nb.txt", "Line end in a name\n", "page.html", "<html><title>T</title><p>Hello there</p>")
	lone := written(t, "lone.txt", "A file named itself\n")
	o := &told{t: t}
	r, err := Run(ctx, a, "Li", []string{dir, filepath.Join(lone, "lone.txt")}, Options{}, o.on)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{".hidden skipped hidden", "empty.txt skipped empty", "2.txt in", "10.txt in", "a\nb.txt in", "page.html in",
		"sub/copy.txt there", "sub/x.bin skipped no-reader", "lone.txt in"}
	if !reflect.DeepEqual(o.events, want) {
		t.Errorf("got  %q\nwant %q", o.events, want)
	}
	if r.Imported != 5 || r.Duplicates != 1 || r.Skipped != 3 || r.Total != 9 || r.Left() != 0 || len(r.Skips) != 3 {
		t.Errorf("report %+v", r)
	}
	if o.last.Bytes != o.last.Of {
		t.Errorf("at the end %d bytes of %d", o.last.Bytes, o.last.Of)
	}
	docs, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, d := range docs {
		paths = append(paths, d.Path)
	}
	if want := []string{"2.txt", "10.txt", "a\nb.txt", "page.html", "lone.txt"}; !reflect.DeepEqual(paths, want) {
		t.Errorf("the archive has %q, want %q", paths, want)
	}
	d, err := a.Document(ctx, docs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if d.Info.Modified == "" || d.Info.Size != 11 || d.Info.Encoding != "UTF-8" {
		t.Errorf("info %+v", d.Info)
	}
	if recipe, err := a.Recipe(ctx, d.ID, 1); err != nil || !strings.Contains(string(recipe), `"decoder"`) {
		t.Errorf("recipe %s, %v", recipe, err)
	}
}

func TestRunNothingThere(t *testing.T) {
	a := newArchive(t)
	dir := written(t, "a.txt", "Letter\n")
	_, err := Run(context.Background(), a, "Li", []string{dir, filepath.Join(dir, "none")}, Options{}, nil)
	if !errors.Is(err, ErrPath) {
		t.Errorf("got %v", err)
	}
	if n, err := a.Count(context.Background(), storage.Query{}); n != 0 || err != nil {
		t.Errorf("%d documents came in, %v", n, err)
	}
}

// However many read at once, and however little may be held, the order is that
// of the files and each is accounted for.
func TestOrder(t *testing.T) {
	random := rand.New(rand.NewSource(7))
	tree := fstest.MapFS{}
	var want []string
	for i := range 300 {
		name := fmt.Sprintf("%03d.txt", i)
		text := fmt.Sprintf("Letter %d\n%s", i, strings.Repeat("word ", random.Intn(3000)))
		switch random.Intn(6) {
		case 0:
			text = "\x7fELF\x00" + text
			want = append(want, name+" skipped no-reader")
		case 1:
			text = "the same\n"
			want = append(want, name+" there")
		default:
			want = append(want, name+" in")
		}
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for i, w := range want { // the first of the same is new
		if strings.HasSuffix(w, " there") {
			want[i] = strings.Replace(w, " there", " in", 1)
			break
		}
	}
	for _, o := range []Options{{}, {Readers: 1}, {Readers: 7, Held: 1}, {Readers: 32, Held: 50_000}} {
		got := &told{t: t}
		if o.Held == 1 { // a transaction for each file, which takes its time
			few := fstest.MapFS{}
			for i := range 30 {
				few[fmt.Sprintf("%03d.txt", i)] = tree[fmt.Sprintf("%03d.txt", i)]
			}
			if _, err := RunFS(context.Background(), newArchive(t), "Li", few, o, got.on); err != nil || !reflect.DeepEqual(got.events, want[:30]) {
				t.Errorf("%+v: %v, got %q", o, err, got.events)
			}
			continue
		}
		r, err := RunFS(context.Background(), newArchive(t), "Li", tree, o, got.on)
		if err != nil || r.Left() != 0 {
			t.Fatalf("%+v: %+v, %v", o, r, err)
		}
		if !reflect.DeepEqual(got.events, want) {
			t.Errorf("%+v: got %q", o, got.events)
		}
	}
}

// No more is held than was allowed, save one file that is larger alone.
func TestHeld(t *testing.T) {
	var held, most atomic.Int64
	const size = 1000
	var items []item
	for i := range 100 {
		items = append(items, item{path: fmt.Sprint(i), size: size, read: func(context.Context) (*ingest.Document, error) {
			n := held.Add(size)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			return ingest.Make([]byte(fmt.Sprintf("Letter %d\n", i)), fmt.Sprint(i), "")
		}})
	}
	r, err := run(context.Background(), newArchive(t), "Li", items, Options{Readers: 8, Held: 5 * size}, func(Event) { held.Add(-size) })
	if err != nil || r.Imported != 100 {
		t.Fatalf("%+v, %v", r, err)
	}
	if most.Load() > 5*size || most.Load() < size {
		t.Errorf("%d bytes were held at once, %d were allowed", most.Load(), 5*size)
	}
}

// A reader with a bug loses its file and no other.
func TestReaderFault(t *testing.T) {
	read := func(text string) func(context.Context) (*ingest.Document, error) {
		return func(context.Context) (*ingest.Document, error) {
			if text == "" {
				panic("a bug, made up")
			}
			return ingest.Make([]byte(text), "x.txt", "")
		}
	}
	items := []item{{path: "a", size: 1, read: read("Letter a\n")}, {path: "b", size: 1, read: read("")}, {path: "c", size: 1, read: read("Letter c\n")}}
	o := &told{t: t}
	r, err := run(context.Background(), newArchive(t), "Li", items, Options{}, o.on)
	if err != nil || r.Imported != 2 || r.Skipped != 1 || r.Skips[0].Reason != Fault || r.Skips[0].Path != "b" {
		t.Fatalf("%+v, %v", r, err)
	}
	if s := Sentence(&r.Skips[0]); strings.Contains(s, "goroutine") || !strings.Contains(s, "report it") {
		t.Errorf("got %q", s)
	}
}

// Stopped at any file: what was told of is in the archive, the rest is not.
func TestStop(t *testing.T) {
	tree := fstest.MapFS{}
	for i := range 400 {
		tree[fmt.Sprintf("%03d.txt", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("Letter %d\n", i))}
	}
	for _, at := range []int{1, 3, 150} {
		a := newArchive(t)
		ctx, cancel := context.WithCancel(context.Background())
		var ids []archive.ID
		r, err := RunFS(ctx, a, "Li", tree, Options{Held: 200}, func(e Event) {
			ids = append(ids, e.File.ID)
			if e.Done == at {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		docs, err := a.List(context.Background(), storage.Query{})
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) != len(ids) || r.Imported != len(ids) || len(ids) < at || r.Left() != 400-len(ids) || r.Left() == 0 {
			t.Errorf("stopped at %d: %d in the archive, %d told of, report %+v", at, len(docs), len(ids), r)
		}
		for i := range min(len(docs), len(ids)) {
			if docs[i].ID != ids[i] {
				t.Errorf("document %d is %s, told of was %s", i, docs[i].ID, ids[i])
			}
		}
	}
}

// An archive that fails ends the import, and nobody waits for ever.
func TestArchiveFails(t *testing.T) {
	a := newArchive(t)
	tree := fstest.MapFS{}
	for i := range 100 {
		tree[fmt.Sprintf("%03d.txt", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("Letter %d\n", i))}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := RunFS(context.Background(), a, "Li", tree, Options{Held: 1}, nil)
	if err == nil || r.Imported != 0 || r.Left() != 100 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestKnownEncoding(t *testing.T) {
	for name, want := range map[string]bool{"GB18030": true, "big5": true, "": true, "klingon": false} {
		if got := KnownEncoding(name); got != want {
			t.Errorf("KnownEncoding(%q) = %v", name, got)
		}
	}
}
