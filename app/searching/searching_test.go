package searching

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
)

type typing struct {
	*Box
	t    *testing.T
	m    *session.Manual
	on   fyne.Canvas
	rows []bool
}

func opened(t *testing.T, lang string, texts ...string) *typing {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use(lang)
	t.Cleanup(func() { i18n.Use("en") })
	f := session.Fill(t, texts...)
	var edits []*archive.Edit
	for i, tag := range []string{"党建/会议", "党建/学习", "外事 访问"} {
		edits = append(edits, &archive.Edit{Do: "tag.add", Doc: string(f.Docs[i].ID), Tag: tag})
	}
	edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(f.Docs[0].ID), Field: "dcterms:creator", Values: []archive.ValueIn{archive.ValueOf("司法厅")}})
	f.Apply("Zhang", edits...)
	b := &typing{t: t, m: session.NewManual()}
	s := session.New(b.m.Config())
	s.SetActor("Zhang")
	w := test.NewTempWindow(t, nil)
	b.Box, b.on = New(s), w.Canvas()
	b.OnRows = func(first bool) { b.rows = append(b.rows, first) }
	w.SetContent(b.Content)
	w.Resize(fyne.NewSize(500, 500))
	b.m.Open(t, s, f.File)
	b.on.Focus(b.Entry)
	return b
}

func (b *typing) types(text string) {
	b.m.Types(b.on, text)
	b.m.Settle()
}

func (b *typing) keys(all ...fyne.KeyName) {
	b.t.Helper()
	b.m.Keys(b.t, b.on, all...)
	b.m.Settle()
}

// offered are the offers, with what each puts.
func (b *typing) offered() string { return strings.Join(b.next.puts, " ") }

// Keys are offered by their beginning, then their values by any part, with how often
// they are there; Down and Enter take one.
func TestNext(t *testing.T) {
	b := opened(t, "en", "one 会议", "two", "three")
	b.types("ta")
	if got := b.offered(); got != "tag:" {
		t.Fatalf("to ta is offered %q", got)
	}
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	if b.Entry.Text != "tag:" {
		t.Fatalf("taken: %q", b.Entry.Text)
	}
	if got := b.offered(); got != `tag:党建 tag:党建/会议 tag:党建/学习 tag:外事 访问` && got != `tag:党建 tag:党建/会议 tag:党建/学习 tag:"外事 访问"` {
		t.Fatalf("to tag: is offered %q", got)
	}
	b.types("访")
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	if b.Entry.Text != `tag:"外事 访问" ` || b.s.Query().Search != `tag:"外事 访问"` || b.s.Rows() != 1 {
		t.Fatalf("taken: %q, asked %q, %d rows", b.Entry.Text, b.s.Query().Search, b.s.Rows())
	}
	b.types("OR -crea")
	if got := b.offered(); got != "creator:" && got != "Creator:" {
		t.Fatalf("to crea is offered %q", got)
	}
	b.keys(fyne.KeyEscape) // no more of it, and the text stays
	if b.offered() != "" || !strings.HasSuffix(b.Entry.Text, "-crea") {
		t.Errorf("after Escape: %q, offered %q", b.Entry.Text, b.offered())
	}
	b.types("tor:")
	if b.offered() != "" {
		t.Errorf("offered again within the word: %q", b.offered())
	}
	b.Set("")
	b.types(`"ta`)
	if b.offered() != "" {
		t.Errorf("within quotation marks is offered %q", b.offered())
	}
}

// In Chinese the keys have Chinese names, and Enter without a choice looks for what is
// typed.
func TestNextInChinese(t *testing.T) {
	b := opened(t, "zh-Hans", "one 会议", "two", "three")
	b.types("标")
	if got := b.offered(); !strings.HasPrefix(got, "标签: 标注:") {
		t.Fatalf("offered %q", got)
	}
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	b.types("学")
	if got := b.offered(); got != "tag:党建/学习" {
		t.Fatalf("offered %q", got)
	}
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	b.types("责任者：")
	if got := b.offered(); got != "field:dcterms:creator==司法厅" {
		t.Fatalf("of the creator is offered %q", got)
	}
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	if got := b.s.Query().Search; got != "tag:党建/学习 field:dcterms:creator==司法厅" || b.s.Rows() != 0 {
		t.Fatalf("asked %q, %d rows", got, b.s.Rows())
	}
	b.Set("")
	b.types("会议")
	b.m.Pass(time.Second)
	b.keys(fyne.KeyReturn)
	if b.s.Rows() != 1 || len(b.rows) != 1 || !b.rows[0] {
		t.Errorf("%d rows, gone to them %v", b.s.Rows(), b.rows)
	}
}

// One key makes the words exact, and again not.
func TestExactly(t *testing.T) {
	b := opened(t, "en", "司法廳", "司法厅", "three")
	b.Set("司法厅 tag:党建")
	b.m.Settle()
	b.Exactly()
	b.m.Settle()
	if got := b.s.Query().Search; got != `=司法厅 tag:党建` || b.Entry.Text != got {
		t.Errorf("asked %q", got)
	}
	b.Exactly()
	b.m.Settle()
	if got := b.s.Query().Search; got != `司法厅 tag:党建` {
		t.Errorf("asked %q", got)
	}
	b.Set("tag:党建")
	b.m.Settle()
	b.Exactly()
	if got := b.s.Query().Search; got != `tag:党建` || b.s.Status().Notice == "" {
		t.Errorf("without words: %q, said %q", got, b.s.Status().Notice)
	}
}
