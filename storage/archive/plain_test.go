package archive

import (
	"encoding/json"
	"reflect"
	"testing"
)

var infosToRead = []string{
	`{}`, `{"id":"x","name":"0.txt","path":"in/0.txt","order":0,"sha256":"2e10","size":8198,"format":"text/plain","encoding":"UTF-8","confidence":1,"text":1,"chars":2782,"added":117702225533534208}`,
	`{"name":"第1件 & <b>.txt","confidence":0.98,"language":"zh-Hans","folded":3,"modified":"2015-01-02T03:04:05Z"}`,
	`{"name":"a\"b"}`, `{"name":"\u2028"}`, `{"Name":"case"}`, `{"name":"one","name":"two"}`, `{"name":"one",}`, `{"name":"one"} `, `{"name":"one"}x`, ` {"name":"one"}`,
	`{"other":1,"name":"one"}`, `{"part":{"doc":"x","text":1,"start":2,"end":3},"name":"one"}`, `{"name":null}`, `{"size":-1}`, `{"size":01}`, `{"size":1.5}`, `{"size":1e3}`,
	`{"size":9223372036854775807}`, `{"size":9223372036854775808}`, `{"size":}`, `{"size":"1"}`, `{"confidence":.5}`, `{"confidence":5.}`, `{"confidence":00.5}`, `{"confidence":0.5e-3}`,
	`{"confidence":1.2.3}`, `{"confidence":}`, `{"name":"` + "\xff" + `"}`, "{\"name\":\"a\nb\"}", `{"name"`, `{"name":"one"`, `[]`, `null`, ``, `{"name":one}`, `{"confidence":0}`, `{"confidence":00}`, `{"name" :"one"}`,
}

func sameInfo(t *testing.T, b []byte) {
	t.Helper()
	want := new(Info)
	bad := json.Unmarshal(b, want)
	got, err := ReadInfo(b)
	if (err == nil) != (bad == nil) || err == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%q: read as %+v (%v), and encoding/json says %+v (%v)", b, got, err, want, bad)
	}
}

// TestReadInfo: what is known of a document is read as encoding/json reads it, whatever stands there.
func TestReadInfo(t *testing.T) {
	for _, s := range infosToRead {
		sameInfo(t, []byte(s))
	}
}

func FuzzReadInfo(f *testing.F) {
	for _, s := range infosToRead {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { sameInfo(t, b) })
}

var changesToRead = []string{
	`[{"before":{"id":"a","what":"tag","state":"accepted","key":"党建","by":"Zhang","at":117702226444222486,"rev":"r"},"after":{"id":"a","what":"tag","state":"accepted","key":"党务","pos":2,"by":"Zhang","at":1,"rev":"s","rev_by":"Zhang"}}]`,
	`[{"after":{"id":"a","what":"value","state":"proposed","text":"x","rule":"r","confidence":0.9,"detail":"d","confirmed":"c","source":"s","reason":"o","recipe":"q","amends":"b","first":"f"}},{"before":{"id":"b"}}]`,
	`[{"after":{"id":"a","anchor":{"text":1,"start":{"at":0},"end":{"at":2}}}}]`, `[{"after":{"id":"a","replaces":["b"]}}]`, `[{"after":{"id":"a","decision":{"by":"Li"}}}]`, `[{"info_after":{"id":"x"}}]`,
	`[]`, `null`, `[{}]`, `[{"before":null}]`, `[{"before":{"id":"a"},"before":{"key":"b"}}]`, `[{"before":{"id":"a"}},]`, `[{"before":{"id":"a"}}]x`, `[{"before":{"id":"a\"b"}}]`, `[{"before":{"ID":"a"}}]`,
	`[{"before":{"at":-1}}]`, `[{"before":{"at":1.5}}]`, `[`, `[{`, ``, `[{"before":{"id":"a"}}`, `[{"before":{"id":"a"} }]`,
}

func sameChanges(t *testing.T, b []byte) {
	t.Helper()
	var want []Change
	bad := json.Unmarshal(b, &want)
	got, err := ReadChanges(b)
	if (err == nil) != (bad == nil) || err == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%q: read as %+v (%v), and encoding/json says %+v (%v)", b, got, err, want, bad)
	}
}

// TestReadChanges: what an operation changed is read as encoding/json reads it, whatever stands there.
func TestReadChanges(t *testing.T) {
	for _, s := range changesToRead {
		sameChanges(t, []byte(s))
	}
}

func FuzzReadChanges(f *testing.F) {
	for _, s := range changesToRead {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { sameChanges(t, b) })
}
