package widgets

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

var formWords = FieldWords{
	Proposed: "待审", Where: "出处", Required: "必填", Add: "再加一个",
	Rule:       func(rule string) string { return map[string]string{"title.first-line": "首行"}[rule] },
	By:         func(who string) string { return "填写：" + who },
	Confidence: func(c float64) string { return fmt.Sprintf("%.0f%%", c*100) },
	TooLong:    func(have, limit int) string { return fmt.Sprintf("%d > %d", have, limit) },
}

// newTestForm shows a form whose callbacks are noted.
func newTestForm(t *testing.T, h float32) (*FieldForm, fyne.Window, *heard, *fakeTimer) {
	t.Helper()
	setLook(look.Light)
	f := NewFieldForm(formWords)
	told, clock := &heard{}, &fakeTimer{}
	f.After, f.Do = clock.After, clock.Do
	f.OnSet = func(id string, v []string) { told.add("set(%s=%s)", id, strings.Join(v, "|")) }
	f.OnAct = func(id, act string) { told.add("%s(%s)", act, id) }
	f.OnDraft = func(id, row, text string, typed bool) {
		if row != "" {
			id += "#" + row
		}
		if typed {
			told.add("draft(%s=%s)", id, text)
		} else {
			told.add("nodraft(%s)", id)
		}
	}
	f.OnTheirs = func(id string) { told.add("theirs(%s)", id) }
	f.OnEvidence = func(id string) { told.add("where(%s)", id) }
	f.OnFocus = func(id string) { told.add("focus(%s)", id) }
	return f, window(t, f, 320, h), told, clock
}

func entryOf(f *FieldForm, id string, i int) *Entry {
	for _, r := range f.rows {
		if r.view.ID == id {
			return r.values[i].entry
		}
	}
	return nil
}

var machineActs = []ProposalAct{{ID: "take", Label: "采纳", Key: "Alt+A", Shortcut: altKey(fyne.KeyA), Enter: true, Sets: true},
	{ID: "refuse", Label: "不采纳", Key: "Alt+R", Shortcut: altKey(fyne.KeyR)}}

func altKey(k fyne.KeyName) desktop.CustomShortcut {
	return desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

func threeFields() []FieldView {
	return []FieldView{
		{ID: "title", Label: "题名", Required: true, Values: []ValueView{{ID: "v1", Text: "通知"}},
			Proposals: []ProposalView{{ID: "p1", Text: "关于会议的通知", Rule: "title.first-line", Confidence: 0.9, HasEvidence: true, Acts: machineActs},
				{ID: "p2", Text: "会议", Acts: machineActs}}},
		{ID: "creator", Label: "责任者", Repeatable: true, Values: []ValueView{{ID: "v2", Text: "甲", HasEvidence: true}, {ID: "v3", Text: "乙"}}},
		{ID: "note", Label: "附注", LongText: true},
	}
}

func TestFieldFormTabOrder(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetDocument("d1")
	f.SetFields(threeFields())
	for i, want := range []string{"focus(title)", "focus(title)", "focus(title)", "focus(creator)", "focus(creator)", "focus(note)", "focus(title)"} {
		win.Canvas().FocusNext()
		if got := told.take(); got != want {
			t.Errorf("Tab %d: %q, want %q", i+1, got, want)
		}
		if p, ok := win.Canvas().Focused().(*proposalBox); ok != (i == 1 || i == 2) || ok && p.view.ID != fmt.Sprint("p", i) {
			t.Errorf("Tab %d is at %T", i+1, win.Canvas().Focused())
		}
	}
}

func TestFieldFormSets(t *testing.T) {
	f, win, told, clock := newTestForm(t, 600)
	f.SetFields(threeFields())
	title, second := entryOf(f, "title", 0), entryOf(f, "creator", 1)
	win.Canvas().Focus(title)
	pressKey(title, fyne.KeyReturn) // unchanged
	pressKey(title, fyne.KeyEnd)
	pinyin(title, "kuai", "快")
	clock.Advance(draftDelay)
	pressKey(title, fyne.KeyReturn)
	pressKey(title, fyne.KeyReturn)
	if got, want := told.take(), "focus(title) draft(title=通知快) set(title=通知快)"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	win.Canvas().Focus(second)
	typeKeys(second, "x")
	win.Canvas().Focus(title)
	if got, want := told.take(), "focus(creator) set(creator=甲|乙x) focus(title)"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	// A cleared value is no value.
	win.Canvas().Focus(second)
	second.TypedShortcut(&fyne.ShortcutSelectAll{})
	pressKey(second, fyne.KeyDelete)
	f.Commit()
	if got, want := told.take(), "focus(creator) set(creator=甲)"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestFieldFormRefreshKeepsTyping(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	fields := threeFields()
	f.SetFields(fields)
	title := entryOf(f, "title", 0)
	win.Canvas().Focus(title)
	pressKey(title, fyne.KeyEnd)
	typeKeys(title, "abc")
	pressKey(title, fyne.KeyLeft)

	fields = threeFields()
	fields[0].Values = []ValueView{{ID: "v9", Text: "别人的题名"}}
	fields[0].Proposals = fields[0].Proposals[1:]
	fields[0].Hint = "提示"
	fields = append([]FieldView{{ID: "level", Label: "级别"}}, fields...)
	f.SetFields(fields)
	if title.Text != "通知abc" || title.CursorColumn != 4 || win.Canvas().Focused() != fyne.Focusable(title) || entryOf(f, "title", 0) != title {
		t.Errorf("typing was disturbed: %q at %d, focus %T", title.Text, title.CursorColumn, win.Canvas().Focused())
	}
	if !f.Dirty() || title.Committed() != "别人的题名" {
		t.Errorf("dirty %v against %q", f.Dirty(), title.Committed())
	}
	pressKey(title, fyne.KeyEscape)
	if title.Text != "别人的题名" {
		t.Errorf("Escape shows %q", title.Text)
	}
	told.take()

	// Another document drops it all, is told nothing, and keeps the place.
	typeKeys(title, "zzz")
	f.SetDocument("d2")
	f.SetFields(threeFields())
	now := entryOf(f, "title", 0)
	if now == title || now.Text != "通知" || win.Canvas().Focused() != fyne.Focusable(now) {
		t.Errorf("after the change of document: same %v text %q focus %v", now == title, now.Text, win.Canvas().Focused())
	}
	if got := told.take(); got != "focus(title)" {
		t.Errorf("the change of document told %q", got)
	}
}

func TestFieldFormWaitsForTheAnswer(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetFields(threeFields())
	title := entryOf(f, "title", 0)
	commit := func(text string) {
		win.Canvas().Focus(title)
		title.TypedShortcut(&fyne.ShortcutSelectAll{})
		typeKeys(title, text)
		pressKey(title, fyne.KeyReturn)
	}
	view := func(text, err string) {
		fields := threeFields()
		fields[0].Values = []ValueView{{ID: "v-" + text, Text: text}}
		fields[0].Error, fields[0].Hint = err, fmt.Sprint(len(*told))
		f.SetFields(fields)
	}
	commit("new")
	view("通知", "")
	if title.Text != "new" {
		t.Errorf("a refresh before the answer shows %q", title.Text)
	}
	view("new", "")
	view("通知", "") // undone
	if title.Text != "通知" {
		t.Errorf("undo shows %q", title.Text)
	}
	commit("bad")
	view("通知", "不对")
	if title.Text != "bad" || !title.Dirty() {
		t.Errorf("a refused value shows %q, dirty %v", title.Text, title.Dirty())
	}
	if got := f.rows[0].said(); !strings.Contains(got, "不对") {
		t.Errorf("said %q", got)
	}
	told.take()
	pressKey(title, fyne.KeyReturn)
	if got := told.take(); got != "set(title=bad)" {
		t.Errorf("Enter on a refused value told %q", got)
	}
}

func TestFieldFormProposals(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetFields(threeFields())
	title, note := entryOf(f, "title", 0), entryOf(f, "note", 0)
	first, second := f.rows[0].proposals[0], f.rows[0].proposals[1]
	for i, step := range []struct {
		at   fyne.Focusable
		do   func()
		want string
	}{
		{title, func() { title.TypedShortcut(alt(fyne.KeyA)) }, "take(p1)"},
		{title, func() { title.TypedShortcut(alt(fyne.KeyR)) }, "refuse(p1)"},
		{second, func() { second.TypedShortcut(alt(fyne.KeyR)) }, "focus(title) refuse(p2)"},
		{second, func() { pressKey(second, fyne.KeyReturn) }, "focus(title) take(p2)"},
		{first, func() { first.TypedShortcut(alt(fyne.KeyW)) }, "where(p1)"},
		{title, func() { test.Tap(first.buttons[0]) }, "focus(title) take(p1)"},
		{title, func() { test.Tap(second.buttons[1]) }, "focus(title) refuse(p2)"},
		{note, func() { note.TypedShortcut(alt(fyne.KeyA)) }, ""},
	} {
		win.Canvas().Focus(step.at)
		told.take()
		step.do()
		if got := told.take(); got != step.want {
			t.Errorf("step %d: %q, want %q", i, got, step.want)
		}
	}
	// What is typed gives way to what is taken.
	win.Canvas().Focus(title)
	typeKeys(title, "xyz")
	told.take()
	title.TypedShortcut(alt(fyne.KeyA))
	if got := told.take(); got != "take(p1)" || title.Dirty() {
		t.Errorf("told %q, dirty %v", got, title.Dirty())
	}
	// A proposal that goes leaves the focus with its field.
	win.Canvas().Focus(first)
	fields := threeFields()
	fields[0].Proposals = nil
	f.SetFields(fields)
	if win.Canvas().Focused() != fyne.Focusable(title) {
		t.Errorf("focus is at %T", win.Canvas().Focused())
	}
}

func TestFieldFormRepeatable(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetFields(threeFields())
	a, b := entryOf(f, "creator", 0), entryOf(f, "creator", 1)
	win.Canvas().Focus(a)
	a.TypedShortcut(alt(fyne.KeyW))
	a.TypedShortcut(alt(fyne.KeyN))
	c := win.Canvas().Focused().(*Entry)
	if c == a || c == b || c.Text != "" {
		t.Fatalf("Alt+N went to %q", c.Text)
	}
	typeKeys(c, "c")
	pressKey(c, fyne.KeyReturn)
	if got, want := told.take(), "focus(creator) where(v2) focus(creator) set(creator=甲|乙|c)"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	fields := threeFields()
	fields[1].Values = append(fields[1].Values, ValueView{ID: "v4", Text: "c"})
	f.SetFields(fields)
	if entryOf(f, "creator", 2) != c {
		t.Error("the new value got another entry")
	}
	// The first value goes: the others keep their entries.
	fields = threeFields()
	fields[1].Values = []ValueView{{ID: "v3", Text: "乙"}, {ID: "v4", Text: "c"}}
	f.SetFields(fields)
	if entryOf(f, "creator", 0) != b || entryOf(f, "creator", 1) != c || len(f.rows[1].values) != 2 {
		t.Errorf("entries moved: %d values, %q %q", len(f.rows[1].values), entryOf(f, "creator", 0).Text, entryOf(f, "creator", 1).Text)
	}
}

func TestFieldFormMarksAndDrafts(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetFields([]FieldView{
		{ID: "a", Label: "甲", Required: true},
		{ID: "b", Label: "乙", Values: []ValueView{{ID: "v", Text: "旧", By: "张"}}, Drafts: []DraftView{{Text: "新稿"}}},
		{ID: "c", Label: "丙", Repeatable: true, Values: []ValueView{{ID: "w", Text: "一"}}, Drafts: []DraftView{{Text: "二"}}},
	})
	if got := f.rows[0].mark.Text; got != "⚠ 必填" {
		t.Errorf("an empty required field says %q", got)
	}
	if got := f.rows[1].mark.Text; got != "填写：张" {
		t.Errorf("a field with a value says %q", got)
	}
	if e := entryOf(f, "b", 0); e.Text != "新稿" || !e.Dirty() {
		t.Errorf("draft: %q dirty %v", e.Text, e.Dirty())
	}
	if e := entryOf(f, "c", 1); e == nil || e.Text != "二" || entryOf(f, "c", 0).Text != "一" {
		t.Error("the draft of a repeatable field is not in a row of its own")
	}
	e := entryOf(f, "a", 0)
	win.Canvas().Focus(e)
	typeKeys(e, "x")
	if got := f.rows[0].mark.Text; got != "" {
		t.Errorf("a filled required field says %q", got)
	}
	e.Limit = 3
	typeKeys(e, "yzz")
	if got := f.rows[0].said(); got != "⚠ 4 > 3" {
		t.Errorf("beyond the limit the field says %q", got)
	}
	pressKey(e, fyne.KeyBackspace)
	if got := f.rows[0].said(); got != "" {
		t.Errorf("after the next key the field still says %q", got)
	}
	told.take()
	f.Commit()
	if got, want := told.take(), "set(a=xy)"; got != want {
		t.Errorf("Commit told %q, want %q: drafts are offered, not committed by passing", got, want)
	}
	pressKey(entryOf(f, "c", 1), fyne.KeyReturn)
	if got, want := told.take(), "set(c=一|二)"; got != want {
		t.Errorf("Enter on an offered draft told %q, want %q", got, want)
	}
}

func TestFieldFormScrollFollowsFocus(t *testing.T) {
	f, win, _, _ := newTestForm(t, 200)
	f.SetFields(manyFields(15, 3))
	for range 40 {
		win.Canvas().FocusNext()
		o := win.Canvas().Focused().(fyne.CanvasObject)
		top := o.Position().Y - f.scroll.Offset.Y
		if top < 0 || top+o.Size().Height > 200 {
			t.Fatalf("%T of %s lies from %v to %v of 200", o, f.FocusedField(), top, top+o.Size().Height)
		}
	}
}

func manyFields(n, proposals int) []FieldView {
	out := make([]FieldView, n)
	for i := range out {
		out[i] = FieldView{
			ID: fmt.Sprint("f", i), Label: fmt.Sprint("字段 ", i), Required: i%3 == 0, Repeatable: i%4 == 1, LongText: i == 9,
			Values: []ValueView{{ID: fmt.Sprint("v", i), Text: fmt.Sprint("司法厅召开现场观摩学习推进会 ", i), By: "张", HasEvidence: i%2 == 0}},
			Hint:   "22 Nov 2015",
		}
		if i < proposals {
			out[i].Proposals = []ProposalView{{ID: fmt.Sprint("p", i), Text: "关于会议的通知", Rule: "title.first-line"}}
		}
	}
	return out
}

func BenchmarkFieldFormRefresh(b *testing.B) {
	setLook(look.Light)
	f := NewFieldForm(formWords)
	win := test.NewWindow(f)
	defer win.Close()
	win.Resize(fyne.NewSize(320, 900))
	fields := manyFields(15, 3)
	f.SetFields(fields)
	b.Run("one field differs", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			fields = manyFields(15, 3)
			fields[4].Values[0].Text = fmt.Sprint("另一个题名 ", i)
			f.SetFields(fields)
		}
	})
	b.Run("every field differs", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			fields = manyFields(15, 3)
			for j := range fields {
				fields[j].Values[0].Text = fmt.Sprint("另一个题名 ", i%20)
			}
			f.SetFields(fields)
		}
	})
	b.Run("another document", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			f.SetDocument(fmt.Sprint(i))
			f.SetFields(fields)
		}
	})
}

func TestFieldFormPicture(t *testing.T) {
	picture(t, "form", 340, 760, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		f := NewFieldForm(formWords)
		f.SetFields([]FieldView{
			{ID: "title", Label: "题名", Required: true, Values: []ValueView{{ID: "v1", Text: "司法厅召开基层服务型党组织现场观摩学习推进会", By: "张", HasEvidence: true}}},
			{ID: "date", Label: "日期", Required: true, Help: "2015-11-22, 2015, 1948?", Hint: "EDTF 2015-11-22 · 2015年11月22日",
				Proposals: []ProposalView{{ID: "p1", Text: "2015-11-22", Detail: "22.11.2015 13:35　本文来源", Rule: "title.first-line", Confidence: .95, HasEvidence: true, Acts: machineActs}}},
			{ID: "creator", Label: "责任者", Repeatable: true, Values: []ValueView{{ID: "v2", Text: "宁夏回族自治区司法厅", HasEvidence: true}, {ID: "v3", Text: "李振国"}}},
			{ID: "source", Label: "来源", Values: []ValueView{{ID: "v4", Text: "www.nxsft.gov.cn/2015-13-40"}}, Error: "网址里有一个不存在的日期。改正日期，或者把它删去再保存。"},
			{ID: "language", Label: "语种", Required: true},
			{ID: "note", Label: "附注", LongText: true, Values: []ValueView{{Text: "李振国厅长对观摩点的工作和各单位交流发言给予充分肯定，并就进一步加强基层服务型党组织建设提出要求。"}}},
		})
		return f, func(c fyne.Canvas) { f.FocusField("creator") }
	})
}
