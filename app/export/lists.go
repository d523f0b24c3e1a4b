package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"fonds/app/arrange"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file writes the lists of an archive on paper: DA/T 22-2015 and GB/T 9705 for those of
// Chinese practice, ISAD(G) for the multilevel description. Documents stand in the order of
// the archive: unit by unit, and in each as it was put into order, then by reference code.

// The lists that there are.
const (
	FiledList    = "filed"    // 归档文件目录: a row a document
	FilesList    = "files"    // 案卷目录: a row a file
	ContentsList = "contents" // 卷内文件目录: a table a file, on pages of its own
	NoteList     = "note"     // 备考表: a form a file, or what documents lie in instead
	ISADGList    = "isadg"    // the units from the fonds down, and their documents
)

// Lists names them, in the order in which they are offered.
func Lists() []string { return []string{FiledList, FilesList, ContentsList, NoteList, ISADGList} }

// List says which list is wanted, of what, and how.
type List struct {
	Kind  string // one of Lists
	Unit  string // about this unit and all under it, by id or path; "" all
	Query string // about what a search finds; of the lists of files, about the files in which that lies, whole
	Lang  string
	XLSX  bool // a workbook; else a page for the printer of a browser
	// Folder is where a workbook grows before it is written; "" is the system's own.
	Folder string
	// Progress is told how many documents were read, of how many; nil is allowed. A list
	// that counts first reads twice.
	Progress func(done, all int)
}

// WriteList writes a list. Where there is nothing to be listed the error is an
// *archive.Refusal that says what to do, and nothing is written.
func WriteList(ctx context.Context, a *storage.Archive, l List, w io.Writer) error {
	if !slices.Contains(Lists(), l.Kind) {
		return fmt.Errorf("there is no list %q", l.Kind)
	}
	snap, err := a.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snap.Close()
	g, err := newLister(ctx, snap, l)
	if err == nil {
		err = g.gather()
	}
	if err != nil {
		return err
	}
	g.paper = newHTMLPaper(w, g.s, g.landscape())
	if l.XLSX {
		g.paper = newBookPaper(w, l.Folder, l.Lang, g.landscape())
	}
	err = g.write()
	if e := g.paper.end(g.asOf); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("writing the list %s: %w", l.Kind, err)
	}
	return nil
}

// PrintList writes the documents that a search finds, "" for all, as a catalogue of
// filed items (归档文件目录, DA/T 22) to be printed.
func PrintList(ctx context.Context, a *storage.Archive, query string, lang string, w io.Writer) error {
	return WriteList(ctx, a, List{Kind: FiledList, Query: query, Lang: lang}, w)
}

// lister writes one list.
type lister struct {
	List
	ctx   context.Context
	a     *storage.Archive
	s     *speech
	t     *template.Template
	roles roles
	self  *archive.Document
	tree  *archive.Tree
	top   *archive.Unit // what it is about; nil: all
	rule  *arrange.Rule // of the codes of units that say none themselves
	asOf  string
	items []placedItem // in their order
	all   int          // documents to be read, as often as they are
	read  int
	spans map[string]during
	paper paper
}

// placedItem is a document and the unit in which it lies; nil: in none.
type placedItem struct {
	id     archive.ID
	unit   *archive.Unit
	status archive.Status
}

func newLister(ctx context.Context, snap *storage.Archive, l List) (*lister, error) {
	self, err := snap.Self(ctx)
	if err != nil {
		return nil, err
	}
	g := &lister{List: l, ctx: ctx, a: snap, s: newSpeech(self, []string{l.Lang}), t: template.Of(self), self: self, tree: self.Units(), spans: map[string]during{}}
	g.roles = rolesOf(g.t)
	rule := arrange.Western
	if g.roles.chinese {
		rule = arrange.Chinese
	}
	if g.rule, err = arrange.ParseRule(rule); err != nil {
		return nil, err
	}
	if l.Unit != "" {
		if g.top = g.tree.Find(l.Unit); g.top == nil {
			return nil, archive.Refuse("unit-unknown", "unit", `"`+l.Unit+`"`)
		}
	}
	g.asOf, err = (&job{ctx: ctx, a: snap}).asOf()
	return g, err
}

// landscape says whether the paper lies across.
func (g *lister) landscape() bool { return g.Kind != NoteList && g.Kind != ISADGList }

// ofFiles says whether the list is about files, each whole, and not about documents.
func (g *lister) ofFiles() bool {
	return g.Kind == FilesList || g.Kind == ContentsList || g.Kind == NoteList
}

// units are those that the list is about, each before those in it.
func (g *lister) units() []*archive.Unit {
	if g.top == nil {
		return g.tree.All()
	}
	var out []*archive.Unit
	for _, id := range g.top.Under() {
		out = append(out, g.tree.Unit(id))
	}
	return out
}

// gather finds which documents are listed, and in which order; the refusal says that there
// are none.
func (g *lister) gather() error {
	var units []archive.ID
	for _, u := range g.units() {
		units = append(units, u.ID())
	}
	codes := []string{g.roles.ref}
	if len(units) > 0 {
		if err := g.take(g.a.UnitItems(g.ctx, units, codes, 0)); err != nil {
			return err
		}
	}
	if g.top == nil {
		if err := g.take(g.a.UnitItems(g.ctx, nil, codes, 0)); err != nil {
			return err
		}
	}
	if err := g.search(); err != nil {
		return err
	}
	g.all = len(g.items)
	inFile := func(it placedItem) bool { return it.unit != nil && it.unit.Level == archive.AtFile }
	switch {
	case g.Kind == ISADGList && len(g.tree.Top) > 0 && g.Query == "":
		return nil // the units themselves
	case g.Kind == FilesList && g.Query == "":
		if !slices.ContainsFunc(g.units(), func(u *archive.Unit) bool { return u.Level == archive.AtFile }) {
			return archive.Refuse("paper-files")
		}
	case len(g.items) == 0 && g.Query != "":
		return archive.Refuse("paper-none", "query", `"`+g.Query+`"`)
	case len(g.items) == 0 && g.top != nil:
		return archive.Refuse("paper-unit", "unit", g.top.Name())
	case len(g.items) == 0:
		return archive.Refuse("paper-empty")
	case (g.Kind == ContentsList || g.Kind == FilesList) && !slices.ContainsFunc(g.items, inFile):
		return archive.Refuse("paper-contents")
	}
	return nil
}

func (g *lister) take(items []storage.Item, err error) error {
	for i := range items {
		g.items = append(g.items, placedItem{items[i].ID, g.tree.Unit(items[i].Unit), items[i].Status})
	}
	return err
}

// search leaves of the documents those that the query finds; of lists of files, those of
// files in which it finds one.
func (g *lister) search() error {
	if g.Query == "" {
		return nil
	}
	found, units := map[archive.ID]bool{}, map[*archive.Unit]bool{}
	var order []archive.ID
	if err := g.a.Each(g.ctx, storage.Query{Search: g.Query}, func(d storage.Summary) error {
		found[d.ID], order = true, append(order, d.ID)
		return g.ctx.Err()
	}); err != nil {
		return err
	}
	for _, it := range g.items {
		if found[it.id] && it.unit != nil {
			units[it.unit] = true
		}
	}
	g.items = slices.DeleteFunc(g.items, func(it placedItem) bool {
		return !found[it.id] && !(g.ofFiles() && it.unit != nil && units[it.unit])
	})
	if g.top == nil { // a query can ask for what was removed from view, which lies in no order
		for _, it := range g.items {
			delete(found, it.id)
		}
		for _, id := range order {
			if found[id] {
				g.items = append(g.items, placedItem{id, nil, archive.Removed})
			}
		}
	}
	return nil
}

// each reads the documents in their order, some hundred at a time, with items of the given
// kinds, and hands them to f.
func (g *lister) each(items []placedItem, whats []archive.What, f func(at placedItem, d *listed) error) error {
	const step = 400
	for some := range slices.Chunk(items, step) {
		if err := g.ctx.Err(); err != nil {
			return err
		}
		ids := make([]archive.ID, len(some))
		for i, it := range some {
			ids[i] = it.id
		}
		docs, err := g.a.Described(g.ctx, ids, append(whats, archive.AValue)...)
		if err != nil {
			return err
		}
		at := 0
		for _, d := range docs {
			for some[at].id != d.ID {
				at++
			}
			if err := f(some[at], g.look(d, some[at].unit)); err != nil {
				return fmt.Errorf("document %s (%s): %w", d.ID.Short(), d.Info.Name, err)
			}
		}
		if g.read += len(some); g.Progress != nil {
			g.Progress(min(g.read, g.all), g.all)
		}
	}
	return nil
}

// write writes the list of its kind.
func (g *lister) write() error {
	switch g.Kind {
	case FilesList:
		return g.files()
	case ContentsList:
		return g.contents()
	case NoteList:
		return g.notes()
	case ISADGList:
		return g.levels()
	}
	return g.filed()
}

// say is what a key says in the language of the list.
func (g *lister) say(key string, args ...any) string { return g.s.in(g.s.tags[0], key, args...) }

// inNone is the query for documents that lie in no unit.
const inNone = "-has:unit"

// under is what stands under the heading of the list: what it is about.
func (g *lister) under() []string {
	var out []string
	if g.top != nil {
		out = append(out, g.unitWords(g.top))
	}
	switch g.Query {
	case "":
	case inNone:
		out = append(out, g.say("list.nowhere"))
	default:
		out = append(out, g.say("printed-query", "query", g.Query))
	}
	return out
}

// unitWords are the reference code of a unit and its title.
func (g *lister) unitWords(u *archive.Unit) string {
	code := g.code(u)
	if u.Title == "" || code == u.Title {
		return code
	}
	return strings.TrimSpace(code + " " + u.Title)
}

// code is the reference code of a unit: the one that it says, else the one that the usual
// rule makes of where it stands; without any, its title.
func (g *lister) code(u *archive.Unit) string {
	if own := u.Values[g.roles.ref]; len(own) > 0 {
		return g.s.joined(own)
	}
	before, _, _ := g.rule.Around(u)
	if before = strings.TrimRight(before, "-/·"); before != "" {
		return before
	}
	return u.Key()
}
