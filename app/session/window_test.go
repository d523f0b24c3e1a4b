package session

import (
	"context"
	"math/rand"
	"slices"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// What was read before an edit, and comes after it, does not take the edit back.
func TestALateAnswerDoesNotTakeAnEditBack(t *testing.T) {
	small(t)
	d := &shuffled{rng: rand.New(rand.NewSource(1))}
	path := filled(t, many(0, 60)...)
	s := New(d.config())
	s.SetActor("Zhang")
	s.OpenArchive(path, "", func(error) {})
	d.settle()
	all, err := other(t, path).List(context.Background(), storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if row := s.Row(40); row.ID != "" || len(d.work) != 1 {
		t.Fatalf("row 40 is there without being read: %+v", row)
	}
	d.work[0]()
	late := d.ui
	d.work, d.ui = nil, nil
	s.OpenDocument(all[40].ID)
	d.settle()
	s.SetTag("x", true)
	d.settle()
	for _, f := range late {
		f()
	}
	if row := s.Row(40); row.Status != archive.InProgress {
		t.Errorf("the row says %q", row.Status)
	}
}

// Who goes to a row that is not there yet and types on works on that document, and
// who changes their mind, on the other.
func TestOpeningARowThatHasNotCome(t *testing.T) {
	small(t)
	s := opening(t, filled(t, many(0, 60)...))
	s.OpenRow(59)
	if s.RowOfDocument() != 59 || !s.Loading() || s.Document().Title() != "第0件通知" {
		t.Fatalf("row %d, loading: %v", s.RowOfDocument(), s.Loading())
	}
	s.Commands.Run("tag.name") // whatever it does: it is about the document, and waits
	s.WhenLoaded(func() { s.SetTag("x", true) })
	s.m.Settle()
	if got := s.Document().Title(); got != "第59件通知" || s.Document().Tag("x") == nil {
		t.Errorf("%s is shown, with the tag: %v", got, s.Document().Tag("x") != nil)
	}
	s.OpenRow(30)
	s.OpenRow(0)
	s.m.Settle()
	if got := s.Document().Title(); got != "第0件通知" || s.RowOfDocument() != 0 {
		t.Errorf("%s is shown, in row %d", got, s.RowOfDocument())
	}
	s.OpenRow(45)
	s.OpenRow(0) // back to what is shown
	s.m.Settle()
	if got := s.Document().Title(); got != "第0件通知" || s.RowOfDocument() != 0 || s.Loading() {
		t.Errorf("%s is shown, in row %d, loading: %v", got, s.RowOfDocument(), s.Loading())
	}
	if s.OpenRow(60) || s.OpenRow(-1) {
		t.Error("there are rows before the first or behind the last")
	}
}

// The end can be gone to before it is known which rows lie between.
func TestTheEndBeforeTheMiddle(t *testing.T) {
	small(t)
	d := &shuffled{rng: rand.New(rand.NewSource(1))}
	s := New(d.config())
	s.SetActor("Zhang")
	s.OpenArchive(filled(t, many(0, 60)...), "", func(error) {})
	for s.Rows() != 60 { // the first page, and how many there are; the numbers may come last of all
		if s.list.reading && len(d.ui) == 0 {
			d.work = append(d.work[1:], d.work[0])
		}
		if !d.step() {
			t.Fatal("nothing is left to do")
		}
	}
	if s.list.whole {
		t.Fatal("the numbers came first")
	}
	numbers := -1
	s.OpenRow(59)
	for i := 0; i < 20 && !s.list.whole; i++ {
		for len(d.ui) > 0 {
			f := d.ui[0]
			d.ui = d.ui[1:]
			f()
		}
		if s.list.number(59) != 0 {
			numbers = len(s.list.nums)
			break
		}
		if len(d.work) > 0 {
			f := d.work[len(d.work)-1]
			d.work = d.work[:len(d.work)-1]
			f()
		}
	}
	if numbers != firstPage {
		t.Errorf("the last row is known when %d are", numbers)
	}
	d.settle()
	if got := s.Document().Title(); got != "第59件通知" || s.RowOfDocument() != 59 {
		t.Errorf("%s is shown, in row %d", got, s.RowOfDocument())
	}
}

// What is written while all is being read anew is seen, in rows out of sight too.
func TestWritesWhileTheListIsRead(t *testing.T) {
	small(t)
	d := &shuffled{rng: rand.New(rand.NewSource(1))}
	path := filled(t, many(0, 48)...)
	s := New(d.config())
	s.SetActor("Zhang")
	s.OpenArchive(path, "", func(error) {})
	d.settle()
	for i := range s.Rows() {
		s.Row(i)
		d.settle()
	}
	s.Refresh()
	for len(d.work) > 0 {
		f := d.work[0]
		d.work = d.work[1:]
		f()
	}
	late := d.ui
	d.ui = nil
	a := other(t, path)
	for i := range s.Rows() {
		if _, err := a.Apply(context.Background(), "Zhang", &archive.Edit{Do: "tag.add", Doc: string(s.Row(i).ID), Tag: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	s.Poll()
	d.settle()
	d.ui = append(d.ui, late...)
	d.settle()
	for i := range s.Rows() {
		s.Row(i)
		d.settle()
		if row := s.Row(i); row.Status != archive.InProgress {
			t.Errorf("row %d says %q", i, row.Status)
		}
	}
}

// All can be selected before it is known which they are, and what is selected for
// work stays what it was; where the archive was numbered anew it is refused.
func TestSelected(t *testing.T) {
	small(t)
	ctx := context.Background()
	d := &shuffled{rng: rand.New(rand.NewSource(1))}
	path := filled(t, many(0, 60)...)
	a := other(t, path)
	s := New(d.config())
	s.SetActor("Zhang")
	if ids, err := selectedNow(s, a); err != nil || len(ids) != 0 {
		t.Errorf("without an archive %d are selected (%v)", len(ids), err)
	}
	s.OpenArchive(path, "", func(error) {})
	for s.Rows() != 60 || s.list.whole {
		if s.list.reading && len(d.ui) == 0 {
			d.work = append(d.work[1:], d.work[0])
		}
		if !d.step() {
			t.Fatal("nothing is left to do")
		}
	}
	s.Select(widgets.RowSet{{From: 0, To: 100}})
	x := s.Selected()
	all, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	ids := []archive.ID{}
	for _, row := range all {
		ids = append(ids, row.ID)
	}
	if got, err := x.Documents(ctx, a); err != nil || !slices.Equal(got, ids) || x.Count() != 60 {
		t.Errorf("before the numbers: %d selected, %d documents (%v)", x.Count(), len(got), err)
	}
	d.settle()
	if got, err := selectedNow(s, a); err != nil || !slices.Equal(got, ids) || len(s.SelectedRows()) != 1 {
		t.Errorf("after them: %v, %d documents (%v)", s.SelectedRows(), len(got), err)
	}
	s.SetQuery(Query{Filter: InProgress})
	d.settle()
	if n := s.Selected(); n.Count() != 0 {
		t.Errorf("%d are selected in another list", n.Count())
	}
	if got, err := x.Documents(ctx, a); err != nil || len(got) != 60 {
		t.Errorf("what was taken for work has %d documents (%v)", len(got), err)
	}
	x.known = map[int64]archive.ID{all[3].N: all[4].ID}
	if _, err := x.Documents(ctx, a); !IsRefusal(err) || Words(err) == err.Error() {
		t.Errorf("another document has the number: %v", err)
	}
}
