package export

import (
	"fmt"
	"strings"

	"fonds/storage/archive"
)

// This file writes marks on pictures for Label Studio: the pages of a document are the
// images of its task (labelstud.io/tags/image, valueList), and a region says with
// item_index on which of them it lies. Label Studio counts in percent of the picture; how
// large that is stands beside. Where it is not known the region is left out.
//
// An image is the place of the original in the set, or the document's URN where it is not
// given out; of several pages with #page=. Label Studio shows what a browser can: a TIFF or
// a PDF wants pictures of its pages put in the place of these addresses.

// labelStudioOn says on which picture a region lies, and how large that is in pixels.
type labelStudioOn struct {
	Width    int `json:"original_width"`
	Height   int `json:"original_height"`
	Rotation int `json:"image_rotation"`
	Item     int `json:"item_index"` // page, from 0
}

// labelStudioShape is a rectangle, or a polygon where it has points; all in percent.
type labelStudioShape struct {
	X        *float64     `json:"x,omitempty"`
	Y        *float64     `json:"y,omitempty"`
	Width    *float64     `json:"width,omitempty"`
	Height   *float64     `json:"height,omitempty"`
	Rotation *float64     `json:"rotation,omitempty"`
	Points   [][2]float64 `json:"points,omitempty"`
	Closed   bool         `json:"closed,omitempty"`

	Rectangles []string `json:"rectanglelabels,omitempty"`
	Polygons   []string `json:"polygonlabels,omitempty"`
	Text       []string `json:"text,omitempty"` // of a text area
}

// The names of the controls of pictures in config.xml.
const (
	labelStudioImage        = "image"
	labelStudioRectangle    = "rectangle"
	labelStudioPolygon      = "polygon"
	labelStudioImageComment = "image-comment"
	labelStudioImageURI     = "image-authority"
)

// pages are the addresses of the pictures of a document.
func (w *labelStudioWriter) pages(d *Doc) []string {
	var out []string
	for n := range d.Pages {
		out = append(out, w.j.picture(d, n+1))
	}
	w.images = w.images || len(out) > 0
	return out
}

// regions are the results of a document's marks on pictures.
func (w *labelStudioWriter) regions(d *Doc) []labelStudioResult {
	var out []labelStudioResult
	pages := archive.ParsePages(d.Recipe)
	for _, r := range d.Regions {
		width, height, ok := pages.Size(r.Page)
		if !ok || width < 1 || height < 1 {
			w.counts[regionsLeftOut]++
			continue
		}
		w.counts["regions"]++
		w.drawn[legal(r.Label)] = true
		shape, name := shapeIn(r.Region, float64(width), float64(height))
		put := func(from, kind string, value labelStudioShape) {
			out = append(out, labelStudioResult{string(r.ID), from, labelStudioImage, kind, value, &labelStudioOn{width, height, 0, r.Page - 1}})
		}
		labelled := shape
		if labels := []string{legal(r.Label)}; name == labelStudioRectangle {
			labelled.Rectangles = labels
		} else {
			labelled.Polygons = labels
		}
		put(name, name+"labels", labelled)
		for _, a := range []area{{labelStudioImageComment, r.Text}, {labelStudioImageURI, r.Authority}} {
			if a.text != "" {
				said := shape
				said.Text = []string{legal(a.text)}
				put(a.name, "textarea", said)
			}
		}
	}
	return out
}

// shapeIn is a region in percent of a picture, and the control that it is drawn with.
func shapeIn(region string, width, height float64) (labelStudioShape, string) {
	r := shapeOf(region)
	if !r.IsRect() {
		s := labelStudioShape{Closed: true}
		for _, p := range r.Points {
			s.Points = append(s.Points, [2]float64{100 * float64(p[0]) / width, 100 * float64(p[1]) / height})
		}
		return s, labelStudioPolygon
	}
	x, y, w, h := r.Box()
	percent := func(n int, of float64) *float64 {
		v := 100 * float64(n) / of
		return &v
	}
	return labelStudioShape{X: percent(x, width), Y: percent(y, height), Width: percent(w, width), Height: percent(h, height), Rotation: new(float64)}, labelStudioRectangle
}

// controls are those of pictures in the interface, in lines; none where there are none.
func (w *labelStudioWriter) controls() (string, error) {
	if !w.images {
		return "", nil
	}
	labels, err := w.j.labelsOf(w.drawn)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  <Image name=\"%s\" valueList=\"$images\"/>\n", labelStudioImage)
	for _, c := range []struct{ tag, name string }{{"RectangleLabels", labelStudioRectangle}, {"PolygonLabels", labelStudioPolygon}} {
		fmt.Fprintf(&b, "  <%s name=\"%s\" toName=\"%s\">\n", c.tag, c.name, labelStudioImage)
		for _, l := range labels {
			fmt.Fprintf(&b, "    <Label value=\"%s\"/>\n", xmlAttribute(l))
		}
		fmt.Fprintf(&b, "  </%s>\n", c.tag)
	}
	for _, name := range []string{labelStudioImageComment, labelStudioImageURI} {
		fmt.Fprintf(&b, "  <TextArea name=\"%s\" toName=\"%s\" perRegion=\"true\" placeholder=\"%s\" editable=\"true\"/>\n", name, labelStudioImage, name)
	}
	return b.String(), nil
}
