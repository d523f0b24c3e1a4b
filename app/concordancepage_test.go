package app

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/concordance"
	"fonds/app/session"
	"fonds/storage/archive"
)

// Every place of words, by keys alone: listed, sorted by what comes after, three picked
// and marked as events, taken back by one undo, and one opened where it stands.
func TestThePageOfEveryPlace(t *testing.T) {
	filler := strings.Repeat("这一行没有要找的字。\n", 300)
	f := session.Fill(t, "甲会议丙\n"+filler+"末尾会议乙\n", "丁会议甲\n", "没有\n")
	b := newBench(t, zhang, Options{Archive: f.File})
	at := b.win.Canvas()
	press := func(keys ...fyne.KeyName) { b.m.Keys(t, at, keys...) }
	down := func() {
		at.Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	}
	events := func() (n int) {
		for _, s := range f.Docs {
			d, err := f.Archive.Document(context.Background(), s.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range d.Of(archive.AMark) {
				if it.InForce() && it.Key == "event" {
					n++
				}
			}
		}
		return n
	}
	c := b.s.Commands.ByShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	if c == nil || c.ID != "concordance.open" {
		t.Fatalf("Ctrl+Shift+K is %+v", c)
	}
	b.run(c.ID)
	b.m.Settle()
	if b.showing != concordance.Screen || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	b.m.Types(at, "会议")
	press(fyne.KeyReturn)
	b.m.Types(at, "r ") // 丙, 甲, 乙: by pinyin
	down()
	b.m.Types(at, " ")
	down()
	b.m.Types(at, " m")
	b.m.Types(at, "event")
	press(fyne.KeyReturn)
	if n := events(); n != 3 {
		t.Fatalf("%d events are marked", n)
	}
	b.run("undo")
	b.m.Settle()
	if n := events(); n != 0 {
		t.Errorf("after one undo %d events are left", n)
	}
	if b.showing != concordance.Screen {
		t.Fatal("undo has left the page")
	}
	before := b.concord.Kept()
	b.run("theme.dark")
	b.m.Settle()
	if now := b.concord.Kept(); b.showing != concordance.Screen || now.Lines() != 3 || before.Lines() != 3 {
		t.Errorf("in other colours there are %d lines, there were %d", now.Lines(), before.Lines())
	}
	press(fyne.KeyEnd, fyne.KeyReturn) // 末尾会议乙
	if b.showing != "" || !b.work.Visible() || b.s.Document() == nil || b.s.Document().ID != f.Docs[0].ID {
		t.Fatal("the document is not on the desk")
	}
	want := len([]rune("甲会议丙\n"+filler)) + 2
	if start, _, _ := b.s.Selection(); start != want || !b.desk.TextFocused() {
		t.Errorf("the caret is at %d, the place at %d; the text has the keyboard: %v", start, want, b.desk.TextFocused())
	}
	b.run("concordance.open")
	b.m.Settle()
	if now := b.concord.Kept(); now.Lines() != 3 {
		t.Errorf("back on the page there are %d lines", now.Lines())
	}
	press(fyne.KeyEscape)
	if b.showing != "" {
		t.Error("Escape does not go back to work")
	}
}
