package app

import (
	"slices"
	"strings"

	"fonds/app/finding"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/sorting"
)

// filterNames are the filters of the list as settings call them, in the order of
// session's.
var filterNames = []string{"all", "todo", "progress", "proposals", "submitted", "returned", "approved", "mine", "questions", "unassigned", "removed"}

// remember notes which document is read in the open archive.
func (w *window) remember(id string) {
	if w.set.Last == nil {
		w.set.Last = map[string]string{}
	}
	w.set.Last[w.s.Path()] = id
}

func (w *window) last(path string) archive.ID { return archive.ID(w.set.Last[path]) }

// rememberFilter notes what the list of the open archive is narrowed to.
func (w *window) rememberFilter() {
	at := int(w.s.Query().Filter)
	switch {
	case !w.s.Open() || at >= len(filterNames):
	case at == 0:
		delete(w.set.Filter, w.s.Path())
	default:
		if w.set.Filter == nil {
			w.set.Filter = map[string]string{}
		}
		w.set.Filter[w.s.Path()] = filterNames[at]
	}
}

// narrowTo narrows the list to what it was narrowed to when the archive was left.
func (w *window) narrowTo(name string) {
	if at := slices.Index(filterNames, name); at > 0 {
		w.s.SetQuery(session.Query{Filter: session.Filter(at)})
	}
}

// chosenTable is what the person has chosen of the table of all documents.
func (w *window) chosenTable() (t finding.Table) {
	for _, c := range w.set.Columns {
		t.Columns = append(t.Columns, storage.Column(c))
	}
	said := strings.Fields(w.set.Order)
	if len(said) == 0 {
		return t
	}
	if said[0] != "import" {
		t.Order.By = storage.Column(said[0])
	}
	t.Order.Down = slices.Contains(said[1:], "down")
	if slices.Contains(said[1:], "strokes") {
		t.Order.Way = sorting.Strokes
	}
	return t
}

// rememberTable notes it.
func (w *window) rememberTable(t finding.Table) {
	w.set.Columns = nil // another slice: settings may be written just now
	for _, c := range t.Columns {
		w.set.Columns = append(w.set.Columns, string(c))
	}
	said := []string{string(t.Order.By)}
	if said[0] == "" {
		said[0] = "import"
	}
	if t.Order.Down {
		said = append(said, "down")
	}
	if t.Order.Way == sorting.Strokes {
		said = append(said, "strokes")
	}
	w.set.Order = strings.Join(said, " ")
	w.keep()
}
