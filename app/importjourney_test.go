package app_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourneyOfAnImport looks at a mixed folder in the window by keys alone, chooses
// another encoding, leaves a file out, imports and stops, is killed in the middle of the
// next one, continues it the next morning and opens its report.
func TestJourneyOfAnImport(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":1280,"height":800}`)
	archive, in := filepath.Join(d.dir, "a.fonds"), filepath.Join(d.dir, "in")
	if err := os.MkdirAll(filepath.Join(in, "letters"), 0o755); err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const files = 4000
	for i := range files {
		put(fmt.Sprintf("letters/%04d.txt", i), fmt.Sprintf("Letter number %d\n%s\n", i, strings.Repeat("The council met and resolved. ", 20)))
	}
	put("0 latin.txt", "Protokoll \xfcber die Sitzung vom 3. M\xe4rz 1948: Herr M\xfcller er\xf6ffnet.\n")
	put("1 out.txt", "Not meant for the archive.\n")
	put("2 program.bin", "\x7fELF\x00\x01")
	d.mustVerb("new", archive, "--as", "Zhang")
	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "a.fonds") })
	look := func() {
		d.keys("ctrl+i", "ctrl+a")
		d.write(in + "/")
		d.rest()
		d.keys("Down", "Return")
		d.rest()
	}
	look()
	d.picture("import-look")
	type doc struct{ Path, Encoding, ID string }
	docs := func() (all []doc) {
		out, _ := d.verb("list", archive, "--json")
		for line := range strings.Lines(out) {
			var one doc
			if json.Unmarshal([]byte(line), &one) == nil && one.ID != "" {
				all = append(all, one)
			}
		}
		return all
	}
	if n := len(docs()); n != 0 {
		t.Fatalf("before anybody said so there are %d documents", n)
	}
	d.keys("Home", "e")
	d.rest()
	d.write("windows-1250")
	d.keys("Return")
	d.rest()
	d.keys("Down", "space")
	d.rest()
	d.picture("import-chosen")
	d.keys("ctrl+Return")
	d.until("the first documents", func() bool { return len(docs()) > 0 })
	d.keys("ctrl+k")
	d.write("Stop the import")
	d.keys("Return")
	type record struct {
		LeftOut   int `json:"left_out"`
		Encodings map[string]int
		End       *struct {
			How                  string
			Continued            bool
			Imported, Duplicates int
			Before               int
			Left                 int
			Reasons              map[string]int
		}
	}
	imports := func() (all []record) {
		out, _ := d.verb("imports", archive, "--json")
		for line := range strings.Lines(out) {
			var one record
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				t.Fatal(err)
			}
			all = append(all, one)
		}
		return all
	}
	d.until("the end of the first import", func() bool { all := imports(); return len(all) == 1 && all[0].End != nil })
	first := imports()[0]
	if first.End.How != "stopped" || first.End.Left == 0 || first.LeftOut != 1 || first.Encodings["windows-1250"] != 1 {
		t.Errorf("the first import: %+v %+v", first, first.End)
	}
	before := len(docs())
	if before != first.End.Imported {
		t.Errorf("%d documents are in, %d are reported", before, first.End.Imported)
	}
	d.rest()
	d.picture("import-stopped")

	look()
	d.keys("ctrl+Return")
	d.until("more documents", func() bool { return len(docs()) > before })
	d.kill()
	middle := len(docs())
	if all := imports(); len(all) != 2 || all[1].End != nil {
		t.Fatalf("killed with %d documents, the imports are %+v", middle, all)
	}
	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "a.fonds") })
	d.rest()
	d.picture("import-continue")
	d.keys("ctrl+k")
	d.write("Continue the import")
	d.keys("Return")
	d.until("the end of the second import", func() bool { all := imports(); return len(all) == 2 && all[1].End != nil })
	if e := imports()[1].End; e.How != "finished" || !e.Continued || e.Imported+e.Duplicates != files+2 || e.Before != middle-before || e.Reasons["no-reader"] != 1 {
		t.Errorf("the second import: %+v", e)
	}
	d.keys("ctrl+shift+i", "Down")
	d.rest()
	d.picture("import-report")
	d.keys("Escape")
	d.close()
	all := docs()
	if len(all) != files+2 { // the one that was left out the first time, too
		t.Errorf("%d documents, want %d", len(all), files+2)
	}
	for _, one := range all {
		if strings.HasSuffix(one.Path, "latin.txt") {
			if out, _ := d.verb("show", archive, one.ID, "--json"); !strings.Contains(out, `"encoding":"windows-1250"`) {
				t.Errorf("its encoding: %s", out)
			}
		}
	}
	d.mustVerb("verify", archive)
}
