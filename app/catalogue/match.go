package catalogue

import (
	"cmp"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
)

// How a row found its document.
const (
	ByPath  = "path"  // its whole path, or the end of it
	ByName  = "name"  // the name of its file
	ByStem  = "stem"  // that name without its ending
	ByField = "field" // a value of a field
)

// Why a row has none.
const (
	NoCell  = "empty"   // it names none
	None    = "none"    // no document is so named
	Several = "several" // more than one is: none is guessed
	Twice   = "twice"   // another row has the same document
)

// Outcome is what became of a row.
type Outcome struct {
	Row int          // index in Table.Rows
	Doc int          // index in Survey.Docs, -1 for none
	How string       // of the first list; "" where there is none
	Why string       // of the second; "" where there is a document
	Of  []archive.ID // the documents that Several are, some of them; of Twice the one
}

// Brief is a document that has no row.
type Brief struct {
	ID    archive.ID
	Title string
	Path  string
}

// someOf is how many documents are named where a row could be of several.
const someOf = 5

// index finds documents by what the rows ask for, and keeps nothing else of them.
type index struct {
	field string
	cells []string                    // of each row, as two are compared; "" for none
	want  map[string]map[string][]int // by how, by key: documents
	docs  []storage.Summary
	paths []string // of docs, as two are compared; none where a field is matched by
}

func newIndex(t *Table, m Match) *index {
	x := &index{field: m.Field, want: map[string]map[string][]int{ByPath: {}, ByName: {}, ByStem: {}, ByField: {}}}
	for i := range t.Rows {
		cell := t.Rows[i].Cell(m.Column)
		if notStated(cell) { // it names no document
			cell = ""
		}
		if m.Field != "" {
			cell = code(cell)
			x.want[ByField][cell] = nil
		} else {
			cell = fileName(cell)
			x.want[ByPath][cell] = nil
			x.want[ByName][base(cell)] = nil
			x.want[ByStem][base(cell)] = nil
			x.want[ByStem][stem(base(cell))] = nil
		}
		x.cells = append(x.cells, cell)
	}
	return x
}

// take notes a document, with the values of the field that is matched by.
func (x *index) take(d storage.Summary, values []string) {
	n := len(x.docs)
	x.docs = append(x.docs, d)
	put := func(how, key string) {
		if at, wanted := x.want[how][key]; wanted && key != "" && (len(at) == 0 || at[len(at)-1] != n) {
			x.want[how][key] = append(at, n)
		}
	}
	if x.field != "" {
		for _, v := range values {
			put(ByField, code(v))
		}
		return
	}
	path := fileName(d.Path)
	x.paths = append(x.paths, path)
	put(ByPath, path)
	put(ByName, base(path))
	put(ByStem, stem(base(path)))
}

// of finds the documents of a row, and by what.
func (x *index) of(row int) (docs []int, how string) {
	cell := x.cells[row]
	switch {
	case cell == "":
		return nil, ""
	case x.field != "":
		return x.want[ByField][cell], ByField
	}
	if at := x.want[ByPath][cell]; len(at) > 0 {
		return at, ByPath
	}
	name := base(cell)
	at := x.want[ByName][name]
	if name != cell { // it names folders: they decide, as far as they go
		var end []int
		for _, n := range at {
			if ends(x.paths[n], cell) {
				end = append(end, n)
			}
		}
		if len(end) > 0 {
			return end, ByPath
		}
	}
	if len(at) > 0 {
		return at, ByName
	}
	if at := x.want[ByStem][name]; len(at) > 0 {
		return at, ByStem
	}
	return x.want[ByStem][stem(name)], ByStem
}

// match finds the document of every row. The outcomes are in the order of the rows; docs
// are the documents that have one, in the order of their import, each with its row.
func (x *index) match() (outcomes []Outcome, docs map[int]int) {
	docs = map[int]int{}
	of := make([]int, len(x.cells))
	twice := map[int]bool{}
	for row := range x.cells {
		o := Outcome{Row: row, Doc: -1}
		at, how := x.of(row)
		of[row] = -1
		switch {
		case x.cells[row] == "":
			o.Why = NoCell
		case len(at) == 0:
			o.Why = None
		case len(at) > 1:
			o.Why = Several
			for _, n := range at[:min(len(at), someOf)] {
				o.Of = append(o.Of, x.docs[n].ID)
			}
		default:
			o.How, of[row] = how, at[0]
			if _, has := docs[at[0]]; has {
				twice[at[0]] = true
			}
			docs[at[0]] = row
		}
		outcomes = append(outcomes, o)
	}
	for row, n := range of {
		if n >= 0 && twice[n] {
			outcomes[row].How, outcomes[row].Why, outcomes[row].Of = "", Twice, []archive.ID{x.docs[n].ID}
			delete(docs, n)
		}
	}
	return outcomes, docs
}

// inOrder are the numbers of documents in the order of their import.
func (x *index) inOrder(docs map[int]int) []int {
	out := make([]int, 0, len(docs))
	for n := range docs {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(x.docs[a].N, x.docs[b].N) })
	return out
}
