package export

import (
	"cmp"
	"io"
	"strings"

	"fonds/app/template"
)

// Format dc: dc/<id>.xml, one document a file, as OAI-PMH hands it on: oai_dc
// (openarchives.org/OAI/2.0/oai_dc.xsd), the fifteen elements of Dublin Core. It has no
// place for who said something or how it stands: what is in force is written, and
// nothing that is only proposed. Fields of other standards go into the element that the
// archive's template maps them to. That the source does not state something is left out:
// an element holds a value, and a harvester would take any words for one.

func init() {
	formats["dc"] = format{open: func(j *job) (writer, error) {
		self, err := j.a.Self(j.ctx)
		if err != nil {
			return nil, err
		}
		w := &dcWriter{j, map[string][]string{}, map[string]int{}}
		for _, f := range template.Of(self).Fields {
			if term := f.Map["dc"]; term != "" && f.ID != "dcterms:"+term {
				w.also[term] = append(w.also[term], f.ID)
			}
		}
		return w, nil
	}}
}

// dcElements are the fifteen elements, in the order of the standard, each with the
// terms that say the same or more (DCMI Metadata Terms, "Subproperty of"). Every other
// term has no element: audience, provenance, the accrual and rightsHolder.
var dcElements = []struct {
	name  string
	terms string
}{
	{"title", "title alternative"},
	{"creator", "creator"},
	{"subject", "subject"},
	{"description", "description abstract tableOfContents"},
	{"publisher", "publisher"},
	{"contributor", "contributor"},
	{"date", "date created issued available modified valid dateAccepted dateCopyrighted dateSubmitted"},
	{"type", "type"},
	{"format", "format extent medium"},
	{"identifier", "identifier bibliographicCitation"},
	{"source", "source"},
	{"language", "language"},
	{"relation", "relation conformsTo hasFormat hasPart hasVersion isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy isVersionOf references replaces requires"},
	{"coverage", "coverage spatial temporal"},
	{"rights", "rights accessRights license"},
}

type dcWriter struct {
	j      *job
	also   map[string][]string // by a term, the fields that the template says are it (its map)
	counts map[string]int
}

func (w *dcWriter) write(d *Doc) error {
	w.counts["documents"]++
	return w.j.file("dc/"+string(d.ID)+".xml", func(out io.Writer) error {
		x := startXML(out)
		x.open("oai_dc:dc", "xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/", "xmlns:dc", "http://purl.org/dc/elements/1.1/",
			"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance",
			"xsi:schemaLocation", "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
		written := 0
		for _, e := range dcElements {
			var fields []string
			for term := range strings.FieldsSeq(e.terms) {
				fields = append(append(fields, "dcterms:"+term), w.also[term]...)
			}
			values := d.inForce(fields...)
			written += len(values)
			if e.name == "date" {
				var said []string
				for _, v := range values {
					said = append(said, w3cDates(v)...)
				}
				values = said
			}
			for _, v := range append(values, w.besides(e.name, d, len(values) > 0)...) {
				x.leaf("dc:"+e.name, v)
				w.counts["elements"]++
			}
		}
		x.close()
		if n := len(d.notStated()); n > 0 {
			w.counts["fields the source does not state"] += n
		}
		if left := accepted(d) - written; left > 0 {
			w.counts["values without an element"] += left
		}
		return x.err
	})
}

// besides is what an element says beside the description; has says whether that fills
// it.
func (w *dcWriter) besides(element string, d *Doc, has bool) []string {
	var out []string
	switch element {
	case "title":
		if !has {
			out = append(out, cmp.Or(d.Name, d.URN()))
		}
	case "subject":
		for _, t := range d.Tags {
			if inForce(t.State) {
				out = append(out, t.Tag)
			}
		}
	case "format":
		out = append(out, d.Format)
	case "identifier":
		out = append(out, d.URN())
	case "language":
		if !has {
			out = languages(d)
		}
	case "rights":
		if l := w.j.o.Licence; l != "" {
			out = append(out, l)
		}
	}
	return out
}

func (w *dcWriter) close() (map[string]int, error) { return w.counts, nil }
