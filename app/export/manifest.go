package export

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
)

// Manifest is what OUT/manifest.json says.
type Manifest struct {
	Program   string                      `json:"program"`
	Version   string                      `json:"version"`
	Edition   int                         `json:"edition,omitempty"` // 0: it was not recorded as one
	Title     string                      `json:"title"`
	Creators  []string                    `json:"creators"`
	Licence   string                      `json:"licence,omitempty"`
	Formats   []string                    `json:"formats"`
	Filter    Choice                      `json:"filter"`
	AsOf      string                      `json:"as_of"` // of the last operation in it
	Heads     map[archive.ID]archive.Hash `json:"heads"` // of each copy's chain, hex
	Counts    map[string]map[string]int   `json:"counts"`
	Set       SetCounts                   `json:"set"`
	Template  string                      `json:"template"`
	Masking   *Masking                    `json:"masking,omitempty"`
	Positions map[string]string           `json:"positions"` // by format
	Files     []File                      `json:"files"`     // by path; all but this one
	Notes     []string                    `json:"notes"`

	authors map[string]bool // of what is in the set
	tags    map[string]int
}

// SetCounts says what became of the documents that the filter found.
type SetCounts struct {
	Documents int `json:"documents"` // written
	Approved  int `json:"approved"`  // of these, with an approval that holds
	Open      int `json:"open"`      // of these, with open proposals
	LookAgain int `json:"look_again"`
	LeftOut   int `json:"closed_left_out"`
	Listed    int `json:"closed_listed"`
	Masked    int `json:"masked"` // documents with something masked
}

// Masking says what was masked and how.
type Masking struct {
	Labels  []string `json:"labels"`
	Fields  []string `json:"fields"`
	Mark    string   `json:"mark"`
	Places  int      `json:"places"` // in source texts
	Waivers []Waived `json:"waivers"`
}

// Waived is a waiver with the files that it let the words stand in.
type Waived struct {
	Waiver
	Files []string `json:"files"`
}

// File is one file of an export.
type File struct {
	Path   string `json:"path"` // below OUT, slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// begin is the manifest before anything is written.
func (j *job) begin() (m Manifest, err error) {
	m = Manifest{Program: "Fonds", Version: j.o.Version, Title: j.o.Title, Licence: j.o.Licence, Formats: j.o.Formats, Filter: j.o.Choice,
		Counts: map[string]map[string]int{}, Positions: map[string]string{}, authors: map[string]bool{}, tags: map[string]int{}}
	for _, f := range j.o.Formats {
		if p := formats[f].positions; p != "" {
			m.Positions[f] = p
		}
	}
	if m.Heads, err = j.a.Heads(j.ctx); err != nil {
		return m, err
	}
	if m.AsOf, err = j.asOf(); err != nil {
		return m, err
	}
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return m, err
	}
	m.Template, m.Notes = self.Setting(archive.TemplateSetting), notes(j.o.Choice, self.Rules())
	m.Edition = j.edition(self)
	return m, nil
}

// asOf is the moment of the last operation of the archive; "" where there is none.
func (j *job) asOf() (when string, err error) {
	latest, err := j.a.History(j.ctx, "", 1)
	for _, e := range latest {
		when = Time(e.Clock)
	}
	return when, err
}

// edition is the number of the edition that is being written; 0: it is none.
func (j *job) edition(self *archive.Document) int {
	if j.o.Edition == 0 && j.o.Record {
		return archive.NextEdition(self)
	}
	return j.o.Edition
}

// count takes a document into the counts; nil is one that was left out.
func (m *Manifest) count(d *Doc) {
	switch {
	case d == nil:
		m.Set.LeftOut++
		return
	case d.Closed != nil:
		m.Set.Listed++
		return
	}
	m.Set.Documents++
	if d.Approval != nil && d.Approval.Holds {
		m.Set.Approved++
	}
	if d.Proposals > 0 {
		m.Set.Open++
	}
	if d.Masked > 0 {
		m.Set.Masked++
		m.Masking.Places += d.Masked
	}
	again := 0
	for _, k := range d.Marks {
		m.authors[k.By] = true
		if k.LookAgain {
			again = 1
		}
	}
	m.Set.LookAgain += again
	for _, k := range d.Regions {
		m.authors[k.By] = true
	}
	for _, f := range d.Fields {
		m.authors[f.By] = true
	}
	for _, t := range d.Tags {
		m.authors[t.By] = true
		m.tags[t.Tag]++
	}
	for _, c := range d.Corrections {
		m.authors[c.By] = true
	}
}

// cite says whom to cite: who was chosen, or who made what is in the set.
func (m *Manifest) cite() {
	if m.Creators = m.Filter.Creator; len(m.Creators) > 0 {
		return
	}
	delete(m.authors, Machine)
	if m.Creators = slices.Sorted(maps.Keys(m.authors)); m.Creators == nil {
		m.Creators = []string{}
	}
}

// notes says in words what the set means, so that a reader in ten years knows.
func notes(c Choice, r *archive.Rules) []string {
	set := "Set approved: what is in force. This archive asks for no review, so that what a person did is in force at once; what a machine proposed and nobody took is not in this export."
	switch {
	case c.Set == All:
		set = "Set all: what is in force and what is proposed; \"state\" says which. The reading text holds the corrections in force and no others."
	case r.Review != archive.ReviewNone || len(r.Fields) > 0:
		set = "Set approved: what is in force. This archive asks for review: what it asks it for came into force by the decision of another person than its author, unless the decision says \"alone\"; what waits for a decision is not in this export."
	}
	return []string{set,
		"Positions are Unicode code points, start included, end not, counted in the source text; those under \"reading\" in the reading text. A format that counts otherwise says so under \"positions\".",
		"Names of people are asserted, not proven. The heads of the log tell this state of the archive from every other: an archive that gives other heads has been changed, or written anew, since.",
		"What verify proves: the chain shows accidents, partial edits, deletions and reordering; someone who rewrites the whole file is found only against a head kept elsewhere, such as those above. It does not prove who somebody is.",
	}
}

// manifest writes the manifest and says its SHA-256.
func (j *job) manifest(m Manifest) (sum archive.Hash, err error) {
	h := sha256.New()
	err = j.file("manifest.json", func(w io.Writer) error {
		enc := encoder(io.MultiWriter(w, h))
		enc.SetIndent("", "  ")
		return enc.Encode(m)
	})
	j.files = slices.DeleteFunc(j.files, func(f File) bool { return f.Path == "manifest.json" }) // it cannot name itself
	return archive.Hash(h.Sum(nil)), err
}

// editionOf is the edition that is to be written again; its choice is put into o.
func editionOf(a *storage.Archive, o *Options, self *archive.Document) (*archive.EditionBody, error) {
	for _, it := range self.Of(archive.AnEdition) {
		if it.Key != fmt.Sprint(o.Edition) {
			continue
		}
		b, err := it.Edition()
		if err != nil {
			return nil, fmt.Errorf("edition %d: %w", o.Edition, err)
		}
		o.Choice = Choice{}
		if err := json.Unmarshal(b.Choice, &o.Choice); err != nil {
			return nil, fmt.Errorf("edition %d: its choice cannot be read: %w", o.Edition, err)
		}
		o.Version = b.Program // that of the files, whoever writes them again
		return &b, nil
	}
	return nil, fmt.Errorf("%w: there is no edition %d in %s; `fonds editions` lists them", ErrEdition, o.Edition, a.Path())
}

// same is the edition that a set would be once more: chosen alike, by the same
// program, with nothing done since but recording editions; 0 where there is none.
func same(ctx context.Context, a *storage.Archive, self *archive.Document, o *Options) (int, error) {
	choice, err := json.Marshal(o.Choice)
	if err != nil {
		return 0, err
	}
	undated := o.Choice
	undated.Day = ""
	anyDay, err := json.Marshal(undated)
	if err != nil {
		return 0, err
	}
	recorded := map[archive.ID]bool{} // operations
	last, err := a.History(ctx, "", 100)
	if err != nil {
		return 0, err
	}
	for _, e := range last {
		if e.Kind != archive.RecordKind {
			break
		}
		recorded[e.ID] = true
	}
	for _, it := range self.Of(archive.AnEdition) {
		if !recorded[it.Rev] {
			continue
		}
		b, err := it.Edition()
		if err == nil && b.Program == o.Version && (equalJSON(b.Choice, choice) || equalJSON(b.Choice, anyDay)) {
			return b.Number, nil
		}
	}
	return 0, nil
}

func equalJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// other says why an edition would not be what it was; now is the archive as it is.
func (j *job) other(now *storage.Archive, was *archive.EditionBody, running string) error {
	var why []string
	if running != was.Program {
		why = append(why, fmt.Sprintf("Fonds %s may write other files than Fonds %s, with which it was made", running, was.Program))
	}
	gone, err := now.Destroyed(j.ctx)
	if err != nil {
		return err
	}
	for _, d := range gone {
		why = append(why, fmt.Sprintf("document %s was destroyed on %s, under %s", d.Doc.Short(), Time(d.At), d.Authority))
	}
	if len(why) == 0 {
		why = append(why, "the archive or the program has changed in a way that it does not know of; run `fonds verify`")
	}
	return fmt.Errorf("%w: edition %d would not be the same bytes again: %s; export the set anew", ErrEdition, was.Number, strings.Join(why, "; "))
}

// record records what was written as an edition.
func (j *job) record(a *storage.Archive, m *Manifest, sum archive.Hash) error {
	choice, err := json.Marshal(m.Filter)
	if err != nil {
		return err
	}
	counts := map[string]int{"documents": m.Set.Documents}
	for _, of := range m.Counts {
		for what, n := range of {
			counts[what] = max(counts[what], n)
		}
	}
	_, err = a.Apply(j.ctx, j.o.As, &archive.Edit{Do: archive.RecordKind, Edition: &archive.EditionBody{Number: m.Edition, Title: m.Filter.Title, Heads: m.Heads,
		Choice: choice, Counts: counts, Program: j.o.Version, Hash: sum}})
	return err
}

// Warnings say in words what whoever gives the set out should know.
func (m *Manifest) Warnings() []string {
	var out []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			out = append(out, "1 "+one)
		case n > 1:
			out = append(out, fmt.Sprintf("%d %s", n, many))
		}
	}
	add(m.Set.Open, "document has open proposals.", "documents have open proposals.")
	add(m.Set.LookAgain, "document has a mark to look at again.", "documents have marks to look at again.")
	add(m.Set.LeftOut, "document is closed and was left out.", "documents are closed and were left out.")
	add(m.Set.Listed, "document is closed and is only listed.", "documents are closed and are only listed.")
	add(m.Counts["jsonl"][removedInLog], "document that was taken out of view is in jsonl/log.jsonl.", "documents that were taken out of view are in jsonl/log.jsonl.")
	if n := m.Counts["jsonl"]; m.Filter.Set == All && n != nil && n["log"] == 0 {
		out = append(out, "The set is not the whole archive: jsonl holds its documents with their history, and not the log.")
	}
	if m.Masking != nil {
		for _, w := range m.Masking.Waivers {
			if len(w.Files) == 0 {
				out = append(out, fmt.Sprintf("The waiver for %q lets nothing stand: no such words were left.", w.Words))
			}
		}
	}
	add(m.Set.Masked, "document has something masked; its original is left out.", "documents have something masked; their originals are left out.")
	return out
}
