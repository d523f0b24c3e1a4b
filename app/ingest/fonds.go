package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"

	"fonds/app/ingest/content"
	"fonds/storage/archive"
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
	Pages      int             `json:"pages"`
	Fields     []struct {
		Field, Value, State, Region string
		NotStated                   bool `json:"not_stated"`
	} `json:"fields"`
	Regions []struct {
		Region, Label, Text, State, Authority string
	} `json:"regions"`
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

// ours makes the document of a line whose original lies beside it, or among the originals of the set: as it was, so that an
// archive which has it already knows it again. It says whether the line is dealt with: what has no text is nothing without
// its picture.
func (p *pictures) ours(raw []byte, a Annotated, c *Contents, file string) bool {
	var l fondsLine
	if json.Unmarshal(raw, &l) != nil {
		return false
	}
	data, ok := p.original(&l)
	switch {
	case ok:
		c.Docs = append(c.Docs, &Document{Path: l.Path, Size: int64(len(data)), SHA256: l.SHA256, Original: data, Format: l.Format, Encoding: l.Encoding,
			Confidence: l.Confidence, Language: LanguageOf(a.Text), Text: a.Text, Recipe: l.Recipe, Pages: make([]content.Page, l.Pages), Said: &a})
		return true
	case l.Pages > 0 && (a.Text == "" || len(a.Regions)+len(a.Shown) > 0):
		c.drop(file, "its picture is not there; put the originals of the set beside it: what is said of it was left out, %d places on it among that", len(a.Regions)+len(a.Shown))
		return a.Text == ""
	}
	return false
}

// original is the original of a line, by its hash.
func (p *pictures) original(l *fondsLine) ([]byte, bool) {
	if l.SHA256 == "" || l.Path == "" || l.Pages < 0 || l.Pages > content.MaxPages {
		return nil, false
	}
	name := path.Base(below(l.ID)) + path.Ext(l.Path)
	list := []string{path.Join(p.dir, "originals", l.SHA256)}
	for _, of := range originalFolders {
		list = append(list, path.Join(p.dir, of, name))
	}
	for _, at := range list {
		data, ok := p.beside(at)
		if sum := sha256.Sum256(data); ok && hex.EncodeToString(sum[:]) == l.SHA256 {
			return data, true
		}
	}
	return nil, false
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
			if r, err := archive.ParseRegion(f.Region); err == nil && r.Page <= l.Pages {
				a.Shown = append(a.Shown, Shown{r, f.Field, f.Value})
			}
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
	for _, m := range l.Regions {
		if r, err := archive.ParseRegion(m.Region); err == nil && r.Page <= l.Pages && m.State == inForce {
			a.Regions = append(a.Regions, Region{r, m.Label, m.Text, m.Authority})
		}
	}
	for _, c := range l.Corrections {
		if c.State == inForce {
			a.Fixes = append(a.Fixes, Fix{c.Start, c.End, c.Text, c.Reason})
		}
	}
	return a, nil
}
