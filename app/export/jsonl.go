package export

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"fonds/storage/archive"
)

// Format jsonl: jsonl/documents.jsonl, one document a line in the order of their
// import, with all there is to say of each; jsonl/people.jsonl, one person a
// line. JSON Lines in UTF-8.

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

func writeJSONL(ctx context.Context, j *job) (map[string]int, error) {
	counts := map[string]int{}
	if err := j.lines("jsonl/documents.jsonl", func(put func(any) error) error {
		for i, s := range j.docs {
			line, err := j.document(ctx, s.ID)
			if err != nil {
				return fmt.Errorf("document %s (%s): %w", s.ID.Short(), s.Name, err)
			}
			if err := put(line); err != nil {
				return err
			}
			counts["documents"]++
			counts["values"] += len(line.Fields)
			counts["tags"] += len(line.Tags)
			counts["marks"] += len(line.Marks)
			counts["corrections"] += len(line.Corrections)
			counts["notes"] += len(line.Notes)
			counts["operations"] += len(line.History)
			if j.o.Progress != nil {
				j.o.Progress(i+1, len(j.docs))
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	self, err := j.a.Self(ctx)
	if err != nil {
		return nil, err
	}
	err = j.lines("jsonl/people.jsonl", func(put func(any) error) error {
		for _, it := range self.Of(archive.APerson) {
			if !it.InForce() {
				continue
			}
			counts["people"]++
			if err := put(jsonlPerson{it.ID, it.Key, it.Text, by(it.By), Time(it.At)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !slices.ContainsFunc(self.Palette(), func(l archive.Label) bool { return l.Own }) {
		return counts, err
	}
	// Who reads the marks has to know what the archive's own labels are for.
	err = j.lines("jsonl/labels.jsonl", func(put func(any) error) error {
		for _, l := range self.Palette() {
			counts["labels"]++
			if err := put(jsonlLabel{l.Name, l.Text, l.Style, l.Key}); err != nil {
				return err
			}
		}
		return nil
	})
	return counts, err
}

// lines writes a file of JSON Lines.
func (j *job) lines(path string, write func(put func(any) error) error) error {
	f, err := j.create(path)
	if err != nil {
		return err
	}
	if err := write(encoder(f).Encode); err != nil {
		f.f.Close()
		return err
	}
	done, err := f.close()
	j.files = append(j.files, done)
	return err
}

func (j *job) document(ctx context.Context, id archive.ID) (*jsonlDocument, error) {
	d, err := j.a.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	view, err := View(d, j.o.Set == All)
	if err != nil {
		return nil, err
	}
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	line := &jsonlDocument{Document: view, SourceText: r.Source().String(), History: []Operation{}}
	line.Text = r.Text().String()
	if j.o.Text == Source {
		line.Text = line.SourceText
	}
	if line.Recipe, err = j.a.Recipe(ctx, id, d.Info.Text); err != nil {
		return nil, err
	}
	view.Undecoded = Undecoded(line.Recipe)
	history, err := j.a.History(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	for i := len(history) - 1; i >= 0; i-- {
		line.History = append(line.History, Log(history[i]))
	}
	return line, nil
}
