package archive

import (
	"encoding/json"
	"maps"
	"slices"
)

// An import is recorded when it begins and when it ends, as facts about the archive:
// who brought in what lay where, how, and what became of it. One that began and did
// not end was interrupted, and can be continued. The documents themselves come in by
// document.import; an undo takes those out and passes by what is recorded here.
//
// Neither body names a file that came in: what is recorded of an import stays when a
// document of it is destroyed.

// The kinds that record an import.
const (
	ImportBeginKind = "import.begin"
	ImportEndKind   = "import.end"
)

// ImportBegin is an import that began.
type ImportBegin struct {
	ID        ID             `json:"id"`
	From      []string       `json:"from"`                // folders that were named, and those in which files were
	Files     int            `json:"files,omitempty"`     // files that were named one by one
	Encoding  string         `json:"encoding,omitempty"`  // that all files are said to be in
	Encodings map[string]int `json:"encodings,omitempty"` // chosen file by file: how many are in each
	LeftOut   int            `json:"left_out,omitempty"`  // files that the person left out
	Plain     bool           `json:"plain,omitempty"`     // files of other tools were read as texts
}

// How an import ended.
const (
	ImportFinished = "finished"
	ImportStopped  = "stopped"  // by the person
	ImportFailed   = "failed"   // the archive could not be written, or what was named was gone
	ImportGivenUp  = "given-up" // it was interrupted, and somebody left it so
)

// ImportEnd is what became of an import.
type ImportEnd struct {
	Of         ID             `json:"of"` // ImportBegin.ID
	How        string         `json:"how"`
	Continued  bool           `json:"continued,omitempty"` // after it had been interrupted
	Imported   int            `json:"imported"`            // documents that came in
	Before     int            `json:"before,omitempty"`    // of them, those that had before it was interrupted
	Duplicates int            `json:"duplicates"`          // files whose bytes were there already
	Skipped    int            `json:"skipped"`             // files that were left out
	Left       int            `json:"left,omitempty"`      // files that were not reached
	Beside     int            `json:"beside,omitempty"`    // files that were read with another
	Reasons    map[string]int `json:"reasons,omitempty"`   // of those left out
	Skips      []ImportSkip   `json:"skips,omitempty"`     // the first MostSkips of them
	Dropped    []string       `json:"dropped,omitempty"`   // what files of other tools say and could not be taken
}

// ImportSkip is a file that was left out.
type ImportSkip struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// MostSkips is how many of the files that were left out a report names.
const MostSkips = 500

// An Import is what the archive knows of one: how it began and, where it ended, how.
// The list of what was left out is in the operation that ended it (EndOp).
type Import struct {
	Begin ImportBegin `json:"begin"`
	End   *ImportEnd  `json:"end,omitempty"` // without Skips and Dropped; nil: it has not ended
	At    Clock       `json:"at,omitempty"`  // when it ended
	EndOp ID          `json:"end_op,omitempty"`
}

func init() {
	register(kind{name: ImportBeginKind, version: 1, archive: true, fixed: true, fact: true, ours: true},
		func(c *Ctx, e *Edit) (*ImportBegin, error) {
			b := *e.ImportBegin
			b.ID = c.NewID()
			return &b, nil
		}, func(d *Document, op *Op, b *ImportBegin) error {
			detail, err := json.Marshal(Import{Begin: *b})
			if err != nil {
				return err
			}
			d.add(op, Item{ID: b.ID, What: AnImport, Detail: string(detail)})
			return nil
		})
	register(kind{name: ImportEndKind, version: 1, archive: true, fixed: true, fact: true, ours: true},
		func(c *Ctx, e *Edit) (*ImportEnd, error) {
			b := *e.ImportEnd
			if _, err := c.Doc.running(b.Of); err != nil {
				return nil, err
			}
			b.Skips = b.Skips[:min(len(b.Skips), MostSkips)]
			b.Dropped = b.Dropped[:min(len(b.Dropped), MostSkips)]
			return &b, nil
		}, func(d *Document, op *Op, b *ImportEnd) error {
			it, err := d.running(b.Of)
			if err != nil {
				return err
			}
			im, err := it.Import()
			if err != nil {
				return err
			}
			end := *b
			end.Skips, end.Dropped, end.Reasons = nil, nil, maps.Clone(b.Reasons)
			im.End, im.At, im.EndOp = &end, op.Clock, op.ID
			detail, err := json.Marshal(im)
			if err != nil {
				return err
			}
			d.edit(op, it, func(it *Item) { it.Key, it.Detail = b.How, string(detail) })
			return nil
		})
}

// running is an import that has not ended.
func (d *Document) running(id ID) (*Item, error) {
	switch it := d.Item(id); {
	case it == nil || it.What != AnImport:
		return nil, Refuse("item-not-found", "what", AnImport, "id", id.Short())
	case it.Key != "":
		return nil, Refuse("import-ended", "who", it.RevBy)
	default:
		return it, nil
	}
}

// Import is what an item of the archive that is an import says.
func (it *Item) Import() (im Import, err error) {
	return im, json.Unmarshal([]byte(it.Detail), &im)
}

// Interrupted are the imports that began and have not ended, the latest first. One
// that goes on at this moment is among them.
func Interrupted(self *Document) []*Item {
	if self == nil {
		return nil
	}
	out := slices.DeleteFunc(self.Of(AnImport), func(it *Item) bool { return it.Key != "" })
	slices.Reverse(out)
	return out
}
