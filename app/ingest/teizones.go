package ingest

import (
	"strings"
)

// Pages of a TEI document as pictures (P5, 11.1): each surface with a graphic is a page, each zone on it a region. Zones are
// counted in the coordinates of their surface, or in pixels where it has none. Where the graphic stands in a zone it shows
// that zone, which is no region then; of several such the picture is that of the largest. Several surfaces of one graphic
// are the pages of that in their order, unless its address names the page.

// teiSurface is a page.
type teiSurface struct {
	url      string
	from, of [2]float64 // what the picture shows of it; of 0, 0: as many as it has pixels
	zone     *teiZone   // the picture is that of this zone

	ownFrom, ownOf [2]float64 // then its own coordinates
}

// teiZone is a place on a page.
type teiZone struct {
	id, label, authority string
	on                   *teiSurface
	shape                *shape // nil where it has no place
}

// teiShows is that a zone shows the evidence of a value.
type teiShows struct{ zone, field, value string }

// picture enters a surface, a graphic or a zone.
func (r *teiReader) picture(f, up *teiFrame, attr map[string]string) {
	d := r.doc()
	if !r.within("facsimile") && !r.within("sourceDoc") {
		return
	}
	if f.name == "surface" {
		s := &teiSurface{}
		if v, ok := decimals([]string{attr["ulx"], attr["uly"], attr["lrx"], attr["lry"]}); ok && v[2] > v[0] && v[3] > v[1] {
			s.from, s.of = [2]float64{v[0], v[1]}, [2]float64{v[2] - v[0], v[3] - v[1]}
		}
		d.surfaces = append(d.surfaces, s)
		return
	}
	if len(d.surfaces) == 0 || !r.within("surface") {
		return
	}
	s := d.surfaces[len(d.surfaces)-1]
	if f.name == "graphic" {
		s.graphic(up.name, attr["url"], d.zones)
		return
	}
	z := &teiZone{id: attr["xml:id"], on: s, shape: zoneShape(attr), authority: d.authority(attr)}
	switch kind := strings.TrimSpace(attr["type"]); {
	case d.head.ours:
		z.label = fromWord(kind)
	default:
		z.label = cmpOr(cmpOr(kind, strings.TrimPrefix(strings.TrimSpace(attr["rendition"]), "#")), "zone")
	}
	d.zones = append(d.zones, z)
}

// graphic takes a picture of the surface, or of the last zone.
func (s *teiSurface) graphic(in, url string, zones []*teiZone) {
	switch {
	case in == "surface" && (s.url == "" || s.zone != nil):
		if s.zone != nil { // the surface's own counts as that does
			s.from, s.of = s.ownFrom, s.ownOf
		}
		s.url, s.zone = url, nil
	case in == "zone" && len(zones) > 0 && (s.url == "" || s.zone != nil):
		z := zones[len(zones)-1]
		if z.shape == nil || !z.shape.rect || z.on != s {
			return
		}
		a, b := z.shape.points[0], z.shape.points[1]
		if w, h := b[0]-a[0], b[1]-a[1]; w > 0 && h > 0 && (s.zone == nil || w*h > s.of[0]*s.of[1]) {
			if s.zone == nil {
				s.ownFrom, s.ownOf = s.from, s.of
			}
			s.url, s.zone, s.from, s.of = url, z, a, [2]float64{w, h}
		}
	}
}

// zoneShape is where a zone lies, in the coordinates of its surface; nil where it does not say.
func zoneShape(attr map[string]string) *shape {
	out := shape{}
	if attr["points"] != "" {
		points, err := pointsOf(strings.FieldsFunc(attr["points"], between))
		if err != nil {
			return nil
		}
		out.points = points
		return &out
	}
	v, ok := decimals([]string{attr["ulx"], attr["uly"], attr["lrx"], attr["lry"]})
	if !ok {
		return nil
	}
	out.rect, out.points = true, [][2]float64{{v[0], v[1]}, {v[2], v[3]}}
	return &out
}

// noGraphic stands for the address of a picture where a surface has none.
const noGraphic = "a surface without a graphic"

// pages are the addresses of the pictures of a document, each once.
func (d *teiDocument) pages() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range d.surfaces {
		if picture, _ := onPage(s.url); picture != "" && !seen[picture] {
			seen[picture] = true
			out = append(out, picture)
		}
	}
	return out
}

// drawn are the zones on pages that have a picture.
func (d *teiDocument) drawn() []drawn {
	pages := map[*teiSurface]int{}
	count := map[string]int{}
	for _, s := range d.surfaces {
		picture, page := onPage(s.url)
		if count[picture]++; picture == s.url {
			page = count[picture]
		}
		pages[s] = page
	}
	comments, shows := map[string]string{}, map[string][]teiShows{}
	for _, n := range d.notes {
		if n.kind == "comment" {
			comments[n.target] = n.text
		}
	}
	for _, s := range d.shows {
		shows[s.zone] = append(shows[s.zone], s)
	}
	var out []drawn
	for _, z := range d.zones {
		picture, _ := onPage(z.on.url)
		if z.shape == nil || z == z.on.zone {
			continue
		}
		one := drawn{name: "zone " + cmpOr(z.id, "without a name"), picture: cmpOr(picture, noGraphic), page: pages[z.on], shape: *z.shape}
		one.shape.from, one.shape.of = z.on.from, z.on.of
		if of := shows[z.id]; d.head.ours && strings.HasPrefix(z.id, "e-") {
			for _, s := range of {
				one.field, one.said.Comment = s.field, s.value
				out = append(out, one)
			}
			continue
		}
		one.said = Region{Label: z.label, Comment: comments[z.id], Authority: z.authority}
		out = append(out, one)
	}
	return out
}
