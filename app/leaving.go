package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/widgets"
)

// leaving does something that leaves the open archive, or the person who works
// in it, when all that was typed is in the file. Where something is not it asks
// first: nothing typed goes without a word.
func (w *window) leaving(then func()) {
	if w.leaves {
		return
	}
	w.leaves = true
	w.s.Settled(func(left int) {
		w.leaves = false
		if left == 0 {
			then()
			return
		}
		w.askUnsaved(left, then)
	})
	if !w.s.Open() {
		w.leaves = false
	}
}

// askUnsaved asks what to do with what could not be written. Escape stays.
func (w *window) askUnsaved(left int, then func()) {
	var m *modal
	again := widgets.NewPrimaryButton(i18n.T("leave.again"), func() {
		m.close()
		w.s.SaveAgain(func(int) { w.leaving(then) })
	})
	var take *widgets.Button
	take = widgets.NewButton(i18n.T("leave.copy"), func() {
		w.app.Clipboard().SetContent(w.s.UnsavedText())
		take.SetLabel(i18n.T("leave.copied"))
	})
	lose := widgets.NewButton(i18n.T("leave.lose"), func() {
		m.close()
		w.s.LoseUnsaved()
		then()
	})
	for _, b := range []*widgets.Button{again, take, lose} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	}
	m = w.open(i18n.N("leave.title", left), container.New(layout.NewCustomPaddedVBoxLayout(0),
		paragraph(w.s.UnsavedWhy()+"\n"+i18n.T("leave.text")), buttons(lose, take, again)), 560, func() {}, again)
}
