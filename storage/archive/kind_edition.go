package archive

import (
	"encoding/json"
	"strconv"
)

// An edition (版次) is a set of documents that was written out for others, with
// what it takes to write the same files again: the choice that was made, and the
// heads of the log at that moment. It is recorded after the files are there, and
// stays: what was given out cannot be called back by an undo.

// RecordKind is the kind that records an edition.
const RecordKind = "edition.record"

// EditionBody is one edition.
type EditionBody struct {
	ID     ID              `json:"id"`
	Number int             `json:"number"` // from 1
	Title  string          `json:"title,omitempty"`
	Heads  map[ID]Hash     `json:"heads"`  // of the chains that it was made of
	Choice json.RawMessage `json:"choice"` // as the program that wrote it says it
	Counts map[string]int  `json:"counts"` // what is in it, by what it is
	Hash   Hash            `json:"hash"`   // SHA-256 of its manifest, which names every file's

	Program string `json:"program"` // version that wrote it
}

func init() {
	register(kind{name: RecordKind, version: 1, archive: true, fixed: true, fact: true, ours: true}, prepareEdition, applyEdition)
}

func prepareEdition(c *Ctx, e *Edit) (*EditionBody, error) {
	b := *e.Edition
	b.ID, b.Number = c.NewID(), NextEdition(c.Doc)
	if e.Edition.Number != b.Number {
		return nil, Refuse("edition-taken", "n", e.Edition.Number)
	}
	return &b, nil
}

func applyEdition(d *Document, op *Op, b *EditionBody) error {
	detail, err := json.Marshal(b)
	if err != nil {
		return err
	}
	d.add(op, Item{ID: b.ID, What: AnEdition, Key: strconv.Itoa(b.Number), Text: b.Title, Source: b.Hash.String(), Detail: string(detail)})
	return nil
}

// Edition is what an item of the archive that is an edition says.
func (it *Item) Edition() (b EditionBody, err error) {
	return b, json.Unmarshal([]byte(it.Detail), &b)
}

// NextEdition is the number that the next edition of an archive gets.
func NextEdition(self *Document) int {
	last := 0
	for _, it := range self.Of(AnEdition) {
		if n, err := strconv.Atoi(it.Key); err == nil {
			last = max(last, n)
		}
	}
	return last + 1
}
