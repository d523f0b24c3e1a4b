package archive

import (
	"encoding/json"
	"math/rand"
	"strings"
	"testing"
)

// FuzzParseAnchor: whatever the bytes, ParseAnchor says what encoding/json says.
func FuzzParseAnchor(f *testing.F) {
	for _, s := range []string{
		`{"text":1,"start":{"at":0},"end":{"at":12}}`,
		`{"text":1,"start":{"at":3,"in":"01a20b55"},"end":{"at":4},"quote":"李振国","before":"厅长\n","after":"\u003c讲话"}`,
		`{"text":1,"start":{"at":3},"end":{"at":4},"quote":"a` + "\n" + `b"}`, `{"text":1,"start":{"at":03},"end":{"at":4}}`,
		`{"text":1,"start":{"at":9999999999},"end":{"at":99999999999999999999}}`, `{"text":-1,"start":{"at":1},"end":{"at":1}}`,
		`{"text":1,"start":{"at":1},"end":{"at":1},"quote":"\\n","before":"\\\n"} `, `{"text":1,"start":{"at":1},"end":{"at":1},"quote":"` + "\xff\ufffd" + `"}`,
		`{"text":1,"start":{"at":1},"end":{"at":1},"after":"a","quote":"b"}`, `{"text":1,"start":{"at":1},"end":{"at":1},"quote":"`, `{}`, ``, `null`, `{"text":`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want Anchor
		wantErr := json.Unmarshal([]byte(s), &want)
		got, err := ParseAnchor(s)
		if (err == nil) != (wantErr == nil) || err == nil && *got != want {
			t.Fatalf("%q: got %+v, %v; want %+v, %v", s, got, err, want, wantErr)
		}
	})
}

// TestParseAnchor: every anchor comes back as it was written.
func TestParseAnchor(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	words := func() string {
		return randomText(rng, rng.Intn(5)) + []string{"", "\n", "\\n", `"`, "<&>", "\u2028", "\t", "\x00", "\ufffd"}[max(rng.Intn(27)-18, 0)]
	}
	quick := 0
	for range 2000 {
		want := Anchor{Text: rng.Intn(3), Start: Border{At: rng.Intn(4000000)}, End: Border{At: rng.Intn(40)}, Quote: words(), Before: words(), After: words()}
		if rng.Intn(3) == 0 {
			want.Start.In, want.End.In = NewID(), NewID()
		}
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseAnchor(string(b))
		if err != nil || *got != want {
			t.Fatalf("%s: got %+v, %v", b, got, err)
		}
		if !strings.Contains(strings.ReplaceAll(string(b), `\n`, ""), `\`) {
			quick++
		}
	}
	if quick < 200 {
		t.Errorf("only %d anchors without escapes", quick)
	}
}
