package storage

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// TestTogetherConflicts: what two people did apart, and what becomes of it. The
// second copy's clock is a minute ahead, so its work comes later in the order.
func TestTogetherConflicts(t *testing.T) {
	text := func(a *Archive, id archive.ID) string { return strings.Join(values(t, a, id, title), "; ") }
	undo := func(who string) func(*testing.T, *Archive, archive.ID) {
		return func(t *testing.T, a *Archive, _ archive.ID) {
			if _, err := a.Undo(ctx, who, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	does := func(who string, edits ...func(archive.ID) *archive.Edit) func(*testing.T, *Archive, archive.ID) {
		return func(t *testing.T, a *Archive, id archive.ID) {
			for _, e := range edits {
				mustApply(t, a, who, e(id))
			}
		}
	}
	setTitle := func(v string) func(archive.ID) *archive.Edit {
		return func(id archive.ID) *archive.Edit { return field(id, title, v) }
	}
	do := func(what string) func(archive.ID) *archive.Edit {
		return func(id archive.ID) *archive.Edit { return about(what, id) }
	}
	rule := func(e *archive.Edit) func(archive.ID) *archive.Edit {
		return func(archive.ID) *archive.Edit { return e }
	}
	onProposal := func(verdict string) func(*testing.T, *Archive, archive.ID) {
		return func(t *testing.T, a *Archive, id archive.ID) {
			for _, it := range mustDocument(t, a, id).Items {
				if it.Open() {
					mustApply(t, a, "Li", decide(it.ID, verdict))
					return
				}
			}
			t.Fatal("nothing is proposed")
		}
	}
	tests := []struct {
		name          string
		before        func(*testing.T, *Archive, archive.ID)
		first, second func(*testing.T, *Archive, archive.ID)
		conflicts     int
		want          func(*Archive, archive.ID) string // of the end
		is            string
	}{
		{"a tag moved twice", does("Wang", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "t") }), does("Wang", moves("t", "a")), does("Zhao", moves("t", "b")), 0, tagsOf, "b"},
		{"a tag moved and gone", does("Wang", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "t") }), does("Wang", func(id archive.ID) *archive.Edit { return tag("tag.remove", id, "t") }),
			does("Zhao", moves("t", "b")), 1, tagsOf, ""},
		{"a tag moved to what comes", does("Wang", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "t") }), does("Wang", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "b") }),
			does("Zhao", moves("t", "b")), 0, tagsOf, "b"},
		{"the same field", nil, does("Wang", setTitle("甲")), does("Zhao", setTitle("乙")), 1, text, "甲"},
		{"two fields", nil, does("Wang", setTitle("甲")), does("Zhao", func(id archive.ID) *archive.Edit { return field(id, "dcterms:date", "2015") }), 0, text, "甲"},
		{"the same tag", nil, does("Wang", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "t") }),
			does("Zhao", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "t") }), 0,
			func(a *Archive, id archive.ID) string {
				return fmt.Sprint(len(mustDocument(t, a, id).Of(archive.ATag)))
			}, "1"},
		{"the same person joins", nil, does("Qian", setTitle("甲")), does("Qian", func(id archive.ID) *archive.Edit { return tag("tag.add", id, "t") }), 0,
			func(a *Archive, _ archive.ID) string {
				self, _ := a.Self(ctx)
				n := 0
				for _, it := range self.Of(archive.APerson) {
					if it.Key == "Qian" {
						n++
					}
				}
				return fmt.Sprint(n)
			}, "1"},
		{"a role is taken away", nil, does("Zhang", rule(person("Wang", "reader"))), does("Wang", setTitle("乙")), 1, text, ""},
		{"the archive is closed", nil, does("Zhang", rule(&archive.Edit{Do: "policy.set", Closed: ptr(true)})), does("Qian", setTitle("乙")), 2, text, ""},
		{"a policy comes", nil, does("Zhang", rule(&archive.Edit{Do: "policy.set", Review: "everything"})), does("Wang", setTitle("乙")), 0, text, ""},
		{"four eyes come", does("Zhang", rule(&archive.Edit{Do: "policy.set", Review: "everything", FourEyes: ptr(false)}), rule(person("Wang", "reviewer")), setTitle("甲")),
			does("Zhang", rule(&archive.Edit{Do: "policy.set", FourEyes: ptr(true)})),
			func(t *testing.T, a *Archive, id archive.ID) {
				r := mustApply(t, a, "Wang", func() *archive.Edit { return tag("tag.add", id, "t") }())
				mustApply(t, a, "Wang", decide(r[0].Item, "approve"))
			}, 1, text, ""},
		{"a document is removed", nil, does("Wang", do("document.remove")), does("Zhao", setTitle("乙")), 1, text, ""},
		{"removed and restored", nil, does("Wang", do("document.remove"), do("document.restore")), does("Zhao", setTitle("乙")), 0, text, "乙"},
		{"both remove it", nil, does("Wang", do("document.remove")), does("Zhao", do("document.remove")), 1,
			func(a *Archive, id archive.ID) string { return string(mustDocument(t, a, id).Status()) }, "removed"},
		{"an import is undone", nil, undo("Chen"), does("Zhao", setTitle("乙")), 1,
			func(a *Archive, id archive.ID) string { _, err := a.Document(ctx, id); return fmt.Sprint(err == nil) }, "false"},
		{"an import is undone after", nil, does("Zhao", setTitle("乙")), undo("Chen"), 1, text, "乙"},
		{"an undo, and a change of it", does("Wang", setTitle("甲")), does("Zhao", setTitle("丙")), undo("Wang"), 1, text, "丙"},
		{"both undo it", does("Wang", setTitle("甲")), undo("Wang"), undo("Wang"), 1, text, ""},
		{"both approve it", does("Zhang", rule(&archive.Edit{Do: "policy.set", Review: "everything"}), setTitle("甲")), onProposal("approve"), onProposal("approve"), 1, text, "甲"},
		{"one approves, one rejects", does("Zhang", rule(&archive.Edit{Do: "policy.set", Review: "everything"}), setTitle("甲")), onProposal("reject"), onProposal("approve"), 1, text, ""},
		{"approved as it was no more", nil, does("Wang", setTitle("甲")), does("Li", do("document.approve")), 1,
			func(a *Archive, id archive.ID) string { return string(mustDocument(t, a, id).Status()) }, "in progress"},
		{"the same saved search", nil, does("Wang", rule(saves("待核", "has:note"))), does("Zhao", rule(saves("待核", "has:question"))), 0, searchesOf, "待核 has:question"},
		{"a saved search is removed", does("Wang", rule(saves("待核", "has:note"))), does("Wang", rule(&archive.Edit{Do: archive.RemoveSearchKind, Name: "待核"})),
			does("Zhao", rule(saves("待核", "has:question"))), 0, searchesOf, "待核 has:question"},
		{"both remove a saved search", does("Wang", rule(saves("待核", "has:note"))), does("Wang", rule(&archive.Edit{Do: archive.RemoveSearchKind, Name: "待核"})),
			does("Zhao", rule(&archive.Edit{Do: archive.RemoveSearchKind, Name: "待核"})), 1, searchesOf, ""},
		{"a saved search of a new reader", nil, does("Zhang", rule(person("Wang", "reader"))), does("Wang", rule(saves("待核", "has:note"))), 1, searchesOf, ""},
		{"the last owner", does("Zhang", rule(person("Li", "owner"))), does("Zhang", rule(person("Li", "archivist"))), does("Li", rule(person("Zhang", "archivist"))), 1,
			func(a *Archive, _ archive.ID) string {
				s, _ := a.Self(ctx)
				return strings.Join(s.Rules().People(archive.Owner), ",")
			}, "Zhang"},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := team(t, "none")
			in := make(chan *archive.Incoming, 1)
			in <- incoming("9.txt", noticeText(9, 300))
			close(in)
			var id archive.ID
			if err := a.Import(ctx, "Chen", in, func(r Imported) { id = r.ID }); err != nil {
				t.Fatal(err)
			}
			if tt.before != nil {
				tt.before(t, a, id)
			}
			now := time.Now()
			c1 := fork(t, a, int64(i)*2, func() time.Time { return now.Add(time.Minute) })
			c2 := fork(t, a, int64(i)*2+1, func() time.Time { return now.Add(2 * time.Minute) })
			tt.first(t, c1, id)
			tt.second(t, c2, id)
			copies := []*Archive{c1, c2}
			if got := together(t, rand.New(rand.NewSource(int64(i))), copies); got != tt.conflicts {
				t.Errorf("got %d conflicts, want %d", got, tt.conflicts)
			}
			if got := tt.want(c1, id); got != tt.is {
				t.Errorf("got %q, want %q", got, tt.is)
			}
		})
	}
}
