package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

// groundOf is the colour behind the text of an entry.
func groundOf(e *Entry) any {
	r := test.WidgetRenderer(e).(*entryRenderer)
	r.Refresh()
	return r.box.FillColor
}

// A field that is not stated says so where a prompt would stand, is filled in, is left
// as it is by passing through it, and gives way to what is typed.
func TestFieldFormNotStated(t *testing.T) {
	f, _, told, _ := newTestForm(t, 600)
	f.words.NotStated = "原文未载"
	f.SetDocument("d1")
	fields := []FieldView{{ID: "date", Label: "日期", Help: "as written", Required: true},
		{ID: "names", Label: "责任者", Repeatable: true}}
	f.SetFields(fields)
	e := entryOf(f, "date", 0)
	if e.PlaceHolder != "as written" || f.rows[0].mark.Text != "⚠ 必填" || f.Filled("date") || groundOf(e) != look.Current().Paper {
		t.Fatalf("an empty field prompts %q and says %q", e.PlaceHolder, f.rows[0].mark.Text)
	}
	for i := range fields {
		fields[i].Values = []ValueView{{ID: "v" + fields[i].ID, NotStated: true, By: "Li"}}
	}
	f.SetFields(fields)
	for _, id := range []string{"date", "names"} {
		e := entryOf(f, id, 0)
		if e.PlaceHolder != "原文未载" || e.Text != "" || e.Dirty() || !f.Filled(id) || groundOf(e) != look.Current().Panel {
			t.Errorf("%s shows %q, has the text %q and counts as filled: %v", id, e.PlaceHolder, e.Text, f.Filled(id))
		}
	}
	if got := f.rows[0].mark.Text; got != "填写：Li" {
		t.Errorf("beside the label stands %q, want who said so", got)
	}
	f.SetOffers("date", []string{"1949"})
	f.FocusField("date")
	if got := offered(f); got != "" {
		t.Errorf("where nothing is stated %q is offered", got)
	}
	f.FocusField("names")
	f.Commit()
	press1(entryOf(f, "names", 0), fyne.KeyReturn)
	told.take()
	for _, id := range []string{"date", "names"} {
		f.FocusField(id)
		e := entryOf(f, id, 0)
		test.Type(e, "x")
		if groundOf(e) != look.Current().Paper {
			t.Errorf("%s: typing does not lift it off the ground", id)
		}
		told.take()
		press1(e, fyne.KeyReturn)
		if got := told.take(); got != "set("+id+"=x)" {
			t.Errorf("typing over it tells %q", got)
		}
	}

	// Until the answer comes, and where it is that nothing was changed, it stays.
	f.SetFields(fields)
	if e.Text != "x" {
		t.Errorf("a refresh on the way takes away what was typed: %q", e.Text)
	}
	fields[0].Values = []ValueView{{ID: "v2", Text: "x"}}
	f.SetFields(fields)
	if e.Text != "x" || e.PlaceHolder != "as written" || f.rows[0].notStated() {
		t.Errorf("a value in its place: the text %q, the prompt %q", e.Text, e.PlaceHolder)
	}
	fields[0].Values = []ValueView{{ID: "v3", NotStated: true}}
	f.SetFields(fields)
	f.SetReadOnly(true)
	if e.Text != "" || e.PlaceHolder != "原文未载" {
		t.Errorf("read only: the text %q, and %q", e.Text, e.PlaceHolder)
	}
}

// Passing through a field that is not stated tells nobody anything.
func TestFieldFormNotStatedIsLeftAlone(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.words.NotStated = "原文未载"
	f.SetDocument("d1")
	f.SetFields([]FieldView{{ID: "a", Label: "甲", Repeatable: true, Values: []ValueView{{ID: "v1", NotStated: true}}}, {ID: "b", Label: "乙"}})
	f.FocusField("a")
	e := entryOf(f, "a", 0)
	press1(e, fyne.KeyReturn)
	test.Type(e, "x")
	press1(e, fyne.KeyBackspace)
	win.Canvas().Focus(entryOf(f, "b", 0))
	f.Commit()
	for _, got := range *told {
		if got != "focus(a)" && got != "focus(b)" && got != "nodraft(a#v1)" {
			t.Errorf("passing through tells %q", got)
		}
	}
}
