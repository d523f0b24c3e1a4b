package checks

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fonds/app/template"
)

// What a text lists as attached, and what of that does not stand in it.
func TestAttachments(t *testing.T) {
	for _, tt := range []struct{ text, named, missing string }{
		{"没有附件。\n", "", ""},
		{"附件：人员名单\n", "人员名单", "人员名单"},
		{"　　附件：1．人员名单；\n　　　　　2．《经费表》。\n某厅\n", "人员名单|《经费表》", "人员名单|《经费表》"},
		{"附件:1.人员名单\n2.经费表\n某厅\n附件1\n人员名单\n甲\n附件2：经费表\n", "人员名单|经费表", ""},
		{"附件：\n一、甲\n", "", ""},
		{"附件下载请点击：这里\n", "", ""},
	} {
		named, rest := attachmentsIn(tt.text)
		if got := strings.Join(named, "|"); got != tt.named {
			t.Errorf("%q names %q, want %q", tt.text, got, tt.named)
		}
		if got := strings.Join(missingIn(rest, named), "|"); got != tt.missing {
			t.Errorf("%q lacks %q, want %q", tt.text, got, tt.missing)
		}
	}
}

// A text is an official document by two of its parts, and no less.
func TestOfficial(t *testing.T) {
	for _, tt := range []struct {
		text, title string
		is          bool
		printed     string
	}{
		{"司法厅召开推进会\n22.11.2015 13:35\n11月16日,司法厅召开…\n", "司法厅召开推进会", false, ""},
		{"关于清淤的通知\n一、抓紧。\n", "关于清淤的通知", false, ""},
		{"关于清淤的通知\n各市、县水务局：\n一、抓紧。\n", "关于清淤的通知", true, ""},
		{"宁水发〔2015〕7号\n清淤\n抓紧。\n二〇一五年三月二日\n", "清淤", true, ""},
		{"清淤\n抓紧。\n2015年3月2日\n抄送：某局。\n某办公室  2015年3月4日印发\n", "清淤", true, "2015年3月4日"},
	} {
		p := paperOf(tt.text, tt.title)
		if p.is() != tt.is || p.printed != tt.printed {
			t.Errorf("%q: %+v", tt.text, p)
		}
	}
}

// Fields are found by their ids, by what they are mapped to, by their types.
func TestRoles(t *testing.T) {
	for id, want := range map[string][4]string{
		"dat18":      {"dcterms:title", "dcterms:date", "dcterms:identifier", "dat18:documentNumber"},
		"dublincore": {"dcterms:title", "dcterms:date", "dcterms:identifier", ""},
		"webnotice":  {"dcterms:title", "dcterms:date", "dcterms:identifier", "dat18:documentNumber"},
	} {
		tpl, err := template.Read(id)
		if err != nil {
			t.Fatal(err)
		}
		r := rolesOf(tpl)
		if got := [4]string{r.title, r.date, r.reference, r.number}; got != want {
			t.Errorf("%s: %v", id, got)
		}
	}
	own, err := template.Parse([]byte(`{"id":"own","label":{"en":"Own"},"fields":[{"id":"x:code","label":{"en":"Code"},"type":"reference"},
		{"id":"x:name","label":{"en":"Name"},"type":"text","map":{"dc":"title"}},{"id":"x:when","label":{"en":"When"},"type":"date"},{"id":"x:no","label":{"en":"No"},"type":"number"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if r := rolesOf(own); r.title != "x:name" || r.date != "x:when" || r.reference != "x:code" || r.number != "x:no" || r.creator != "" || r.issued != "" {
		t.Errorf("of one's own: %+v", r)
	}
}

// FuzzTexts: whatever a text is, what is found in it is a part of it, and a likeness a share.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{"附件：1.人员名单\n2.经费表\n", "宁水发〔2015〕7号\n各局：\n2015年03月2日\n某办 2015年3月4日印发", "\xff附件：\xfe", "锟斤拷\ufffd\u202e", "附件" + strings.Repeat("1", 50) + "：a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		named, rest := attachmentsIn(s)
		if len(named) > mostAttachments || len(rest) > len(s) {
			t.Fatalf("%d named, %d of %d bytes left", len(named), len(rest), len(s))
		}
		for _, n := range named {
			if !strings.Contains(s, n) {
				t.Fatalf("%q is not in %q", n, s)
			}
		}
		if missing := missingIn(rest, named); len(missing) > len(named) {
			t.Fatalf("%d of %d are missing", len(missing), len(named))
		}
		paperOf(s, s)
		if n := garbled(s); n < 0 || n > mostGarbled {
			t.Fatalf("%d lines", n)
		}
		if like := likeness(s, rest); like < 0 || like > 100 || s == rest && utf8.RuneCountInString(s) > 0 && like != 100 {
			t.Fatalf("likeness %d", like)
		}
	})
}

// A share is rounded down, so that 100 is all; what has no evidence is not compared.
func TestAgreed(t *testing.T) {
	a := Agreed{Threshold: 90}
	if a.Share() != -1 {
		t.Errorf("of nothing %d", a.Share())
	}
	for _, how := range []agreeing{exactly, exactly, whenFolded, asDay, unsourced, unsourced} {
		a.add(compared{how: how})
	}
	a.add(compared{absent: true})
	a.add(compared{notStated: true})
	if a.Share() != 100 || a.Compared() != 4 || a.Unsourced != 2 || a.Absent != 1 || a.NotStated != 1 {
		t.Errorf("%+v", a)
	}
	for range 200 {
		a.add(compared{how: exactly})
	}
	if a.add(compared{how: partly}); a.Share() != 99 {
		t.Errorf("one of 205 differs: %d", a.Share())
	}
}
