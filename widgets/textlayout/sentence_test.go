package textlayout

import (
	"math/rand"
	"strings"
	"testing"
)

// sentences walks a text from sentence to sentence.
func sentences(t *testing.T, text string) []string {
	t.Helper()
	l := Wrap(NewText(text), Params{Width: 20, Advance: em})
	var out []string
	for pos := 0; pos < l.Text.Len(); {
		s := l.SentenceAt(pos)
		if s.Start != pos || s.End <= pos {
			t.Fatalf("the sentence at %d of %q is %v", pos, text, s)
		}
		for p := s.Start; p < s.End; p++ {
			if got := l.SentenceAt(p); got != s {
				t.Fatalf("position %d of %q belongs to %v, the walk says %v", p, text, got, s)
			}
		}
		out = append(out, l.Text.Slice(s.Start, s.End))
		pos = s.End
	}
	l.SentenceAt(-3)
	l.SentenceAt(l.Text.Len() + 3)
	return out
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"会议结束。他说：“好！”大家鼓掌。":                        "会议结束。|他说：“好！”|大家鼓掌。",
		"一是抓学习；二是抓落实……完":                           "一是抓学习；|二是抓落实……|完",
		"真的？！（见附件。）下一句":                            "真的？！|（见附件。）|下一句",
		"标题\n正文。\r\n\r\n　　再来。  又来。":                "标题\n|正文。\r\n|\r\n|　　再来。  |又来。",
		"He met Mr. Smith. J. Brown did not. Was":  "He met Mr. Smith. |J. Brown did not. |Was",
		"Pay 1.5 yuan. it said “Go.” Then “Stop.”": "Pay 1.5 yuan. it said “Go.” |Then “Stop.”",
		"See p. 3. \"Why?\" he asked. (No.)":       "See p. 3. |\"Why?\" he asked. |(No.)",
		"是吗?不是!好.的":                                "是吗?|不是!|好.的",
		"On 2 May. 中文。End":                         "On 2 May. |中文。|End",
		"\n\n甲":                                    "\n|\n|甲",
		"没有句号":                                     "没有句号",
	} {
		if got := strings.Join(sentences(t, text), "|"); got != want {
			t.Errorf("%q:\ngot  %q\nwant %q", text, got, want)
		}
	}
}

func TestSentencesCoverTheText(t *testing.T) {
	rnd := rand.New(rand.NewSource(17))
	letters := []rune("司法。！？；…”’」）》“（.!?)\"' \t　\n\rabAB12e\u0301")
	for range 3000 {
		var b strings.Builder
		for range rnd.Intn(50) {
			b.WriteRune(letters[rnd.Intn(len(letters))])
		}
		if got := strings.Join(sentences(t, b.String()), ""); got != b.String() {
			t.Fatalf("got %q, want %q", got, b.String())
		}
	}
	// One that begins behind the last line end is empty.
	if s := Wrap(NewText("甲\n"), Params{Width: 20, Advance: em}).SentenceAt(2); s != (Span{2, 2}) {
		t.Errorf("behind the last line end: got %v", s)
	}
}
