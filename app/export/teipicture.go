package export

import (
	"fmt"
	"slices"

	"fonds/storage/archive"
)

// This file writes the pages of a document that can be shown as pictures (TEI P5 4.12: 11.1
// Digital Facsimiles): a surface a page, in it a zone for each region. A zone that is a mark
// says the same as a seg does of words; one that is the evidence of a value has no type, and
// the note of the value points to it.

// facsimile writes the facsimile element, where there are pages.
func (t *teiBody) facsimile(picture func(page int) string) {
	d, pages := t.d, archive.ParsePages(t.d.Recipe)
	if d.Pages == 0 {
		return
	}
	zones := map[int][]func(){} // by page
	for i := range d.Regions {
		r := &d.Regions[i]
		zones[r.Page] = append(zones[r.Page], func() {
			t.zone(r.Region, append([]string{"type", wordOf(r.Label)}, t.saidOfRegion(r)...)...)
		})
	}
	for i := range d.Fields {
		if v := &d.Fields[i]; v.Region != "" {
			page := shapeOf(v.Region).Page
			zones[page] = append(zones[page], func() { t.zone(v.Region, "xml:id", evidenceZone(v)) })
		}
	}
	t.x.open("facsimile")
	for page := range d.Pages {
		coordinates := []string{"xml:id", fmt.Sprintf("page%d", page+1), "n", fmt.Sprint(page + 1)}
		if w, h, ok := pages.Size(page + 1); ok && w > 0 && h > 0 {
			coordinates = append(coordinates, "ulx", "0", "uly", "0", "lrx", fmt.Sprint(w), "lry", fmt.Sprint(h))
		}
		t.x.open("surface", coordinates...)
		t.x.leaf("graphic", "", "url", picture(page+1))
		for _, put := range zones[page+1] {
			put()
		}
		t.x.close()
	}
	t.x.close()
}

// evidenceZone is the xml:id of the place of a value's evidence.
func evidenceZone(v *Value) string { return "e-" + string(v.ID) }

func (t *teiBody) zone(region string, said ...string) {
	r := shapeOf(region)
	var place []string
	if r.IsRect() {
		a, b := r.Points[0], r.Points[1]
		for i, name := range []string{"ulx", "uly", "lrx", "lry"} {
			place = append(place, name, fmt.Sprint([]int{a[0], a[1], b[0], b[1]}[i]))
		}
	} else {
		place = []string{"points", pointList(r.Points)}
	}
	t.x.leaf("zone", "", slices.Concat(place, said)...)
}

// saidOfRegion is said of a mark on a picture as said is of one in words.
func (t *teiBody) saidOfRegion(r *Region) []string {
	state, cert := stateOf(r.State)
	return []string{"xml:id", "m-" + string(r.ID), "resp", t.who[r.By], "cert", cert, "ana", state, "corresp", pointerTo(r.Authority)}
}

// regionNotes writes the comments on marks on pictures.
func (t *teiBody) regionNotes() {
	for _, r := range t.d.Regions {
		if r.Text != "" {
			t.x.leaf("note", r.Text, "type", "comment", "target", "#m-"+string(r.ID), "resp", t.who[r.By])
		}
	}
}
