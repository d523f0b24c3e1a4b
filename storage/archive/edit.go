package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

// Edit is what a person wants changed, before it is an operation: a line of
// `fonds apply`, or an act in the window. Which fields count depends on Do
// (VERBS.md, "apply"). References are ids, or ends of ids of 8 digits or more.
type Edit struct {
	Do  string `json:"do"`
	As  string `json:"as,omitempty"` // who does it, where a script speaks for several people
	Doc string `json:"doc,omitempty"`

	Field  string    `json:"field,omitempty"`
	Values []ValueIn `json:"values,omitempty"`
	Tag    string    `json:"tag,omitempty"`
	Key    *int      `json:"key,omitempty"` // 1 to 9, 0 for none

	Value      string `json:"value,omitempty"`
	Mark       string `json:"mark,omitempty"`
	Correction string `json:"correction,omitempty"`
	Note       string `json:"note,omitempty"`

	Start *int   `json:"start,omitempty"`
	End   *int   `json:"end,omitempty"`
	In    string `json:"in,omitempty"`    // "source" (also when empty) or "reading"
	Quote string `json:"quote,omitempty"` // what the writer believes stands there: refused if not

	Label    string   `json:"label,omitempty"`
	Text     *string  `json:"text,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Recipe   string   `json:"recipe,omitempty"`
	Replaces []string `json:"replaces,omitempty"` // corrections to put this one in the place of
	Replace  bool     `json:"replace,omitempty"`  // value.take: in the place of the field's values

	Seen *[]ID `json:"seen,omitempty"` // what the screen had shown: values of a field, or the Rev of an item
}

// ValueIn is one value of a field.set.
type ValueIn struct {
	Value    string   `json:"value"`
	Evidence *RangeIn `json:"evidence,omitempty"`
	Detail   string   `json:"detail,omitempty"`
}

// RangeIn is a range in the source text, or in the reading text.
type RangeIn struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	In    string `json:"in,omitempty"`
}

// ParseEdit reads one line of JSON. It refuses keys that no edit has, so that a
// misspelt one is never passed over.
func ParseEdit(line []byte) (*Edit, error) {
	var e Edit
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return nil, fmt.Errorf("%w: this line is no edit in JSON: %s", ErrInvalid, strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: one edit a line, and nothing behind it", ErrInvalid)
	}
	if k := kinds[e.Do]; k == nil || k.prepare == nil {
		return nil, Refuse("no-kind", "do", quoted(e.Do), "known", strings.Join(EditKinds(), ", "))
	}
	return &e, nil
}

func quoted(s string) string { return `"` + s + `"` }

// EditKinds lists what Do can say, sorted.
func EditKinds() []string {
	var out []string
	for n, k := range kinds {
		if k.prepare != nil {
			out = append(out, n)
		}
	}
	sort.Strings(out)
	return out
}

// ItemRef is the item that the edit is about where it names one instead of a
// document, and what that item is.
func (e *Edit) ItemRef() (string, What) {
	switch {
	case e.Value != "":
		return e.Value, AValue
	case e.Mark != "":
		return e.Mark, AMark
	case e.Correction != "":
		return e.Correction, ACorrection
	case e.Note != "":
		return e.Note, ANote
	}
	return "", ""
}

// Ctx is what the rules look at while an edit becomes an operation.
type Ctx struct {
	Doc   *Document // the document, or the archive itself
	Actor string
	NewID func() ID
	// Base gives the reading text as it was before the batch: positions "in":
	// "reading" count in it. It is asked only by edits that have positions.
	Base func() (*Reading, error)
}

// need is the pointer's value, or a refusal that names the key.
func need[T any](e *Edit, key string, v *T) (T, error) {
	if v == nil {
		var zero T
		return zero, Refuse("missing", "do", e.Do, "key", key)
	}
	return *v, nil
}

func needString(e *Edit, key, v string) error {
	if strings.TrimSpace(v) == "" {
		return Refuse("missing", "do", e.Do, "key", key)
	}
	return nil
}

// item finds the item that a reference names.
func (c *Ctx) item(w What, ref string) (*Item, error) {
	if it := c.Doc.Item(ID(ref)); it != nil && it.What == w {
		return it, nil
	}
	for _, it := range c.Doc.Items {
		if it.What == w && it.ID.MatchesEnd(ref) {
			return it, nil
		}
	}
	return nil, Refuse("item-not-found", "what", w, "id", ref)
}

// live is item for one that can still be changed.
func (c *Ctx) live(w What, ref string) (*Item, error) {
	it, err := c.item(w, ref)
	if err != nil {
		return nil, err
	}
	if !it.InForce() && !it.Open() {
		return nil, Refuse("item-gone", "what", w, "id", it.ID.Short(), "state", it.State)
	}
	return it, nil
}

// fresh refuses an edit made on a value that somebody has changed since.
func fresh(e *Edit, it *Item) error {
	if e.Seen == nil || len(*e.Seen) == 1 && (*e.Seen)[0] == it.Rev {
		return nil
	}
	return Refuse("stale", "who", it.RevBy, "now", quoted(it.Key+" "+it.Text), "seen", "an older one")
}

// anchor makes the anchor of a range, checked against the text.
func (c *Ctx) anchor(start, end int, in string) (*Anchor, error) {
	if in != "" && in != "source" && in != "reading" {
		return nil, Refuse("range-in", "in", quoted(in))
	}
	base, err := c.Base()
	if err != nil {
		return nil, err
	}
	length := base.Source().Len()
	if in == "reading" {
		length = base.Text().Len()
	}
	if start > end {
		return nil, Refuse("range-backwards", "start", start, "end", end)
	}
	if start < 0 || end > length {
		return nil, Refuse("range-outside", "start", start, "end", end, "length", length)
	}
	if in == "reading" {
		return base.AnchorReading(c.Doc.Info.Text, start, end), nil
	}
	return base.AnchorSource(c.Doc.Info.Text, start, end), nil
}
