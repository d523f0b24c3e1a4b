package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fonds/app/outline"
)

// journey is a document on the desk in a real window, with everything that the
// desk can do done to it by keys (steps: journeysteps_test.go).
type journey struct {
	*desktop
	archive, doc, name string   // of the document: as a verb names it, and its file
	rows               []string // the files of all documents, in the order of the list
	source             []rune
	again, fix         []int // where two words of two characters stand, which occur several times
	once               int   // where one of two characters begins that is in neither
	theme, language    string
	pressed            int // keys
}

// places of a journey: what is read in it, and where the archive comes from.
var journeys = []struct {
	name  string
	start func(t *testing.T, j *journey) (args []string)
}{
	{"samples", samplesJourney}, {"seed", seedJourney}, {"big", bigJourney},
}

// TestJourneyDesk goes through the desk with the samples, the seed and a text of
// 10 MB. By default each is gone through once, the big one by what its size can
// change; FONDS_LONG makes it all of it, in both themes and languages each.
func TestJourneyDesk(t *testing.T) {
	looks := [][2]string{{"light", "en"}, {"dark", "zh-Hans"}}
	long := os.Getenv("FONDS_LONG") != ""
	for i, what := range journeys {
		for k, look := range looks {
			if k != i%2 && !long {
				continue
			}
			t.Run(what.name+" "+look[0]+" "+look[1], func(t *testing.T) {
				j, args := newJourney(t, what.start, look[0], look[1])
				for _, s := range journeySteps {
					if s.small && what.name == "big" && !long {
						continue
					}
					began := time.Now()
					s.do(j)
					t.Logf("%4.1f s  %s", time.Since(began).Seconds(), s.name)
				}
				j.nextMorning(args)
			})
		}
	}
}

// newJourney opens the program at the document of a journey.
func newJourney(t *testing.T, start func(*testing.T, *journey) []string, theme, language string) (j *journey, args []string) {
	t.Helper()
	j = &journey{theme: theme, language: language}
	j.desktop = newDesktop(t, fmt.Sprintf(`{"name":"Zhang","language":%q,"theme":%q,"width":1280,"height":800}`, language, theme))
	args = start(t, j)
	j.start(args...)
	j.list()
	j.open(j.name)
	return j, args
}

// samplesDoc is the document of the samples that nobody has worked on.
const samplesDoc = "07-shizi-wenhuajie.txt"

// samplesJourney is gone through without a mouse, as every other but for two steps.
func samplesJourney(t *testing.T, j *journey) []string {
	j.archive = filepath.Join(j.dir, "data", "sample.fonds")
	j.name = samplesDoc
	j.doc = "path:notices/" + j.name
	return []string{"--sample"}
}

func seedJourney(t *testing.T, j *journey) []string {
	seeds, _ := filepath.Glob("../../shared/seed/*.txt")
	if len(seeds) == 0 {
		t.Skip("the seed document is not here")
	}
	j.archive, j.name = filepath.Join(j.dir, "seed.fonds"), filepath.Base(seeds[0])
	j.doc = "path:" + j.name
	note := filepath.Join(j.dir, "A-note.txt")
	if err := os.WriteFile(note, []byte("县档案局召开会议\n2015-11-20\n李振国主持。司法厅派人参加。\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	j.mustVerb("new", j.archive, "--as", "Zhang")
	j.mustVerb("import", j.archive, note, seeds[0], "--as", "Zhang")
	return []string{j.archive}
}

// list learns the order of the documents and chooses words of the one that the
// journey is about.
func (j *journey) list() {
	j.t.Helper()
	j.until("the archive", func() bool { return strings.Contains(j.title(), filepath.Base(j.archive)) })
	out, _ := j.verb("list", j.archive, "--json")
	for line := range strings.Lines(out) {
		var d struct{ Name string }
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			j.t.Fatal(err)
		}
		j.rows = append(j.rows, d.Name)
	}
	text, _ := j.verb("text", j.archive, j.doc, "--source")
	j.source = []rune(text)
	j.again = j.repeated(nil)
	j.fix = j.repeated(j.again)
	taken := append(slices.Clone(j.again), j.fix...)
	j.once = -1
	for i := range j.source[:80] {
		if j.han(i, 2) && !slices.ContainsFunc(taken, func(p int) bool { return p < i+2 && i < p+2 }) {
			j.once = i
			break
		}
	}
	if j.again == nil || j.fix == nil || j.once < 0 {
		j.t.Fatalf("%s has no words for the journey: choose another", j.name)
	}
}

func (j *journey) han(at, n int) bool {
	return at+n <= len(j.source) && !slices.ContainsFunc(j.source[at:at+n], func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// repeated is where two characters stand that begin near the top and occur three
// to forty times, apart from the places given.
func (j *journey) repeated(but []int) []int {
	for i := range j.source[:60] {
		if !j.han(i, 2) {
			continue
		}
		var all []int
		for p := 0; p+2 <= len(j.source) && len(all) <= 40; p++ {
			if j.source[p] == j.source[i] && j.source[p+1] == j.source[i+1] {
				all = append(all, p)
				p++
			}
		}
		near := func(p int) bool {
			return slices.ContainsFunc(but, func(q int) bool { return p < q+4 && q < p+3 })
		}
		if all[0] == i && len(all) >= 3 && len(all) <= 40 && !slices.ContainsFunc(all, near) {
			return all
		}
	}
	return nil
}

// state is what fonds show says of the document.
type state struct {
	Status      string
	Fields      []fieldState
	Tags        []struct{ Tag string }
	Marks       []markState
	Corrections []fixState
	Notes       []noteState
}

type (
	fieldState struct {
		Field, Value, State string
		Evidence            *struct{ Start, End int }
	}
	markState struct {
		Start, End                    int
		Quote, Label, Text, Authority string
		LookAgain                     bool `json:"look_again"`
	}
	fixState struct {
		Start                int
		Source, Text, Reason string
	}
	noteState struct{ Text string }
)

func (j *journey) state() (s state) {
	j.t.Helper()
	out, exit := j.verb("show", j.archive, j.doc, "--json")
	if err := json.Unmarshal([]byte(out), &s); err != nil || exit != 0 {
		j.t.Fatalf("show: exit %d, %v: %.500s", exit, err, out)
	}
	return s
}

// when waits for the file to say something of the document.
func (j *journey) when(what string, is func(s state) bool) {
	j.t.Helper()
	j.until(what, func() bool { return is(j.state()) })
}

func (s state) marked(label string, start, end int) bool {
	for _, m := range s.Marks {
		if m.Label == label && m.Start == start && m.End == end {
			return true
		}
	}
	return false
}

// value is the value of a field in force, "" for none.
func (s state) value(field string) string {
	for _, f := range s.Fields {
		if f.Field == field && f.State == "accepted" {
			return f.Value
		}
	}
	return ""
}

func (j *journey) keys(names ...string) {
	j.t.Helper()
	j.pressed += len(names)
	j.desktop.keys(names...)
}

func (j *journey) write(text string) {
	j.t.Helper()
	j.pressed += len(text)
	j.desktop.write(text)
}

// change presses keys and waits until the window looks otherwise and has come to
// rest: for what the file knows nothing of.
func (j *journey) change(what string, names ...string) {
	j.t.Helper()
	before := j.rest(what, nil)
	j.keys(names...)
	j.rest(what, before)
}

// rest waits until the window is painted and looks the same twice in a row, with the
// big text once more, and otherwise than before.
func (j *journey) rest(what string, before []byte) (last []byte) {
	j.t.Helper()
	same, enough := 0, 1
	if j.name == bigName {
		enough = 2
	}
	j.until(what, func() bool {
		now := j.look()
		if same++; len(now) == 0 || !bytes.Equal(now, last) || bytes.Equal(now, before) {
			same = 0
		}
		last = now
		return same >= enough
	})
	return last
}

// mark marks what is selected by a key; where what was asked for before has not
// come yet, once more when it has.
func (j *journey) mark(key, label string, start, end int) {
	j.t.Helper()
	n := j.state().count(label)
	for range 5 {
		j.keys(key)
		var s state
		j.when("a mark "+label, func(now state) bool { s = now; return now.count(label) == n+1 })
		if s.marked(label, start, end) {
			return
		}
		j.keys("ctrl+z")
		j.when("its undoing", func(s state) bool { return s.count(label) == n })
	}
	j.t.Fatalf("no mark %s at %d", label, start)
}

// at chooses n characters of the text, of which the source has as many before them.
func (j *journey) at(pos, n int) {
	j.t.Helper()
	keys := []string{"ctrl+t", "ctrl+Home"}
	keys = append(keys, slices.Repeat([]string{"Right"}, pos)...)
	j.keys(append(keys, slices.Repeat([]string{"shift+Right"}, n)...)...)
}

// open opens a document from the list.
func (j *journey) open(name string) {
	j.t.Helper()
	j.until("the list", func() bool { j.keys("ctrl+l", "Home"); return strings.Contains(j.title(), j.rows[0]) })
	if at := slices.Index(j.rows, name); at > 0 {
		j.keys(slices.Repeat([]string{"Down"}, at)...)
	}
	j.until(name, func() bool { return strings.Contains(j.title(), name) })
	j.keys("ctrl+t")
}

// command asks for a command by its English name, which the palette knows in every
// language.
func (j *journey) command(name string) {
	j.t.Helper()
	j.change("the palette", "ctrl+k")
	j.write(name)
	j.keys("Return")
}

func (j *journey) see(name string) {
	j.t.Helper()
	j.picture(strings.Join([]string{"desk", j.t.Name()[strings.LastIndex(j.t.Name(), "/")+1:], name}, "-"))
}

// headings are those of the text as it reads.
func (j *journey) headings() []outline.Heading {
	text, _ := j.verb("text", j.archive, j.doc)
	return outline.Of(text, nil)
}

// nextMorning starts the program again: all is there.
func (j *journey) nextMorning(args []string) {
	j.t.Helper()
	want := j.state()
	j.close()
	if j.name != bigName || os.Getenv("FONDS_LONG") != "" { // they were switched
		b, err := os.ReadFile(filepath.Join(j.dir, "config", "settings.json"))
		var set struct{ Theme, Language string }
		if err == nil {
			err = json.Unmarshal(b, &set)
		}
		if err != nil || set.Theme == j.theme || set.Language == j.language {
			j.t.Errorf("the settings are %+v, %v", set, err)
		}
	}
	j.desktop.start(args...)
	j.until("the document of last night", func() bool { return strings.Contains(j.title(), j.name) })
	j.keys("ctrl+t")
	j.see("morning")
	if got := j.state(); !reflect.DeepEqual(got, want) {
		j.t.Errorf("the next morning: %+v, want %+v", got, want)
	}
	j.close()
	if out, exit := j.verb("verify", j.archive); exit != 0 {
		j.t.Errorf("verify: exit %d: %s", exit, out)
	}
	j.t.Logf("keys pressed: %d", j.pressed)
}
