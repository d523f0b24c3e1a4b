package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourneyOfAPublication gives the approved documents of the sample archive out
// from the window by keys alone, with names masked, and writes the edition again by
// verb: the same bytes.
func TestJourneyOfAPublication(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"zh-Hans","theme":"light","width":1180,"height":780}`)
	archive := filepath.Join(d.dir, "data", "fonds", "sample.fonds")
	d.start("--sample")
	d.until("the sample archive", func() bool { return strings.Contains(d.title(), "sample.fonds") })
	if _, err := os.Stat(archive); err != nil {
		found, _ := filepath.Glob(filepath.Join(d.dir, "data", "*", "*.fonds"))
		more, _ := filepath.Glob(filepath.Join(d.dir, "data", "*.fonds"))
		if found = append(found, more...); len(found) != 1 {
			t.Fatalf("where the sample is: %v", found)
		}
		archive = found[0]
	}
	out := filepath.Join(d.dir, "set")
	d.keys("ctrl+shift+e", "Right", "Tab", "space") // only what is approved
	d.keys("Escape", "Down", "Right", "space")      // the first format of the first group, beside JSONL
	d.rest()
	d.keys("Escape", "Down", "Right", "Tab", "space") // masks the first label
	d.keys("Escape", "Down", "Down")
	d.rest()
	d.picture("publish-zh")
	d.keys("ctrl+shift+w", "ctrl+a")
	d.write(out)
	d.keys("Return")
	manifest := filepath.Join(out, "manifest.json")
	d.until("the set", func() bool { _, err := os.Stat(manifest); return err == nil })
	data, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Edition int
		Filter  struct {
			Formats, Mask []string
			Documents     string
		}
		Set struct{ Documents, Approved, Masked int }
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	if m.Edition != 1 || m.Filter.Documents != "approved" || len(m.Filter.Formats) != 2 || len(m.Filter.Mask) != 1 || m.Set.Documents == 0 || m.Set.Approved != m.Set.Documents {
		t.Errorf("the set: %+v", m)
	}
	d.rest()
	d.close()
	again := filepath.Join(d.dir, "again")
	d.mustVerb("export", archive, "--edition", "1", "--out", again)
	if data, err := os.ReadFile(filepath.Join(again, "manifest.json")); err != nil || string(data) != readFile(t, manifest) {
		t.Errorf("written again: %v, other bytes", err)
	}
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
