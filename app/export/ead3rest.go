package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// eadPlaces are the elements with paragraphs that have a field of their own.
var eadPlaces = []struct{ element, fields string }{
	{"scopecontent", "dcterms:description dcterms:abstract dcterms:tableOfContents"},
	{"accessrestrict", AccessField + " " + AvailableField},
	{"userestrict", "dcterms:rights dcterms:license dcterms:rightsHolder"},
	{"originalsloc", "dcterms:source"},
	{"custodhist", "dcterms:provenance"},
	{"altformavail", "dcterms:hasFormat dcterms:isFormatOf"},
	{"relatedmaterial", "dcterms:relation dcterms:isPartOf dcterms:hasPart dcterms:isReferencedBy dcterms:references dcterms:isVersionOf dcterms:hasVersion dcterms:replaces dcterms:isReplacedBy"},
}

// eadParagraphs are the elements of a component that are paragraphs, eadPoints those of
// its access points, eadIdentify those that identify it: what a template can map a field to.
var (
	eadParagraphs = []string{"accessrestrict", "accruals", "acqinfo", "altformavail", "appraisal", "arrangement", "bibliography", "bioghist", "custodhist",
		"originalsloc", "otherfindaid", "phystech", "processinfo", "relatedmaterial", "scopecontent", "separatedmaterial", "userestrict"}
	eadIdentify = []string{"unitid", "unittitle", "physdesc", "physloc"}
	eadPoints   = []string{"corpname", "famname", "function", "genreform", "geogname", "name", "occupation", "persname", "subject"}
)

// eadLevel is no element: the field says the level of the component.
const eadLevel = "c@level"

// eadAccess are the access points.
var eadAccess = []struct{ element, fields, relator string }{
	{"subject", "dcterms:subject", ""},
	{"geogname", "dcterms:coverage dcterms:spatial", ""},
	{"genreform", "dcterms:type", ""},
	{"name", "dcterms:contributor", "contributor"},
	{"name", "dcterms:publisher", "publisher"},
}

// eadDid are the fields that did writes.
const eadDid = "dcterms:title dcterms:alternative dcterms:identifier dcterms:created dcterms:date dcterms:issued dcterms:modified dcterms:creator" +
	" dcterms:extent dcterms:medium dcterms:format dcterms:language"

// eadPlaced are the fields that have a place of their own, whatever the template says.
var eadPlaced = func() []string {
	all := strings.Fields(eadDid)
	for _, a := range eadAccess {
		all = append(all, strings.Fields(a.fields)...)
	}
	for _, p := range eadPlaces {
		all = append(all, strings.Fields(p.fields)...)
	}
	return all
}()

// rest is what describes a document beyond did.
func (w *eadWriter) rest(d *Doc) {
	x := w.x
	w.access(d)
	for _, p := range eadPlaces {
		w.paragraphs(p.element, "", d.inForce(strings.Fields(p.fields)...))
	}
	for _, v := range d.Fields {
		element := cmp.Or(w.mapped[v.Field], "odd")
		if inForce(v.State) && !v.NotStated && !slices.Contains(eadPlaced, v.Field) && !slices.Contains(eadPoints, element) && !slices.Contains(eadIdentify, element) && element != eadLevel {
			w.paragraphs(element, v.Field, []string{v.Value})
		}
	}
	if l := w.j.o.Licence; l != "" && d.ID != "" {
		w.paragraphs("userestrict", "licence", []string{l})
	}
	if fields := d.notStated(); len(fields) > 0 {
		w.counts["fields the source does not state"] += len(fields)
		w.paragraphs("processinfo", "not-stated", []string{"The source does not state: " + strings.Join(fields, ", ") + "."})
	}
	if a := d.Approval; a != nil {
		words := fmt.Sprintf("Approved by %s, %s.", a.By, a.At)
		if !a.Holds {
			words += " It was changed since."
		}
		x.within("processinfo", "p", words)
	}
}

func (w *eadWriter) paragraphs(element, kind string, values []string) {
	if len(values) == 0 {
		return
	}
	w.x.open(element, "localtype", kind)
	for _, v := range values {
		w.x.leaf("p", v)
	}
	w.x.close()
}

// access writes the access points: tags and what the fields name. Marks are none:
// nobody has said that they are worth a look-up.
func (w *eadWriter) access(d *Doc) {
	type point struct{ element, relator, kind, value string }
	var points []point
	for _, t := range d.Tags {
		if inForce(t.State) {
			points = append(points, point{"subject", "", "tag", t.Tag})
		}
	}
	for _, a := range eadAccess {
		for _, v := range d.inForce(strings.Fields(a.fields)...) {
			points = append(points, point{a.element, a.relator, "", v})
		}
	}
	for _, v := range d.Fields {
		if element := w.mapped[v.Field]; inForce(v.State) && !v.NotStated && slices.Contains(eadPoints, element) {
			points = append(points, point{element, "", v.Field, v.Value})
		}
	}
	if len(points) == 0 {
		return
	}
	w.counts["access points"] += len(points)
	w.x.open("controlaccess")
	for _, p := range points {
		w.x.within(p.element, "part", p.value, "localtype", p.kind, "relator", p.relator)
	}
	w.x.close()
}

func (w *eadWriter) close() (map[string]int, error) {
	x := w.x
	if err := w.arranged(); err != nil {
		w.f.f.Close()
		return nil, err
	}
	x.close() // dsc
	x.within("processinfo", "p", fmt.Sprintf("%d documents are described, and %d listed that are closed.", w.counts["documents"], w.counts["closed"]))
	x.close()
	x.close()
	if x.err != nil {
		w.f.f.Close()
		return nil, x.err
	}
	return w.counts, w.j.done(w.f)
}
