package widgets

import "fyne.io/fyne/v2"

// FocusRound gives the keyboard to the one behind that which has it, round from the last
// to the first. It reports whether any of them had it.
func FocusRound(on fyne.Canvas, all ...fyne.Focusable) bool {
	for i, o := range all {
		if on.Focused() == o {
			on.Focus(all[(i+1)%len(all)])
			return true
		}
	}
	return false
}
