package archive

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/gowebpki/jcs"
)

// FuzzCanonical: what is done here is what the transformation does that takes all apart.
func FuzzCanonical(f *testing.F) {
	for _, s := range []string{
		`{"b":1,"a":{"d":[1,{"z":null,"y":true}],"c":"文\n\"\\"},"ab":0.98}`,
		`{"a":1,"a":2}`, `{"b":1,"a":2,"b":3}`, `{}`, `[]`, `[[],{}]`, `""`, `0`, `-0`, `-1`, `-0.5`, `1.50`, `1e3`, `0.000001`, `0.0000001`,
		`9007199254740993`, `123456789012345`, `1234567890123456`, `0.1234567`, `333333333.3333`, `1E400`, `-`, `1.`, `01`, `tru`,
		`{"\u0061":1,"b":2}`, `{"é":1,"a":2}`, `{"\ufffd":1,"😀":2}`, `"\u003c\u2028\u0001\b\f\/"`, `"\ud83d\ude00"`, `"\ud83d"`, "\"\u2028<&>\x7f\"",
		`{"":{"":{"":0}}}`, `{"a":1} `, ` [ 1 , 2 ] `, "{\"a\":\"\xff\"}", `{"a":}`, `{"a":1,}`, `[1,]`, `{"a"1}`, `nul`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		in := json.RawMessage(s)
		var want []byte
		b, wantErr := json.Marshal(in)
		if wantErr == nil {
			want, wantErr = jcs.Transform(b)
		}
		got, err := Canonical(in)
		if (err != nil) != (wantErr != nil) || err == nil && string(got) != string(want) {
			t.Errorf("%q is %s (%v), want %s (%v)", s, got, err, want, wantErr)
		}
	})
}

// An import takes effect as its bytes say, whether they were read or not.
func TestImportBodyWritten(t *testing.T) {
	for _, name := range []string{"文件 1<a>.txt", "bad \xff\xfe", "\u2028"} {
		at := &Anchor{Text: 1, Start: Border{At: 3}, End: Border{At: 5}, Quote: "二字", Before: "前\n\t", After: "后"}
		b := ImportBody{TextSHA: "ab", Recipe: json.RawMessage(`{"line_ends":"\r\n","undecoded":[{"at":1,"bytes":"ff"}]}`),
			Info: Info{Name: name, Path: name, Order: 7, SHA256: "cd", Size: 9, Format: "text/plain", Encoding: "gb18030", Confidence: 0.987,
				Language: "zh-Hans", Text: 1, Chars: 30, Folded: 6, Modified: "2015-11-22T01:02:03Z"},
			Proposals:   []ProposalBody{{ID: "p", Field: "dcterms:title", Value: "二字", Detail: "d", Rule: "title.label", Confidence: 1.0 / 3, Anchor: at}, {ID: "q", Field: "f", Value: "v"}},
			Corrections: []RepairBody{{ID: "r", Start: 3, End: 5, Source: "二字", Text: "▯", Before: "前", After: "后", Reason: "mojibake", Recipe: "x", Detail: "y", Rule: "z", Confidence: 0.3}},
			Furniture:   []FurnitureBody{{ID: "s", Kind: "label", Rule: "label.sure", Anchor: at}},
			Splits:      []BorderBody{{ID: "u", At: 9, Or: []int{}, Rule: "split.x", Confidence: 1e-7, After: "w"}, {ID: "v", At: 19, Or: []int{20, 21}}}}
		body, version, read, err := b.Written()
		if err != nil {
			t.Fatal(err)
		}
		op := &Op{ID: "o", Kind: "document.import", Version: version, Subject: "doc", Body: body, Clock: 77}
		fromBytes, fromBody := &Document{ID: "doc"}, &Document{ID: "doc"}
		if _, _, why, err := fromBytes.Apply(op); why != nil || err != nil {
			t.Fatal(why, err)
		}
		if _, _, why, err := fromBody.ApplyBody(op, read); why != nil || err != nil {
			t.Fatal(why, err)
		}
		if !reflect.DeepEqual(fromBytes, fromBody) {
			t.Errorf("%q: the bytes say\n%+v\nand the body\n%+v", name, fromBytes, fromBody)
		}
	}
}

// Most bodies are understood without the transformation.
func TestCanonicalIsUnderstood(t *testing.T) {
	var c sorter
	err := encode(&c.buf, ImportBody{TextSHA: "ab", Recipe: json.RawMessage(`{"lines":"\\r\\n","v":"3"}`), Info: Info{Name: "a<b>.txt", Confidence: 0.98, Chars: 2700},
		Proposals: []ProposalBody{{ID: "x", Field: "dcterms:title", Value: "题名\n“二”", Confidence: 0.85, Anchor: &Anchor{Text: 1, Quote: "题名\t", End: Border{At: 2}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if c.in = c.buf.Bytes(); !c.value() || c.at != len(c.in) {
		t.Errorf("it stops at %s", c.in[c.at:])
	}
}
