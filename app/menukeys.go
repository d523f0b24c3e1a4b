package app

import (
	"runtime"

	"fyne.io/fyne/v2"

	"fonds/app/session"
)

// menuRow is an item of a menu and the command that it does.
type menuRow struct {
	item *fyne.MenuItem
	of   *session.Command
}

// shownKeys is the shortcut of a command that its item in a menu has, -1 for
// none. Fyne draws it at a fifth of the ink, in every palette, which nobody can
// read: so the keys are words of the item, and what is found by its keys stands
// where it is not seen. The menus of macOS are the system's own.
var shownKeys = func() int {
	if runtime.GOOS == "darwin" {
		return 0
	}
	return -1
}()

// writeKeys puts behind the words of each item the keys of its command.
func writeKeys(rows []menuRow) {
	var lines []session.MenuLine
	for _, r := range rows {
		l := session.MenuLine{Item: r.item, Words: r.of.Words()}
		if shownKeys < 0 {
			l.Keys = r.of.FirstKeys()
		}
		lines = append(lines, l)
	}
	session.WriteKeys(lines)
}
