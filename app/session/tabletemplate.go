package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// templateCommands are those of the template's editor and of what fields are offered.
func templateCommands() []*Command {
	on := func(name string, r rune) *Command {
		return &Command{ID: "templating." + name, Label: i18n.K("cmd.templating." + name), Menu: FileMenu, Group: 2, Rune: r, On: "templating"}
	}
	return []*Command{
		{ID: "field.offered", Label: i18n.K("cmd.field.offered"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(alt(fyne.KeyI)), Document: true},
		{ID: "field.offeredall", Label: i18n.K("cmd.field.offeredall"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyI)), Document: true},
		{ID: "field.pin", Label: i18n.K("cmd.field.pin"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyP)), Document: true},
		{ID: "template.edit", Label: i18n.K("cmd.template.edit"), Menu: FileMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyD))},
		on("add", 'a'), on("copy", 'c'), on("remove", 'x'), on("hide", 'h'), on("up", 'K'), on("down", 'J'),
		on("save", 's'), on("begin", 'b'), on("join", 'g'), on("import", 'i'), on("export", 'e'), on("discard", 'z'),
	}
}
