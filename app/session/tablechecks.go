package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/storage"
)

// checksCommands are those of the screen of the check report.
func checksCommands() []*Command {
	on := func(name string, r rune) *Command {
		return &Command{ID: "checks." + name, Label: i18n.K("cmd.checks." + name), Menu: ReviewMenu, Group: 4, Rune: r, On: "checks"}
	}
	return []*Command{
		{ID: "checks.open", Label: i18n.K("cmd.checks"), Menu: ReviewMenu, Group: 4, Shortcuts: keys(altShift(fyne.KeyQ))},
		on("again", 'r'), on("scope", 'a'), on("next", 'j'), on("previous", 'k'), on("desk", 'd'), on("html", 'h'), on("xlsx", 'x'),
	}
}

// ListQuery is what the list shows, as storage is asked for it, and in words; "" where it
// shows everything that was not removed.
func (s *Session) ListQuery() (q storage.Query, words string) {
	of := s.list.query
	q = s.list.asked(of)
	if of.Filter != All {
		words = FilterWords(of.Filter)
	}
	if of.Package != "" && s.self != nil {
		if it := s.self.Item(of.Package); it != nil {
			words = both(words, it.Key)
		}
	}
	if of.Search != "" {
		words = both(words, of.Search)
	}
	return q, words
}

func both(a, b string) string {
	if a == "" {
		return b
	}
	return a + i18n.T("list.comma") + b
}
