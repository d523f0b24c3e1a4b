package app

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fonds/app/session"
	"fonds/widgets/look"
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

// writeKeys puts behind the words of each item the keys of its command, ending at
// one right edge as far as spaces can do it.
func writeKeys(rows []menuRow) {
	size := theme.TextSize()
	wide := func(words string) float32 { return fyne.MeasureText(words, size, fyne.TextStyle{}).Width }
	keys, full := make([]string, len(rows)), float32(0)
	for i, r := range rows {
		r.item.Label = r.of.Words()
		if shownKeys < 0 {
			keys[i] = r.of.FirstKeys()
		}
		room := wide(r.item.Label)
		if keys[i] != "" {
			room += look.Edge + wide(keys[i])
		}
		full = max(full, room)
	}
	space := wide("\u00a0\u00a0") - wide("\u00a0")
	for i, r := range rows {
		if keys[i] != "" && space > 0 {
			n := (full - wide(r.item.Label) - wide(keys[i])) / space
			r.item.Label += strings.Repeat("\u00a0", max(2, int(n+0.5))) + keys[i]
		}
	}
}
