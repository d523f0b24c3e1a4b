package desk

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

// listed is what the history lists, a line an operation.
func (sc *screen) listed() string {
	h := sc.inspector.history
	var out []string
	for i := range h.rows {
		out = append(out, h.row(i).Title)
	}
	return strings.Join(out, "\n")
}

func (sc *screen) setTitle(text string) {
	sc.t.Helper()
	sc.s.SetField(sc.s.Document().ID, archive.TitleField, []archive.ValueIn{{Value: text}}, nil)
	sc.m.Settle()
}

func TestHistoryOfOneField(t *testing.T) {
	sc := opened(t)
	sc.setTitle("甲")
	sc.s.SetTag("党建", true)
	sc.m.Settle()
	sc.setTitle("乙")
	sc.setTitle("丙")
	sc.FocusField(archive.TitleField)
	sc.keys("Alt+H")
	if got := sc.listed(); strings.Count(got, "\n") != 2 || strings.Contains(got, "党建") {
		t.Fatalf("the history of the title:\n%s", got)
	}
	back := func() string { return sc.inspector.history.then.Text() }
	if got := back(); got != "To stand there again: Title: 乙" {
		t.Errorf("at the latest, which stands: %q", got)
	}
	sc.keys("Down", "Down")
	if got := back(); got != "To stand there again: Title: 甲" {
		t.Errorf("at the first: %q", got)
	}
	sc.keys("Return", "Return")
	if got := sc.title(); got != "甲" {
		t.Fatalf("put back: %q (%s)", got, sc.s.Status().Error)
	}
	if got := sc.listed(); strings.Count(got, "\n") != 3 {
		t.Errorf("what was put back is an edit of its own:\n%s", got)
	}
	sc.run("undo")
	if got := sc.title(); got != "丙" {
		t.Errorf("and can be undone: %q", got)
	}
	sc.on.Focus(sc.inspector.history.list)
	sc.keys("Escape")
	if got := sc.listed(); !strings.Contains(got, "党建") {
		t.Errorf("Escape shows all again:\n%s", got)
	}
	sc.FocusText()
	sc.run("doc.next")
	if sc.inspector.history.only != nil {
		t.Error("the next document shows the history of one thing")
	}
}

// Tags, marks, corrections and notes that are gone can be put back where they were.
func TestWhatIsGoneIsPutBack(t *testing.T) {
	sc := opened(t)
	doc := func() *archive.Document { return sc.s.Document().Document }
	putBack := func(what string) {
		t.Helper()
		sc.run("tab.history")
		h := sc.inspector.history
		for i := range h.rows {
			h.list.SetSelected(i)
			h.showDetail()
			if !h.back.Hidden && strings.Contains(h.then.Text(), what) {
				h.back.Tapped(nil)
				sc.m.Settle()
				if sc.s.Status().Error != "" {
					t.Errorf("%s: %s", what, sc.s.Status().Error)
				}
				return
			}
		}
		t.Errorf("%s cannot be put back; the history is:\n%s", what, sc.listed())
	}
	sc.s.SetTag("党建", true)
	sc.m.Settle()
	sc.s.SetTag("党建", false)
	sc.m.Settle()
	putBack("党建")
	if doc().Tag("党建") == nil {
		t.Error("the tag is not back")
	}

	sc.selects("银川")
	sc.keys("l")
	sc.s.RemoveMark(doc().Of(archive.AMark)[0].ID)
	sc.m.Settle()
	sc.s.Correct(0, 2, "这是第一", "", nil) // its words are elsewhere by now
	sc.m.Settle()
	putBack("银川")
	var marks []string
	for _, it := range sc.s.Document().Of(archive.AMark) {
		if it.InForce() {
			marks = append(marks, it.Key+" "+sc.s.Document().Text.Words(it.Anchor))
		}
	}
	if strings.Join(marks, ",") != "place 银川" {
		t.Errorf("marks: %q", marks)
	}

	sc.s.WithdrawCorrection(doc().Of(archive.ACorrection)[0].ID)
	sc.m.Settle()
	putBack("这是第一")
	if got := sc.s.Document().Text.Text().String(); !strings.HasPrefix(got, "这是第一件") {
		t.Errorf("the text: %q", got)
	}

	sc.s.AddNote(doc().ID, "see b.txt", nil)
	sc.m.Settle()
	sc.s.RemoveNote(doc().Of(archive.ANote)[0].ID)
	sc.m.Settle()
	putBack("see b.txt")
	n := 0
	for _, it := range doc().Of(archive.ANote) {
		if it.InForce() {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d notes", n)
	}
}

// A value comes back with the place it was taken from.
func TestAValueComesBackWithItsEvidence(t *testing.T) {
	sc := opened(t)
	sc.selects("李振国")
	sc.keys("f", "3")
	sc.s.SetField(sc.s.Document().ID, "dcterms:creator", nil, nil)
	sc.m.Settle()
	sc.FocusField("dcterms:creator")
	sc.keys("Alt+H", "Return", "Return")
	got := sc.s.Document().Values("dcterms:creator")
	if len(got) != 1 || got[0].Text != "李振国" || got[0].Anchor == nil || got[0].Anchor.Quote != "李振国" {
		t.Errorf("put back: %+v", got)
	}
}

func TestHistoryOfAMark(t *testing.T) {
	sc := opened(t)
	sc.selects("银川")
	sc.keys("l")
	sc.selects("李振国")
	sc.keys("p")
	sc.keys("h")
	if got := sc.listed(); !strings.Contains(got, "李振国") || strings.Contains(got, "银川") {
		t.Errorf("the history of the mark at the caret:\n%s", got)
	}
	sc.FocusText()
	sc.text.Select(sc.toSource(sc.toReading(0, 0)))
	sc.keys("h")
	if !strings.Contains(sc.s.Status().Notice, "Go to a field") {
		t.Errorf("nothing is at the caret: %q", sc.s.Status().Notice)
	}
}

// With nothing selected, words are put in at the caret.
func TestWordsArePutInAtTheCaret(t *testing.T) {
	sc := opened(t)
	sc.FocusText()
	sc.text.Select(sc.toReading(5, 5))
	sc.keys("e")
	sc.types("（副本）")
	sc.keys("Return")
	if got := sc.s.Document().Text.Text().String(); !strings.HasPrefix(got, "第一件通知（副本）\n") {
		t.Errorf("the text: %q (%s)", got, sc.s.Status().Error)
	}
}

// A mark comes back with its comment and with whom it names, whether it is gone or
// only says something else by now.
func TestAMarkComesBackWithWhomItNames(t *testing.T) {
	sc, it := marked(t, "李振国")
	const uri = "https://viaf.org/viaf/12345"
	sc.s.CommentMark(it.ID, "", "厅长", uri, nil)
	sc.m.Settle()
	sc.s.CommentMark(it.ID, "", "厅长", "", nil)
	sc.m.Settle()
	putBack := func() *archive.Item {
		t.Helper()
		sc.run("tab.history")
		h := sc.inspector.history
		for i := range h.rows {
			h.list.SetSelected(i)
			h.showDetail()
			if !h.back.Hidden {
				h.back.Tapped(nil)
				sc.m.Settle()
				break
			}
		}
		for _, it := range sc.s.Document().Of(archive.AMark) {
			if it.InForce() {
				return it
			}
		}
		t.Fatalf("no mark: %s; the history is:\n%s", sc.s.Status().Error, sc.listed())
		return nil
	}
	now := putBack()
	if now.ID != it.ID || now.Text != "厅长" || now.Detail != uri {
		t.Errorf("put back: %q, %q", now.Text, now.Detail)
	}
	sc.s.RemoveMark(it.ID)
	sc.m.Settle()
	if now = putBack(); now.Text != "厅长" || now.Detail != uri {
		t.Errorf("made anew: %q, %q", now.Text, now.Detail)
	}
}
