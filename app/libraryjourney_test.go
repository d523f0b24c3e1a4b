package app_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourneyOfALibrary looks for documents among 5,000, narrows them, saves the search,
// changes all of them at once and another time is stopped, undoes after a restart, merges
// near-equal values and marks every place of words: in the window, by keys alone.
func TestJourneyOfALibrary(t *testing.T) {
	const n = 5000
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":1280,"height":800}`)
	archive, in := filepath.Join(d.dir, "county.fonds"), filepath.Join(d.dir, "in")
	if err := os.Mkdir(in, 0o777); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		text := fmt.Sprintf("第%d号通知 meeting of the county office\n各有关单位：现将有关事项通知如下，请认真贯彻执行。\n", i)
		if i%100 == 0 {
			text = fmt.Sprintf("Letter %d: the well is dry\n", i)
		}
		if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	d.mustVerb("import", archive, in, "--as", "Li")
	edits := filepath.Join(d.dir, "edits.jsonl")
	if err := os.WriteFile(edits, []byte(`{"do":"field.set","query":"letter","field":"dcterms:creator","values":[{"value":"ministry of  justice"}]}
{"do":"field.set","query":"name:0100 OR name:0200","field":"dcterms:creator","values":[{"value":"Ministry of Justice"}]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	d.mustVerb("apply", archive, edits, "--as", "Li")
	count := func(query string) int {
		out, _ := d.verb("list", archive, "--json", "--query", query)
		return strings.Count(out, "\n")
	}
	has := func(query string, want int) func() bool { return func() bool { return count(query) == want } }

	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "county") })
	d.keys("ctrl+b")
	d.rest()
	d.write("meeting")
	d.keys("Down")
	d.rest()
	d.keys("f", "Home", "Down", "Return") // the first status: to do
	d.rest()
	d.picture("finding-en")
	d.keys("ctrl+shift+s")
	d.rest()
	d.keys("ctrl+a")
	d.write("Meetings to do")
	d.keys("Return")
	d.until("the saved search", func() bool {
		out, _ := d.verb("searches", archive, "--json")
		return strings.Contains(out, `"name":"Meetings to do"`) && strings.Contains(out, fmt.Sprintf(`"count":%d`, n-n/100))
	})

	// All of the list get a tag.
	d.keys("Escape", "b")
	d.rest()
	d.write("add a tag")
	d.rest()
	d.keys("Return")
	d.rest()
	d.write("batch/one")
	d.keys("Return")
	d.rest()
	d.picture("change-en")
	d.keys("Return")
	d.until("the tag on all of them", has("tag:batch/one", n-n/100))
	d.rest()

	// Another change is stopped while it waits for a file that somebody else writes to.
	db, err := sql.Open("sqlite3", archive+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d.keys("x") // all documents
	d.rest()
	d.keys("b")
	d.rest()
	d.write("set a field")
	d.rest()
	d.keys("Return")
	d.write("source")
	d.rest()
	d.keys("Return")
	d.rest()
	d.write("county")
	d.keys("Return")
	d.rest()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	d.keys("Return", "Escape")
	d.rest()
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	d.rest()
	d.picture("stopped-en")
	d.keys("Escape")
	d.rest()
	if k := count("field:dcterms:source"); k != 0 {
		t.Errorf("a change that was stopped has changed %d", k)
	}
	d.close()

	d.start(archive)
	d.until("the archive again", func() bool { return strings.Contains(d.title(), "county") })
	d.keys("ctrl+z") // the search was saved before the tag was put on
	d.until("no tag any more", has("tag:batch/one", 0))
	d.rest()

	d.keys("ctrl+shift+h")
	d.rest()
	d.rest()
	d.keys("space", "Return")
	d.rest()
	d.picture("merge-en")
	d.keys("Return")
	d.until("the values are one", func() bool {
		out, _ := d.verb("facets", archive, "--by", "creator", "--json")
		return strings.Count(out, "\n") == 1
	})
	d.rest()
	d.keys("Escape", "ctrl+shift+k")
	d.rest()
	d.write("well is dry")
	d.keys("Return")
	d.rest()
	d.keys("ctrl+a", "m")
	d.rest()
	d.write("event")
	d.rest()
	d.keys("Return")
	d.until("every place is marked", has("mark:event", n/100))
	d.rest()
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}
