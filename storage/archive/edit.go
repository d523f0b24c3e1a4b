package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
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

	Region string `json:"region,omitempty"` // in the place of start and end: see ParseRegion

	Label    string   `json:"label,omitempty"`
	Text     *string  `json:"text,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Recipe   string   `json:"recipe,omitempty"`
	Replaces []string `json:"replaces,omitempty"` // corrections to put this one in the place of
	Replace  bool     `json:"replace,omitempty"`  // value.take: in the place of the field's values

	Authority *string `json:"authority,omitempty"` // document.destroy: by what right; of a mark a URI, "" for none
	Style     *int    `json:"style,omitempty"`     // label.set: 0 to 9

	On       string    `json:"on,omitempty"`        // decide: the proposal
	Verdict  string    `json:"verdict,omitempty"`   // decide: approve, reject, amend, agree
	Name     string    `json:"name,omitempty"`      // person.set, package.set, search.save
	Query    string    `json:"query,omitempty"`     // search.save
	Role     string    `json:"role,omitempty"`      // person.set
	Review   string    `json:"review,omitempty"`    // policy.set: none, corrections, everything
	Fields   *[]string `json:"fields,omitempty"`    // policy.set: those that wait for a decision in any case
	FourEyes *bool     `json:"four_eyes,omitempty"` // policy.set
	Closed   *bool     `json:"closed,omitempty"`    // policy.set: to people who are not named yet

	Template string `json:"template,omitempty"` // template.set: its id; with "text" the archive's own, as JSON

	Setting string  `json:"-"` // setting.set: its "key"
	SetTo   string  `json:"-"` // setting.set: its "value"
	Letter  *string `json:"-"` // label.set: its "key", "" for none

	Thread      string    `json:"thread,omitempty"`
	To          *string   `json:"to,omitempty"`          // assign: whom, "" for nobody; thread.start: who is asked; person.rename: the new name
	Due         *string   `json:"due,omitempty"`         // assign: a day, "" for none
	Package     *string   `json:"package,omitempty"`     // id or name; package.put: "" for none
	Scope       *string   `json:"scope,omitempty"`       // package.set, as all that follow
	Responsible *string   `json:"responsible,omitempty"` // a person
	From        *string   `json:"from,omitempty"`        // a day, "" for none
	Until       *string   `json:"until,omitempty"`
	Checks      *[]string `json:"checks,omitempty"` // the whole checklist
	Check       string    `json:"check,omitempty"`  // package.check: a line of it, by id or words
	Done        *bool     `json:"done,omitempty"`   // package.check; thread.start: nothing is asked

	Unit     *string             `json:"unit,omitempty"`     // id or path of codes; document.place: "" for none
	Parent   *string             `json:"parent,omitempty"`   // unit.set, as all that follow; "" for the top
	Level    string              `json:"level,omitempty"`    // fonds, series or file
	Code     *string             `json:"code,omitempty"`     // its part of the reference code
	Title    *string             `json:"title,omitempty"`    // in words
	Describe map[string][]string `json:"describe,omitempty"` // the values of these fields; [] for none
	Rank     *string             `json:"rank,omitempty"`     // where among its neighbours, also of document.place

	Whole string `json:"whole,omitempty"` // document.belong, document.apart: the document that it belongs to
	How   string `json:"how,omitempty"`   // one of Belongings; "" is part

	Encoding string     `json:"encoding,omitempty"` // document.text: how the original is to be read, "" to find out
	Article  bool       `json:"article,omitempty"`  // document.text: of a page, its article alone
	Pages    *[]string  `json:"pages,omitempty"`    // document.text: in the place of both, what somebody typed of each page
	Seeing   *Seeing    `json:"-"`                  // beside Pages: what a program that reads pictures says of them
	Read     *Rereading `json:"-"`                  // document.text: what a reader made of that
	Parts    *[]string  `json:"parts,omitempty"`    // document.order: the documents that are its parts

	UsedFor *[]string          `json:"used_for,omitempty"` // concept.set, as the three that follow
	Names   *map[string]string `json:"names,omitempty"`    // by language
	URI     *string            `json:"uri,omitempty"`      // list.set too
	Colour  *int               `json:"colour,omitempty"`   // 1 to 10, 0 for none
	List    string             `json:"list,omitempty"`     // list.set, list.remove, list.add: its id or name
	Kind    string             `json:"kind,omitempty"`     // list.set
	Licence *string            `json:"licence,omitempty"`  // list.set
	Term    *Term              `json:"-"`                  // list.add
	Content *ListContent       `json:"-"`                  // list.set: what was read of a file
	File    string             `json:"-"`                  // list.set: that file's name

	Zones   []Zone       `json:"-"` // furniture.add: several at once, as a machine saw them
	Edition *EditionBody `json:"-"` // edition.record: what the program that wrote it says

	ImportBegin *ImportBegin `json:"-"` // import.begin
	ImportEnd   *ImportEnd   `json:"-"` // import.end

	Seen *[]ID `json:"seen,omitempty"` // what the screen had shown: values of a field, or the Rev of an item
}

// ValueIn is one value of a field.set.
type ValueIn struct {
	Value     string   `json:"value"`
	Evidence  *RangeIn `json:"evidence,omitempty"`
	Detail    string   `json:"detail,omitempty"`
	NotStated bool     `json:"not_stated,omitempty"` // in the place of a value: the source does not state it
}

// RangeIn is a range in the source text, or in the reading text.
type RangeIn struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	In    string `json:"in,omitempty"`

	Region string `json:"region,omitempty"` // in the place of the three: see ParseRegion
}

// ParseEdit reads one line of JSON. It refuses keys that an edit of that kind does
// not have, and those said twice, so that nothing of a line is passed over.
func ParseEdit(line []byte) (*Edit, error) {
	said, err := keysOf(line)
	if err != nil {
		return nil, err
	}
	var what struct{ Do string }
	if err := json.Unmarshal(line, &what); err != nil {
		return nil, Refuse("not-json", "why", "\"do\" is a word")
	}
	k := kinds[what.Do]
	if k == nil || k.prepare == nil || k.ours {
		return nil, Refuse("no-kind", "do", quoted(what.Do), "known", strings.Join(EditKinds(), ", "))
	}
	for _, key := range said {
		if key != "do" && key != "as" && !slices.Contains(strings.Fields(k.keys), key) {
			return nil, Refuse("no-key", "do", what.Do, "key", quoted(key), "known", strings.Join(strings.Fields(k.keys), ", "))
		}
	}
	if k.parse != nil {
		return k.parse(line)
	}
	var e Edit
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return nil, wrongType(err)
	}
	if e.Do == "field.set" && e.Values == nil {
		return nil, Refuse("missing", "do", e.Do, "key", "values")
	}
	if err := alone(e.Values); err != nil {
		return nil, err
	}
	for _, v := range e.Values {
		if strings.TrimSpace(v.Value) == "" && !v.NotStated {
			return nil, Refuse("value-empty")
		}
		if v.Evidence != nil && v.Evidence.Region == "" && v.Evidence.Start == v.Evidence.End {
			return nil, Refuse("range-empty", "start", v.Evidence.Start, "end", v.Evidence.End)
		}
	}
	return &e, nil
}

// keysOf lists the keys of the one object that a line is.
func keysOf(line []byte) ([]string, error) {
	if !json.Valid(line) {
		return nil, Refuse("not-json", "why", "a bracket, a quotation mark or a comma is wrong, or something stands behind it")
	}
	var keys []string
	dec := json.NewDecoder(bytes.NewReader(line))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, Refuse("not-json", "why", "it begins with no {")
	}
	for dec.More() {
		t, err := dec.Token()
		key, ok := t.(string)
		if err != nil || !ok {
			return nil, Refuse("not-json", "why", "a key is wrong")
		}
		if slices.Contains(keys, key) {
			return nil, Refuse("key-twice", "key", quoted(key))
		}
		keys = append(keys, key)
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			return nil, Refuse("not-json", "why", "the value of "+quoted(key)+" is wrong")
		}
	}
	return keys, nil
}

// wrongType says of which key the value is of a wrong type, and what it should be.
func wrongType(err error) error {
	var t *json.UnmarshalTypeError
	if !errors.As(err, &t) {
		return Refuse("not-json", "why", strings.TrimPrefix(err.Error(), "json: "))
	}
	want := "an object"
	switch t.Type.Kind() {
	case reflect.String:
		want = "words in quotation marks"
	case reflect.Int:
		want = "a whole number"
	case reflect.Bool:
		want = "true or false"
	case reflect.Slice:
		want = "a list in [ ]"
	}
	return Refuse("wrong-type", "key", quoted(t.Field), "want", want)
}

// quoted is s in quotation marks; of a long one the beginning is enough to know
// it by.
func quoted(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return `"` + s + `"`
}

// EditKinds lists what Do can say, sorted.
func EditKinds() []string {
	var out []string
	for n, k := range kinds {
		if k.prepare != nil && !k.ours {
			out = append(out, n)
		}
	}
	sort.Strings(out)
	return out
}

// TakesSeen says whether edits of a kind can say what the screen had shown.
func TakesSeen(do string) bool {
	k := kinds[do]
	return k != nil && slices.Contains(strings.Fields(k.keys), "seen")
}

// ItemRef is the item that the edit is about where it names one instead of a
// document, and what that item is ("": any proposal).
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
	case e.Thread != "":
		return e.Thread, AThread
	case e.On != "":
		return e.On, ""
	}
	return "", ""
}

// Ctx is what the rules look at while an edit becomes an operation.
type Ctx struct {
	Doc   *Document // the document, or the archive itself
	Actor string
	Rules *Rules // those of now; nil allows everything
	NewID func() ID
	Self  *Document // the archive itself
	// Package counts the documents of a package.
	Package func(ID) (PackageState, error)
	// Placed counts the documents in a unit.
	Placed func(ID) (int, error)
	// PageSize is how large a page is, from 1, in the pixels of regions; false where that is not known.
	PageSize func(page int) (w, h int, ok bool)
	// Above is the document that a reference names, and after it all that it belongs to,
	// they belong to, and so on.
	Above func(ref string) ([]ID, error)
	// Base gives the reading text as it was before the batch: positions "in":
	// "reading" count in it. It is asked only by edits that have positions.
	Base func() (*Reading, error)
}

// deref is the string, or "" where there is none.
func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
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

// live is item for one that can still be changed, and that nobody has changed
// since the screen showed it.
func (c *Ctx) live(e *Edit, w What, ref string) (*Item, error) {
	it, err := c.item(w, ref)
	if err != nil {
		return nil, err
	}
	if err := c.Doc.fresh(e, it); err != nil {
		return nil, err
	}
	if !it.InForce() && !it.Open() {
		return nil, Refuse("item-gone", "what", w, "id", it.ID.Short(), "state", it.State)
	}
	return it, nil
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
