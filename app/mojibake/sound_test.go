package mojibake

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// sound are texts that nothing is wrong with.
func sound(t testing.TB) map[string]string {
	t.Helper()
	out := samples(t)
	for _, folder := range []string{"zh-laws", "zh-kanripo", "html-readability", "utf8-bits", "blns"} {
		root := shared(t, "corpora/"+folder)
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(data) {
				return err
			}
			out[folder+strings.TrimPrefix(path, root)] = string(data)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestSoundTextsAreLeftAlone(t *testing.T) {
	size := 0
	for name, text := range sound(t) {
		size += len(text)
		start := time.Now()
		runs := Find(text, nil)
		if took := time.Since(start); took > 500*time.Millisecond {
			t.Logf("%s: %d KB in %v", name, len(text)>>10, took)
		}
		for _, r := range runs {
			if r.Lost || damaged[name] {
				continue // a mark, not a repair; and damage that the sample has on purpose
			}
			t.Errorf("%s %d: %q reads %q (%s, %v)", name, r.Start, short(r.Source), short(r.Reading), r.Recipe, r.Confidence)
		}
	}
	t.Logf("%d KB", size>>10)
}

// damaged are the samples with runs of mojibake.
var damaged = map[string]bool{"notices/01-tiaojie-xianchanghui.txt": true, "notices/04-xiaoyuan-shipin.txt": true,
	"notices/09-yingyangcan-tuijinhui.txt": true}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
