package storage

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

func typedPages(doc archive.ID, pages ...string) *archive.Edit {
	return &archive.Edit{Do: archive.TextKind, Doc: string(doc), Pages: &pages}
}

// TestTyped: the pages of a scan are typed as a text of the document's own; typed again it is another, with what was said
// of the words of the first; regions stay where they are; undo brings the text before back.
func TestTyped(t *testing.T) {
	a := newArchive(t)
	scan := incoming("scan.tif", "")
	scan.Pages, scan.Recipe = 3, []byte(`{"extractor":"picture","version":"1","sizes":[[100,200]]}`)
	ids := bring(t, a, scan, incoming("plain.txt", "words"))
	rect := "page=2&xywh=pixel:1,2,30,40"
	mustApply(t, a, "Zhang", &archive.Edit{Do: "mark.add", Doc: string(ids[0]), Label: "seal", Region: rect})
	mustApply(t, a, "Zhang", typedPages(ids[0], "司法厅通知\r\n各市县：\n", "", "二〇一五年"))
	d := mustDocument(t, a, ids[0])
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Text().String(); got != "司法厅通知\n各市县：\n\n二〇一五年" {
		t.Errorf("it reads %q", got)
	}
	raw, err := a.Recipe(ctx, ids[0], d.Info.Text)
	if err != nil {
		t.Fatal(err)
	}
	p := archive.ParsePages(raw)
	if got := strings.Join(p.PageTexts(r.Text(), 3), "|"); got != "司法厅通知\n各市县：||二〇一五年" {
		t.Errorf("its pages are %q", got)
	}
	if w, h, ok := p.Size(3); !ok || w != 100 || h != 200 || p.PageOf(0) != 1 || p.PageOf(r.Text().Len()-1) != 3 || p.Extractor != archive.Typed {
		t.Errorf("the recipe is %+v", p)
	}
	mustApply(t, a, "Zhang", mark(ids[0], 0, 3, "", "organisation"))
	mustApply(t, a, "Zhang", typedPages(ids[0], "宁夏司法厅通知\n各市县：", "（印章）", "二〇一五年"))
	d = mustDocument(t, a, ids[0])
	if r, err = d.Reading(); err != nil {
		t.Fatal(err)
	}
	marks := d.Of(archive.AMark)
	if len(marks) != 2 || r.Words(marks[0].Anchor) != "司法厅" || marks[1].Anchor.Region != rect || marks[1].State != archive.Accepted {
		t.Errorf("marks are %+v", marks)
	}
	if n, err := a.Count(ctx, Query{Search: "印章"}); err != nil || n != 1 {
		t.Errorf("found %d, %v", n, err)
	}
	if n, err := a.Count(ctx, Query{Search: "has:no-text"}); err != nil || n != 0 {
		t.Errorf("%d without a text, %v", n, err)
	}
	for name, e := range map[string]*archive.Edit{"text-pages": typedPages(ids[0], "a"), "text-typed": typedPages(ids[1], "a"), "text-none-typed": typedPages(ids[0], "", " ", "\n"),
		"unchanged": typedPages(ids[0], "宁夏司法厅通知\n各市县：", "（印章）", "二〇一五年")} {
		if _, err := a.Apply(ctx, "Zhang", e); err == nil {
			t.Errorf("%s is done", name)
		}
	}
	for range 3 {
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	if d = mustDocument(t, a, ids[0]); d.Info.Text != 1 || d.Info.Chars != 0 || len(d.Of(archive.AMark)) == 0 {
		t.Errorf("undone it is text %d of %d code points", d.Info.Text, d.Info.Chars)
	}
	mustVerify(t, a)
}

// TestTypedKeeps: what a file says of itself outside its text stays proposed when a page is typed; what was read in the text
// of before goes.
func TestTypedKeeps(t *testing.T) {
	a := newArchive(t)
	scan := incoming("scan.pdf", "12.5.1958")
	scan.Pages, scan.Recipe = 1, []byte(`{"extractor":"pdf","version":"1","sizes":[[100,200]]}`)
	scan.Proposals = []archive.Proposal{{Field: "dcterms:creator", Value: "县司法局", Rule: "pdf.info", Start: -1, End: -1, Confidence: 0.6},
		{Field: "dcterms:date", Value: "1958-05-12", Rule: "date.line", Start: 0, End: 9, Confidence: 0.9}}
	id := bring(t, a, scan)[0]
	open := func() (out []string) {
		for _, it := range mustDocument(t, a, id).Of(archive.AValue) {
			if it.Open() {
				out = append(out, it.Text)
			}
		}
		return out
	}
	mustApply(t, a, "Zhang", typedPages(id, "司法局的通知"))
	if got := strings.Join(open(), " "); got != "县司法局" {
		t.Errorf("proposed is %q", got)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(open(), " "); got != "县司法局 1958-05-12" {
		t.Errorf("undone it is %q", got)
	}
	mustVerify(t, a)
}

// TestTypedUnderReview: where everything is reviewed an archivist types a page that has no text, and types it again; a text of
// the file takes a reviewer.
func TestTypedUnderReview(t *testing.T) {
	a := newArchive(t)
	scan, letter := incoming("scan.tif", ""), incoming("letter.pdf", "words")
	scan.Pages, letter.Pages = 1, 1
	ids := bring(t, a, scan, letter)
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: "Wang", Role: "archivist"}, &archive.Edit{Do: "policy.set", Review: "everything"})
	mustApply(t, a, "Wang", typedPages(ids[0], "一"))
	mustApply(t, a, "Wang", typedPages(ids[0], "二"))
	if _, err := a.Apply(ctx, "Wang", typedPages(ids[1], "other words")); err == nil {
		t.Error("an archivist replaces the text of a file")
	}
	mustApply(t, a, "Zhang", typedPages(ids[1], "other words"))
	mustVerify(t, a)
}
