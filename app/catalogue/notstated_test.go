package catalogue

import (
	"slices"
	"testing"

	"fonds/storage/archive"
)

// A cell that says in either language that the source does not state something is that,
// beside values it is nothing, and in the column that is matched by it names no document.
func TestNotStatedCells(t *testing.T) {
	b := newBench(t, "1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt")
	no := func(n int, field string) {
		b.apply(&archive.Edit{Do: "field.set", Doc: string(b.docs[n-1].ID), Field: field, Values: []archive.ValueIn{archive.ValueOf("")}})
	}
	b.field(2, "dcterms:creator", "甲")
	no(3, "dcterms:creator")
	no(4, "dcterms:creator")
	no(4, "dcterms:date")
	b.field(6, "dcterms:date", "原文未载") // as somebody wrote it before there was another way
	c := parse(t, "文件名,题名,责任者,日期\n"+
		"1.txt,,原文未载, not stated IN the source \n"+
		"2.txt,,原文未载；,\n"+
		"3.txt,,甲；乙,原文未载\n"+
		"4.txt,,Not stated in the source,2015-11-22\n"+
		"5.txt,,甲；原文未载,\n"+
		"6.txt,,,原文未载\n"+
		"原文未载,,甲,\n")
	s := b.look(c, Guess(c, dublinCore(t)))
	type change struct {
		row      int
		field    string
		old, now []string
		does     bool
	}
	want := []change{
		{1, "dcterms:creator", nil, []string{""}, true}, {1, "dcterms:date", nil, []string{""}, true},
		{2, "dcterms:creator", []string{"甲"}, []string{""}, true},
		{3, "dcterms:creator", []string{""}, []string{"甲", "乙"}, true}, {3, "dcterms:date", nil, []string{""}, true},
		{4, "dcterms:creator", []string{""}, []string{""}, false}, {4, "dcterms:date", []string{""}, []string{"2015-11-22"}, true},
		{5, "dcterms:creator", nil, []string{"甲"}, true},
		{6, "dcterms:date", []string{"原文未载"}, []string{""}, true},
	}
	var got []change
	for _, d := range s.Docs {
		for _, c := range d.Changes {
			got = append(got, change{d.Row + 1, c.Field, c.Old, c.New, c.Does()})
		}
	}
	if !slices.EqualFunc(got, want, func(a, b change) bool {
		return a.row == b.row && a.field == b.field && slices.Equal(a.old, b.old) && slices.Equal(a.now, b.now) && a.does == b.does
	}) {
		t.Errorf("the changes are\n%v\nwant\n%v", got, want)
	}
	if why := s.Rows[6].Why; why != NoCell {
		t.Errorf("a row that is matched by it: %q, want that it names none", why)
	}
	if _, err := b.a.ApplyMany(ctx, "Zhang", nil, s.Edits(nil)...); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int][]string{1: {""}, 2: {""}, 3: {"甲", "乙"}, 4: {""}, 5: {"甲"}} {
		if got := b.values(n, "dcterms:creator"); !slices.Equal(got, want) {
			t.Errorf("document %d has the creators %q, want %q", n, got, want)
		}
	}
	if _, n := b.look(c, Guess(c, dublinCore(t))).Count(); n != 0 {
		t.Errorf("taken again it would make %d changes", n)
	}
}

// Values that come beside others come in the place of that none is stated; that comes
// beside none.
func TestNotStatedBeside(t *testing.T) {
	b := newBench(t, "1.txt", "2.txt")
	b.apply(&archive.Edit{Do: "field.set", Doc: string(b.docs[0].ID), Field: "dcterms:identifier", Values: []archive.ValueIn{archive.ValueOf("")}})
	b.field(2, "dcterms:identifier", "X001")
	c := parse(t, "文件名,文号\n1.txt,水发〔2016〕3号\n2.txt,原文未载\n")
	s := b.look(c, Guess(c, dublinCore(t)))
	if got := s.Docs[0].Changes[0]; !got.Does() || !slices.Equal(got.New, []string{"水发〔2016〕3号"}) {
		t.Errorf("a number beside that there is none: %+v", got)
	}
	if got := s.Docs[1].Changes[0]; got.Does() || !slices.Equal(got.New, []string{"X001"}) {
		t.Errorf("that there is none beside a number: %+v", got)
	}
}
