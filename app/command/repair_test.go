package command

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// broken is the end of the seed: two lines of UTF-8 that were read as GBK, and what follows them.
const broken = "鎶婁娇鍛芥斁鍦ㄥ績涓 鎶婅矗浠绘墰鍦ㄨ偐涓\n涓烘繁鍏ュ涔犺疮褰讳範杩戝钩鏂版椂浠d腑鍥审计厅\n"

func TestRepair(t *testing.T) {
	b := newBench(t)
	b.write("a.txt", broken)
	runs := objects[repair](t, b.must("repair", "@a.txt", "--json"))
	if len(runs) != 2 {
		t.Fatalf("%d runs, want 2: %s", len(runs), b.stdout)
	}
	r := runs[0]
	if r.Start != 0 || r.End != 21 || r.Reading != "把使命放在心▯ 把责任扛在肩▯" || r.Recipe != "utf-8 read as gbk" || len(r.Lacunae) != 2 {
		t.Errorf("got %+v", r)
	}
	if l := r.Lacunae[0]; l.At != 6 || l.Bytes != "e4b8??" || len(l.Candidates) == 0 {
		t.Errorf("the first lacuna is %+v", l)
	}
	if !strings.HasPrefix(b.stdout, `{"start":0,"end":21,"source":"鎶`) || !strings.Contains(b.stdout, `"recipe":"utf-8 read as gbk","confidence":0.`) {
		t.Errorf("the keys are not in their order: %s", b.stdout)
	}
	if runs[1].Start != 22 || runs[1].End != 43 || runs[1].Reading != "为深入▯习贯彻习近平新时代中▯" {
		t.Errorf("got %+v", runs[1])
	}

	b.stdin = broken
	people := b.must("repair", "-")
	for _, want := range []string{"0-21  utf-8 read as gbk, ", "“把使命放在心▯ 把责任扛在肩▯”", "▯ at 6, e4b8??: ", "上"} {
		if !strings.Contains(people, want) {
			t.Errorf("for people, %q is missing:\n%s", want, people)
		}
	}
}

func TestRepairOthers(t *testing.T) {
	b := newBench(t)
	b.write("sound.txt", notice)
	b.write("lost.txt", "开头锟斤拷锟斤拷结尾\n")
	b.write("folded.txt", "为此,我们,他们,大家,各位,都来。一、二。三。\n")
	b.write("gbk.txt", "\xd6\xd0\xbb\xaa\xc8\xcb\xc3\xf1\xb9\xb2\xba\xcd\xb9\xfa\xb3\xc9\xc1\xa2\xc1\xcb\xa1\xa3\n")
	b.write("binary", strings.Repeat("\x89PNG\x00\x00\x00\x00\x01\x02\xff", 100))
	for _, tt := range []struct {
		args           string
		exit           int
		stdout, stderr string // have to hold this
	}{
		{"repair @sound.txt", 0, "", "Nothing in this text"},
		{"repair @sound.txt --json", 0, "", ""},
		{"repair @gbk.txt --json", 0, "", ""},
		{"repair @lost.txt", 0, "2-8  lost: u+fffd in utf-8 read as gbk", ""},
		{"repair @lost.txt --json", 0, `"lacunae":[],"wrong":"gbk","lost":true}`, ""},
		{"repair @folded.txt --json", 0, "", "5 marks beside Chinese characters are half-width"},
		{"repair @binary", 1, "", "was not read"},
		{"repair @missing.txt", 2, "", "usage: fonds repair"},
		{"repair", 2, "", "usage: fonds repair"},
	} {
		b.run(strings.Fields(tt.args)...)
		if b.exit != tt.exit || !strings.Contains(b.stdout, tt.stdout) || !strings.Contains(b.stderr, tt.stderr) {
			t.Errorf("fonds %s: exit %d, want %d\n%s%s", tt.args, b.exit, tt.exit, b.stdout, b.stderr)
		}
		if tt.stdout == "" && b.stdout != "" {
			t.Errorf("fonds %s printed %q", tt.args, b.stdout)
		}
	}
}

func TestRepairSeed(t *testing.T) {
	dir := cmp.Or(os.Getenv("FONDS_SHARED"), "../../../shared")
	path := filepath.Join(dir, "seed", "000_9213c3033239642a.txt")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the seed document is not here: ", err)
	}
	b := newBench(t)
	runs := objects[repair](t, b.must("repair", path, "--json"))
	if len(runs) != 2 || runs[0].Start != 2631 || runs[0].End != 2652 || runs[1].Start != 2653 || runs[1].End != 2674 {
		t.Errorf("got %+v", runs)
	}
}
