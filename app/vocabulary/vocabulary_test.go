package vocabulary

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

// screen is the page in a window on an archive of Zhang's, in which Sun is a reader; each
// of its documents has some tags.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
	left int
	file string // that a person chooses
}

func opened(t *testing.T, who string, tags ...string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual()}
	texts := make([]string, max(1, len(tags)))
	for i := range texts {
		texts[i] = fmt.Sprintf("第%d件", i+1)
	}
	sc.Filled = session.Fill(t, texts...)
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	for i, all := range tags {
		for _, tag := range strings.Fields(all) {
			sc.Apply("Zhang", &archive.Edit{Do: "tag.add", Doc: string(sc.Docs[i].ID), Tag: tag})
		}
	}
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnLeave = func() { sc.left++ }
	sc.OnFile = func(done func(string)) { done(sc.file) }
	sc.OnSave = func(done func(string)) { done(sc.file) }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
}

func (sc *screen) types(text string) {
	sc.m.Types(sc.on, text)
	sc.m.Settle()
}

// listed is what the list shows.
func (sc *screen) listed() string {
	var out []string
	for i := range sc.rows {
		r := sc.row(i)
		out = append(out, strings.TrimRight(r.Title+"|"+strings.TrimLeft(r.Sub, "　")+"|"+r.Badge, "|"))
	}
	return strings.Join(out, "\n")
}

func (sc *screen) want(what, want string) {
	sc.t.Helper()
	if got := sc.listed(); got != want {
		sc.t.Errorf("%s: got\n%s\nwant\n%s", what, got, want)
	}
}

// said is what the archive says of a tag.
func (sc *screen) said(tag string) string {
	sc.t.Helper()
	self, err := sc.Archive.Self(context.Background())
	if err != nil {
		sc.t.Fatal(err)
	}
	c, ok := self.Concepts()[tag]
	return fmt.Sprint(ok, " ", c.Scope, " ", c.UsedFor, " ", c.Names, " ", c.URI, " ", c.Colour)
}

// TestTagsByKeys: the tree of tags is described, made, renamed, merged, moved and deleted
// by keys alone; each is one step to undo.
func TestTagsByKeys(t *testing.T) {
	sc := opened(t, "Zhang", "党建/会议 教育", "党建/会议", "党建/学习 大会")
	sc.want("the tree", "党建||0\n　会议||2\n　学习||1\n大会||1\n教育||1")
	sc.keys(fyne.KeyDown, fyne.KeyReturn)
	sc.types("纪要")
	sc.on.Focus(sc.form.usedFor)
	sc.m.Settle()
	sc.types("开会; 例会")
	sc.keys(fyne.KeyReturn)
	if got := sc.said("党建/会议"); got != "true 纪要 [开会 例会] map[]  0" {
		t.Errorf("described: %s", got)
	}
	sc.want("described", "党建||0\n　会议|for 开会, 例会 · 纪要|2\n　学习||1\n大会||1\n教育||1")
	sc.keys("/")
	sc.types("lh")
	sc.want("by the initials of a synonym", "党建/会议|found as 例会 · 纪要|2")
	sc.keys(fyne.KeyEscape, fyne.KeyEscape)
	sc.keys("n")
	sc.types("人事/任免")
	sc.keys(fyne.KeyReturn)
	if sc.said("人事/任免") != "true  [] map[]  0" || sc.chosen().ID != "人事/任免" {
		t.Errorf("made: %s, chosen %v", sc.said("人事/任免"), sc.chosen())
	}
	sc.goTo("大会")
	sc.keys("r")
	sc.form.p.asking.(*change).to.SetTyped("党建/会议")
	sc.m.Pass(time.Second)
	sc.keys(fyne.KeyReturn)
	if sc.asking != nil && !sc.asking.(*change).writing {
		sc.keys(fyne.KeyReturn)
	}
	sc.want("merged", "人事||0\n　任免||0\n党建||0\n　会议|for 开会, 例会, 大会 · 纪要|3\n　学习||1\n教育||1")
	sc.s.Undo(false, nil)
	sc.m.Settle()
	sc.want("undone", "人事||0\n　任免||0\n党建||0\n　会议|for 开会, 例会 · 纪要|2\n　学习||1\n大会||1\n教育||1")
	sc.goTo("党建")
	sc.keys("x")
	if c, ok := sc.asking.(*change); !ok || !strings.Contains(c.means.Text(), "3 documents") {
		t.Fatalf("asked before: %v", sc.asking)
	}
	sc.keys(fyne.KeyEscape)
	if sc.asking != nil || sc.said("党建/会议") == "" {
		t.Error("left")
	}
	sc.keys("x", fyne.KeyReturn)
	sc.want("deleted", "人事||0\n　任免||0\n大会||1\n教育||1")
}

// TestReaderChangesNothing: who may only read sees everything and is asked nothing.
func TestReaderChangesNothing(t *testing.T) {
	sc := opened(t, "Sun", "党建")
	for _, k := range []fyne.KeyName{"n", "r", "m", "g", "x", "i"} {
		sc.keys(k)
		if sc.asking != nil {
			t.Errorf("%s asks a reader", k)
		}
	}
	sc.want("seen", "党建||1")
}

// TestEmpty: without tags the page says what to do.
func TestEmpty(t *testing.T) {
	sc := opened(t, "Zhang")
	if title, _ := sc.nothing.Words(); title != i18n.T("vocabulary.none") || sc.nothing.Hidden {
		t.Errorf("%q", title)
	}
	sc.keys(fyne.KeyEscape)
	if sc.left != 1 {
		t.Error("Escape does not leave")
	}
}

// TestListsOnThePage: a table becomes a list, is looked through by pinyin, is written,
// and removed; one that is broken says where, and nothing is taken.
func TestListsOnThePage(t *testing.T) {
	sc := opened(t, "Zhang", "党建")
	sc.file = filepath.Join(t.TempDir(), "机构.csv")
	write := func(text string) {
		if err := os.WriteFile(sc.file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("编号,名称,别名,上位词\n1,司法部,,\n2,司法局,法务局,1\n3,公安局,,\"")
	sc.keys("i")
	if sc.asking != nil || !strings.Contains(sc.done.Text(), "ine 4") {
		t.Errorf("a broken table: %q", sc.done.Text())
	}
	write("编号,名称,别名,上位词\n1,司法部,,\n2,司法局,法务局,1\n3,公安局,,9\n")
	sc.keys("i")
	b, ok := sc.asking.(*bring)
	if !ok || b.v.Wrong != 1 {
		t.Fatalf("asked: %v %q", sc.asking, sc.done.Text())
	}
	b.into = newList
	b.show()
	sc.keys(fyne.KeyReturn)
	sc.asksNothing()
	sc.want("the list", "司法部\n　司法局|for 法务局\n公安局")
	sc.keys("/")
	sc.types("fwj")
	sc.want("found", "司法局|found as 法务局")
	sc.keys(fyne.KeyEscape, fyne.KeyEscape)
	sc.file = filepath.Join(t.TempDir(), "out.ttl")
	sc.keys("o")
	if data, err := os.ReadFile(sc.file); err != nil || !strings.Contains(string(data), "法务局") {
		t.Errorf("written: %s %v %s", data, err, sc.done.Text())
	}
	sc.keys("n")
	sc.types("检察院 = 检察署")
	sc.keys(fyne.KeyReturn)
	sc.want("added", "司法部\n　司法局|for 法务局\n公安局\n检察院|for 检察署")
	sc.keys("x", fyne.KeyReturn)
	if sc.section != ofTags || len(sc.s.Lists()) != 0 {
		t.Errorf("removed: %s %v", sc.section, sc.s.Lists())
	}
}

func (sc *screen) asksNothing() {
	sc.t.Helper()
	if sc.asking != nil {
		sc.t.Fatalf("something is asked still: %T, %q", sc.asking, sc.done.Text())
	}
}
