package app

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"golang.org/x/text/cases"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// keysPage is the sheet of shortcuts: every command with its keys. What is typed
// narrows it; Enter asks for another key.
type keysPage struct {
	w     *window
	m     *modal
	find  *widgets.Entry
	list  *widgets.List
	found []*session.Command
}

// Of the page, in Fyne pixels: its width, and what lies around its list.
const (
	keysWidth  = 640
	keysAround = 310
)

// sheet shows every command with its keys.
func (w *window) sheet() { w.openKeys("") }

// openKeys shows the page with a command chosen; "" is the first.
func (w *window) openKeys(id string) *keysPage {
	p := &keysPage{w: w, find: widgets.NewEntry(), list: widgets.NewList()}
	p.find.SetPlaceHolder(i18n.T("keys.find"))
	p.find.OnType = func(string) { p.narrow("") }
	p.find.OnKey = p.key
	p.list.Covers = session.Covers
	p.list.OnActivate = func(int) { p.ask() }
	p.list.OnKey = func(k *fyne.KeyEvent) bool { return p.m.escape(k) }
	room := canvas.NewRectangle(look.Current().Paper)
	room.SetMinSize(fyne.NewSize(0, min(max(w.win.Canvas().Size().Height-keysAround, 100), 460)))
	change := widgets.NewPrimaryButton(i18n.T("keys.change"), p.ask)
	back := widgets.NewButton(i18n.T("keys.default"), p.restore)
	all := widgets.NewButton(i18n.T("keys.defaults"), p.restoreAll)
	done := widgets.NewButton(i18n.T("button.close"), func() { p.m.close() })
	for _, b := range []*widgets.Button{change, back, all, done} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return p.m.escape(k) }
	}
	p.m = w.open(i18n.T("sheet.title"), container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		paragraph(i18n.T("sheet.text")), p.find, container.NewStack(room, p.list),
		buttons(all, back, done, change)), keysWidth, func() {}, p.find)
	p.narrow(id)
	return p
}

// narrow lists the commands that have every word which is typed in their words,
// in any language, or in their keys.
func (p *keysPage) narrow(id string) {
	fold := cases.Fold()
	words := strings.Fields(fold.String(p.find.Text))
	p.found = nil
	at := 0
next:
	for _, c := range p.w.s.Commands.All() {
		text := fold.String(strings.Join(append(i18n.Everywhere(c.Label), c.Words(), i18n.T(string(c.Menu)), c.Keys()), "\n"))
		for _, word := range words {
			if !strings.Contains(text, word) {
				continue next
			}
		}
		if c.ID == id {
			at = len(p.found)
		}
		p.found = append(p.found, c)
	}
	p.list.SetCount(len(p.found), func(i int) widgets.Row {
		c := p.found[i]
		r := widgets.Row{Title: c.Words(), Sub: i18n.T(string(c.Menu)), Badge: c.Keys(), Known: true}
		if _, own := p.w.set.Keys[c.ID]; own {
			r.Sub += " · " + i18n.T("keys.own")
		}
		return r
	})
	p.list.SetSelected(at)
	p.list.EnsureVisible(at)
}

func (p *keysPage) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		p.list.TypedKey(k)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.ask()
	default:
		return p.m.escape(k)
	}
	return true
}

func (p *keysPage) chosen() *session.Command {
	if at := p.list.Selected(); at >= 0 && at < len(p.found) {
		return p.found[at]
	}
	return nil
}

// ask asks for another key of the chosen command. The labels of an archive have
// theirs on the page of labels.
func (p *keysPage) ask() {
	c, w := p.chosen(), p.w
	if c == nil {
		return
	}
	if !c.Changeable() {
		w.tell(c.Words(), i18n.T("keys.oflabel"))
		return
	}
	var m *modal
	again := func() {
		w.pressed = nil
		m.close()
		w.openKeys(c.ID)
	}
	said := changing(i18n.T("keys.press.text"))
	catch := widgets.NewKeyCatcher(i18n.T("keys.press"))
	took := func(k session.Key) {
		if why := w.s.Commands.Taken(c.ID, k); why != "" {
			said.SetText(why)
			catch.SetBad(true)
			return
		}
		w.setKeys(c.ID, c.With(k))
		again()
	}
	take := func(key string) {
		k, ok := session.ParseKey(key)
		if !ok {
			said.SetText(i18n.T("keys.nokey", "key", key))
			catch.SetBad(true)
			return
		}
		took(k)
	}
	catch.OnKey = func(name fyne.KeyName) { take(string(name)) }
	catch.OnRune = func(r rune) { take(string(r)) }
	catch.OnShortcut = func(s *desktop.CustomShortcut) { took(session.Key{Chord: *s}) }
	catch.OnLeave = again
	cancel := widgets.NewButton(i18n.T("button.cancel"), again)
	m = w.open(c.Words(), container.New(layout.NewCustomPaddedVBoxLayout(look.Near), catch, said, buttons(cancel)), 480, again, catch)
	w.pressed, w.catching = catch.OnShortcut, m
}

// restore gives the chosen command its usual keys again, unless another has one
// of them by now.
func (p *keysPage) restore() {
	c := p.chosen()
	if c == nil {
		return
	}
	if why := p.w.s.Commands.TakenFromTable(c); why != "" {
		p.w.tell(c.Words(), why)
		return
	}
	p.w.setKeys(c.ID, nil)
	p.narrow(c.ID)
}

func (p *keysPage) restoreAll() {
	p.w.set.Keys = nil
	p.w.useKeys()
	p.w.keep()
	p.narrow("")
}

// setKeys gives a command keys of the person's own; nil are its usual ones.
func (w *window) setKeys(id string, keys []string) {
	own := maps.Clone(w.set.Keys)
	if own == nil {
		own = map[string][]string{}
	}
	if own[id] = keys; keys == nil {
		delete(own, id)
	}
	w.set.Keys = own
	w.useKeys()
	w.keep()
}

// useKeys puts the keys of the settings in the place of those of the table, and
// gives what is wrong with them.
func (w *window) useKeys() []string {
	wrong := w.s.Commands.SetKeys(w.set.Keys)
	if len(wrong) > 0 {
		w.s.Say(strings.Join(wrong, " "))
	}
	w.setMenu()
	return wrong
}

// tellWrongKeys says once what is wrong with the keys in the settings.
func (w *window) tellWrongKeys() {
	if len(w.wrong) > 0 {
		w.tell(i18n.T("keys.wrong.title"), strings.Join(w.wrong, "\n")+"\n"+i18n.T("keys.wrong.text"))
		w.wrong = nil
	}
}
