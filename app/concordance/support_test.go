package concordance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

// screen is the page in a window on an archive of Zhang's, in which Sun is a reader.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
	desk string // what was to be opened: number of the document from 1, start, end
	left int
}

// meetings are texts with 会议 in several neighbourhoods.
func meetings() []string {
	return []string{"关于召开会议的通知\n甲会议丙，会議乙。", "丁会议甲\n无", "没有", "会议会议"}
}

func opened(t *testing.T, who string, texts ...string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, texts...)}
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID, start, end int) { sc.desk = fmt.Sprint(sc.number(doc), " ", start, " ", end) }
	sc.OnLeave = func() { sc.left++ }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	return sc
}

// listed is opened with the places of words on the screen and the keyboard in them.
func listed(t *testing.T, who, words string, texts ...string) *screen {
	t.Helper()
	sc := opened(t, who, texts...)
	sc.shows()
	sc.types(words)
	sc.keys(fyne.KeyReturn)
	return sc
}

// shows opens the page as the window does.
func (sc *screen) shows() {
	sc.Show()
	sc.m.Settle()
	sc.Focus()
}

// number is that of a document, from 1.
func (sc *screen) number(doc archive.ID) int {
	return slices.IndexFunc(sc.Docs, func(x storage.Summary) bool { return x.ID == doc }) + 1
}

// keys presses keys on what has the keyboard.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.at, all...)
}

// types types characters where the keyboard is.
func (sc *screen) types(text string) { sc.m.Types(sc.at, text) }

// said are the lines as they are listed: their document, ⚠ where they were refused, * on
// those that are picked and > on the one that is chosen.
func (sc *screen) said() string {
	var out []string
	for row := range sc.list.Count() {
		r := sc.row(row)
		sign := ""
		if sc.list.Selected() == row {
			sign = ">"
		}
		if sc.list.Picked().Has(row) {
			sign += "*"
		}
		if strings.HasPrefix(r.Cells[3], "⚠ ") {
			sign += "⚠"
		}
		out = append(out, fmt.Sprint(sign, sc.number(sc.lines[sc.rows[row]].Doc), " ", r.Cells[0], r.Cells[1], r.Cells[2]))
	}
	return strings.Join(out, "|")
}

// document reads one by its number from 1: what is marked in it, and the text.
func (sc *screen) document(n int) (marks []string, text string) {
	sc.t.Helper()
	d, err := sc.Archive.Document(ctx, sc.Docs[n-1].ID)
	if err != nil {
		sc.t.Fatal(err)
	}
	r, err := d.Reading()
	if err != nil {
		sc.t.Fatal(err)
	}
	for _, it := range d.Of(archive.AMark) {
		if it.InForce() {
			p := r.Place(it.Anchor)
			marks = append(marks, fmt.Sprint(it.Key, " ", p.Start, "-", p.End))
		}
	}
	return marks, r.Text().String()
}

// corrects is an edit of another person's.
func (sc *screen) corrects(n, start, end int, text string) *archive.Edit {
	return &archive.Edit{Do: "correction.propose", Doc: string(sc.Docs[n-1].ID), Start: &start, End: &end, Text: &text}
}
