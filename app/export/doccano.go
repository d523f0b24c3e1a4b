package export

import "encoding/json"

// Format doccano: doccano/documents.jsonl, a document a line as doccano imports and
// exports them for sequence labelling (doccano/doccano, examples in
// backend/data_import and backend/data_export), and for intent detection, whose
// "cats" are the tags. What it has no column for it keeps as metadata of the
// example and gives back.
//
// doccano is written in Python: it counts code points, unless the project counts
// grapheme clusters. A span covers words, and there is one of a label at a place
// (model Span: its checks, and unique_together). It keeps texts in PostgreSQL, which
// holds no U+0000: they are made legal.

func init() {
	formats["doccano"] = format{open: openDoccano,
		positions: "code points of \"text\"; U+FFFD stands in the text for what no text format can hold"}
}

type doccanoLine struct {
	ID       string              `json:"id"`
	Text     string              `json:"text"`
	Label    []doccanoSpan       `json:"label"`
	Cats     []string            `json:"cats"`
	Comments []string            `json:"Comments"`
	Name     string              `json:"name"`
	Title    string              `json:"title"`
	Fields   map[string][]string `json:"fields"`
	Not      []string            `json:"not_stated,omitempty"` // fields that the source does not state
}

// doccanoSpan is [start, end, "label"].
type doccanoSpan struct {
	from, to int
	label    string
}

// MarshalJSON writes it as doccano has it.
func (s doccanoSpan) MarshalJSON() ([]byte, error) {
	line, err := marshal([]any{s.from, s.to, s.label})
	return []byte(line), err
}

type doccanoWriter struct {
	j      *job
	f      *file
	enc    *json.Encoder
	counts map[string]int
}

func openDoccano(j *job) (writer, error) {
	f, err := j.create("doccano/documents.jsonl")
	if err != nil {
		return nil, err
	}
	return &doccanoWriter{j, f, encoder(f), map[string]int{"documents": 0, "marks": 0}}, nil
}

func (w *doccanoWriter) close() (map[string]int, error) { return w.counts, w.j.done(w.f) }

func (w *doccanoWriter) write(d *Doc) error {
	w.counts["documents"]++
	line := doccanoLine{ID: string(d.ID), Text: legal(d.Text), Label: []doccanoSpan{}, Cats: legalAll(d.tagNames()), Comments: []string{},
		Name: legal(d.Name), Title: legal(d.Title), Fields: map[string][]string{}, Not: legalAll(d.saidNotStated())}
	seen := map[doccanoSpan]bool{}
	for _, p := range covering(d, w.counts) {
		s := doccanoSpan{p.From, p.To, legal(p.Label)}
		if seen[s] {
			w.counts["left_out"]++
			continue
		}
		if seen[s] = true; p.Text != "" {
			w.counts["comments_left_out"]++ // it has comments on documents, none on spans
		}
		w.counts["marks"]++
		line.Label = append(line.Label, s)
	}
	for _, n := range d.Notes {
		line.Comments = append(line.Comments, legal(n.Text))
	}
	for f, values := range d.fieldValues() {
		line.Fields[f] = legalAll(values)
	}
	w.counts["corrections_left_out"] += len(d.Corrections)
	countRegions(w.counts, regionsLeftOut, len(d.Regions))
	return w.enc.Encode(line)
}
