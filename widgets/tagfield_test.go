package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

var tagWords = TagWords{Prompt: "加标签", New: func(tag string) string { return "新标签" }}

// newTestTags shows a field that applies what it is told at once.
func newTestTags(t *testing.T) (*TagField, fyne.Window, *heard) {
	t.Helper()
	setLook(look.Light)
	f := NewTagField(tagWords)
	told := &heard{}
	tags := []TagView{{Tag: "党建", Key: 1}, {Tag: "会议", Key: 2}, {Tag: "学习"}}
	f.OnAdd = func(tag string) {
		told.add("add(%s)", tag)
		tags = append(tags, TagView{Tag: tag})
		f.SetTags(tags)
	}
	f.OnRemove = func(tag string) {
		told.add("remove(%s)", tag)
		var left []TagView
		for _, v := range tags {
			if v.Tag != tag {
				left = append(left, v)
			}
		}
		tags = left
		f.SetTags(tags)
	}
	f.SetTags(tags)
	f.SetKnown([]TagView{{Tag: "党建", Key: 1}, {Tag: "会议", Key: 2}, {Tag: "监狱", Key: 3}, {Tag: "Prison"}, {Tag: "prisoner", Key: 4}, {Tag: "East Prison"}, {Tag: "监狱管理"}, {Tag: "民生/教育"}})
	win := window(t, container.NewVBox(f), 300, 400)
	return f, win, told
}

func listed(f *TagField) string {
	var out []string
	for i, r := range f.list.rows {
		s := r.Tag
		if r.isNew {
			s = "+" + s
		}
		if i == f.list.chosen {
			s = ">" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestTagFieldCompletes(t *testing.T) {
	f, win, told := newTestTags(t)
	f.FocusEntry()
	e := f.entry
	for i, step := range []struct {
		do   func()
		list string
		told string
	}{
		{func() { typeKeys(e, "PRISON") }, ">Prison prisoner East Prison", ""},
		{func() { pressKey(e, fyne.KeyDown) }, "Prison >prisoner East Prison", ""},
		{func() { pressKey(e, fyne.KeyUp); pressKey(e, fyne.KeyUp) }, "Prison prisoner >East Prison", ""},
		{func() { pressKey(e, fyne.KeyReturn) }, "", "add(East Prison)"},
		{func() { typeKeys(e, "priso") }, ">Prison prisoner +priso", ""}, // East Prison is there
		{func() { pressKey(e, fyne.KeyDown); typeKeys(e, "n") }, ">Prison prisoner", ""},
		{func() { pressKey(e, fyne.KeyReturn) }, "", "add(Prison)"},
		{func() { pinyin(e, "jian", "监") }, ">监狱 监狱管理 +监", ""},
		{func() { pinyin(e, "yu", "") }, ">监狱 监狱管理 +监", ""},
		// These belong to the input method.
		{func() { pressKey(e, fyne.KeyDown); pressKey(e, fyne.KeyReturn) }, ">监狱 监狱管理 +监", ""},
		{func() { pressKey(e, fyne.KeyUp) }, "监狱 监狱管理 >+监", ""},
		{func() { pressKey(e, fyne.KeyReturn) }, "", "add(监)"},
		{func() { pinyin(e, "jiao", "教") }, ">民生/教育 +教", ""},
		{func() { pressKey(e, fyne.KeyEscape) }, "", ""},
		{func() { typeKeys(e, "  ") }, "", ""},
		{func() { pressKey(e, fyne.KeyReturn) }, "", ""},
		{func() { pressKey(e, fyne.KeyEscape) }, "", ""},
		{func() { pinyin(e, "dj", "党建") }, ">+党建", ""},
		{func() { pressKey(e, fyne.KeyReturn) }, "", ""}, // is a tag already
		{func() { typeKeys(e, "x") }, ">+x", ""},
		{func() { win.Canvas().Unfocus() }, "", ""},
		{func() { f.FocusEntry() }, ">+x", ""},
		{func() { pressKey(e, fyne.KeyEscape) }, "", ""},
	} {
		step.do()
		if got := listed(f); got != step.list {
			t.Errorf("step %d: list %q, want %q", i, got, step.list)
		}
		if got := told.take(); got != step.told {
			t.Errorf("step %d: told %q, want %q", i, got, step.told)
		}
	}
	if e.Text != "" {
		t.Errorf("the entry still has %q", e.Text)
	}
}

// A synonym brings the tag that is preferred before a new one is made; what is found by
// its sound stands behind, and says nothing of another name.
func TestTagFieldFindsOtherNames(t *testing.T) {
	f, _, told := newTestTags(t)
	f.words.By = func(name string) string { return "as " + name }
	f.OnFind = func(text string) []TagView {
		return map[string][]TagView{"牢": {{Tag: "监狱", By: "牢"}}, "jy": {{Tag: "民生/教育"}, {Tag: "监狱"}, {Tag: "会议"}}}[text]
	}
	f.FocusEntry()
	pinyin(f.entry, "lao", "牢")
	if got := listed(f); got != ">监狱 +牢" || f.aside(f.list.rows[0]) != "as 牢" {
		t.Errorf("a synonym: %q, %q", got, f.aside(f.list.rows[0]))
	}
	pressKey(f.entry, fyne.KeyReturn)
	if got := told.take(); got != "add(监狱)" {
		t.Errorf("took %q", got)
	}
	typeKeys(f.entry, "jy")
	if got := listed(f); got != ">+jy 民生/教育" { // the others are on the document
		t.Errorf("its initials: %q", got)
	}
}

func TestTagFieldChips(t *testing.T) {
	f, win, told := newTestTags(t)
	f.FocusEntry()
	at := func() string {
		if c, ok := win.Canvas().Focused().(*chip); ok {
			return c.view.Tag
		}
		if win.Canvas().Focused() == fyne.Focusable(f.entry) {
			return "entry"
		}
		return "elsewhere"
	}
	for i, step := range []struct {
		key  fyne.KeyName
		at   string
		told string
	}{
		{fyne.KeyBackspace, "学习", ""},
		{fyne.KeyBackspace, "学习", ""},
		{fyne.KeyLeft, "会议", ""},
		{fyne.KeyDelete, "学习", "remove(会议)"},
		{fyne.KeyHome, "党建", ""},
		{fyne.KeyLeft, "党建", ""},
		{fyne.KeyRight, "学习", ""},
		{fyne.KeyRight, "entry", ""},
		{fyne.KeyLeft, "学习", ""},
		{fyne.KeyDelete, "党建", "remove(学习)"},
		{fyne.KeyDelete, "entry", "remove(党建)"},
		{fyne.KeyBackspace, "entry", ""},
	} {
		pressKey(win.Canvas().Focused(), step.key)
		if got := at(); got != step.at {
			t.Errorf("step %d: focus at %s, want %s", i, got, step.at)
		}
		if got := told.take(); got != step.told {
			t.Errorf("step %d: told %q, want %q", i, got, step.told)
		}
	}
}

func TestTagFieldTabAndTyping(t *testing.T) {
	f, win, _ := newTestTags(t)
	for _, want := range []string{"党建", "会议", "学习"} {
		win.Canvas().FocusNext()
		if c, ok := win.Canvas().Focused().(*chip); !ok || c.view.Tag != want {
			t.Fatalf("Tab is at %T, want the chip %s", win.Canvas().Focused(), want)
		}
	}
	win.Canvas().Focused().TypedRune('a') // typing on a chip goes on in the entry
	if f.entry.Text != "a" || win.Canvas().Focused() != fyne.Focusable(f.entry) {
		t.Errorf("entry has %q, focus at %T", f.entry.Text, win.Canvas().Focused())
	}
}

func TestTagFieldMouse(t *testing.T) {
	f, win, told := newTestTags(t)
	f.FocusEntry()
	typeKeys(f.entry, "prison")
	f.list.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 40)}})
	win.Canvas().Unfocus() // as a press beside the entry does
	if got := listed(f); got != "Prison >prisoner East Prison" {
		t.Fatalf("under the pointer: %q", got)
	}
	f.list.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 40)})
	if got := told.take(); got != "add(prisoner)" || win.Canvas().Focused() != fyne.Focusable(f.entry) {
		t.Errorf("a click told %q, focus at %T", got, win.Canvas().Focused())
	}
	cross := test.WidgetRenderer(f.chips[0]).(*chipRenderer).cross
	test.Tap(cross)
	if got := told.take(); got != "remove(党建)" {
		t.Errorf("the cross told %q", got)
	}
}

func TestTagFieldWraps(t *testing.T) {
	f, _, _ := newTestTags(t)
	var tags []TagView
	for _, s := range strings.Fields("党建 会议 学习 基层服务型党组织 现场观摩 监狱管理局 very-long-tag-that-fills-a-row-of-the-inspector-on-its-own") {
		tags = append(tags, TagView{Tag: s})
	}
	f.SetTags(tags)
	var right, bottom float32
	for _, c := range f.chips {
		p, s := c.Position(), c.Size()
		if p.X+s.Width > f.Size().Width {
			t.Errorf("chip %s reaches to %v of %v", c.view.Tag, p.X+s.Width, f.Size().Width)
		}
		if p.Y+s.Height <= bottom-s.Height || p.Y < bottom-s.Height && p.X < right {
			t.Errorf("chip %s lies over the one before", c.view.Tag)
		}
		right, bottom = p.X+s.Width, p.Y+s.Height
	}
	if f.entry.Position().Y < bottom-f.entry.Size().Height || f.MinSize().Height < f.entry.Position().Y+f.entry.Size().Height {
		t.Errorf("entry at %v, chips end at %v, height %v", f.entry.Position(), bottom, f.MinSize().Height)
	}
}

func TestTagFieldPicture(t *testing.T) {
	picture(t, "tags", 320, 330, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		f, g := NewTagField(tagWords), NewTagField(tagWords)
		tags := []TagView{{Tag: "党建", Key: 1}, {Tag: "会议", Key: 2}, {Tag: "基层服务型党组织", Key: 3}, {Tag: "学习"}}
		f.SetTags(tags)
		g.SetTags(tags[:2])
		known := []TagView{{Tag: "监狱", Key: 5}, {Tag: "监狱管理局"}, {Tag: "女子监狱"}}
		g.SetKnown(known)
		return container.NewVBox(f, g), func(c fyne.Canvas) {
			g.FocusEntry()
			g.entry.TypedRune('监')
			g.list.move(1)
			f.chips[2].focused = true
			f.chips[2].Refresh()
		}
	})
}
