package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// clusterCommands are those of the screen on which values that are nearly the same are
// merged.
func clusterCommands() []*Command {
	on := func(name string, r rune) *Command {
		return &Command{ID: "clustering." + name, Label: i18n.K("cmd.clustering." + name), Menu: DocumentMenu, Group: 5, Rune: r, On: "clustering"}
	}
	return []*Command{
		{ID: "clustering.open", Label: i18n.K("cmd.clustering"), Menu: DocumentMenu, Group: 5, Shortcuts: keys(ctrlShift(fyne.KeyH))},
		on("next", 'j'), on("previous", 'k'), on("confirm", 'm'), on("leave", 'x'), on("tick", 'i'), on("become", 'b'), on("type", 't'),
		on("field", 'f'), on("desk", 'd'), on("merge", 'g'),
	}
}
