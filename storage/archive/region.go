package archive

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Region is a part of the picture of a page: a rectangle or a polygon, in pixels of the picture upright, as W3C Media
// Fragments and SVG have it: from the left upper corner, whole numbers. Of a page of a PDF the pixels are those of the
// page at 300 dots an inch.
type Region struct {
	Page   int      // from 1
	Points [][2]int // two opposite corners of a rectangle: the left upper one and the right lower one; three and more of a polygon
}

// Limits of regions.
const (
	mostPoints = 2000
	mostPixels = 1 << 20 // of a side
	// DotsPerInch is at how many pixels an inch regions on pages of a PDF are counted.
	DotsPerInch = 300
)

// String is a region as an anchor keeps it: page=2&xywh=pixel:10,20,300,40 (Media Fragments 1.0, 4.2.2) or
// page=2&polygon=1,2 3,4 5,6 (SVG's points).
func (r Region) String() string {
	if r.IsRect() {
		a, b := r.Points[0], r.Points[1]
		return fmt.Sprintf("page=%d&xywh=pixel:%d,%d,%d,%d", r.Page, a[0], a[1], b[0]-a[0], b[1]-a[1])
	}
	var points []string
	for _, p := range r.Points {
		points = append(points, fmt.Sprintf("%d,%d", p[0], p[1]))
	}
	return fmt.Sprintf("page=%d&polygon=%s", r.Page, strings.Join(points, " "))
}

// IsRect says whether it is a rectangle.
func (r Region) IsRect() bool { return len(r.Points) == 2 }

// Box is the least rectangle around it: left, top, width, height.
func (r Region) Box() (x, y, w, h int) {
	x, y = math.MaxInt, math.MaxInt
	right, bottom := 0, 0
	for _, p := range r.Points {
		x, y, right, bottom = min(x, p[0]), min(y, p[1]), max(right, p[0]), max(bottom, p[1])
	}
	return x, y, right - x, bottom - y
}

// ParseRegion reads a region as String writes it. It refuses one without an area, and numbers beyond any picture.
func ParseRegion(s string) (Region, error) {
	bad := Refuse("region", "region", quoted(s))
	page, shape, ok := strings.Cut(s, "&")
	n, err := strconv.Atoi(strings.TrimPrefix(page, "page="))
	if !ok || err != nil || n < 1 || n > 1_000_000 || !strings.HasPrefix(page, "page=") {
		return Region{}, bad
	}
	r := Region{Page: n}
	box, isBox := strings.CutPrefix(shape, "xywh=")
	points, isPolygon := strings.CutPrefix(shape, "polygon=")
	switch {
	case isBox:
		v, ok := whole(strings.Split(strings.TrimPrefix(box, "pixel:"), ","))
		if !ok || len(v) != 4 || v[2] < 1 || v[3] < 1 {
			return Region{}, bad
		}
		r.Points = [][2]int{{v[0], v[1]}, {v[0] + v[2], v[1] + v[3]}}
	case isPolygon:
		for _, p := range strings.Fields(points) {
			v, ok := whole(strings.Split(p, ","))
			if !ok || len(v) != 2 || len(r.Points) == mostPoints {
				return Region{}, bad
			}
			if at := [2]int{v[0], v[1]}; !slices.Contains(r.Points, at) || len(r.Points) > 2 {
				r.Points = append(r.Points, at)
			}
		}
		if _, _, w, h := r.Box(); len(r.Points) < 3 || w < 1 || h < 1 {
			return Region{}, bad
		}
	default:
		return Region{}, bad
	}
	return r, nil
}

// whole reads numbers of pixels; ones with a fraction are rounded, as other programs write them.
func whole(words []string) (out []int, ok bool) {
	for _, w := range words {
		f, err := strconv.ParseFloat(strings.TrimSpace(w), 64)
		if err != nil || !(f >= -0.5 && f <= mostPixels) {
			return nil, false
		}
		out = append(out, int(math.Round(f)))
	}
	return out, true
}

// OnPicture says whether an anchor lies on the picture of a page, not in words.
func (a *Anchor) OnPicture() bool { return a != nil && a.Region != "" }

// compare is by place: words by where they begin, then parts of pictures by page, from the
// top and from the left.
func (a *Anchor) compare(b *Anchor) int {
	if a.Region == b.Region || !a.OnPicture() && !b.OnPicture() {
		return cmp.Compare(a.Start.At, b.Start.At)
	}
	ra, _ := ParseRegion(a.Region) // none is page 0
	rb, _ := ParseRegion(b.Region)
	ax, ay, _, _ := ra.Box()
	bx, by, _, _ := rb.Box()
	return cmp.Or(cmp.Compare(ra.Page, rb.Page), cmp.Compare(ay, by), cmp.Compare(ax, bx))
}

// regionAnchor is the anchor of a region of a document that has pages.
func (c *Ctx) regionAnchor(region string) (*Anchor, error) {
	r, err := ParseRegion(region)
	if err != nil {
		return nil, err
	}
	if c.Doc.Info == nil || c.Doc.Info.Pages == 0 {
		return nil, Refuse("region-none")
	}
	if r.Page > c.Doc.Info.Pages {
		return nil, Refuse("region-page", "page", r.Page, "pages", c.Doc.Info.Pages)
	}
	if c.PageSize != nil {
		x, y, w, h := r.Box()
		if pw, ph, ok := c.PageSize(r.Page); ok && (x+w > pw || y+h > ph) {
			return nil, Refuse("region-outside", "page", r.Page, "w", pw, "h", ph)
		}
	}
	return &Anchor{Region: r.String()}, nil
}
