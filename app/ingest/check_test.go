package ingest

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkDocument holds what must be so of every document.
func checkDocument(t testing.TB, doc *Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) || strings.Contains(doc.Text, "\r") {
		t.Errorf("%s: the text is not UTF-8, or has a line end that is not \\n", doc.Path)
	}
	again, err := Remake(doc.Original, doc.Recipe)
	if err != nil || again != doc.Text {
		t.Errorf("%s: its recipe does not make the same text again (%v)", doc.Path, err)
	}
	if doc.Format == "text/plain" && codecNamed(doc.Encoding).encode != nil {
		back, err := Rebuild(doc.Text, doc.Recipe)
		if err != nil || !bytes.Equal(back, doc.Original) {
			t.Errorf("%s: its text does not make the original again (%v)", doc.Path, err)
		}
	}
	runes := []rune(doc.Text)
	for _, u := range doc.Recipe.Undecoded {
		if u.At < -1 || u.At >= len(runes) || u.At >= 0 && runes[u.At] != '\uFFFD' {
			t.Errorf("%s: undecoded %+v is not U+FFFD in the text", doc.Path, u)
		}
		if hexOf(doc.Original[u.Offset:u.Offset+len(u.Bytes)/2]) != u.Bytes {
			t.Errorf("%s: undecoded %+v are not the bytes there", doc.Path, u)
		}
	}
	seen := map[string]bool{}
	for _, p := range doc.Proposals {
		if p.Start < 0 || p.Start >= p.End || p.End > len(runes) {
			t.Fatalf("%s: proposal %+v is outside the text of %d", doc.Path, p, len(runes))
		}
		words := string(runes[p.Start:p.End])
		if p.Field != "dcterms:date" && words != p.Value {
			t.Errorf("%s: proposal %+v, but the words there are %q", doc.Path, p, words)
		}
		if seen[p.Field+p.Value] || p.Value == "" || p.Rule == "" || p.Confidence <= 0 || p.Confidence > 1 {
			t.Errorf("%s: proposal %+v is empty, twice or has no rule", doc.Path, p)
		}
		seen[p.Field+p.Value] = true
	}
}
