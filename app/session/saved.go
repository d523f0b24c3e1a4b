package session

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// SavedSearch is a saved search with how many documents of the archive it finds.
type SavedSearch struct {
	archive.Search
	Count int
	Known bool   // Count was counted, perhaps before the last change
	Fault string // why it cannot be asked, "" where it can
}

// SavedInSight is how many saved searches a screen shows beside the filters. These
// are counted before the others.
const SavedInSight = 6

// savedWait is how long after a change saved searches are counted again, at the least:
// who types changes documents often. Where counting takes long it is savedRest times
// as long, so that a big archive is not counted all the time.
const (
	savedWait = 400 * time.Millisecond
	savedRest = 4
)

// saved are the saved searches of the archive, in the order of their names, and the
// counting of what they find.
type saved struct {
	s     *Session
	all   []SavedSearch
	tag   string // the language of that order
	ran   string // the one that was run last
	gen   int
	over  *atomic.Bool  // of the count that is under way: nobody waits for it any more; nil without one
	wait  func()        // stops the count that is to come
	began time.Time     // of the count that is under way
	took  time.Duration // of the one before
	again bool          // something was changed since the count that is under way began
}

func (v *saved) forget() {
	v.stop()
	v.all, v.ran, v.took = nil, "", 0
}

// stop drops the count that is under way, and the one to come.
func (v *saved) stop() {
	v.gen++
	if v.over != nil {
		v.over.Store(true)
	}
	v.over, v.again = nil, false
	if v.wait != nil {
		v.wait()
		v.wait = nil
	}
}

// follow takes the searches that the archive has now, and counts them.
func (v *saved) follow(self *archive.Document) {
	before, fresh := v.all, false
	v.all = nil
	for _, q := range self.Searches() {
		n := SavedSearch{Search: q}
		if at := slices.IndexFunc(before, func(b SavedSearch) bool { return b.Search == q }); at >= 0 {
			n = before[at]
		} else {
			fresh = true
		}
		v.all = append(v.all, n)
	}
	if !fresh && len(v.all) == len(before) {
		v.soon()
		return
	}
	v.order()
	v.s.emit(SavedChanged{})
	v.count()
}

// order puts them in the order of their names in the person's language.
func (v *saved) order() {
	v.tag = i18n.Current()
	order := collate.New(language.Make(v.tag), collate.Numeric)
	slices.SortStableFunc(v.all, func(a, b SavedSearch) int { return order.CompareString(a.Name, b.Name) })
}

// soon counts again in a while, for a document was changed. A count that is under way
// comes to its end before: who never finishes never shows anything.
func (v *saved) soon() {
	switch {
	case len(v.all) == 0 || v.wait != nil:
	case v.over != nil:
		v.again = true
	default:
		v.wait = v.s.After(max(savedWait, savedRest*v.took), v.count)
	}
}

// count counts what each finds: first those in sight, then the rest. What was under
// way was of other searches, and is dropped.
func (v *saved) count() {
	v.stop()
	if len(v.all) > 0 {
		v.over, v.began = new(atomic.Bool), v.s.Now()
		v.countFrom(0, min(SavedInSight, len(v.all)))
	}
}

func (v *saved) countFrom(from, to int) {
	ask, over := slices.Clone(v.all[from:to]), v.over
	Read(v.s, &v.gen, func(ctx context.Context, a *storage.Archive) ([]SavedSearch, error) {
		for i := range ask {
			if over.Load() {
				return nil, context.Canceled
			}
			q := &ask[i]
			n, err := a.Count(ctx, storage.Query{Search: q.Query})
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			q.Count, q.Known, q.Fault = n, err == nil, Words(err)
		}
		return ask, nil
	}, func(got []SavedSearch, err error) {
		if err != nil {
			v.over = nil
			return // the list's own error says it
		}
		if !slices.Equal(v.all[from:to], got) {
			copy(v.all[from:to], got)
			v.s.emit(SavedChanged{})
		}
		if to < len(v.all) {
			v.countFrom(to, len(v.all))
			return
		}
		v.took = v.s.Now().Sub(v.began)
		if v.over = nil; v.again {
			v.again = false
			v.soon()
		}
	})
}

// Saved lists the saved searches of the archive in the order of their names.
func (s *Session) Saved() []SavedSearch {
	if v := &s.saved; v.tag != i18n.Current() && len(v.all) > 0 {
		v.order()
		v.count() // what is under way is in the order of before
	}
	return s.saved.all
}

// SavedByName is one of them; its Name is "" where there is none.
func (s *Session) SavedByName(name string) SavedSearch {
	for _, q := range s.saved.all {
		if q.Name == archive.SearchName(name) {
			return q
		}
	}
	return SavedSearch{}
}

// RunSaved shows what a saved search finds in the whole archive.
func (s *Session) RunSaved(name string) {
	if q := s.SavedByName(name); q.Name != "" {
		s.saved.ran = q.Name
		s.SetQuery(Query{Search: q.Query})
		s.emit(SavedChanged{})
	}
}

// SavedShown is the name of the saved search whose documents the list shows, all of
// them; "" where it shows something else. Of several that ask for the same it is the
// one that was run.
func (s *Session) SavedShown() string {
	name := ""
	for _, q := range s.saved.all {
		if (Query{Search: q.Query}) == s.list.query && (name == "" || q.Name == s.saved.ran) {
			name = q.Name
		}
	}
	return name
}

// SearchToSave is what the list shows as a query: what is searched for, with the
// filter and the work package as conditions, where a query can say them; "" where the
// list is of all documents.
func (s *Session) SearchToSave() string {
	q := s.list.query
	search := q.Search
	narrow := func(n *query.Node) { search = storage.Narrowed(search, n.String()) }
	switch st := statusOf[q.Filter]; {
	case st != "":
		narrow(&query.Node{Key: query.Status, Value: string(st)})
	case q.Filter == WithProposals:
		narrow(&query.Node{Key: query.Has, Value: "proposal"})
	case q.Filter == Mine:
		narrow(&query.Node{Key: query.Assigned, Value: s.actor})
	}
	if q.Package != "" {
		narrow(&query.Node{Key: query.Package, Value: s.PackageName(q.Package)})
	}
	return search
}

// SaveSearch saves a query under a name, in the place of the one of that name. done
// is told what came of it.
func (s *Session) SaveSearch(name, search string, done func(error)) {
	s.saved.ran = archive.SearchName(name)
	s.applySaved(done, &archive.Edit{Do: archive.SaveSearchKind, Name: name, Query: search})
}

// RemoveSearch takes a saved search away. done is told what came of it.
func (s *Session) RemoveSearch(name string, done func(error)) {
	s.applySaved(done, &archive.Edit{Do: archive.RemoveSearchKind, Name: name})
}

// AsksFor are the names of the other saved searches that ask for one.
func (s *Session) AsksFor(name string) (out []string) {
	for _, o := range s.saved.all {
		n, err := storage.Parse(o.Query)
		if err != nil || n == nil || o.Name == name {
			continue
		}
		asks := false
		n.Leaves(func(l *query.Node, _ bool) { asks = asks || l.Key == query.Saved && l.Value == name })
		if asks {
			out = append(out, o.Name)
		}
	}
	return out
}

// ErrSearchThere is told of a new name that another saved search has.
var ErrSearchThere = errors.New("there is a saved search of that name")

// RenameSearch gives a saved search another name, also where others ask for it, as one
// step to undo. done is told what came of it.
func (s *Session) RenameSearch(from, to string, done func(error)) {
	to = archive.SearchName(to)
	q := s.SavedByName(from)
	switch {
	case q.Name == "" || to == q.Name:
		done(nil)
		return
	case s.SavedByName(to).Name != "":
		done(ErrSearchThere)
		return
	}
	edits := []*archive.Edit{{Do: archive.RemoveSearchKind, Name: q.Name}, {Do: archive.SaveSearchKind, Name: to, Query: q.Query}}
	for _, o := range s.saved.all {
		n, err := storage.Parse(o.Query)
		if renamed := n.Renamed(q.Name, to).String(); err == nil && renamed != o.Query && o.Name != q.Name {
			edits = append(edits, &archive.Edit{Do: archive.SaveSearchKind, Name: o.Name, Query: renamed})
		}
	}
	if s.saved.ran == q.Name {
		s.saved.ran = to
	}
	s.applySaved(done, edits...)
}

func (s *Session) applySaved(done func(error), edits ...*archive.Edit) {
	s.Apply(func(_ []storage.Result, err error) { done(err) }, edits...)
}
