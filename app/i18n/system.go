package i18n

import (
	"github.com/jeandeaual/go-locale"
	"golang.org/x/text/language"
)

// System is the language of ours that the system's settings ask for.
func System() string {
	wanted, err := locale.GetLocales()
	if err != nil {
		return Default
	}
	return match(wanted...)
}

// match finds the language of ours that suits best, the wishes in their order.
// Whoever reads Chinese of any region is served by the simplified one, which is
// the only Chinese here.
func match(wanted ...string) string {
	for _, w := range wanted {
		tag, err := language.Parse(w)
		if err != nil {
			continue
		}
		base, _ := tag.Base()
		for _, l := range languages {
			if ours, _ := language.Make(l.tag).Base(); ours == base {
				return l.tag
			}
		}
	}
	return Default
}
