package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/cataloguing"
	"fonds/app/i18n"
	"fonds/app/session"
)

// setMenu draws the menus from the table of commands, unless they are there
// already as they should be.
func (w *window) setMenu() {
	var state strings.Builder
	fmt.Fprint(&state, i18n.Current(), w.set.Recent, w.set.Scale, w.set.Forms)
	for _, c := range w.s.Commands.All() {
		words := c.Words()
		if turns(c) { // they change with every edit: see sayTurns
			words = c.ID
		}
		fmt.Fprint(&state, "\n", words, "\t", c.Keys())
	}
	if state.String() == w.keys {
		w.sayTurns()
		w.sayTicks()
		return
	}
	w.keys = state.String()
	w.rows, w.ticks = nil, map[string]*fyne.MenuItem{}
	var menus []*fyne.Menu
	var extra []*fyne.MenuItem
	for _, m := range session.Menus() {
		menu := fyne.NewMenu(i18n.T(string(m)))
		group := 0
		subs, rows := map[string]*fyne.Menu{}, map[*fyne.Menu][]menuRow{}
		for _, c := range w.s.Commands.All() {
			if c.Menu != m {
				continue
			}
			if len(menu.Items) > 0 && c.Group != group {
				menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
			}
			group = c.Group
			item, in := w.menuItem(c, shownKeys), menu
			if begin := sub(c); begin != "" {
				w.ticks[c.ID] = item
				if in = subs[begin]; in == nil {
					in = fyne.NewMenu(i18n.T(subMenus[begin]))
					opens := fyne.NewMenuItem(in.Label, nil)
					opens.ChildMenu, subs[begin] = in, in
					menu.Items = append(menu.Items, opens)
				}
			}
			in.Items = append(in.Items, item)
			rows[in] = append(rows[in], menuRow{item, c})
			for i := shownKeys + 1; i < len(c.Shortcuts); i++ {
				extra = append(extra, w.menuItem(c, i))
			}
			if c.ID == "archive.open" && len(w.set.Recent) > 0 {
				menu.Items = append(menu.Items, w.recentItem())
			}
		}
		for _, some := range rows {
			writeKeys(some)
			w.rows = append(w.rows, some)
		}
		menus = append(menus, menu)
	}
	w.sayTicks()
	main := fyne.NewMainMenu(menus...)
	w.win.SetMainMenu(main)
	// Fyne looks for a shortcut in all menus of the window, and a command has one
	// place in them but may have several shortcuts. What is added after the bar
	// was drawn is found by its keys and not seen.
	main.Items = append(main.Items, fyne.NewMenu("", extra...))
}

func turns(c *session.Command) bool { return c.ID == "undo" || c.ID == "redo" }

// sayTurns says in the menu what undo and redo would be about. The items are
// changed in their places: a menu that is made anew closes under the hand of
// whoever has just opened it. Fyne reads their words when the menu is shown.
func (w *window) sayTurns() {
	for _, rows := range w.rows {
		if slices.ContainsFunc(rows, func(r menuRow) bool { return turns(r.of) }) {
			writeKeys(rows)
		}
	}
}

func (w *window) menuItem(c *session.Command, shortcut int) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.Words(), nil)
	item.Action = func() {
		// Fyne asks the menus first: a key that a command has never gets to whoever waits for one.
		if shortcut >= 0 && len(c.Shortcuts) > shortcut && w.pressed != nil && w.modal == w.catching {
			w.pressed(&c.Shortcuts[shortcut])
			return
		}
		w.command(c.ID)
	}
	item.IsQuit = c.ID == "quit" && shortcut == shownKeys
	if shortcut >= 0 && len(c.Shortcuts) > shortcut {
		item.Shortcut = asFyne(&c.Shortcuts[shortcut])
	}
	return item
}

// asFyne is a shortcut by the name that Fyne's driver calls it: Undo and Redo
// have names of their own.
func asFyne(s *desktop.CustomShortcut) fyne.Shortcut {
	if s.Modifier == fyne.KeyModifierShortcutDefault {
		switch s.KeyName {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		}
	}
	return s
}

// command does what a menu or a shortcut asks for, unless something that has to
// be answered first is open.
func (w *window) command(id string) {
	if id != "quit" && (w.modal != nil || w.win.Canvas().Overlays().Top() != nil) {
		switch e := w.typingIn(); {
		case e != nil && id == "undo":
			e.UndoTyping()
		case e != nil && id == "redo":
			e.RedoTyping()
		}
		return
	}
	if e := w.typingIn(); e != nil && id == "doc.submit" && e.Finish() {
		return
	}
	if id == "doc.submit" && w.showing == cataloguing.Screen && !w.prefing {
		id = "catalogue.take" // the key that ends a document's work ends this
	}
	w.s.Commands.Run(id)
}

// recentItem is the menu of archives that were opened last.
func (w *window) recentItem() *fyne.MenuItem {
	item := fyne.NewMenuItem(i18n.T("menu.recent"), nil)
	item.ChildMenu = fyne.NewMenu("")
	for _, path := range w.set.Recent {
		item.ChildMenu.Items = append(item.ChildMenu.Items,
			fyne.NewMenuItem(session.OneLine(filepath.Base(path)), func() { w.openArchive(path) }))
	}
	return item
}
