package export

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"fonds/app/template"
	"fonds/storage/archive"
)

// This file writes what goes with every set, beside its formats: how to cite it,
// by what its documents were described, and a page that says all of it in words.

// untitled is what a set is called that nobody has given a title.
const untitled = "Documents described with Fonds"

// papers writes them.
func (j *job) papers(m *Manifest) error {
	m.cite()
	if m.Title == "" {
		m.Title = untitled
	}
	if err := j.file("CITATION.cff", m.citation); err != nil {
		return err
	}
	if err := j.vocabulary(m); err != nil {
		return err
	}
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return err
	}
	data, err := template.Source(self)
	if err == nil { // else one that this program does not have; the manifest names it
		err = j.file("template.json", func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := j.arrangement(self); err != nil {
		return err
	}
	return j.about(m)
}

// unitPaper is a unit of the arrangement, as arrangement.json has it.
type unitPaper struct {
	ID     archive.ID          `json:"id"`
	In     archive.ID          `json:"in,omitempty"` // the unit that it lies in
	Path   string              `json:"path"`
	Level  archive.Level       `json:"level"`
	Code   string              `json:"code,omitempty"`
	Title  string              `json:"title,omitempty"`
	Values map[string][]string `json:"values,omitempty"`
}

// arrangement writes the units in which documents of the set lie, where there are some:
// what is not given out is not spoken of.
func (j *job) arrangement(self *archive.Document) error {
	all := slices.DeleteFunc(self.Units().All(), func(u *archive.Unit) bool {
		return !slices.ContainsFunc(u.Under(), func(id archive.ID) bool { return j.inUnits[id] })
	})
	if len(all) == 0 {
		return nil
	}
	out := make([]unitPaper, len(all))
	for i, u := range all {
		p := &out[i]
		*p = unitPaper{ID: u.ID(), Path: j.masked(j.unitPath(u)), Level: u.Level, Code: j.masked(u.Code), Title: j.masked(j.unitTitle(u))}
		if u.Over != nil {
			p.In = u.Over.ID()
		}
		for _, v := range j.unitValues(u) {
			if p.Values == nil {
				p.Values = map[string][]string{}
			}
			p.Values[v.Field] = append(p.Values[v.Field], v.Value)
		}
	}
	return j.jsonFile("arrangement.json", out)
}

// unitValues are the values of a unit that may be given out, as those of a document are.
func (j *job) unitValues(u *archive.Unit) (out []Value) {
	if closedUnit(u, j.o.Day) {
		return nil
	}
	for _, f := range slices.Sorted(maps.Keys(u.Values)) {
		if j.mask != nil && j.mask.fields[f] {
			continue
		}
		for _, v := range u.Values[f] {
			out = append(out, Value{Field: f, Value: j.masked(v), State: string(archive.Accepted)})
		}
	}
	return out
}

// unitTitle is the title of a unit, "" where it is closed: it may say what may not be read.
func (j *job) unitTitle(u *archive.Unit) string {
	if closedUnit(u, j.o.Day) {
		return ""
	}
	return u.Title
}

// unitPath is the way to a unit from the top; one that is closed and has no code stands in
// it as the end of its id.
func (j *job) unitPath(u *archive.Unit) string {
	var keys []string
	for _, over := range u.Line() {
		keys = append(keys, cmp.Or(over.Code, j.unitTitle(over), over.ID().Short()))
	}
	return strings.Join(keys, "/")
}

// citation writes the set's CITATION.cff (Citation File Format 1.2.0). Strings of
// JSON are strings of YAML.
func (m *Manifest) citation(w io.Writer) error {
	var b strings.Builder
	b.WriteString("cff-version: 1.2.0\nmessage: \"If you use these documents, please cite them as below.\"\ntype: dataset\n")
	fmt.Fprintf(&b, "title: %s\nauthors:\n", quoteJSON(m.Title))
	for _, who := range m.Creators {
		fmt.Fprintf(&b, "  - name: %s\n", quoteJSON(who))
	}
	if len(m.Creators) == 0 {
		b.WriteString("  - name: \"Anonymous\"\n")
	}
	if m.Edition > 0 {
		fmt.Fprintf(&b, "version: \"%d\"\n", m.Edition)
	}
	if day, _, ok := strings.Cut(m.AsOf, "T"); ok {
		fmt.Fprintf(&b, "date-released: %s\n", day)
	}
	switch {
	case m.Licence == "":
	case strings.Contains(m.Licence, "://"):
		fmt.Fprintf(&b, "license-url: %s\n", quoteJSON(m.Licence))
	default:
		fmt.Fprintf(&b, "license: %s\n", quoteJSON(m.Licence))
	}
	var heads []string
	for _, replica := range slices.Sorted(maps.Keys(m.Heads)) {
		heads = append(heads, m.Heads[replica].String())
	}
	fmt.Fprintf(&b, "abstract: %s\n", quoteJSON(fmt.Sprintf("%d documents. Heads of the log of the archive: %s.", m.Set.Documents, strings.Join(heads, ", "))))
	_, err := io.WriteString(w, b.String())
	return err
}

// quoteJSON is s as a string of JSON.
func quoteJSON(s string) string {
	var b strings.Builder
	_ = encoder(&b).Encode(legal(s)) // a string can always be encoded
	return strings.TrimSpace(b.String())
}

// vocabularyFile is vocabulary.json: the labels of marks and the tags of the set.
type vocabularyFile struct {
	Labels []jsonlLabel `json:"labels"`
	Tags   []tagCount   `json:"tags"`
}

type tagCount struct {
	Tag       string `json:"tag"`
	Documents int    `json:"documents"`
}

func (j *job) vocabulary(m *Manifest) error {
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return err
	}
	v := vocabularyFile{[]jsonlLabel{}, []tagCount{}}
	for _, l := range self.Palette() {
		v.Labels = append(v.Labels, j.label(l))
	}
	for _, t := range slices.Sorted(maps.Keys(m.tags)) {
		v.Tags = append(v.Tags, tagCount{t, m.tags[t]})
	}
	return j.jsonFile("vocabulary.json", v)
}

func (j *job) label(l archive.Label) jsonlLabel {
	return jsonlLabel{l.Name, j.masked(l.Text), l.Style, l.Key}
}

// masked is s as it may be given out.
func (j *job) masked(s string) string {
	if j.mask == nil {
		return s
	}
	return j.mask.string(s)
}

// legal is s without what no text format can hold: control characters, code points
// that are none of Unicode's characters, and bytes that are no UTF-8.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		if !textual(r) {
			return 0xFFFD
		}
		return r
	}, s)
}

// textual says whether XML 1.0 (2.2, Char) has a code point and Unicode calls it a
// character.
func textual(r rune) bool {
	switch {
	case r == 0x9, r == 0xA, r == 0xD:
		return true
	case r < 0x20, r >= 0x7F && r <= 0x9F && r != 0x85:
		return false
	}
	return r&0xFFFE != 0xFFFE && (r < 0xFDD0 || r > 0xFDEF)
}
