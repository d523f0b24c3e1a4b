package export

import (
	"encoding/json"
	"io"
	"slices"

	"fonds/storage/archive"
)

// Format jsonl: jsonl/documents.jsonl, one document a line in the order of their
// import, with all there is to say of each; jsonl/documents.schema.json, what such
// a line is; jsonl/people.jsonl, one person a line. JSON Lines in UTF-8.

// jsonlDocument is a line of documents.jsonl.
type jsonlDocument struct {
	*Document
	Text       string          `json:"text"`        // the reading text, or the source text where that was asked for
	SourceText string          `json:"source_text"` // as the recipe made it of the original
	Recipe     json.RawMessage `json:"recipe"`
	History    []Operation     `json:"history"` // the oldest first
}

// jsonlLabel is a line of labels.jsonl: a label that marks are made from.
type jsonlLabel struct {
	Label string `json:"label"`
	Text  string `json:"text,omitempty"` // what it is for
	Style int    `json:"style"`
	Key   string `json:"key,omitempty"`
}

// jsonlPerson is a line of people.jsonl.
type jsonlPerson struct {
	ID   archive.ID `json:"id"`
	Name string     `json:"name"`
	Role string     `json:"role"`
	By   string     `json:"by"`
	At   string     `json:"at"`
}

func init() {
	formats["jsonl"] = format{open: openJSONL, history: true, closed: true,
		positions: "code points of \"source_text\"; under \"reading\" those of the reading text; " + regionPositions}
}

// jsonlClosed is the line of a document that may not be read.
type jsonlClosed struct {
	ID     archive.ID `json:"id"`
	Closed *Closure   `json:"closed"`
}

type jsonlWriter struct {
	j      *job
	f      *file
	enc    *json.Encoder
	counts map[string]int
}

func openJSONL(j *job) (writer, error) {
	f, err := j.create("jsonl/documents.jsonl")
	if err != nil {
		return nil, err
	}
	return &jsonlWriter{j, f, encoder(f), map[string]int{}}, nil
}

func (w *jsonlWriter) write(d *Doc) error {
	if d.Closed != nil {
		w.counts["closed"]++
		return w.enc.Encode(jsonlClosed{d.ID, d.Closed})
	}
	for what, n := range map[string]int{"documents": 1, "values": len(d.Fields), "tags": len(d.Tags), "marks": len(d.Marks),
		"corrections": len(d.Corrections), "notes": len(d.Notes), "operations": len(d.History)} {
		w.counts[what] += n
	}
	countRegions(w.counts, "regions", len(d.Regions))
	return w.enc.Encode(jsonlDocument{d.Document, d.Text, d.SourceText, d.Recipe, d.History})
}

func (w *jsonlWriter) close() (map[string]int, error) {
	if err := w.j.done(w.f); err != nil {
		return nil, err
	}
	if err := w.j.jsonFile("jsonl/documents.schema.json", jsonlSchema()); err != nil {
		return nil, err
	}
	whole, err := w.j.wholeArchive()
	if err == nil && whole {
		err = w.writeLog()
	}
	if err != nil {
		return nil, err
	}
	self, err := w.j.a.Self(w.j.ctx)
	if err != nil {
		return nil, err
	}
	err = w.j.lines("jsonl/people.jsonl", func(put func(any) error) error {
		for _, it := range self.Of(archive.APerson) {
			if !it.InForce() {
				continue
			}
			w.counts["people"]++
			if err := put(jsonlPerson{it.ID, w.j.masked(it.Key), it.Text, w.j.masked(by(it.By)), Time(it.At)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !slices.ContainsFunc(self.Palette(), func(l archive.Label) bool { return l.Own }) {
		return w.counts, err
	}
	// Who reads the marks has to know what the archive's own labels are for.
	err = w.j.lines("jsonl/labels.jsonl", func(put func(any) error) error {
		for _, l := range self.Palette() {
			w.counts["labels"]++
			if err := put(w.j.label(l)); err != nil {
				return err
			}
		}
		return nil
	})
	return w.counts, err
}

// lines writes a file of JSON Lines.
func (j *job) lines(path string, write func(put func(any) error) error) error {
	return j.file(path, func(w io.Writer) error { return write(encoder(w).Encode) })
}
