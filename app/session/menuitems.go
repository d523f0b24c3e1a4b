package session

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	sizes "fonds/widgets/look"
)

// MenuLine is an item of a menu, and the words that it is written of.
type MenuLine struct {
	Item        *fyne.MenuItem
	Words, Keys string
}

// LineBetween stands between groups of a menu.
func LineBetween() MenuLine { return MenuLine{Item: fyne.NewMenuItemSeparator()} }

// Line is an item that no command stands for, or one with words of its own.
func Line(words, keys string, do func()) MenuLine {
	return MenuLine{fyne.NewMenuItem(words, do), words, keys}
}

// Line is a command as a line of a menu.
func (c *Commands) Line(k *Command) MenuLine {
	return Line(k.Words(), k.FirstKeys(), func() { c.Run(k.ID) })
}

// Lines are commands as lines of a menu about something, those that can be done
// there now. "" is a line between groups.
func (c *Commands) Lines(ids ...string) (lines []MenuLine) {
	between := false
	for _, id := range ids {
		k := c.Get(id)
		if k == nil || !c.Enabled(k) {
			between = between || id == ""
			continue
		}
		if between && len(lines) > 0 {
			lines = append(lines, LineBetween())
		}
		between = false
		lines = append(lines, c.Line(k))
	}
	return lines
}

// ShowMenu opens a menu of lines at a place of a window; none where it would be
// empty.
func ShowMenu(on fyne.Canvas, at fyne.Position, lines []MenuLine) {
	WriteKeys(lines)
	var items []*fyne.MenuItem
	for _, l := range lines {
		items = append(items, l.Item)
	}
	if len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), on, at)
	}
}

// WriteKeys puts the keys behind the words of each line, ending at one right edge
// as far as spaces can do it: Fyne draws the shortcut of an item at a fifth of the
// ink, in every palette, which nobody can read.
func WriteKeys(lines []MenuLine) {
	size := theme.TextSize()
	wide := func(words string) float32 { return fyne.MeasureText(words, size, fyne.TextStyle{}).Width }
	full := float32(0)
	for _, l := range lines {
		room := wide(l.Words)
		if l.Keys != "" {
			room += sizes.Edge + wide(l.Keys)
		}
		full = max(full, room)
	}
	space := wide("\u00a0\u00a0") - wide("\u00a0")
	for _, l := range lines {
		l.Item.Label = l.Words
		if l.Keys != "" && space > 0 {
			n := (full - wide(l.Words) - wide(l.Keys)) / space
			l.Item.Label += strings.Repeat("\u00a0", max(2, int(n+0.5))) + l.Keys
		}
	}
}
