package duplicates

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

// notice is an invented notice.
func notice(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "第%d号通知\n", n)
	for i := range 30 {
		fmt.Fprintf(&b, "第%d条：%d号河段的清淤由%d组负责，于%d日前完成。\n", i+1, i*n+7, (i*i+n)%19, (i*n*3)%28+1)
	}
	return b.String()
}

// screen is the page in a window on an archive of Zhang's, in which Li is an archivist
// and Sun a reader.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
	desk archive.ID // document that was to be opened
	left int
}

// letters are a notice, two copies of it that differ, something else, and a volume in
// which that stands.
func letters() []string {
	a := notice(3)
	return []string{a, strings.Replace(a, "清淤", "疏浚", 2), strings.Replace(a, "负责", "承办", 1), notice(11), notice(17) + notice(11) + notice(23)}
}

func opened(t *testing.T, who string, texts []string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, texts...)}
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID) { sc.desk = doc }
	sc.OnLeave = func() { sc.left++ }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	return sc
}

// looked is opened with the search over.
func looked(t *testing.T, who string, texts []string) *screen {
	t.Helper()
	sc := opened(t, who, texts)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// keys presses keys on what has the keyboard.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
}

// types types characters where the keyboard is.
func (sc *screen) types(text string) { sc.m.Types(sc.on, text) }

// shows says which documents stand side by side, by their numbers from 1.
func (sc *screen) shows() string {
	sc.t.Helper()
	var out []string
	for i, d := range sc.pair.docs {
		n := slices.IndexFunc(sc.Docs, func(x storage.Summary) bool { return x.ID == d.ID })
		if got := sc.sides[i].text.Text(); got != sc.pair.texts[i] {
			sc.t.Errorf("side %d shows another text", i)
		}
		out = append(out, fmt.Sprint(n+1))
	}
	return strings.Join(out, " ")
}

// document reads one by its number from 1.
func (sc *screen) document(n int) *archive.Document {
	sc.t.Helper()
	d, err := sc.Archive.Document(ctx, sc.Docs[n-1].ID)
	if err != nil {
		sc.t.Fatal(err)
	}
	return d
}

func (sc *screen) field(n int, field string, values ...string) *archive.Edit {
	e := &archive.Edit{Do: "field.set", Doc: string(sc.Docs[n-1].ID), Field: field}
	for _, v := range values {
		e.Values = append(e.Values, archive.ValueIn{Value: v})
	}
	return e
}

func (sc *screen) tag(n int, tag string) *archive.Edit {
	return &archive.Edit{Do: "tag.add", Doc: string(sc.Docs[n-1].ID), Tag: tag}
}
