package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
)

// Key is one way in which a person does a command by the keyboard. Exactly one of
// its parts is set.
type Key struct {
	Chord desktop.CustomShortcut // with Ctrl, Alt or Cmd: wherever the focus is
	Rune  rune                   // alone, with the text or a list focused; a capital is with Shift
	Name  fyne.KeyName           // alone, and makes no character: F1 to F12, Delete, Insert
}

// String is the key as the settings keep it: "Ctrl+Shift+F", "j", "A", "F6".
func (k Key) String() string {
	switch {
	case k.Rune != 0:
		return string(k.Rune)
	case k.Name != "":
		return string(k.Name)
	}
	var out strings.Builder
	for _, m := range modifiers {
		if k.Chord.Modifier&m.mod != 0 {
			out.WriteString(m.name + "+")
		}
	}
	return out.String() + string(k.Chord.KeyName)
}

// Words is the key as it is shown.
func (k Key) Words() string {
	switch {
	case unicode.IsUpper(k.Rune):
		return "Shift+" + string(k.Rune)
	case k.Rune != 0:
		return string(unicode.ToUpper(k.Rune))
	case k.Name != "":
		return keyWords(k.Name)
	}
	return shortcutWords(&k.Chord)
}

var modifiers = []struct {
	mod  fyne.KeyModifier
	name string
}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "Cmd"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}}

// ParseKey reads what String wrote; ok is false for what no command can have.
func ParseKey(s string) (k Key, ok bool) {
	rest := s
	for _, m := range modifiers {
		if after, cut := strings.CutPrefix(rest, m.name+"+"); cut && after != "" {
			k.Chord.Modifier |= m.mod
			rest = after
		}
	}
	name := fyne.KeyName(rest)
	switch r, size := utf8.DecodeRuneInString(rest); {
	case k.Chord.Modifier&^fyne.KeyModifierShift != 0:
		k.Chord.KeyName = name
		return k, rest != "" && keyNamed(name)
	case k.Chord.Modifier != 0:
		return Key{}, false
	case size == len(rest) && r > ' ' && r < 0x7f:
		return Key{Rune: r}, true
	}
	return Key{Name: name}, functionNamed(name)
}

// keyNamed says whether a keyboard has a key of that name, as Fyne spells it.
func keyNamed(k fyne.KeyName) bool {
	if len(k) == 1 {
		return k[0] > ' ' && k[0] < 0x7f && !(k[0] >= 'a' && k[0] <= 'z')
	}
	return functionNamed(k) || slices.Contains([]fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome,
		fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyBackspace}, k)
}

func functionNamed(k fyne.KeyName) bool {
	var n int
	_, err := fmt.Sscanf(string(k), "F%d", &n)
	return k == desktop.KeyMenu || k == fyne.KeyDelete || k == fyne.KeyInsert || err == nil && n >= 1 && n <= 12 && k == fyne.KeyName(fmt.Sprint("F", n))
}

// own lists the keys of a command.
func (c *Command) own() []Key {
	var out []Key
	if c.Rune != 0 {
		out = append(out, Key{Rune: c.Rune})
	}
	if c.Key != "" {
		out = append(out, Key{Name: c.Key})
	}
	for _, sh := range c.Shortcuts {
		out = append(out, Key{Chord: sh})
	}
	return out
}

// give makes these the keys of a command, and no others.
func (c *Command) give(keys []Key) {
	c.Rune, c.Key, c.Shortcuts = 0, "", nil
	for _, k := range keys {
		switch {
		case k.Rune != 0:
			c.Rune = k.Rune
		case k.Name != "":
			c.Key = k.Name
		default:
			c.Shortcuts = append(c.Shortcuts, k.Chord)
		}
	}
}

// Kept says in words to whom a key belongs that no command can have, "" where a
// command can have it: to the text and its fields, to input methods, or to the
// desktop.
func (k Key) Kept() string {
	const ctrl, alt, shift = fyne.KeyModifierControl, fyne.KeyModifierAlt, fyne.KeyModifierShift
	words := func() string { return i18n.T("keys.ofthetext", "key", k.Words()) }
	if k.Rune != 0 || k.Name != "" {
		return ""
	}
	name, mod := k.Chord.KeyName, k.Chord.Modifier
	switch {
	case name == fyne.KeySpace && mod != alt, name == fyne.KeyPeriod && mod&ctrl != 0, name == fyne.KeySemicolon && mod&ctrl != 0:
		return i18n.T("keys.ofinput", "key", k.Words())
	case mod&^shift == fyne.KeyModifierShortcutDefault && slices.Contains([]fyne.KeyName{fyne.KeyC, fyne.KeyV, fyne.KeyX, fyne.KeyA}, name) && mod&shift == 0,
		mod&ctrl != 0 && mod&alt == 0 && slices.Contains([]fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome,
			fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyInsert}, name),
		mod == alt && (name == fyne.KeyN || name == fyne.KeyW):
		return words()
	case mod == alt && (name == fyne.KeyF4 || name == fyne.KeySpace):
		return i18n.T("keys.ofdesktop", "key", k.Words())
	}
	return ""
}

// Taken says in words why a command cannot have a key: that it is kept for
// something else, or which command has it. It is "" where the command can.
func (c *Commands) Taken(id string, k Key) string {
	if kept := k.Kept(); kept != "" {
		return kept
	}
	on := ""
	if me := c.Get(id); me != nil {
		on = me.On
	}
	for _, o := range c.all {
		if o.ID != id && (k.Rune == 0 || o.On == on) && slices.ContainsFunc(o.own(), func(have Key) bool { return have.String() == k.String() }) {
			return i18n.T("keys.taken", "key", k.Words(), "command", o.Words())
		}
	}
	return ""
}

// Changeable says whether a person can give a command other keys: those of the
// program, not those of an archive's labels.
func (c *Command) Changeable() bool { return c.table != nil }

// TakenFromTable says in words why a command cannot have its usual keys again,
// "" where it can.
func (c *Commands) TakenFromTable(k *Command) string {
	if k.table == nil {
		return ""
	}
	for _, key := range *k.table {
		if why := c.Taken(k.ID, key); why != "" {
			return why
		}
	}
	return ""
}

// With is what the keys of a command are when k is put in the place of those of
// its sort: a key alone, or one with Ctrl or Alt.
func (c *Command) With(k Key) []string {
	out := []string{k.String()}
	for _, have := range c.own() {
		if (have.Rune != 0 || have.Name != "") != (k.Rune != 0 || k.Name != "") {
			out = append(out, have.String())
		}
	}
	return out
}

// SetKeys gives commands the keys of a person's own, by their ids, and all others
// those of the table. What cannot be (no such command or key, a key that is kept
// or that another command has) leaves the command its own key, and is said in
// words.
func (c *Commands) SetKeys(own map[string][]string) (wrong []string) {
	for _, k := range c.all {
		if k.table != nil {
			k.give(*k.table)
		}
	}
	var given []string
	for _, id := range slices.Sorted(maps.Keys(own)) {
		k := c.Get(id)
		if k == nil || k.table == nil {
			wrong = append(wrong, i18n.T("keys.nocommand", "command", id))
			continue
		}
		keys, why := parseKeys(own[id])
		if why != "" {
			wrong = append(wrong, i18n.T("keys.wrong", "command", k.Words(), "why", why))
			continue
		}
		k.give(keys)
		given = append(given, id)
	}
	// Two may want one key. Whoever gives way has the key of the table again, which
	// may be what a third one wanted: look again until nobody gives way.
	for again := true; again; {
		again = false
		for i := len(given) - 1; i >= 0; i-- {
			k := c.Get(given[i])
			for _, key := range k.own() {
				if why := c.Taken(k.ID, key); why != "" {
					wrong = append(wrong, i18n.T("keys.wrong", "command", k.Words(), "why", why))
					k.give(*k.table)
					given = slices.Delete(given, i, i+1)
					again = true
					break
				}
			}
		}
	}
	if c.s.Open() {
		c.s.setLabels()
	}
	c.s.emit(KeysChanged{})
	return wrong
}

func parseKeys(all []string) (keys []Key, why string) {
	for _, s := range all {
		k, ok := ParseKey(s)
		if !ok {
			return nil, i18n.T("keys.nokey", "key", s)
		}
		if kept := k.Kept(); kept != "" {
			return nil, kept
		}
		keys = append(keys, k)
	}
	return keys, ""
}
