package session

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// Documents are put into a package as one step; the list can be narrowed to it,
// and what belongs to it already is told apart.
func TestPutIntoPackage(t *testing.T) {
	var docs []*archive.Incoming
	for i := range 12 {
		docs = append(docs, notice(fmt.Sprint(i, ".txt"), fmt.Sprint("第", i, "号")))
	}
	path := filled(t, docs...)
	a := other(t, path)
	if _, err := a.Apply(context.Background(), "Zhang", &archive.Edit{Do: "package.set", Name: "一"}); err != nil {
		t.Fatal(err)
	}
	was := firstPage
	firstPage = 5 // the list is not whole at once
	t.Cleanup(func() { firstPage = was })
	s := opening(t, path)
	pack := s.Self().Packages()[0].ID
	inside := func() int {
		t.Helper()
		s.m.Settle()
		n, err := s.open.a().Count(context.Background(), storage.Query{Package: pack})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	var got Put
	var why error
	put := func(x Selected, id archive.ID) func() {
		got, why = Put{N: -1}, nil
		return s.PutIntoPackage(x, id, func(int, int) {}, func(p Put, err error) { got, why = p, err })
	}
	s.Select(widgets.RowSet{}.Add(1, 4))
	put(s.Selected(), pack)
	if n := inside(); n != 3 || got != (Put{N: 3}) || why != nil {
		t.Errorf("three selected: %d inside, %+v, %v", n, got, why)
	}
	put(s.Listed(), pack)
	if n := inside(); n != 12 || got.N != 9 || got.There != 3 {
		t.Errorf("all of the list: %d inside, %+v", n, got)
	}
	s.Undo(false, nil)
	if n := inside(); n != 3 {
		t.Errorf("one undo leaves %d", n)
	}
	s.SetQuery(Query{Package: pack})
	s.m.Settle()
	if s.Rows() != 3 {
		t.Errorf("the list of the package has %d rows", s.Rows())
	}
	if _, counted := s.Count(All); counted {
		t.Error("the counts of all documents stand beside the list of a package")
	}
	put(s.Listed(), "")
	if n := inside(); n != 0 || got.N != 3 {
		t.Errorf("taken out: %d inside, %+v", n, got)
	}
	s.SetQuery(Query{})
	s.m.Settle()
	if _, counted := s.Count(All); !counted || s.Rows() != 12 {
		t.Errorf("all documents: %d rows, counted %v", s.Rows(), counted)
	}
	put(s.Listed(), pack)()
	if n := inside(); n != 0 || !errors.Is(why, context.Canceled) {
		t.Errorf("stopped at once: %d inside, %+v, %v", n, got, why)
	}
	s.SetActor("Li")
	put(s.Listed(), pack)
	if n := inside(); n != 0 || got.N != 0 || !refusedAs(got.Why, "role") {
		t.Errorf("an archivist: %d inside, %+v, %v", n, got, why)
	}
}
