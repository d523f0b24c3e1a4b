package epub

import (
	"context"
	"fmt"
	"strings"

	"fonds/app/ingest/content"

	nethtml "golang.org/x/net/html"
)

// noteKinds are what a footnote or an endnote may be called.
var noteKinds = []string{"footnote", "endnote", "rearnote", "note"}

// A note is a footnote or an endnote.
type note struct {
	number int // from 1, in the order in which the text refers to them; 0: nothing does, it stays where it is
	text   string
	done   bool
}

// A builder makes the text of a publication.
type builder struct {
	ctx    context.Context
	size   int // bytes of pages that were parsed
	out    int // bytes of text
	body   strings.Builder
	notes  map[string]*note // by path#id
	refs   []string         // what the text refers to as notes, path#id, in its order
	order  []*note
	inNote bool
	lost   []string
}

// findNotes finds the notes of a page, and what refers to some.
func (b *builder) findNotes(d *chapter) {
	root := d.parse(b.ctx)
	if root == nil {
		return
	}
	for n := range root.Descendants() {
		if n.Type != nethtml.ElementNode || len(n.Attr) == 0 {
			continue
		}
		if id := value(n, "id"); id != "" && is(n, noteKinds...) && len(b.notes) < content.MaxParts {
			b.notes[d.path+"#"+id] = &note{}
		}
		if ref := noteRef(d, n); ref != "" && len(b.refs) < content.MaxParts {
			b.refs = append(b.refs, ref)
		}
	}
}

// number gives the notes their numbers.
func (b *builder) number() {
	for _, ref := range b.refs {
		if n := b.notes[ref]; n != nil && n.number == 0 {
			b.order = append(b.order, n)
			n.number = len(b.order)
		}
	}
}

// noteRef gives which note an element refers to, "" where it does not.
func noteRef(d *chapter, n *nethtml.Node) string {
	if n.Data != "a" || !is(n, "noteref") {
		return ""
	}
	href := value(n, "href")
	if _, id, ok := strings.Cut(href, "#"); ok && id != "" {
		return resolve(d.path, href) + "#" + id
	}
	return ""
}

// refersTo gives the note that an element refers to, nil where it does not.
func (b *builder) refersTo(d *chapter, n *nethtml.Node) *note {
	if len(n.Attr) == 0 {
		return nil
	}
	if n := b.notes[noteRef(d, n)]; n != nil && n.number > 0 {
		return n
	}
	return nil
}

// write writes a page.
func (b *builder) write(d *chapter) error {
	w := &writer{size: &b.out}
	if root := d.parse(b.ctx); root == nil {
		b.flat(w, d)
	} else {
		b.child(w, d, root, false)
	}
	return b.add(w.String())
}

// add adds the lines of a page or of a note.
func (b *builder) add(text string) error {
	if b.out > content.MaxText {
		return content.Refuse(content.TooMuch, "text %d > %d", b.out, content.MaxText)
	}
	if text == "" {
		return nil
	}
	if b.body.Len() > 0 {
		b.body.WriteByte('\n')
	}
	b.body.WriteString(text)
	return nil
}

// addNotes adds the notes behind the body, a line each.
func (b *builder) addNotes() error {
	for _, n := range b.order {
		if err := b.add(strings.TrimRight(fmt.Sprintf("[%d] %s", n.number, n.text), " ")); err != nil {
			return err
		}
	}
	return nil
}

// flat reads a page whose elements lie too deep in one another: its words, without its lines.
func (b *builder) flat(w *writer, d *chapter) {
	if b.ctx.Err() != nil {
		return
	}
	b.lose("%s has too many elements, or too deep in one another: its words were taken without its structure.", d.path)
	z := nethtml.NewTokenizer(strings.NewReader(d.text))
	skip := ""
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return
		case nethtml.StartTagToken:
			if name, _ := z.TagName(); skip == "" && unseen[string(name)] {
				skip = string(name)
			}
			w.space = true
		case nethtml.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
			w.space = true
		case nethtml.TextToken:
			if skip == "" {
				w.text(string(z.Text()), false)
			}
		}
	}
}
