package app

import (
	"slices"

	"fonds/app/session"
	"fonds/storage/archive"
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
