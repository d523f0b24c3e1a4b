package ingest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// What Label Studio exports as JSON: an array of tasks, each with its data and with annotations, the results of which
// are regions with labels, and what was said of a region under the same id (labelstud.io/guide/task_format).
//
// It counts code points since 2021, before that UTF-16 code units (HumanSignal/label-studio, issue 1008, pull request
// 1559). A region comes with its words; they tell which. Where there are none, and it makes a difference, the region is
// left out. \r\n counts two (labelstud.io/tags/text).

// isLabelStudio says whether a file is such an array: every value has an object of data, and a list of annotations,
// each with a list of results.
func isLabelStudio(data []byte) bool {
	values, err := jsonValues(data)
	if err != nil || len(values) == 0 {
		return false
	}
	for _, v := range values {
		o := jsonObject(v)
		done, ok := firstOf(o, []string{"annotations", "completions"}).([]any)
		if !ok || jsonObject(o["data"]) == nil {
			return false
		}
		for _, d := range done {
			if _, ok := jsonObject(d)["result"].([]any); !ok {
				return false
			}
		}
	}
	return true
}

// readLabelStudio reads such a file, and says what of it was left out. first is the number of its first task, by which
// one without an id is named.
func readLabelStudio(data []byte, first int) (docs []Annotated, dropped []string, err error) {
	values, err := jsonValues(data)
	if err != nil {
		return nil, nil, err
	}
	for i, v := range values {
		o := jsonObject(v)
		t := labelStudioTask{name: jsonWord(jsonObject(o["data"])["id"]), said: map[labelStudioSaid]bool{}, shown: map[string]bool{}}
		if t.name == "" {
			t.name = jsonWord(o["id"])
		}
		if t.name == "" {
			t.name = fmt.Sprint(first + i)
		}
		t.images = labelStudioImages(o)
		t.read(o)
		text, ok := t.text(jsonObject(o["data"]))
		if ok || len(t.images) > 0 && len(t.drawn) > 0 {
			meta := jsonObject(o["meta"])
			a := Annotated{Name: t.name, Text: text, Tags: t.tags, Fields: fieldsOf(meta["fields"]), Not: jsonWords(meta["not_stated"]), drawn: t.drawn}
			for _, at := range t.images {
				if picture, _ := onPage(at); !slices.Contains(a.pictures, picture) {
					a.pictures = append(a.pictures, picture)
				}
			}
			runes := []rune(text)
			claims := t.certain(runes)
			t.dropped = append(t.dropped, a.settle(claims, choose(runes, claims, byPoints(runes), byUnits(runes)))...)
			docs = append(docs, a)
		} else {
			t.dropped = []string{fmt.Sprintf("task %s: it has no text in its data; it was left out", t.name)}
		}
		dropped = append(dropped, t.dropped...)
	}
	return docs, dropped, nil
}

// labelStudioTask is a task being read.
type labelStudioTask struct {
	name    string
	to      []string // what its regions are regions of
	tags    []string
	claims  []claim
	said    map[labelStudioSaid]bool
	images  []string // addresses of its pictures
	drawn   []drawn
	shown   map[string]bool // what of drawn was said
	dropped []string
}

type labelStudioSaid struct {
	start, end int
	mark       Span
}

func (t *labelStudioTask) drop(format string, args ...any) {
	t.dropped = append(t.dropped, "task "+t.name+": "+fmt.Sprintf(format, args...))
}

// read takes the results of all annotations but the cancelled; what several people said alike is said once.
func (t *labelStudioTask) read(task map[string]any) {
	for _, v := range jsonList(firstOf(task, []string{"annotations", "completions"})) {
		one := jsonObject(v)
		if cancelled, _ := one["was_cancelled"].(bool); cancelled {
			t.drop("a cancelled annotation was left out")
			continue
		}
		areas := map[string][]map[string]any{} // text areas, by region
		for _, r := range jsonList(one["result"]) {
			if r := jsonObject(r); jsonWord(r["type"]) == "textarea" {
				areas[jsonWord(r["id"])] = append(areas[jsonWord(r["id"])], r)
			}
		}
		for _, r := range jsonList(one["result"]) {
			t.result(jsonObject(r), areas)
		}
	}
	if n := len(jsonList(task["predictions"])); n > 0 {
		t.drop("%d predictions of machines were left out", n)
	}
}

func (t *labelStudioTask) result(r map[string]any, areas map[string][]map[string]any) {
	value := jsonObject(r["value"])
	switch kind := jsonWord(r["type"]); kind {
	case "textarea": // of a region; with the region
	case "choices":
		for _, tag := range jsonWords(value["choices"]) {
			if !slices.Contains(t.tags, tag) {
				t.tags = append(t.tags, tag)
			}
		}
	case "labels":
		start, ok := position(value["start"])
		end, fine := position(value["end"])
		if !ok || !fine {
			t.drop("the region %q has no start and end in the text; it was left out", jsonWord(r["id"]))
			return
		}
		if to := jsonWord(r["to_name"]); !slices.Contains(t.to, to) {
			t.to = append(t.to, to)
		}
		quote, quoted := value["text"].(string)
		c := claim{start: start, end: end, quote: quote, quoted: quoted, name: fmt.Sprintf("task %s, region %q", t.name, jsonWord(r["id"]))}
		t.region(c, jsonWord(r["from_name"]), jsonWords(value["labels"]), areas[jsonWord(r["id"])])
	case "rectanglelabels", "rectangle", "polygonlabels", "polygon":
		t.drawing(r, value, areas[jsonWord(r["id"])])
	default:
		if value["x"] != nil || value["points"] != nil || value["rle"] != nil {
			t.drop("the %q %q on a picture is neither rectangle nor polygon; it was left out", kind, jsonWord(r["id"]))
			return
		}
		t.drop("the %q %q is none of a text; it was left out", kind, jsonWord(r["id"]))
	}
}

// region takes a region with its labels and what stands in its text areas. Those of this program's own interface are
// known by name.
func (t *labelStudioTask) region(c claim, from string, labels []string, areas []map[string]any) {
	said, authority, words := labelStudioAreas(areas)
	c.mark.Authority = authority
	switch {
	case words != nil && from == "correction":
		c.fix = &Fix{Text: *words}
	case words != nil:
		said = strings.TrimPrefix(said+"\n"+*words, "\n")
	}
	if c.fix != nil {
		c.fix.Reason = said
		t.add(c)
		return
	}
	c.mark.Comment = said
	if len(labels) == 0 {
		labels = []string{""}
	}
	for _, l := range labels {
		c.mark.Label = l
		t.add(c)
	}
}

// labelStudioAreas are what stands in the text areas of a region: comments, a URI, and the new words of a correction, nil
// for none.
func labelStudioAreas(areas []map[string]any) (comment, authority string, words *string) {
	var comments []string
	for _, r := range areas {
		said := strings.Join(jsonWords(jsonObject(r["value"])["text"]), "\n")
		switch name := jsonWord(r["from_name"]); {
		case name == "words":
			words = &said
		case (name == "authority" || name == "image-authority") && isURI(said):
			authority = said
		default:
			comments = append(comments, said)
		}
	}
	return strings.Join(comments, "\n"), authority, words
}

// add takes a claim, unless it was made before.
func (t *labelStudioTask) add(c claim) {
	one := labelStudioSaid{c.start, c.end, c.mark}
	if c.fix == nil {
		if t.said[one] {
			return
		}
		t.said[one] = true
	}
	t.claims = append(t.claims, c)
}

// text finds which of the data the regions are of: by their name, by custom, or because there is one only.
func (t *labelStudioTask) text(data map[string]any) (string, bool) {
	for _, key := range append([]string{"text"}, t.to...) {
		if s, ok := data[key].(string); ok {
			return s, utf8.ValidString(s)
		}
	}
	var only []string
	for _, v := range data {
		if s, ok := v.(string); ok {
			only = append(only, s)
		}
	}
	if len(only) != 1 || len(t.claims) == 0 {
		return "", false
	}
	return only[0], true
}

// certain are the claims of which it is certain how they count: all where no character takes two code units, or where
// the words of one tell. Line ends within words are written \n.
func (t *labelStudioTask) certain(text []rune) []claim {
	points, units := byPoints(text), byUnits(text)
	var quoted []claim
	for i := range t.claims {
		c := &t.claims[i]
		if !c.quoted {
			continue
		}
		if _, _, err := place(text, *c, points); err != nil {
			plain := *c
			plain.quote = strings.ReplaceAll(c.quote, `\n`, "\n")
			if wrong(text, []claim{plain}, points) == 0 || wrong(text, []claim{plain}, units) == 0 {
				*c = plain
			}
		}
		quoted = append(quoted, *c)
	}
	if wrong(text, quoted, points) != wrong(text, quoted, units) {
		return t.claims
	}
	var out []claim
	for _, c := range t.claims {
		s1, e1, err1 := place(text, c, points)
		s2, e2, err2 := place(text, c, units)
		if !c.quoted && (s1 != s2 || e1 != e2 || (err1 == nil) != (err2 == nil)) {
			t.drop("the region from %d to %d comes without its words, and the text has characters that some versions count as two; it was left out", c.start, c.end)
			continue
		}
		out = append(out, c)
	}
	return out
}
