package checks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

const (
	ref  = "dcterms:identifier"
	num  = "dat18:documentNumber"
	dat  = "dcterms:date"
	tit  = "dcterms:title"
	who  = "dcterms:creator"
	kept = "dat18:retention"
	src  = "dcterms:source"
	lang = "dcterms:language"
)

func said(field string, values ...string) paperOfTest {
	return paperOfTest{text: "关于清淤的说明\n各河段已完成。\n", values: map[string][]string{field: values}}
}

func with(p paperOfTest, field string, values ...string) paperOfTest {
	p.values[field] = values
	return p
}

// official is a document as GB/T 9704 has it.
func official(number, date, printed string) paperOfTest {
	p := paperOfTest{text: "宁水发〔2015〕7号\n\n关于做好清淤工作的通知\n各市、县水务局：\n请认真落实。\n自治区水利厅\n2015年3月2日\n自治区水利厅办公室        2015年3月4日印发\n",
		values: map[string][]string{tit: {"关于做好清淤工作的通知"}, num: {number}, dat: {date}}}
	if printed != "" {
		p.text = strings.Replace(p.text, "2015年3月4日印发", printed+"印发", 1)
	}
	return p
}

func text(s string) paperOfTest { return paperOfTest{text: s} }

func changed(change func(*archive.Incoming)) paperOfTest {
	p := text("清淤已完成。\n")
	p.change = change
	return p
}

// scan is a document of two pages that has no text.
func scan(extractor, needs string) paperOfTest {
	return paperOfTest{change: func(d *archive.Incoming) {
		d.Original = []byte("\x89PNG\r\n\x1a\n" + d.Text)
		d.SHA256, d.Text, d.Format, d.Encoding, d.Pages = sumOf(d.Original), "", "image/png", "", 2
		recipe := map[string]string{"extractor": extractor, "version": "1"}
		if needs != "" {
			recipe["needs"] = needs
		}
		d.Recipe, _ = json.Marshal(recipe)
	}}
}

func with2(p paperOfTest, change func(*archive.Incoming)) paperOfTest {
	first := p.change
	p.change = func(d *archive.Incoming) { first(d); change(d) }
	return p
}

// typedScan is one that somebody has typed.
func typedScan() paperOfTest {
	p := scan("picture", "")
	p.after = func(t *testing.T, a *storage.Archive, id archive.ID) {
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.TextKind, Doc: string(id), Pages: &[]string{"清淤", "已完成。"}}); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// TestChecks: of each check that looks at documents, one that passes and one that does not,
// with what is found, whether that is an error, and what is said of it.
func TestChecks(t *testing.T) {
	for _, tt := range []struct {
		check, name string
		good        []paperOfTest
		bad         []paperOfTest
		codes       string
		failed      bool
		says        string
	}{
		{"A2", "signature", []paperOfTest{text("文")}, []paperOfTest{text("%PDF-1.4 文")}, "format-changed", true, "by its signature application/pdf"},
		{"A3", "length", []paperOfTest{said(who, "水利厅")}, []paperOfTest{said(who, strings.Repeat("厅", 1001))}, "long", true, "1,001 characters, more than 1,000"},
		{"A3", "lines", nil, []paperOfTest{said(who, "水利\n厅")}, "lines", false, "Several lines"},
		{"A4", "date", []paperOfTest{said(dat, "2015-03-02"), said(dat, "民国三十四年")}, []paperOfTest{said(dat, "某年某月")}, "form", true, "No date:"},
		{"A4", "date asked", nil, []paperOfTest{said(dat, "03/04/1912")}, "form", false, "Which is meant?"},
		{"A4", "number", []paperOfTest{said(num, "国办发〔2017〕47号")}, []paperOfTest{said(num, "没有")}, "form", true, "Not read as a document number"},
		{"A4", "number's form", nil, []paperOfTest{said(num, "国办发(2017)47号")}, "form", false, "brackets"},
		{"A4", "language", []paperOfTest{said(lang, "zh-Hans")}, []paperOfTest{said(lang, "中文")}, "form", true, "No language tag"},
		{"A4", "pattern", []paperOfTest{said("dat18:repositoryCode", "442002")}, []paperOfTest{said("dat18:repositoryCode", "44")}, "form", true, "Unusual form"},
		{"A4", "address", []paperOfTest{said(src, "www.nxsft.gov.cn"), said(src, "https://a.cn/b")}, []paperOfTest{said(src, "某 网站")}, "address", false, "Not the address"},
		{"A5", "list", []paperOfTest{said(kept, "永久")}, []paperOfTest{said(kept, "一万年")}, "choice", true, "Not in the list: Permanent"},
		{"A6", "future", []paperOfTest{said(dat, "2026-11-29")}, []paperOfTest{said(dat, "2026-11-30")}, "future", true, "2026-11-30 lies in the future"},
		{"A6", "early", nil, []paperOfTest{said(dat, "0950")}, "early", false, "before the year 1000"},
		{"A6", "year in the code", []paperOfTest{with(said(ref, "Z109-WS·2015·Y-0001"), dat, "2015-03-02")}, []paperOfTest{with(said(ref, "Z109-WS·2016·Y-0001"), dat, "2015-03-02")},
			"reference-year", false, "The year 2016 of Z109-WS·2016·Y-0001 is not that of the date, 2015-03-02"},
		{"A6", "retention in the code", []paperOfTest{with(said(ref, "Z109-WS·2015·D30-0001"), kept, "定期30年")}, []paperOfTest{with(said(ref, "Z109-WS·2015·Y-0001"), kept, "定期10年")},
			"reference-retention", true, "Y in Z109-WS·2015·Y-0001"},
		{"A6", "secret and open", []paperOfTest{with(said("dat18:security", "机密★10年"), export.AccessField, "controlled")}, []paperOfTest{said("dat18:security", "机密★10年")}, "secret-open", true, "would be given out"},
		{"A7", "replacement", []paperOfTest{said(who, "水利厅 A–B（一）")}, []paperOfTest{said(who, "水\ufffd厅")}, "special", true, "replacement character U+FFFD U+FFFD at character 2"},
		{"A7", "private", nil, []paperOfTest{said(who, "水\ue123厅")}, "special", true, "private-use character U+E123"},
		{"A7", "mojibake", []paperOfTest{said(tit, "Où est l’été à Besançon")}, []paperOfTest{said(tit, "鎶婁娇鍛芥斁鍦ㄥ績涓")}, "mojibake", true, "Read in a wrong encoding"},
		{"A8", "segments", []paperOfTest{said(ref, "C015-WY·TZGG·2019·D10-00001"), said(ref, "B1-1-1860")}, []paperOfTest{said(ref, "全宗-WS·2011·Y-0001")}, "reference", true, "no fonds number first"},
		{"A8", "zero", nil, []paperOfTest{said(ref, "Z109-WS·2016·Y-0000")}, "reference", true, "number of the item is 0"},
		{"A8", "none", nil, []paperOfTest{said(ref, "档号")}, "reference", true, "not a figure"},
		{"A8", "joiners", nil, []paperOfTest{said(ref, "Z109—WS•2011•Y-0001")}, "reference", false, "joiners"},
		{"A8", "either", nil, []paperOfTest{said(ref, "A002-RS-001-002")}, "reference-either", false, "001 may be"},
		{"A9", "reference", []paperOfTest{said(ref, "Z109-WS·2015·Y-0001"), said(ref, "Z109-WS·2015·Y-0002")}, []paperOfTest{said(ref, "Z109-WS·2015·Y-0001"), text("其二"), said(ref, "Z109—WS•2015•Y-0001")},
			"reference-twice reference-twice", true, "is there 2 times, also in in/3.txt"},
		{"A9", "zeros", nil, []paperOfTest{said(ref, "Z109-WS·2015·Y-0001"), with(text2("二"), ref, "z109-ws·2015·y-1")}, "reference-twice reference-twice", true, "is there 2 times"},
		{"A9", "number", nil, []paperOfTest{said(num, "国办发〔2017〕47号"), with(text2("二"), num, "国办发［2017］47号")}, "number-twice number-twice", true, "Document number"},
		{"A9", "title", nil, []paperOfTest{said(tit, "关于清淤的说明"), with(text2("二"), tit, "關於清淤的說明")}, "title-twice title-twice", false, "Title 关于清淤的说明"},
		{"A10", "evidence", []paperOfTest{said(who, "水利厅@清淤")}, []paperOfTest{evidenceLost()}, "evidence-changed", true, "It was read from “清淤”, where now “疏浚” stands"},
		{"A11", "printing", []paperOfTest{official("宁水发〔2015〕7号", "2015-03-02", "")}, []paperOfTest{official("宁水发〔2015〕7号", "2015-03-02", "2015年3月1日")}, "printed-before", true, "Printed 2015年3月1日, before it was signed 2015-03-02"},
		{"A11", "number", nil, []paperOfTest{official("宁水发(2014)07号", "2015-03-02", "")}, "number-year number number", false, "The year 2014"},
		{"C2", "required", []paperOfTest{complete()}, []paperOfTest{without(complete(), kept)}, "missing", true, "Required, and has no value in force"},
		{"C2", "handed down", []paperOfTest{placed(without(complete(), kept), "永久")}, []paperOfTest{placed(without(complete(), kept), "")}, "missing", true, "Required, and has no value in force"},
		{"C4", "gaps", []paperOfTest{said(ref, "Z109-WS·2015·Y-0001"), with(text2("二"), ref, "Z109-WS·2015·Y-0002")}, []paperOfTest{said(ref, "Z109-WS·2015·Y-0001"), with(text2("二"), ref, "Z109-WS·2015·Y-0005")},
			"gap", true, "Missing before it: Z109-WS·2015·Y-0002–0004 (3)"},
		{"C6", "attachment", []paperOfTest{text("通知\n附件：1.人员名单\n      2．《经费表》\n某厅\n附件1\n人员名单\n甲\n"), with(text2("表"), tit, "经费表")}, []paperOfTest{text("通知\n附件：1.人员名单\n2.经费表\n某厅\n附件1\n人员名单\n甲\n")}, "attachment", false, "Attachment not found: 经费表"},
		{"U1", "encoding", []paperOfTest{text("文")}, []paperOfTest{changed(func(d *archive.Incoming) { d.Encoding = "x-none" })}, "encoding-unknown", true, "no decoder for x-none"},
		{"U1", "format", nil, []paperOfTest{changed(func(d *archive.Incoming) { d.Format = "image/x" })}, "format-unknown", false, "no reader"},
		{"U2", "another text", []paperOfTest{text("文\n")}, []paperOfTest{changed(func(d *archive.Incoming) { d.Text = "别的" })}, "reads-otherwise", true, "gives another text"},
		{"U2", "undecoded", nil, []paperOfTest{changed(func(d *archive.Incoming) {
			d.Original = []byte("文\xff\n")
			d.SHA256, d.Text = sumOf(d.Original), "文\ufffd\n"
			d.Recipe = json.RawMessage(`{"decoder":"UTF-8","extractor":"plain","version":"3","undecoded":[{"offset":3,"at":1,"bytes":"ff"}]}`)
		})}, "undecoded", false, "no characters in UTF-8: 1"},
		{"U3", "replacement", []paperOfTest{text("清淤（一）。\n")}, []paperOfTest{text("清\ufffd淤\ufffd。\n")}, "text-special", true, "replacement character U+FFFD in the text: 2"},
		{"U3", "mojibake", nil, []paperOfTest{text("通知如下。\n鎶婁娇鍛芥斁鍦ㄥ績涓\n")}, "text-mojibake", true, "wrong encoding: 1"},
		{"U3", "repairs", nil, []paperOfTest{changed(func(d *archive.Incoming) {
			d.Repairs = []archive.Repair{{Start: 0, End: 2, Text: "疏浚", Reason: "mojibake", Recipe: "x", Rule: "mojibake", Confidence: 0.9}}
		})}, "text-repairs", true, "wait for a decision: 1"},
		{"U4", "empty", []paperOfTest{text("文")}, []paperOfTest{text(" \n")}, "empty", true, "The text is empty"},
		{"U4", "scan", nil, []paperOfTest{scan("picture", "")}, "untranscribed", false, "It has no text: its pages (2) have not been transcribed"},
		{"U4", "program", nil, []paperOfTest{scan("office", "LibreOffice")}, "text-needs", false, "It has no text: to read it, LibreOffice must be installed"},
		{"U1", "reader", []paperOfTest{scan("picture", ""), typedScan()}, []paperOfTest{changed(func(d *archive.Incoming) { d.Format = "image/png" })}, "format-unknown", false, "no reader"},
		{"U2", "reader", []paperOfTest{scan("picture", ""), typedScan()}, []paperOfTest{changed(func(d *archive.Incoming) {
			d.Encoding, d.Recipe = "", json.RawMessage(`{"extractor":"docx","version":"0"}`)
		})}, "recipe-old", false, "by other rules, version 0"},
		{"A2", "reader", []paperOfTest{scan("picture", ""), typedScan()}, []paperOfTest{with2(scan("picture", ""), func(d *archive.Incoming) {
			d.Original = []byte("%PDF-1.7")
			d.SHA256 = sumOf(d.Original)
		})}, "format-changed", true, "by its signature application/pdf"},
		{"S2", "stale", []paperOfTest{approved("")}, []paperOfTest{approved("晚改")}, "approval-stale", true, "Changed since Wang approved it"},
		{"S3", "proposals", []paperOfTest{text("文")}, []paperOfTest{changed(func(d *archive.Incoming) {
			d.Proposals = []archive.Proposal{{Field: tit, Value: "清淤", Rule: "r", Start: 0, End: 2, Confidence: 0.5}}
		})}, "proposals", false, "wait for a decision: 1"},
		{"T1", "title", []paperOfTest{{text: "關於［清淤］的說明\n", values: map[string][]string{tit: {"关于清淤的说明@關於［清淤］的說明"}}}}, []paperOfTest{{text: "关于清淤的说明\n", values: map[string][]string{tit: {"关于疏浚的说明@关于清淤的说明"}}}}, "disagrees", true, "(71% alike)"},
		{"T2", "creator", []paperOfTest{{text: "来源: 司法厅\n", values: map[string][]string{who: {"司法厅@司法厅"}}}}, []paperOfTest{{text: "来源: 司法厅\n", values: map[string][]string{who: {"宁夏回族自治区司法厅@司法厅"}}}}, "disagrees", true, "(30% alike)"},
		{"T3", "number", []paperOfTest{{text: "国办发[2017]47号\n", values: map[string][]string{num: {"国办发〔2017〕47号@国办发[2017]47号"}}}}, []paperOfTest{{text: "国办发〔2017〕47号\n", values: map[string][]string{num: {"国办发〔2017〕74号@国办发〔2017〕47号"}}}}, "disagrees", true, "国办发〔2017〕74号"},
		{"T4", "date", []paperOfTest{{text: "22.11.2015 13:35\n", values: map[string][]string{dat: {"2015-11-22@22.11.2015 13:35"}}}}, []paperOfTest{{text: "22.11.2015\n", values: map[string][]string{dat: {"2015-11-23@22.11.2015"}}}}, "disagrees", true, "2015-11-23"},
	} {
		if len(tt.good) > 0 {
			r, _ := checked(t, "dat18", tt.good...)
			if o := r.Outcome(tt.check); o.Result != Passed || len(o.Findings) > 0 || o.Looked == 0 {
				t.Errorf("%s, %s, good: %s, %d looked at, %s", tt.check, tt.name, o.Result, o.Looked, codesOf(o))
			}
		}
		r, _ := checked(t, "dat18", tt.bad...)
		o := r.Outcome(tt.check)
		if got := codesOf(o); got != tt.codes {
			t.Errorf("%s, %s, bad: found %q, want %q", tt.check, tt.name, got, tt.codes)
			continue
		}
		if want := map[bool]Result{true: Failed, false: Passed}[tt.failed]; o.Result != want {
			t.Errorf("%s, %s, bad: %s, want %s", tt.check, tt.name, o.Result, want)
		}
		if got := r.Words(&o.Findings[0]); !strings.Contains(got, tt.says) || strings.ContainsAny(got, "{}") {
			t.Errorf("%s, %s, bad: says %q, want %q", tt.check, tt.name, got, tt.says)
		}
		i18n.Use("zh-Hans")
		if got := r.Words(&o.Findings[0]); strings.ContainsAny(got, "{}") || strings.HasPrefix(got, "checks.") || got == "" {
			t.Errorf("%s, %s: in Chinese it says %q", tt.check, tt.name, got)
		}
		if o.Findings[0].Doc == "" || r.Docs[o.Findings[0].Doc].Path == "" {
			t.Errorf("%s, %s: the finding is of no document", tt.check, tt.name)
		}
	}
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func text2(s string) paperOfTest {
	return paperOfTest{text: "另一件" + s + "\n", values: map[string][]string{}}
}

func complete() paperOfTest {
	p := said(tit, "说明")
	for field, v := range map[string]string{"dat18:level": "文件级", ref: "Z109-WS·2015·Y-0001", dat: "2015", who: "厅", kept: "永久", "dcterms:accessRights": "open"} {
		p.values[field] = []string{v}
	}
	return p
}

func without(p paperOfTest, field string) paperOfTest {
	delete(p.values, field)
	return p
}

// evidenceLost is a document whose words were corrected that a value was read from.
func evidenceLost() paperOfTest {
	p := said(who, "水利厅@清淤")
	p.after = func(t *testing.T, a *storage.Archive, id archive.ID) {
		start, end, text := 2, 4, "疏浚"
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "correction.propose", Doc: string(id), Start: &start, End: &end, Text: &text, Reason: "typo"}); err != nil {
			t.Fatal(err)
		}
		d, err := a.Document(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := d.Reading(); err != nil || !strings.Contains(r.Text().String(), "疏浚") {
			for _, it := range d.Of(archive.ACorrection) {
				if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "decide", On: string(it.ID), Verdict: "approve"}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return p
}

// approved is a document that Wang approved, and that was changed after that where after
// says something.
func approved(after string) paperOfTest {
	p := said(who, "水利厅")
	p.after = func(t *testing.T, a *storage.Archive, id archive.ID) {
		do := func(by string, e *archive.Edit) {
			t.Helper()
			if _, err := a.Apply(ctx, by, e); err != nil {
				t.Fatal(err)
			}
		}
		do("Zhang", &archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"})
		do("Zhang", &archive.Edit{Do: "document.submit", Doc: string(id)})
		do("Wang", &archive.Edit{Do: "document.approve", Doc: string(id)})
		if after != "" {
			do("Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: who, Values: []archive.ValueIn{{Value: after}}})
		}
	}
	return p
}

// placed lies in a unit that says how long it is kept, "" for nothing.
func placed(p paperOfTest, value string) paperOfTest {
	p.after = func(t *testing.T, a *storage.Archive, id archive.ID) {
		t.Helper()
		parent, code := "", "Z109"
		e := &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: "fonds", Code: &code}
		if value != "" {
			e.Describe = map[string][]string{kept: {value}}
		}
		if _, err := a.Apply(ctx, "Zhang", e, &archive.Edit{Do: archive.PlaceKind, Doc: string(id), Unit: &code}); err != nil {
			t.Fatal(err)
		}
	}
	return p
}
