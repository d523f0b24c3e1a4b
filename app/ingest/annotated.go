package ingest

// Annotated is a text with what another tool has said about it. Positions are Unicode code points of Text, half-open.
type Annotated struct {
	Name   string              // within its file; "" where the file is one document
	Text   string              // lines end in \n
	Fields map[string][]string // by field, as "dcterms:title"
	Not    []string            // fields of which it says that the source does not state them
	Tags   []string
	Notes  []string // what was remarked on all of it
	Marks  []Span
	Fixes  []Fix

	Regions []Region // marks on pictures of pages, of a document that has such
	Shown   []Shown  // values whose evidence is on them

	source   string   // the address of what it is about
	pictures []string // addresses of its pictures
	drawn    []drawn  // what is said of these, before they are at hand
}

// Span is a mark: a place with a label, a comment on it, and the URI of what it names, each "" for none.
type Span struct {
	Start, End                int
	Label, Comment, Authority string
}

// Fix is a correction: a place and the words that are to stand there.
type Fix struct {
	Start, End   int
	Text, Reason string
}
