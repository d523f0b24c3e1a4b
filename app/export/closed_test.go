package export

import (
	"context"
	"strings"
	"testing"

	"fonds/storage/archive"
)

func TestClosed(t *testing.T) {
	ctx := context.Background()
	for _, tt := range []struct {
		access, available string
		closed            bool
	}{
		{"", "", false}, {"open", "", false}, {"开放", "", false}, {"Public", "", false}, {"控制", "", true}, {"未审核", "", true}, {"restricted", "2000-01-01", true},
		{"", "2026-11-29", false}, {"", "2026-11-30", true}, {"", "2026-11", true}, {"", "2026-10", false}, {"", "2026", true}, {"", "2025", false}, {"", "some day", true},
		{"延期开放", "", true}, {"postponed", "2026-01-01", false}, {"延期开放", "2030-01-01", true}, {"open", "2030", true},
	} {
		a, id := filled(t)
		for field, value := range map[string]string{AccessField: tt.access, AvailableField: tt.available} {
			if value == "" {
				continue
			}
			if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: field, Values: []archive.ValueIn{{Value: value}}}); err != nil {
				t.Fatal(err)
			}
		}
		for _, how := range []string{LeaveOut, ListClosed} {
			out, m := exported(t, a, Choice{Formats: Formats(), Closed: how})
			left, listed := 0, 0
			if tt.closed {
				left, listed = map[string]int{LeaveOut: 1}[how], map[string]int{ListClosed: 1}[how]
			}
			if m.Set.LeftOut != left || m.Set.Listed != listed {
				t.Errorf("%q, %q: %+v", tt.access, tt.available, m.Set)
			}
			for path, data := range tree(t, out) {
				if tt.closed && strings.Contains(data, "推进会") {
					t.Errorf("%q, %q: the closed text is in %s", tt.access, tt.available, path)
				}
			}
		}
	}
}

// TestClosedByUnit: a document that says nothing of it is closed by the unit that it lies in,
// or one above; one that says that it is open is not.
func TestClosedByUnit(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	s := func(v string) *string { return &v }
	apply := func(e *archive.Edit) {
		t.Helper()
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	apply(&archive.Edit{Do: archive.SetUnitKind, Level: "fonds", Code: s("Z109"), Describe: map[string][]string{AccessField: {"控制"}}})
	apply(&archive.Edit{Do: archive.SetUnitKind, Parent: s("Z109"), Level: "file", Code: s("1")})
	apply(&archive.Edit{Do: archive.PlaceKind, Doc: string(id), Unit: s("Z109/1")})
	out, m := exported(t, a, Choice{Formats: Formats()})
	if m.Set.LeftOut != 1 {
		t.Errorf("closed by its fonds: %+v", m.Set)
	}
	for path, data := range tree(t, out) {
		if strings.Contains(data, "推进会") {
			t.Errorf("the closed text is in %s", path)
		}
	}
	apply(&archive.Edit{Do: "field.set", Doc: string(id), Field: AccessField, Values: []archive.ValueIn{{Value: "开放"}}})
	if _, m = exported(t, a, Choice{Formats: []string{"jsonl"}}); m.Set.LeftOut != 0 {
		t.Errorf("opened by itself: %+v", m.Set)
	}
}

// TestWhatIsClosedIsInNoLog: where a document that was taken out of view is closed, or a unit,
// also one that is no more, no log is given out: it would say what may not be read. A closed
// unit is known by its code alone where a document in it is open.
func TestWhatIsClosedIsInNoLog(t *testing.T) {
	ctx := context.Background()
	s := func(v string) *string { return &v }
	unit := &archive.Edit{Do: archive.SetUnitKind, Level: "file", Code: s("002"), Title: s("举报人王五案卷"), Describe: map[string][]string{AccessField: {"controlled"}}}
	close := func(id archive.ID, how string) *archive.Edit {
		return &archive.Edit{Do: "field.set", Doc: string(id), Field: AccessField, Values: []archive.ValueIn{{Value: how}}}
	}
	for name, edits := range map[string]func(id archive.ID) []*archive.Edit{
		"a closed document out of view": func(id archive.ID) []*archive.Edit {
			return []*archive.Edit{close(id, "controlled"), {Do: "document.remove", Doc: string(id), Reason: "x"}}
		},
		"a closed unit": func(archive.ID) []*archive.Edit { return []*archive.Edit{unit} },
		"a closed unit that was removed": func(archive.ID) []*archive.Edit {
			return []*archive.Edit{unit, {Do: archive.RemoveUnitKind, Unit: s("002")}}
		},
		"a closed unit with an open document": func(id archive.ID) []*archive.Edit {
			return []*archive.Edit{unit, close(id, "open"), {Do: archive.PlaceKind, Doc: string(id), Unit: s("002")}}
		},
	} {
		a, id := filled(t)
		for _, e := range edits(id) {
			if _, err := a.Apply(ctx, "Zhang", e); err != nil {
				t.Fatal(name, err)
			}
		}
		out, _ := exported(t, a, Choice{Formats: []string{"jsonl", "ead3", "csv", "findingaid"}, Set: All})
		files := tree(t, out)
		if _, there := files["jsonl/log.jsonl"]; there {
			t.Errorf("%s: the log is given out", name)
		}
		for path, data := range files {
			if strings.Contains(data, "举报人王五") || name == "a closed document out of view" && strings.Contains(data, "推进会") {
				t.Errorf("%s: it is in %s", name, path)
			}
		}
	}
}
