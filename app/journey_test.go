package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourney is a first day with the real program in a real window: who am I,
// the samples, one document described, tagged, marked and corrected, undone and
// redone, all of it by keyboard; then the next morning.
func TestJourney(t *testing.T) {
	d := newDesktop(t, `{"language":"en","theme":"light","width":1280,"height":800}`)
	archive := filepath.Join(d.dir, "data", "sample.fonds")
	const doc, name = "path:notices/07-shizi-wenhuajie.txt", "07-shizi-wenhuajie.txt"

	d.start("--sample")
	d.until("the question who I am", func() bool { return d.title() == "Fonds" })
	d.picture("who")
	d.write("Zhang")
	d.keys("Return")
	d.until("the sample archive", func() bool { return strings.Contains(d.title(), "sample.fonds") })
	d.until("the list", func() bool { d.keys("ctrl+l", "Home", "Down"); return strings.Contains(d.title(), "02-") })
	d.keys("Down", "Down", "Down", "Down", "Down")
	d.until("the document", func() bool { return strings.Contains(d.title(), name) })
	text, _ := d.verb("text", archive, doc)
	runes := []rune(text)

	// Take a proposal, then type a title of one's own.
	proposed := func(field, state string) bool {
		for _, f := range d.show(archive, doc).Fields {
			if f.Field == field && f.State == state {
				return true
			}
		}
		return false
	}
	if !proposed("dcterms:title", "proposed") {
		t.Fatalf("%s has no proposed title: choose another document for the journey", name)
	}
	d.keys("ctrl+1", "alt+a")
	d.until("the taken title", func() bool { return proposed("dcterms:title", "accepted") })
	d.keys("ctrl+1", "ctrl+a")
	d.write("Persimmon fair, Baisha")
	d.keys("Return")
	d.until("the title typed", func() bool { return d.has(archive, doc, "dcterms:title", "Persimmon fair, Baisha") })

	// Tag by hotkey and by name.
	d.keys("ctrl+t", "1")
	d.until("the tag of key 1", func() bool { return len(d.show(archive, doc).Tags) == 1 })
	d.keys("t")
	d.write("visits/2026")
	d.keys("Return")
	d.until("the tag typed", func() bool {
		for _, tag := range d.show(archive, doc).Tags {
			if tag.Tag == "visits/2026" {
				return true
			}
		}
		return false
	})

	// Mark a person: three characters of the first line will do.
	d.choose(4, 3)
	d.keys("p")
	d.until("the mark", func() bool {
		m := d.show(archive, doc).Marks
		return len(m) == 1 && m[0].Label == "person" && m[0].Quote == string(runes[4:7]) && m[0].By == "Zhang"
	})

	// Correct two characters.
	d.choose(1, 2)
	d.keys("e")
	d.write("SB")
	d.picture("correct")
	d.keys("Return")
	corrected := func() bool {
		c := d.show(archive, doc).Corrections
		return len(c) == 1 && c[0].Source == string(runes[1:3]) && c[0].Text == "SB"
	}
	d.until("the correction", corrected)

	d.keys("ctrl+t", "ctrl+z") // the box may still have the keyboard when the file has the correction
	d.until("the undo", func() bool { return len(d.show(archive, doc).Corrections) == 0 })
	d.keys("ctrl+y")
	d.until("the redo", corrected)
	d.picture("desk-en")
	d.close()

	// The next morning, in Chinese.
	d.setting("language", "zh-Hans")
	d.start("--sample")
	d.until("the document of last night", func() bool { return strings.Contains(d.title(), name) })
	got := d.show(archive, doc)
	if !d.has(archive, doc, "dcterms:title", "Persimmon fair, Baisha") || len(got.Tags) != 2 || len(got.Marks) != 1 || !corrected() {
		t.Errorf("the next morning: %+v", got)
	}
	d.keys("ctrl+l", "Home")
	d.until("the first document", func() bool { return strings.Contains(d.title(), "01-") })
	d.keys("ctrl+t")
	d.picture("desk-zh")

	// What the people of the sample wait for, and how their work stands.
	d.keys("ctrl+shift+r")
	d.picture("review-zh")
	d.keys("Escape", "ctrl+shift+o", "Down")
	d.picture("work-zh")
	d.keys("Escape", "ctrl+b")
	d.rest()
	d.picture("table-zh")
	d.keys("Escape")
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}

// setting changes one of the program's settings while it is not running.
func (d *desktop) setting(key string, value any) {
	d.t.Helper()
	path := filepath.Join(d.dir, "config", "settings.json")
	all := map[string]any{}
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, &all)
	}
	all[key] = value
	if err == nil {
		b, err = json.Marshal(all)
	}
	if err == nil {
		err = os.WriteFile(path, b, 0o666)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// choose puts the caret at a position of the text and selects so many characters.
func (d *desktop) choose(at, n int) {
	d.t.Helper()
	keys := []string{"ctrl+t", "ctrl+Home"}
	for range at {
		keys = append(keys, "Right")
	}
	for range n {
		keys = append(keys, "shift+Right")
	}
	d.keys(keys...)
}

// has says whether a field has a value in force.
func (d *desktop) has(archive, doc, field, value string) bool {
	d.t.Helper()
	for _, f := range d.show(archive, doc).Fields {
		if f.Field == field && f.Value == value && f.State == "accepted" {
			return true
		}
	}
	return false
}
