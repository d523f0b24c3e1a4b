package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestChooser(t *testing.T) {
	test.NewTempApp(t)
	before := NewEntry()
	w := test.NewTempWindow(t, before)
	w.Resize(fyne.NewSize(800, 600))
	w.Canvas().Focus(before)
	choices := []Choice{{ID: "a", Title: "Open archive"}, {ID: "b", Title: "Undo", Sub: "Edit"}, {ID: "c", Title: "题名 Title"}, {ID: "d", Title: "Redo", Sub: "Edit"}}
	var got []string
	show := func() *Chooser {
		c := NewChooser("type", "nothing of that name", choices)
		c.OnPick = func(id string) {
			if w.Canvas().Focused() != before {
				t.Error("the focus is not back when the choice is told")
			}
			got = append(got, id)
		}
		c.Show(w.Canvas())
		return c
	}
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	for _, tt := range []struct {
		typed string
		keys  []fyne.KeyName
		want  string
	}{
		{"", []fyne.KeyName{fyne.KeyReturn}, "a"},
		{"", []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, "c"},
		{"题", []fyne.KeyName{fyne.KeyReturn}, "c"},
		{"ARCHIVE op", []fyne.KeyName{fyne.KeyReturn}, "a"},
		{"edit", []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "d"},
		{"r", []fyne.KeyName{fyne.KeyReturn}, "d"}, // what begins with it comes first
		{"", []fyne.KeyName{fyne.KeyEscape}, ""},
		{"zzz", []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape}, ""},
	} {
		got = nil
		c := show()
		test.Type(w.Canvas().Focused(), tt.typed)
		press(tt.keys...)
		if c.Shown() || w.Canvas().Focused() != before {
			t.Errorf("%q: the chooser is still there", tt.typed)
		}
		if tt.want == "" && len(got) != 0 || tt.want != "" && (len(got) != 1 || got[0] != tt.want) {
			t.Errorf("%q %v: got %v, want %q", tt.typed, tt.keys, got, tt.want)
		}
	}
}

func TestFunctionKeys(t *testing.T) {
	test.NewTempApp(t)
	var got []fyne.KeyName
	FunctionKeys = func(k fyne.KeyName) bool { got = append(got, k); return true }
	t.Cleanup(func() { FunctionKeys = nil })
	form := NewFieldForm(FieldWords{})
	form.SetFields([]FieldView{{ID: "a", Proposals: []ProposalView{{ID: "p"}}}})
	tags := NewTagField(TagWords{})
	tags.SetTags([]TagView{{Tag: "x"}})
	for _, k := range []fyne.KeyName{fyne.KeyF, fyne.KeyEscape, "", fyne.KeyEnd} {
		if functionKey(&fyne.KeyEvent{Name: k}) {
			t.Errorf("%q is no function key", k)
		}
	}
	for _, f := range []fyne.Focusable{NewEntry(), NewList(), NewButton("b", nil), form.rows[0].values[0].entry, form.rows[0].proposals[0], tags.entry, tags.chips[0]} {
		got = nil
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF6})
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF12})
		if len(got) != 2 {
			t.Errorf("%T passes on %v, want F6 and F12", f, got)
		}
	}
}

// A badge that is typed first chooses at once; what is typed later narrows.
func TestChooserByBadge(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, NewEntry())
	w.Resize(fyne.NewSize(800, 600))
	picked := ""
	ask := func(quick bool, typed rune) {
		ch := NewChooser("", "", []Choice{{ID: "a", Title: "甲", Badge: "1"}, {ID: "b", Title: "乙", Badge: "2"}, {ID: "c", Title: "丙 2"}})
		ch.OnPick = func(id string) { picked += id }
		ch.Quick, ch.Start = quick, "b"
		ch.Show(w.Canvas())
		if typed != 0 {
			w.Canvas().Focused().TypedRune(typed)
		}
		if ch.Shown() {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	ask(true, 0)
	ask(true, '1')
	ask(false, '2')
	if picked != "bac" {
		t.Errorf("picked %q, want bac: what it starts at, a badge, a row that has the digit in its words", picked)
	}
}
