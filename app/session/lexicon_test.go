package session

import (
	"testing"

	"fonds/widgets/textlayout"
)

// The common words tell the usual sentence of a notice apart, names included.
func TestLexiconOfCommonWords(t *testing.T) {
	text := textlayout.NewText("自治区司法厅党委书记、厅长李振国出席会议并讲话，区直机关工委副书记蔡旭东应邀出席。周恩来总理于1954年视察县档案馆，对案卷目录的整理提出要求。")
	l := textlayout.Wrap(text, textlayout.Params{Width: 1000, Advance: func(rune) float32 { return 1 }})
	x := (&Session{}).Lexicon(nil)
	for words, n := range map[string]int{"李振国": 1, "周恩来": 2, "蔡旭东": 0, "党委书记": 2, "县档案馆": 1, "案卷目录": 3, "出席": 1, "视察": 0, "的": 0} {
		places := textlayout.Find(text, words, false, nil)
		if len(places) == 0 {
			t.Fatalf("the text has no %s", words)
		}
		if w := l.WordIn(places[0].Start+n, x); w != places[0] {
			t.Errorf("at %s: got %q", words, text.Slice(w.Start, w.End))
		}
	}
}
