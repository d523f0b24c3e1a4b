package session

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// shuffled runs workers in any order, and what they hand to the UI goroutine when
// it likes: answers come late, and after those of later questions.
type shuffled struct {
	rng  *rand.Rand
	work []func()
	ui   []func()
}

func (d *shuffled) config() Config {
	return Config{Do: func(f func()) { d.ui = append(d.ui, f) }, Go: func(f func()) { d.work = append(d.work, f) },
		After: func(time.Duration, func()) func() bool { return func() bool { return true } },
		Now:   func() time.Time { return time.Date(2026, 11, 23, 13, 35, 2, 0, time.UTC) }}
}

// step does one thing that is to be done, and says whether there was one.
func (d *shuffled) step() bool {
	if len(d.ui) > 0 && (len(d.work) == 0 || d.rng.Intn(2) == 0) {
		f := d.ui[0]
		d.ui = d.ui[1:]
		f()
		return true
	}
	if len(d.work) == 0 {
		return false
	}
	i := d.rng.Intn(len(d.work))
	f := d.work[i]
	d.work = slices.Delete(d.work, i, i+1)
	f()
	return true
}

func (d *shuffled) some() {
	for range d.rng.Intn(6) {
		d.step()
	}
}

func (d *shuffled) settle() {
	for d.step() {
	}
}

// small makes pages of a few rows, so that few documents make many.
func small(t *testing.T) {
	first, page, window := firstPage, pageRows, windowRows
	firstPage, pageRows, windowRows = 12, 8, 48
	t.Cleanup(func() { firstPage, pageRows, windowRows = first, page, window })
}

// many are n documents.
func many(from, n int) (out []*archive.Incoming) {
	for i := range n {
		word := ""
		if (from+i)%3 == 0 {
			word = "银川"
		}
		out = append(out, notice(fmt.Sprintf("%d.txt", from+i), fmt.Sprintf("第%d件通知\n会议%s召开。", from+i, word)))
	}
	return out
}

func bring(t *testing.T, a *storage.Archive, docs []*archive.Incoming) {
	t.Helper()
	in := make(chan *archive.Incoming, len(docs))
	for _, d := range docs {
		in <- d
	}
	close(in)
	if err := a.Import(context.Background(), "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
}

// The list against all rows read at once, while another program brings documents,
// takes them out and works on them, the person asks for this and that, goes about
// and selects, and answers come in any order.
func TestListAgainstAllRows(t *testing.T) {
	small(t)
	ctx := context.Background()
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for round := range rounds {
		d := &shuffled{rng: rand.New(rand.NewSource(int64(round)))}
		rng := d.rng
		path := filled(t, many(0, 40+rng.Intn(60))...)
		made := 1000
		a := other(t, path)
		s := New(d.config())
		s.SetActor("Zhang")
		s.OpenArchive(path, "", func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		})
		s.On(func(e Event) { // as a screen does: it shows what it is told of
			switch e.(type) {
			case ListChanged, RowsChanged:
				last := int64(0)
				for i := max(0, s.RowOfDocument()-2); i < min(s.Rows(), s.RowOfDocument()+5); i++ {
					row := s.Row(i)
					if row.ID != "" && row.N <= last && s.list.stands.sorted {
						t.Fatalf("round %d: row %d is document %d, the one before %d", round, i, row.N, last)
					}
					last = max(last, row.N)
				}
			}
		})
		d.settle()
		for range 60 {
			switch rng.Intn(13) {
			case 0:
				s.SetQuery(Query{Filter: Filter(rng.Intn(int(filters))), Search: []string{"", "", "银川", "没有"}[rng.Intn(4)]})
			case 1:
				bring(t, a, many(made, 1+rng.Intn(20)))
				made += 20
			case 2:
				if _, err := a.Undo(ctx, "Zhang", true); err != nil && !IsRefusal(err) {
					t.Fatal(err)
				}
			case 3:
				all, err := a.List(ctx, storage.Query{})
				if err != nil {
					t.Fatal(err)
				}
				if len(all) > 0 {
					do := &archive.Edit{Do: "tag.add", Doc: string(all[rng.Intn(len(all))].ID), Tag: fmt.Sprint("t", rng.Intn(1000))}
					if rng.Intn(3) == 0 {
						do = &archive.Edit{Do: "document.remove", Doc: do.Doc}
					}
					if _, err := a.Apply(ctx, "Zhang", do); err != nil {
						t.Fatal(err)
					}
				}
			case 4, 5:
				s.OpenRow(rng.Intn(s.Rows() + 1))
			case 6, 7:
				s.Move(1 - 2*rng.Intn(2))
			case 8:
				s.Row(rng.Intn(s.Rows() + 1))
			case 9:
				s.Poll()
			case 10:
				if s.Document() != nil && !s.Loading() {
					s.SetTag(fmt.Sprint("own", rng.Intn(5)), rng.Intn(2) == 0)
				}
			case 12:
				s.SortBy([]storage.Column{storage.ByImport, storage.ByTitle, storage.ByName, storage.ByChars}[rng.Intn(4)])
			case 11:
				from := rng.Intn(s.Rows() + 1)
				s.Select(widgets.RowSet{}.Add(from, min(s.Rows(), from+rng.Intn(30))))
			}
			d.some()
		}
		d.settle()
		s.Poll()
		d.settle()
		if at, doc := s.RowOfDocument(), s.Document(); at >= 0 && doc != nil {
			s.Row(at)
			d.settle()
			if row := s.Row(at); row.ID != doc.ID || row.Status != doc.Status() || row.Title != doc.Title() {
				t.Fatalf("round %d: row %d says %+v of %s, which is %s", round, at, row, doc.ID, doc.Status())
			}
		}
		s.Refresh() // and while all is being read anew, somebody writes
		all, err := a.List(ctx, storage.Query{Search: s.Query().Search})
		if err != nil {
			t.Fatal(err)
		}
		bring(t, a, many(made, 1))
		made += 20
		for i, row := range all {
			if i%3 == 0 {
				d.step()
				if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "tag.add", Doc: string(row.ID), Tag: fmt.Sprint("last", round)}); err != nil {
					t.Fatal(err)
				}
				s.Poll()
			}
		}
		d.settle()
		s.Poll()
		d.settle()
		if s.Loading() && s.Rows() > 0 {
			t.Fatalf("round %d: a document is being opened for ever", round)
		}
		checkRows(t, d, s, a, fmt.Sprint("round ", round))
		checkSelection(t, d, s, a, &made, fmt.Sprint("round ", round))
		s.CloseArchive(nil)
		d.settle()
	}
}

// inOrder are the rows of the list by one question.
func inOrder(t *testing.T, s *Session, a *storage.Archive) (out []storage.Summary) {
	t.Helper()
	ns, err := a.Ordered(context.Background(), s.list.asked(s.Query()), s.Order())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range ns {
		row, err := a.Summaries(context.Background(), []int64{n})
		if err != nil || len(row) != 1 {
			t.Fatal(row, err)
		}
		out = append(out, row[0])
	}
	return out
}

// checkRows compares the whole list with what one question says.
func checkRows(t *testing.T, d *shuffled, s *Session, a *storage.Archive, when string) {
	t.Helper()
	want := inOrder(t, s, a)
	if s.Rows() != len(want) || !s.ListRead() {
		t.Fatalf("%s: %d rows, want %d; read: %v", when, s.Rows(), len(want), s.ListRead())
	}
	at := -1
	for i := range want {
		s.Row(i)
		d.settle()
		if got := s.Row(i); got != want[i] {
			t.Fatalf("%s: row %d is %+v, want %+v", when, i, got, want[i])
		}
		if want[i].ID == s.wanted {
			at = i
		}
	}
	if s.RowOfDocument() != at {
		t.Fatalf("%s: the document is said to stand in row %d, and stands in %d", when, s.RowOfDocument(), at)
	}
	if n := len(s.list.window.rows); n > windowRows {
		t.Errorf("%s: %d rows are held, at most %d ought to be", when, n, windowRows)
	}
	for _, f := range Filters() {
		want, err := a.Count(context.Background(), s.list.asked(Query{Search: s.Query().Search, Filter: f}))
		if got, ok := s.Count(f); err != nil || got != want || !ok {
			t.Fatalf("%s: filter %d has %d (%v), want %d", when, f, got, ok, want)
		}
	}
}

// selectedNow are the documents that are selected.
func selectedNow(s *Session, a *storage.Archive) ([]archive.ID, error) {
	x := s.Selected()
	return x.Documents(context.Background(), a)
}

// checkSelection selects some rows, lets others come and go, and looks whether the
// same documents are selected.
func checkSelection(t *testing.T, d *shuffled, s *Session, a *storage.Archive, made *int, when string) {
	t.Helper()
	ctx := context.Background()
	set := widgets.RowSet{}
	for range 5 {
		from := d.rng.Intn(s.Rows() + 1)
		set = set.Add(from, min(s.Rows(), from+1+d.rng.Intn(6)))
	}
	s.Select(set)
	var ids []archive.ID
	for i := range s.Rows() {
		s.Row(i)
		d.settle()
		if set.Has(i) {
			ids = append(ids, s.Row(i).ID)
		}
	}
	slices.Sort(ids) // Documents gives them in the order of import, which is that of ids
	if got, err := selectedNow(s, a); err != nil || !slices.Equal(got, ids) {
		t.Fatalf("%s: selected %v (%v), want %v", when, got, err, ids)
	}
	kept := s.Selected()
	bring(t, a, many(*made, 3))
	*made += 20
	for i, id := range ids {
		if i%2 == 0 && s.Query().Filter != Removed {
			if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "document.remove", Doc: string(id)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Refresh()
	d.settle()
	now := inOrder(t, s, a)
	var left []archive.ID
	rows := widgets.RowSet{}
	for i, row := range now {
		if slices.Contains(ids, row.ID) {
			left = append(left, row.ID)
			rows = rows.Add(i, i+1)
		}
	}
	slices.Sort(left)
	if got, err := selectedNow(s, a); err != nil || !slices.Equal(got, left) || !slices.Equal(s.SelectedRows(), rows) {
		t.Fatalf("%s: after others came and went %v in %v (%v) are selected, want %v in %v", when, got, s.SelectedRows(), err, left, rows)
	}
	if got, err := kept.Documents(ctx, a); err != nil || !slices.Equal(got, ids) {
		t.Fatalf("%s: what was kept changed to %v (%v), want %v", when, got, err, ids)
	}
}

// Rows that are selected before it is known which rows there are stay the same
// documents where one before them goes meanwhile.
func TestSelectedBeforeTheNumbers(t *testing.T) {
	small(t)
	ctx := context.Background()
	d := &shuffled{rng: rand.New(rand.NewSource(1))}
	path := filled(t, many(0, 40)...)
	a := other(t, path)
	s := New(d.config())
	s.SetActor("Zhang")
	s.OpenArchive(path, "", func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	for s.Rows() == 0 {
		d.step()
	}
	if s.ListRead() {
		t.Fatal("all rows are known at once")
	}
	want := s.Row(5).ID
	s.Select(widgets.RowSet{}.Add(5, 6))
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "document.remove", Doc: string(s.Row(2).ID)}); err != nil {
		t.Fatal(err)
	}
	d.settle()
	if got, err := selectedNow(s, a); err != nil || !slices.Equal(got, []archive.ID{want}) {
		t.Errorf("selected %v (%v), want %v", got, err, want)
	}
	s.CloseArchive(nil)
	d.settle()
}
