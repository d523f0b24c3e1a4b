package app_test

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestJourneyOfEveryKind imports a file of every kind in the window, opens each, draws on a scan and on a page of a PDF by
// keys and by mouse, takes a part of a scan as evidence and goes there from its field, types a page, has all of it reviewed
// by somebody else, and gives it out.
func TestJourneyOfEveryKind(t *testing.T) {
	d := newDesktop(t, `{"name":"Wang","language":"en","theme":"light","width":1280,"height":800}`)
	j := &pictured{desktop: d, archive: filepath.Join(d.dir, "kinds.fonds")}
	d.mustVerb("new", j.archive, "--as", "Zhang")
	d.apply(j.archive, "Zhang", `{"do":"person.set","name":"Li","role":"reviewer"}`, `{"do":"person.set","name":"Wang","role":"archivist"}`,
		`{"do":"policy.set","review":"everything"}`)
	in := filepath.Join(d.dir, "in")
	makeKinds(t, in)
	d.start(j.archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "kinds.fonds") })

	j.bringIn(in)
	j.openEach()
	j.drawOnTheScan()
	j.evidence()
	j.drawOnThePDF()
	j.typePages()
	j.submit()
	d.close()
	j.review()
	j.giveOut()
	if out, exit := d.verb("verify", j.archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}

// pictured is a journey with pictures.
type pictured struct {
	*desktop
	archive string
	rows    []string // the names of the documents, in the order of the list
}

// seen is what fonds show says of a document with regions.
type seen struct {
	Status  string
	Chars   int
	Pages   int
	Regions []seenRegion
	Fields  []seenField
}

type seenField struct{ ID, Field, Value, State, By, Region string }

type seenRegion struct {
	Page                       int
	Region, Label, Text, State string
}

const scanDoc, pdfDoc, leavesDoc = "path:06-scan.png", "path:05-pages.pdf", "path:07-leaves.tiff"

func (j *pictured) of(doc string) (s seen) {
	j.t.Helper()
	out, exit := j.verb("show", j.archive, doc, "--json")
	if err := json.Unmarshal([]byte(out), &s); err != nil || exit != 0 {
		j.t.Fatalf("show %s: exit %d, %v: %s", doc, exit, err, out)
	}
	return s
}

func (j *pictured) when(what, doc string, is func(s seen) bool) {
	j.t.Helper()
	j.until(what, func() bool { return is(j.of(doc)) })
}

// labelled are the regions with a label that are proposed or in force.
func (s seen) labelled(label string) (out []seenRegion) {
	for _, r := range s.Regions {
		if r.Label == label && (r.State == "proposed" || r.State == "accepted") {
			out = append(out, r)
		}
	}
	return out
}

// press presses keys when the window shows what the ones before have done.
func (j *pictured) press(names ...string) {
	j.t.Helper()
	j.rest()
	j.keys(names...)
}

// bringIn imports what is in a folder.
func (j *pictured) bringIn(in string) {
	j.t.Helper()
	j.keys("ctrl+i", "ctrl+a")
	j.write(in + "/")
	j.press("Down", "Return")
	j.until("all to be read", func() bool { // when it can be brought in
		c := j.colour("1240,107")
		return c[2] > c[0]+60
	})
	j.rest()
	j.picture("kinds-look")
	j.keys("ctrl+Return")
	type record struct {
		End *struct {
			How      string
			Imported int
			Reasons  map[string]int
		}
	}
	var done record
	j.until("the end of the import", func() bool {
		out, _ := j.verb("imports", j.archive, "--json")
		done = record{}
		return json.Unmarshal([]byte(out), &done) == nil && done.End != nil
	})
	if want := len(kinds) + 3; done.End.How != "finished" || done.End.Imported != want || len(done.End.Reasons) != 0 {
		j.t.Fatalf("%d documents were to come in, and none left out: %+v", want, done.End)
	}
	out, _ := j.verb("list", j.archive, "--json")
	for line := range strings.Lines(out) {
		var one struct{ Name string }
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			j.t.Fatal(err)
		}
		j.rows = append(j.rows, one.Name)
	}
	for _, k := range kinds {
		if k.words == "" {
			continue
		}
		path := k.name
		if strings.HasSuffix(path, ".mbox") {
			path += "/00001.eml"
		}
		if text, exit := j.verb("text", j.archive, "path:"+path); exit != 0 || !strings.Contains(text, k.words) {
			j.t.Errorf("%s reads (%d) %q", path, exit, text)
		}
	}
	j.rest()
	j.keys("Escape")
}

// open shows a document of the list.
func (j *pictured) open(name string) {
	j.t.Helper()
	j.keys("ctrl+l", "Home")
	for _, row := range j.rows {
		j.until("the document "+row, func() bool { return strings.Contains(j.title(), row) })
		if row == name {
			break
		}
		j.keys("Down")
	}
	if strings.HasPrefix("path:"+name, scanDoc) || "path:"+name == pdfDoc || "path:"+name == leavesDoc {
		j.shows(name)
	}
}

// onPage is a place on the picture of a page, beside a sentence in the place of one.
const onPage = "451,480"

// colour is red, green and blue of a place of the window, none where it cannot be seen now.
func (j *pictured) colour(at string) (c [3]int) {
	x, y, _ := strings.Cut(at, ",")
	if out, err := j.shot("-crop", "1x1+"+x+"+"+y, "-depth", "8", "rgb:-"); err == nil && len(out) == 3 {
		c = [3]int{int(out[0]), int(out[1]), int(out[2])}
	}
	return c
}

// shows waits for the picture of a page.
func (j *pictured) shows(name string) {
	j.t.Helper()
	j.until("the picture of "+name, func() bool {
		c := j.colour(onPage)
		return min(c[0], c[1], c[2]) > 238
	})
	j.rest()
}

// openEach goes through the list.
func (j *pictured) openEach() {
	j.t.Helper()
	j.keys("ctrl+l", "Home")
	for i, name := range j.rows {
		j.until("the document "+name, func() bool { return strings.Contains(j.title(), name) })
		switch filepath.Ext(name) {
		case ".pdf", ".png", ".tiff", ".jpg":
			j.shows(name)
		}
		j.rest()
		j.picture("kinds-" + name)
		if i < len(j.rows)-1 {
			j.keys("Down")
		}
	}
}

// drawOnTheScan draws a rectangle by keys, marks it, comments on it, takes it back and does it again.
func (j *pictured) drawOnTheScan() {
	j.t.Helper()
	j.open("06-scan.png")
	j.keys("alt+k")
	j.press("Return", "ctrl+Left", "shift+Down", "shift+Down")
	j.press("Return")
	j.press("p")
	person := func(s seen) bool { return len(s.labelled("person")) == 1 }
	j.when("a region of a person", scanDoc, person)
	j.press("m")
	j.write("Signed by her own hand")
	j.keys("Return")
	j.when("the comment", scanDoc, func(s seen) bool { return person(s) && s.labelled("person")[0].Text == "Signed by her own hand" })
	j.press("ctrl+z")
	j.when("the comment undone", scanDoc, func(s seen) bool { return person(s) && s.labelled("person")[0].Text == "" })
	j.press("ctrl+z")
	j.when("the mark undone", scanDoc, func(s seen) bool { return len(s.labelled("person")) == 0 })
	j.press("ctrl+y")
	j.when("the mark again", scanDoc, person)
	j.press("ctrl+y")
	j.when("the comment again", scanDoc, func(s seen) bool { return person(s) && s.labelled("person")[0].Text == "Signed by her own hand" })
	j.picture("kinds-marked")
}

// evidence sends a part of the scan into a field, and goes there from the field.
func (j *pictured) evidence() {
	j.t.Helper()
	const title = "dcterms:title"
	j.keys("alt+k")
	j.drag(320, 345, 400, 365)
	j.press("f")
	j.press("1")
	j.rest()
	j.write("County Records Office")
	j.keys("Return")
	var region string
	j.when("the title with its evidence", scanDoc, func(s seen) bool {
		for _, f := range s.Fields {
			if f.Field == title && f.Value == "County Records Office" && f.Region != "" {
				region = f.Region
			}
		}
		return region != ""
	})
	j.press("ctrl+1", "alt+w")
	j.press("alt+j", "o") // marks what it is about, which the evidence has led to
	j.when("a mark at the evidence", scanDoc, func(s seen) bool {
		all := s.labelled("organisation")
		return len(all) == 1 && all[0].Region == region
	})
	j.rest()
	j.picture("kinds-evidence")
}

// drag draws from one place of the window to another.
func (j *pictured) drag(x1, y1, x2, y2 int) {
	j.t.Helper()
	at := func(x, y int) { j.x("mousemove", "--window", j.window, strconv.Itoa(x), strconv.Itoa(y)) }
	at(x1, y1)
	j.x("mousedown", "1")
	for i := 1; i <= 4; i++ {
		at(x1+(x2-x1)*i/4, y1+(y2-y1)*i/4)
	}
	j.x("mouseup", "1")
}

// drawOnThePDF draws a polygon by keys on the second page.
func (j *pictured) drawOnThePDF() {
	j.t.Helper()
	j.open("05-pages.pdf")
	j.keys("alt+j", "End")
	j.shows("page 2")
	j.keys("alt+shift+k")
	j.press("Return", "space")
	j.press("ctrl+Right", "space")
	j.press("ctrl+Down", "space")
	j.press("Return")
	j.press("l")
	j.when("a polygon", pdfDoc, func(s seen) bool {
		all := s.labelled("place")
		return len(all) == 1 && all[0].Page == 2 && strings.HasPrefix(all[0].Region, "page=2&polygon=")
	})
	j.rest()
	j.picture("kinds-polygon")
}

// typePages types the two pages of a scan.
func (j *pictured) typePages() {
	j.t.Helper()
	j.open("07-leaves.tiff")
	j.keys("ctrl+shift+y")
	j.rest()
	j.write("Leaf one says this")
	j.rest()
	j.picture("kinds-typing")
	j.keys("Next")
	j.rest()
	j.write("Leaf two says that")
	j.rest()
	j.keys("alt+Return")
	j.until("the typed text", func() bool {
		text, exit := j.verb("text", j.archive, leavesDoc)
		return exit == 0 && strings.TrimSpace(text) == "Leaf one says this\nLeaf two says that"
	})
	j.rest()
	j.picture("kinds-typed")
}

// submit gives the three to be reviewed.
func (j *pictured) submit() {
	j.t.Helper()
	for _, doc := range []string{pdfDoc, scanDoc, leavesDoc} {
		j.open(strings.TrimPrefix(doc, "path:"))
		j.keys("ctrl+Return")
		j.press("shift+Tab", "Return") // though fields are empty
		j.when("the submission of "+doc, doc, func(s seen) bool { return s.Status == "submitted" })
	}
	out, _ := j.verb("list", j.archive, "--json") // what machines proposed is not what is looked at here
	for line := range strings.Lines(out) {
		var one struct{ ID string }
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			j.t.Fatal(err)
		}
		for _, f := range j.of(one.ID).Fields {
			if f.By == "machine" && f.State == "proposed" {
				j.apply(j.archive, "Zhang", `{"do":"value.refuse","value":"`+f.ID+`"}`)
			}
		}
	}
}
