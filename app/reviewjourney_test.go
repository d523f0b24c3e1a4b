package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestJourneyOfAReview is a review from the first proposal to the approval, in two
// windows on one archive and by keys alone: Wang describes a notice and submits it;
// Li approves one thing, rejects one, amends one, asks about one and returns the
// document; Wang answers, agrees, takes the rejected one up again and submits once
// more; Li approves the rest and the document, and both look at how the work stands.
func TestJourneyOfAReview(t *testing.T) {
	wang := newDesktop(t, `{"name":"Wang","language":"en","theme":"light","width":950,"height":800}`)
	li := newDesktop(t, `{"name":"Li","language":"zh-Hans","theme":"dark","width":950,"height":800}`)
	j := &reviewed{t: t, wang: wang, li: li, archive: filepath.Join(wang.dir, "county.fonds")}
	wang.mustVerb("new", j.archive, "--as", "Zhang")
	for _, name := range []string{"n.txt", "o.txt"} {
		notice := filepath.Join(wang.dir, name)
		if err := os.WriteFile(notice, []byte(name+": a notice without anything that could be a title, and so on and on, in one long line that ends nowhere near\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		wang.mustVerb("import", j.archive, notice, "--as", "Zhang")
		for _, id := range proposals(wang, j.archive, "path:"+name) {
			wang.apply(j.archive, "Zhang", `{"do":"value.refuse","value":"`+id+`"}`)
		}
	}
	wang.apply(j.archive, "Zhang", `{"do":"person.set","name":"Li","role":"reviewer"}`, `{"do":"person.set","name":"Wang","role":"archivist"}`,
		`{"do":"policy.set","review":"everything"}`)
	// The other notice waits with one tag, behind the one that is worked on.
	wang.apply(j.archive, "Wang", `{"do":"tag.add","doc":"path:o.txt","tag":"other"}`, `{"do":"document.submit","doc":"path:o.txt"}`)
	wang.mustVerb("assign", j.archive, "--to", "Wang", "--due", "2026-12-31", "--as", "Zhang")

	wang.start(j.archive)
	wang.until("the document", func() bool { return strings.Contains(wang.title(), "n.txt") })
	li.start(j.archive)
	li.until("the document", func() bool { return strings.Contains(li.title(), "n.txt") })
	li.x("windowmove", "--sync", li.window, "965", "0") // beside Wang's

	j.describe()
	j.decide()
	j.answer()
	j.finish()
	if out, exit := wang.verb("verify", j.archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}

const inReview = "path:n.txt"

// reviewed is a review between two windows.
type reviewed struct {
	t        *testing.T
	wang, li *desktop
	archive  string
}

// standing is how the document stands, as fonds show says it.
type standing struct {
	shown
	Threads []struct {
		Text     string
		Resolved bool
		Replies  []struct{ Text, By string }
	}
}

func (j *reviewed) stands() *standing {
	j.t.Helper()
	out, exit := j.wang.verb("show", j.archive, inReview, "--json")
	s := &standing{}
	if err := json.Unmarshal([]byte(out), s); err != nil || exit != 0 {
		j.t.Fatalf("show: exit %d, %v: %s", exit, err, out)
	}
	return s
}

// press presses keys on what the window shows once it has come to rest: a key never
// decides on what is not shown yet.
func (j *reviewed) press(d *desktop, keys ...string) {
	j.t.Helper()
	d.rest()
	d.keys(keys...)
}

func (j *reviewed) until(d *desktop, what string, is func(*standing) bool) {
	j.t.Helper()
	d.until(what, func() bool { return is(j.stands()) })
}

// value says whether a field has a value in a state.
func (s *standing) value(value, state string) bool {
	return slices.ContainsFunc(s.Fields, func(f struct{ Field, Value, State, By string }) bool { return f.Value == value && f.State == state })
}

func (s *standing) tag(tag, state string) bool {
	return slices.ContainsFunc(s.Tags, func(t struct{ Tag, State, By string }) bool { return t.Tag == tag && t.State == state })
}

// describe is Wang's work: a title and three tags, which wait, and the submission.
func (j *reviewed) describe() {
	d := j.wang
	d.focus()
	d.keys("ctrl+1", "ctrl+a")
	d.write("Meating of the county")
	d.keys("Return")
	j.until(d, "the title", func(s *standing) bool { return s.value("Meating of the county", "proposed") })
	d.keys("ctrl+2")
	for _, tag := range []string{"meeting", "office", "county"} {
		d.write(tag)
		d.keys("Return")
		j.until(d, "the tag", func(s *standing) bool { return s.tag(tag, "proposed") })
	}
	d.keys("ctrl+Return", "shift+Tab", "Return") // though fields are empty
	j.until(d, "the submission", func(s *standing) bool { return s.Status == "submitted" })
}

// decide is Li's: the title amended, a tag approved, one rejected, one asked about,
// and the document given back.
func (j *reviewed) decide() {
	d := j.li
	d.focus()
	d.keys("ctrl+shift+r")
	j.press(d, "e", "ctrl+a")
	d.write("Meeting of the county")
	d.keys("Return")
	j.until(d, "the amendment", func(s *standing) bool { return s.value("Meeting of the county", "proposed") })
	d.picture("review-amended-zh")
	j.press(d, "a")
	j.until(d, "the approval", func(s *standing) bool { return s.tag("meeting", "accepted") })
	j.press(d, "x")
	d.write("Nothing in it is about an office")
	d.keys("ctrl+Return")
	j.until(d, "the rejection", func(s *standing) bool { return !s.tag("office", "proposed") })
	j.press(d, "q")
	d.write("Which county is meant?")
	d.keys("ctrl+Return")
	j.until(d, "the question", func(s *standing) bool { return len(s.Threads) == 1 })
	d.picture("review-asked-zh")
	j.press(d, "shift+d")
	d.write("Please answer, and look at the title")
	d.keys("ctrl+Return")
	j.until(d, "the return", func(s *standing) bool { return s.Status == "returned" })
}

// answer is Wang's: agreed to the amendment, the question answered, the rejected tag
// taken up again in other words, and submitted once more.
func (j *reviewed) answer() {
	d := j.wang
	d.focus()
	d.keys("ctrl+5")
	d.picture("talk-returned-en")
	d.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Return") // Agree
	j.until(d, "the title", func(s *standing) bool { return s.value("Meeting of the county", "accepted") })
	d.keys("ctrl+5", "Tab", "Tab", "Tab", "Tab", "Tab", "Return") // Answer
	d.write("Minle County, in Gansu")
	d.keys("ctrl+Return")
	j.until(d, "the answer", func(s *standing) bool { return len(s.Threads[0].Replies) == 1 })
	d.keys("ctrl+5", "Tab", "Return") // Take up again
	d.write("meetings of the county")
	d.keys("Return")
	j.until(d, "the tag in other words", func(s *standing) bool { return s.tag("meetings of the county", "proposed") })
	d.keys("ctrl+Return", "shift+Tab", "Return")
	j.until(d, "the second submission", func(s *standing) bool { return s.Status == "submitted" })
}

// finish is Li's approval of what is left and of the document, and both look at how
// the work stands.
func (j *reviewed) finish() {
	d := j.li
	d.focus()
	j.press(d, "a")
	j.until(d, "the tag asked about", func(s *standing) bool { return s.tag("county", "accepted") })
	j.press(d, "a")
	j.until(d, "the tag taken up", func(s *standing) bool { return s.tag("meetings of the county", "accepted") })
	d.picture("review-settled-zh")
	j.press(d, "d") // refused: some of it is in Li's own words
	j.press(d, "j")
	d.picture("review-other-zh")
	j.press(d, "a")
	d.until("the tag of the other notice", func() bool { return d.show(j.archive, "path:o.txt").Tags[0].State == "accepted" })
	d.picture("review-whole-zh")
	j.press(d, "d")
	d.until("the approval of the other notice", func() bool { return d.show(j.archive, "path:o.txt").Status == "approved" })
	if s := j.stands(); s.Status != "submitted" {
		j.t.Fatalf("Li has approved words of Li's own: the document is %s", s.Status)
	}
	d.apply(j.archive, "Zhang", `{"do":"document.approve","doc":"`+inReview+`"}`)
	d.keys("ctrl+shift+o")
	d.picture("work-zh")
	j.wang.focus()
	j.wang.keys("ctrl+shift+o")
	j.wang.picture("work-en")
	d.focus()
	d.keys("Escape")
	d.close()
	j.wang.focus()
	j.wang.keys("Escape")
	j.wang.close()
}
