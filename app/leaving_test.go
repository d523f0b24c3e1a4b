package app

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/storage/archive"
	"fonds/widgets"
)

// full makes a disk on which nothing can be written of the open archive, and
// gives what makes room.
func (b *bench) full() (room func()) {
	b.t.Helper()
	path := b.s.Path()
	exec := func(queries ...string) {
		db, err := sql.Open("sqlite3", "file:"+path)
		if err != nil {
			b.t.Fatal(err)
		}
		defer db.Close()
		for _, q := range queries {
			if _, err := db.Exec(q); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	exec("CREATE TRIGGER full_log BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no room'); END",
		"CREATE TRIGGER full_drafts BEFORE INSERT ON drafts BEGIN SELECT RAISE(ABORT, 'no room'); END")
	return func() { exec("DROP TRIGGER full_log", "DROP TRIGGER full_drafts") }
}

// inVain types a title that cannot be saved.
func inVain(t *testing.T) (b *bench, room func()) {
	b = newBench(t, zhang, Options{Sample: true})
	room = b.full()
	b.run("tab.fields")
	b.replace("typed in vain")
	return b, room
}

// label is that of the button with the focus.
func (b *bench) label() string {
	if f, ok := b.win.Canvas().Focused().(*widgets.Button); ok {
		return f.Label()
	}
	return ""
}

func TestClosingAsksWhereSomethingIsNotSaved(t *testing.T) {
	for _, leave := range []struct {
		name string
		do   func(b *bench)
		gone func(b *bench) bool
	}{
		{"the window", func(b *bench) { b.window.close() }, func(b *bench) bool { return b.closing }},
		{"the archive", func(b *bench) { b.command("archive.close") }, func(b *bench) bool { return !b.s.Open() }},
		{"for another archive", func(b *bench) { b.createArchive(filepath.Join(b.t.TempDir(), "other.fonds")) },
			func(b *bench) bool { return strings.HasSuffix(b.s.Path(), "other.fonds") }},
	} {
		t.Run(leave.name, func(t *testing.T) {
			b, room := inVain(t)
			leave.do(b)
			b.m.Settle()
			if b.modal == nil || leave.gone(b) || b.label() != "Try again" {
				t.Fatalf("nothing is asked, or the focus is on %q", b.label())
			}
			b.keys(fyne.KeyReturn) // still no room
			if b.modal == nil || leave.gone(b) {
				t.Fatalf("tried in vain, and nothing is asked")
			}
			b.keys(fyne.KeyEscape)
			if b.modal != nil || leave.gone(b) || b.s.Unsaved() != 1 {
				t.Fatalf("Escape does not stay")
			}
			leave.do(b)
			b.m.Settle()
			room()
			b.keys(fyne.KeyReturn)
			if b.modal != nil || !leave.gone(b) {
				t.Errorf("with room it is not left")
			}
			if leave.name == "the archive" {
				b.openSample()
				b.m.Settle()
				if got := b.s.Document().Title(); got != "typed in vain" {
					t.Errorf("the title is %q", got)
				}
			}
		})
	}
}

func TestClosingGivesTheTextToTheClipboard(t *testing.T) {
	b, _ := inVain(t)
	b.window.close()
	b.m.Settle()
	b.win.Canvas().FocusPrevious()
	if b.label() != "Copy the text" {
		t.Fatalf("the focus is on %q", b.label())
	}
	b.keys(fyne.KeyReturn)
	if got := b.app.Clipboard().Content(); !strings.Contains(got, "typed in vain") || b.closing || b.label() != "Copied" {
		t.Fatalf("the clipboard has %q", got)
	}
	b.win.Canvas().FocusPrevious()
	b.keys(fyne.KeyReturn)
	if !b.closing {
		t.Error("it cannot be closed without saving")
	}
}

func TestAnotherPersonDoesNotTakeOverWhatIsNotSaved(t *testing.T) {
	b, room := inVain(t)
	b.run("person")
	b.replace("Li")
	b.keys(fyne.KeyReturn)
	if b.modal == nil || b.s.Actor() != "Zhang" {
		t.Fatalf("nothing is asked, %s is working", b.s.Actor())
	}
	room()
	b.keys(fyne.KeyReturn)
	if b.s.Actor() != "Li" {
		t.Errorf("%s is working", b.s.Actor())
	}
	if v := b.s.Document().Values(archive.TitleField); len(v) != 1 || v[0].By != "Zhang" {
		t.Errorf("the title: %+v", v)
	}
}

func TestTheStatusBarCountsWhatIsNotSaved(t *testing.T) {
	b, _ := inVain(t)
	b.keys(fyne.KeyReturn)
	b.s.AddNote(b.s.Document().ID, "a note", nil)
	b.m.Settle()
	if got := b.statusWords(); !strings.Contains(got, "2 not saved") {
		t.Errorf("it says %q", got)
	}
}

// While another document is being opened, the numbers of the one before are not
// said beside the place of the next.
func TestStatusOfOneDocumentOnly(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	if got := b.statusWords(); !strings.Contains(got, "characters") || !strings.Contains(got, "1 of ") {
		t.Fatalf("it says %q", got)
	}
	b.s.Move(1)
	if got := b.statusWords(); strings.Contains(got, "characters") || !strings.Contains(got, "2 of ") {
		t.Errorf("while the second is being opened it says %q", got)
	}
	b.m.Settle()
	if got := b.statusWords(); !strings.Contains(got, "characters") {
		t.Errorf("then it says %q", got)
	}
}

func (b *bench) statusWords() string {
	var out []string
	for _, s := range b.status.Segments() {
		out = append(out, s.Text)
	}
	return strings.Join(out, " · ")
}

func TestReadOnlyCommandsSayWhy(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	path := b.s.Path()
	b.run("archive.close")
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version=999"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	b.openArchive(path)
	b.m.Settle()
	b.run("pane.text")
	for _, id := range []string{"undo", "archive.import", "note.add", "tag.1"} {
		b.s.Say("")
		b.run(id)
		if got := b.s.Status().Notice; !strings.Contains(got, "newer") || b.modal != nil {
			t.Errorf("%s: says %q", id, got)
		}
	}
	if b.s.Commands.Enabled(b.s.Commands.Get("note.add")) {
		t.Error("a note can be made")
	}
}
