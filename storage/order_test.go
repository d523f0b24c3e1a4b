package storage

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

// The order of the parts is kept in the file, verified and made again like everything
// else, survives that a part is joined and split, and is undone.
func TestPartsInOrder(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("n.txt", "总目\n第一件\n第二件\n第三件"))[0]
	part := func(start int) string {
		res := mustApply(t, a, "Zhang", &archive.Edit{Do: archive.SplitKind, Doc: string(id), Start: &start})
		return string(res[0].Part)
	}
	third, second, first := part(11), part(7), part(3)
	order := func(parts ...string) *archive.Edit {
		return &archive.Edit{Do: archive.OrderKind, Doc: string(id), Parts: &parts}
	}
	shows := func() string {
		var out []string
		for _, it := range mustDocument(t, a, id).PartsInOrder() {
			out = append(out, strings.TrimSpace(it.Anchor.Quote))
		}
		return strings.Join(out, " ")
	}
	mustApply(t, a, "Zhang", order(third, first, second))
	if got := shows(); got != "第三件 第一件 第二件" {
		t.Errorf("ordered: %s", got)
	}
	for _, it := range mustDocument(t, a, id).Parts() {
		if it.Text == first {
			mustApply(t, a, "Zhang", &archive.Edit{Do: archive.JoinKind, Doc: string(id), On: string(it.ID)})
		}
	}
	part(3)
	if got := shows(); got != "第三件 第一件 第二件" { // before its neighbour
		t.Errorf("joined and split again: %s", got)
	}
	if _, err := a.Apply(ctx, "Zhang", order(first, third, second)); err == nil || !strings.Contains(err.Error(), "is no part") {
		t.Errorf("the part of before gives %v", err)
	}
	mustVerify(t, a)
	before := rowsOf(t, a)
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, a); got != before || shows() != "第三件 第一件 第二件" {
		t.Errorf("made again the rows are\n%s\nand were\n%s", got, before)
	}
	for range 3 {
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	if got := shows(); got != "第一件 第二件 第三件" {
		t.Errorf("undone: %s", got)
	}
	if _, err := a.Redo(ctx, "Zhang", false); err != nil || shows() != "第三件 第一件 第二件" {
		t.Errorf("brought back: %s (%v)", shows(), err)
	}
	mustVerify(t, a)
}
