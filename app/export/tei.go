package export

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"fonds/storage/archive"
)

// Format tei: tei/<id>.xml, one document a file, TEI P5 (tei_all 4.12.0). The header is
// written in teiheader.go, the text in teibody.go. Package ingest reads it back.

func init() {
	formats["tei"] = format{open: openTEI,
		positions: "none: marks stand around their words, or between anchors where they cross others. The text is that of the one ab element, code point for code point: " +
			"each line end and space as it stands, in choice the sic for the source text and the corr for the reading text, for each gap as many U+25AF (lacuna) or U+FFFD as its quantity says. " +
			"A zone on a surface: " + regionPositions}
}

// teiSet is what the files of a set have in common.
type teiSet struct {
	j       *job
	title   string
	edition int
	asOf    string
	labels  map[string]string // what each is for
	counts  map[string]int
}

func openTEI(j *job) (writer, error) {
	t := &teiSet{j: j, counts: map[string]int{}, labels: map[string]string{}}
	var err error
	if t.title, t.edition, t.asOf, err = j.state(); err != nil {
		return nil, err
	}
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range self.Palette() {
		t.labels[l.Name] = j.masked(l.Text)
	}
	return t, nil
}

// state is what a set is called, which edition it is, or is to be, and when the last
// thing was done that is in it.
func (j *job) state() (title string, edition int, asOf string, err error) {
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return "", 0, "", err
	}
	asOf, err = j.asOf()
	return cmp.Or(j.o.Title, untitled), j.edition(self), asOf, err
}

func (t *teiSet) write(d *Doc) error {
	t.counts["documents"]++
	t.counts["marks"] += len(d.Marks)
	countRegions(t.counts, "regions", len(d.Regions))
	t.counts["values"] += len(d.Fields)
	t.counts["tags"] += len(d.Tags)
	t.counts["corrections"] += len(d.Corrections)
	return t.j.file("tei/"+string(d.ID)+".xml", func(w io.Writer) error {
		x := startXML(w)
		b := &teiBody{x: x, d: d, who: people(d)}
		b.prepare()
		t.counts["spans"] += b.apart
		x.open("TEI", "xmlns", "http://www.tei-c.org/ns/1.0")
		h := &teiHeader{teiSet: t, teiBody: b, x: x, d: d}
		h.write()
		b.facsimile(func(page int) string { return t.j.picture(d, page) })
		b.write(first(languages(d)))
		b.standOff()
		x.close()
		t.counts["gaps"] += b.gaps
		t.counts["characters XML cannot hold"] += b.illegal
		return x.err
	})
}

func (t *teiSet) close() (map[string]int, error) { return t.counts, nil }

// people are those who have made or decided anything in the set, as pointers to their
// place in the header.
func people(d *Doc) map[string]string {
	all := map[string]bool{}
	add := func(by string, r Review) {
		all[by] = true
		if r.Decision != nil {
			all[r.Decision.By] = true
		}
	}
	for _, v := range d.Fields {
		add(v.By, v.Review)
	}
	for _, t := range d.Tags {
		add(t.By, t.Review)
	}
	for _, m := range d.Marks {
		add(m.By, m.Review)
	}
	for _, r := range d.Regions {
		add(r.By, r.Review)
	}
	for _, c := range d.Corrections {
		add(c.By, c.Review)
	}
	for _, n := range d.Notes {
		all[n.By] = true
	}
	if d.Approval != nil {
		all[d.Approval.By] = true
	}
	if d.Sample != nil {
		all[d.Sample.By] = true
	}
	out := map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(all)) {
		out[name] = fmt.Sprintf("#p%d", i+1)
	}
	return out
}

// languages are the languages of a document, as its description says them, or else as
// its text looks.
func languages(d *Doc) []string {
	var out []string
	for _, v := range d.inForce("dcterms:language") {
		if tag := languageTag(v); tag != "" && !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	if tag := languageTag(d.Language); len(out) == 0 && tag != "" && tag != "und" {
		out = append(out, tag)
	}
	return out
}

// inForce lists the values of fields that are in force, field after field, without
// that the source states none.
func (d *Doc) inForce(fields ...string) []string {
	var out []string
	for _, f := range fields {
		for _, v := range d.Fields {
			if v.Field == f && inForce(v.State) && !v.NotStated {
				out = append(out, v.Value)
			}
		}
	}
	return out
}

// inForce says whether something with a state is in force.
func inForce(state string) bool { return state == string(archive.Accepted) }

// accepted counts the values in force.
func accepted(d *Doc) int {
	n := 0
	for _, v := range d.Fields {
		if inForce(v.State) && !v.NotStated {
			n++
		}
	}
	return n
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// isoDate is a date as XML Schema and ISO 8601 both have it, or "" if s is none: a day,
// a month or a year of the calendar.
func isoDate(s string) string {
	s = strings.TrimSpace(s)
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 0 && isoDay.MatchString(s) {
			return s
		}
	}
	return ""
}

// teiVersion is the form that TEI asks of a program's version (teidata.versionNumber).
var teiVersion = regexp.MustCompile(`^[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}$`)
