package storage

import (
	"errors"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestStaleEdits: an edit made on what somebody has changed since, in another
// window, is refused with both values, whatever kind it is.
func TestStaleEdits(t *testing.T) {
	undo := func(who string) func(*Archive, archive.ID, *archive.Item) error {
		return func(a *Archive, _ archive.ID, _ *archive.Item) error { _, err := a.Undo(ctx, who, false); return err }
	}
	do := func(who string, e func(id archive.ID, it *archive.Item) *archive.Edit) func(*Archive, archive.ID, *archive.Item) error {
		return func(a *Archive, id archive.ID, it *archive.Item) error {
			_, err := a.Apply(ctx, who, e(id, it))
			return err
		}
	}
	editMark := func(text string) func(archive.ID, *archive.Item) *archive.Edit {
		return func(_ archive.ID, it *archive.Item) *archive.Edit {
			return &archive.Edit{Do: "mark.edit", Mark: string(it.ID), Text: ptr(text)}
		}
	}
	editNote := func(text string) func(archive.ID, *archive.Item) *archive.Edit {
		return func(_ archive.ID, it *archive.Item) *archive.Edit {
			return &archive.Edit{Do: "note.edit", Note: string(it.ID), Text: ptr(text)}
		}
	}
	setTitle := func(v ...string) func(archive.ID, *archive.Item) *archive.Edit {
		return func(id archive.ID, _ *archive.Item) *archive.Edit { return field(id, title, v...) }
	}
	makeMark := func(id archive.ID, _ *archive.Item) *archive.Edit {
		return &archive.Edit{Do: "mark.add", Doc: string(id), Start: ptr(0), End: ptr(2), Label: "person", Text: ptr("旧评")}
	}
	act := func(do string) func(archive.ID, *archive.Item) *archive.Edit {
		return func(_ archive.ID, it *archive.Item) *archive.Edit { return &archive.Edit{Do: do, On: string(it.ID)} }
	}
	makeNote := func(id archive.ID, _ *archive.Item) *archive.Edit {
		return &archive.Edit{Do: "note.add", Doc: string(id), Text: ptr("旧注")}
	}
	fixIt := func(text string) func(archive.ID, *archive.Item) *archive.Edit {
		return func(id archive.ID, it *archive.Item) *archive.Edit {
			e := fix(id, 0, 2, "", text)
			if it != nil {
				e.Replaces = []string{string(it.ID)}
			}
			return e
		}
	}
	quote := string([]rune(noticeText(1, 200))[:2])
	tests := []struct {
		name                 string
		review               string
		what                 archive.What
		before               func(*Archive, archive.ID, *archive.Item) error // makes what the screen shows
		meanwhile            func(*Archive, archive.ID, *archive.Item) error
		then                 *archive.Edit // doc, item and Seen are filled in
		code, who, now, seen string
	}{
		{"field.set", "none", archive.AValue, do("Wang", setTitle("旧题")), do("Zhao", setTitle("新题", "又题")),
			field("", title, "我题"), "stale", "Zhao", `"新题; 又题"`, `"旧题"`},
		{"field.set, cleared", "none", archive.AValue, do("Wang", setTitle("旧题")), do("Zhao", setTitle()),
			field("", title, "我题"), "stale", "Zhao", `""`, `"旧题"`},
		{"field.set, undone", "none", archive.AValue, do("Wang", setTitle("旧题")), undo("Wang"),
			field("", title, "我题"), "stale", "Wang", `""`, `"旧题"`},
		{"mark.edit", "none", archive.AMark, do("Wang", makeMark), do("Zhao", editMark("新评")),
			&archive.Edit{Do: "mark.edit", Text: ptr("我评")}, "stale", "Zhao", `"person ` + quote + ` 新评"`, `"person ` + quote + ` 旧评"`},
		{"mark.edit, moved", "none", archive.AMark, do("Wang", makeMark), do("Zhao", func(_ archive.ID, it *archive.Item) *archive.Edit {
			return &archive.Edit{Do: "mark.edit", Mark: string(it.ID), Start: ptr(0), End: ptr(1)}
		}), &archive.Edit{Do: "mark.edit", Text: ptr("我评")}, "stale", "Zhao", `"person ` + string([]rune(quote)[:1]) + ` 旧评"`, `"person ` + quote + ` 旧评"`},
		{"mark.edit, removed", "none", archive.AMark, do("Wang", makeMark), do("Zhao", func(_ archive.ID, it *archive.Item) *archive.Edit {
			return &archive.Edit{Do: "mark.remove", Mark: string(it.ID)}
		}), &archive.Edit{Do: "mark.edit", Text: ptr("我评")}, "stale-gone", "Zhao", `"person ` + quote + ` 旧评"`, `"person ` + quote + ` 旧评"`},
		{"mark.remove", "none", archive.AMark, do("Wang", makeMark), do("Zhao", editMark("新评")),
			&archive.Edit{Do: "mark.remove"}, "stale", "Zhao", `"person ` + quote + ` 新评"`, `"person ` + quote + ` 旧评"`},
		{"correction.withdraw", "none", archive.ACorrection, do("Wang", fixIt("改")), func(a *Archive, id archive.ID, it *archive.Item) error {
			return do("Zhao", fixIt("再改"))(a, id, it)
		}, &archive.Edit{Do: "correction.withdraw"}, "stale-gone", "Zhao", `"` + quote + ` → 改"`, `"` + quote + ` → 改"`},
		{"note.edit", "none", archive.ANote, do("Wang", makeNote), do("Zhao", editNote("新注")),
			&archive.Edit{Do: "note.edit", Text: ptr("我注")}, "stale", "Zhao", `"新注"`, `"旧注"`},
		{"note.edit, its change undone", "none", archive.ANote, func(a *Archive, id archive.ID, _ *archive.Item) error {
			if err := do("Wang", makeNote)(a, id, nil); err != nil {
				return err
			}
			return do("Zhao", editNote("新注"))(a, id, last(t, a, id, archive.ANote))
		}, undo("Zhao"), &archive.Edit{Do: "note.edit", Text: ptr("我注")}, "stale", "Zhao", `"旧注"`, `"新注"`},
		{"note.remove", "none", archive.ANote, do("Wang", makeNote), do("Zhao", editNote("新注")),
			&archive.Edit{Do: "note.remove"}, "stale", "Zhao", `"新注"`, `"旧注"`},
		{"decide, edited", "everything", archive.AMark, do("Wang", makeMark), do("Wang", editMark("新评")),
			&archive.Edit{Do: "decide", Verdict: "approve"}, "stale", "Wang", `"person ` + quote + ` 新评"`, `"person ` + quote + ` 旧评"`},
		{"decide, decided", "everything", archive.AValue, do("Wang", setTitle("旧题")), do("Zhang", func(_ archive.ID, it *archive.Item) *archive.Edit {
			return decide(it.ID, "reject")
		}), &archive.Edit{Do: "decide", Verdict: "approve"}, "stale-gone", "Zhang", `"旧题"`, `"旧题"`},
		{"proposal.withdraw", "everything", archive.AMark, do("Wang", makeMark), do("Wang", editMark("新评")),
			&archive.Edit{Do: "proposal.withdraw"}, "stale", "Wang", `"person ` + quote + ` 新评"`, `"person ` + quote + ` 旧评"`},
		{"proposal.take, refused", "none", archive.ACorrection, nil, do("Zhao", act("proposal.refuse")),
			&archive.Edit{Do: "proposal.take"}, "stale-gone", "Zhao", `"旧题 → 机改"`, `"旧题 → 机改"`},
		{"proposal.refuse, taken", "none", archive.ACorrection, nil, do("Zhao", act("proposal.take")),
			&archive.Edit{Do: "proposal.refuse"}, "moved", "Zhao", "", ""},
		{"document.split, refused", "none", archive.ASplit, nil, do("Zhao", act("proposal.refuse")),
			&archive.Edit{Do: "document.split"}, "stale-gone", "Zhao", `"另一题
另文甲乙"`, `"另一题
另文甲乙"`},
		{"document.join, joined", "none", archive.ASplit, do("Wang", func(_ archive.ID, it *archive.Item) *archive.Edit {
			return &archive.Edit{Do: "document.split", On: string(it.ID)}
		}), do("Zhao", act("document.join")),
			&archive.Edit{Do: "document.join"}, "stale-gone", "Zhao", `"另一题
另文甲乙"`, `"另一题
另文甲乙"`},
		{"document.order, a part joined", "none", archive.ASplit, do("Wang", func(_ archive.ID, it *archive.Item) *archive.Edit {
			return &archive.Edit{Do: "document.split", On: string(it.ID)}
		}), do("Zhao", act("document.join")),
			&archive.Edit{Do: "document.order"}, "moved", "Zhao", "", ""},
	}
	kinds := map[string]bool{}
	for _, do := range staleOthers(t) {
		kinds[do] = true
	}
	for _, tt := range tests {
		kinds[tt.then.Do] = true
		t.Run(tt.name, func(t *testing.T) {
			a, id := team(t, tt.review)
			b, err := Open(ctx, a.Path(), Options{}) // the other window
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			if strings.HasPrefix(tt.name, "proposal.") && tt.before == nil || tt.what == archive.ASplit {
				id = bring(t, a, seen("seen.txt"))[0]
			}
			if tt.before != nil {
				var on *archive.Item
				if tt.what == archive.ASplit {
					on = last(t, a, id, tt.what)
				}
				if err := tt.before(a, id, on); err != nil {
					t.Fatal(err)
				}
			}
			it := last(t, a, id, tt.what)
			if err := tt.meanwhile(b, id, it); err != nil {
				t.Fatal(err)
			}
			e := tt.then
			e.Seen = &[]archive.ID{it.Rev}
			switch e.Do {
			case "field.set":
				e.Doc, e.Seen = string(id), &[]archive.ID{it.ID}
			case archive.OrderKind:
				e.Doc, e.Parts, e.Seen = string(id), &[]string{it.Text}, &[]archive.ID{archive.ID(it.Text)}
			case "mark.edit", "mark.remove":
				e.Mark = string(it.ID)
			case "correction.withdraw":
				e.Correction = string(it.ID)
			case "note.edit", "note.remove":
				e.Note = string(it.ID)
			default:
				e.On = string(it.ID)
			}
			_, err = a.Apply(ctx, map[bool]string{true: "Li", false: "Wang"}[e.Do == "decide"], e)
			var r *archive.Refusal
			if !errors.As(err, &r) || !errors.Is(err, archive.ErrStale) {
				t.Fatalf("got %v, want a refusal", err)
			}
			if r.Code != tt.code || r.Args["who"] != tt.who || r.Args["now"] != tt.now || r.Args["seen"] != tt.seen {
				t.Errorf("got %s: %v, want %s: who %s, now %s, seen %s", r.Code, r.Args, tt.code, tt.who, tt.now, tt.seen)
			}
			if strings.Contains(r.Error(), "{") {
				t.Errorf("the sentence has holes: %s", r)
			}
			mustVerify(t, a)
		})
	}
	for _, do := range archive.EditKinds() {
		if archive.TakesSeen(do) && !kinds[do] {
			t.Errorf("%s says what it has seen, and is not tried here", do)
		}
	}
}
