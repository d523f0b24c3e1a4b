package ingest

import (
	"errors"
	"fmt"
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
		if list := jsonWords(data[k]); len(list) > 0 && k != "text" {
			return list
		}
	}
	return nil
}

// drawing takes a region on a picture.
func (t *labelStudioTask) drawing(r, value map[string]any, areas []map[string]any) {
	id := jsonWord(r["id"])
	s, err := labelStudioShape(value)
	item := 0
	if r["item_index"] != nil {
		n, ok := position(r["item_index"])
		if !ok {
			n = -1
		}
		item = n
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
