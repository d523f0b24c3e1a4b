package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// review is Li's: every proposal at its place, then the documents, of which Wang may not approve any.
func (j *pictured) review() {
	j.t.Helper()
	j.setting("name", "Li")
	j.start(j.archive)
	j.until("the archive", func() bool { return strings.Contains(j.title(), "kinds.fonds") })
	j.press("ctrl+shift+r")
	inForce := func(doc, label string) {
		j.t.Helper()
		j.press("a")
		j.when(label+" approved", doc, func(s seen) bool {
			all := s.labelled(label)
			return len(all) == 1 && all[0].State == "accepted"
		})
	}
	approve := func(doc string) {
		j.t.Helper()
		j.press("d")
		j.when("the approval of "+doc, doc, func(s seen) bool { return s.Status == "approved" })
	}
	j.rest()
	j.picture("kinds-review-pdf")
	inForce(pdfDoc, "place")
	approve(pdfDoc)
	j.rest()
	j.picture("kinds-review-scan")
	inForce(scanDoc, "person")
	j.press("a")
	j.when("the title approved", scanDoc, func(s seen) bool {
		return slices.ContainsFunc(s.Fields, func(f seenField) bool { return f.Value == "County Records Office" && f.State == "accepted" })
	})
	inForce(scanDoc, "organisation")
	approve(scanDoc)
	j.press("Escape")
	j.open(strings.TrimPrefix(leavesDoc, "path:"))
	j.press("alt+shift+a")
	j.when("the approval of what was typed", leavesDoc, func(s seen) bool { return s.Status == "approved" })
}

// giveOut publishes what is approved from the window, and looks for what was drawn and typed in it.
func (j *pictured) giveOut() {
	j.t.Helper()
	out := filepath.Join(j.dir, "set")
	j.press("ctrl+shift+e", "Right", "Tab", "space")                                   // only what is approved
	j.press("Escape", "Down", "Right", "Tab", "Down", "Down", "Down", "Down", "space") // TEI
	j.press("Tab", "space")                                                            // Web Annotation
	j.rest()
	j.picture("kinds-publish")
	j.keys("ctrl+shift+w", "ctrl+a")
	j.write(out)
	j.keys("Return")
	manifest := filepath.Join(out, "manifest.json")
	j.until("the set", func() bool { _, err := os.Stat(manifest); return err == nil })
	var m struct {
		Filter struct{ Formats []string }
		Set    struct{ Documents, Approved int }
	}
	if err := json.Unmarshal([]byte(readFile(j.t, manifest)), &m); err != nil {
		j.t.Fatal(err)
	}
	slices.Sort(m.Filter.Formats)
	if got := strings.Join(m.Filter.Formats, " "); got != "jsonl tei webannotation" || m.Set.Documents != 3 || m.Set.Approved != 3 {
		j.t.Errorf("the set: %+v", m)
	}
	j.rest()
	j.close()
	scan, pdf := j.of(scanDoc), j.of(pdfDoc)
	person, organisation, place := scan.labelled("person")[0], scan.labelled("organisation")[0], pdf.labelled("place")[0]
	value := func(region string) string { return region[strings.Index(region, "=pixel:")+1:] }
	corners := place.Region[strings.Index(place.Region, "polygon=")+len("polygon="):]
	for format, words := range map[string][]string{
		"jsonl":         {person.Region, organisation.Region, place.Region, "Signed by her own hand", "Leaf one says this"},
		"webannotation": {"xywh=" + value(person.Region), "xywh=" + value(organisation.Region), "SvgSelector", corners, "Signed by her own hand"},
		"tei":           {"<facsimile", `points="` + corners + `"`, "Leaf two says that", "Signed by her own hand"},
	} {
		all := ""
		err := filepath.WalkDir(filepath.Join(out, format), func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				all += readFile(j.t, path)
			}
			return err
		})
		for _, w := range words {
			if err != nil || !strings.Contains(all, w) {
				j.t.Errorf("%s does not have %q (%v)", format, w, err)
			}
		}
	}
}
