package desk

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
)

// copyFull puts the selected words on the clipboard with what was done to them and
// where they stand.
func (d *Desk) copyFull() {
	start, end, has := d.s.Selection()
	if !has {
		d.s.Say(i18n.T("copy.select"))
		return
	}
	name := strings.TrimSuffix(filepath.Base(d.s.Path()), ".fonds")
	fyne.CurrentApp().Clipboard().SetContent(d.s.Document().Apparatus(start, end, name))
	d.s.Say(i18n.N("copy.done", end-start))
}
