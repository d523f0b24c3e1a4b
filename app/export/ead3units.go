package export

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"slices"

	"fonds/storage/archive"
)

// This file puts the components of an EAD3 into those of the units that they lie in. The
// documents come in the order of the set, so what is written of each waits in a file
// beside it until all are known.

// eadUnits is the arrangement of the documents of a set.
type eadUnits struct {
	tree *archive.Tree
	wait *os.File
	end  int64
	of   map[archive.ID][]piece // by unit, "" for none
}

// piece is what was written of a document.
type piece struct{ from, length int64 }

// newEADUnits is nil where nothing is arranged.
func newEADUnits(j *job, tree *archive.Tree) (*eadUnits, error) {
	if len(tree.Top) == 0 {
		return nil, nil
	}
	f, err := os.CreateTemp(j.folder, "*"+".part")
	if err != nil {
		return nil, cannot(j.o.Out, err)
	}
	return &eadUnits{tree: tree, wait: f, of: map[archive.ID][]piece{}}, nil
}

// drop takes the file beside the set away.
func (u *eadUnits) drop() {
	if u != nil {
		u.wait.Close()
		os.Remove(u.wait.Name())
	}
}

// aside lets a document be written to the file of those that wait.
func (w *eadWriter) aside(d *Doc, write func()) error {
	u := w.units
	if u == nil {
		write()
		return w.x.err
	}
	unit := u.tree.Unit(d.Unit)
	id, depth := archive.ID(""), 0
	if unit != nil {
		id, depth = unit.ID(), unit.Depth+1
	}
	var b bytes.Buffer
	to, in := w.x.w, w.x.in
	w.x.w, w.x.in = &b, slices.Concat(in, make([]string, depth))
	write()
	w.x.w, w.x.in = to, in
	if w.x.err != nil {
		return w.x.err
	}
	if _, err := u.wait.Write(b.Bytes()); err != nil {
		return cannot(w.j.o.Out, err)
	}
	u.of[id] = append(u.of[id], piece{u.end, int64(b.Len())})
	u.end += int64(b.Len())
	return nil
}

// arranged writes the units with the documents that lie in them, then those that lie in none.
func (w *eadWriter) arranged() error {
	u := w.units
	if u == nil {
		return nil
	}
	defer u.drop()
	for _, top := range u.tree.Top {
		w.unit(top)
	}
	w.waiting("")
	return w.x.err
}

// waiting copies the documents of a unit.
func (w *eadWriter) waiting(id archive.ID) {
	for _, p := range w.units.of[id] {
		if w.x.err == nil {
			_, w.x.err = io.Copy(w.x.w, io.NewSectionReader(w.units.wait, p.from, p.length))
		}
	}
}

// has says whether documents of the set lie in a unit or under it.
func (u *eadUnits) has(unit *archive.Unit) bool {
	return slices.ContainsFunc(unit.Under(), func(id archive.ID) bool { return len(u.of[id]) > 0 })
}

// unit writes a unit with all that lies in it and is in the set.
func (w *eadWriter) unit(u *archive.Unit) {
	if !w.units.has(u) {
		return
	}
	level := string(u.Level)
	if u.Level == archive.AtSeries && u.Over != nil && u.Over.Level == archive.AtSeries {
		level = "subseries"
	}
	w.counts["units"]++
	w.x.open("c", "level", level, "id", "u-"+string(u.ID()))
	d := &Doc{Document: &Document{Fields: w.j.unitValues(u)}}
	w.x.open("did")
	w.x.leaf("unittitle", w.j.masked(cmp.Or(w.j.unitTitle(u), u.Code, "Closed")))
	if u.Code != "" {
		w.x.leaf("unitid", w.j.masked(u.Code))
	}
	w.didRest(d)
	w.x.close()
	w.rest(d)
	w.waiting(u.ID())
	for _, k := range u.Units {
		w.unit(k)
	}
	w.x.close()
}
