package bulk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

var ctx = context.Background()

func made(t *testing.T, texts ...string) (*storage.Archive, []archive.ID) {
	t.Helper()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		d := &archive.Incoming{Path: fmt.Sprintf("%02d.txt", i), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
		if i%2 == 0 {
			d.Proposals = []archive.Proposal{{Field: "dcterms:title", Value: "题" + fmt.Sprint(i), Rule: "r", Start: 0, End: 1, Confidence: 0.9}}
		}
		in <- d
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	docs, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []archive.ID
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	return a, ids
}

func apply(t *testing.T, a *storage.Archive, edits ...*archive.Edit) []storage.Result {
	t.Helper()
	res, err := a.Apply(ctx, "Zhang", edits...)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func set(id archive.ID, field string, values ...string) *archive.Edit {
	e := &archive.Edit{Do: "field.set", Doc: string(id), Field: field}
	for _, v := range values {
		e.Values = append(e.Values, archive.ValueOf(v))
	}
	return e
}

// says is what a document says of what a work is about.
func says(t *testing.T, a *storage.Archive, id archive.ID, w *Work) (out []string) {
	t.Helper()
	d, err := a.Document(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range d.Items {
		if !it.InForce() {
			continue
		}
		switch {
		case w.Do == Tag || w.Do == Untag:
			if it.What == archive.ATag {
				out = append(out, it.Key)
			}
		case it.What == archive.AValue && it.Key == w.Field && !it.NotStated():
		}
	}
	if slices.Contains([]Do{Set, Add, Replace}, w.Do) {
		for _, it := range d.Values(w.Field) {
			if !it.NotStated() {
				out = append(out, it.Text)
			}
		}
	}
	return out
}

// TestPlan: what a plan says stands there before it is done stands there, and afterwards
// what it says would; what it does not name stays as it was; one undo brings all back.
func TestPlan(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	var texts []string
	for i := range 24 {
		texts = append(texts, fmt.Sprint("第", i, "件 会议"))
	}
	a, ids := made(t, texts...)
	values := []string{"司法厅", "司法廳", "宁夏司法厅", "民政厅", "民政厅 "}
	for i, id := range ids {
		if i%3 > 0 {
			apply(t, a, set(id, "dcterms:creator", values[i%3], values[3]), &archive.Edit{Do: "tag.add", Doc: string(id), Tag: values[i%2]})
		}
		if i%5 == 0 {
			apply(t, a, set(id, "dcterms:source", ""))
		}
	}
	changed := 0
	for range 120 {
		w := Work{Do: []Do{Set, Add, Replace, Tag, Untag}[rng.Intn(5)], Field: []string{"dcterms:creator", "dcterms:source"}[rng.Intn(2)], Value: values[rng.Intn(5)],
			Find: []string{"厅", "司法", "^.*厅$", "(民)(政)"}[rng.Intn(4)]}
		w.Pattern = strings.ContainsAny(w.Find, "^(")
		if w.Pattern && rng.Intn(2) == 0 {
			w.Value = "$2x"
		}
		if w.Do == Set && rng.Intn(3) == 0 {
			w.Value = ""
		}
		before := map[archive.ID][]string{}
		for _, id := range ids {
			before[id] = says(t, a, id, &w)
		}
		p, err := w.Plan(ctx, a, ids, true, nil)
		if err != nil {
			t.Fatalf("%+v: %v", w, err)
		}
		if p.Same+len(p.Changes) != len(ids) {
			t.Fatalf("%+v: %d change and %d stay, of %d", w, len(p.Changes), p.Same, len(ids))
		}
		want := map[archive.ID][]string{}
		for _, c := range p.Changes {
			if got := before[c.Doc]; strings.Join(got, "|") != strings.Join(c.Before, "|") {
				t.Fatalf("%+v: before %q, planned %q", w, got, c.Before)
			}
			want[c.Doc] = c.After
		}
		changed += len(p.Changes)
		if len(p.Changes) == 0 {
			continue
		}
		res, err := a.ApplyMany(ctx, "Zhang", nil, All(p.Changes)...)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range res {
			if r.Err != nil {
				t.Fatalf("%+v: %v", w, r.Err)
			}
		}
		for _, id := range ids {
			should, ok := want[id]
			if !ok {
				should = before[id]
			}
			if got := says(t, a, id, &w); strings.Join(got, "|") != strings.Join(should, "|") {
				t.Fatalf("%+v: after %q, want %q", w, got, should)
			}
		}
		if rng.Intn(2) == 0 {
			if _, err := a.Undo(ctx, "Zhang", false); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				if got := says(t, a, id, &w); strings.Join(got, "|") != strings.Join(before[id], "|") {
					t.Fatalf("%+v: undone %q, want %q", w, got, before[id])
				}
			}
		}
	}
	if changed < 200 {
		t.Errorf("only %d documents were changed", changed)
	}
}

// TestEvery: words are marked and corrected wherever they stand, once each.
func TestEvery(t *testing.T) {
	a, ids := made(t, "会议 会议", "會議", "通知")
	d, err := a.Document(ctx, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	start, end := 0, 2
	apply(t, a, &archive.Edit{Do: "mark.add", Doc: string(d.ID), Start: &start, End: &end, Label: "event"})
	for _, c := range []struct {
		w      Work
		edits  int
		change int
	}{
		{Work{Do: Mark, Find: "会议", Label: "event"}, 2, 2},
		{Work{Do: Mark, Find: "会议", Label: "event", Exact: true}, 1, 1},
		{Work{Do: Mark, Find: "会议", Label: "person"}, 3, 2},
		{Work{Do: Correct, Find: "会议", Value: "會議"}, 2, 1},
		{Work{Do: Correct, Find: "會議", Value: "会议", Exact: true}, 1, 1},
	} {
		p, err := c.w.Plan(ctx, a, ids, false, nil)
		if err != nil || p.Edits != c.edits || len(p.Changes) != c.change {
			t.Errorf("%+v: %d edits of %d documents, want %d of %d, %v", c.w, p.Edits, len(p.Changes), c.edits, c.change, err)
		}
	}
	w := Work{Do: Correct, Find: "会议", Value: "大会"}
	p, err := w.Plan(ctx, a, ids, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, a, All(p.Changes)...)
	for i, want := range []string{"大会 大会", "大会", "通知"} {
		if r, err := a.Reading(ctx, ids[i]); err != nil || r.Text != want {
			t.Errorf("%q, want %q, %v", r.Text, want, err)
		}
	}
}

// TestSteps: what machines propose is taken, work is given, put together and submitted.
func TestSteps(t *testing.T) {
	a, ids := made(t, "一", "二", "三", "四")
	apply(t, a, set(ids[2], "dcterms:title", "有题"))
	apply(t, a, &archive.Edit{Do: "package.set", Name: "一期", Responsible: &[]string{"Zhang"}[0], Scope: &[]string{"x"}[0]})
	for _, c := range []struct {
		w    Work
		want int
	}{
		{Work{Do: Take, Field: "dcterms:title"}, 1}, // that of one without a title by hand
		{Work{Do: Take}, 0},                         // taken by then
		{Work{Do: Assign, Value: "Zhang"}, 4},
		{Work{Do: Assign, Value: "Zhang"}, 0},
		{Work{Do: Assign}, 4},
		{Work{Do: Package, Value: "一期"}, 4},
		{Work{Do: Package, Value: "一期"}, 0},
		{Work{Do: Submit}, 4},
		{Work{Do: Submit}, 0},
	} {
		p, err := c.w.Plan(ctx, a, ids, false, nil)
		if err != nil || len(p.Changes) != c.want {
			t.Fatalf("%+v: %d documents, want %d, %v", c.w, len(p.Changes), c.want, err)
		}
		if c.want > 0 {
			apply(t, a, All(p.Changes)...)
		}
	}
}

// TestNothing: what says too little is ErrNothing, and a pattern that cannot be read a
// refusal.
func TestNothing(t *testing.T) {
	a, ids := made(t, "一")
	for _, w := range []Work{{Do: Set}, {Do: Add, Field: "x"}, {Do: Replace, Field: "x"}, {Do: Tag, Value: "  "}, {Do: Mark, Find: "x"}, {Do: Correct, Value: "x"}} {
		if _, err := w.Plan(ctx, a, ids, false, nil); !errors.Is(err, ErrNothing) {
			t.Errorf("%+v: %v", w, err)
		}
	}
	var r *archive.Refusal
	if _, err := (&Work{Do: Replace, Field: "x", Find: "(", Pattern: true}).Plan(ctx, a, ids, false, nil); !errors.As(err, &r) || r.Code != "pattern" {
		t.Errorf("an open bracket: %v", err)
	}
	if _, err := (&Work{Do: Package, Value: "none"}).Plan(ctx, a, ids, false, nil); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a package that is none: %v", err)
	}
}

// TestRetag: a tag is renamed with all under it, merged where the other is there, and
// keys and saved searches follow; one undo brings all back.
func TestRetag(t *testing.T) {
	a, ids := made(t, "一", "二", "三", "四")
	key := 3
	apply(t, a, &archive.Edit{Do: "tag.add", Doc: string(ids[0]), Tag: "党建"}, &archive.Edit{Do: "tag.add", Doc: string(ids[0]), Tag: "党建/会议"},
		&archive.Edit{Do: "tag.add", Doc: string(ids[1]), Tag: "党建/会议"}, &archive.Edit{Do: "tag.add", Doc: string(ids[1]), Tag: "党务/会议"},
		&archive.Edit{Do: "tag.add", Doc: string(ids[2]), Tag: "党建工作"}, &archive.Edit{Do: "tag.hotkey", Tag: "党建/会议", Key: &key},
		&archive.Edit{Do: "search.save", Name: "会", Query: "tag:党建/会议 -tag:党建工作"})
	tags := func() string {
		var out []string
		for _, id := range ids {
			all := says(t, a, id, &Work{Do: Tag})
			slices.Sort(all)
			out = append(out, strings.Join(all, "+"))
		}
		return strings.Join(out, " | ")
	}
	before := tags()
	w := Work{Do: Retag, Find: "党建", Value: " 党务 "}
	p, err := w.Plan(ctx, a, ids, false, nil)
	if err != nil || len(p.Changes) != 4 || p.Same != 2 {
		t.Fatalf("planned %+v, %v", p, err)
	}
	apply(t, a, All(p.Changes)...)
	if got := tags(); got != "党务+党务/会议 | 党务/会议 | 党建工作 | " {
		t.Errorf("afterwards %s", got)
	}
	self, err := a.Self(ctx)
	if err != nil || self.Hotkeys()["3"] != "党务/会议" || self.Searches()[0].Query != "tag:党务/会议 -tag:党建工作" {
		t.Errorf("the key puts %q on, the search is %q, %v", self.Hotkeys()["3"], self.Searches()[0].Query, err)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil || tags() != before {
		t.Errorf("undone: %s, %v", tags(), err)
	}
	for _, tt := range []struct{ find, value, want string }{{"党建", "党建/会议", "党建/会议+党建/会议/会议 | 党务/会议+党建/会议/会议 | 党建工作 | "},
		{"党建/会议", "党建", "党建 | 党务/会议+党建 | 党建工作 | "}} {
		w := Work{Do: Retag, Find: tt.find, Value: tt.value}
		p, err := w.Plan(ctx, a, ids, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		apply(t, a, All(p.Changes)...)
		if got := tags(); got != tt.want {
			t.Errorf("%s to %s: %s, want %s", tt.find, tt.value, got, tt.want)
		}
		if _, err := a.Undo(ctx, "Zhang", false); err != nil || tags() != before {
			t.Errorf("undone: %s, %v", tags(), err)
		}
	}
	// What is said of a tag and of one under it go along, each with its own.
	scope, below := "of all", "of meetings"
	apply(t, a, &archive.Edit{Do: archive.SetConceptKind, Tag: "党建", Scope: &scope}, &archive.Edit{Do: archive.SetConceptKind, Tag: "党建/会议", Scope: &below})
	p, err = (&Work{Do: Retag, Find: "党建", Value: "党建/会议"}).Plan(ctx, a, ids, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, a, All(p.Changes)...)
	if self, err = a.Self(ctx); err != nil || len(self.Concepts()) != 2 || self.Concepts()["党建/会议"].Scope != scope || self.Concepts()["党建/会议/会议"].Scope != below {
		t.Errorf("said of them: %+v, %v", self.Concepts(), err)
	}
	for _, w := range []Work{{Do: Retag, Find: "党建", Value: "党建"}, {Do: Retag, Value: "x"}, {Do: Retag, Find: "x"}} {
		if _, err := w.Plan(ctx, a, ids, false, nil); !errors.Is(err, ErrNothing) {
			t.Errorf("%+v: %v", w, err)
		}
	}
}

// TestRetagConcepts: what is said of a tag goes along with it; of one that is merged the
// other is used for its name; deleting takes all away; one undo brings each back.
func TestRetagConcepts(t *testing.T) {
	a, ids := made(t, "一", "二", "三")
	key := 3
	scope, zh := "纪要", []string{"开会"}
	apply(t, a, &archive.Edit{Do: "tag.add", Doc: string(ids[0]), Tag: "党建/会议"}, &archive.Edit{Do: "tag.add", Doc: string(ids[1]), Tag: "大会"},
		&archive.Edit{Do: archive.SetConceptKind, Tag: "党建/会议", Scope: &scope, UsedFor: &zh}, &archive.Edit{Do: archive.SetConceptKind, Tag: "未用", Scope: &scope},
		&archive.Edit{Do: "tag.hotkey", Tag: "大会", Key: &key})
	said := func() string {
		self, err := a.Self(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for tag, c := range self.Concepts() {
			out = append(out, tag+"="+c.Scope+"("+strings.Join(c.UsedFor, ",")+")")
		}
		slices.Sort(out)
		tags, err := a.Tags(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range tags {
			out = append(out, x.Tag)
		}
		return strings.Join(out, " ") + " " + self.Hotkeys()["3"]
	}
	before := "党建/会议=纪要(开会) 未用=纪要() 党建/会议 大会 大会"
	if got := said(); got != before {
		t.Fatal(got)
	}
	for _, x := range []struct {
		w    Work
		want string
	}{
		{Work{Do: Retag, Find: "党建", Value: "党务"}, "党务/会议=纪要(开会) 未用=纪要() 党务/会议 大会 大会"},
		{Work{Do: Retag, Find: "党建/会议", Value: "大会"}, "大会=纪要(会议,开会) 未用=纪要() 大会 大会"},
		{Work{Do: Retag, Find: "大会", Value: "党建/会议"}, "党建/会议=纪要(开会,大会) 未用=纪要() 党建/会议 党建/会议"},
		{Work{Do: Retag, Find: "未用", Value: "用"}, "党建/会议=纪要(开会) 用=纪要() 党建/会议 大会 大会"},
		{Work{Do: Delete, Find: "党建"}, "未用=纪要() 大会 大会"},
		{Work{Do: Delete, Find: "大会"}, "党建/会议=纪要(开会) 未用=纪要() 党建/会议 "},
	} {
		p, err := x.w.Plan(ctx, a, ids, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		apply(t, a, All(p.Changes)...)
		if got := said(); got != x.want {
			t.Errorf("%+v:\n got %s\nwant %s", x.w, got, x.want)
		}
		if _, err := a.Undo(ctx, "Zhang", false); err != nil || said() != before {
			t.Errorf("%+v undone: %s, %v", x.w, said(), err)
		}
	}
	if _, err := (&Work{Do: Delete}).Plan(ctx, a, ids, false, nil); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
}
