package session

import (
	"slices"
	"strings"
	"unicode"

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
	// Rune is the key alone, with the text focused; 0 for none. A capital letter is
	// the key with Shift.
	Rune rune
	// Key is the same for keys that make no character: F6, Delete.
	Key fyne.KeyName
	// On is the screen on which its single key counts; "" is the text and the list.
	// Keys of one screen are free on the others.
	On string
	// Document says that the command is about the document that is shown: while
	// another one is being opened it waits for that.
	Document bool

	table   *[]Key        // its keys in the table; nil: it does not stand there
	words   func() string // in the place of the label's
	enabled func() bool
	run     func()
}

// Words is the command's label in the person's language.
func (c *Command) Words() string {
	if c.words != nil {
		return c.words()
	}
	return i18n.T(c.Label)
}

// Keys is how the command is done by the keyboard, as "J, Alt+Down"; "" where it
// has no key.
func (c *Command) Keys() string {
	var out []string
	switch {
	case unicode.IsUpper(c.Rune):
		out = append(out, "Shift+"+string(c.Rune))
	case c.Rune != 0:
		out = append(out, string(unicode.ToUpper(c.Rune)))
	}
	if c.Key != "" {
		out = append(out, keyWords(c.Key))
	}
	for i := range c.Shortcuts {
		if i == 0 || c.Shortcuts[i].KeyName != c.Shortcuts[0].KeyName && c.Shortcuts[i].KeyName != fyne.KeyPlus {
			out = append(out, shortcutWords(&c.Shortcuts[i]))
		} else if c.ID == "redo" {
			out = append(out, shortcutWords(&c.Shortcuts[i]))
		}
	}
	return strings.Join(out, ", ")
}

// FirstKeys is the first shortcut of the command in words, or the key that does
// it everywhere; "" where it has neither.
func (c *Command) FirstKeys() string {
	switch {
	case len(c.Shortcuts) > 0:
		return shortcutWords(&c.Shortcuts[0])
	case c.Key != "":
		return keyWords(c.Key)
	}
	return ""
}

func shortcutWords(s *desktop.CustomShortcut) string {
	var out strings.Builder
	for _, m := range []struct {
		mod   fyne.KeyModifier
		words string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "Cmd"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if s.Modifier&m.mod != 0 {
			out.WriteString(m.words + "+")
		}
	}
	return out.String() + keyWords(s.KeyName)
}

// keyWords is what stands on a key.
func keyWords(k fyne.KeyName) string {
	switch k {
	case fyne.KeyUp:
		return "↑"
	case fyne.KeyDown:
		return "↓"
	case fyne.KeyEqual:
		return "+"
	case fyne.KeyDelete:
		return "Del"
	}
	return string(k)
}

// Commands is the table, with what the screens have bound to it.
type Commands struct {
	s   *Session
	all []*Command

	// Before is told of a command that is about to be done; nil: nobody is.
	Before func(k *Command)
}

func newCommands(s *Session) *Commands {
	c := &Commands{s: s, all: table()}
	for _, k := range c.all {
		keys := k.own()
		k.table = &keys
	}
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
	c.s.setLabels()
}

// Bound says whether a command does anything in this window.
func (c *Commands) Bound(k *Command) bool { return k.run != nil }

// changes says whether a command changes the archive.
func (c *Command) changes() bool {
	return c.Document || c.ID == "undo" || c.ID == "redo" || c.ID == "archive.import"
}

// Enabled says whether a command can be done now.
func (c *Commands) Enabled(k *Command) bool {
	return k.run != nil && (k.enabled == nil || k.enabled())
}

// Run does a command, if it can be done. One that is about the document waits
// while another document is being opened, so that keys typed ahead act on the
// document that the person is looking at next.
//
// What cannot be done now is said in the status bar.
func (c *Commands) Run(id string) {
	k := c.Get(id)
	if k == nil {
		return
	}
	if c.Before != nil {
		c.Before(k)
	}
	do := func() {
		switch why := c.s.Fixed(); {
		case c.Enabled(k):
			k.run()
		case k.changes() && why != "":
			c.s.Say(i18n.T("cmd.fixed", "command", k.Words(), "why", why))
		default:
			c.s.Say(i18n.T("cmd.notnow", "command", k.Words()))
		}
	}
	if k.Document {
		c.s.WhenLoaded(do)
		return
	}
	do()
}

// ByRune is the command of a single key in the text, or nil. Capital letters that
// no command has count as small ones, so that a locked Shift stops nobody.
func (c *Commands) ByRune(r rune) *Command { return c.ByRuneOn("", r) }

// RunOn does the command that a single key has on a screen, and says whether it has
// one; the list of all keys is a key away everywhere.
func (c *Commands) RunOn(screen string, r rune) bool {
	k := c.ByRuneOn(screen, r)
	if k == nil {
		if k = c.ByRune(r); k == nil || k.ID != "shortcuts" {
			return false
		}
	}
	c.Run(k.ID)
	return true
}

// ByRuneOn is ByRune for another screen.
func (c *Commands) ByRuneOn(screen string, r rune) *Command {
	if r >= 'A' && r <= 'Z' && !slices.ContainsFunc(c.all, func(k *Command) bool { return k.Rune == r && k.On == screen }) {
		r += 'a' - 'A'
	}
	switch {
	case r >= '１' && r <= '９': // full width digits, as an input method makes them
		r += '1' - '１'
	case r == '？':
		r = '?'
	}
	for _, k := range c.all {
		if k.Rune == r && r != 0 && k.On == screen {
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
