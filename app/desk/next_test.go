package desk

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// seen is the desk on a document of which a machine proposes three fields and three
// corrections, in an order in which they are not shown.
func seen(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filledWith(t)}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	value := func(field, text string) archive.Proposal {
		return archive.Proposal{Field: field, Value: text, Rule: "title.first-line", End: 5, Confidence: 0.9}
	}
	fix := func(at int, text string) archive.Repair {
		return archive.Repair{Start: at, End: at + 1, Text: text, Reason: "mojibake", Rule: "mojibake", Confidence: 0.9}
	}
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "a.txt", Original: []byte(firstText), SHA256: "a", Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: firstText,
		Proposals: []archive.Proposal{value("dcterms:creator", "司法厅"), value(archive.DateField, "1948-03-01"), value(archive.TitleField, "第一件通知")},
		Repairs:   []archive.Repair{fix(2, "3"), fix(10, "1"), fix(16, "2")}}
	close(in)
	if err := a.Import(context.Background(), "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	sc.open()
	return sc
}

// atHandIs says which proposal is at hand: its field, its words, or nothing.
func (sc *screen) atHandIs() string {
	it := sc.atHand()
	switch {
	case it == nil:
		return ""
	case it.What == archive.AValue:
		return it.Key
	}
	return it.Text
}

// What Alt+A and Alt+R go to where nothing is at hand is the next as it is shown, from
// where the keyboard is: the fields in their order, then the text. Behind the last of
// all comes the first that is left.
func TestNextProposalIsTheNextShown(t *testing.T) {
	sc := seen(t)
	next := func(want string) {
		t.Helper()
		if got := sc.atHandIs(); got != want {
			t.Fatalf("at hand is %q, want %q; the focus is on %T", got, want, sc.on.Focused())
		}
	}
	sc.inspector.fields.form.FocusField(archive.TitleField)
	next(archive.TitleField)
	sc.keys("Alt+A")
	next("")
	sc.keys("Alt+R")
	next(archive.DateField)
	sc.keys("Alt+R")
	sc.keys("Alt+A")
	next("dcterms:creator")
	sc.inspector.fields.form.FocusField("dcterms:subject") // behind it
	sc.keys("Alt+A")
	next("3")

	// In the text from the caret on, and around by way of the fields.
	sc.on.Focus(sc.text)
	sc.text.Select(widgets.Span{Start: 7, End: 7})
	sc.m.Settle()
	sc.keys("Alt+A")
	next("1")
	sc.keys("Alt+A", "Alt+A")
	next("2")
	sc.keys("Alt+A", "Alt+A")
	next("dcterms:creator")
	sc.keys("Alt+A", "Alt+A")
	next("3")
	sc.keys("Alt+R")
	if sc.atHand() != nil || sc.s.Document().Proposals() != 0 {
		t.Errorf("%d are left, at hand is %v", sc.s.Document().Proposals(), sc.atHand())
	}
}

// From a list of tags or of marks the next is in the same list, also when the row of the
// one that was decided on has gone.
func TestNextProposalOfAList(t *testing.T) {
	sc := team(t, "Li")
	sc.s.Commands.Run("tab.tags")
	sc.m.Settle()
	sc.inspector.tags.proposals.FocusProposal(string(sc.only(archive.ATag, "Wang").ID))
	sc.keys("Alt+A", "Alt+A")
	if it := sc.atHand(); it == nil || it.What != archive.ARemoval {
		t.Errorf("after a tag comes %+v", it)
	}

	sc = seen(t)
	sc.choose(archive.ACorrection)
	pane := sc.inspector.marks
	pane.list.SetSelected(1)
	sc.on.Focus(pane.list)
	sc.keys("Alt+R", "Alt+R")
	if got := sc.atHandIs(); got != "2" {
		t.Errorf("after the second correction comes %q", got)
	}
}
