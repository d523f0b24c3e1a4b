package session

import (
	"testing"

	"fonds/storage"
)

// A sorted list: the document stays, the next ones to do and those whose title is
// sought come in the order that is shown.
func TestSortedList(t *testing.T) {
	d := opening(t, filled(t, notice("a.txt", "银川\n一"), notice("b.txt", "北京\n二"), notice("c.txt", "安徽\n三"), notice("d.txt", "北海\n四")))
	titles := func() (out string) {
		for i := range d.Rows() {
			d.Row(i)
			d.m.Settle()
			out += d.Row(i).Title + " "
		}
		return out
	}
	d.SortBy(storage.ByTitle)
	d.m.Settle()
	if got := titles(); got != "安徽 北海 北京 银川 " || d.RowOfDocument() != 3 || d.title() != "" {
		t.Fatalf("by title: %s, the document in row %d", got, d.RowOfDocument())
	}
	d.Move(-1)
	d.m.Settle()
	if got := d.Document().Title(); got != "北京" {
		t.Errorf("before the last stands %s", got)
	}
	found := -2
	d.FindTitle("北", func(row int) { found = row })
	d.m.Settle()
	if found != 2 {
		t.Errorf("the title is found in row %d", found)
	}
	d.OpenRow(3)
	d.m.Settle()
	d.FindTitle("北", func(row int) { found = row })
	d.m.Settle()
	if found != 1 {
		t.Errorf("around the end the title is found in row %d", found)
	}
	d.nextToDo(func(row storage.Summary) { found = d.list.find(row.N) })
	d.m.Settle()
	if found != 0 {
		t.Errorf("the next to do stands in row %d", found)
	}
	d.SortBy(storage.ByTitle)
	d.m.Settle()
	if got := titles(); got != "银川 北京 北海 安徽 " {
		t.Errorf("the other way round: %s", got)
	}
	d.SetOrder(storage.Order{})
	d.m.Settle()
	if got := titles(); got != "银川 北京 安徽 北海 " {
		t.Errorf("in the order of import: %s", got)
	}
}

// Of many documents the order of titles is made before it is asked for; of few it is not.
func TestPrepareOrder(t *testing.T) {
	d := opening(t, filled(t, three()...))
	done := 0
	d.PrepareOrder(func() { done++ })
	d.m.Settle()
	was := manyRows
	manyRows = 3
	defer func() { manyRows = was }()
	d.PrepareOrder(func() { done++ })
	d.m.Settle()
	if done != 1 {
		t.Errorf("made %d times", done)
	}
}
