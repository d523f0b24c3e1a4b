package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourneyOfASavedSearch saves a search in the window by keys alone, runs one that
// was saved outside of it, gives one another name and takes that back.
func TestJourneyOfASavedSearch(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"dark","width":1180,"height":780}`)
	archive := filepath.Join(d.dir, "county.fonds")
	var paths []string
	for name, text := range map[string]string{"a.txt": "A letter of the well", "b.txt": "A report on the well", "c.txt": "A letter"} {
		path := filepath.Join(d.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	d.mustVerb(append([]string{"import", archive, "--as", "Zhang"}, paths...)...)
	has := func(line string) func() bool {
		return func() bool {
			out, _ := d.verb("searches", archive, "--json")
			return strings.Contains(out, line)
		}
	}
	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "county") })
	d.keys("ctrl+shift+f")
	d.write("letter")
	d.keys("ctrl+shift+s", "ctrl+a")
	d.write("Letters")
	d.keys("Return")
	d.until("the saved search", has(`{"name":"Letters","query":"letter","count":2,"by":"Zhang"}`))

	edits := filepath.Join(d.dir, "edits.jsonl")
	if err := os.WriteFile(edits, []byte(`{"do":"search.save","name":"Wells","query":"well -saved:Letters"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	d.mustVerb("apply", archive, edits, "--as", "Li")
	d.rest()
	d.keys("ctrl+shift+l")
	d.write("wells")
	d.rest()
	d.keys("Return")
	d.rest()
	d.keys("Home")
	d.until("what the other one finds", func() bool { return strings.Contains(d.title(), "b.txt") })
	d.picture("saved-en")

	d.keys("ctrl+k")
	d.write("rename a saved")
	d.rest()
	d.keys("Return")
	d.write("letters")
	d.rest()
	d.keys("Return", "ctrl+a")
	d.write("Correspondence")
	d.keys("Return")
	d.until("another name", has(`"well -saved:Correspondence"`))
	d.keys("ctrl+z")
	d.until("the name it had", has(`"well -saved:Letters"`))
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}
