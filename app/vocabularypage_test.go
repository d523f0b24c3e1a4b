package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/vocabulary"
	"fonds/storage/archive"
)

// A journey by keys: a tag of the sample is described and renamed on the page that stands
// in the place of the work, stays so in other colours, and comes back by one undo.
func TestThePageOfTags(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	doc := b.s.Document()
	if doc == nil {
		t.Fatal("no document is open")
	}
	b.s.Apply(nil, &archive.Edit{Do: "tag.add", Doc: string(doc.ID), Tag: "啊/司法局"})
	b.m.Settle()
	b.run("vocabulary.open")
	b.m.Settle()
	if b.showing != vocabulary.Screen || b.work.Visible() || !b.screen().Content().Visible() {
		t.Fatal("the page is not shown")
	}
	press := func(all ...fyne.KeyName) {
		t.Helper()
		b.m.Keys(t, b.win.Canvas(), all...)
		b.m.Settle()
	}
	press("/")
	b.types("sfj")
	press(fyne.KeyReturn, "e")
	b.types("司法行政机关")
	press(fyne.KeyEscape)
	b.run("vocabulary.rename")
	b.m.Settle()
	b.types("（县）")
	press(fyne.KeyReturn, fyne.KeyReturn)
	has := func(tag string) bool {
		b.m.Settle()
		d := b.s.Document()
		return d != nil && d.Tag(tag) != nil
	}
	if !has("啊/司法局（县）") {
		t.Fatalf("renamed: %v", b.s.Tags())
	}
	b.run("theme.dark")
	b.m.Settle()
	if b.showing != vocabulary.Screen || !b.vocabulary.Content().Visible() {
		t.Error("in other colours the page is not shown")
	}
	b.run("undo")
	b.m.Settle()
	if !has("啊/司法局") {
		t.Errorf("after one undo: %v", b.s.Tags())
	}
	press(fyne.KeyEscape)
	if b.showing != "" {
		t.Errorf("Escape leaves it: %s", b.showing)
	}
}
