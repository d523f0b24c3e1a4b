package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// pictureCommands are those of the pictures of pages, beside the text on the desk.
func pictureCommands() []*Command {
	return []*Command{
		{ID: "picture.view", Label: i18n.K("cmd.picture.view"), Menu: MarkMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyJ))},
		{ID: "picture.focus", Label: i18n.K("cmd.picture.focus"), Menu: MarkMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyJ))},
		{ID: "picture.rectangle", Label: i18n.K("cmd.picture.rectangle"), Menu: MarkMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyK)), Rune: 's', On: "picture", Document: true},
		{ID: "picture.polygon", Label: i18n.K("cmd.picture.polygon"), Menu: MarkMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyK)), Rune: 'g', On: "picture", Document: true},
		{ID: "picture.type", Label: i18n.K("cmd.picture.type"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.KeyY)), Document: true},
		{ID: "picture.take", Label: i18n.K("cmd.picture.take"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(alt(fyne.KeyReturn)), Document: true},
		{ID: "picture.read", Label: i18n.K("cmd.picture.read"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyY)), Document: true},
	}
}
