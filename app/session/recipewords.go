package session

import (
	"regexp"

	"fonds/app/i18n"
)

// The recipes that the program itself writes, as it keeps them.
var (
	readAs    = regexp.MustCompile(`^(\S+) read as (\S+?)(; .*)?$`)
	bytesRead = regexp.MustCompile(`^bytes ([0-9a-f]+) at (\d+)(?: read as (\S+))?$`)
)

// RecipeWords says how a correction was come by; a recipe that the program does not
// know is what it is.
func RecipeWords(recipe string) string {
	if m := readAs.FindStringSubmatch(recipe); m != nil {
		return i18n.T("recipe.readas", "right", m[1], "wrong", m[2]) + m[3]
	}
	switch m := bytesRead.FindStringSubmatch(recipe); {
	case m == nil:
		return OneLine(recipe)
	case m[3] == "":
		return i18n.T("recipe.bytes", "bytes", m[1], "at", m[2])
	default:
		return i18n.T("recipe.bytes.as", "bytes", m[1], "at", m[2], "encoding", m[3])
	}
}
