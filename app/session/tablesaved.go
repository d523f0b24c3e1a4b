package session

import (
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// withSaved is the table with the commands of the saved searches behind those of the
// search.
func withSaved(list []*Command) []*Command {
	at := slices.IndexFunc(list, func(c *Command) bool { return c.ID == "search.narrow" }) + 1
	return slices.Insert(list, at,
		&Command{ID: "search.saved", Label: i18n.K("cmd.saved"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyL))},
		&Command{ID: "search.save", Label: i18n.K("cmd.savesearch"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyS))},
		&Command{ID: "search.rename", Label: i18n.K("cmd.renamesearch"), Menu: EditMenu, Group: 1},
		&Command{ID: "search.unsave", Label: i18n.K("cmd.unsavesearch"), Menu: EditMenu, Group: 1})
}

// OfSaved says whether a command is about saved searches.
func OfSaved(id string) bool {
	return slices.Contains([]string{"search.saved", "search.save", "search.rename", "search.unsave"}, id)
}
