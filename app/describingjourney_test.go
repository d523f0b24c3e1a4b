package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// counted counts the keys that a desktop is given.
type counted struct {
	*desktop
	n int
}

func (c *counted) keys(names ...string) {
	c.n += len(names)
	c.desktop.keys(names...)
}

func (c *counted) write(text string) {
	c.n += len([]rune(text))
	c.desktop.write(text)
}

// TestJourneyOfDescribing describes ten documents by DA/T 18 and ten by ISAD(G), merges
// tags, arranges them, gives them codes, runs the checks and prints the list: in the
// window, by keys alone. It prints how many keys a document costs.
func TestJourneyOfDescribing(t *testing.T) {
	d := &counted{desktop: newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":1280,"height":800}`)}
	samples, err := filepath.Abs("../assets/samples")
	if err != nil {
		t.Fatal(err)
	}
	notices := func(n int) (out []string) {
		found, err := filepath.Glob(filepath.Join(samples, "notices", "*.txt"))
		if err != nil || len(found) < n {
			t.Fatal(found, err)
		}
		for _, f := range found[:n] {
			out = append(out, filepath.Base(f))
		}
		return out
	}

	// DA/T 18: title, date, creator and the rest are proposed, the level is a default, and
	// retention and opening are said once, of the series.
	archive := filepath.Join(d.dir, "county.fonds")
	d.mustVerb("new", archive, "--template", "dat18", "--as", "Zhang")
	d.mustVerb("import", archive, filepath.Join(samples, "notices"), "--as", "Zhang")
	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "county") })
	d.keys("ctrl+l", "Home")
	d.rest()
	begun := d.n
	d.keys("ctrl+t")
	for i, name := range notices(10) {
		doc := "path:" + name
		d.until("the document "+name, func() bool { return strings.Contains(d.title(), name) })
		d.rest()
		d.keys("A", "alt+shift+i")
		d.until("the fields of "+name, func() bool {
			s := d.show(archive, doc)
			return given(s, "dcterms:title") && given(s, "dcterms:date") && given(s, "dat18:level")
		})
		if i < 9 {
			d.keys("j")
		}
	}
	d.picture("describe-dat18")
	atDesk := d.n - begun

	// Two tags that mean the same become one.
	tags := func(q string) int {
		out, _ := d.verb("list", archive, "--json", "--query", q)
		return strings.Count(out, "\n")
	}
	d.keys("ctrl+t", "t")
	d.rest()
	d.write("meeting")
	d.keys("Return")
	d.until("a tag", func() bool { return tags("tag:meeting") == 1 })
	d.keys("ctrl+t", "k")
	d.rest()
	d.keys("t")
	d.rest()
	d.write("meetings")
	d.keys("Return")
	d.until("two tags", func() bool { return tags("tag:meeting") == 1 && tags("tag:meetings") == 1 })
	d.keys("alt+shift+v")
	d.rest()
	d.keys("End", "g")
	d.rest()
	d.write("meeting")
	d.rest()
	d.keys("Return")
	d.rest()
	d.keys("Return")
	d.until("one tag", func() bool { return tags("tag:meeting") == 2 && tags("tag:meetings") == 0 })
	d.rest()

	// The arrangement: a fonds that says what holds for all, all documents in it, by year.
	before := d.n
	d.keys("Escape", "alt+shift+g")
	d.rest()
	d.keys("n")
	d.rest()
	d.write("Z109")
	d.keys("Tab")
	d.write("County archives")
	d.keys("Tab", "Tab", "Tab", "Tab", "Tab") // by repository code, creator, custodial history, mode of creation
	d.keys("Down", "Tab", "Down")             // kept for ever, open
	d.keys("ctrl+Return")
	units := func() string {
		out, _ := d.verb("arrange", archive, "--json")
		return out
	}
	d.until("the fonds", func() bool {
		return strings.Contains(units(), `"dat18:retention":["永久"]`) && strings.Contains(units(), `"dcterms:accessRights":["open"]`)
	})
	d.rest()
	d.keys("End")
	d.rest()
	d.keys("Right", "ctrl+a", "m")
	d.rest()
	d.write("Z109")
	d.rest()
	d.keys("Return")
	d.until("all in it", func() bool { return tags("unit:Z109") == 16 })
	d.rest()
	d.keys("Home")
	d.rest()
	d.keys("b")
	d.rest()
	d.keys("Return") // the year
	d.rest()
	d.keys("Return") // by that alone
	d.rest()
	d.picture("arrange-question-en")
	d.keys("Return")
	d.until("the series", func() bool { return strings.Contains(units(), `"path":"Z109/2016"`) })
	d.rest()
	d.keys("c")
	d.rest()
	d.keys("Return")
	d.rest()
	d.keys("Return")
	d.until("codes", func() bool { return tags("-missing:dcterms:identifier") == 16 })
	d.rest()
	d.picture("arrangement-en")
	arranged := d.n - before
	t.Logf("BENCH %-46s %10.1f %-12s", "keys per document, DA/T 18", float64(atDesk)/10+float64(arranged)/16, "keys")
	if out, _ := d.verb("check", archive, "--json"); !strings.Contains(out, `"check":"C2"`) {
		t.Errorf("the checks say %s", out)
	}
	missing, _ := d.verb("check", archive, "--json", "--query", "name:01- OR name:02- OR name:03-")
	if strings.Contains(missing, `"finding":"C2"`) {
		t.Errorf("a required field is empty: %s", missing)
	}

	// The list on paper, and the checks.
	d.keys("p")
	d.rest()
	d.write("filed")
	d.rest()
	d.keys("Return")
	d.rest()
	d.write("html")
	d.rest()
	d.keys("Return")
	d.rest()
	paper := filepath.Join(d.dir, "list.html")
	d.keys("ctrl+a")
	d.write(paper)
	d.keys("Return")
	d.until("the list on paper", func() bool {
		page, err := os.ReadFile(paper)
		return err == nil && strings.Contains(string(page), "Z109-2016-0001")
	})
	d.rest()
	d.keys("alt+shift+q")
	d.rest()
	d.keys("Return")
	d.rest()
	d.rest()
	d.picture("checks-en")
	d.keys("Escape", "Escape")
	d.rest()
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
	d.isadg(samples)
}

// given says whether a field has a value in force.
func given(s shown, field string) bool {
	for _, f := range s.Fields {
		if f.Field == field && f.State == "accepted" {
			return true
		}
	}
	return false
}

// isadg describes ten letters and papers by ISAD(G).
func (d *counted) isadg(samples string) {
	t := d.t
	archive := filepath.Join(d.dir, "letters.fonds")
	d.mustVerb("new", archive, "--template", "isadg", "--as", "Zhang")
	d.mustVerb("import", archive, filepath.Join(samples, "old-letters"), filepath.Join(samples, "papers"), "--as", "Zhang")
	var names []string
	for _, folder := range []string{"old-letters", "papers"} {
		found, err := os.ReadDir(filepath.Join(samples, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			names = append(names, f.Name())
		}
	}
	d.start(archive)
	d.until("the letters", func() bool { return strings.Contains(d.title(), "letters") })
	d.keys("ctrl+l", "Home")
	d.rest()
	begun := d.n
	for i, name := range names[:10] {
		doc := "path:" + name
		d.until("the document "+name, func() bool { return strings.Contains(d.title(), name) })
		d.rest()
		d.keys("ctrl+t", "A")
		d.rest()
		if s := d.show(archive, doc); !given(s, "dcterms:title") {
			d.keys("ctrl+1", "Tab")
			d.write(fmt.Sprintf("[Paper %d]", i+1))
			d.keys("Return")
		}
		if i == 0 { // the extent of the first is pinned: the others are offered it
			d.keys("ctrl+1", "Tab", "Tab", "Tab", "Tab")
			d.write("1 leaf")
			d.keys("Return", "alt+shift+p")
			d.rest()
		}
		d.keys("alt+shift+i")
		d.until("the fields of "+name, func() bool {
			s := d.show(archive, doc)
			return given(s, "dcterms:title") && given(s, "dcterms:extent") && given(s, "isadg:level")
		})
		if i < 9 {
			d.keys("alt+Down")
		}
	}
	d.picture("describe-isadg")
	t.Logf("BENCH %-46s %10.1f %-12s", "keys per document, ISAD(G)", float64(d.n-begun)/10, "keys")
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}
