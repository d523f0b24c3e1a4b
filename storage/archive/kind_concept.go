package archive

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// A concept says what one of the archive's own tags means: a scope note, other names
// that it is used for, its name in other languages, a URI, a colour. It is an item of
// the archive; a tag may be described before a document bears it, and keeps what is said
// of it when none does any more.

// The kinds of operation about concepts.
const (
	SetConceptKind    = "concept.set"
	RemoveConceptKind = "concept.remove"
)

// MostConcepts is how many tags an archive describes: each is an item of the archive, which is
// read with every change.
const MostConcepts = 5_000

// Concept is what is said of a tag.
type Concept struct {
	ID      ID // of the item, as Rev the operation that changed it last
	Rev     ID
	Tag     string
	Scope   string
	UsedFor []string
	Names   map[string]string // by language (BCP 47): the tag's last level there
	URI     string
	Colour  int // 1 to Styles, the style it has in the palette plus one; 0 for none
}

// ConceptBody says all that is said of a tag from now on.
type ConceptBody struct {
	ID      ID                `json:"id"`
	Tag     string            `json:"tag"`
	Scope   string            `json:"scope,omitempty"`
	UsedFor []string          `json:"used_for,omitempty"`
	Names   map[string]string `json:"names,omitempty"`
	URI     string            `json:"uri,omitempty"`
	Colour  int               `json:"colour,omitempty"`
	Seen    ID                `json:"seen,omitempty"` // the Rev that it had, "" where it is made
}

// ConceptRemoveBody takes away what is said of a tag; documents keep the tag.
type ConceptRemoveBody struct {
	Tag string `json:"tag"`
}

// conceptDetail is what an item keeps in its Detail.
type conceptDetail struct {
	UsedFor []string          `json:"used_for,omitempty"`
	Names   map[string]string `json:"names,omitempty"`
	URI     string            `json:"uri,omitempty"`
}

func init() {
	register(kind{name: SetConceptKind, keys: "tag scope used_for names uri colour seen", version: 1, archive: true}, prepareConcept, applyConcept)
	register(kind{name: RemoveConceptKind, keys: "tag seen", version: 1, archive: true},
		func(c *Ctx, e *Edit) (*ConceptRemoveBody, error) {
			tag, err := tagOf(e)
			if err != nil {
				return nil, err
			}
			it := c.Doc.concept(tag)
			if it == nil {
				return nil, Refuse("concept-absent", "tag", quoted(tag))
			}
			return &ConceptRemoveBody{tag}, c.Doc.fresh(e, it)
		},
		func(d *Document, op *Op, b *ConceptRemoveBody) error {
			it := d.concept(b.Tag)
			if it == nil {
				return Refuse("concept-absent", "tag", quoted(b.Tag))
			}
			d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			return nil
		})
}

// tagOf is the tag that an edit names, as it is kept.
func tagOf(e *Edit) (string, error) {
	if err := needString(e, "tag", e.Tag); err != nil {
		return "", err
	}
	tag := TagName(e.Tag)
	return tag, checkTag(tag)
}

// prepareConcept leaves as it is what the edit does not say.
func prepareConcept(c *Ctx, e *Edit) (*ConceptBody, error) {
	tag, err := tagOf(e)
	if err != nil {
		return nil, err
	}
	b := &ConceptBody{ID: c.NewID(), Tag: tag}
	was := c.Doc.concept(tag)
	switch {
	case was != nil:
		if err := c.Doc.fresh(e, was); err != nil {
			return nil, err
		}
		now := conceptOf(was)
		b.Scope, b.UsedFor, b.Names, b.URI, b.Colour, b.Seen = now.Scope, now.UsedFor, now.Names, now.URI, now.Colour, was.Rev
	case len(c.Doc.inForce(AConcept)) >= MostConcepts:
		return nil, Refuse("concepts-full", "most", MostConcepts)
	}
	if e.Scope != nil {
		b.Scope = lineOf(*e.Scope)
	}
	if e.UsedFor != nil {
		b.UsedFor = nil
		for _, name := range *e.UsedFor {
			if name = lineOf(name); name != "" && name != tag && !slices.Contains(b.UsedFor, name) {
				b.UsedFor = append(b.UsedFor, name)
			}
		}
	}
	if e.Names != nil {
		b.Names = map[string]string{}
		for lang, name := range *e.Names {
			if name = lineOf(name); name != "" {
				b.Names[lang] = name
			}
		}
	}
	if e.URI != nil {
		b.URI = strings.TrimSpace(*e.URI)
	}
	if e.Colour != nil {
		b.Colour = *e.Colour
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	if was != nil && was.Text == b.Scope && was.Pos == b.Colour && was.Detail == b.detail() {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

func (b *ConceptBody) check() error {
	if n := utf8.RuneCountInString(b.Scope); n > scopeLen || !utf8.ValidString(b.Scope) {
		return Refuse("too-long", "key", "scope", "n", n, "most", scopeLen)
	}
	if n := len(b.UsedFor) + len(b.Names); n > mostNames {
		return Refuse("too-long", "key", "used_for", "n", n, "most", mostNames)
	}
	for _, name := range b.UsedFor {
		if !visible(name, TagLen) {
			return Refuse("term-name", "name", quoted(name), "most", TagLen)
		}
	}
	for lang, name := range b.Names {
		if !visible(name, TagLen) {
			return Refuse("term-name", "name", quoted(name), "most", TagLen)
		}
		if err := checkLang(lang); err != nil || lang == "" {
			return Refuse("term-lang", "lang", quoted(lang))
		}
	}
	if b.URI != "" && !absoluteURI(b.URI) {
		return Refuse("authority", "uri", quoted(b.URI))
	}
	if b.Colour < 0 || b.Colour > Styles {
		return Refuse("concept-colour", "colour", b.Colour, "most", Styles)
	}
	return nil
}

// detail is what the item keeps beside tag, scope and colour.
func (b *ConceptBody) detail() string {
	d := conceptDetail{b.UsedFor, b.Names, b.URI}
	if len(d.UsedFor) == 0 && len(d.Names) == 0 && d.URI == "" {
		return ""
	}
	out, err := Canonical(d)
	if err != nil {
		return "" // strings alone: there is nothing that could not be written
	}
	return string(out)
}

// applyConcept describes a tag. One that was removed comes back as the item that it
// was, so that there never are two of one tag; two copies that both describe a tag for
// the first time agree on the later of the two.
func applyConcept(d *Document, op *Op, b *ConceptBody) error {
	for _, it := range d.Items {
		if it.What == AConcept && it.Key == b.Tag {
			if b.Seen != "" && it.InForce() && it.Rev != b.Seen {
				return d.staleItem(it, b.Seen)
			}
			d.edit(op, it, func(it *Item) { it.State, it.Text, it.Pos, it.Detail = Accepted, b.Scope, b.Colour, b.detail() })
			return nil
		}
	}
	d.add(op, Item{ID: b.ID, What: AConcept, Key: b.Tag, Text: b.Scope, Pos: b.Colour, Detail: b.detail()})
	return nil
}

func (d *Document) concept(tag string) *Item {
	for _, it := range d.living(AConcept) {
		if it.Key == tag && it.InForce() {
			return it
		}
	}
	return nil
}

// conceptOf reads an item. A detail that cannot be read is that of a newer program, and
// says nothing here.
func conceptOf(it *Item) Concept {
	var d conceptDetail
	if it.Detail != "" {
		_ = json.Unmarshal([]byte(it.Detail), &d)
	}
	return Concept{it.ID, it.Rev, it.Key, it.Text, d.UsedFor, d.Names, d.URI, it.Pos}
}

// Concepts are what is said of the archive's tags, by the tags.
func (d *Document) Concepts() map[string]Concept {
	out := map[string]Concept{}
	for _, it := range d.living(AConcept) {
		if it.InForce() {
			out[it.Key] = conceptOf(it)
		}
	}
	return out
}
