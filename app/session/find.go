package session

import "strings"

// SearchWords are the words that a search of the list asks for, as they are typed:
// those between quotation marks are one, the others are apart by spaces.
func SearchWords(search string) []string {
	var out []string
	for i, part := range strings.Split(search, `"`) {
		if i%2 == 0 {
			out = append(out, strings.Fields(part)...)
		} else if p := strings.TrimSpace(part); p != "" {
			out = append(out, p)
		}
	}
	return out
}
