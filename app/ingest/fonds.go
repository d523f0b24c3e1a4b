package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
)

// What `fonds export` writes as jsonl/documents.jsonl: one document a line. Where the whole log lies beside it, an empty
// archive receives that instead (package intake); else each line is a text with what is in force in it.

// fondsLine is what is read of a line.
type fondsLine struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Path       string          `json:"path"`
	Format     string          `json:"format"`
	Encoding   string          `json:"encoding"`
	Confidence float64         `json:"confidence"`
	Recipe     Recipe          `json:"recipe"`
	SHA256     string          `json:"sha256"`
	SourceText *string         `json:"source_text"`
	Closed     json.RawMessage `json:"closed"`
	History    json.RawMessage `json:"history"`
	Fields     []struct {
		Field, Value, State string
		NotStated           bool `json:"not_stated"`
	} `json:"fields"`
	Tags []struct {
		Tag, State string
	} `json:"tags"`
	Notes []struct {
		Text string
	} `json:"notes"`
	Marks []struct {
		Start, End                    int
		Label, Text, State, Authority string
	} `json:"marks"`
	Corrections []struct {
		Start, End          int
		Text, Reason, State string
	} `json:"corrections"`
}

// withOriginal is a document of a line whose original lies beside it: as it was, so
// that an archive which has it already knows it again. nil where there is none.
func withOriginal(raw []byte, dir string, a Annotated, beside Beside) *Document {
	var l fondsLine
	if json.Unmarshal(raw, &l) != nil || l.SHA256 == "" || l.Path == "" {
		return nil
	}
	data, ok := beside(path.Join(dir, "originals", l.SHA256))
	if sum := sha256.Sum256(data); !ok || hex.EncodeToString(sum[:]) != l.SHA256 {
		return nil
	}
	return &Document{Path: l.Path, Size: int64(len(data)), SHA256: l.SHA256, Original: data, Format: l.Format, Encoding: l.Encoding,
		Confidence: l.Confidence, Language: LanguageOf(a.Text), Text: a.Text, Recipe: l.Recipe, Said: &a}
}

// errClosed is said of the trace of a document that was closed.
var errClosed = errors.New("it was closed: there is nothing of it to read")

// isFonds says whether a file is documents.jsonl of an export.
func isFonds(data []byte) bool {
	values, err := rawValues(data)
	if err != nil || len(values) == 0 {
		return false
	}
	for _, raw := range values {
		var l fondsLine
		if json.Unmarshal(raw, &l) != nil || l.ID == "" || l.Closed == nil && (l.SourceText == nil || l.History == nil) {
			return false
		}
	}
	return true
}

// inForce is the state of what counts.
const inForce = "accepted"

// readFonds reads a line: the source text, with what is in force.
func readFonds(raw []byte) (a Annotated, err error) {
	var l fondsLine
	if err := json.Unmarshal(raw, &l); err != nil {
		return a, fmt.Errorf("it cannot be read: %w", err)
	}
	if l.Closed != nil {
		return a, errClosed
	}
	if l.SourceText == nil {
		return a, errors.New("it has no source_text")
	}
	a = Annotated{Name: l.Name, Text: *l.SourceText, Fields: map[string][]string{}}
	for _, f := range l.Fields {
		switch {
		case f.State != inForce:
		case f.NotStated:
			a.Not = append(a.Not, f.Field)
		default:
			a.Fields[f.Field] = append(a.Fields[f.Field], f.Value)
		}
	}
	for _, t := range l.Tags {
		if t.State == inForce {
			a.Tags = append(a.Tags, t.Tag)
		}
	}
	for _, n := range l.Notes {
		a.Notes = append(a.Notes, n.Text)
	}
	for _, m := range l.Marks {
		if m.State == inForce {
			a.Marks = append(a.Marks, Span{m.Start, m.End, m.Label, m.Text, m.Authority})
		}
	}
	for _, c := range l.Corrections {
		if c.State == inForce {
			a.Fixes = append(a.Fixes, Fix{c.Start, c.End, c.Text, c.Reason})
		}
	}
	return a, nil
}
