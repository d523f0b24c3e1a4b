package ingest

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"
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
	for _, o := range doc.Others {
		if again, err := Remake(doc.Original, o.Recipe); err != nil || again != o.Text {
			t.Errorf("%s: the recipe of its other text (%s) does not make the same again (%v)", doc.Path, o.Recipe.Extractor, err)
		}
		checkUndecoded(t, doc, o.Text, o.Recipe)
	}
	if doc.Format == "text/plain" && codecNamed(doc.Encoding).encode != nil {
		back, err := Rebuild(doc.Text, doc.Recipe)
		if err != nil || !bytes.Equal(back, doc.Original) {
			t.Errorf("%s: its text does not make the original again (%v)", doc.Path, err)
		}
	}
	if doc.Recipe.Extractor == fromMain && (len(doc.Others) != 1 || doc.Others[0].Recipe.Extractor != fromHTML || !standsIn(doc.Text, doc.Others[0].Text)) {
		t.Errorf("%s: its main text is not made of all of its text, in its order", doc.Path)
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

// checkUndecoded: what a recipe could not read are those bytes, and U+FFFD at that place of its text.
func checkUndecoded(t testing.TB, doc *Document, text string, r Recipe) {
	t.Helper()
	runes := []rune(text)
	for _, u := range r.Undecoded {
		if u.At < -1 || u.At >= len(runes) || u.At >= 0 && runes[u.At] != '\uFFFD' {
			t.Errorf("%s: undecoded %+v is not U+FFFD in the text", doc.Path, u)
		}
		if hexOf(doc.Original[u.Offset:u.Offset+len(u.Bytes)/2]) != u.Bytes {
			t.Errorf("%s: undecoded %+v are not the bytes there", doc.Path, u)
		}
	}
}

// standsIn says whether the characters of a part stand in that order in the whole, white space aside.
func standsIn(part, whole string) bool {
	rest := []rune(whole)
	for _, r := range part {
		if unicode.IsSpace(r) {
			continue
		}
		i := slices.Index(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}
