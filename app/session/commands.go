package session

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
)

// Command is one thing that a person can ask for. All of them stand in one table
// (table.go), from which the menus, the context menu, the command palette and
// the sheet of shortcuts are drawn, and every key is looked up.
type Command struct {
	ID    string // stable: "doc.next"
	Label string // key of its words
	Menu  Menu
	Group int // a line in the menu stands between groups

	// Shortcuts are combinations with Ctrl or Alt, which work wherever the focus
	// is; the first is the one that is shown.
	Shortcuts []desktop.CustomShortcut
	// Rune is the key alone, with the text focused; 0 for none.
	Rune rune
	// Key is the same for keys that make no character: F6, Delete.
	Key fyne.KeyName
	// Document says that the command is about the document that is shown: while
	// another one is being opened it waits for that.
	Document bool

	enabled func() bool
	run     func()
}

// Words is the command's label in the person's language.
func (c *Command) Words() string {
	if tag, ok := c.tagNumber(); ok {
		return i18n.T("cmd.tag", "key", tag)
	}
	return i18n.T(c.Label)
}

func (c *Command) tagNumber() (int, bool) {
	if len(c.ID) == len("tag.1") && c.ID[:4] == "tag." && c.ID[4] >= '1' && c.ID[4] <= '9' {
		return int(c.ID[4] - '0'), true
	}
	return 0, false
}

// Commands is the table, with what the screens have bound to it.
type Commands struct {
	s   *Session
	all []*Command
}

func newCommands(s *Session) *Commands {
	c := &Commands{s: s, all: table()}
	c.bindOwn()
	return c
}

// All lists the commands in the order of the table.
func (c *Commands) All() []*Command { return c.all }

// Get is the command of an id, or nil.
func (c *Commands) Get(id string) *Command {
	if i := slices.IndexFunc(c.all, func(k *Command) bool { return k.ID == id }); i >= 0 {
		return c.all[i]
	}
	return nil
}

// Bind says what a command does, and when it can be done (nil: always). It
// panics on an id that is not in the table.
func (c *Commands) Bind(id string, run func(), enabled func() bool) {
	k := c.Get(id)
	if k == nil {
		panic("session: no command " + id)
	}
	k.run, k.enabled = run, enabled
}

func (c *Commands) unbind() {
	for _, k := range c.all {
		k.run, k.enabled = nil, nil
	}
	c.bindOwn()
}

// Bound says whether a command does anything in this window.
func (c *Commands) Bound(k *Command) bool { return k.run != nil }

// Enabled says whether a command can be done now.
func (c *Commands) Enabled(k *Command) bool {
	return k.run != nil && (k.enabled == nil || k.enabled())
}

// Run does a command, if it can be done. One that is about the document waits
// while another document is being opened, so that keys typed ahead act on the
// document that the person is looking at next.
func (c *Commands) Run(id string) {
	k := c.Get(id)
	if k == nil {
		return
	}
	do := func() {
		if c.Enabled(k) {
			k.run()
		}
	}
	if k.Document {
		c.s.WhenLoaded(do)
		return
	}
	do()
}

// ByRune is the command of a single key in the text, or nil. Capital letters
// count as small ones, so that a locked Shift stops nobody.
func (c *Commands) ByRune(r rune) *Command {
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	switch {
	case r >= '１' && r <= '９': // full width digits, as an input method makes them
		r += '1' - '１'
	case r == '？':
		r = '?'
	}
	for _, k := range c.all {
		if k.Rune == r && r != 0 {
			return k
		}
	}
	return nil
}

// ByKey is the command of a key that makes no character, or nil.
func (c *Commands) ByKey(name fyne.KeyName) *Command {
	for _, k := range c.all {
		if k.Key == name && name != "" {
			return k
		}
	}
	return nil
}

// ByShortcut is the command of a combination with Ctrl or Alt, or nil.
func (c *Commands) ByShortcut(sh fyne.Shortcut) *Command {
	for _, k := range c.all {
		for i := range k.Shortcuts {
			if k.Shortcuts[i].ShortcutName() == sh.ShortcutName() {
				return k
			}
		}
	}
	return nil
}
