package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourneyOfAConcordance lists every place of words that are selected in a text, in the
// window and by keys alone: sorted by what comes after, three are marked as events and
// taken back by one undo, all are corrected, and one is opened where it stands.
func TestJourneyOfAConcordance(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":1000,"height":640}`)
	archive := filepath.Join(d.dir, "a.fonds")
	d.mustVerb("new", archive, "--as", "Zhang")
	for i, text := range []string{"会议甲会议丙\n", "没有\n", "上午的会议乙，下午的会议甲\n"} {
		name := filepath.Join(d.dir, fmt.Sprint(i+1, ".txt"))
		if err := os.WriteFile(name, []byte(text+strings.Repeat("这一行没有要找的字。\n", 80)), 0o666); err != nil {
			t.Fatal(err)
		}
		d.mustVerb("import", archive, name, "--as", "Zhang")
	}
	events := func() (n int) {
		for i := range 3 {
			for _, m := range d.show(archive, fmt.Sprint("path:", i+1, ".txt")).Marks {
				if m.State == "accepted" && m.Label == "event" && m.Quote == "会议" {
					n++
				}
			}
		}
		return n
	}
	corrected := func(doc string) (n int) {
		for _, c := range d.show(archive, doc).Corrections {
			if c.State == "accepted" && c.Source == "会议" && c.Text == "Council" {
				n++
			}
		}
		return n
	}
	d.start(archive)
	d.until("the first document", func() bool { return strings.Contains(d.title(), "1.txt") })
	d.keys("ctrl+t", "ctrl+Home", "shift+Right", "shift+Right", "ctrl+shift+k")
	d.rest()
	d.picture("concordance")
	d.keys("r")
	d.rest()
	d.keys("space", "ctrl+Down", "space", "ctrl+Down", "space", "m")
	d.rest()
	d.write("event")
	d.keys("Return")
	d.until("three events", func() bool { return events() == 3 })
	d.rest()
	d.keys("ctrl+z")
	d.until("no event", func() bool { return events() == 0 })
	d.rest()
	d.keys("ctrl+a", "e")
	d.rest()
	d.write("Council")
	d.keys("Return")
	d.until("four corrections", func() bool { return corrected("path:1.txt") == 2 && corrected("path:3.txt") == 2 })
	d.rest()
	d.picture("concordance-none")
	d.write("council")
	d.keys("Return")
	d.rest()
	d.keys("End", "Return")
	d.until("the document of the last place", func() bool { return strings.Contains(d.title(), "3.txt") })
	d.rest()
	d.picture("concordance-desk")
	d.close()
}
