package desk

import (
	"context"
	"strings"
	"testing"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

func (sc *screen) run(id string) {
	sc.s.Commands.Run(id)
	sc.m.Settle()
}

// The line under the title says how far the work is, who took the last step, and
// that an approval has lapsed; a step that is refused says so there.
func TestStatusUnderTheTitle(t *testing.T) {
	sc := opened(t)
	other, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for name, role := range map[string]string{"Li": "reviewer", "Wang": "archivist"} {
		if _, err := other.Apply(context.Background(), "Zhang", &archive.Edit{Do: "person.set", Name: name, Role: role}); err != nil {
			t.Fatal(err)
		}
	}
	says := func(want string) {
		t.Helper()
		if got := sc.Desk.status.Text() + " " + sc.why.Text(); !strings.Contains(got, want) {
			t.Errorf("under the title: %q, want %q in it", got, want)
		}
	}
	as := func(name string) {
		sc.s.SetActor(name)
		sc.s.Refresh()
		sc.m.Settle()
	}
	says("○ to do")
	first := sc.s.Document().ID
	back := func() {
		sc.s.OpenDocument(first)
		sc.m.Settle()
	}
	as("Wang")
	sc.FocusText()
	sc.keys("Alt+A", "Alt+A", "Alt+R") // the machine's title is taken
	sc.submit()
	if sc.s.Document().ID == first {
		t.Fatal("submitting does not go on")
	}
	back()
	says("→ submitted · Wang, 20")
	sc.run("doc.submit")
	says("⚠ The document is submitted")
	sc.run("doc.approve")
	says("Li, Zhang can do it")
	sc.run("doc.return")
	if sc.decided.IsOpen() {
		t.Error("an archivist is asked for a reason to return")
	}
	as("Li")
	sc.run("doc.return")
	sc.types("no date")
	sc.keys("Ctrl+Return")
	says("△ returned · Li, 20")
	says(": no date")
	as("Wang")
	sc.submit()
	back()
	sc.run("doc.recall")
	says("◐ in progress")
	sc.submit()
	back()
	as("Li")
	sc.run("doc.approve")
	says("✓ approved · Li, 20")
	as("Wang")
	sc.s.SetTag("t", true)
	sc.m.Settle()
	says("◌ approval lapsed: the content has changed since · Li, 20")
	sc.s.SetTag("t", false)
	sc.m.Settle()
	says("✓ approved")
	off := false
	if _, err := other.Apply(context.Background(), "Zhang", &archive.Edit{Do: "policy.set", FourEyes: &off}); err != nil {
		t.Fatal(err)
	}
	as("Zhang")
	sc.s.SetTag("mine", true)
	sc.m.Settle()
	sc.run("doc.approve")
	says("their own work: four eyes were off")
	i18n.Use("zh-Hans")
	defer i18n.Use("en")
	if words, tone := standing(sc.s.Document()); !strings.Contains(words, "本人审核") || tone != widgets.Good {
		t.Errorf("in Chinese: %q", words)
	}
}
