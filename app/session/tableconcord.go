package session

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// concordCommands are those of the page that lists every place of words.
func concordCommands() []*Command {
	on := func(id, label string, key rune) *Command {
		return &Command{ID: "concordance." + id, Label: label, Menu: DocumentMenu, Group: 5, Rune: key, On: "concordance"}
	}
	return []*Command{
		{ID: "concordance.open", Label: i18n.K("cmd.concordance"), Menu: DocumentMenu, Group: 5, Shortcuts: keys(ctrlShift(fyne.KeyK))},
		on("words", i18n.K("cmd.concordance.words"), '/'),
		on("exact", i18n.K("cmd.concordance.exact"), '='),
		on("aside", i18n.K("cmd.concordance.aside"), 'f'),
		on("within", i18n.K("cmd.concordance.within"), 'w'),
		on("place", i18n.K("cmd.concordance.place"), 'p'),
		on("left", i18n.K("cmd.concordance.left"), 'l'),
		on("right", i18n.K("cmd.concordance.right"), 'r'),
		on("next", i18n.K("cmd.concordance.next"), 'j'),
		on("previous", i18n.K("cmd.concordance.previous"), 'k'),
		on("mark", i18n.K("cmd.concordance.mark"), 'm'),
		on("correct", i18n.K("cmd.concordance.correct"), 'e'),
		on("desk", i18n.K("cmd.concordance.desk"), 'o'),
		on("again", i18n.K("cmd.concordance.again"), 'a'),
	}
}
