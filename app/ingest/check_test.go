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
	checkEvidence(t, doc.Path, doc.Text, doc.Proposals)
	seen := map[string]bool{}
	for _, p := range doc.Proposals {
		if seen[p.Field+p.Value] {
			t.Errorf("%s: proposal %+v twice", doc.Path, p)
		}
		seen[p.Field+p.Value] = true
	}
}
