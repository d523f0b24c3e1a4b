package vocab

import (
	"errors"
	"testing"

	"fonds/storage/archive"
)

// read reads anything, and holds what was read against what is read of it written.
func read(t *testing.T, in []byte, f Format) {
	v, err := Read(in, f)
	if err != nil {
		var r *archive.Refusal
		if !errors.As(err, &r) {
			t.Fatalf("no refusal: %v", err)
		}
		return
	}
	again(t, v, Turtle)
	NewIndex(v, "zh-Hans").Find("a", 5)
}

// FuzzTable: any table is read or refused.
func FuzzTable(f *testing.F) {
	f.Add([]byte("id,broader,label,label@en,alt,scope,dates,colour\n1,,甲,A,\"a|b\\|c\",x,1900,3\n2,1,'=乙,,,,,\n"))
	f.Add([]byte("路径\t说明\n党建/会议\tx\n"))
	f.Add([]byte("\xb1\xe0\xba\xc5,\xc3\xfb\xb3\xc6\n1,\xb5\xb3\xbd\xa8\n"))
	f.Fuzz(func(t *testing.T, in []byte) { read(t, in, CSV) })
}

// FuzzJSONLD: any JSON is read or refused, and nothing is fetched.
func FuzzJSONLD(f *testing.F) {
	out, err := Write(sample(), JSONLD)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(out)
	f.Add([]byte(`{"@context":"https://example.org/c","@id":"a:1"}`))
	f.Add([]byte(`[{"@id":"a:1","@reverse":{"http://www.w3.org/2004/02/skos/core#broader":[{"@id":"a:2"}]},"http://www.w3.org/2004/02/skos/core#prefLabel":[{"@value":1}]}]`))
	f.Fuzz(func(t *testing.T, in []byte) { read(t, in, JSONLD) })
}
