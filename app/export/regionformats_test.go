package export

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scannedAs is an export of the scan of two pages and of its back; the scan's file in a format.
func scannedAs(t *testing.T, file string, c Choice) (set, data, id string, m Manifest) {
	t.Helper()
	a, ids := scanned(t)
	out, m := exported(t, a, c)
	return out, read(t, out, filepath.FromSlash(strings.ReplaceAll(file, "ID", string(ids[0])))), string(ids[0]), m
}

// TestRegionsInWebAnnotation: rectangles and polygons on pages are what the W3C's schemas ask for.
func TestRegionsInWebAnnotation(t *testing.T) {
	one, expands := musts(t, "annotations/annotationMusts.test"), expander(t)
	set, data, id, m := scannedAs(t, "webannotation/ID.jsonld", Choice{Formats: []string{"webannotation"}})
	var c map[string]any
	if err := json.Unmarshal([]byte(data), &c); err != nil {
		t.Fatal(err)
	}
	expands("the scan", c)
	items := c["first"].(map[string]any)["items"].([]any)
	var targets []string
	for _, item := range items {
		v := item.(map[string]any)
		target, err := json.Marshal(v["target"].(map[string]any)["selector"])
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, string(target))
		v["@context"] = c["@context"]
		for name, ok := range one {
			if err := ok(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	page := func(n, shape string) string {
		return `[{"conformsTo":"http://tools.ietf.org/rfc/rfc3778","refinedBy":` + shape + `,"type":"FragmentSelector","value":"page=` + n + `"}]`
	}
	rect := page("1", `{"conformsTo":"http://www.w3.org/TR/media-frags/","type":"FragmentSelector","value":"xywh=pixel:10,20,300,40"}`)
	want := []string{rect, page("2", `{"type":"SvgSelector","value":"\u003csvg xmlns=\"http://www.w3.org/2000/svg\"\u003e\u003cpolygon points=\"1,2 30,4 5,60\"/\u003e\u003c/svg\u003e"}`), rect}
	if strings.Join(targets, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(targets, "\n"), strings.Join(want, "\n"))
	}
	if _, err := os.Stat(filepath.Join(set, "webannotation", "text", id+".txt")); err == nil {
		t.Error("a scan has a text")
	}
	if n := m.Counts["webannotation"]["regions"]; n != 2 {
		t.Errorf("%d regions were counted", n)
	}
}

// TestRegionsInTEI: pages are surfaces, marks on them zones, and the file is TEI.
func TestRegionsInTEI(t *testing.T) {
	for _, tt := range []struct {
		formats []string
		url     func(id string) string
	}{
		{[]string{"tei"}, func(id string) string { return "urn:uuid:" + id }},
		{[]string{"tei", "bagit"}, func(id string) string { return "../bagit/data/originals/" + id + ".tif" }},
		{[]string{"tei", "bagit", "ro-crate"}, func(id string) string { return "../ro-crate/originals/" + id + ".tif" }},
	} {
		set, data, id, _ := scannedAs(t, "tei/ID.xml", Choice{Formats: tt.formats})
		valid(t, every(t, filepath.Join(set, "tei")), "jing", shared(t, "corpora/tei-schema/schema/tei_all.rng"))
		var tei struct {
			Facsimile struct {
				Surfaces []struct {
					ID      string `xml:"id,attr"`
					Lrx     string `xml:"lrx,attr"`
					Lry     string `xml:"lry,attr"`
					Graphic struct {
						URL string `xml:"url,attr"`
					} `xml:"graphic"`
					Zones []struct {
						ID     string `xml:"id,attr"`
						Type   string `xml:"type,attr"`
						Points string `xml:"points,attr"`
						Ulx    string `xml:"ulx,attr"`
						Lry    string `xml:"lry,attr"`
					} `xml:"zone"`
				} `xml:"surface"`
			} `xml:"facsimile"`
		}
		if err := xml.Unmarshal([]byte(data), &tei); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range tei.Facsimile.Surfaces {
			got = append(got, fmt.Sprint(s.ID, " ", s.Lrx, "x", s.Lry, " ", s.Graphic.URL))
			for _, z := range s.Zones {
				got = append(got, fmt.Sprintf("%s %q %q %s %s", z.ID[:2], z.Type, z.Points, z.Ulx, z.Lry))
			}
		}
		want := []string{"page1 1000x1400 " + tt.url(id) + "#page=1", `m- "person" "" 10 60`, `e- "" "" 10 60`, "page2 1000x1400 " + tt.url(id) + "#page=2", `m- "place" "1,2 30,4 5,60"  `}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if place := strings.TrimPrefix(tt.url(id), "../"); place != tt.url(id) {
			if got := read(t, set, filepath.FromSlash(place)); got != "the bytes of scan.tif" {
				t.Errorf("at the address of the pages lies %q", got)
			}
		}
		for _, part := range []string{`target="#` + tei.Facsimile.Surfaces[0].Zones[0].ID + `"`, `target="#` + tei.Facsimile.Surfaces[0].Zones[1].ID + `"`, "李振国，厅长"} {
			if !strings.Contains(data, part) {
				t.Errorf("%s is not in it", part)
			}
		}
	}
}

// TestRegionsInLabelStudio: a task has the pages as its images, and regions in percent of them.
func TestRegionsInLabelStudio(t *testing.T) {
	set, data, id, m := scannedAs(t, "labelstudio/tasks.json", Choice{Formats: []string{"labelstudio"}})
	var tasks []struct {
		Data struct {
			Text   string
			Images []string
		}
		Annotations []struct{ Result []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(data), &tasks); err != nil || len(tasks) != 2 {
		t.Fatal(err, len(tasks))
	}
	if got := strings.Join(tasks[0].Data.Images, " "); got != "urn:uuid:"+id+"#page=1 urn:uuid:"+id+"#page=2" {
		t.Errorf("the images are %s", got)
	}
	if len(tasks[1].Data.Images) != 1 || strings.Contains(tasks[1].Data.Images[0], "#") {
		t.Errorf("the images of one page are %q", tasks[1].Data.Images)
	}
	on := func(page int) string {
		return fmt.Sprintf(`,"original_width":1000,"original_height":1400,"image_rotation":0,"item_index":%d}`, page)
	}
	want := []string{
		`"from_name":"rectangle","to_name":"image","type":"rectanglelabels","value":{"x":1,"y":1.4285714285714286,"width":30,"height":2.857142857142857,"rotation":0,"rectanglelabels":["person"]}` + on(0),
		`"from_name":"image-comment","to_name":"image","type":"textarea","value":{"x":1,"y":1.4285714285714286,"width":30,"height":2.857142857142857,"rotation":0,"text":["李振国，厅长"]}` + on(0),
		`"from_name":"polygon","to_name":"image","type":"polygonlabels","value":{"points":[[0.1,0.14285714285714285],[3,0.2857142857142857],[0.5,4.285714285714286]],"closed":true,"polygonlabels":["place"]}` + on(1),
	}
	got := tasks[0].Annotations[0].Result
	if len(got) != len(want) {
		t.Fatalf("%s", got)
	}
	for i, w := range want {
		if _, rest, _ := strings.Cut(string(got[i]), ","); rest != w {
			t.Errorf("got  %s\nwant %s", rest, w)
		}
	}
	config := read(t, set, "labelstudio", "config.xml")
	for _, part := range []string{`<Image name="image" valueList="$images"/>`, `<RectangleLabels name="rectangle" toName="image">`, `<PolygonLabels name="polygon" toName="image">`, `<TextArea name="image-comment"`} {
		if !strings.Contains(config, part) {
			t.Errorf("config.xml has no %s", part)
		}
	}
	if err := xml.Unmarshal([]byte(config), new(struct{})); err != nil {
		t.Error(err)
	}
	if n := m.Counts["labelstudio"]["regions"]; n != 2 {
		t.Errorf("%d regions were counted", n)
	}
	a, _ := filled(t)
	plain, _ := exported(t, a, Choice{Formats: []string{"labelstudio"}})
	if c := read(t, plain, "labelstudio", "config.xml"); strings.Contains(c, "Image") || strings.Contains(c, "image") {
		t.Errorf("an interface without pictures has controls of some: %s", c)
	}
}

// TestRegionsInPages: people read in the finding aid what was marked on which page.
func TestRegionsInPages(t *testing.T) {
	a, ids := scanned(t)
	out, _ := exported(t, a, Choice{Formats: []string{"findingaid"}})
	page := ""
	for path, data := range tree(t, out) {
		if strings.Contains(path, string(ids[0])) && strings.HasSuffix(path, ".html") {
			page = data
		}
	}
	for _, part := range []string{`<table class="regions">`, "图像上的标注", "<td>1</td><td>xywh=pixel:10,20,300,40</td>", "<td>2</td><td>polygon=1,2 30,4 5,60</td>", "李振国，厅长"} {
		if !strings.Contains(page, part) {
			t.Errorf("%s is not in the page of the scan", part)
		}
	}
}

// TestRegionsElsewhere: tables have rows of regions, and formats that have no place for them say how many they leave out.
func TestRegionsElsewhere(t *testing.T) {
	set, data, id, m := scannedAs(t, "csv/regions.csv", Choice{Formats: []string{"brat", "conll", "csv", "doccano", "jsonl", "spacy"}})
	rows := strictCSV(t, data)
	if len(rows) != 3 || strings.Join(rows[1][1:10], "|") != id+"|1|page=1&xywh=pixel:10,20,300,40|10|20|300|40|person|李振国，厅长" ||
		strings.Join(rows[2][1:9], "|") != id+"|2|page=2&polygon=1,2 30,4 5,60|1|2|29|58|place" {
		t.Errorf("%q", rows)
	}
	values := strictCSV(t, read(t, set, "csv", "values.csv"))
	if last := len(values[0]) - 1; values[0][last] != "evidence_region" || values[1][last] != "page=1&xywh=pixel:10,20,300,40" {
		t.Errorf("%q", values)
	}
	for _, f := range []string{"brat", "conll", "doccano", "spacy"} {
		if n := m.Counts[f][regionsLeftOut]; n != 2 {
			t.Errorf("%s left out %d regions", f, n)
		}
	}
	if m.Counts["jsonl"]["regions"] != 2 || m.Counts["csv"]["regions"] != 2 {
		t.Errorf("%v %v", m.Counts["jsonl"], m.Counts["csv"])
	}
}

// TestMaskedRegionsKeepTheirPlaces: the size of a page tells no words, and without it a place is none; the original stays.
func TestMaskedRegionsKeepTheirPlaces(t *testing.T) {
	_, data, id, m := scannedAs(t, "labelstudio/tasks.json", Choice{Formats: []string{"labelstudio", "bagit"}, Mask: []string{"person"}})
	if n := m.Counts["labelstudio"]; n["regions"] != 2 || n[regionsLeftOut] != 0 {
		t.Errorf("counts %v", n)
	}
	if strings.Contains(data, "李振国") || !strings.Contains(data, `"urn:uuid:`+id+`#page=1"`) || !strings.Contains(data, `"original_width":1000`) {
		t.Errorf("%s", data)
	}
}
