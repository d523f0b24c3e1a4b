package export

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"fonds/storage/archive"
)

// This file is what the formats that say something of pictures have in common: how large
// the pages are, where the original lies in the set, and what is counted.

// sizes are those of the pages in pixels, as regions count them; one where all are alike,
// none where the recipe does not say.
func (d *Doc) sizes() [][2]int {
	var r struct {
		Sizes [][2]int `json:"sizes"`
	}
	if json.Unmarshal(d.Recipe, &r) != nil {
		return nil
	}
	return r.Sizes
}

// sizeOf is the size of page n, from 1, among sizes; 0, 0 where nothing says it.
func sizeOf(sizes [][2]int, n int) (w, h int) {
	switch {
	case len(sizes) == 1:
		n = 1
	case n < 1 || n > len(sizes):
		return 0, 0
	}
	return max(sizes[n-1][0], 0), max(sizes[n-1][1], 0)
}

// picture is the address of page n, from 1, of a document for a file that lies in a folder
// of the set: the place of the original in the set where it is given out, else the
// document's URN. What has several pages has the page as its fragment.
func (j *job) picture(d *Doc, n int) string {
	at := d.URN()
	if place := j.originalPlace(d); place != "" {
		at = "../" + place
	}
	if d.Pages > 1 {
		at += fmt.Sprintf("#page=%d", n)
	}
	return at
}

// originalPlace is the path in the set at which the original of a document will lie; "" where
// it will not.
func (j *job) originalPlace(d *Doc) string {
	if !d.whole {
		return ""
	}
	for _, f := range j.o.Formats {
		if f == "ro-crate" {
			return crateFolder + originalName(d.ID, d.Name)
		}
	}
	for _, f := range j.o.Formats {
		if f == "bagit" {
			return bagFolder + "data/" + originalName(d.ID, d.Name)
		}
	}
	return ""
}

// originalName is the path of an original below what holds originals.
func originalName(id archive.ID, name string) string {
	return path.Join("originals", string(id)+plainExt(name))
}

// countRegions counts the marks on pictures under a name; nothing where there are none.
func countRegions(counts map[string]int, what string, n int) {
	if n > 0 {
		counts[what] += n
	}
}

// regionsLeftOut is the count of those that a format has no place for.
const regionsLeftOut = "regions_left_out"

// shapeOf is the shape of a region that the archive holds; it was checked when it was made.
func shapeOf(region string) archive.Region {
	r, _ := archive.ParseRegion(region)
	return r
}

// pointList are points as SVG and TEI write them: x,y x,y.
func pointList(points [][2]int) string {
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = fmt.Sprintf("%d,%d", p[0], p[1])
	}
	return strings.Join(out, " ")
}
