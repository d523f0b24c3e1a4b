package app

import (
	"os/user"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/widgets"
)

// askPerson asks who is working; then is called when that is known. Where it was
// known before, the question can be left. The name is what stands beside every
// edit: it is asserted, not proven.
func (w *window) askPerson(then func()) {
	var m *modal
	name := widgets.NewEntry()
	name.SetText(w.s.Actor())
	if w.s.Actor() == "" {
		name.SetText(loginName())
	}
	name.SetPlaceHolder(i18n.T("person.prompt"))
	name.Limit = 120
	accept := func() {
		text := strings.TrimSpace(name.Text)
		if text == "" {
			name.SetBad(true)
			return
		}
		m.close()
		become := func() {
			w.set.Name = text
			w.keep()
			w.s.SetActor(text)
			then()
		}
		if text == w.s.Actor() {
			become()
			return
		}
		w.leaving(become)
	}
	var leave func()
	all := []fyne.CanvasObject{}
	if w.s.Actor() != "" {
		leave = func() {}
		cancel := widgets.NewButton(i18n.T("button.cancel"), func() { m.close() })
		cancel.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
		all = append(all, cancel)
	}
	yes := widgets.NewPrimaryButton(i18n.T("person.do"), accept)
	yes.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	name.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			accept()
			return true
		}
		return m.escape(k)
	}
	m = w.open(i18n.T("person.title"), container.New(layout.NewCustomPaddedVBoxLayout(8),
		paragraph(i18n.T("person.text")), name, buttons(append(all, yes)...)), 420, leave, name)
	name.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// loginName is what the system calls the person: something to begin with.
func loginName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	if name := strings.TrimSpace(strings.Split(u.Name, ",")[0]); name != "" {
		return name
	}
	return u.Username
}
