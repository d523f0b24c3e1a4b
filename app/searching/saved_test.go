package searching

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
)

// Saved searches are offered as values of saved:, with what they find, in either
// language; what is shown from elsewhere is not asked for again.
func TestNextSaved(t *testing.T) {
	b := opened(t, "zh-Hans", "one 会议", "two", "three")
	b.s.Apply(nil, &archive.Edit{Do: archive.SaveSearchKind, Name: "会议记录", Query: "会议"},
		&archive.Edit{Do: archive.SaveSearchKind, Name: "two words", Query: "two"})
	b.m.Settle()
	b.types("已存:")
	if got := b.offered(); got != `saved:"two words" saved:会议记录` || b.next.known[0].N != 1 {
		t.Fatalf("offered %s", got)
	}
	b.types("wor")
	if got := b.offered(); got != `saved:"two words"` {
		t.Fatalf("to wor is offered %s", got)
	}
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	if b.s.Query().Search != `saved:"two words"` || b.s.Rows() != 1 || b.Faulty() {
		t.Errorf("taken: %q, %d rows, %q", b.s.Query().Search, b.s.Rows(), b.Fault())
	}
	b.types("saved:无此")
	b.Now()
	if !b.Faulty() {
		t.Error("what is not there can be asked for")
	}
	query := b.s.Query()
	b.Show("会议")
	if b.m.Pass(delay); b.Entry.Text != "会议" || b.Faulty() || b.s.Query() != query {
		t.Errorf("shown: %q, %q, and %+v is asked", b.Entry.Text, b.Fault(), b.s.Query())
	}
	if b.Show("("); !b.Faulty() {
		t.Error("what is wrong with it is not said")
	}
}
