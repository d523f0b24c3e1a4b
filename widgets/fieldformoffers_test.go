package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// offered is what the form lists below the entry that has the focus.
func offered(f *FieldForm) string {
	if f.offers.list.Hidden {
		return ""
	}
	var out []string
	for i, s := range f.offers.list.rows {
		if i == f.offers.list.chosen {
			s.Tag = ">" + s.Tag
		}
		out = append(out, s.Tag)
	}
	return strings.Join(out, " ")
}

func press1(f fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestFieldFormOffersLastValues(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	var asked []string
	f.OnOffers = func(id string) { asked = append(asked, id) }
	f.SetDocument("d1")
	fields := threeFields()
	fields = append(fields, FieldView{ID: "place", Label: "地名"})
	f.SetFields(fields)
	f.FocusField("place")
	f.SetOffers("place", []string{"银川", "银川市", "兰州", "西宁", "a", "b", "c"})
	e := entryOf(f, "place", 0)
	if got := offered(f); got != "银川 银川市 兰州 西宁 a" {
		t.Fatalf("an empty field: %q", got)
	}
	test.Type(e, "州")
	if got := offered(f); got != "兰州" {
		t.Errorf("typed 州: %q", got)
	}
	told.take()
	press1(e, fyne.KeyReturn)
	if got := told.take(); got != "set(place=州)" {
		t.Errorf("Enter sets what is typed: %q", got)
	}
	if got := offered(f); got != "" {
		t.Errorf("what stands there needs no offers: %q", got)
	}
	press1(e, fyne.KeyDown)
	if got := offered(f); got != ">银川 银川市 兰州 西宁 a b c" {
		t.Errorf("Down: %q", got)
	}
	press1(e, fyne.KeyDown, fyne.KeyReturn)
	if got := told.take(); got != "set(place=银川市)" || e.Text != "银川市" || win.Canvas().Focused() != fyne.Focusable(e) {
		t.Errorf("taken from the list: %q, the entry says %q", got, e.Text)
	}
	press1(e, fyne.KeyDown, fyne.KeyEscape)
	if got := offered(f); got != "" || e.Text != "银川市" {
		t.Errorf("Escape leaves the list: %q, %q", got, e.Text)
	}
	if !slices.Equal(slices.Compact(asked), []string{"place"}) {
		t.Errorf("asked for %q", asked)
	}

	// A field with a proposal offers that; values that are there are not offered.
	f.FocusField("creator")
	f.SetOffers("creator", []string{"甲", "丙"})
	press1(entryOf(f, "creator", 0), fyne.KeyDown)
	if got := offered(f); got != ">丙" {
		t.Errorf("values there already are offered: %q", got)
	}
	f.FocusField("note")
	f.SetOffers("note", []string{"x"})
	press1(entryOf(f, "note", 0), fyne.KeyDown)
	if got := offered(f); got != "" {
		t.Errorf("a long text has offers: %q", got)
	}
}

// A press on the list takes the focus from the entry before it is heard: what is
// typed must not be committed by that.
func TestFieldFormOffersByPointer(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetDocument("d1")
	f.SetFields([]FieldView{{ID: "place", Label: "地名"}})
	f.FocusField("place")
	f.SetOffers("place", []string{"银川", "西宁"})
	e, l := entryOf(f, "place", 0), f.offers.list
	test.Type(e, "银")
	l.MouseIn(&desktop.MouseEvent{})
	told.take()
	win.Canvas().Unfocus()
	if got := told.take(); got != "" || offered(f) != ">银川" {
		t.Fatalf("the press commits %q, listed %q", got, offered(f))
	}
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(9, 3)})
	if got := told.take(); got != "focus(place) set(place=银川)" {
		t.Errorf("pressed: %q", got)
	}
	l.MouseOut()
	test.Type(e, "x")
	l.MouseIn(&desktop.MouseEvent{})
	win.Canvas().Unfocus()
	told.take()
	l.MouseOut()
	if got := told.take(); got != "set(place=银川x)" {
		t.Errorf("left without a press: %q", got)
	}
}

func TestFieldFormSaysWhatIsNotTaken(t *testing.T) {
	f, _, _, _ := newTestForm(t, 600)
	f.words.Untaken = "待接受"
	f.SetDocument("d1")
	f.SetFields([]FieldView{{ID: "a", Label: "甲", Required: true}, {ID: "b", Label: "乙", Required: true, Proposals: []ProposalView{{ID: "p", Text: "x"}}}})
	if got := f.rows[0].mark.Text; got != "⚠ 必填" {
		t.Errorf("nothing is proposed: %q", got)
	}
	if got := f.rows[1].mark.Text; got != "⚠ 待接受" {
		t.Errorf("something is proposed: %q", got)
	}
	if f.Filled("a") {
		t.Error("an empty field counts as filled in")
	}
	test.Type(entryOf(f, "a", 0), "x")
	if !f.Filled("a") || f.Filled("nothing") {
		t.Error("a field that is typed in counts as empty, or one that is not there as filled in")
	}
}

// What is worked on does not move when something above it grows.
func TestFieldFormKeepsItsPlace(t *testing.T) {
	f, _, _, _ := newTestForm(t, 160)
	f.SetDocument("d1")
	f.SetFields(threeFields())
	f.FocusField("creator")
	before := f.rows[1].top - f.scroll.Offset.Y
	fields := threeFields()
	fields[0].Proposals[0].Detail = "one line\nand another"
	fields[0].Error = "refused"
	was := f.rows[1].top
	f.SetFields(fields)
	if f.rows[1].top == was {
		t.Fatal("the row above has not grown: the test tests nothing")
	}
	if got := f.rows[1].top - f.scroll.Offset.Y; got != before {
		t.Errorf("the field that is worked on moved from %v to %v", before, got)
	}
}

func TestAPressOnALabelIsAPressOnItsField(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetDocument("d1")
	f.SetFields(threeFields())
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, f.rows[1].top+4))
	if got := told.take(); got != "focus(creator)" {
		t.Errorf("the label of the second field: %q", got)
	}
	f.OnMenu = func(id string, at fyne.Position) { told.add("menu(%s)", id) }
	test.TapSecondaryAt(f, fyne.NewPos(20, f.rows[0].top+4))
	if got := told.take(); got != "menu(title)" {
		t.Errorf("a secondary press on the first: %q", got)
	}
}
