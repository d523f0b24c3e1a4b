package session

import (
	"fmt"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// What a row says in a column that is read apart comes in pages, and follows what is
// changed, also by others.
func TestCells(t *testing.T) {
	path := filled(t, many(0, 40)...)
	d := opening(t, path)
	format, creator := storage.ByFormat, storage.FieldColumn("dcterms:creator")
	d.ShowColumns([]storage.Column{storage.ByTitle, format, creator})
	said := func(i int, c storage.Column) string {
		d.Cell(d.Row(i), c)
		d.m.Settle()
		return d.Cell(d.Row(i), c)
	}
	if got := said(3, format); got != "text/plain" {
		t.Errorf("the format is %q", got)
	}
	if got := said(3, storage.ByTitle); got != "第3件通知" {
		t.Errorf("the title is %q", got)
	}
	if got := said(0, creator); got != "" {
		t.Errorf("the creator is %q", got)
	}
	doc := string(d.Row(0).ID)
	set := func(words string) *archive.Edit {
		return &archive.Edit{Do: "field.set", Doc: doc, Field: "dcterms:creator", Values: []archive.ValueIn{archive.ValueOf(words)}}
	}
	d.Apply(nil, set("司法厅"))
	d.m.Settle()
	if got := said(0, creator); got != "司法厅" {
		t.Errorf("after an edit the creator is %q", got)
	}
	if _, err := other(t, path).Apply(t.Context(), "Li", set("民政厅")); err != nil {
		t.Fatal(err)
	}
	d.Poll()
	d.m.Settle()
	if got := said(0, creator); got != "民政厅" {
		t.Errorf("after another's edit the creator is %q", got)
	}
	for i := range 40 { // rows that are looked at before any of them has come
		d.Cell(d.Row(i), format)
	}
	d.m.Settle()
	for i := range 40 {
		if got := d.Cell(d.Row(i), format); got != "text/plain" {
			t.Fatal(fmt.Sprint("row ", i, " says ", got))
		}
	}
	for _, c := range d.AllColumns() {
		if d.ColumnWords(c) == "" {
			t.Errorf("the column %q is called nothing", c)
		}
	}
}
