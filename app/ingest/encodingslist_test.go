package ingest

import (
	"slices"
	"testing"
)

// Every name that can be chosen is that of a codec, once, and none is missing.
func TestEncodingsToChoose(t *testing.T) {
	all := Encodings()
	for i, name := range all {
		c := codecNamed(name)
		if c == nil || c.name != name {
			t.Errorf("%s is no encoding", name)
		}
		if slices.Index(all, name) != i {
			t.Errorf("%s stands there twice", name)
		}
	}
	for _, name := range []string{"GB18030", "Johab", "KOI8-R", "IBM437", "UTF-32BE", "x-mac-ce", "macintosh"} {
		if codecNamed(name) != nil && !slices.Contains(all, name) {
			t.Errorf("%s is missing", name)
		}
	}
	if all[0] != "UTF-8" || all[1] != "GB18030" || len(all) < 45 {
		t.Errorf("%d encodings: %v", len(all), all)
	}
}
