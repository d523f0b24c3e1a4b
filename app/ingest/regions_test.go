package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/app/ingest/content"
)

// fakePictures makes pictures of files that say of themselves what they are: PICTURE and a byte that is no text, a line of the sizes of their pages as
// JSON, and their text.
func fakePictures(t testing.TB) {
	t.Helper()
	was := makePicture
	t.Cleanup(func() { makePicture = was })
	makePicture = func(data []byte, name string) (*Document, error) {
		rest, ok := strings.CutPrefix(string(data), "PICTURE\xFF\n")
		line, text, _ := strings.Cut(rest, "\n")
		d := &Document{Path: name, Size: int64(len(data)), Original: data, SHA256: sumOf(data), Text: text, Recipe: Recipe{Extractor: "picture"}}
		if !ok || json.Unmarshal([]byte(line), &d.Recipe.Sizes) != nil {
			return nil, errors.New("no picture")
		}
		d.Pages = make([]content.Page, len(d.Recipe.Sizes))
		return d, nil
	}
}

// openedWith opens a file beside others, and says of every document its path and what was said of it.
func openedWith(t *testing.T, name, data string, others map[string]string) (got, dropped string) {
	t.Helper()
	fakePictures(t)
	c := open([]byte(data), name, func(at string) ([]byte, bool) {
		s, ok := others[at]
		return []byte(s), ok
	})
	if c == nil {
		return "none", ""
	}
	var out []string
	for _, d := range c.Docs {
		line := d.Path
		if d.Said != nil {
			line += fmt.Sprintf(" %q", d.Said.Text)
			for _, m := range d.Said.Marks {
				line += fmt.Sprintf(" [%d %d %s]", m.Start, m.End, m.Label)
			}
			for _, r := range d.Said.Regions {
				line += fmt.Sprintf(" {%s %s %q %s}", r.Region, r.Label, r.Comment, r.Authority)
			}
			for _, s := range d.Said.Shown {
				line += fmt.Sprintf(" <%s %s %s>", s.Region, s.Field, s.Value)
			}
			if len(d.Said.Tags)+len(d.Said.Notes) > 0 {
				line += fmt.Sprint(" ", d.Said.Tags, d.Said.Notes)
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n"), strings.Join(c.Dropped, "\n")
}

const picture2 = "PICTURE\xFF\n[[1000,1400],[500,700]]\n"

func TestRegionsOfWebAnnotation(t *testing.T) {
	one := func(source, selector string) string {
		if selector != "" {
			selector = `,"selector":` + selector
		}
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:a","type":"Annotation","motivation":"tagging","body":[{"value":"P","purpose":"tagging"},{"value":"c","purpose":"commenting"},` +
			`{"source":"https://viaf.org/1","purpose":"identifying"}],"target":{"source":"` + source + `"` + selector + `}}`
	}
	fragment := func(v string) string { return `{"type":"FragmentSelector","value":"` + v + `"}` }
	svg := func(s string) string {
		return `{"type":"SvgSelector","value":"<svg>` + strings.ReplaceAll(s, `'`, `\"`) + `</svg>"}`
	}
	is := func(region string) string { return "in/p.png \"\" {" + region + ` P "c" https://viaf.org/1}` }
	for _, tt := range []struct{ name, data, want, dropped string }{
		{"pixels", one("p.png", fragment("xywh=pixel:10,20,300,40")), is("page=1&xywh=pixel:10,20,300,40"), ""},
		{"no unit", one("p.png", fragment("xywh=10,20,300,40")), is("page=1&xywh=pixel:10,20,300,40"), ""},
		{"percent", one("p.png", fragment("xywh=percent:1,10,50.05,20")), is("page=1&xywh=pixel:10,140,501,280"), ""},
		{"a page", one("p.png", `{"type":"FragmentSelector","value":"page=2","refinedBy":`+fragment("xywh=percent:0,0,50,50")+`}`), is("page=2&xywh=pixel:0,0,250,350"), ""},
		{"a page of the address", one("p.png#page=2", fragment("xywh=1,2,3,4")), is("page=2&xywh=pixel:1,2,3,4"), ""},
		{"all in the address", one("http://a.org/x/p.png#xywh=1,2,3,4", ""), is("page=1&xywh=pixel:1,2,3,4"), ""},
		{"cut off", one("p.png", fragment("xywh=-10,1300,5000,5000")), is("page=1&xywh=pixel:0,1300,1000,100"), ""},
		{"polygon", one("p.png", svg(`<polygon points='1,2 30,4 5,60'/>`)), is("page=1&polygon=1,2 30,4 5,60"), ""},
		{"path", one("p.png", svg(`<path d='M1 2h29v2L5,60z'/>`)), is("page=1&polygon=1,2 30,2 30,4 5,60"), ""},
		{"steps", one("p.png", svg(`<g><path d='m1,2 29,0-1.4.4l0,50 Z'/></g>`)), is("page=1&polygon=1,2 30,2 29,2 29,52"), ""},
		{"rect", one("p.png", svg(`<rect x='1' y='2px' width='3' height='4'/>`)), is("page=1&xywh=pixel:1,2,3,4"), ""},
		{"a curve", one("p.png", svg(`<path d='M1 2C1 2 3 4 5 6'/>`)), `in/p.png ""`, "urn:a: only rectangles and polygons are taken (rect, polygon, a path of straight lines); it was left out"},
		{"a circle", one("p.png", svg(`<circle r='4'/>`)), `in/p.png ""`, "urn:a: only rectangles and polygons are taken (rect, polygon, a path of straight lines); it was left out"},
		{"two", one("p.png", svg(`<rect width='1' height='1'/><rect width='1' height='1'/>`)), `in/p.png ""`, "urn:a: its SVG holds several shapes; it was left out"},
		{"transformed", one("p.png", svg(`<rect transform='scale(2)' width='1' height='1'/>`)), `in/p.png ""`, "urn:a: its SVG is transformed; it was left out"},
		{"nothing", one("p.png", fragment("xywh=1,2,0,4")), `in/p.png ""`, "urn:a: it covers nothing of the picture, or has too many corners; it was left out"},
		{"outside", one("p.png", fragment("xywh=2000,2,50,4")), `in/p.png ""`, "urn:a: it covers nothing of the picture, or has too many corners; it was left out"},
		{"no such page", one("p.png#page=3", fragment("xywh=1,2,3,4")), `in/p.png ""`, "urn:a: it is on page 3, and the picture has 2; it was left out"},
		{"no picture", one("q.png", fragment("xywh=1,2,3,4")), "", "q.png: the picture is not there; put it beside the file: what is said of it was left out, 1 places on it among that"},
		{"the whole picture", one("p.png", ""), `in/p.png "" [P] [c]`, "urn:a: it says something of a whole document that is neither tag nor remark; that was left out"},
		{"a document of ours", one("urn:uuid:9", fragment("xywh=1,2,3,4")), strings.Replace(is("page=1&xywh=pixel:1,2,3,4"), "in/p.png", "ro-crate/originals/9.tif", 1), ""},
	} {
		got, dropped := openedWith(t, "in/a.jsonld", tt.data, map[string]string{"in/p.png": picture2, "ro-crate/originals/9.tif": picture2})
		if got != tt.want || strings.TrimPrefix(dropped, "in/a.jsonld: ") != tt.dropped {
			t.Errorf("%s: got  %s\nwant %s\ndropped %s\nwant    %s", tt.name, got, tt.want, dropped, tt.dropped)
		}
	}
}

// A text beside its picture is a document of its own, unless it is the picture's.
func TestTextBesidePicture(t *testing.T) {
	label := `"motivation":"tagging","body":{"value":"P"},"target":{"source":"urn:uuid:9","selector":`
	data := `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[{"type":"Annotation",` + label + `{"type":"TextPositionSelector","start":0,"end":1}}},` +
		`{"type":"Annotation",` + label + `{"type":"FragmentSelector","value":"xywh=1,2,3,4"}}}]}`
	for text, want := range map[string]string{
		"a page":  `originals/9.png "a page" [0 1 P] {page=1&xywh=pixel:1,2,3,4 P "" }`,
		"another": "text/9.txt \"another\" [0 1 P]\noriginals/9.png \"a page\" {page=1&xywh=pixel:1,2,3,4 P \"\" }",
	} {
		got, dropped := openedWith(t, "a.jsonld", data, map[string]string{"text/9.txt": text, "originals/9.png": "PICTURE\xFF\n[[10,10]]\na page"})
		if got != want || dropped != "" {
			t.Errorf("%s: got %s, dropped %s; want %s", text, got, dropped, want)
		}
	}
	got, dropped := openedWith(t, "a.jsonld", data, map[string]string{"text/9.txt": "a page"})
	if got != `text/9.txt "a page" [0 1 P]` || dropped != "a.jsonld: urn:uuid:9: the picture is not there; put it beside the file: what is said of it was left out, 1 places on it among that" {
		t.Errorf("got %s, dropped %s", got, dropped)
	}
}

func TestRegionsOfLabelStudio(t *testing.T) {
	task := func(data, results string) string {
		return `[{"id":3,"data":` + data + `,"annotations":[{"result":[` + results + `]}]}]`
	}
	box := `{"id":"r","from_name":"b","to_name":"image","type":"rectanglelabels","value":{"x":10,"y":10,"width":20,"height":5,"rotation":ROT,"rectanglelabels":["P"]}ON}`
	rect := func(rotation, on string) string {
		return strings.NewReplacer("ROT", rotation, "ON", on).Replace(box)
	}
	polygon := `{"id":"q","to_name":"image","type":"polygonlabels","value":{"points":[[0,0],[10,0],[10,10]],"polygonlabels":["Q"]}}`
	for _, tt := range []struct{ name, data, want, dropped string }{
		{"twice", strings.Replace(task(`{"image":"p.png"}`, polygon), `]}]}]`, `]},{"result":[`+strings.Replace(polygon, `"q"`, `"q2"`, 1)+`]}]}]`, 1), `p.png "" {page=1&polygon=0,0 100,0 100,140 Q "" }`, ""},
		{"one", task(`{"image":"/data/upload/1/1a2b3c4d-p.png"}`, rect("0", "")+","+polygon), `p.png "" {page=1&xywh=pixel:100,140,200,70 P "" } {page=1&polygon=0,0 100,0 100,140 Q "" }`, ""},
		{"a comment", task(`{"image":"p.png"}`, rect("0", "")+`,{"id":"r","type":"textarea","from_name":"image-comment","value":{"x":1,"text":["one","two"]}},{"id":"r","type":"textarea","from_name":"image-authority","value":{"text":["https://viaf.org/1"]}}`),
			`p.png "" {page=1&xywh=pixel:100,140,200,70 P "one\ntwo" https://viaf.org/1}`, ""},
		{"pages of one", task(`{"images":["p.png#page=1","p.png#page=2"]}`, rect("0", `,"item_index":1`)), `p.png "" {page=2&xywh=pixel:50,70,100,35 P "" }`, ""},
		{"several pictures", task(`{"images":["p.png","o/s.png"]}`, rect("0", `,"item_index":1`)+","+polygon), "p.png \"\" {page=1&polygon=0,0 100,0 100,140 Q \"\" }\no/s.png \"\" {page=1&xywh=pixel:10,20,20,10 P \"\" }", ""},
		{"turned", task(`{"image":"o/s.png"}`, rect("90", "")), `o/s.png "" {page=1&polygon=10,20 10,40 0,40 0,20 P "" }`, ""},
		{"a repeater", task(`{"images":[{"url":"p.png"},{"url":"o/s.png"}]}`, strings.Replace(rect("0", ""), `"to_name":"image"`, `"to_name":"page_1"`, 1)), `o/s.png "" {page=1&xywh=pixel:10,20,20,10 P "" }`, ""},
		{"on no picture", task(`{"image":"p.png"}`, rect("0", `,"item_index":4`)), "", "a.json, text 1: task 3: it has no text in its data; it was left out\na.json, text 1: it holds 0 texts, not one"},
		{"others", task(`{"image":"p.png"}`, rect("0", "")+`,{"id":"k","type":"keypointlabels","value":{"x":1,"y":1}},{"id":"u","type":"brushlabels","value":{"rle":[1]}},{"id":"e","type":"ellipselabels","value":{"x":1,"radiusX":3}}`),
			`p.png "" {page=1&xywh=pixel:100,140,200,70 P "" }`, `a.json, text 1: task 3: the "keypointlabels" "k" on a picture is neither rectangle nor polygon; it was left out` + "\n" +
				`a.json, text 1: task 3: the "brushlabels" "u" on a picture is neither rectangle nor polygon; it was left out` + "\n" + `a.json, text 1: task 3: the "ellipselabels" "e" on a picture is neither rectangle nor polygon; it was left out`},
		{"text and picture", task(`{"text":"abc","image":"p.png"}`, `{"id":"l","to_name":"text","type":"labels","value":{"start":0,"end":1,"labels":["L"]}},`+rect("0", "")),
			"a.json/3 \"abc\" [0 1 L]\np.png \"\" {page=1&xywh=pixel:100,140,200,70 P \"\" }", ""},
		{"two tasks of one picture", strings.TrimSuffix(task(`{"image":"p.png","id":"a"}`, rect("0", "")), "]") + "," + strings.TrimPrefix(task(`{"image":"x/p.png","id":"b"}`, polygon), "["),
			`p.png "" {page=1&xywh=pixel:100,140,200,70 P "" } {page=1&polygon=0,0 100,0 100,140 Q "" }`, ""},
		{"not there", task(`{"image":"http://a.b/none.png"}`, rect("0", "")), "", "a.json, text 1: http://a.b/none.png: the picture is not there; put it beside the file: what is said of it was left out, 1 places on it among that"},
	} {
		got, dropped := openedWith(t, "a.json", tt.data, map[string]string{"p.png": picture2, "o/s.png": "PICTURE\xFF\n[[100,200]]\n"})
		if got != tt.want || dropped != tt.dropped {
			t.Errorf("%s: got  %s\nwant %s\ndropped %s\nwant    %s", tt.name, got, tt.want, dropped, tt.dropped)
		}
	}
}

func TestZonesOfTEI(t *testing.T) {
	tei := func(facsimile, body string) string {
		return `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><facsimile>` + facsimile + `</facsimile><text><body>` + body + `</body></text></TEI>`
	}
	zone := `<zone xml:id="z" type="seal" ulx="10" uly="20" lrx="30" lry="60" corresp="https://viaf.org/1"/>`
	for _, tt := range []struct{ name, data, want, dropped string }{
		{"pixels", tei(`<surface><graphic url="p.png"/>`+zone+`<zone rendition="#line" points="1,2 30,4 5,60"/></surface>`, ""),
			`p.png "" {page=1&xywh=pixel:10,20,20,40 seal "" } {page=1&polygon=1,2 30,4 5,60 line "" }`, ""},
		{"coordinates of the surface", tei(`<surface ulx="0" uly="0" lrx="100" lry="140"><graphic url="p.png"/>`+zone+`</surface>`, ""), `p.png "" {page=1&xywh=pixel:100,200,200,400 seal "" }`, ""},
		{"pages of one file", tei(`<surface><graphic url="p.png"/></surface><surface><graphic url="p.png"/>`+zone+`</surface>`, ""), `p.png "" {page=2&xywh=pixel:10,20,20,40 seal "" }`, ""},
		{"a named page", tei(`<surface><graphic url="p.png#page=2"/>`+zone+`</surface>`, ""), `p.png "" {page=2&xywh=pixel:10,20,20,40 seal "" }`, ""},
		{"a text", tei(`<surface><graphic url="p.png"/>`+zone+`</surface>`, "<p>a</p>"), "a.xml \"a\"\np.png \"\" {page=1&xywh=pixel:10,20,20,40 seal \"\" }", ""},
		{"no picture", tei(`<surface><graphic url="q.png"/>`+zone+`</surface>`, "<p>a</p>"), `a.xml "a"`, "a.xml: q.png: the picture is not there; put it beside the file: what is said of it was left out, 1 places on it among that"},
		{"a picture of a zone", tei(`<surface ulx="0" uly="2" lrx="205" lry="283"><zone ulx="0" uly="0" lrx="20" lry="28"><graphic url="p.png"/></zone><zone ulx="5" uly="5" lrx="6" lry="6"><graphic url="q.png"/></zone><zone type="t" ulx="10" uly="14" lrx="15" lry="21"/></surface>`, "<p>a</p>"),
			"a.xml \"a\"\np.png \"\" {page=1&xywh=pixel:250,250,50,50 zone \"\" } {page=1&xywh=pixel:500,700,250,350 t \"\" }", ""},
		{"no graphic", tei(`<surface>`+zone+`</surface>`, "<p>a</p>"), `a.xml "a"`, "a.xml: a surface without a graphic: the picture is not there; put it beside the file: what is said of it was left out, 1 places on it among that"},
		{"no place", tei(`<surface><graphic url="p.png"/><zone ulx="a"/><zone/></surface>`, "<p>a</p>"), `a.xml "a"`, ""},
	} {
		got, dropped := openedWith(t, "a.xml", tt.data, map[string]string{"p.png": picture2})
		if got != tt.want || dropped != tt.dropped {
			t.Errorf("%s: got  %s\nwant %s\ndropped %s\nwant    %s", tt.name, got, tt.want, dropped, tt.dropped)
		}
	}
}

func TestRegionsOfOurs(t *testing.T) {
	line := `{"id":"9","name":"s.tif","path":"in/s.tif","sha256":"` + sumOf([]byte(picture2)) + `","pages":2,"source_text":"TEXT","history":[],"recipe":{"sizes":[[1,1]]},` +
		`"fields":[{"field":"f","value":"v","state":"accepted","region":"page=2&xywh=pixel:1,1,1,1"}],` +
		`"regions":[{"region":"page=2&xywh=pixel:1,2,3,4","label":"P","text":"c","state":"accepted","authority":"urn:x:1"},{"region":"page=1&xywh=pixel:1,2,3,4","label":"P","state":"proposed"},{"region":"page=7&xywh=pixel:1,2,3,4","label":"P","state":"accepted"}]}`
	want := `in/s.tif "TEXT" {page=2&xywh=pixel:1,2,3,4 P "c" urn:x:1} <page=2&xywh=pixel:1,1,1,1 f v>`
	for at, text := range map[string]string{"jsonl/originals/" + sumOf([]byte(picture2)): "a", "bagit/data/originals/9.tif": ""} {
		got, dropped := openedWith(t, "jsonl/documents.jsonl", strings.Replace(line, "TEXT", text, 1), map[string]string{at: picture2})
		if got != strings.Replace(want, "TEXT", text, 1) || dropped != "" {
			t.Errorf("%s: got %s, dropped %s", at, got, dropped)
		}
	}
	for text, want := range map[string]string{"a": `jsonl/documents.jsonl/s.tif "a"`, "": ""} {
		got, dropped := openedWith(t, "jsonl/documents.jsonl", strings.Replace(line, "TEXT", text, 1), nil)
		if got != want || dropped != "jsonl/documents.jsonl, text 1: its picture is not there; put the originals of the set beside it: what is said of it was left out, 2 places on it among that" {
			t.Errorf("%q: got %s, dropped %s", text, got, dropped)
		}
	}
}

// TestRegionsReadBack reads what app/export wrote into the folder FONDS_REGIONS_BACK, beside what there is to be found.
func TestRegionsReadBack(t *testing.T) {
	dir := os.Getenv("FONDS_REGIONS_BACK")
	if dir == "" {
		t.Skip("the test of this name in app/export writes what is read here")
	}
	fakePictures(t)
	var sets []struct {
		Dir  string
		Want map[string]map[string][]string // by format and SHA-256 of the picture
	}
	data, err := os.ReadFile(filepath.Join(dir, "want.json"))
	if err == nil {
		err = json.Unmarshal(data, &sets)
	}
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, set := range sets {
		for format, want := range set.Want {
			got := map[string][]string{}
			names, err := filepath.Glob(filepath.Join(set.Dir, format, "*.*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				regionsOfFile(t, set.Dir, name, format != "labelstudio", got)
			}
			for sum, w := range want {
				n += len(w)
				if g := got[sum]; !slices.Equal(g, w) {
					t.Errorf("%s: %s:\n got %q\nwant %q", set.Dir, format, g, w)
				}
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "read"), fmt.Append(nil, n), 0o666); err != nil {
		t.Fatal(err)
	}
}

// regionsOfFile adds what a file of a set says of pictures, by their SHA-256.
func regionsOfFile(t *testing.T, set, name string, evidence bool, into map[string][]string) {
	t.Helper()
	rel, err := filepath.Rel(set, name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !worthALook(name) || strings.HasSuffix(name, "people.jsonl") || strings.HasSuffix(name, "schema.json") || strings.HasSuffix(name, "config.xml") {
		return
	}
	c := open(data, filepath.ToSlash(rel), func(at string) ([]byte, bool) {
		data, err := os.ReadFile(filepath.Join(set, filepath.FromSlash(at)))
		return data, err == nil
	})
	if c == nil {
		t.Errorf("%s is not known", rel)
		return
	}
	for _, d := range c.Dropped {
		t.Errorf("%s: %s", set, d)
	}
	for _, d := range c.Docs {
		var list []string
		for _, r := range d.Said.Regions {
			list = append(list, fmt.Sprintf("%s %q %q %q", r.Region, r.Label, r.Comment, r.Authority))
		}
		for _, s := range d.Said.Shown {
			if evidence {
				list = append(list, fmt.Sprintf("%s %s %q", s.Region, s.Field, s.Value))
			}
		}
		slices.Sort(list)
		into[d.SHA256] = append(into[d.SHA256], list...)
	}
}

// FuzzSelectors: whatever a selector says, a shape is an error or lies on the picture.
func FuzzSelectors(f *testing.F) {
	for _, s := range []string{"xywh=pixel:1,2,3,4", "page=2&xywh=percent:1,2,3e1,4", "#xywh=1,2,3,NaN", `<svg viewBox="0 0 10 10"><polygon points="1,2 3,4 5,6"/></svg>`,
		`<svg><path d="M1 2h3v4l-5.5.5z"/></svg>`, `<svg><rect x="1" width="1e400" height="4"/></svg>`, `<svg><path d="m1-2-3-4-5-6zm"/></svg>`, `<!DOCTYPE a [<!ENTITY b "c">]><svg><path d="&b;"/></svg>`} {
		f.Add(s, 100, 50)
	}
	f.Fuzz(func(t *testing.T, s string, w, h int) {
		if len(s) > 64<<10 || w < 0 || h < 0 || w > 1<<20 || h > 1<<20 {
			return
		}
		var shapes []shape
		if _, got, ok := mediaFragment(s); ok && got != nil {
			shapes = append(shapes, *got)
		}
		if got, err := svgShape(s); err == nil {
			shapes = append(shapes, got)
			got.turn = float64(w)
			shapes = append(shapes, got)
		}
		for _, sh := range shapes {
			if len(sh.points) < 1 || sh.rect && len(sh.points) != 2 {
				if sh.rect {
					t.Fatalf("%q: a rectangle of %d points", s, len(sh.points))
				}
			}
			r, err := sh.on(1, w, h)
			if err != nil {
				continue
			}
			x, y, wide, high := r.Box()
			if x < 0 || y < 0 || wide < 1 || high < 1 || w > 0 && x+wide > w || h > 0 && y+high > h {
				t.Errorf("%q lies at %s on %d by %d", s, r, w, h)
			}
		}
	})
}

// FuzzPictures: whatever files say of pictures, what is taken lies on these.
func FuzzPictures(f *testing.F) {
	f.Add([]byte(`[{"data":{"image":"p.png"},"annotations":[{"result":[{"id":"r","type":"rectanglelabels","value":{"x":10,"y":10,"width":20,"height":5,"rotation":30}}]}]}]`), ".json")
	f.Add([]byte(`{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":{"source":"p.png","selector":{"type":"FragmentSelector","value":"xywh=1,2,3,4"}}}`), ".jsonld")
	f.Add([]byte(`<TEI><facsimile><surface lrx="10" lry="10" ulx="0" uly="0"><graphic url="p.png"/><zone points="1,2 3,4 5,6"/></surface></facsimile><text/></TEI>`), ".xml")
	f.Add([]byte(`{"id":"9","path":"p.png","pages":2,"sha256":"`+sumOf([]byte(picture2))+`","source_text":"","history":[],"regions":[{"region":"page=1&xywh=pixel:1,2,3,4","state":"accepted"}]}`), ".jsonl")
	fakePictures(f)
	f.Fuzz(func(t *testing.T, data []byte, end string) {
		if len(data) > 64<<10 || len(end) > 10 {
			return
		}
		c := open(data, "a"+end, func(string) ([]byte, bool) { return []byte(picture2), true })
		for _, d := range c.docs() {
			if d.Said == nil {
				continue
			}
			for _, r := range d.Said.Regions {
				if r.Page < 1 || r.Page > len(d.Pages) || len(r.Points) < 2 {
					t.Errorf("%s on %d pages", r.Region, len(d.Pages))
				}
			}
		}
	})
}

// What others' files say of pictures is read: rectangles and polygons of Label Studio's own data, zones of TEI's own tests.
func TestOthersRegions(t *testing.T) {
	sum := map[string]int{}
	walk := func(dir string, each func(data []byte)) {
		if err := filepath.WalkDir(corpus(t, dir), func(name string, e os.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(name)
			if err == nil {
				each(data)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	walk("labelstudio-data", func(data []byte) {
		if !isLabelStudio(data) {
			return
		}
		docs, _, err := readLabelStudio(data, 1)
		if err != nil {
			t.Error(err)
		}
		for _, d := range docs {
			sum["Label Studio"] += len(d.drawn)
		}
	})
	walk("tei-tests/P5/Test", func(data []byte) {
		docs, err := readTEI(data)
		if err != nil {
			return
		}
		sum["of TEI"] += strings.Count(string(data), "<zone ") + strings.Count(string(data), "<zone>")
		for _, d := range docs {
			sum["TEI"] += len(d.drawn)
		}
	})
	t.Log(sum)
	if sum["Label Studio"] < 5 || sum["TEI"] < 39 { // all that people drew; of the zones others have no place, or are their picture's
		t.Errorf("got %v", sum)
	}
}
