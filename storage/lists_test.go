package storage

import (
	"context"
	"path/filepath"
	"testing"

	"fonds/storage/archive"
)

// TestListTerms: the terms of a list are those of its last version, with what was added;
// an undo brings those of before; a rebuild and a verification find nothing wrong.
func TestListTerms(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a.fonds")
	a, err := Create(ctx, path, NewArchive{Owner: "Zhang", Template: "dublincore"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	bring := func(list string, names ...string) {
		t.Helper()
		e := &archive.Edit{Do: archive.SetListKind, Name: "机构", List: list, Content: listOf(t, names...)}
		if list != "" {
			e.Name = ""
		}
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when, want string) {
		t.Helper()
		self, err := a.Self(ctx)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range self.Lists() {
			terms, err := a.ListTerms(ctx, l)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range terms {
				got += x.Name("") + " "
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	bring("", "司法局", "公安局")
	want("brought", "司法局 公安局 ")
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.AddTermKind, List: "机构", Name: "检察院"}); err != nil {
		t.Fatal(err)
	}
	bring("机构", "司法厅")
	want("another version", "司法厅 检察院 ")
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	want("undone", "司法局 公安局 检察院 ")
	if _, err := a.Redo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	want("redone", "司法厅 检察院 ")
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	want("rebuilt", "司法厅 检察院 ")
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.RemoveListKind, List: "机构"}); err != nil {
		t.Fatal(err)
	}
	want("removed", "")
}
