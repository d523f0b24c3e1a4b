package archive

import (
	"encoding/json"
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

// Most bodies are understood without the transformation.
func TestCanonicalIsUnderstood(t *testing.T) {
	b, err := encoded(ImportBody{TextSHA: "ab", Recipe: json.RawMessage(`{"lines":"\\r\\n","v":"3"}`), Info: Info{Name: "a<b>.txt", Confidence: 0.98, Chars: 2700},
		Proposals: []ProposalBody{{ID: "x", Field: "dcterms:title", Value: "题名\n“二”", Confidence: 0.85, Anchor: &Anchor{Text: 1, Quote: "题名\t", End: Border{At: 2}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if c := (sorter{in: b}); !c.value() || c.at != len(b) {
		t.Errorf("it stops at %s", b[c.at:])
	}
}
