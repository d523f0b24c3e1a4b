package storage

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/query"
)

func saves(name, query string) *archive.Edit {
	return &archive.Edit{Do: archive.SaveSearchKind, Name: name, Query: query}
}

// searchesOf are the saved searches of an archive, a word for each.
func searchesOf(a *Archive, _ archive.ID) string {
	self, err := a.Self(ctx)
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, s := range self.Searches() {
		out = append(out, s.Name+" "+s.Query)
	}
	return strings.Join(out, "; ")
}

// TestSaveSearch: a query is kept as it is written with keys of its own; what cannot be
// read, names what is not there or asks for itself is refused in the parser's words.
func TestSaveSearch(t *testing.T) {
	a := newArchive(t)
	for _, tt := range []struct {
		e          *archive.Edit
		code, says string
		want       string
	}{
		{e: saves("  待核 ", "has:Proposal   OR   has:question"), want: "待核 has:proposal OR has:question"},
		{e: saves("待核", "has:proposal OR has:question"), code: "unchanged"},
		{e: saves("待核", "(会议"), code: "search-query", says: "bracket"},
		{e: saves("待核", "saved:gone"), code: "search-query", says: "no saved search gone"},
		{e: saves("待核", "会议 saved:待核"), code: "search-query", says: "asks for itself"},
		{e: saves("待核", " "), code: "missing"},
		{e: saves("待核", `""`), code: "search-query", says: "no word"},
		{e: saves("待核", strings.Repeat("字", 2001)), code: "search-query", says: "2000"},
		{e: saves("待核", strings.Repeat("=| ", 660)+"abcdefgh"), code: "search-query", says: "conditions"},
		{e: saves("会", "会议 saved:待核"), want: "会 会议 saved:待核; 待核 has:proposal OR has:question"},
		{e: saves("待核", "saved:会"), code: "search-query", says: "asks for itself"},
		{e: saves("待核", "has:note"), want: "会 会议 saved:待核; 待核 has:note"},
		{e: &archive.Edit{Do: archive.RemoveSearchKind, Name: "无"}, code: "search-absent"},
		{e: &archive.Edit{Do: archive.RemoveSearchKind, Name: "待核"}, want: "会 会议 saved:待核"},
	} {
		before := searchesOf(a, "")
		_, err := a.Apply(ctx, "Zhang", tt.e)
		var r *archive.Refusal
		got := searchesOf(a, "")
		switch {
		case tt.code == "" && (err != nil || got != tt.want):
			t.Errorf("%s %q: got %s, want %s, %v", tt.e.Name, tt.e.Query, got, tt.want, err)
		case tt.code != "" && (!errors.As(err, &r) || r.Code != tt.code || !strings.Contains(err.Error(), tt.says) || got != before):
			t.Errorf("%s %q: %v, want %s (%s); then there is %s", tt.e.Name, tt.e.Query, err, tt.code, tt.says, got)
		}
	}
	if _, err := a.Count(ctx, Query{Search: "saved:会"}); !wrong(err, "saved-none", "saved") {
		t.Errorf("what a saved search names was removed: %v", err)
	}
	for _, want := range []string{"会 会议 saved:待核; 待核 has:note", "会 会议 saved:待核; 待核 has:proposal OR has:question", "待核 has:proposal OR has:question", ""} {
		if _, err := a.Undo(ctx, "Zhang", false); err != nil || searchesOf(a, "") != want {
			t.Errorf("undone: got %s, want %s, %v", searchesOf(a, ""), want, err)
		}
	}
	if _, err := a.Redo(ctx, "Zhang", false); err != nil || searchesOf(a, "") != "待核 has:proposal OR has:question" {
		t.Errorf("redone: %s, %v", searchesOf(a, ""), err)
	}
	mustVerify(t, a)
}

func wrong(err error, codes ...string) bool {
	var e *query.Error
	return errors.As(err, &e) && strings.Contains(strings.Join(codes, " "), e.Code)
}

// TestSearchOfReaders: who may not write saves no search, and a search changes no
// document.
func TestSearchOfReaders(t *testing.T) {
	a, id := team(t, "none")
	mustApply(t, a, "Zhang", person("Wang", "reader"))
	for _, e := range []*archive.Edit{saves("待核", "has:note"), {Do: archive.RemoveSearchKind, Name: "待核"}} {
		var r *archive.Refusal
		if _, err := a.Apply(ctx, "Wang", e); !errors.As(err, &r) || r.Code != "role" {
			t.Errorf("%s by a reader: %v", e.Do, err)
		}
	}
	mustApply(t, a, "Zhang", field(id, title, "题"))
	mustApply(t, a, "Li", about("document.approve", id))
	before := rowsOf(t, a)
	mustApply(t, a, "Zhang", saves("待核", "has:note"))
	if st := mustDocument(t, a, id).Status(); st != archive.Approved {
		t.Errorf("the document is %s", st)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil || rowsOf(t, a) != before {
		t.Errorf("the rows are others after the undo: %v", err)
	}
}

// TestManySearches: there is an end to them, and it can still be changed what there is.
func TestManySearches(t *testing.T) {
	a := newArchive(t)
	var edits []*archive.Edit
	for i := range 201 {
		edits = append(edits, saves(fmt.Sprint("检", i), "会议"))
	}
	r, err := a.ApplyEach(ctx, "Zhang", edits...)
	var full *archive.Refusal
	if err != nil || r[199].Err != nil || !errors.As(r[200].Err, &full) || full.Code != "searches-full" {
		t.Fatalf("%v, %v, %v", err, r[199].Err, r[200].Err)
	}
	mustApply(t, a, "Zhang", saves("检7", "通知"))
}

// TestFindsSaved: by any spelling of its name, and what is wrong is said of where it is
// typed.
func TestFindsSaved(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("1.txt", "司法厅会议"), incoming("2.txt", "通知"), incoming("3.txt", "会议通知"))
	mustApply(t, a, "Zhang", saves("Réunion", "会议"))
	for s, want := range map[string]int{"saved:Réunion": 2, "saved:Re\u0301union": 2, "通知 saved:Réunion": 1, "-saved:Réunion": 1} {
		if n, err := a.Count(ctx, Query{Search: s}); err != nil || n != want {
			t.Errorf("%s: %d, want %d, %v", s, n, want, err)
		}
	}
	_, err := a.Count(ctx, Query{Search: "通知 saved:lost"})
	var e *query.Error
	if !errors.As(err, &e) || e.Code != "saved" || e.Start != 3 || e.End != 13 || !strings.Contains(err.Error(), "Réunion") {
		t.Errorf("%v", err)
	}
	if all, err := a.Facet(ctx, Query{Search: "saved:Réunion"}, Facet{Key: query.Format}, 0); err != nil || len(all) != 1 || all[0].N != 2 {
		t.Errorf("a facet of it: %v, %v", all, err)
	}
}
