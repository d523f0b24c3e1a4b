package session

import (
	"context"
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestSlowDocument: where a document takes long to open the status says so, and
// the person can stay with the one that is shown.
func TestSlowDocument(t *testing.T) {
	m := NewManual()
	cfg := m.Config()
	hold, held := false, []func(){}
	cfg.Go = func(f func()) {
		if hold {
			held = append(held, f)
		} else {
			m.Go(f)
		}
	}
	s := New(cfg)
	s.SetActor("Zhang")
	s.OpenArchive(filled(t, three()...), "", func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	m.Settle()
	t.Cleanup(func() { hold = false; s.CloseArchive(nil); m.Settle() })
	first := s.Document().ID
	if s.Status().Opening || s.StopOpening() {
		t.Error("no document is being opened, and one is said to be")
	}
	hold = true
	s.OpenRow(1)
	second := s.wanted
	m.Settle()
	if s.Status().Opening {
		t.Error("a document that has just been asked for is said to take long")
	}
	m.Pass(slow)
	if !s.Status().Opening {
		t.Error("nobody says that a document is being opened")
	}
	if !s.StopOpening() || s.Status().Opening || s.Loading() || s.Document().ID != first || s.wanted != first {
		t.Error("the document that was shown is not gone back to")
	}
	hold = false
	for _, f := range held {
		m.Go(f)
	}
	m.Settle()
	if s.Document().ID != first || s.Status().Error != "" {
		t.Errorf("what was given up came after all: %q", s.Status().Error)
	}
	s.OpenDocument(second)
	m.Settle()
	if s.Document().ID != second || s.Status().Opening {
		t.Error("it cannot be opened any more")
	}
	m.Pass(slow)
	if s.Status().Opening {
		t.Error("a document that is open is said to be on its way")
	}
}

// TestOnRead: what a screen wants of a document is made of each that is shown,
// and of no other.
func TestOnRead(t *testing.T) {
	d := opening(t, filled(t, three()...))
	asked := 0
	d.OnRead(func() func(*Doc) any {
		asked++
		n := asked
		return func(doc *Doc) any { return fmt.Sprint(n, doc.Title()) }
	})
	d.OpenRow(1)
	d.m.Settle()
	if got, want := d.Document().Made, any(fmt.Sprint(asked, d.Document().Title())); got != want {
		t.Errorf("made: got %v, want %v", got, want)
	}
	before := asked
	d.Apply(nil, &archive.Edit{Do: "tag.add", Doc: string(d.Document().ID), Tag: "会议"})
	d.m.Settle()
	if got, want := d.Document().Made, any(fmt.Sprint(asked, d.Document().Title())); got != want || asked == before {
		t.Errorf("after an edit: got %v, want %v", got, want)
	}
	d.Quiet()
	if d.Document().Made != nil {
		t.Error("what was made for a screen that is gone is still there")
	}
}

// TestPlacesOfADocument: whatever is done, each item lies where its reading text
// has it.
func TestPlacesOfADocument(t *testing.T) {
	path := filled(t, notice("long.txt", "题名\n"+strings.Repeat("李振国厅长讲话。", 13000))) // long enough to be kept
	d := opening(t, path)
	a := other(t, path)
	rng := rand.New(rand.NewSource(1))
	same := 0
	for step := range 60 {
		doc := d.Document()
		n := doc.Text.Text().Len()
		start := rng.Intn(n - 2)
		end, text := start+1+rng.Intn(2), []string{"", "李", "厅长同志"}[rng.Intn(3)]
		e := &archive.Edit{Do: "mark.add", Doc: string(doc.ID), Start: &start, End: &end, In: "reading", Label: "person"}
		switch marks := doc.Of(archive.AMark); rng.Intn(6) {
		case 0:
			e = &archive.Edit{Do: "correction.propose", Doc: string(doc.ID), Start: &start, End: &end, In: "reading", Text: &text, Reason: "typo"}
		case 1:
			if len(marks) > 0 {
				e = &archive.Edit{Do: "mark.remove", Mark: string(marks[rng.Intn(len(marks))].ID)}
			}
		}
		if step%7 == 6 {
			_, _ = a.Apply(context.Background(), "Li", e) // another program; a refusal is as good
			d.Poll()
		} else {
			d.Apply(func([]storage.Result, error) {}, e)
		}
		d.m.Settle()
		now := d.Document()
		if now.Text == doc.Text && now != doc {
			same++
		}
		if want := placesOf(now.Document, now.Text, nil); !reflect.DeepEqual(now.placed, want) {
			t.Fatalf("step %d: placed %v, want %v", step, now.placed, want)
		}
		for _, it := range now.Items {
			if it.Anchor == nil {
				continue
			}
			p := now.Text.Place(it.Anchor)
			if got, ok := now.Placed(it); !ok || got.Start != p.Start || got.End != p.End || got.LookAgain != now.Text.LookAgain(it) {
				t.Fatalf("step %d: an item lies at %+v, and ought to at [%d,%d)", step, got, p.Start, p.End)
			}
		}
		if now.Status() != now.Document.Status() {
			t.Fatalf("step %d: status %s", step, now.Status())
		}
	}
	if same < 20 {
		t.Errorf("only %d edits left the reading text as it was", same)
	}
}
