package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FunctionKeys takes the keys F1 to F12 and Menu (which Shift+F10 is too) from whichever widget of this package
// has the focus, before it acts; true means taken. Fyne gives a key without
// Control or Alt to the focused widget and to nobody else, so that the window
// cannot hear of them by itself.
var FunctionKeys func(name fyne.KeyName) bool

// SingleKeys takes the keys that are a command by themselves from whichever widget has
// the focus and no use for characters: a button, a row of choices.
var SingleKeys func(r rune)

// FunctionKey passes a function key on, for what takes keys and is no widget of
// this package; true means taken.
func FunctionKey(k *fyne.KeyEvent) bool { return functionKey(k) }

func functionKey(k *fyne.KeyEvent) bool {
	if menuKey(k) {
		return FunctionKeys != nil && FunctionKeys(desktop.KeyMenu)
	}
	if FunctionKeys == nil || len(k.Name) < 2 || len(k.Name) > 3 || k.Name[0] != 'F' || k.Name[1] < '1' || k.Name[1] > '9' {
		return false
	}
	return FunctionKeys(k.Name)
}

// menuKey says whether a key asks for the menu of what has the focus.
func menuKey(k *fyne.KeyEvent) bool {
	return k.Name == desktop.KeyMenu || k.Name == fyne.KeyF10 && new(composition).held() == fyne.KeyModifierShift
}
