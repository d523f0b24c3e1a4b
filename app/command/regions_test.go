package command

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"fonds/app/export"
)

// picture is a PNG of a size, unlike those of other sizes.
func picture(t *testing.T, w, h int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// onPictures is what an archive says of pictures, by their bytes.
func onPictures(t *testing.T, b *bench, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, l := range objects[listed](t, b.must("list", name, "--json")) {
		d := objects[export.Document](t, b.must("show", name, string(l.ID), "--json"))[0]
		var said []string
		for _, r := range d.Regions {
			said = append(said, fmt.Sprintf("%s %s %q %s", r.Region, r.Label, r.Text, r.Authority))
		}
		for _, f := range d.Fields {
			if f.State == "accepted" {
				said = append(said, fmt.Sprintf("%s=%s %s", f.Field, f.Value, f.Region))
			}
		}
		for _, tag := range d.Tags {
			said = append(said, tag.Tag)
		}
		slices.Sort(said)
		if len(said) > 0 {
			out[d.SHA256] = strings.Join(said, "\n")
		}
	}
	return out
}

// Pictures with what was said of places on them come back out of each format that has a place for it, with the originals of
// the set.
func TestRegionsComeBack(t *testing.T) {
	b := newBench(t)
	b.write("in/a.png", picture(t, 640, 480))
	b.write("in/b.png", picture(t, 333, 777))
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	b.as("Zhang", `{"do":"mark.add","doc":"path:a.png","region":"page=1&xywh=pixel:10,20,300,40","label":"seal","text":"红印","authority":"https://viaf.org/1"}`,
		`{"do":"mark.add","doc":"path:a.png","region":"page=1&polygon=1,2 30,4 5,60","label":"person"}`, `{"do":"tag.add","doc":"path:a.png","tag":"图/像"}`,
		`{"do":"field.set","doc":"path:b.png","field":"dcterms:title","values":[{"value":"一张图","evidence":{"region":"page=1&xywh=pixel:1,2,3,4"}}]}`)
	want := onPictures(t, b, "@a.fonds")
	if len(want) != 2 {
		t.Fatalf("%q", want)
	}
	for _, format := range []string{"jsonl", "tei", "webannotation", "labelstudio"} {
		for _, around := range []string{"bagit", "ro-crate"} {
			out, back := "@out-"+format+around, "@back-"+format+around+".fonds"
			b.must("export", "@a.fonds", "--format", format+","+around, "--out", out)
			b.must("new", back, "--as", "Qian")
			said := b.must("import", back, out, "--as", "Qian")
			got := onPictures(t, b, back)
			for sum, w := range want {
				if format == "labelstudio" { // it has no evidence of values
					w = strings.ReplaceAll(w, "page=1&xywh=pixel:1,2,3,4", "")
				}
				if got[sum] != w {
					t.Errorf("%s, %s: got\n%s\nwant\n%s\n%s", format, around, got[sum], w, said)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s, %s: %d pictures came back: %s", format, around, len(got), said)
			}
			b.must("verify", back)
		}
		b.must("export", "@a.fonds", "--format", format, "--out", "@bare-"+format)
		b.must("new", "@bare-"+format+".fonds", "--as", "Qian")
		if said := b.run("import", "@bare-"+format+".fonds", "@bare-"+format, "--as", "Qian"); !strings.Contains(b.stdout+b.stderr, "picture is not there") {
			t.Errorf("%s without originals: exit %d, %s%s", format, said, b.stdout, b.stderr)
		}
	}
}

// What other tools say of pictures comes in with these.
func TestRegionsOfOthers(t *testing.T) {
	b := newBench(t)
	b.write("in/p/a.png", picture(t, 640, 480))
	b.write("in/a.jsonld", `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","motivation":"tagging","body":{"value":"seal"},"target":{"source":"p/a.png","selector":{"type":"FragmentSelector","value":"xywh=percent:50,50,25,25"}}}`)
	b.write("in/p/b.png", picture(t, 640, 481))
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	said := onPictures(t, b, "@a.fonds")
	var all []string
	for _, s := range said {
		all = append(all, s)
	}
	if len(all) != 1 || all[0] != `page=1&xywh=pixel:320,240,160,120 seal "" ` {
		t.Errorf("%q", all)
	}
	if n := len(objects[listed](t, b.must("list", "@a.fonds", "--json"))); n != 2 {
		t.Errorf("%d documents", n)
	}
	if shown := b.must("show", "@a.fonds", "path:p/a.png"); !strings.Contains(shown, "\nRegions\n  ") || !strings.Contains(shown, "  seal             page=1&xywh=pixel:320,240,160,120  (Zhang)\n") {
		t.Error(shown)
	}
}
