package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// findCommands are those of the table of all documents.
func findCommands() []*Command {
	return []*Command{
		{ID: "finding.open", Label: i18n.K("cmd.finding"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyB))},
		{ID: "doc.like", Label: i18n.K("cmd.like"), Menu: DocumentMenu, Group: 5, Shortcuts: keys(altShift(fyne.KeyL)), Document: true},
		{ID: "finding.many", Label: i18n.K("cmd.finding.many"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyB))},
		{ID: "finding.change", Label: i18n.K("cmd.finding.change"), Menu: EditMenu, Group: 1, Rune: 'b', On: "finding"},
		{ID: "finding.search", Label: i18n.K("cmd.search"), Menu: EditMenu, Group: 1, Rune: 'q', On: "finding"},
		{ID: "finding.exact", Label: i18n.K("cmd.search.exact"), Menu: EditMenu, Group: 1, Rune: '=', On: "finding"},
		{ID: "finding.clear", Label: i18n.K("cmd.finding.clear"), Menu: EditMenu, Group: 1, Rune: 'x', On: "finding"},
		{ID: "finding.facets", Label: i18n.K("cmd.finding.facets"), Menu: EditMenu, Group: 1, Rune: 'f', On: "finding"},
		{ID: "finding.sort", Label: i18n.K("cmd.finding.sort"), Menu: EditMenu, Group: 1, Rune: 's', On: "finding"},
		{ID: "finding.reverse", Label: i18n.K("cmd.finding.reverse"), Menu: EditMenu, Group: 1, Rune: 'r', On: "finding"},
		{ID: "finding.columns", Label: i18n.K("cmd.finding.columns"), Menu: EditMenu, Group: 1, Rune: 'c', On: "finding"},
		{ID: "finding.beside", Label: i18n.K("cmd.finding.beside"), Menu: EditMenu, Group: 1, Rune: 'v', On: "finding"},
	}
}
