package template

import (
	"bytes"
	"testing"

	"fonds/app/i18n"
)

// TestBuiltIn: every template that the program brings is read, written and read again as
// the same; its fields say what they are in both languages.
func TestBuiltIn(t *testing.T) {
	if len(IDs()) < 7 {
		t.Errorf("there are only %v", IDs())
	}
	for _, id := range IDs() {
		a, err := Read(id)
		if err != nil {
			t.Fatal(err)
		}
		first, err := a.JSON()
		if err != nil {
			t.Fatal(err)
		}
		b, err := Parse(first)
		if err != nil {
			t.Fatalf("%s, written by itself: %v", id, err)
		}
		if again, err := b.JSON(); err != nil || !bytes.Equal(first, again) {
			t.Errorf("%s: written twice it differs, %v", id, err)
		}
	}
}

// TestDoubt: a value is doubted where it is not in the list, has an unusual form or is no
// language; what is usual is not.
func TestDoubt(t *testing.T) {
	i18n.Use("en")
	tpl, err := Read("dat18")
	if err != nil {
		t.Fatal(err)
	}
	field := func(id string) *Field {
		for i := range tpl.Fields {
			if tpl.Fields[i].ID == id {
				return &tpl.Fields[i]
			}
		}
		t.Fatalf("no field %s", id)
		return nil
	}
	for _, tt := range []struct {
		field, value string
		doubted      bool
	}{
		{"dat18:retention", "永久", false}, {"dat18:retention", "很久", true}, {"dat18:retention", "", false},
		{"dat18:documentNumber", "中发〔1980〕16号", false}, {"dat18:documentNumber", "国办发[2015]3号", true}, {"dat18:documentNumber", "没有文号", true},
		{"dat18:repositoryCode", "442002", false}, {"dat18:repositoryCode", "44200", true},
		{"dcterms:language", "zh-Hans", false}, {"dcterms:language", "Chinese!", true},
		{"dcterms:title", "什么都行", false},
		{"dcterms:identifier", "Z109-WS·2011·Y·办公室-0001", false}, {"dcterms:identifier", "Z109-WS·2011", true}, {"dcterms:identifier", "B1-1-1860", false}, {"dcterms:identifier", "0061-0003-00125-0000-007", false}, {"dcterms:identifier", "一一(2)-123", false}, {"dcterms:identifier", "LS001-1-2", false}, {"dcterms:identifier", "全宗-WS·2011·Y-0001", true}, {"dcterms:identifier", "A002-RS-001-002", true},
		{"dat18:documentNumber", "渝字第一二三号", false}, {"dat18:documentNumber", "中华人民共和国主席令第十三号", false}, {"dat18:documentNumber", "财政部公告2015年第3号", false}, {"dat18:documentNumber", "（49）政财字第3号", false}, {"dat18:documentNumber", "总参〔1958〕作字第7号", false}, {"dat18:documentNumber", "国發〔民国三十八年〕五號", false}, {"dat18:documentNumber", "（2015）京01民终123号", false}, {"dat18:documentNumber", "宁司发〔2015〕5号文件", false}, {"dat18:documentNumber", "国发〔2015〕 5 号", true}, {"dat18:documentNumber", "按照国办发〔2017〕47号", true},
		{"dcterms:date", "民国三十八年十月", false}, {"dcterms:date", "[19450815]", false}, {"dcterms:date", "1950/1955", false}, {"dcterms:date", "不久以前", true},
		{"dcterms:date", "1921-10-32", true}, {"dcterms:date", "03/04/1912", true}, {"dcterms:date", "太和三年", true}, {"dcterms:date", "99999", true},
	} {
		if got := field(tt.field).Doubt(tt.value, 0); (got != "") != tt.doubted {
			t.Errorf("%s of %q: %q", tt.field, tt.value, got)
		}
	}
	if got := field("dat18:security").Chosen("se"); len(got) != 1 || got[0] != "机密" {
		t.Errorf("what begins with se is %v", got) // Secret
	}
}

func TestReads(t *testing.T) {
	defer i18n.Use(i18n.Current())
	date, title := &Field{ID: "dcterms:temporal", Type: "date"}, &Field{ID: "dcterms:title", Type: "text"}
	for _, tt := range []struct {
		lang, value string
		year        int
		want        string
	}{
		{"en", "光绪二十四年八月初六", 0, "1898-09-21 · 21 September 1898"},
		{"zh-Hans", "光绪二十四年八月初六", 0, "1898-09-21 · 光绪二十四年八月初六（1898年9月21日）"},
		{"zh-Hans", "11月16日", 2015, "2015-11-16 · 2015年11月16日（推断）；年份2015取自文件"},
		{"en", "[19450815]", 0, "1945-08-15 · 15 August 1945 (found by research)"},
		{"zh-Hans", "1921?", 0, "1921? · 1921年（存疑）"},
		{"en", "03/04/1912", 0, "Which is meant? the day and the month could change places: 3 April 1912, 4 March 1912"},
		{"en", "32 October 1921", 0, "No date: day 32: that month has 31"},
		{"en", "", 0, ""},
	} {
		i18n.Use(tt.lang)
		if got := date.Reads(tt.value, tt.year); got != tt.want {
			t.Errorf("%s %q in %d reads %q, want %q", tt.lang, tt.value, tt.year, got, tt.want)
		}
		if got := title.Reads(tt.value, tt.year); got != "" {
			t.Errorf("a title %q reads %q", tt.value, got)
		}
	}
	i18n.Use("zh-Hans")
	number, reference := &Field{ID: "n", Type: "number"}, &Field{ID: "r", Type: "reference"}
	for _, tt := range []struct {
		field       *Field
		value, want string
	}{
		{number, "宁司发（2015）８８号", "形式不合常规：括号 （ ） → 〔 〕；全角 ８８ → 88；年度 2015 与文件日期的年份 2016 不一致。规范写法：宁司发〔2015〕88号"},
		{number, "按照国办发〔2016〕47号", "形式不合常规：前有多余文字。规范写法：国办发〔2016〕47号"},
		{number, "国家档案局令第13号", ""},
		{number, "十三", "未能识别为文号，如 国办发〔2017〕47号、国家档案局令第13号"},
		{reference, "C015-WY·TZGG·2016·D10-00001", ""},
		{reference, "C015-WY·TZGG·2019·D10", "形式不合常规：段数不足；年度 2019 与文件日期的年份 2016 不一致"},
		{reference, "A002-RS-001-002", "形式不合常规：001 可能是目录号，也可能是案卷号"},
	} {
		if got := tt.field.Doubt(tt.value, 2016); got != tt.want {
			t.Errorf("%q in 2016: %q, want %q", tt.value, got, tt.want)
		}
	}
	i18n.Use("en")
	for value, want := range map[string]string{"2015-11-22": "", "1921?": "1921? · perhaps 1921", "0000": "0000 · 1 BC", "1921/1922": "", "": "", "soon": `⚠ No date: "soon" is not read as a date`, "[1921]": "1921 (found by research)", "1921": ""} {
		if got := date.Beside(value, 0); got != want {
			t.Errorf("beside %q stands %q, want %q", value, got, want)
		}
	}
	for value, want := range map[string]int{"2015-11-22": 2015, "民国三十八年": 1949, "1950/1955": 0, "1950/1950-12": 1950, "约2015年": 0, "1949?": 0, "03/04/1912": 0, "": 0, "soon": 0, "-0044": 0} {
		if got := yearOf(value); got != want {
			t.Errorf("the year of %q is %d, want %d", value, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, id := range IDs() {
		data, err := Bytes(id)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Parse(data)
		if err != nil {
			return
		}
		first, err := a.JSON()
		if err != nil {
			t.Fatal(err)
		}
		b, err := Parse(first)
		if err != nil {
			t.Fatalf("%s: %v", first, err)
		}
		if again, err := b.JSON(); err != nil || !bytes.Equal(first, again) {
			t.Errorf("it differs: %s, %s", first, again)
		}
	})
}
