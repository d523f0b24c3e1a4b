package app_test

import (
	"os"
	"testing"
)

// TestBenchKeys counts the keys that a document costs.
func TestBenchKeys(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	j, _ := newJourney(t, samplesJourney, "light", "en")
	another(j)
	described(j)
	j.close()
}

// described is the least that a document costs: title, date, creator and source,
// three tags, three marks, a correction, submitted. It is done once, in the samples.
func described(j *journey) {
	if j.name != samplesDoc {
		return
	}
	const next = "04-xiaoyuan-shipin.txt"
	was := j.doc
	j.doc = "path:notices/" + next
	j.open(next)
	before := j.pressed
	part := func(what string, do func()) {
		t := j.pressed
		do()
		j.t.Logf("%s: %d keys", what, j.pressed-t)
	}
	part("fields proposed, taken", func() {
		j.keys("A")
		j.when("what was proposed", func(s state) bool { return s.value("dcterms:creator") != "" && s.value("dcterms:date") != "" })
	})
	part("fields of the document before", func() {
		j.change("the fields of the other", "u")
		j.keys("Return")
		j.when("the language", func(s state) bool { return s.value("dcterms:language") != "" })
	})
	part("three tags", func() { j.keys("1", "2", "3") })
	part("three marks", func() {
		j.keys("ctrl+shift+Right", "l", "Down", "Down", "ctrl+Right", "ctrl+shift+Right", "o", "Down", "Home", "ctrl+shift+Right", "d")
	})
	part("a correction", func() {
		j.keys("Down", "Home", "shift+Right", "e", "X", "Return")
		j.when("all of it", func(s state) bool { return len(s.Tags) >= 3 && len(s.Marks) >= 3 && s.fixed("X") == 1 })
	})
	part("submitted", func() {
		j.keys("ctrl+Return", "shift+Tab", "Return") // its broken lines are left to somebody else, and the check says so
		j.when("the submission", func(s state) bool { return s.Status == "submitted" })
	})
	j.t.Logf("BENCH %-46s %10d %-12s (to reach: at most 30)", "keys per described document", j.pressed-before, "keys")
	if j.pressed-before > 30 {
		j.t.Errorf("a document takes %d keys", j.pressed-before)
	}
	j.see("described")
	j.doc = was
	j.open(j.name)
}
