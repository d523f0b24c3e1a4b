package export

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// What is printed of a document has its text, whatever it is, and nothing of the
// data becomes part of the page.
func TestPrintHoldsTheText(t *testing.T) {
	ctx := context.Background()
	for seed := range int64(20) {
		a := randomArchive(t, seed)
		for id, d := range docsOf(t, a, Choice{Set: All, Text: Reading}) {
			for _, lang := range i18n.Languages() {
				var one, two bytes.Buffer
				if err := Print(ctx, a, id, lang, &one); err != nil {
					t.Fatal(err)
				}
				if err := Print(ctx, a, id, lang, &two); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
					t.Errorf("seed %d: not the same bytes: %v", seed, err)
				}
				root := parsed(t, one.String())
				if got, want := textOf(ofClass(root, "text")), legal(d.Text); got != want {
					t.Fatalf("seed %d: %s\ngot  %q\nwant %q", seed, id, got, want)
				}
				checkPrint(t, fmt.Sprint("seed ", seed, " ", lang), one.String())
			}
		}
		for _, lang := range i18n.Languages() {
			var list bytes.Buffer
			if err := PrintList(ctx, a, "", lang, &list); err != nil {
				t.Fatal(err)
			}
			checkPrint(t, fmt.Sprint("list ", seed, " ", lang), list.String())
		}
	}
}

// checkPrint says what is wrong with a page to be printed.
func checkPrint(t testing.TB, name, page string) {
	t.Helper()
	checkPage(t, name, page)
	ids := map[string]bool{}
	for _, n := range nodes(parsed(t, page)) {
		ids[attribute(n, "id")] = true
	}
	for _, n := range nodes(parsed(t, page)) {
		if n.Data == "script" || n.Data == "link" || attribute(n, "src") != "" || attribute(n, "class") == "w" {
			t.Errorf("%s: an element %s", name, n.Data)
		}
		if to, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok && !ids[to] {
			t.Errorf("%s: there is no #%s", name, to)
		}
	}
}

func TestPrintList(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	for _, e := range []*archive.Edit{
		{Do: "field.set", Doc: string(id), Field: "dcterms:identifier", Values: []archive.ValueIn{{Value: "X001-2016-Y-0003"}, {Value: "青档发〔2016〕3号"}}},
		{Do: "field.set", Doc: string(id), Field: "dcterms:title", Values: []archive.ValueIn{{Value: "关于<b>会议</b>的通知"}}},
		{Do: "field.set", Doc: string(id), Field: "dcterms:date", Values: []archive.ValueIn{{Value: "2016-01-20"}}},
		{Do: "field.set", Doc: string(id), Field: "dcterms:format", Values: []archive.ValueIn{{Value: "打印件，12 页"}}},
	} {
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	for lang, day := range map[string]string{"zh-Hans": "20160120", "en": "2016-01-20"} {
		var b bytes.Buffer
		if err := PrintList(ctx, a, "李振国", lang, &b); err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, n := range nodes(parsed(t, b.String())) {
			if n.Data == "td" {
				cells = append(cells, textOf(n))
			}
		}
		if want := []string{"1", "X001-2016-Y-0003", "青档发〔2016〕3号", "", "关于<b>会议</b>的通知", day, "", "12", ""}; !slices.Equal(cells, want) {
			t.Errorf("%s: got %q, want %q", lang, cells, want)
		}
	}
	if err := Print(ctx, a, archive.ID("none"), "en", &bytes.Buffer{}); err == nil {
		t.Error("a document that is not there was printed")
	}
}

// TestPrintListByItem: what a template of Chinese practice keeps apart stands in its column.
func TestPrintListByItem(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	for field, value := range map[string]string{"dcterms:identifier": "Z109-WS·2016·Y·办公室-0003|J1-2-3", "dat18:documentNumber": "青档发〔2016〕3号", "dat18:security": "秘密",
		"dcterms:accessRights": "open", "dat18:note": "附件缺"} {
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: field, Values: valuesOf(value)}); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := PrintList(ctx, a, "李振国", "zh-Hans", &b); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, n := range nodes(parsed(t, b.String())) {
		if n.Data == "td" {
			got[n.Attr[0].Val] = textOf(n)
		}
	}
	for column, want := range map[string]string{"ref": "Z109-WS·2016·Y·办公室-0003；J1-2-3", "own-number": "青档发〔2016〕3号", "security": "秘密", "note-column": "附件缺"} {
		if got[column] != want {
			t.Errorf("%s holds %q, want %q", column, got[column], want)
		}
	}
}

func valuesOf(list string) (out []archive.ValueIn) {
	for _, v := range strings.Split(list, "|") {
		out = append(out, archive.ValueIn{Value: v})
	}
	return out
}

func TestFiled(t *testing.T) {
	for _, c := range []struct{ in, ref, number string }{
		{"", "", ""}, {"A-1", "A-1", ""}, {"青档发〔2016〕3号", "", "青档发〔2016〕3号"}, {"A-1|B-2", "A-1", "B-2"}, {"司发[2015]7号|A-1", "A-1", "司发[2015]7号"},
		{"A-1|第3号|B", "A-1", "第3号; B"},
	} {
		if ref, number := filed(slices.DeleteFunc(strings.Split(c.in, "|"), func(s string) bool { return s == "" })); strings.Join(ref, join) != c.ref || strings.Join(number, join) != c.number {
			t.Errorf("%s: %q and %q", c.in, ref, number)
		}
	}
	for in, want := range map[string]string{"手写 3 张": "", "3页": "3", "text/plain; 12 pages": "12", "5 pp.": "5", "": ""} {
		if got := pagesOf(in); got != want {
			t.Errorf("%s: %q pages, want %q", in, got, want)
		}
	}
}
