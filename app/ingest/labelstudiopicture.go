package ingest

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// Regions on the pictures of a task of Label Studio, in percent of these (labelstud.io/tags/rectanglelabels, polygonlabels).
// Where a task has several pictures item_index says on which one a region lies.

// labelStudioImages are the addresses of the pictures of a task: by the names under which its regions know them, or the
// usual ones.
func labelStudioImages(task map[string]any) []string {
	data := jsonObject(task["data"])
	keys := []string{"images", "image", "img", "ocr", "picture", "pages"}
	for _, v := range jsonList(firstOf(task, []string{"annotations", "completions"})) {
		for _, r := range jsonList(jsonObject(v)["result"]) {
			if o := jsonObject(r); jsonObject(o["value"])["x"] != nil || jsonObject(o["value"])["points"] != nil {
				keys = append(keys, jsonWord(o["to_name"]))
			}
		}
	}
	for _, k := range keys {
		if list := labelStudioAddresses(data[k]); len(list) > 0 && k != "text" {
			return list
		}
	}
	return nil
}

// labelStudioAddresses are the strings of a list, or of the objects of one (labelstud.io/tags/repeater), whatever they call them.
func labelStudioAddresses(v any) []string {
	var out []string
	for _, one := range jsonList(v) {
		o := jsonObject(one)
		if s := cmpOr(jsonWord(one), cmpOr(jsonWord(o["url"]), jsonWord(o["image"]))); s != "" {
			out = append(out, s)
			continue
		}
		for _, k := range slices.Sorted(maps.Keys(o)) {
			if s, ok := o[k].(string); ok {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// labelStudioItem is which of the pictures a region is on, from 0: by its own word, or by the name of what a Repeater has
// repeated, as page_0. -1 is none.
func labelStudioItem(r map[string]any) int {
	if r["item_index"] != nil {
		if n, ok := position(r["item_index"]); ok {
			return n
		}
		return -1
	}
	if m := repeated.FindStringSubmatch(jsonWord(r["to_name"])); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return n
		}
		return -1
	}
	return 0
}

var repeated = regexp.MustCompile(`_([0-9]+)$`)

// drawing takes a region on a picture.
func (t *labelStudioTask) drawing(r, value map[string]any, areas []map[string]any) {
	id := jsonWord(r["id"])
	s, err := labelStudioShape(value)
	item := labelStudioItem(r)
	if len(t.images) == 1 && r["item_index"] == nil {
		item = 0
	}
	turn := jsonWord(r["image_rotation"])
	switch {
	case err == nil && turn != "" && turn != "0":
		err = errors.New("the picture was turned under it")
	case err == nil && (item < 0 || item >= len(t.images)):
		err = errors.New("the task does not say on which picture it is")
	}
	if err != nil {
		t.drop("the region %q: %v; it was left out", id, err)
		return
	}
	comment, authority, words := labelStudioAreas(areas)
	if words != nil && comment == "" {
		comment = *words
	}
	labels := append(jsonWords(value["rectanglelabels"]), jsonWords(value["polygonlabels"])...)
	if len(labels) == 0 {
		labels = []string{""}
	}
	for _, l := range labels {
		d := drawn{name: fmt.Sprintf("task %s, region %q", t.name, id), shape: s, said: Region{Label: l, Comment: comment, Authority: authority}}
		d.picture, d.page = onPage(t.images[item])
		if said := fmt.Sprintf("%s %d %v %q", d.picture, d.page, d.shape, d.said); !t.shown[said] { // several people may say the same
			t.shown[said], t.drawn = true, append(t.drawn, d)
		}
	}
}

// labelStudioShape reads a rectangle or a polygon.
func labelStudioShape(value map[string]any) (shape, error) {
	if points := jsonList(value["points"]); points != nil {
		s := shape{of: percent}
		for _, p := range points {
			pair := jsonList(p)
			if len(pair) != 2 || len(s.points) == shapePoints {
				return s, errors.New("its corners are not x and y in turn")
			}
			v, ok := decimals([]string{jsonWord(pair[0]), jsonWord(pair[1])})
			if !ok {
				return s, errors.New("its corners are not x and y in turn")
			}
			s.points = append(s.points, [2]float64{v[0], v[1]})
		}
		return s, nil
	}
	v, ok := decimals([]string{jsonWord(value["x"]), jsonWord(value["y"]), jsonWord(value["width"]), jsonWord(value["height"])})
	if !ok {
		return shape{}, errors.New("it has no place on its picture")
	}
	s := shape{rect: true, of: percent, points: [][2]float64{{v[0], v[1]}, {v[0] + v[2], v[1] + v[3]}}}
	if turn := jsonWord(value["rotation"]); turn != "" {
		v, ok := decimals([]string{turn})
		if !ok {
			return s, errors.New("it has no place on its picture")
		}
		s.turn = v[0]
	}
	return s, nil
}
