package merging

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/app/cluster"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

const creator = "dcterms:creator"

// bench is an archive of Zhang's with some documents.
type bench struct {
	t    testing.TB
	a    *storage.Archive
	docs []storage.Summary
}

func newBench(t testing.TB, n int) *bench {
	t.Helper()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "test.fonds"), storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, n)
	for i := range n {
		text := fmt.Sprintf("第%d件。本文来源：司法厅。", i+1)
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("a/%d.txt", i+1), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text, Format: "text/plain",
			Encoding: "UTF-8", Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, a: a}
	if b.docs, err = a.List(ctx, storage.Query{}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) apply(who string, edits ...*archive.Edit) {
	b.t.Helper()
	if _, err := b.a.Apply(ctx, who, edits...); err != nil {
		b.t.Fatal(err)
	}
}

// creators are those of a document by its number from 1.
func (b *bench) creators(n int, values ...string) *archive.Edit {
	e := &archive.Edit{Do: "field.set", Doc: string(b.docs[n-1].ID), Field: creator}
	for _, v := range values {
		e.Values = append(e.Values, archive.ValueIn{Value: v})
	}
	return e
}

func (b *bench) values(n int) (out []*archive.Item) {
	b.t.Helper()
	d, err := b.a.Document(ctx, b.docs[n-1].ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return d.Values(creator)
}

func (b *bench) said(n int) string {
	b.t.Helper()
	var out []string
	for _, it := range b.values(n) {
		out = append(out, it.Text)
	}
	return strings.Join(out, "/")
}

func (b *bench) look(merges ...Merge) *Plan {
	b.t.Helper()
	p, err := Look(ctx, b.a, creator, "", merges, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

// do makes the changes of a plan, and says which are refused.
func (b *bench) do(p *Plan) (refused int) {
	b.t.Helper()
	results, err := b.a.ApplyMany(ctx, "Zhang", nil, p.Edits()...)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range results {
		if r.Err != nil {
			refused++
		}
	}
	return refused
}

// What goes becomes the other value in its place, all others stay as they are, and what
// is there already is not there twice; one undo takes it all back.
func TestMerge(t *testing.T) {
	b := newBench(t, 8)
	b.apply("Zhang", b.creators(1, "司法厅"), b.creators(2, "水利局", "司法廳", "河长办"), b.creators(3, "司法厅", "水利局", "宁夏司法厅"),
		b.creators(4, "宁夏司法厅", "司法厅"), b.creators(5, "水利局"), b.creators(6, "司法厅", "司法廳"), b.creators(7, "宁夏司法厅"))
	before := b.values(2)
	p := b.look(Merge{From: []string{"司法厅", "司法廳", "宁夏司法厅"}, Into: "宁夏司法厅"})
	if len(p.Docs) != 5 || p.Values != 2 || p.Into != 1 || p.Approved+p.Proposed+p.Waiting != 0 {
		t.Fatalf("planned %d documents: %+v", len(p.Docs), p)
	}
	if d := p.Docs[2]; d.ID != b.docs[2].ID || d.Path != "a/3.txt" || strings.Join(d.Old, "/") != "司法厅/水利局/宁夏司法厅" || strings.Join(d.New, "/") != "水利局/宁夏司法厅" {
		t.Errorf("planned %+v", d)
	}
	if n := b.do(p); n != 0 {
		t.Fatalf("%d are refused", n)
	}
	for n, want := range []string{"宁夏司法厅", "水利局/宁夏司法厅/河长办", "水利局/宁夏司法厅", "宁夏司法厅", "水利局", "宁夏司法厅", "宁夏司法厅", ""} {
		if got := b.said(n + 1); got != want {
			t.Errorf("document %d has %s, not %s", n+1, got, want)
		}
	}
	if after := b.values(2); after[0].ID != before[0].ID || after[2].ID != before[2].ID || after[1].ID == before[1].ID {
		t.Error("what stays is another value")
	}
	if again := b.look(Merge{From: []string{"司法厅", "司法廳"}, Into: "宁夏司法厅"}); len(again.Docs) != 0 {
		t.Errorf("again: %+v", again.Docs)
	}
	if _, err := b.a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if got := b.said(1) + " " + b.said(2) + " " + b.said(3) + " " + b.said(6); got != "司法厅 水利局/司法廳/河长办 司法厅/水利局/宁夏司法厅 司法厅/司法廳" {
		t.Errorf("after one undo: %s", got)
	}
}

// What was changed meanwhile is refused; a value that another group becomes is not
// merged on.
func TestSeen(t *testing.T) {
	b := newBench(t, 3)
	b.apply("Zhang", b.creators(1, "甲局"), b.creators(2, "甲局", "乙局"), b.creators(3, "乙局"))
	p := b.look(Merge{From: []string{"甲局"}, Into: "乙局"}, Merge{From: []string{"乙局"}, Into: "丙局"})
	b.apply("Zhang", b.creators(1, "甲局", "丁局"))
	results, err := b.a.ApplyMany(ctx, "Zhang", nil, p.Edits()...)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 3 || !errors.Is(results[0].Err, archive.ErrStale) && !errors.Is(results[0].Err, archive.ErrRefused) || results[1].Err != nil || results[2].Err != nil {
		t.Errorf("results %+v", results)
	}
	if got := b.said(1) + " " + b.said(2) + " " + b.said(3); got != "甲局/丁局 乙局/丙局 丙局" {
		t.Errorf("got %s", got)
	}
}

// A value that was read in the text is shown there afterwards too, also where a
// correction begins in it.
func TestEvidenceStays(t *testing.T) {
	b := newBench(t, 2)
	text := []rune("第1件。本文来源：司法厅。")
	at := slices.Index(text, '司')
	for n := 1; n <= 2; n++ {
		e := b.creators(n, "司法厅")
		e.Values[0].Evidence = &archive.RangeIn{Start: at, End: at + 3}
		if n == 2 {
			words, start, end := "自治区司", at, at+1
			b.apply("Zhang", &archive.Edit{Do: "correction.propose", Doc: string(b.docs[1].ID), Start: &start, End: &end, Text: &words})
			e.Values[0].Evidence = &archive.RangeIn{Start: at + 1, End: at + 6, In: "reading"}
		}
		b.apply("Zhang", e)
	}
	if n := b.do(b.look(Merge{From: []string{"司法厅"}, Into: "宁夏司法厅"})); n != 0 {
		t.Fatalf("%d are refused", n)
	}
	for n, want := range []string{"司法厅", "治区司法厅"} {
		it := b.values(n + 1)[0]
		if it.Text != "宁夏司法厅" || it.Anchor == nil || it.Anchor.Quote != want {
			t.Errorf("document %d: %+v, %+v", n+1, it, it.Anchor)
		}
	}
}

// Where the archive asks for review it is proposed, and what is proposed is not counted
// again; approvals that end are counted.
func TestReviewAndApproval(t *testing.T) {
	b := newBench(t, 4)
	b.apply("Zhang", b.creators(1, "司法廳"), b.creators(2, "司法廳"), b.creators(3, "司法厅"), b.creators(4, "司法廳", "司法厅"))
	doc := func(n int, do string) *archive.Edit { return &archive.Edit{Do: do, Doc: string(b.docs[n-1].ID)} }
	b.apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "reviewer"})
	b.apply("Zhang", doc(2, "document.submit"), doc(3, "document.submit"))
	b.apply("Li", doc(2, "document.approve"), doc(3, "document.approve"))
	m := Merge{From: []string{"司法廳"}, Into: "司法厅"}
	if p := b.look(m); len(p.Docs) != 3 || p.Approved != 1 || p.Proposed != 0 {
		t.Errorf("planned %+v", p)
	}
	b.apply("Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	p := b.look(m)
	if len(p.Docs) != 3 || p.Proposed != 3 || p.Approved != 0 || p.Waiting != 0 {
		t.Errorf("for review: %+v", p)
	}
	b.do(p)
	if got := b.said(1) + " " + b.said(4); got != "司法廳 司法廳/司法厅" {
		t.Errorf("not only proposed: %s", got)
	}
	if p := b.look(m); len(p.Docs) != 0 || p.Waiting != 3 {
		t.Errorf("again: %+v", p)
	}
}

// Only documents of the query, and none that was removed; nothing of what says nothing.
func TestWhich(t *testing.T) {
	b := newBench(t, 3)
	b.apply("Zhang", b.creators(1, "司法廳"), b.creators(2, "司法廳"), b.creators(3, "司法廳"),
		&archive.Edit{Do: "tag.add", Doc: string(b.docs[0].ID), Tag: "水利"}, &archive.Edit{Do: "document.remove", Doc: string(b.docs[2].ID)})
	m := Merge{From: []string{"司法廳"}, Into: "司法厅"}
	p, err := Look(ctx, b.a, creator, "tag:水利", []Merge{m}, nil)
	if err != nil || len(p.Docs) != 1 || p.Docs[0].ID != b.docs[0].ID {
		t.Errorf("of a query: %+v, %v", p, err)
	}
	if p := b.look(m); len(p.Docs) != 2 {
		t.Errorf("%d documents", len(p.Docs))
	}
	if _, err := Look(ctx, b.a, creator, "tag:", []Merge{m}, nil); err == nil {
		t.Error("a query that is none is taken")
	}
	for _, m := range []Merge{{}, {From: []string{"司法廳"}}, {From: []string{"司法廳"}, Into: " "}, {From: []string{"司法廳"}, Into: "司法廳"}} {
		if p := b.look(m); len(p.Docs)+p.Values != 0 {
			t.Errorf("%+v changes %+v", m, p)
		}
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	if p, err := Look(over, b.a, creator, "", []Merge{m}, nil); err == nil {
		t.Errorf("it goes on: %+v", p)
	}
	var lots []string // too many to ask for one by one
	for i := range mostAsked {
		lots = append(lots, fmt.Sprint("局", i))
	}
	for _, from := range [][]string{{"司法廳", `a "b" c`}, append(lots, "司法廳")} {
		if p := b.look(Merge{From: from, Into: "司法厅"}); len(p.Docs) != 2 || p.Values != len(from) {
			t.Errorf("%d values: %+v", len(from), p)
		}
	}
	for _, odd := range []string{`a\b`, "a\nb", " 司法廳 ", "(x) OR y", "field:z=q", "「引」", `"`, "“”", "'", "-x", "司法廳，", "x|y", "=z"} {
		b.apply("Zhang", b.creators(2, odd))
		if p := b.look(Merge{From: []string{odd}, Into: "司法厅"}); len(p.Docs) != 1 || p.Docs[0].ID != b.docs[1].ID {
			t.Errorf("%q: %+v", odd, p)
		}
	}
	values, err := Values(ctx, b.a, creator, "tag:水利")
	if err != nil || !slices.Equal(values, []cluster.Value{{Text: "司法廳", N: 1}}) {
		t.Errorf("values %v, %v", values, err)
	}
}

// Whatever a document has: no value but those that go is lost or moved, and none is there
// twice that was there once.
func TestMergedProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var now []*archive.Item
		for i := range r.IntN(6) {
			now = append(now, &archive.Item{ID: archive.ID(fmt.Sprint(i)), Text: string(rune('a' + r.IntN(6)))})
		}
		into := map[string]string{}
		for range r.IntN(4) {
			if from, to := string(rune('a'+r.IntN(6))), string(rune('a'+r.IntN(8))); from != to {
				into[from] = to
			}
		}
		out := merged(now, into)
		var want, stayed []string
		touched := false
		for _, it := range now {
			if _, goes := into[it.Text]; goes {
				touched = true
			} else {
				want = append(want, string(it.ID)+it.Text)
			}
		}
		for _, k := range out {
			if _, goes := into[k.item.Text]; !goes {
				stayed = append(stayed, string(k.item.ID)+k.text)
			}
		}
		if touched != (len(out) > 0) || touched && !slices.Equal(want, stayed) {
			t.Fatalf("%v by %v: %v", now, into, out)
		}
		for _, it := range now {
			to, goes := into[it.Text]
			if !goes {
				continue
			}
			n := 0
			for _, k := range out {
				if k.text == to {
					n++
				}
			}
			was := 0
			for _, o := range now {
				if _, goes := into[o.Text]; o.Text == to && !goes {
					was++
				}
			}
			if n != max(1, was) {
				t.Fatalf("%v by %v: %s stands there %d times", now, into, to, n)
			}
		}
	}
}

func TestFields(t *testing.T) {
	d, err := template.Read(template.Default)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range Fields(d.Fields) {
		ids = append(ids, strings.TrimPrefix(f.ID, "dcterms:"))
	}
	got := strings.Join(ids, " ")
	if !strings.HasPrefix(got, "creator contributor publisher subject coverage ") || strings.Contains(got, "date") || strings.Contains(got, "accessRights") || !strings.Contains(got, " title") {
		t.Error(got)
	}
	if m := Of(&cluster.Group{Values: []cluster.Value{{Text: "a", N: 2}, {Text: "b", N: 1}}, Into: "b"}); m.Into != "b" || !slices.Equal(m.From, []string{"a"}) {
		t.Errorf("%+v", m)
	}
}

// Eight thousand documents with the field.
func TestLookIsQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	const n = 8_000
	b := newBench(t, n)
	edits := make([]*archive.Edit, n)
	for i := range edits {
		edits[i] = b.creators(i+1, []string{"司法厅", "司法廳", "水利局"}[i%3])
	}
	if _, err := b.a.ApplyMany(ctx, "Zhang", nil, edits...); err != nil {
		t.Fatal(err)
	}
	begin, told := time.Now(), 0
	p, err := Look(ctx, b.a, creator, "", []Merge{{From: []string{"司法廳"}, Into: "司法厅"}}, func(done, total int) { told = done })
	took := time.Since(begin)
	if err != nil || len(p.Docs) != n/3+1 || told == 0 {
		t.Fatalf("%d documents, told of %d, %v", len(p.Docs), told, err)
	}
	t.Logf("%d documents of %d in %v", len(p.Docs), n, took)
	if took > 5*time.Second {
		t.Errorf("it takes %v", took)
	}
	begin = time.Now()
	if p, err = Look(ctx, b.a, creator, "", []Merge{{From: []string{`"“”`, "司法廳"}, Into: "司法厅"}}, nil); err != nil || len(p.Docs) != n/3+1 {
		t.Fatal(len(p.Docs), err)
	}
	t.Logf("through all %d: %v", n, time.Since(begin))
}
