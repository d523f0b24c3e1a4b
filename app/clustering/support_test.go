package clustering

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

var ctx = context.Background()

const creator = "dcterms:creator"

// screen is the page in a window on an archive of Zhang's, in which Li is a reviewer and
// Sun a reader; each of its documents has some creators.
type screen struct {
	*Page
	*session.Filled
	t    *testing.T
	m    *session.Manual
	desk archive.ID
	left int
}

// opened shows the page on documents whose creators are apart by a slash; "" for none.
func opened(t *testing.T, who string, creators ...string) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual()}
	texts := make([]string, len(creators))
	for i := range texts {
		texts[i] = fmt.Sprintf("第%d件", i+1)
	}
	sc.Filled = session.Fill(t, texts...)
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "reviewer"}, &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	for i, c := range creators {
		if c != "" {
			sc.Apply("Zhang", sc.set(i+1, c))
		}
	}
	s := session.New(sc.m.Config())
	s.SetActor(who)
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

// set sets the creators of a document by its number from 1, apart by a slash.
func (sc *screen) set(n int, creators string) *archive.Edit {
	e := &archive.Edit{Do: "field.set", Doc: string(sc.Docs[n-1].ID), Field: creator}
	for _, v := range strings.Split(creators, "/") {
		e.Values = append(e.Values, archive.ValueIn{Value: v})
	}
	return e
}

// creators are those of all documents: of one apart by a slash, documents by a space.
func (sc *screen) creators() string {
	sc.t.Helper()
	var out []string
	for _, s := range sc.Docs {
		d, err := sc.Archive.Document(ctx, s.ID)
		if err != nil {
			sc.t.Fatal(err)
		}
		var of []string
		for _, it := range d.Values(creator) {
			of = append(of, it.Text)
		}
		out = append(out, strings.Join(of, "/"))
	}
	return strings.Join(out, " ")
}

// keys presses keys on what has the keyboard.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	sc.m.Keys(sc.t, sc.on, all...)
}

// types types characters where the keyboard is.
func (sc *screen) types(text string) { sc.m.Types(sc.on, text) }

// listed is what the list shows, a group a line.
func (sc *screen) listed() string {
	var out []string
	for i := range sc.groups() {
		r := sc.row(i)
		out = append(out, strings.TrimSpace(r.Title+" | "+r.Sub+" | "+r.Badge))
	}
	return strings.Join(out, "\n")
}

// valued is what the list of the values shows.
func (sc *screen) valued() string {
	var out []string
	for i := range sc.values.Count() {
		r := sc.value(i)
		out = append(out, strings.TrimSpace(r.Title+" | "+r.Sub+" | "+r.Badge))
	}
	return strings.Join(out, "\n")
}
