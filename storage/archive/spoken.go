package archive

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostReason is how long a reason is at most, code points: it is read on a screen,
// beside what it is about.
const mostReason = 2000

// spoken is a text without the space around it, or "" where nothing in it can be
// seen: marks of direction, joiners, fillers.
func spoken(text string) string {
	text = strings.TrimSpace(text)
	if !strings.ContainsFunc(text, seen) {
		return ""
	}
	return text
}

// seen says whether a code point leaves a trace on a page.
func seen(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: // fillers that Unicode counts as letters and signs, and the empty Braille cell
		return false
	}
	return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Zl, unicode.Zp, unicode.Zs)
}

// reason is the reason that an edit gives, "" where it gives none.
func reason(e *Edit) (string, error) {
	text := spoken(e.Reason)
	if n := utf8.RuneCountInString(text); n > mostReason {
		return "", Refuse("too-long", "key", "reason", "n", n, "most", mostReason)
	}
	return text, nil
}

// PersonName is the name of a person as the archive writes it: composed (NFC),
// without space around it, so that the same name typed on two systems is one.
func PersonName(name string) string { return norm.NFC.String(strings.TrimSpace(name)) }

// alike is a name as the eye takes it: without width, case and space.
func alike(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(name)), ""))
}

// Alike refuses a name that is not one of the archive's people's and looks like one
// that is; but is whom it is to be another name of, "" for nobody.
func (r *Rules) Alike(name, but string) error {
	if r == nil || r.Knows(name) {
		return nil
	}
	for _, known := range slices.Concat(slices.Sorted(maps.Keys(r.people)), slices.Sorted(maps.Keys(r.now))) {
		if alike(known) == alike(name) && !r.Same(known, but) {
			return Refuse("person-alike", "name", quoted(name), "known", quoted(known))
		}
	}
	return nil
}
