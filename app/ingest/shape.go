package ingest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"fonds/storage/archive"
)

// Parts of pictures as other tools give them: media fragments (W3C Media Fragments 1.0, 4.2.2), SVG with straight lines,
// percent. How large the picture is they do not say, or not in pixels: where they lie on it is known when it is there.

// A shape is a rectangle or a polygon as a file gives it.
type shape struct {
	rect   bool
	points [][2]float64 // of a rectangle two opposite corners
	from   [2]float64   // the left upper corner of the picture
	of     [2]float64   // its width and height as the file counts; 0, 0: in its pixels
	turn   float64      // degrees clockwise about the first point
}

// percent are the width and height of a picture in percent.
var percent = [2]float64{100, 100}

// Limits of what is read of a shape.
const (
	shapeBytes  = 1 << 20
	shapePoints = 10_000 // the archive keeps fewer, and says so
)

// on is where a shape lies on a page, from 1, of w by h pixels (0, 0 where that is not known), cut off at its borders.
func (s shape) on(page, w, h int) (archive.Region, error) {
	var scale = [2]float64{1, 1}
	if s.of != [2]float64{} {
		if w == 0 || h == 0 {
			return archive.Region{}, errors.New("its place is given in parts of the picture, and how large that is is not known")
		}
		scale = [2]float64{float64(w), float64(h)}
	}
	points := make([][2]float64, 0, max(4, len(s.points)))
	for _, p := range s.points {
		for i := range p {
			p[i] -= s.from[i]
			if s.of != [2]float64{} {
				p[i] = p[i] * scale[i] / s.of[i]
			}
		}
		points = append(points, p)
	}
	rect := s.rect
	if rect && s.turn != 0 {
		points, rect = turned(points[0], points[1], s.turn), false
	}
	r := archive.Region{Page: page}
	for _, p := range points {
		x, okX := pixel(p[0], w)
		y, okY := pixel(p[1], h)
		if !okX || !okY {
			return archive.Region{}, errors.New("its place is no number of pixels")
		}
		r.Points = append(r.Points, [2]int{x, y})
	}
	if rect {
		a, b := r.Points[0], r.Points[1]
		r.Points = [][2]int{{min(a[0], b[0]), min(a[1], b[1])}, {max(a[0], b[0]), max(a[1], b[1])}}
	} else if len(r.Points) < 3 {
		return archive.Region{}, errors.New("it has fewer than three corners")
	}
	out, err := archive.ParseRegion(r.String())
	if err != nil {
		return archive.Region{}, errors.New("it covers nothing of the picture, or has too many corners")
	}
	return out, nil
}

// turned are the corners of a rectangle that is turned about the first of them, by degrees clockwise.
func turned(a, b [2]float64, degrees float64) [][2]float64 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	w, h := b[0]-a[0], b[1]-a[1]
	var out [][2]float64
	for _, c := range [][2]float64{{0, 0}, {w, 0}, {w, h}, {0, h}} {
		out = append(out, [2]float64{a[0] + c[0]*cos - c[1]*sin, a[1] + c[0]*sin + c[1]*cos})
	}
	return out
}

// pixel is a coordinate on a picture of a length, 0 for one that is not known.
func pixel(v float64, length int) (int, bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	most := float64(length)
	if length == 0 {
		most = 1 << 20
	}
	return int(math.Round(min(max(v, 0), most))), true
}

// mediaFragment reads the fragment of an address: which page it names, 0 for none, and which part of the picture, nil for
// none. It is false for one that names something else.
func mediaFragment(fragment string) (page int, s *shape, ok bool) {
	for _, part := range strings.Split(strings.TrimPrefix(fragment, "#"), "&") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "page":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || page > 0 {
				return 0, nil, false
			}
			page = n
		case "xywh":
			value = strings.ReplaceAll(strings.ReplaceAll(value, "%3A", ":"), "%2C", ",")
			got := shape{rect: true}
			if rest, is := strings.CutPrefix(value, "percent:"); is {
				value, got.of = rest, percent
			}
			v, fine := decimals(strings.Split(strings.TrimPrefix(value, "pixel:"), ","))
			if !fine || len(v) != 4 || s != nil {
				return 0, nil, false
			}
			got.points = [][2]float64{{v[0], v[1]}, {v[0] + v[2], v[1] + v[3]}}
			s = &got
		default:
			return 0, nil, false
		}
	}
	return page, s, true
}

func decimals(words []string) (out []float64, ok bool) {
	for _, w := range words {
		f, err := strconv.ParseFloat(strings.TrimSpace(w), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, false
		}
		out = append(out, f)
	}
	return out, true
}

// points are x and y in turn.
func pointsOf(words []string) ([][2]float64, error) {
	v, ok := decimals(words)
	if !ok || len(v)%2 != 0 || len(v) > 2*shapePoints {
		return nil, errors.New("its corners are not x and y in turn")
	}
	out := make([][2]float64, len(v)/2)
	for i := range out {
		out[i] = [2]float64{v[2*i], v[2*i+1]}
	}
	return out, nil
}

// errCurved is said of what is neither.
var errCurved = errors.New("only rectangles and polygons are taken (rect, polygon, a path of straight lines)")

// svgShape reads the one shape of an SVG.
func svgShape(svg string) (shape, error) {
	if len(svg) > shapeBytes {
		return shape{}, errors.New("its SVG is too long")
	}
	d := xml.NewDecoder(strings.NewReader(svg))
	var found *shape
	var from, of [2]float64
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return shape{}, fmt.Errorf("its SVG is broken: %w", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attr := attributesOf(e)
		if attr["transform"] != "" {
			return shape{}, errors.New("its SVG is transformed")
		}
		var s shape
		switch e.Name.Local {
		case "svg":
			if v, fine := decimals(strings.FieldsFunc(attr["viewBox"], between)); fine && len(v) == 4 && v[2] > 0 && v[3] > 0 {
				from, of = [2]float64{v[0], v[1]}, [2]float64{v[2], v[3]}
			}
			continue
		case "rect":
			s, err = svgRect(attr)
		case "polygon":
			s.points, err = pointsOf(strings.FieldsFunc(attr["points"], between))
		case "path":
			s.points, err = svgPath(attr["d"])
		case "circle", "ellipse", "line", "polyline", "text", "image", "use":
			return shape{}, errCurved
		default:
			continue
		}
		if err != nil {
			return shape{}, err
		}
		if found != nil {
			return shape{}, errors.New("its SVG holds several shapes")
		}
		found = &s
	}
	if found == nil {
		return shape{}, errors.New("its SVG holds no shape")
	}
	found.from, found.of = from, of
	return *found, nil
}

func between(r rune) bool { return strings.ContainsRune(", \t\r\n\f", r) }

func svgRect(attr map[string]string) (shape, error) {
	var v [4]float64
	for i, name := range []string{"x", "y", "width", "height"} {
		word := strings.TrimSuffix(strings.TrimSpace(attr[name]), "px")
		if word == "" {
			continue
		}
		n, ok := decimals([]string{word})
		if !ok {
			return shape{}, fmt.Errorf("the %s of its rect is no number", name)
		}
		v[i] = n[0]
	}
	return shape{rect: true, points: [][2]float64{{v[0], v[1]}, {v[0] + v[2], v[1] + v[3]}}}, nil
}

var pathToken = regexp.MustCompile(`[A-Za-z]|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?`)

// svgPath reads the corners of a path of one piece and of straight lines.
func svgPath(d string) (out [][2]float64, err error) {
	if strings.TrimFunc(pathToken.ReplaceAllString(d, ""), between) != "" {
		return nil, errors.New("its path is broken")
	}
	words := pathToken.FindAllString(d, -1)
	var at [2]float64
	command, closed := byte(0), false
	for len(words) > 0 {
		if c := words[0][0]; c >= 'A' {
			command, words = c, words[1:]
			if command|0x20 == 'z' {
				closed = true
				continue
			}
			if command|0x20 == 'm' && len(out) > 0 {
				return nil, errors.New("its path is of several pieces")
			}
		}
		n := map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1}[command|0x20]
		switch {
		case n == 0:
			return nil, errCurved
		case closed || command|0x20 != 'm' && len(out) == 0 || len(words) < n || len(out) == shapePoints:
			return nil, errors.New("its path is broken")
		}
		v, ok := decimals(words[:n])
		if !ok {
			return nil, errors.New("its path is broken")
		}
		words = words[n:]
		at = stepped(at, command, v)
		out = append(out, at)
		if command|0x20 == 'm' { // what follows are lines
			command--
		}
	}
	if n := len(out); n > 1 && out[0] == out[n-1] {
		out = out[:n-1]
	}
	return out, nil
}

// stepped is where a command of a path leads.
func stepped(at [2]float64, command byte, v []float64) [2]float64 {
	from := at
	if command < 'a' { // absolute
		from = [2]float64{}
	}
	switch command | 0x20 {
	case 'h':
		return [2]float64{from[0] + v[0], at[1]}
	case 'v':
		return [2]float64{at[0], from[1] + v[0]}
	}
	return [2]float64{from[0] + v[0], from[1] + v[1]}
}
