package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourneyOfRecords takes a list of items into an archive in the window by keys alone: the table is looked at, R asks what
// its columns are, one becomes another thing and one nothing, the records are listed, and come in with their fields; a
// record without a text opens beside its fields.
func TestJourneyOfRecords(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":1280,"height":800}`)
	archive, in := filepath.Join(d.dir, "a.fonds"), filepath.Join(d.dir, "list.csv")
	table := "Register of letters,,,,\nNo,Title,Date,Keywords,Text\n1,The bridge,1948-03-03,bridges;roads,\"The council met and resolved, that the bridge be built.\"\n2,No letter,194?,roads,\n"
	if err := os.WriteFile(in, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "a.fonds") })
	d.keys("ctrl+i", "ctrl+a")
	d.write(in)
	d.rest()
	d.keys("Return")
	d.rest()
	d.keys("r")
	d.rest()
	d.picture("records-columns")
	d.keys("Home", "Return") // No
	d.rest()
	d.write("name of the document")
	d.keys("Return")
	d.rest()
	d.keys("Down", "Down", "Down", "x") // Keywords
	d.rest()
	d.picture("records-chosen")
	d.keys("ctrl+Return")
	d.rest()
	d.picture("records-listed")
	d.keys("ctrl+Return")
	docs := func() (all []string) {
		out, _ := d.verb("list", archive, "--json")
		for line := range strings.Lines(out) {
			var one struct{ Path, Title string }
			if json.Unmarshal([]byte(line), &one) == nil && one.Path != "" {
				all = append(all, one.Path+": "+one.Title)
			}
		}
		return all
	}
	d.until("the documents", func() bool { return len(docs()) == 2 })
	if got := strings.Join(docs(), "\n"); got != "list.csv/1: The bridge\nlist.csv/2: No letter" {
		t.Errorf("in are\n%s", got)
	}
	d.keys("Escape", "Escape")
	d.rest()
	d.keys("alt+Down")
	d.rest()
	d.picture("records-desk")
	show, _ := d.verb("show", archive, "path:list.csv/2", "--json")
	for _, want := range []string{`"194?"`, `"No letter"`} {
		if !strings.Contains(show, want) {
			t.Errorf("the second does not say %s: %s", want, show)
		}
	}
	if strings.Contains(show, `"roads"`) {
		t.Errorf("a column that was left out came in: %s", show)
	}
	d.mustVerb("verify", archive)
}
