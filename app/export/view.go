package export

import (
	"encoding/json"
	"time"

	"fonds/storage/archive"
)

// Machine is what "by" says of what no person has made or taken.
const Machine = "machine"

// Document is a document as scripts see it: the shape that `fonds show --json`
// prints and that the jsonl export adds texts and history to. The order of the
// keys is a contract (VERBS.md, "Shapes").
type Document struct {
	ID          archive.ID   `json:"id"`
	Name        string       `json:"name"`
	Path        string       `json:"path"`
	Title       string       `json:"title"`
	SHA256      string       `json:"sha256"`
	Size        int64        `json:"size"` // of the original, bytes
	Format      string       `json:"format"`
	Pronom      string       `json:"pronom,omitempty"` // what PRONOM calls the format
	Encoding    string       `json:"encoding"`
	Confidence  float64      `json:"confidence"`
	Language    string       `json:"language,omitempty"`
	Modified    string       `json:"modified,omitempty"`
	Added       string       `json:"added"`
	Status      string       `json:"status"`
	Chars       int          `json:"chars"`               // of the source text, code points
	Undecoded   int          `json:"undecoded,omitempty"` // runs of bytes that the decoder could not read; U+FFFD stands for each
	Proposals   int          `json:"proposals"`
	Fields      []Value      `json:"fields"`
	Tags        []Tag        `json:"tags"`
	Marks       []Mark       `json:"marks"`
	Corrections []Correction `json:"corrections"`
	Notes       []Note       `json:"notes"`
	Origins     []Origin     `json:"origins,omitempty"`
	Removals    []Removal    `json:"removals,omitempty"`
	Approval    *Approval    `json:"approval,omitempty"`
	Sample      *Sample      `json:"sample,omitempty"`
	Assignment  *Assignment  `json:"assignment,omitempty"`
	Package     archive.ID   `json:"package,omitempty"` // that it belongs to
	Unit        archive.ID   `json:"unit,omitempty"`    // of the arrangement, in which it lies
	Threads     []Thread     `json:"threads,omitempty"`

	Folded    int             `json:"folded,omitempty"`  // half-width marks of a text whose punctuation was folded as a whole
	Aside     int             `json:"aside,omitempty"`   // places of the text that were left out: positions are those of what is left
	PartOf    *archive.PartOf `json:"part_of,omitempty"` // the document that this is a part of
	Parts     []Part          `json:"parts,omitempty"`   // of this document that are documents of their own, in their order, or may be
	Furniture []Furniture     `json:"furniture,omitempty"`
	Elsewhere []Elsewhere     `json:"elsewhere,omitempty"` // not in what is published

	Pages   int         `json:"pages,omitempty"`      // that can be shown as pictures
	Regions []Region    `json:"regions,omitempty"`    // marks on those
	Belongs []Belonging `json:"belongs_to,omitempty"` // documents that this one is an attachment, a page, the back of
}

// Elsewhere is a mark or correction of [Start,End) of another source text of the
// document, code points, than the one that is read: it counts when that one does.
type Elsewhere struct {
	ID    archive.ID `json:"id"`
	What  string     `json:"what"`
	Text  int        `json:"text"` // number of that source text
	Start int        `json:"start"`
	End   int        `json:"end"`
	Quote string     `json:"quote"`
	Label string     `json:"label,omitempty"`
	By    string     `json:"by"`
}

// Part is [Start,End) of the source text, code points, that is the document Doc;
// where it is only proposed, End is Start, and Or are other places for it.
type Part struct {
	ID         archive.ID `json:"id"`
	Start      int        `json:"start"`
	End        int        `json:"end"`
	Or         []int      `json:"or,omitempty"`
	Doc        archive.ID `json:"doc,omitempty"`
	State      string     `json:"state"`
	By         string     `json:"by"`
	At         string     `json:"at"`
	Rule       string     `json:"rule,omitempty"` // of the machine that proposes it
	Confidence float64    `json:"confidence,omitempty"`
}

// Furniture is [Start,End) of the source text, code points, that is of the page and
// not of the document.
type Furniture struct {
	ID    archive.ID `json:"id"`
	Start int        `json:"start"`
	End   int        `json:"end"`
	Kind  string     `json:"kind"`
	By    string     `json:"by"`
}

// Lacuna is a character of a correction that lost bytes.
type Lacuna struct {
	At         int      `json:"at"`    // code point of the new words
	Bytes      string   `json:"bytes"` // hexadecimal, ?? for one that is lost
	Candidates []string `json:"candidates"`
}

// Value is one value of a field.
type Value struct {
	ID         archive.ID `json:"id"`
	Field      string     `json:"field"`
	Value      string     `json:"value"`
	NotStated  bool       `json:"not_stated,omitempty"` // the source does not state it: there is no value
	Detail     string     `json:"detail,omitempty"`     // what the evidence says beyond the value, as a time of day
	State      string     `json:"state"`
	By         string     `json:"by"`
	At         string     `json:"at"`
	Rule       string     `json:"rule,omitempty"` // of the machine that read it
	Confidence float64    `json:"confidence,omitempty"`
	Evidence   *Range     `json:"evidence,omitempty"`
	Region     string     `json:"region,omitempty"` // of its evidence, where that is on the picture of a page
	Review
}

// Tag is one tag.
type Tag struct {
	ID    archive.ID `json:"id"`
	Tag   string     `json:"tag"`
	State string     `json:"state"`
	By    string     `json:"by"`
	At    string     `json:"at"`
	Review
}

// Mark is one mark.
type Mark struct {
	ID archive.ID `json:"id"`
	Range
	Label     string `json:"label"`
	Text      string `json:"text,omitempty"`
	State     string `json:"state"`
	By        string `json:"by"`
	At        string `json:"at"`
	LookAgain bool   `json:"look_again"`
	Authority string `json:"authority,omitempty"` // a URI
	Review
}

// Correction is one correction.
type Correction struct {
	ID      archive.ID `json:"id"`
	Start   int        `json:"start"`
	End     int        `json:"end"`
	Source  string     `json:"source"`
	Text    string     `json:"text"`
	Reason  string     `json:"reason,omitempty"`
	State   string     `json:"state"`
	By      string     `json:"by"`
	At      string     `json:"at"`
	Recipe  string     `json:"recipe,omitempty"`
	Reading *Span      `json:"reading,omitempty"` // where the new words stand, of a correction in force

	Rule       string   `json:"rule,omitempty"` // of the machine that proposes it
	Confidence float64  `json:"confidence,omitempty"`
	Lacunae    []Lacuna `json:"lacunae,omitempty"`
	Review
}

// Note is one note.
type Note struct {
	ID   archive.ID `json:"id"`
	Text string     `json:"text"`
	By   string     `json:"by"`
	At   string     `json:"at"`
}

// Origin is another place where the same bytes were found.
type Origin struct {
	Path     string `json:"path"`
	Modified string `json:"modified,omitempty"`
	By       string `json:"by"`
	At       string `json:"at"`
}

// Range is [Start,End) of the source text, code points. Where a border lies
// inside a correction it is the edge of the replaced words, and StartIn or EndIn
// says where in the new ones.
type Range struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	StartIn *In    `json:"start_in,omitempty"`
	EndIn   *In    `json:"end_in,omitempty"`
	Reading Span   `json:"reading"` // the same words in the reading text
	Quote   string `json:"quote"`   // the words there now
	Made    string `json:"made_on,omitempty"`
}

// In is a place in a correction's new words.
type In struct {
	Correction archive.ID `json:"correction"`
	Offset     int        `json:"offset"` // code points
}

// Span is [Start,End) of the reading text, code points.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// View is what there is to say of a document: what is in force and, with open,
// what waits for a decision. What was refused, withdrawn or superseded is in the
// history. It fails only where the text cannot be read.
func View(d *archive.Document, open bool) (*Document, error) {
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	v := viewer{d, r, open}
	i := d.Info
	out := &Document{ID: d.ID, Name: i.Name, Path: i.Path, Title: d.Title(), SHA256: i.SHA256, Size: i.Size,
		Format: i.Format, Pronom: i.Pronom, Encoding: i.Encoding, Confidence: i.Confidence, Language: i.Language, Modified: i.Modified,
		Added: Time(i.Added), Status: string(d.Status()), Chars: i.Chars, Proposals: d.Proposals(),
		Fields: []Value{}, Tags: []Tag{}, Marks: []Mark{}, Corrections: []Correction{}, Notes: []Note{}}
	if !open {
		out.Title = i.Name
		if titles := d.Values(archive.TitleField); len(titles) > 0 && !titles[0].NotStated() {
			out.Title = titles[0].Text
		}
	}
	for _, it := range v.of(archive.AValue) {
		out.Fields = append(out.Fields, v.value(it))
	}
	for _, it := range v.of(archive.ATag) {
		out.Tags = append(out.Tags, Tag{it.ID, it.Key, string(it.State), by(it.By), Time(it.At), review(it)})
	}
	for _, it := range v.of(archive.AMark) {
		if it.Anchor.OnPicture() {
			out.Regions = append(out.Regions, regionOf(it))
			continue
		}
		out.Marks = append(out.Marks, Mark{ID: it.ID, Range: v.place(it.Anchor), Label: it.Key, Text: it.Text,
			State: string(it.State), By: by(it.By), At: Time(it.At), LookAgain: r.LookAgain(it), Authority: it.Detail, Review: review(it)})
	}
	for _, it := range v.of(archive.ACorrection) {
		out.Corrections = append(out.Corrections, v.correction(it))
	}
	for _, it := range v.of(archive.ANote) {
		out.Notes = append(out.Notes, Note{it.ID, it.Text, by(it.By), Time(it.At)})
	}
	for _, it := range v.of(archive.AnOrigin) {
		out.Origins = append(out.Origins, Origin{it.Key, it.Text, by(it.By), Time(it.At)})
	}
	for _, it := range d.Belongs() {
		out.Belongs = append(out.Belongs, Belonging{archive.ID(it.Text), it.Key, by(it.By), Time(it.At)})
	}
	out.PartOf, out.Folded, out.Pages = i.Part, i.Folded, i.Pages
	for _, it := range v.parts() {
		out.Parts = append(out.Parts, Part{it.ID, it.Anchor.Start.At, it.Anchor.End.At, it.Places()[1:], archive.ID(it.Text),
			string(it.State), by(it.By), Time(it.At), it.Rule, it.Confidence})
	}
	for _, it := range v.of(archive.AFurniture) {
		out.Furniture = append(out.Furniture, Furniture{it.ID, it.Anchor.Start.At, it.Anchor.End.At, it.Key, by(it.By)})
	}
	for _, it := range d.Elsewheres() {
		out.Elsewhere = append(out.Elsewhere, Elsewhere{it.ID, string(it.What), it.Anchor.Text, it.Anchor.Start.At, it.Anchor.End.At,
			it.Anchor.Quote, it.Key, by(it.By)})
	}
	for _, it := range v.of(archive.ARemoval) {
		if it.Open() {
			out.Removals = append(out.Removals, Removal{it.ID, it.Key, it.Replaces, it.Text, it.NotStated(), string(it.State), by(it.By), Time(it.At)})
		}
	}
	out.Approval, out.Sample = approval(d), sample(d)
	out.Assignment, out.Package, out.Threads = assignment(d), membership(d), threads(d)
	if it := d.Placed(); it != nil {
		out.Unit = archive.ID(it.Key)
	}
	return out, nil
}

// Undecoded counts in a recipe the runs of bytes that are no character in the
// encoding of the original. View does not know the recipe: who has it sets
// Document.Undecoded.
func Undecoded(recipe json.RawMessage) int {
	var r struct {
		Undecoded []json.RawMessage `json:"undecoded"`
	}
	if json.Unmarshal(recipe, &r) != nil {
		return 0 // a recipe of another kind of reader
	}
	return len(r.Undecoded)
}

type viewer struct {
	doc     *archive.Document
	reading *archive.Reading
	open    bool
}

func (v viewer) of(w archive.What) []*archive.Item {
	var out []*archive.Item
	for _, it := range v.doc.Of(w) {
		if it.InForce() || v.open && it.Open() {
			out = append(out, it)
		}
	}
	return out
}

// parts are those of the document in the order that somebody chose, and between them, by
// place, where others may begin.
func (v viewer) parts() []*archive.Item {
	out, chosen := v.of(archive.ASplit), v.doc.PartsInOrder()
	for i, it := range out {
		if it.InForce() {
			out[i], chosen = chosen[0], chosen[1:]
		}
	}
	return out
}

func (v viewer) value(it *archive.Item) Value {
	out := Value{ID: it.ID, Field: it.Key, Value: it.Text, Detail: it.Detail, State: string(it.State),
		By: by(it.By), At: Time(it.At), Rule: it.Rule, Confidence: it.Confidence, Review: review(it)}
	if out.NotStated = it.NotStated(); out.NotStated {
		out.Detail = ""
	}
	switch a := it.Anchor; {
	case a.OnPicture():
		out.Region = a.Region
	case a != nil && a.Text == v.doc.Info.Text:
		r := v.place(a)
		out.Evidence = &r
	}
	return out
}

func (v viewer) correction(it *archive.Item) Correction {
	out := Correction{ID: it.ID, Start: it.Anchor.Start.At, End: it.Anchor.End.At, Source: it.Source, Text: it.Text,
		Reason: it.Reason, State: string(it.State), By: by(it.By), At: Time(it.At), Recipe: it.Recipe, Review: review(it),
		Rule: it.Rule, Confidence: it.Confidence}
	for _, l := range it.Lacunae() {
		out.Lacunae = append(out.Lacunae, Lacuna{l.At, l.Bytes, append([]string{}, l.Candidates...)})
	}
	for _, s := range v.reading.Spans() {
		if s.Fix.ID == it.ID {
			out.Reading = &Span{s.Start, s.End}
		}
	}
	return out
}

// place says where an anchor's words stand now.
func (v viewer) place(a *archive.Anchor) Range {
	p := v.reading.Place(a)
	out := Range{Reading: Span{p.Start, p.End}, Quote: v.reading.Words(a)}
	out.Start, out.StartIn = v.border(p.From, true)
	out.End, out.EndIn = v.border(p.To, false)
	if out.Quote != a.Quote {
		out.Made = a.Quote
	}
	return out
}

// border is a border as a source position and, inside a correction, the place in
// its new words.
func (v viewer) border(b archive.Border, start bool) (int, *In) {
	if b.In == "" {
		return b.At, nil
	}
	in := &In{b.In, b.At}
	fix := v.doc.Item(b.In)
	switch {
	case fix == nil || fix.Anchor == nil:
		return 0, in
	case start:
		return fix.Anchor.Start.At, in
	}
	return fix.Anchor.End.At, in
}

func by(name string) string {
	if name == "" {
		return Machine
	}
	return name
}

// Time is a moment of the log as scripts see it: RFC 3339, UTC, whole seconds.
func Time(c archive.Clock) string { return c.Time().UTC().Format(time.RFC3339) }
