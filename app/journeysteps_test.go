package app_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// own is a label of the journey's own, with its key.
const own, ownKey = "office", "y"

// journeySteps is what is done with every text. Each ends when the file, or the
// window, says that it was done.
// Small are those to which the size of the text makes no difference.
var journeySteps = []struct {
	name  string
	do    func(j *journey)
	small bool
}{
	{"another document is described", another, false},
	{"read and page", readAndPage, false},
	{"mark words, find them, go on to the next", findAndMark, false},
	{"jump to a heading and come back", jumpAndBack, false},
	{"make a label, and mark with it", ownLabel, false},
	{"mark every occurrence but one", markEvery, false},
	{"comment on a mark", comment, true},
	{"move its end", borders, false},
	{"correct, look again, confirm", correctAndLook, false},
	{"correct every occurrence", correctEvery, false},
	{"side by side, and the source", views, false},
	{"copy with the apparatus", copyFull, true},
	{"take what is proposed", takeAll, true},
	{"words for a field, and to where they came from", evidence, true},
	{"the last values", lastValues, true},
	{"fields of the document before", copyFields, true},
	{"tags", tagged, true},
	{"history, put back, undo and redo", putBack, false},
	{"several in the list", several, true},
	{"settings, theme and language", settingsWhileOpen, true},
	{"required fields are missing", required, true},
	{"with the mouse", byMouse, false},
	{"a document described by as few keys as it takes", described, true},
}

const wordTitle, wordSubject = "Persimmons", "dcterms:subject"

// another gives the neighbour of the document in the list what can be taken over
// from it.
func another(j *journey) {
	at := slices.Index(j.rows, j.name)
	other := j.rows[max(at-1, 1-at)]
	j.open(other)
	was := j.doc
	j.doc = strings.TrimSuffix(j.doc, j.name) + other
	j.keys("ctrl+1", "ctrl+a")
	j.write(wordTitle)
	j.keys("Return")
	j.when("the other title", func(s state) bool { return s.value("dcterms:title") == wordTitle })
	j.at(0, 2)
	j.change("the choice of a field", "f")
	j.keys("5")
	j.when("the subject", func(s state) bool { return s.value(wordSubject) != "" })
	j.doc = was
	j.open(j.name)
}

func readAndPage(j *journey) {
	j.change("a page", "ctrl+t", "ctrl+Home", "Next")
	j.change("a page back", "Prior")
	j.change("the end", "ctrl+End")
	j.keys("ctrl+Home")
	j.change("larger", "ctrl+equal")
	j.change("as it was", "ctrl+0")
	j.see("reading")
}

func findAndMark(j *journey) {
	j.at(j.again[0], 2)
	j.change("places found", "ctrl+f")
	j.change("the next place", "Return")
	j.see("find")
	j.change("the text", "Escape")
	j.mark("p", "person", j.again[1], j.again[1]+2)
	j.keys("F3")
	j.mark("o", "organisation", j.again[2], j.again[2]+2)
	j.keys("Escape")
}

func jumpAndBack(j *journey) {
	all := j.headings()
	if len(all) < 3 {
		j.change("the sentence that there are none", "ctrl+t", "ctrl+Home", "g")
		return
	}
	to := 1
	if all[0].Start > 0 {
		to = 0
	}
	j.keys("ctrl+t", "ctrl+Home")
	j.change("the outline", "g")
	j.see("outline")
	if to > 0 {
		j.keys("Down")
	}
	j.change("the heading", "Return")
	j.keys("shift+Right")
	j.mark("d", "date", all[to].Start, all[to].Start+1)
	j.change("back", "alt+Left")
	j.keys("shift+Right")
	j.mark("v", "event", 0, 1)
}

func ownLabel(j *journey) {
	j.command("Labels")
	j.change("the row for a new label", "End", "Return")
	j.write(own)
	j.keys("Tab", "Tab")
	j.write(ownKey)
	j.change("the label", "Return")
	j.see("labels")
	j.keys("Escape")
	j.at(j.once, 2)
	j.mark(ownKey, own, j.once, j.once+2)
}

func (s state) count(label string) (n int) {
	for _, m := range s.Marks {
		if m.Label == label {
			n++
		}
	}
	return n
}

func markEvery(j *journey) {
	j.at(j.again[0], 2)
	j.change("the labels", "r")
	j.write(own)
	j.change("the places", "Return")
	j.change("one left out", "Down", "space")
	j.see("every")
	j.keys("Return")
	all := func(s state) bool {
		return s.count(own) == len(j.again) && !s.marked(own, j.again[1], j.again[1]+2) && s.marked(own, j.again[0], j.again[0]+2)
	}
	j.when("all marks but one", all)
	j.keys("ctrl+t", "ctrl+z")
	j.when("one step undone", func(s state) bool { return s.count(own) == 1 })
	j.keys("ctrl+y")
	j.when("and done again", all)
}

func comment(j *journey) {
	j.at(j.again[0], 2)
	j.keys("m")
	j.write("see letter")
	j.keys("Tab")
	j.write("http://viaf.org/1")
	j.keys("Return")
	j.when("the comment", func(s state) bool {
		return slices.ContainsFunc(s.Marks, func(m markState) bool {
			return m.Start == j.again[0] && m.Label == own && m.Text == "see letter" && m.Authority == "http://viaf.org/1"
		})
	})
}

func borders(j *journey) {
	j.at(j.again[0], 2)
	j.keys("braceright", "braceright", "braceleft")
	j.when("the end moved", func(s state) bool { return s.marked(own, j.again[0], j.again[0]+3) })
}

func (s state) looks() int {
	n := 0
	for _, m := range s.Marks {
		if m.LookAgain {
			n++
		}
	}
	return n
}

func correctAndLook(j *journey) {
	looks := j.state().looks()
	j.at(j.again[0], 2)
	j.keys("e")
	j.write("AB")
	j.keys("Tab")
	j.write("typo")
	j.see("correct")
	j.keys("Return")
	j.when("the correction", func(s state) bool {
		return slices.ContainsFunc(s.Corrections, func(c fixState) bool {
			return c.Start == j.again[0] && c.Text == "AB" && c.Reason == "typo"
		}) && s.looks() > looks
	})
	j.change("the mark to look at", "ctrl+t", "ctrl+Home", "x")
	j.see("look")
	for n := j.state().looks(); n > looks; n-- { // each key goes on to the next
		j.keys("c")
		j.when("one less to look at", func(s state) bool { return s.looks() == n-1 })
	}
}

func (s state) fixed(text string) (n int) {
	for _, c := range s.Corrections {
		if c.Text == text {
			n++
		}
	}
	return n
}

func correctEvery(j *journey) {
	j.at(j.fix[0], 2)
	j.change("the places", "E")
	j.write("XY")
	j.keys("Return")
	j.see("correctevery")
	j.keys("Return")
	j.when("all corrected", func(s state) bool { return s.fixed("XY") == len(j.fix) })
	j.keys("ctrl+t", "ctrl+z")
	j.when("one step undone", func(s state) bool { return s.fixed("XY") == 0 })
	j.keys("ctrl+y")
	j.when("and done again", func(s state) bool { return s.fixed("XY") == len(j.fix) })
}

func views(j *journey) {
	j.change("side by side", "ctrl+t", "ctrl+Home", "s")
	j.see("beside")
	j.change("the source", "s")
	j.see("source")
	j.change("as it reads", "s")
}

func copyFull(j *journey) {
	j.at(j.fix[0], 2)
	j.keys("ctrl+shift+c", "n", "ctrl+v", "ctrl+Return")
	words := string(j.source[j.fix[0] : j.fix[0]+2])
	j.when("the copy in a note", func(s state) bool {
		return slices.ContainsFunc(s.Notes, func(n noteState) bool { return strings.Contains(n.Text, "XY") && strings.Contains(n.Text, words) })
	})
}

func takeAll(j *journey) {
	j.keys("ctrl+1", "ctrl+shift+a")
	j.when("what was proposed", func(s state) bool {
		return !slices.ContainsFunc(s.Fields, func(f fieldState) bool { return f.State == "proposed" })
	})
}

func evidence(j *journey) {
	j.at(j.once, 2)
	j.change("the choice of a field", "f")
	j.see("field")
	j.keys("3")
	j.when("the creator", func(s state) bool {
		return slices.ContainsFunc(s.Fields, func(f fieldState) bool {
			return f.Field == "dcterms:creator" && f.Evidence != nil && f.Evidence.Start == j.once
		})
	})
	for _, f := range j.state().Fields {
		if f.Field == "dcterms:title" && f.Evidence != nil {
			j.change("the place of the title", "ctrl+t", "ctrl+End", "ctrl+1", "alt+w")
			j.keys("ctrl+t", "shift+Right", "w")
			j.when("a mark there", func(s state) bool {
				return slices.ContainsFunc(s.Marks, func(m markState) bool { return m.Label == "work" && m.Start == f.Evidence.Start })
			})
		}
	}
}

func lastValues(j *journey) {
	j.change("what the field was given last", "ctrl+1", "ctrl+a", "Delete", "Down")
	j.see("offers")
	j.keys("Return")
	j.when("one of them", func(s state) bool {
		return s.value("dcterms:title") != "" && s.value("dcterms:title") != string(j.source[:2])
	})
}

func copyFields(j *journey) {
	j.change("the fields of the other", "ctrl+t", "u")
	j.see("copyfields")
	j.keys("Return")
	j.when("the subject", func(s state) bool { return s.value(wordSubject) != "" })
}

func tagged(j *journey) {
	j.keys("ctrl+t", "t")
	j.write("visits")
	j.keys("Return")
	j.when("the tag", func(s state) bool { return len(s.Tags) > 0 })
}

func putBack(j *journey) {
	title := func(words string) func(s state) bool {
		return func(s state) bool { return s.value("dcterms:title") == words }
	}
	for _, words := range []string{"First", "Second"} {
		j.keys("ctrl+1", "ctrl+a")
		j.write(words)
		j.keys("Return")
		j.when(words, title(words))
	}
	j.change("the history of the title", "ctrl+1", "alt+h")
	j.change("what it was before", "Down")
	j.see("history")
	j.keys("Return", "space")
	j.when("the first title again", title("First"))
	j.keys("ctrl+z")
	j.when("undone", title("Second"))
	j.keys("ctrl+y")
	j.when("done again", title("First"))
}

func several(j *journey) {
	j.change("two of the list", "ctrl+l", "shift+Down")
	j.see("several")
	j.change("one of it", "Escape")
	j.open(j.name)
}

func settingsWhileOpen(j *journey) {
	j.change("the settings", "ctrl+comma")
	j.see("settings")
	j.change("the desk", "Escape")
	j.command(map[string]string{"light": "Dark", "dark": "Light"}[j.theme])
	if j.language == "zh-Hans" {
		j.command("English")
	} else { // whose name no keyboard has: on the page of the settings, above the theme
		j.change("the settings", "ctrl+comma")
		j.change("in Chinese", "shift+Tab", "End", "space")
		j.change("the desk", "Escape")
	}
	j.keys("ctrl+t")
	j.see("switched")
	j.until("the same document", func() bool { return strings.Contains(j.title(), j.name) })
}

func required(j *journey) {
	j.change("what is missing", "ctrl+Return")
	j.see("missing")
	j.keys("shift+Tab", "Return")
	j.when("the submission", func(s state) bool { return s.Status == "submitted" })
	j.open(j.name)
	j.keys("alt+shift+b")
	j.when("its withdrawal", func(s state) bool { return s.Status == "in progress" })
}

// byMouse is left out of the samples, which are gone through by keys alone.
func byMouse(j *journey) {
	if j.name == samplesDoc {
		return
	}
	j.open(j.name)
	before := j.state().count("place")
	j.x("mousemove", "--window", j.window, "560", "420", "click", "--repeat", "2", "--delay", "60", "1")
	j.keys("l")
	j.when("a mark on the word under the pointer", func(s state) bool { return s.count("place") == before+1 })
}

// bigJourney makes a text of 10 MB with 10,000 marks and 1,000 corrections.
func bigJourney(t *testing.T, j *journey) []string {
	j.archive, j.name = filepath.Join(j.dir, "big.fonds"), bigName
	j.doc = "path:" + j.name
	makeBig(t, j.archive)
	return []string{j.archive}
}
