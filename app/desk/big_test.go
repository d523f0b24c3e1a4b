package desk

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

// TestMadeOnTheWorker: what the view is handed was made by the worker, and is what
// would be made now, also where labels got other styles since.
func TestMadeOnTheWorker(t *testing.T) {
	sc := opened(t)
	sc.selects("李振国")
	sc.keys("p")
	doc := sc.s.Document()
	m, ok := doc.Made.(*made)
	if !ok || m.styles != sc.styles {
		t.Fatalf("nothing was made of the document: %v", doc.Made)
	}
	if want := session.Shown(doc, sc.s.LabelStyles()); !reflect.DeepEqual(sc.Desk.shown, want) || len(want.Marks) == 0 {
		t.Errorf("shown: %+v, want %+v", sc.Desk.shown, want)
	}
	was := &m.shown.Marks[0]
	was.Style = 7 // as of another palette
	sc.hear(session.SelfChanged{})
	if got := sc.Desk.shown.Marks[0].Style; got != sc.s.LabelStyle("person") {
		t.Errorf("after the palette changed the mark has style %d", got)
	}
	if was.Style != 7 {
		t.Error("what the view had was changed under it")
	}
}

// TestBenchBigDesk opens a text of 10 MB with 10,000 marks and 1,000 corrections
// through the session up to what the view is handed, and edits it.
func TestBenchBigDesk(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	test.NewTempApp(t)
	path, other := bigFile(t)
	var opens, ui, marks, fixes, bare []float64
	timed := func(f func()) float64 {
		start := time.Now()
		f()
		return float64(time.Since(start).Microseconds()) / 1000
	}
	rng := rand.New(rand.NewSource(2))
	for range 5 {
		m := session.NewManual()
		s := session.New(m.Config())
		s.SetActor("Zhang")
		w := test.NewTempWindow(t, nil)
		d := &Desk{s: s, on: w.Canvas()}
		s.OnRead(d.maker)
		s.OpenArchive(path, other, func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		})
		m.Settle()
		id := s.Document().ID
		for i := range s.Rows() {
			if r := s.Row(i); r.ID != id {
				id = r.ID
				break
			}
		}
		opens = append(opens, timed(func() { s.OpenDocument(id); m.Settle() }))
		if s.Document().ID != id {
			t.Fatal("the big document is not open")
		}
		ui = append(ui, timed(func() {
			d.styles++ // the dearest that happens on the UI goroutine
			if got := len(d.madeOf(s.Document()).shown.Marks); got < 10000 {
				t.Fatalf("only %d marks", got)
			}
		}))
		for range 4 {
			at := rng.Intn(s.Document().Text.Text().Len() - 10)
			end, text := at+3, "监狱"
			bare = append(bare, timed(func() {
				s.SaveDraft(id, "bare", fmt.Sprint(at), true)
				m.Settle()
			}))
			marks = append(marks, timed(func() {
				s.Apply(nil, &archive.Edit{Do: "mark.add", Doc: string(id), Start: &at, End: &end, In: "reading", Label: "person"})
				m.Settle()
			}))
			fixes = append(fixes, timed(func() {
				s.Apply(nil, &archive.Edit{Do: "correction.propose", Doc: string(id), Start: &at, End: &end, In: "reading", Text: &text, Reason: "typo"})
				m.Settle()
			}))
			if s.Status().Error != "" {
				t.Fatal(s.Status().Error)
			}
		}
		s.CloseArchive(nil)
		m.Settle()
	}
	for _, b := range []struct {
		what string
		got  []float64
		most float64
	}{{"opened, up to what the view is handed", opens, 150}, {"of it on the UI goroutine, with a new palette", ui, 4},
		{"a mark, up to what the view is handed", marks, 16}, {"a correction, up to what the view is handed", fixes, 50}} {
		got, floor := slices.Min(b.got), slices.Min(bare)
		t.Logf("BENCH %-46s %10.4g ms  floor (a draft made durable) %.3g ms   (to reach: at most %g ms)", "10 MB text: "+b.what, got, floor, b.most)
		if got > b.most {
			t.Errorf("%s: %.4g ms", b.what, got)
		}
	}
}

// bigFile is an archive with the big document and a small one, whose id it gives.
func bigFile(t *testing.T) (path string, small archive.ID) {
	t.Helper()
	path = filledWith(t, bigWords(), "短文\n正文。")
	a, err := storage.Open(context.Background(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	docs, err := a.List(context.Background(), storage.Query{})
	if err != nil || len(docs) != 2 {
		t.Fatal(len(docs), err)
	}
	big := docs[0].ID
	d, err := a.Document(context.Background(), big)
	if err != nil {
		t.Fatal(err)
	}
	n, rng := d.Info.Chars, rand.New(rand.NewSource(1))
	var edits []*archive.Edit
	for i := range 1000 {
		start, text := n/1000*i+rng.Intn(100), fmt.Sprint("宁夏回族", i)
		end := start + rng.Intn(4)
		edits = append(edits, &archive.Edit{Do: "correction.propose", Doc: string(big), Start: &start, End: &end, In: "source", Text: &text, Reason: "typo"})
	}
	for range 10000 {
		start := rng.Intn(n - 10)
		end := start + 2 + rng.Intn(4)
		edits = append(edits, &archive.Edit{Do: "mark.add", Doc: string(big), Start: &start, End: &end, In: "source", Label: []string{"person", "place", "date"}[rng.Intn(3)]})
	}
	if _, err := a.Apply(context.Background(), "Zhang", edits...); err != nil {
		t.Fatal(err)
	}
	return path, docs[1].ID
}

// bigWords are 10 MB of Chinese, from a seed.
func bigWords() string {
	rng := rand.New(rand.NewSource(1))
	var b strings.Builder
	for b.Len() < 10<<20 {
		b.WriteRune(rune(0x4e00 + rng.Intn(3500)))
		if rng.Intn(60) == 0 {
			b.WriteString("。\n")
		}
	}
	return b.String()
}
