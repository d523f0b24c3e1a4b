package checks

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/storage"
	"fonds/storage/archive"
)

// What concerns the archive itself: destroyed documents, four eyes, parts, what was broken
// off.
func TestArchive(t *testing.T) {
	r, a := checked(t, "dat18", said(who, "水利厅"), text("乙\n"))
	for check, want := range map[string]Result{"A1": Passed, "A12": NotDone, "C1": Passed, "C3": Passed, "C5": NotApplicable, "C7": NotDone, "S1": Passed, "S4": NotApplicable, "S5": Passed, "S6": NotDone} {
		if got := r.Outcome(check).Result; got != want {
			t.Errorf("%s: %s, want %s", check, got, want)
		}
	}
	if got := codesOf(r.Outcome("S1")); !strings.Contains(got, "no-review") || strings.Contains(got, "four-eyes-off") {
		t.Errorf("S1: %s", got)
	}
	apply := func(e *archive.Edit) {
		t.Helper()
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	off, authority := false, "销毁清册 2026-1"
	apply(&archive.Edit{Do: "policy.set", FourEyes: &off})
	docs, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	apply(&archive.Edit{Do: "document.destroy", Doc: string(docs[1].ID), Authority: &authority, Reason: "到期"})
	if err := os.WriteFile(a.Path()+".making", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	r = reported(t, a)
	if got := codesOf(r.Outcome("S1")); !strings.Contains(got, "four-eyes-off") {
		t.Errorf("S1 without four eyes: %s", got)
	}
	o := r.Outcome("S4")
	if !strings.Contains(codesOf(o), "destroyed") || !strings.Contains(r.Words(&o.Findings[0]), authority) {
		t.Errorf("S4: %s, %s", o.Result, codesOf(o))
	}
	if got := codesOf(r.Outcome("S5")); got != "left-over" {
		t.Errorf("S5: %s", got)
	}
}

// A file that was tampered with: an original, the size that was recorded, the log.
func TestTampered(t *testing.T) {
	for _, tt := range []struct{ sql, check, code string }{
		{"UPDATE chunks SET packed=0, data=CAST('别的' AS BLOB)", "A1", "sha-changed"},
		{"DELETE FROM chunks", "A1", "original-lost"},
		{"UPDATE documents SET info=json_set(info, '$.size', 8)", "A2", "size-changed"},
		{"UPDATE documents SET info=json_set(info, '$.name', 'x')", "A2", "name-changed"},
		{"UPDATE log SET actor='Li'", "C3", "log"},
	} {
		_, a := checked(t, "dat18", text("清淤\n"))
		path := a.Path()
		a.Close()
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(tt.sql); err != nil {
			t.Fatalf("%s: %v", tt.sql, err)
		}
		db.Close()
		b, err := storage.Open(ctx, path, storage.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		r := reported(t, b)
		if o := r.Outcome(tt.check); o.Result != Failed || codesOf(o) != tt.code || r.OK() {
			t.Errorf("%s: %s is %s, %s", tt.sql, tt.check, o.Result, codesOf(o))
		}
		b.Close()
	}
}

// A part whose document is not there, and the other way round, cannot be made by any edit: the
// comparison is asked alone.
func TestParts(t *testing.T) {
	_, a := checked(t, "dat18", text("清淤\n"))
	docs, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	none := archive.ID("0193a000-0000-7000-8000-00000000dead")
	for _, tt := range []struct {
		rows []row
		want string
	}{
		{[]row{{id: docs[0].ID}, {id: "x", of: docs[0].ID}}, ""},
		{[]row{{id: docs[0].ID, of: none}}, "whole-missing"},
		{[]row{{id: docs[0].ID, parts: []archive.ID{none}}}, "part-missing"},
	} {
		r := &runner{ctx: ctx, rows: tt.rows, outcomes: map[string]*Outcome{"C5": {Check: CheckOf("C5")}}, report: &Report{Docs: map[archive.ID]Named{}, years: map[archive.ID]int{}}}
		if err := r.parts(a); err != nil {
			t.Fatal(err)
		}
		if got := codesOf(r.outcomes["C5"]); got != tt.want || r.outcomes["C5"].Looked == 0 {
			t.Errorf("%v: %q, want %q", tt.rows, got, tt.want)
		}
	}
}

// A document with a part: both have each other, the words of the part are looked at in the
// part alone, and its original is counted once.
func TestDivided(t *testing.T) {
	p := text("甲通知\n第一件。\n乙通知\n第\ufffd件。\n")
	p.after = func(t *testing.T, a *storage.Archive, id archive.ID) {
		start, end := 9, 18
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "document.split", Doc: string(id), Start: &start, End: &end}); err != nil {
			t.Fatal(err)
		}
	}
	r, _ := checked(t, "dat18", p)
	if r.Documents != 2 || r.Bytes != int64(len(p.text)) {
		t.Errorf("%d documents, %d bytes", r.Documents, r.Bytes)
	}
	for check, want := range map[string]string{"A1": "2 ", "A2": "2 ", "C5": "2 ", "U2": "1 ", "U3": "2 text-special"} {
		o := r.Outcome(check)
		if got := fmt.Sprint(o.Looked, " ", codesOf(o)); got != want {
			t.Errorf("%s: %s, want %s", check, got, want)
		}
	}
	if f := r.Outcome("U3").Findings[0]; !strings.Contains(r.Docs[f.Doc].Path, "#") {
		t.Errorf("U3 is of %s", r.Docs[f.Doc].Path)
	}
}

// A search: gaps and counts are not looked for among some of the documents.
func TestOfSome(t *testing.T) {
	_, a := checked(t, "dat18", said(ref, "Z109-WS·2015·Y-0001"), with(text2("二"), ref, "Z109-WS·2015·Y-0005"))
	r, err := Run(ctx, a, Options{Now: now, Query: storage.Query{Search: "清淤"}, Search: "清淤"})
	if err != nil {
		t.Fatal(err)
	}
	if r.Documents != 1 || r.Outcome("C4").Result != NotDone || r.Outcome("C1").Result != NotDone || !strings.Contains(r.Says(), "that 清淤 finds") {
		t.Errorf("%d documents, C4 %s, %s", r.Documents, r.Outcome("C4").Result, r.Says())
	}
}

// The same state gives the same report, and the same bytes of each file, whoever is faster;
// what is evil in a value is text.
func TestFiles(t *testing.T) {
	defer i18n.Use(i18n.Current())
	var papers []paperOfTest
	for i := range 450 {
		papers = append(papers, with(text2(fmt.Sprint(i)), who, "=1+1", "<script>alert(1)</script>"))
		papers[i].values[dat] = []string{"某<i>年"}
	}
	_, a := checked(t, "dat18", papers...)
	for _, lang := range i18n.Languages() {
		i18n.Use(lang)
		one, two := reported(t, a), reported(t, a)
		i18n.Use(lang)
		page := one.HTML()
		if !bytes.Equal(page, two.HTML()) {
			t.Errorf("%s: not the same page", lang)
		}
		if _, err := html.Parse(bytes.NewReader(page)); err != nil {
			t.Error(err)
		}
		for _, bad := range []string{"<script>", "<i>", "checks.", "{n}", "{value}"} {
			if bytes.Contains(page, []byte(bad)) {
				t.Errorf("%s: %q is in the page", lang, bad)
			}
		}
		for replica := range one.Heads {
			if !bytes.Contains(page, []byte(replica)) {
				t.Errorf("%s: the heads are not in the page", lang)
			}
		}
		first, err := one.XLSX()
		if err != nil {
			t.Fatal(err)
		}
		if second, err := two.XLSX(); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: not the same workbook, %v", lang, err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(first))
		if err != nil {
			t.Fatal(err)
		}
		sheets := book.GetSheetList()
		checks, err := book.GetRows(sheets[0])
		if err != nil || len(checks) != len(All)+1 || len(checks[0]) != 9 || checks[1][0] != "A1" {
			t.Errorf("%s: the sheet of checks has %d rows, %v", lang, len(checks), err)
		}
		found, err := book.GetRows(sheets[1])
		if err != nil || len(found) < 451 {
			t.Errorf("%s: the sheet of findings has %d rows, %v", lang, len(found), err)
		}
		for _, sheet := range sheets {
			rows, _ := book.GetRows(sheet)
			for y := range rows {
				for x := range rows[y] {
					cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
					if f, _ := book.GetCellFormula(sheet, cell); f != "" {
						t.Errorf("%s %s is a formula", sheet, cell)
					}
				}
			}
		}
		book.Close()
		file := filepath.Join(t.TempDir(), "r.xlsx")
		for range 2 { // a report is written over
			if err := report.WriteBook(file, first); err != nil {
				t.Fatal(err)
			}
		}
		other := filepath.Join(t.TempDir(), "o.xlsx")
		if err := os.WriteFile(other, []byte("a letter"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := report.WriteBook(other, first); !errors.Is(err, report.ErrTaken) {
			t.Errorf("over another file: %v", err)
		}
	}
}

// What is stopped ends at once with the error of its context, and no report.
func TestStopped(t *testing.T) {
	var papers []paperOfTest
	for i := range 450 {
		papers = append(papers, text2(fmt.Sprint(i)))
	}
	_, a := checked(t, "dat18", papers...)
	for _, step := range []Step{Listing, Reading, Comparing, Verifying} {
		c, stop := context.WithCancel(ctx)
		r, err := Run(c, a, Options{Now: now, Progress: func(s Step, _, _ int) {
			if s == step {
				stop()
			}
		}})
		stop()
		if step != Verifying && (!errors.Is(err, context.Canceled) || r != nil) {
			t.Errorf("stopped at %s: %v", step, err)
		}
	}
}

// Every check, property and finding has words in both languages, and every code is there once.
func TestWordsOfChecks(t *testing.T) {
	defer i18n.Use(i18n.Current())
	var seen []string
	for _, c := range All {
		if slices.Contains(seen, c.Code) {
			t.Errorf("%s is there twice", c.Code)
		}
		seen = append(seen, c.Code)
		for _, lang := range i18n.Languages() {
			i18n.Use(lang)
			for _, w := range []string{c.NameWords(), c.AimWords(), c.BasisWords(), c.ObjectWords(), c.KindWords(), c.Property.Words()} {
				if w == "" || strings.HasPrefix(w, "checks.") {
					t.Errorf("%s: %s says %q", lang, c.Code, w)
				}
			}
		}
	}
	for _, code := range strings.Fields("unreadable original-lost unread-documents count import-open conflicts clock recovered no-owner one-reviewer open-to-all destroyed-unfounded erase-due beside-unseen recipe-unknown recipe-old unread approval-alone log sha-changed") {
		if !i18n.Has("checks.found." + code) {
			t.Errorf("%s has no words", code)
		}
	}
}
