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
