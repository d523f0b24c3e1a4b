package desk

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

// A reviewer says what a sample found; it is seen under the title while it holds.
// Whoever wrote the content is refused, in words.
func TestSampleOnTheDesk(t *testing.T) {
	sc := team(t, "Zhang")
	sc.run("sample.sound")
	if !strings.Contains(sc.why.Text(), "Li") || strings.Contains(sc.status.Text(), "sampled") {
		t.Errorf("its author: %q, %q", sc.status.Text(), sc.why.Text())
	}
	sc = team(t, "Li")
	sc.run("sample.sound")
	if !strings.Contains(sc.status.Text(), "sampled by Li: sound") || sc.why.Text() != "" {
		t.Errorf("sound: %q, %q", sc.status.Text(), sc.why.Text())
	}
	sc.run("sample.faulty")
	sc.types("日期不符")
	sc.keys("Ctrl+Return")
	if !strings.Contains(sc.status.Text(), "sampled by Li: 日期不符") {
		t.Errorf("faulty: %q, %q", sc.status.Text(), sc.why.Text())
	}
	sc.s.Commands.Run("tab.history")
	sc.m.Settle()
	if got := sc.listed(); !strings.Contains(got, "Sampled · faulty · 日期不符") {
		t.Errorf("the history: %s", got)
	}
	sc.apply("Zhang", &archive.Edit{Do: "policy.set", Review: "none"}, &archive.Edit{Do: "tag.add", Doc: string(sc.s.Document().ID), Tag: "另"})
	if strings.Contains(sc.status.Text(), "sampled") {
		t.Errorf("the content is another: %q", sc.status.Text())
	}
}
