package desk

import (
	"strings"
	"testing"

	"fonds/app/report"
	"fonds/storage/archive"
)

// The stars of a document say what is missing, and lead there.
func TestStarsOfADocument(t *testing.T) {
	sc := team(t, "Li")
	doc := sc.s.Document()
	a, err := doc.Assess(sc.s.Rules(), report.Required(sc.s.Self())(doc.Document))
	if err != nil {
		t.Fatal(err)
	}
	for c, want := range map[archive.Criterion]string{archive.CriterionFields: "Empty: Date, Creator", archive.CriterionEvidence: "Without evidence: Title",
		archive.CriterionClear: "proposals", archive.CriterionSampled: ""} {
		if got := sc.lacks(&a, c); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q in it", c, got, want)
		}
	}
	sc.run("doc.stars")
	if sc.on.Overlays().Top() == nil {
		t.Fatal("nothing is shown")
	}
	sc.keys("Return") // the first criterion: the fields
	if sc.on.Overlays().Top() != nil || sc.inspector.bar.chosen != fieldsTab {
		t.Errorf("it does not lead to the fields")
	}
}
