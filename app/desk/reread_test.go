package desk

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/traditionalchinese"

	"fonds/storage"
	"fonds/storage/archive"
)

const misread = "吳忠市司法局關於開展推進會的通知\nABC 2015\n附件：名單"

// misreadDesk is the desk on a text in Big5 that came in as windows-1252.
func misreadDesk(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filledWith(t)}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	bytes, err := traditionalchinese.Big5.NewEncoder().String(misread)
	if err != nil {
		t.Fatal(err)
	}
	text, err := charmap.Windows1252.NewDecoder().String(bytes)
	if err != nil {
		t.Fatal(err)
	}
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "b.txt", Original: []byte(bytes), SHA256: "b", Format: "text/plain", Encoding: "windows-1252", Confidence: 1,
		Text: text, Recipe: json.RawMessage(`{"decoder":"windows-1252","extractor":"plain","version":"3"}`)}
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

// rereads chooses an encoding by typing its name.
func (sc *screen) rereads(encoding string) {
	sc.t.Helper()
	sc.s.Commands.Run("doc.reread")
	sc.m.Settle()
	sc.types(encoding)
	sc.keys("Return")
	sc.m.Settle()
}

// TestReadAgainByKeys: an encoding is chosen by its name, what stays behind is asked
// about and listed, and undo and the old encoding bring it back.
func TestReadAgainByKeys(t *testing.T) {
	sc := misreadDesk(t)
	wrong := sc.s.Document().Text.Text().String()
	sc.selects("ABC")
	sc.s.Mark("person")
	sc.m.Settle()
	sc.selects("§d")
	sc.s.Mark("place")
	sc.m.Settle()

	sc.rereads("Big5")
	if sc.s.Document().Info.Text != 1 {
		t.Fatal("it was not asked about what stays behind")
	}
	sc.keys("Return")
	sc.m.Settle()
	sc.wellSaved()
	d := sc.s.Document()
	if d.Text.Text().String() != misread || d.Info.Encoding != "Big5" || sc.text.Text() != misread {
		t.Fatalf("it reads %q (%s), and shows %q", d.Text.Text(), d.Info.Encoding, sc.text.Text())
	}
	marks := d.Of(archive.AMark) // by place
	if len(marks) != 2 || !marks[1].InForce() || d.Text.Words(marks[1].Anchor) != "ABC" || len(d.Elsewheres()) != 1 {
		t.Errorf("the marks are %+v", marks)
	}
	sc.s.Commands.Run("tab.marks")
	sc.m.Settle()
	pane := sc.inspector.marks
	if len(pane.items) != 1 || pane.counts[onlyElsewhere] != 1 {
		t.Errorf("the list has %d, %v", len(pane.items), pane.counts)
	}
	pane.sieve.kind = onlyElsewhere
	pane.narrow()
	sc.m.Settle()
	pane.list.SetSelected(0)
	pane.showButtons()
	if len(pane.items) != 1 || !pane.goTo.Disabled() || !pane.remove.Disabled() || !strings.HasPrefix(markRow(d, pane.items[0]).Title, "§d") {
		t.Errorf("what stayed behind is listed as %+v", pane.items)
	}

	sc.rereads("Big5")
	if sc.s.Document().Info.Text != 2 {
		t.Error("the same text was read as another")
	}
	sc.rereads("windows-1252")
	if got := sc.s.Document(); got.Text.Text().String() != wrong || len(got.Elsewheres()) != 0 || got.Info.Text != 1 {
		t.Errorf("back it reads %q with %d elsewhere", got.Text.Text(), len(got.Elsewheres()))
	}
	sc.s.Commands.Run("undo")
	sc.m.Settle()
	if got := sc.s.Document(); got.Text.Text().String() != misread {
		t.Errorf("after the undo it reads %q", got.Text.Text())
	}
}

// TestDraftOfAnotherText: what was being typed at words of one text is not put on other
// words of another, and its words are not lost.
func TestDraftOfAnotherText(t *testing.T) {
	sc := misreadDesk(t)
	sc.selects("ABC")
	sc.s.Commands.Run("correct")
	sc.m.Settle()
	sc.types("XY")
	sc.m.Pass(time.Second)
	sc.leaveBox()
	sc.m.Settle()
	sc.s.ReadText("Big5", false, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	sc.m.Settle()
	sc.s.Commands.Run("tab.marks")
	sc.m.Settle()
	pane := sc.inspector.marks
	if len(pane.drafts) != 1 || slotAnchor(sc.s.Document(), pane.drafts[0].Slot) != nil {
		t.Fatalf("the drafts are %+v", pane.drafts)
	}
	sc.s.ReadText("windows-1252", false, func(error) {})
	sc.m.Settle()
	if a := slotAnchor(sc.s.Document(), pane.drafts[0].Slot); a == nil || sc.s.Document().Text.Words(a) != "ABC" {
		t.Errorf("back at its text it is at %+v", a)
	}
}

// TestReadAgainOwn: what has a reader of its own is read by it at once, without a list of encodings.
func TestReadAgainOwn(t *testing.T) {
	test.NewTempApp(t)
	sc := &screen{t: t, path: filledWith(t)}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, 1)
	letter := "From: Wang <w@example.org>\r\nSubject: A letter\r\nDate: Tue, 8 Mar 2022 10:00:00 +0800\r\n\r\nThe words of it.\r\n"
	in <- &archive.Incoming{Path: "a.eml", Original: []byte(letter), SHA256: "e", Format: "message/rfc822", Confidence: 1, Text: "another text", Recipe: json.RawMessage(`{"extractor":"eml","version":"0"}`)}
	close(in)
	if err := a.Import(context.Background(), "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	sc.open()
	for range 2 {
		sc.s.Commands.Run("doc.reread")
		sc.m.Settle()
		if d := sc.s.Document(); d.Info.Text != 2 || !strings.Contains(d.Text.Text().String(), "The words of it.") {
			t.Errorf("it is text %d: %q", d.Info.Text, d.Text.Text())
		}
	}
	sc.wellSaved()
}
