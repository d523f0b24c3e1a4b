package records

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest/content"
)

// check: whatever is in a file, it is refused, or its rows come out as text within the limits.
func check(t *testing.T, s Source) {
	began := time.Now()
	f, err := Open(ctx, s, Options{})
	if err != nil {
		var r *content.Refusal
		if !errors.As(err, &r) || f != nil {
			t.Fatalf("%v is no refusal", err)
		}
		return
	}
	defer f.Close()
	for _, tab := range f.Tables {
		if len(tab.Columns) == 0 || len(tab.Columns) > MaxColumns {
			t.Fatalf("%d columns", len(tab.Columns))
		}
		seen := map[string]bool{}
		for _, c := range tab.Columns {
			if c == "" || seen[c] {
				t.Fatalf("columns %q", tab.Columns)
			}
			seen[c] = true
		}
		last := tab.HeadRow
		for d, err := range Documents(tab, Guess(tab.Columns, nil)) {
			if err != nil {
				var r *content.Refusal
				if !errors.As(err, &r) {
					t.Fatalf("%v is no refusal", err)
				}
				break
			}
			if d.Row <= last || !json.Valid(d.Original) {
				t.Fatalf("row %d after %d: %q", d.Row, last, d.Original)
			}
			last = d.Row
			all := d.Name + d.Text + d.Title + strings.Join(d.Tags, "")
			for _, s := range d.Fields {
				all += s.Value + s.Where
			}
			if !utf8.ValidString(all) || strings.ContainsAny(all, "\x00\r\x1B") {
				t.Fatalf("%q", all)
			}
		}
		for _, n := range tab.Notes() {
			if !utf8.ValidString(n) || strings.Contains(n, "\n") {
				t.Fatalf("note %q", n)
			}
		}
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Fatalf("%v", took)
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"题名,正文\n甲,1\n", "a;b\n\"1;\n2\";3\n", "sep=\t\na\tb\n1\t2", "'a','b'\n'1','2'\n", "a|b\n\"1|2", "归档\n题名,日期\n\n,\n题名,日期\n1,2,3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) { // as it is decoded
			check(t, Source{Name: "x.csv", Text: text})
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{"{\"text\":\"a\"}\n{\"tags\":[\"x\",1,null,{}]}\n", "[{\"a\":1},{\"b\":{\"c\":[]}}]", "{\"a\":\"\\ud800\"}\n{}\nno\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			check(t, Source{Name: "x.jsonl", Text: text})
			check(t, Source{Name: "x.json", Text: text})
		}
	})
}

func FuzzXLSX(f *testing.F) {
	small := workbookOf(f, func(w *excelize.File) {
		set(f, w, "A1", "题名", "")
		set(f, w, "B1", "正文", "")
		set(f, w, "A2", "甲", "")
	})
	for _, s := range []string{`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" s="1"><v>42330</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells>`,
		`<row><c><v>1</v></c><c t="s"><v>0</v></c></row></sheetData>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		if len(sheet) < 64<<10 {
			check(t, Source{Name: "x.xlsx", Data: again(t, small, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + sheet + `</worksheet>`})})
			check(t, Source{Name: "x.ods", Data: odsOf(t, `<table:table table:name="a">`+sheet+`</table:table>`)})
		}
	})
}

// A plan that is read is written and read again as the same, whatever it was read of.
func FuzzReadPlan(f *testing.F) {
	f.Add([]byte(`{"sheet":"目录","head_row":2,"text":"全文","fields":{"日期":"dcterms:date"},"tags":["标签"],"split":";"}`))
	f.Add([]byte(`{"mapping":{"title":"x"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ReadPlan(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := ReadPlan(again); err != nil || !reflect.DeepEqual(p.Columns(), q.Columns()) || p.Sheet != q.Sheet || p.HeadRow != q.HeadRow || p.Split != q.Split {
			t.Fatalf("%s\n%+v\n%+v, %v", data, p, q, err)
		}
	})
}

// The text of every record is made of its original again.
func FuzzMember(f *testing.F) {
	f.Add("a.csv", "text,n\na,1\n\"b\nc\",2\n")
	f.Add("a.jsonl", "{\"text\":\" a\\u0000\\r\\n\",\"text\":[\"x\",1]}\n")
	f.Add("a.json", `[{" text":{"a":1}},{"text":null}]`)
	f.Fuzz(func(t *testing.T, name, text string) {
		file, err := Open(ctx, Source{Name: name, Text: text}, Options{})
		if err != nil {
			return
		}
		defer file.Close()
		for _, column := range file.Tables[0].Columns {
			for d, err := range Documents(file.Tables[0], Mapping{Text: column}) {
				if err != nil {
					break
				}
				if made, err := Member(d.Original, d.Key); err != nil || made != d.Text {
					t.Fatalf("%q of %s: %q, %v; it was %q", *d.Key, d.Original, made, err, d.Text)
				}
			}
		}
	})
}
