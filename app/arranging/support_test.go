package arranging

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

var ctx = context.Background()

// screen is the page in a window on an archive of Zhang's with four documents.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
	desk archive.ID
	left int
}

func opened(t *testing.T, edits ...*archive.Edit) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual()}
	sc.Filled = session.Fill(t, "第1件", "第2件", "第3件", "第4件")
	if len(edits) > 0 {
		sc.Apply("Zhang", edits...)
	}
	s := session.New(sc.m.Config())
	s.SetActor("Zhang")
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID) { sc.desk = doc }
	sc.OnLeave = func() { sc.left++ }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// set makes a unit.
func set(parent string, level archive.Level, code string) *archive.Edit {
	return &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: string(level), Code: &code}
}

func (sc *screen) keys(all ...fyne.KeyName) { sc.t.Helper(); sc.m.Keys(sc.t, sc.on, all...) }

func (sc *screen) types(text string) { sc.m.Types(sc.on, text) }

// drawn is the tree as it is seen, a row each.
func (sc *screen) drawn() string {
	var out []string
	for i := range sc.tree.Count() {
		c := sc.row(i).Cells
		out = append(out, strings.TrimSpace(c[0])+" "+c[2])
	}
	return strings.Join(out, "; ")
}

// listed are the documents that are seen, by their titles.
func (sc *screen) listed() string {
	var out []string
	for i := range sc.list.Count() {
		c := sc.item(i).Cells
		out = append(out, strings.Join(strings.Fields(c[0]+" "+c[1]+" "+c[3]), " "))
	}
	return strings.Join(out, "; ")
}

func (sc *screen) want(what, got, want string) {
	sc.t.Helper()
	if got != want {
		sc.t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// asks gives the chooser that is open to the keyboard.
func (sc *screen) pickBy(words string) {
	sc.t.Helper()
	if sc.on.Overlays().Top() == nil {
		sc.t.Fatal("nothing is asked")
	}
	sc.types(words)
	sc.keys(fyne.KeyReturn)
	sc.m.Settle()
}
