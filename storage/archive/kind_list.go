package archive

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// A list is a controlled vocabulary or an authority file that came from elsewhere. The
// item says what it is; its terms lie packed in the body of the operation that brought
// them (Item.Source), so that log, chains, exports and recoveries keep them as they keep
// everything. What a person adds to it is an item each.

// The kinds of operation about lists.
const (
	SetListKind    = "list.set"
	RemoveListKind = "list.remove"
	AddTermKind    = "list.add"
	DropTermKind   = "list.drop"
)

// Limits of lists.
const (
	mostLists = 100
	mostAdded = 2_000 // terms that people add, in all
)

// ListKinds say what a list is one of.
func ListKinds() []string { return []string{"subjects", "persons", "organisations", "places", "other"} }

// List is a vocabulary that an archive keeps.
type List struct {
	ID      ID
	Rev     ID
	Name    string
	Kind    string // one of ListKinds
	File    string // that it came from
	URI     string // of the whole
	Licence string
	Terms   int
	SHA256  string
	Content ID // the operation that brought the terms
	At      Clock
	By      string
}

// ListBody makes a list or changes the one with that ID: what is nil stays.
type ListBody struct {
	ID      ID           `json:"id"`
	Name    *string      `json:"name,omitempty"`
	Kind    *string      `json:"kind,omitempty"`
	File    *string      `json:"file,omitempty"`
	URI     *string      `json:"uri,omitempty"`
	Licence *string      `json:"licence,omitempty"`
	Content *ListContent `json:"content,omitempty"`
	Seen    ID           `json:"seen,omitempty"`
}

// TermBody adds a term to a list.
type TermBody struct {
	ID   ID   `json:"id"`
	List ID   `json:"list"`
	Term Term `json:"term"`
}

type listDetail struct {
	Kind    string `json:"kind"`
	File    string `json:"file,omitempty"`
	URI     string `json:"uri,omitempty"`
	Licence string `json:"licence,omitempty"`
	Terms   int    `json:"terms"`
	SHA256  string `json:"sha256,omitempty"`
}

func init() {
	register(kind{name: SetListKind, keys: "list name kind uri licence seen", version: 1, archive: true}, prepareList, applyList)
	register(kind{name: RemoveListKind, keys: "list seen", version: 1, archive: true},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			it, err := c.listNamed(e)
			if err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *ItemBody) error {
			it, err := d.liveItem(b.Item, AList)
			if err == nil {
				d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			}
			return err
		})
	register(kind{name: AddTermKind, keys: "list name names used_for scope uri", version: 1, archive: true}, prepareTerm,
		func(d *Document, op *Op, b *TermBody) error {
			if _, err := d.liveItem(b.List, AList); err != nil {
				return err
			}
			text, err := Canonical(b.Term)
			if err != nil {
				return err
			}
			d.add(op, Item{ID: b.ID, What: ATerm, Key: string(b.List), Text: b.Term.Name(""), Detail: string(text)})
			return nil
		})
	register(kind{name: DropTermKind, keys: "on", version: 1, archive: true},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			if err := needString(e, "on", e.On); err != nil {
				return nil, err
			}
			it, err := c.live(e, ATerm, e.On)
			if err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *ItemBody) error {
			it, err := d.liveItem(b.Item, ATerm)
			if err == nil {
				d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			}
			return err
		})
}

func (d *Document) liveItem(id ID, w What) (*Item, error) {
	it := d.Item(id)
	if it == nil || it.What != w {
		return nil, Refuse("item-not-found", "what", w, "id", id.Short())
	}
	if !it.InForce() {
		return nil, Refuse("item-gone", "what", w, "id", id.Short(), "state", it.State)
	}
	return it, nil
}

// list finds a list by its id, the end of one, or its name; nil where there is none.
func (d *Document) list(ref string) *Item {
	for _, it := range d.living(AList) {
		if it.InForce() && (it.ID == ID(ref) || it.Key == lineOf(ref) || it.ID.MatchesEnd(ref)) {
			return it
		}
	}
	return nil
}

func (c *Ctx) listNamed(e *Edit) (*Item, error) {
	if err := needString(e, "list", e.List); err != nil {
		return nil, err
	}
	it := c.Doc.list(e.List)
	if it == nil {
		return nil, Refuse("list-absent", "name", quoted(e.List))
	}
	return it, c.Doc.fresh(e, it)
}

func prepareList(c *Ctx, e *Edit) (*ListBody, error) {
	b := &ListBody{ID: c.NewID(), URI: e.URI, Licence: e.Licence}
	if e.List != "" {
		it, err := c.listNamed(e)
		if err != nil {
			return nil, err
		}
		b.ID, b.Seen = it.ID, it.Rev
	} else {
		if err := needString(e, "name", e.Name); err != nil {
			return nil, err
		}
		if e.Content == nil {
			return nil, Refuse("list-empty")
		}
		if len(c.Doc.inForce(AList)) >= mostLists {
			return nil, Refuse("lists-full", "most", mostLists)
		}
		if e.Kind == "" {
			e.Kind = "other"
		}
	}
	if name := lineOf(e.Name); name != "" {
		if !visible(name, SearchNameLen) {
			return nil, Refuse("list-name", "name", quoted(name), "most", SearchNameLen)
		}
		if o := c.Doc.list(name); o != nil && o.ID != b.ID {
			return nil, Refuse("list-there", "name", quoted(name))
		}
		b.Name = &name
	}
	if e.Kind != "" {
		if !slices.Contains(ListKinds(), e.Kind) {
			return nil, Refuse("list-kind", "kind", quoted(e.Kind), "known", strings.Join(ListKinds(), ", "))
		}
		b.Kind = &e.Kind
	}
	if e.URI != nil && *e.URI != "" && !absoluteURI(*e.URI) {
		return nil, Refuse("authority", "uri", quoted(*e.URI))
	}
	if e.Licence != nil {
		if n := utf8.RuneCountInString(*e.Licence); n > termLen {
			return nil, Refuse("too-long", "key", "licence", "n", n, "most", termLen)
		}
	}
	if e.Content != nil {
		if e.Content.Terms == 0 {
			return nil, Refuse("list-empty")
		}
		b.Content = e.Content
		if e.File != "" {
			file := e.File
			b.File = &file
		}
	}
	if was := c.Doc.list(string(b.ID)); was != nil {
		now := listOf(was)
		next := now
		b.change(&next)
		if next == now {
			return nil, Refuse("unchanged")
		}
	}
	return b, nil
}

// change makes a list what the body says.
func (b *ListBody) change(l *List) {
	for _, s := range []struct{ to, from *string }{{&l.Name, b.Name}, {&l.Kind, b.Kind}, {&l.File, b.File}, {&l.URI, b.URI}, {&l.Licence, b.Licence}} {
		if s.from != nil {
			*s.to = *s.from
		}
	}
	if b.Content != nil {
		l.Terms, l.SHA256 = b.Content.Terms, b.Content.SHA256
	}
}

func applyList(d *Document, op *Op, b *ListBody) error {
	l, was := List{Kind: "other"}, (*Item)(nil)
	if b.Seen != "" {
		it, err := d.liveItem(b.ID, AList)
		if err != nil {
			return err
		}
		if it.Rev != b.Seen {
			return d.staleItem(it, b.Seen)
		}
		l, was = listOf(it), it
	}
	b.change(&l)
	if o := d.list(l.Name); o != nil && (was == nil || o.ID != was.ID) {
		return Refuse("list-there", "name", quoted(l.Name))
	}
	detail, err := Canonical(listDetail{l.Kind, l.File, l.URI, l.Licence, l.Terms, l.SHA256})
	if err != nil {
		return err
	}
	content := l.Content
	if b.Content != nil {
		content = op.ID
	}
	if was == nil {
		d.add(op, Item{ID: b.ID, What: AList, Key: l.Name, Detail: string(detail), Source: string(content)})
		return nil
	}
	d.edit(op, was, func(it *Item) { it.Key, it.Detail, it.Source = l.Name, string(detail), string(content) })
	return nil
}

func prepareTerm(c *Ctx, e *Edit) (*TermBody, error) {
	it, err := c.listNamed(e)
	if err != nil {
		return nil, err
	}
	t := termOf(e)
	t.Clean()
	if err := t.Check(); err != nil {
		return nil, err
	}
	if len(c.Doc.inForce(ATerm)) >= mostAdded {
		return nil, Refuse("terms-full", "most", mostAdded)
	}
	for _, o := range c.Doc.inForce(ATerm) {
		if o.Key == string(it.ID) && o.Text == t.Name("") {
			return nil, Refuse("term-there", "name", quoted(o.Text), "list", quoted(it.Key))
		}
	}
	b := &TermBody{ID: c.NewID(), List: it.ID, Term: t}
	if b.Term.ID == "" {
		b.Term.ID = string(b.ID)
	}
	return b, nil
}

// termOf is the term that an edit of a line says, or the one that the program gives.
func termOf(e *Edit) Term {
	if e.Term != nil {
		return *e.Term
	}
	t := Term{ID: deref(e.URI), Scope: deref(e.Scope)}
	if e.Name != "" {
		t.Names = append(t.Names, Name{Text: e.Name})
	}
	if e.Names != nil {
		for _, lang := range slices.Sorted(maps.Keys(*e.Names)) {
			t.Names = append(t.Names, Name{(*e.Names)[lang], lang})
		}
	}
	if e.UsedFor != nil {
		for _, name := range *e.UsedFor {
			t.Also = append(t.Also, Name{Text: name})
		}
	}
	return t
}

func listOf(it *Item) List {
	var d listDetail
	_ = json.Unmarshal([]byte(it.Detail), &d) // what cannot be read is of a newer program
	return List{it.ID, it.Rev, it.Key, d.Kind, d.File, d.URI, d.Licence, d.Terms, d.SHA256, ID(it.Source), it.At, it.By}
}

// Lists are the vocabularies that the archive keeps, by their names.
func (d *Document) Lists() (out []List) {
	for _, it := range d.inForce(AList) {
		out = append(out, listOf(it))
	}
	slices.SortFunc(out, func(a, b List) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// ListNamed finds a list by its id, the end of one, or its name.
func (d *Document) ListNamed(ref string) (List, error) {
	if it := d.list(ref); it != nil {
		return listOf(it), nil
	}
	return List{}, Refuse("list-absent", "name", quoted(ref))
}

// Added are the terms that people have added to a list, in the order in which they did.
func (d *Document) Added(list ID) (out []Term) {
	for _, it := range d.inForce(ATerm) {
		var t Term
		if it.Key == string(list) && json.Unmarshal([]byte(it.Detail), &t) == nil {
			out = append(out, t)
		}
	}
	return out
}
