package ingest

import (
	"strings"
	"testing"
	"time"
)

// notice8 is an official notice of about 8 KB with all that is looked for in it.
func notice8() string {
	return "某市档案局文件\n某档发（2015）08号\n关于召开全市档案工作会议的通知\n各县（区）档案局：\n" +
		strings.Repeat("11月16日,市档案局在石桥县档案馆召开会议。市档案局党组书记、局长李振国出席会议并讲话，副局长周兰主持会议。白沙镇、柳林镇参加了观摩。\n为认真贯彻落实上级要求,进一步做好档案工作,各单位要高度重视,认真准备,书记、主任要亲自抓。\n", 24) +
		"某市档案局\n2015年11月20日\n某市档案局办公室　2015年11月21日印发\n"
}

func BenchmarkPropose(b *testing.B) {
	text := notice8()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(propose(text, headings{})) < 8 {
			b.Fatal("too little is proposed")
		}
	}
}

// TestProposeLarge holds that no text takes long for its size: what is looked at is bounded, or gone through once. The
// texts are made so that each rule begins again and again and never ends. They take up to half a second, on a machine
// with much else to do; five are for a slower one.
func TestProposeLarge(t *testing.T) {
	const size = 10 << 20
	for name, piece := range map[string]string{
		"lines of notices": notice8(),
		"one line":         "11月16日,市档案局局长李振国出席会议",
		"offices":          "党委书记、",
		"offices, no mark": "局长",
		"surnames":         "局长李李",
		"names of bodies":  "某市某县某局",
		"in and in":        "在县在县",
		"ranks":            "常务副",
		"about":            "关于\n",
		"bodies":           "某市人民政府\n",
		"numbers":          "某发〔2015〕\n",
		"days":             "2015年11月16日\n",
		"days in a line":   "11月16日至17日",
		"labels":           "来源：",
		"signatures":       "某市人民政府\n2015年11月36日\n",
		"spaces":           "　",
		"empty lines":      "\n",
		"line ends":        "局长　\n",
		"nothing":          "\uFFFD",
	} {
		text := strings.Repeat(piece, size/len(piece))
		start := time.Now()
		ps := propose(text, headings{})
		took := time.Since(start)
		if took > 5*time.Second {
			t.Errorf("%s: %d MB take %v", name, size>>20, took)
		}
		t.Logf("%-18s %v", name, took.Round(100*time.Microsecond))
		if len(ps) > 40 {
			t.Errorf("%s: %d proposals", name, len(ps))
		}
	}
	line := strings.Repeat("11月16日,市档案局在石桥县召开会议,局长李振国出席。", 1<<20/70)
	start := time.Now()
	propose(strings.Repeat(line+"\n", 10), headings{})
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("ten lines of a megabyte take %v", took)
	}
}

// FuzzPropose: proposals lie in the text and follow from the words there, whatever the text.
func FuzzPropose(f *testing.F) {
	for _, file := range []string{"first.txt", "held.txt", "layouts.txt"} {
		for _, n := range readNotices(f, file) {
			f.Add(n.text)
		}
	}
	f.Add(notice8())
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r", "\n"), "\uFFFD")
		ps := propose(text, headings{})
		checkEvidence(t, "fuzzed", text, ps)
		for i, p := range ps {
			for _, o := range ps[:i] {
				if o.Field == p.Field && o.Value == p.Value {
					t.Errorf("%+v is proposed twice", p)
				}
			}
		}
	})
}
