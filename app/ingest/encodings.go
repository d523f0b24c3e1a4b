package ingest

import (
	"slices"
	"strings"
)

// foremost are the encodings that stand first where a person chooses one.
var foremost = []string{"UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE", "HZ-GB-2312", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "EUC-KR", "windows-1252", "windows-1251"}

// Encodings lists the names of all encodings that a file can be said to be in: those
// that are met most in archives of East Asia first, the others in their order.
func Encodings() []string {
	all := []string{"UTF-32LE", "UTF-32BE"}
	for _, name := range whatwg {
		all = append(all, name)
	}
	for name := range ownCodecs {
		all = append(all, name)
	}
	for _, s := range singleSpecs {
		all = append(all, s.name)
	}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	all = slices.DeleteFunc(slices.Compact(all), func(name string) bool { return slices.Contains(foremost, name) || codecNamed(name) == nil })
	return slices.Concat(foremost, all)
}
