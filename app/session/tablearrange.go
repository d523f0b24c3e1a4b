package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// arrangeCommands are those of the screen of the arrangement.
func arrangeCommands() []*Command {
	on := func(name string, r rune) *Command {
		return &Command{ID: "arranging." + name, Label: i18n.K("cmd.arranging." + name), Menu: DocumentMenu, Group: 5, Rune: r, On: "arranging"}
	}
	up, down := on("up", 'K'), on("down", 'J')
	return []*Command{
		{ID: "arranging.open", Label: i18n.K("cmd.arranging"), Menu: DocumentMenu, Group: 5, Shortcuts: keys(altShift(fyne.KeyG))},
		on("new", 'n'), on("describe", 'e'), on("move", 'm'), on("remove", 'x'), up, down,
		on("by", 'b'), on("codes", 'c'), on("desk", 'd'), on("list", 'l'), on("print", 'p'),
	}
}
