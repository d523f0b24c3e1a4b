package template

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"fonds/storage/archive"
)

// What a field can be computed of: facts of the document, none of them another field, so
// that no computing goes round.
const (
	BySize      = "size"      // of the original: 7.57 KB
	ByFormat    = "format"    // by its name, as txt; else its media type
	ByName      = "name"      // of the original
	ByPath      = "path"      // as it was imported
	BySHA256    = "sha256"    // of the original
	ByChars     = "chars"     // code points of the text
	ByAdded     = "added"     // the day of the import, UTC
	ByDescriber = "describer" // who gave the values in force, a value each
	ByDescribed = "described" // the day on which the last of them was given, UTC
)

// Computes lists them.
func Computes() []string {
	return []string{BySize, ByFormat, ByName, ByPath, BySHA256, ByChars, ByAdded, ByDescriber, ByDescribed}
}

// Computed are the values of a field that is computed. A value that somebody gave to it
// stands in their place: none are computed then, and neither of a field that is not.
func (f *Field) Computed(d *archive.Document) []string {
	if f.Compute == "" || d == nil || len(d.Values(f.ID)) > 0 {
		return nil
	}
	said := ""
	switch f.Compute {
	case BySize:
		said = size(d.Info.Size)
	case ByFormat:
		said = cmp.Or(strings.ToLower(strings.TrimPrefix(path.Ext(d.Info.Name), ".")), d.Info.Format)
	case ByName:
		said = d.Info.Name
	case ByPath:
		said = d.Info.Path
	case BySHA256:
		said = d.Info.SHA256
	case ByChars:
		said = strconv.Itoa(d.Info.Chars)
	case ByAdded:
		said = day(d.Info.Added)
	case ByDescriber, ByDescribed:
		who, last := describers(d)
		if f.Compute == ByDescriber {
			if !f.Repeatable && len(who) > 0 {
				return []string{strings.Join(who, "; ")}
			}
			return who
		}
		said = day(last)
	}
	if said == "" {
		return nil
	}
	return []string{said}
}

// size is a number of bytes as catalogues have it.
func size(n int64) string {
	const k = 1024.0
	switch b := float64(n); {
	case n < k:
		return strconv.FormatInt(n, 10) + " B"
	case b < k*k:
		return strconv.FormatFloat(b/k, 'f', 2, 64) + " KB"
	case b < k*k*k:
		return strconv.FormatFloat(b/k/k, 'f', 2, 64) + " MB"
	default:
		return strconv.FormatFloat(b/k/k/k, 'f', 2, 64) + " GB"
	}
}

// day is the day of a clock, the same on every machine; "" for none.
func day(c archive.Clock) string {
	if c == 0 {
		return ""
	}
	return c.Time().UTC().Format(time.DateOnly)
}

// describers are who gave the values in force, in the order of these, and when the last
// of them was given.
func describers(d *archive.Document) (who []string, last archive.Clock) {
	for _, it := range d.Of(archive.AValue) {
		if !it.InForce() || it.By == "" {
			continue
		}
		if !slices.Contains(who, it.By) {
			who = append(who, it.By)
		}
		last = max(last, it.At)
	}
	return who, last
}
