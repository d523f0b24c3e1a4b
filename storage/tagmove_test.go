package storage

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

func moves(from, to string) func(archive.ID) *archive.Edit {
	return func(id archive.ID) *archive.Edit {
		e := tag(archive.MoveTagKind, id, from)
		e.To = &to
		return e
	}
}

// tagsOf are the tags in force of a document.
func tagsOf(a *Archive, id archive.ID) string {
	d, err := a.Document(ctx, id)
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, it := range d.Of(archive.ATag) {
		if it.InForce() {
			out = append(out, it.Key)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestMoveTag: a tag is given another name where it stands, merged where the document has that one, refused where it makes
// no sense, proposed where tags are reviewed; an undo brings back what was, a redo what became.
func TestMoveTag(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "会议"))[0]
	mustApply(t, a, "Zhang", person("Li", "reviewer"), person("Wang", "archivist"))
	added := mustApply(t, a, "Wang", tag("tag.add", id, "党建"))[0].Item
	says := func(when, want string) {
		t.Helper()
		if got := tagsOf(a, id); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	if r := mustApply(t, a, "Zhang", moves("党建", " 党务 / 会议 ")(id))[0]; r.Item != added {
		t.Errorf("the item is %s, was %s", r.Item, added)
	}
	says("moved", "党务/会议")
	if it := mustDocument(t, a, id).Item(added); it.By != "Zhang" || it.RevBy != "Zhang" {
		t.Errorf("it is by %s, last changed by %s", it.By, it.RevBy)
	}
	for _, q := range []string{"tag:党务", "党务"} {
		if n, err := a.Count(ctx, Query{Search: q}); err != nil || n != 1 {
			t.Errorf("%s finds %d, %v", q, n, err)
		}
	}
	if n, _ := a.Count(ctx, Query{Search: "党建"}); n != 0 {
		t.Errorf("the old tag is still found")
	}
	undo := func(f string) {
		t.Helper()
		turn := a.Undo
		if f == "redo" {
			turn = a.Redo
		}
		if _, err := turn(ctx, "Zhang", false); err != nil {
			t.Fatal(f, err)
		}
	}
	undo("undo")
	says("undone", "党建")
	undo("redo")
	says("redone", "党务/会议")
	mustApply(t, a, "Wang", tag("tag.add", id, "党建"))
	mustApply(t, a, "Zhang", moves("党建", "党务/会议")(id))
	says("merged", "党务/会议")
	undo("undo")
	says("not merged", "党务/会议 党建")
	refused(t, a, "tag-absent", "Wang", moves("外事", "x")(id))
	refused(t, a, "tag-there", "Wang", moves("党建", "党建")(id))
	refused(t, a, "tag-name", "Wang", moves("党建", "a//b")(id))
	refused(t, a, "tag-name", "Wang", moves("党建", strings.Repeat("长", 1<<20))(id))
	refused(t, a, "missing", "Wang", tag(archive.MoveTagKind, id, "党建"))

	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	mustApply(t, a, "Wang", moves("党建", "新")(id))
	says("proposed", "党务/会议 党建")
	var on archive.ID
	for _, it := range mustDocument(t, a, id).Items {
		if it.Open() {
			on = it.ID
		}
	}
	mustApply(t, a, "Li", decide(on, "approve"))
	says("approved", "党务/会议 新")
	mustVerify(t, a)
}

// TestManySteps: a batch that reads ahead step by step writes what one does that reads document by document, also where
// later steps are about what earlier ones changed; its undo too, and both tell how far they are.
func TestManySteps(t *testing.T) {
	step, points := aheadStep, keepPoints
	defer func() { aheadStep, keepPoints = step, points }()
	for _, keepPoints = range []int{1, points} { // each document is kept between batches, or none
		aheadStep = 7
		a := newArchive(t)
		var in []*archive.Incoming
		for i := range 60 {
			in = append(in, incoming(fmt.Sprint(i, ".txt"), fmt.Sprint("第", i, "件")))
		}
		ids := bring(t, a, in...)
		var add, move []*archive.Edit
		for i, id := range ids {
			add = append(add, tag("tag.add", id, "甲"), tag("tag.add", id, fmt.Sprint("其他", i%3)))
			move = append(move, moves("甲", "乙")(id), field(id, "dcterms:date", randomDate(rand.New(rand.NewSource(int64(i))))+"1"))
		}
		for _, id := range ids {
			move = append(move, moves("乙", "其他0")(id))
		}
		mustApply(t, a, "Wang", add...)
		told := func(all int) (func(int), func()) {
			last, n := 0, 0
			return func(done int) {
					if done < last || done > all {
						t.Errorf("told %d after %d, of %d", done, last, all)
					}
					last, n = done, n+1
				}, func() {
					if last != all || n < 10 {
						t.Errorf("told %d of %d, %d times", last, all, n)
					}
				}
		}
		tell, end := told(len(move))
		res, err := a.ApplyMany(ctx, "Wang", tell, move...)
		if err != nil {
			t.Fatal(err)
		}
		end()
		for i, r := range res {
			if r.Err != nil {
				t.Errorf("edit %d: %v", i, r.Err)
			}
		}
		for i, id := range ids {
			want := "其他0"
			if i%3 > 0 {
				want += fmt.Sprint(" 其他", i%3)
			}
			if got := tagsOf(a, id); got != want {
				t.Fatalf("document %d has %s, want %s", i, got, want)
			}
		}
		mustVerify(t, a)
		tell, end = told(len(move))
		if _, err := a.UndoTelling(ctx, "Wang", false, func(done, _ int) { tell(done) }); err != nil {
			t.Fatal(err)
		}
		end()
		for i, id := range ids {
			if got, want := tagsOf(a, id), fmt.Sprint("其他", i%3, " 甲"); got != want {
				t.Fatalf("undone: document %d has %s, want %s", i, got, want)
			}
		}
		mustVerify(t, a)
		if _, err := a.RedoTelling(ctx, "Wang", false, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Undo(ctx, "Wang", false); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, a)
	}
}
