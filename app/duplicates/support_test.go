package duplicates

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
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
	t    *testing.T
	m    *session.Manual
	a    *storage.Archive // another program's hold
	docs []storage.Summary
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
	path := filepath.Join(t.TempDir(), "test.fonds")
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("a/%d.txt", i+1), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	sc := &screen{t: t, m: session.NewManual(), a: a}
	if sc.docs, err = a.List(ctx, storage.Query{}); err != nil {
		t.Fatal(err)
	}
	sc.apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	sc.OnDesk = func(doc archive.ID) { sc.desk = doc }
	sc.OnLeave = func() { sc.left++ }
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, path)
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

func (sc *screen) apply(who string, edits ...*archive.Edit) {
	sc.t.Helper()
	if _, err := sc.a.Apply(ctx, who, edits...); err != nil {
		sc.t.Fatal(err)
	}
}

// keys presses keys on what has the keyboard.
func (sc *screen) keys(all ...fyne.KeyName) {
	sc.t.Helper()
	for _, k := range all {
		f := sc.on.Focused()
		if f == nil {
			sc.t.Fatalf("%s: nothing has the focus", k)
		}
		f.TypedKey(&fyne.KeyEvent{Name: k})
		sc.m.Settle()
	}
}

// types types characters where the keyboard is.
func (sc *screen) types(text string) {
	sc.t.Helper()
	for _, r := range text {
		sc.on.Focused().TypedRune(r)
		sc.m.Settle()
	}
}

// shows says which documents stand side by side, by their numbers from 1.
func (sc *screen) shows() string {
	sc.t.Helper()
	var out []string
	for i, d := range sc.pair.docs {
		n := slices.IndexFunc(sc.docs, func(x storage.Summary) bool { return x.ID == d.ID })
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
	d, err := sc.a.Document(ctx, sc.docs[n-1].ID)
	if err != nil {
		sc.t.Fatal(err)
	}
	return d
}

func (sc *screen) field(n int, field string, values ...string) *archive.Edit {
	e := &archive.Edit{Do: "field.set", Doc: string(sc.docs[n-1].ID), Field: field}
	for _, v := range values {
		e.Values = append(e.Values, archive.ValueIn{Value: v})
	}
	return e
}

func (sc *screen) tag(n int, tag string) *archive.Edit {
	return &archive.Edit{Do: "tag.add", Doc: string(sc.docs[n-1].ID), Tag: tag}
}
