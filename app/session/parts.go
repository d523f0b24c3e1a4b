package session

import (
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file says parts, documents that are a range of another's text, and what is
// set aside in a text: how they are shown, made and joined again.

// Aside draws what is not the document's own in quiet ink, and names the borders
// between documents; at places a range of the source text in the text that is drawn.
func Aside(doc *Doc, out *widgets.Shown, at func(start, end int) widgets.Span) {
	for _, it := range doc.Of(archive.AFurniture) {
		if a := it.Anchor; it.InForce() && a.Text == doc.Info.Text {
			out.Furniture = append(out.Furniture, at(a.Start.At, a.End.At))
		}
	}
	for _, it := range doc.Of(archive.ASplit) {
		a := it.Anchor
		if a.Text != doc.Info.Text || !it.InForce() && !it.Open() {
			continue
		}
		if it.InForce() {
			out.Furniture = append(out.Furniture, at(a.Start.At, a.End.At))
		}
		start, end := firstLine(doc, a.Start.At)
		out.Marks = append(out.Marks, widgets.MarkSpan{ID: string(it.ID), Span: at(start, end), Proposed: it.Open(), Change: true,
			Label: map[bool]string{true: i18n.T("split.may"), false: i18n.T("split.is")}[it.Open()]})
	}
}

// firstLine is the line of the source text that begins at or holds a code point.
func firstLine(doc *Doc, at int) (start, end int) {
	src := doc.Text.Source()
	return at, at + lineLength(src.Slice(at, min(src.Len(), at+200)))
}

func lineLength(s string) int {
	line, _, _ := strings.Cut(s, "\n")
	return max(1, len([]rune(line)))
}

// LineAt is the line of the source text that begins at a code point, as a title.
func (d *Doc) LineAt(at int) string {
	start, end := firstLine(d, at)
	return OneLine(d.Text.Source().Slice(start, end))
}

// SplitAt makes a proposed border between documents one, at one of its places;
// done is told of the part.
func (s *Session) SplitAt(it *archive.Item, at int, done func(part archive.ID, err error)) {
	seen := []archive.ID{it.Rev}
	s.split(&archive.Edit{On: string(it.ID), Start: &at, Seen: &seen}, done)
}

// SplitRange makes [start,end) of the source text a document of its own; end -1 is
// the next part, or the end.
func (s *Session) SplitRange(start, end int, done func(part archive.ID, err error)) {
	e := &archive.Edit{Start: &start}
	if end >= 0 {
		e.End = &end
	}
	s.split(e, done)
}

func (s *Session) split(e *archive.Edit, done func(archive.ID, error)) {
	to := s.docEdit(archive.SplitKind)
	if to == nil {
		return
	}
	e.Do, e.Doc = to.Do, to.Doc
	s.Apply(func(res []storage.Result, err error) {
		part := archive.ID("")
		if err == nil && len(res) > 0 {
			part = res[0].Part
		}
		if done != nil {
			done(part, err)
		}
	}, e)
}

// Join makes a part one document with its whole again.
func (s *Session) Join(split archive.ID) {
	if e := s.docEdit(archive.JoinKind); e != nil {
		e.On = string(split)
		s.Apply(nil, e)
	}
}

// Unfurnish says that a piece of furniture, or with "" all of it, is the document's.
func (s *Session) Unfurnish(id archive.ID) {
	if e := s.docEdit("furniture.remove"); e != nil {
		e.On = string(id)
		s.Apply(nil, e)
	}
}

// Kin is the document that a document belongs with: the whole of a part, or the
// part that begins at or holds a code point of the source text, else the first of
// their order; "" for none.
func (d *Doc) Kin(at int) archive.ID {
	if d.Info.Part != nil {
		return d.Info.Part.Doc
	}
	parts := d.PartsInOrder()
	for _, it := range parts {
		if it.Anchor.Start.At <= at && at < it.Anchor.End.At {
			return archive.ID(it.Text)
		}
	}
	if len(parts) > 0 {
		return archive.ID(parts[0].Text)
	}
	return ""
}

// SplitWords are a border between documents in words.
func SplitWords(it *archive.Item) string {
	return i18n.T("split.begins", "words", PartBegins(it), "at", i18n.Number(int64(it.Anchor.Start.At)))
}

// PartBegins is how a part begins, or what may be one.
func PartBegins(it *archive.Item) string {
	words := it.Anchor.Quote
	if words == "" {
		words = it.Anchor.After
	}
	line, _, _ := strings.Cut(strings.TrimLeft(words, "\n"), "\n")
	return OneLine(line)
}
