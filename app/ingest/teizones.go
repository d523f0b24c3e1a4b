package ingest

import (
	"strings"
)

// Pages of a TEI document as pictures (P5, 11.1): each surface with a graphic is a page, each zone on it a region. Zones are
// counted in the coordinates of their surface, or in pixels where it has none. Several surfaces of one graphic are the pages
// of that in their order, unless its address names the page.

// teiSurface is a page.
type teiSurface struct {
	url      string
	from, of [2]float64 // of 0, 0: pixels
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
		if up.name == "surface" && s.url == "" {
			s.url = attr["url"]
		}
		return
	}
	z := &teiZone{id: attr["xml:id"], on: s, shape: zoneShape(s, attr), authority: d.authority(attr)}
	switch kind := strings.TrimSpace(attr["type"]); {
	case d.head.ours:
		z.label = fromWord(kind)
	default:
		z.label = cmpOr(cmpOr(kind, strings.TrimPrefix(strings.TrimSpace(attr["rendition"]), "#")), "zone")
	}
	d.zones = append(d.zones, z)
}

// zoneShape is where a zone lies; nil where it does not say.
func zoneShape(s *teiSurface, attr map[string]string) *shape {
	out := shape{from: s.from, of: s.of}
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
		if picture == "" || z.shape == nil {
			continue
		}
		one := drawn{name: "zone " + cmpOr(z.id, "without a name"), picture: picture, page: pages[z.on], shape: *z.shape}
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
