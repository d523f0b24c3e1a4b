package export

import (
	"encoding/json"
	"fmt"
)

// Format spacy: spacy/documents.jsonl, a document a line in the words of spaCy's
// Doc.to_json (spacy.io/api/doc): "spans" holds every mark that covers words under
// "sc", the key that its span categorizer reads by default; "ents" those that do not
// overlap, the longest first, as its entity recognizer wants them; "cats" the tags
// as numbers, which have to be floats. There are no "tokens": a tokenizer of the
// reader's makes them, and doc.char_span finds what stands here.

func init() {
	formats["spacy"] = format{open: openSpaCy, positions: "code points of \"text\", as Doc.char_span has them"}
}

type spacyLine struct {
	Text  string                 `json:"text"`
	Ents  []spacySpan            `json:"ents"`
	Spans map[string][]spacySpan `json:"spans"`
	Cats  map[string]float       `json:"cats"`
	Meta  spacyMeta              `json:"meta"`
}

type spacySpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Label string `json:"label"`
	KB    string `json:"kb_id,omitempty"` // what the words name
}

type spacyMeta struct {
	ID     string              `json:"id"`
	Name   string              `json:"name"`
	Title  string              `json:"title"`
	Fields map[string][]string `json:"fields"`
	Not    []string            `json:"not_stated,omitempty"` // fields that the source does not state
}

// float is a whole number that is written with a point in it.
type float int

// MarshalJSON writes it.
func (f float) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%d.0", int(f)), nil }

type spacyWriter struct {
	j      *job
	f      *file
	enc    *json.Encoder
	counts map[string]int
}

func openSpaCy(j *job) (writer, error) {
	f, err := j.create("spacy/documents.jsonl")
	if err != nil {
		return nil, err
	}
	return &spacyWriter{j, f, encoder(f), map[string]int{"documents": 0, "marks": 0}}, nil
}

func (w *spacyWriter) close() (map[string]int, error) { return w.counts, w.j.done(w.f) }

func (w *spacyWriter) write(d *Doc) error {
	w.counts["documents"]++
	marks := covering(d, w.counts)
	line := spacyLine{Text: d.Text, Ents: []spacySpan{}, Spans: map[string][]spacySpan{"sc": spacySpans(marks)}, Cats: map[string]float{},
		Meta: spacyMeta{string(d.ID), d.Name, d.Title, d.fieldValues(), d.saidNotStated()}}
	if l := layers(marks); len(l) > 0 {
		line.Ents = spacySpans(l[0])
	}
	for _, t := range d.tagNames() {
		line.Cats[t] = 1
	}
	w.counts["marks"] += len(marks)
	w.counts["entities"] += len(line.Ents)
	w.counts["corrections_left_out"] += len(d.Corrections)
	countRegions(w.counts, regionsLeftOut, len(d.Regions))
	return w.enc.Encode(line)
}

func spacySpans(marks []Placed) []spacySpan {
	out := []spacySpan{}
	for _, p := range marks {
		out = append(out, spacySpan{p.From, p.To, p.Label, p.Authority})
	}
	return out
}
