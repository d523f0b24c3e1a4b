package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// arranged is an archive of DA/T 18 in which five documents lie in two files and one in
// none; do applies edits as a person, on a day of November 2026.
func arranged(t testing.TB) (a *storage.Archive, do func(day int, who string, lines ...string)) {
	t.Helper()
	day := 20
	a, err := storage.Create(t.Context(), filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "王芳", Template: "dat18"},
		storage.Options{Now: func() time.Time { return time.Date(2026, 11, day, 10, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, 6)
	for i := range 6 {
		text := fmt.Sprintf("第%d件，李振国主持会议\n", i+1)
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("in/%d.txt", i+1), Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(t.Context(), "王芳", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	do = func(on int, who string, lines ...string) {
		t.Helper()
		day = on
		for _, line := range lines {
			e, err := archive.ParseEdit([]byte(line))
			if err == nil {
				_, err = a.Apply(t.Context(), who, e)
			}
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
	}
	set := func(doc int, field string, values ...string) string {
		var v []archive.ValueIn
		for _, s := range values {
			v = append(v, archive.ValueIn{Value: s})
		}
		b, _ := json.Marshal(map[string]any{"do": "field.set", "doc": fmt.Sprintf("path:in/%d.txt", doc), "field": field, "values": v})
		return string(b)
	}
	place := func(doc int, unit string) string {
		return fmt.Sprintf(`{"do":"document.place","doc":"path:in/%d.txt","unit":%q}`, doc, unit)
	}
	do(20, "王芳",
		`{"do":"unit.set","level":"fonds","code":"Z109","title":"某某市档案局","describe":{"dcterms:creator":["市档案局"]}}`,
		`{"do":"unit.set","parent":"Z109","level":"series","code":"WS","title":"文书档案","describe":{"dat18:retention":["永久"]}}`,
		`{"do":"unit.set","parent":"Z109/WS","level":"file","code":"001","title":"会议文件"}`,
		`{"do":"unit.set","parent":"Z109/WS","level":"file","code":"002","title":"=1+1","describe":{"dat18:note":["封皮已换"]}}`,
		`{"do":"unit.set","parent":"Z109/WS","level":"file","code":"003","title":"待归卷"}`,
		set(1, "dcterms:title", "关于<b>会议</b>的通知"), set(1, "dcterms:identifier", "Z109-WS-001-0001"), set(1, "dat18:documentNumber", "某发〔2015〕3号"),
		set(1, "dcterms:date", "2015-01-20"), set(1, "dcterms:extent", "纸质，3页"), set(1, "dat18:note", "附件缺"),
		`{"do":"note.add","doc":"path:in/1.txt","text":"of the work"}`,
		set(2, "dcterms:title", "会议纪要"), set(2, "dcterms:identifier", "Z109-WS-001-0003"), set(2, "dcterms:date", "2015-03"), set(2, "dcterms:extent", "2页"),
		set(2, "dcterms:creator", "市财政局", "市档案局"), set(2, "dat18:security", "秘密"), set(2, "dcterms:accessRights", "controlled"),
		set(3, "dcterms:title", "决定"), set(3, "dcterms:identifier", "Z109-WS-001-0002"), set(3, "dcterms:date", "2014"), set(3, "dcterms:extent", "4页"),
		set(4, "dcterms:title", "批复"), set(4, "dcterms:date", "03/04/2016"), set(4, "dcterms:creator", "市档案局"),
		set(5, "dcterms:title", "报告"), set(5, "dcterms:date", "2016-07-02"), set(5, "dcterms:extent", "5页"),
		place(1, "Z109/WS/001"), place(2, "Z109/WS/001"), place(3, "Z109/WS/001"), place(4, "Z109/WS/002"))
	do(22, "李雷", place(5, "Z109/WS/002"))
	return a, do
}
