package desk

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// sql changes the archive's file past the program.
func (sc *screen) sql(queries ...string) {
	sc.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+sc.path)
	if err != nil {
		sc.t.Fatal(err)
	}
	defer db.Close()
	for _, q := range queries {
		if _, err := db.Exec(q); err != nil {
			sc.t.Fatal(err)
		}
	}
}

// full makes a disk on which nothing can be written, and gives what makes room.
func (sc *screen) full() (room func()) {
	sc.t.Helper()
	sc.sql("CREATE TRIGGER full_log BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no room'); END",
		"CREATE TRIGGER full_drafts BEFORE INSERT ON drafts BEGIN SELECT RAISE(ABORT, 'no room'); END")
	return func() { sc.sql("DROP TRIGGER full_log", "DROP TRIGGER full_drafts") }
}

// field is what the form shows of a field.
func (sc *screen) field(id string) widgets.FieldView {
	f := sc.s.Field(id)
	return sc.inspector.fields.view(sc.s.Document(), &f)
}

func (sc *screen) typedText() string {
	e, ok := sc.on.Focused().(*widgets.Entry)
	if !ok {
		sc.t.Fatalf("the focus is on %T", sc.on.Focused())
	}
	return e.Text
}

func TestWhatCannotBeSavedStaysInItsField(t *testing.T) {
	sc := opened(t)
	room := sc.full()
	sc.FocusInspector()
	sc.types("typed in vain")
	sc.keys("Return")
	if got := sc.field(archive.TitleField).Error; !strings.HasPrefix(got, "Not saved:") || sc.typedText() != "typed in vain" {
		t.Fatalf("beside the field: %q, in it: %q", got, sc.typedText())
	}
	sc.keys("Alt+Down", "Alt+Up")
	sc.FocusField(archive.TitleField)
	if got := sc.typedText(); got != "typed in vain" || sc.s.Unsaved() != 1 {
		t.Fatalf("coming back the field has %q, %d not saved", got, sc.s.Unsaved())
	}
	// Typing that was not finished, on another document.
	sc.keys("Alt+Down")
	sc.FocusField("dcterms:creator")
	sc.types("half")
	sc.m.Pass(draftDelay)
	if got := sc.field("dcterms:creator").Error; !strings.HasPrefix(got, "Not saved:") {
		t.Errorf("a draft that is not kept: %q", got)
	}
	sc.keys("Alt+Up")
	room()
	sc.m.Pass(10 * time.Second)
	if sc.s.Unsaved() != 0 || sc.title() != "typed in vain" || sc.field(archive.TitleField).Error != "" {
		t.Errorf("with room: %d not saved, the title is %q", sc.s.Unsaved(), sc.title())
	}
	if sc.inspector.fields.form.Dirty() {
		t.Error("the form still has it as typing")
	}
	sc.keys("Alt+Down")
	if v := sc.s.Document().Values("dcterms:creator"); len(v) != 1 || v[0].Text != "half" {
		t.Errorf("the other document has %d creators", len(v))
	}
}

// The window is built anew while an edit waits: what was typed is in its field.
func TestWhatCannotBeSavedOutlivesANewForm(t *testing.T) {
	sc := opened(t)
	sc.full()
	sc.FocusInspector()
	sc.types("typed in vain")
	sc.inspector.fields.form.Commit()
	sc.inspector.fields.form.SetDocument("")
	sc.inspector.fields.show()
	sc.m.Settle()
	sc.FocusField(archive.TitleField)
	if got := sc.typedText(); got != "typed in vain" {
		t.Errorf("the field has %q", got)
	}
}

func TestWhatCannotBeSavedStaysInTheBox(t *testing.T) {
	sc := opened(t)
	room := sc.full()
	sc.FocusText()
	sc.keys("n")
	sc.types("a note in vain")
	sc.keys("Ctrl+Return")
	if !sc.small.IsOpen() || sc.small.Text() != "a note in vain" || sc.s.Unsaved() != 1 {
		t.Fatalf("open %v with %q, %d not saved", sc.small.IsOpen(), sc.small.Text(), sc.s.Unsaved())
	}
	room()
	sc.s.Commands.Run("save.again")
	sc.m.Settle()
	if sc.small.IsOpen() || len(sc.s.Document().Of(archive.ANote)) != 1 || sc.s.Unsaved() != 0 {
		t.Errorf("saved again: open %v, %d notes, %d not saved", sc.small.IsOpen(), len(sc.s.Document().Of(archive.ANote)), sc.s.Unsaved())
	}
}

func TestReadOnlyLooksAndBehavesReadOnly(t *testing.T) {
	sc := opened(t)
	sc.FocusInspector()
	sc.types("A title")
	sc.keys("Return")
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	sc.sql("PRAGMA user_version=999")
	sc.open()
	if got := sc.inspector.why.Text; !sc.inspector.notice.Visible() || !strings.Contains(got, "newer") {
		t.Fatalf("above the fields: %q", got)
	}
	sc.FocusInspector()
	sc.types("xyz")
	if got := sc.typedText(); got != "A title" {
		t.Errorf("the field has %q", got)
	}
	sc.s.Commands.Run("tab.tags")
	sc.types("xyz")
	if got := sc.typedText(); got != "" {
		t.Errorf("the tag field has %q", got)
	}
	sc.selects("李振国")
	for _, k := range []string{"p", "e", "f", "n", "1", "Delete", "Alt+A", "Alt+T"} {
		sc.s.Say("")
		sc.keys(k)
		if got := sc.s.Status().Notice; !sc.TextFocused() || sc.small.IsOpen() || !strings.Contains(got, "newer") {
			t.Errorf("%s: says %q", k, got)
		}
	}
	if sc.s.Unsaved() != 0 || sc.s.Drafts() != 0 {
		t.Errorf("%d not saved, %d drafts", sc.s.Unsaved(), sc.s.Drafts())
	}
}

const long = "a note that took its writer a good while"

func TestEscapeKeepsALongNote(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("n")
	sc.types(long)
	sc.keys("Escape")
	if sc.small.IsOpen() || sc.s.Drafts() != 1 || sc.s.Status().Notice == "" {
		t.Fatalf("open %v, %d drafts, %q", sc.small.IsOpen(), sc.s.Drafts(), sc.s.Status().Notice)
	}
	sc.keys("Left", "Escape") // not at once: it is another Escape
	if sc.s.Drafts() != 1 {
		t.Fatal("the draft is gone")
	}
	sc.keys("n")
	sc.types(" indeed") // the caret stands behind it, nothing is selected
	if got := sc.small.Text(); got != long+" indeed" {
		t.Errorf("going on: %q", got)
	}
	sc.keys("Escape", "Escape")
	if sc.s.Drafts() != 0 {
		t.Error("a second Escape does not discard it")
	}
	sc.keys("n")
	sc.types("few words")
	sc.m.Pass(draftDelay)
	sc.keys("Escape")
	if sc.s.Drafts() != 0 {
		t.Error("a few words are kept against one's will")
	}
}

// The draft of a correction is found again whatever is selected, and where its
// words stand by then.
func TestDraftsAreListedWithTheMarks(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("e")
	sc.replace("a long correction of the place")
	sc.keys("Escape")
	sc.s.Correct(0, 1, "甲乙丙", "", nil) // everything moves
	sc.m.Settle()
	sc.s.Commands.Run("tab.marks")
	m := sc.inspector.marks
	if len(m.drafts) != 1 || sc.inspector.bar.badges[marksTab] != "2" {
		t.Fatalf("%d drafts are listed, the tab counts %q", len(m.drafts), sc.inspector.bar.badges[marksTab])
	}
	if r := draftRow(sc.s.Document(), &m.drafts[0]); r.Title != "银川 → a long correction of the place" || r.Badge == "" {
		t.Errorf("its row: %+v", r)
	}
	m.list.SetSelected(len(m.items))
	sc.keys("Return")
	if !sc.small.IsOpen() || sc.small.Text() != "a long correction of the place" {
		t.Fatalf("Enter opens %v with %q", sc.small.IsOpen(), sc.small.Text())
	}
	sc.keys("Return")
	if got := sc.text.Text(); !strings.Contains(got, "会议在a long correction of the place召开") || sc.s.Drafts() != 0 {
		t.Errorf("the text reads %q, %d drafts", got, sc.s.Drafts())
	}
	sc.FocusText()
	sc.keys("n")
	sc.types(long)
	sc.keys("Escape")
	sc.s.Commands.Run("tab.marks")
	m.list.SetSelected(len(m.items))
	sc.keys("Delete")
	if sc.s.Drafts() != 0 || len(m.drafts) != 0 {
		t.Error("Delete does not discard the draft")
	}
}

func TestAnEmptiedNewRowLeavesNoGhost(t *testing.T) {
	sc := opened(t)
	sc.FocusField("dcterms:creator")
	sc.types("first")
	sc.keys("Return")
	f := sc.on.Focused().(fyne.Shortcutable)
	f.TypedShortcut(altKey("N"))
	sc.types("x")
	sc.m.Pass(draftDelay)
	if sc.s.Drafts() != 1 {
		t.Fatal("no draft of the new row")
	}
	sc.keys("BackSpace")
	sc.m.Pass(draftDelay)
	if n := sc.s.Drafts(); n != 0 {
		t.Errorf("emptied again it leaves %d drafts", n)
	}
}

// theirs lets Li set the title behind Zhang's back.
func (sc *screen) theirs(value string) {
	sc.t.Helper()
	other, err := storage.Open(sc.t.Context(), sc.path, storage.Options{})
	if err != nil {
		sc.t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Apply(sc.t.Context(), "Li", &archive.Edit{Do: "field.set", Doc: string(sc.s.Document().ID),
		Field: archive.TitleField, Values: []archive.ValueIn{{Value: value}}}); err != nil {
		sc.t.Fatal(err)
	}
}

func TestOfTwoValuesOneIsChosen(t *testing.T) {
	for key, want := range map[string]string{"Return": "mine", "Escape": "theirs"} {
		sc := opened(t)
		sc.FocusInspector()
		sc.types("mine")
		sc.theirs("theirs")
		sc.keys("Return")
		v := sc.field(archive.TitleField)
		if !v.Choice || !strings.Contains(v.Error, "theirs") || !strings.Contains(v.Error, "Li") || sc.typedText() != "mine" {
			t.Fatalf("asked %v: %q, in the field %q", v.Choice, v.Error, sc.typedText())
		}
		// Leaving decides nothing: it is asked again.
		sc.keys("Alt+Down", "Alt+Up")
		sc.FocusField(archive.TitleField)
		if v := sc.field(archive.TitleField); sc.title() != "theirs" || !v.Choice || sc.typedText() != "mine" {
			t.Fatalf("after leaving the title is %q, asked %v, in the field %q", sc.title(), v.Choice, sc.typedText())
		}
		sc.keys(key)
		if v := sc.field(archive.TitleField); sc.title() != want || v.Choice || v.Error != "" || sc.typedText() != want || sc.s.Drafts() != 0 {
			t.Errorf("%s: the title is %q, asked %v, in the field %q, %d drafts", key, sc.title(), v.Choice, sc.typedText(), sc.s.Drafts())
		}
	}
}

func TestARefusedTagIsThereToBeMended(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.keys("t")
	sc.types("a//b")
	sc.keys("Return")
	if got := sc.typedText(); got != "a//b" {
		t.Errorf("the tag field has %q", got)
	}
	if sc.s.Unsaved() != 0 || sc.s.HeldIn(sc.s.Document().ID, "") != nil {
		t.Error("a refused tag is said to wait")
	}
}

func TestARefusedCorrectionStaysInTheBox(t *testing.T) {
	sc := opened(t)
	sc.sql("UPDATE items SET text='reader' WHERE what='person'")
	sc.selects("银川")
	sc.keys("e")
	sc.replace("兰州")
	sc.keys("Return")
	if !sc.small.IsOpen() || sc.small.Text() != "兰州" {
		t.Fatalf("open %v with %q (%s)", sc.small.IsOpen(), sc.small.Text(), sc.s.Status().Error)
	}
	held := sc.s.HeldIn(sc.box.doc, sc.box.slot)
	if held == nil || !session.IsRefusal(held.Err) {
		t.Errorf("held: %+v", held)
	}
}

func TestRefusingWithoutAProposalIsAnswered(t *testing.T) {
	sc := opened(t)
	for _, k := range []string{"Alt+R", "Alt+A"} {
		sc.FocusField("dcterms:creator")
		sc.s.Say("")
		sc.keys(k)
		if sc.s.Status().Notice == "" {
			t.Errorf("%s says nothing", k)
		}
	}
}
