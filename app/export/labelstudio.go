package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// Format labelstudio: labelstudio/tasks.json, an array of tasks as Label Studio
// imports and exports them (labelstud.io/guide/task_format), and
// labelstudio/config.xml, the labelling interface that they are made for.
//
// Label Studio counts code points: its editor was mended in 2021 to store them in
// the place of JavaScript's code units (HumanSignal/label-studio, issue 1008, pull
// request 1559; charsToCodePoints and findGlobalOffset in the editor's
// utils/selection-tools.js), and reads positions of imported regions in the same
// way. A line end counts one.
//
// PostgreSQL, in which it keeps tasks, holds no U+0000: texts are made legal.

func init() {
	formats["labelstudio"] = format{open: openLabelStudio,
		positions: "code points of data.text, as Label Studio counts since 2021; U+FFFD stands in the text for what no text format can hold. On pictures percent of the page upright, from its left upper corner; item_index is its page, from 0"}
}

type labelStudioTask struct {
	ID          int                     `json:"id"`
	Data        labelStudioData         `json:"data"`
	Annotations []labelStudioAnnotation `json:"annotations"`
	Meta        labelStudioMeta         `json:"meta"`
}

// labelStudioData is what the interface shows, and columns to sort tasks by.
type labelStudioData struct {
	Text   string   `json:"text"`
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Title  string   `json:"title"`
	Images []string `json:"images,omitempty"` // of its pages, where they can be shown as pictures
}

type labelStudioMeta struct {
	Fields map[string][]string `json:"fields"`
	Not    []string            `json:"not_stated,omitempty"` // fields that the source does not state
	Status string              `json:"status"`
}

type labelStudioAnnotation struct {
	Result []labelStudioResult `json:"result"`
}

// labelStudioResult is one thing of a region; those of one region have one id.
type labelStudioResult struct {
	ID       string `json:"id"`
	FromName string `json:"from_name"`
	ToName   string `json:"to_name"`
	Type     string `json:"type"`
	Value    any    `json:"value"` // a labelStudioValue, or a labelStudioShape on a picture
	*labelStudioOn
}

type labelStudioValue struct {
	Start   *int     `json:"start,omitempty"`
	End     *int     `json:"end,omitempty"`
	Text    any      `json:"text,omitempty"` // of labels the words, of a text area what stands in it
	Labels  []string `json:"labels,omitempty"`
	Choices []string `json:"choices,omitempty"`
}

// The names of the controls in config.xml.
const (
	labelStudioText    = "text"
	labelStudioLabel   = "label"
	labelStudioComment = "comment"
	labelStudioURI     = "authority"
	labelStudioFix     = "correction"
	labelStudioWords   = "words"
	labelStudioReason  = "reason"
	labelStudioTags    = "tags"
)

type labelStudioWriter struct {
	j      *job
	f      *file
	labels map[string]bool
	tags   map[string]bool
	drawn  map[string]bool // labels of regions on pictures
	images bool            // there are pages
	counts map[string]int
}

func openLabelStudio(j *job) (writer, error) {
	f, err := j.create("labelstudio/tasks.json")
	if err != nil {
		return nil, err
	}
	return &labelStudioWriter{j: j, f: f, labels: map[string]bool{}, tags: map[string]bool{}, drawn: map[string]bool{}, counts: map[string]int{"documents": 0, "marks": 0}}, nil
}

func (w *labelStudioWriter) write(d *Doc) error {
	before := ",\n"
	if w.counts["documents"]++; w.counts["documents"] == 1 {
		before = "[\n"
	}
	data, err := marshal(w.task(d))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.f, "%s%s", before, data)
	return err
}

// marshal is a value as JSON in one line.
func marshal(v any) (string, error) {
	var b strings.Builder
	err := encoder(&b).Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

func (w *labelStudioWriter) task(d *Doc) labelStudioTask {
	text := archive.NewText(legal(d.Text))
	results := []labelStudioResult{}
	for _, p := range covering(d, w.counts) {
		w.labels[legal(p.Label)] = true
		w.counts["marks"]++
		results = append(results, region(labelStudioLabel, p.ID, text, p.From, p.To, p.Label,
			area{labelStudioComment, p.Text}, area{labelStudioURI, p.Authority})...)
	}
	w.counts["corrections_left_out"] += proposedFixes(d)
	for _, f := range d.Fixed() {
		if f.From == f.To {
			w.counts["corrections_left_out"]++ // words put in, or, in the reading text, taken away
			continue
		}
		w.counts["corrections"]++
		results = append(results, region(labelStudioFix, f.ID, text, f.From, f.To, "Correction",
			area{labelStudioWords, f.Text}, area{labelStudioReason, f.Reason})...)
	}
	results = append(results, w.regions(d)...)
	if tags := legalAll(d.tagNames()); len(tags) > 0 {
		for _, t := range tags {
			w.tags[t] = true
		}
		results = append(results, labelStudioResult{string(d.ID), labelStudioTags, labelStudioText, "choices", labelStudioValue{Choices: tags}, nil})
	}
	fields := map[string][]string{}
	for f, values := range d.fieldValues() {
		fields[f] = legalAll(values)
	}
	return labelStudioTask{d.N, labelStudioData{text.String(), string(d.ID), legal(d.Name), legal(d.Title), w.pages(d)},
		[]labelStudioAnnotation{{results}}, labelStudioMeta{fields, legalAll(d.saidNotStated()), d.Status}}
}

// area is a text area of a region, and what stands in it.
type area struct{ name, text string }

// region is a place with a label, and the text areas that are not empty.
func region(name string, id archive.ID, text *archive.Text, from, to int, label string, areas ...area) []labelStudioResult {
	out := []labelStudioResult{{string(id), name, labelStudioText, "labels",
		labelStudioValue{Start: &from, End: &to, Text: text.Slice(from, to), Labels: []string{legal(label)}}, nil}}
	for _, a := range areas {
		// New words are written where they are none: the old ones go.
		if a.text != "" || a.name == labelStudioWords {
			out = append(out, labelStudioResult{string(id), a.name, labelStudioText, "textarea",
				labelStudioValue{Start: &from, End: &to, Text: []string{legal(a.text)}}, nil})
		}
	}
	return out
}

// legalAll is a list without what no text format can hold.
func legalAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = legal(s)
	}
	return out
}

func (w *labelStudioWriter) close() (map[string]int, error) {
	end := "\n]\n"
	if w.counts["documents"] == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w.f, end)
	if e := w.j.done(w.f); err == nil {
		err = e
	}
	if err != nil {
		return nil, err
	}
	labels, err := w.j.labelsOf(w.labels)
	if err != nil {
		return nil, err
	}
	pictures, err := w.controls()
	if err != nil {
		return nil, err
	}
	return w.counts, w.j.file("labelstudio/config.xml", func(out io.Writer) error {
		return labelStudioConfig(out, labels, slices.Sorted(maps.Keys(w.tags)), pictures)
	})
}

// labelStudioConfig writes the interface. The style is what Label Studio asks for,
// so that white space counts (labelstud.io/tags/text). pictures are the controls of
// what lies on pictures, in lines.
func labelStudioConfig(out io.Writer, labels, tags []string, pictures string) error {
	var b strings.Builder
	b.WriteString("<View>\n  <Style>.htx-text{ white-space: pre-wrap; }</Style>\n  <Labels name=\"" + labelStudioLabel + "\" toName=\"text\">\n")
	one := func(tag, value string) { fmt.Fprintf(&b, "    <%s value=\"%s\"/>\n", tag, xmlAttribute(value)) }
	for _, l := range labels {
		one("Label", l)
	}
	b.WriteString("  </Labels>\n  <Labels name=\"" + labelStudioFix + "\" toName=\"text\">\n")
	one("Label", "Correction")
	b.WriteString("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n")
	for _, a := range []struct{ name, of string }{{labelStudioComment, labelStudioLabel}, {labelStudioURI, labelStudioLabel},
		{labelStudioWords, labelStudioFix}, {labelStudioReason, labelStudioFix}} {
		fmt.Fprintf(&b, "  <TextArea name=\"%s\" toName=\"text\" perRegion=\"true\" whenTagName=\"%s\" placeholder=\"%s\" editable=\"true\"/>\n", a.name, a.of, a.name)
	}
	if len(tags) > 0 {
		b.WriteString("  <Choices name=\"" + labelStudioTags + "\" toName=\"text\" choice=\"multiple\">\n")
		for _, t := range tags {
			one("Choice", t)
		}
		b.WriteString("  </Choices>\n")
	}
	b.WriteString(pictures + "</View>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// xmlAttribute is s as it stands within the quotes of an attribute.
func xmlAttribute(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(legal(s))) // a builder takes everything
	return b.String()
}
