package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// brokenPage is a page of the shape that archives are handed: a doubled header,
// lines that were read in a wrong encoding, and the beginning of another page.
const brokenPage = `市档案局组织观摩推进会
16.09.2015 10:20
本文来源: 市档案局
来源: www.example-dangan.gov.cn
9月14日,市档案局组织各县区档案局到白河县观摩档案规范化建设。市档案局局长李文清出席会议并讲话。
会议要求,各单位要把规范化建设作为基础工作抓紧抓好,逐步补齐短板。与会人员先后参观了三个示范点,听取了经验介绍。
本文来源: 市档案局
16.09.2015 10:20
故
事
鎶婁娇鍛芥斁鍦ㄥ績涓
全市审计工作会议召开
4月8日,审计局`

// TestJourneyOfARepair is what comes in broken, looked at and mended in the window by keys alone:
// the machine's proposals are taken, a lost character is filled in, the foreign tail
// becomes a document of its own, and one undo puts it back.
func TestJourneyOfARepair(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"zh-Hans","theme":"light","width":1180,"height":780}`)
	archive := filepath.Join(d.dir, "county.fonds")
	in := filepath.Join(d.dir, "notices")
	if err := os.Mkdir(in, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"page.txt": brokenPage, "the same.txt": brokenPage, "empty.txt": "", "picture.png": "\x89PNG\r\n\x1a\n"} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	text := func() string { out, _ := d.verb("text", archive, "path:page.txt"); return out }
	count := func() int { out, _ := d.verb("list", archive, "--json"); return strings.Count(out, "\n") }

	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "county") })
	d.keys("ctrl+i", "ctrl+a")
	d.write(in + "/")
	d.rest()
	d.keys("Down", "Return")
	d.rest()
	d.keys("Down")
	d.rest()
	d.picture("import-zh")
	d.keys("ctrl+Return")
	d.until("the import", func() bool { return count() == 1 })
	d.rest()
	d.keys("Escape")
	d.until("the document", func() bool { return strings.Contains(d.title(), "page.txt") || strings.Contains(d.title(), "观摩") })
	d.keys("ctrl+1", "ctrl+shift+Return")
	d.until("what was proposed", func() bool { return d.has(archive, "path:page.txt", "dcterms:creator", "市档案局") })

	d.keys("ctrl+3", "Down", "alt+a", "Return") // the first in the list, its gap the likeliest
	d.until("the line that was broken", func() bool { return strings.Contains(text(), "把使命放在心上") })
	d.picture("mend-zh")
	d.keys("Home", "Down", "alt+a")
	d.rest()
	d.keys("Return")
	d.until("the other document", func() bool { return count() == 2 })
	d.keys("alt+shift+o")
	d.until("the part", func() bool { return strings.Contains(d.title(), "#") || !strings.Contains(d.title(), "page.txt —") })
	d.rest()
	d.keys("ctrl+z")
	d.until("the whole again", func() bool { return count() == 1 })
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
	if got := text(); !strings.Contains(got, "把使命放在心上") || !strings.Contains(got, "全市审计工作会议召开") {
		t.Errorf("it reads %q", got)
	}
}
