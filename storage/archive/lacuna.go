package archive

import (
	"strconv"
	"strings"
)

// Gap stands in a proposed correction for a character that lost bytes (U+25AF).
const Gap = '▯'

// Lacuna is what is left of a character that lost bytes: the Gap at code point At
// of a proposed correction.
type Lacuna struct {
	At         int
	Bytes      string   // in hex, ?? for a byte that is lost
	Candidates []string // characters that the bytes allow, the likeliest first
}

// LacunaeDetail is how lacunae are kept in the Detail of a correction: a line for
// each, At, Bytes and the candidates apart by spaces.
func LacunaeDetail(all []Lacuna) string {
	lines := make([]string, len(all))
	for i, l := range all {
		lines[i] = strings.Join(append([]string{strconv.Itoa(l.At), l.Bytes}, l.Candidates...), " ")
	}
	return strings.Join(lines, "\n")
}

// Lacunae reads them from the Detail of a correction, those of which the words
// still have a Gap.
func (it *Item) Lacunae() []Lacuna {
	if it.What != ACorrection || it.Detail == "" {
		return nil
	}
	text := []rune(it.Text)
	var out []Lacuna
	for line := range strings.SplitSeq(it.Detail, "\n") {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		at, err := strconv.Atoi(f[0])
		if err == nil && at >= 0 && at < len(text) && text[at] == Gap {
			out = append(out, Lacuna{at, f[1], f[2:]})
		}
	}
	return out
}
