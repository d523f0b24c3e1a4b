package export

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// This file is what the formats that say something of pictures have in common: where the
// original lies in the set, and what is counted.

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
	switch name := originalName(d.ID, d.Name); {
	case slices.Contains(j.o.Formats, "ro-crate"):
		return crateFolder + name
	case slices.Contains(j.o.Formats, "bagit"):
		return bagFolder + "data/" + name
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
