package export

import (
	"fmt"

	"fonds/storage/archive"
)

// This file writes marks on pictures as the model has them: a rectangle as a media
// fragment (4.2.1), a polygon as SVG (4.2.7).

// annoFragment selects by a fragment of an address: the model's 4.2.1.
type annoFragment struct {
	Type       string `json:"type"`
	ConformsTo string `json:"conformsTo"`
	Value      string `json:"value"`
	RefinedBy  any    `json:"refinedBy,omitempty"` // 4.2.9: of what that selects, this part
}

// annoSVG selects by a shape: the model's 4.2.7.
type annoSVG struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// The specifications by which fragments are written, from the model's list. The pages of
// a PDF are those of RFC 3778; of a TIFF no specification has any, and its pages are
// written in the same way: what conformsTo names is the syntax of the value.
const (
	mediaFragments = "http://www.w3.org/TR/media-frags/"
	pageFragments  = "http://tools.ietf.org/rfc/rfc3778"
)

// regionPositions says how regions are counted.
var regionPositions = fmt.Sprintf("on pictures pixels of the page upright, from its left upper corner; of a page of a PDF as it is at %d dots an inch", archive.DotsPerInch)

// pictureTarget is a place on the picture of a page.
func pictureTarget(d *Doc, region string) annoTarget {
	r := shapeOf(region)
	var shape any
	if r.IsRect() {
		x, y, w, h := r.Box()
		shape = annoFragment{Type: "FragmentSelector", ConformsTo: mediaFragments, Value: fmt.Sprintf("xywh=pixel:%d,%d,%d,%d", x, y, w, h)}
	} else {
		shape = annoSVG{"SvgSelector", `<svg xmlns="http://www.w3.org/2000/svg"><polygon points="` + pointList(r.Points) + `"/></svg>`}
	}
	if d.Pages > 1 {
		shape = annoFragment{"FragmentSelector", pageFragments, fmt.Sprintf("page=%d", r.Page), shape}
	}
	return annoTarget{"SpecificResource", d.URN(), []any{shape}}
}

// regionAnnotation is a mark on a picture, as markAnnotation is one in words.
func regionAnnotation(r *Region, target annoTarget) annotation {
	a := newAnnotation(r.ID, "tagging", r.By, r.At, r.State, target)
	a.Body = markBodies(r.Label, r.Text, r.Authority)
	return a
}
