package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/ingest"
)

const (
	// sampleBytes is how much of an original is read for a sample.
	sampleBytes = 16 << 10
	// SampleChars is how many code points of it are given.
	SampleChars = 60
)

// Sample is how an original would read in an encoding.
type Sample struct {
	Encoding string
	Words    string // from the first character on that is not ASCII, at most SampleChars code points; "" where there is none
	Bad      int    // runs of bytes at its beginning that are no character in the encoding
}

// Samples reads the beginning of an original in every encoding that reads it: those
// without bytes that are no character first, in the order of ingest.Encodings.
func Samples(original []byte) []Sample {
	part := original[:min(len(original), sampleBytes)&^3] // whole code points of UTF-16 and UTF-32
	if len(original) <= sampleBytes {
		part = original
	}
	var out []Sample
	for _, name := range ingest.Encodings() {
		text, _, _, recipe, err := ingest.Decode(part, name)
		if err != nil {
			continue
		}
		s := Sample{Encoding: name, Words: foreign(text)}
		for _, u := range recipe.Undecoded {
			if len(part) == len(original) || u.Offset < len(part)-4 { // the cut may go through a character
				s.Bad++
			}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Sample) int { return min(a.Bad, 1) - min(b.Bad, 1) })
	return out
}

// foreign is a text from its first character on that is not ASCII, on one line.
func foreign(text string) string {
	i := strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf && r != '\ufeff' && r != utf8.RuneError })
	if i < 0 {
		return ""
	}
	return strings.Clone(beginning(strings.Join(strings.Fields(text[i:]), " "), SampleChars))
}
