package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// vocabularyCommands are those of the screen of tags and vocabularies.
func vocabularyCommands() []*Command {
	on := func(name string, r rune) *Command {
		return &Command{ID: "vocabulary." + name, Label: i18n.K("cmd.vocabulary." + name), Menu: TagMenu, Group: 2, Rune: r, On: "vocabulary"}
	}
	return []*Command{
		{ID: "vocabulary.open", Label: i18n.K("cmd.vocabulary"), Menu: TagMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyV))},
		on("find", '/'), on("new", 'n'), on("describe", 'e'), on("rename", 'r'), on("move", 'm'), on("merge", 'g'), on("delete", 'x'),
		on("colourless", 'c'), on("import", 'i'), on("export", 'o'), on("other", 'l'),
	}
}
