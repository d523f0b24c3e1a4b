package session

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
)

// Every key of the table is written and read back as itself, and is one that a
// command can have; a key alone has another beside it that works in fields too.
func TestKeysOfTheTable(t *testing.T) {
	c := New(NewManual().Config()).Commands
	for _, k := range c.All() {
		for _, key := range k.own() {
			if got, ok := ParseKey(key.String()); !ok || got != key {
				t.Errorf("%s: %q is read as %+v, %v", k.ID, key.String(), got, ok)
			}
			if why := c.Taken(k.ID, key); why != "" {
				t.Errorf("%s: %s", k.ID, why)
			}
		}
	}
}

func TestParseKey(t *testing.T) {
	for s, want := range map[string]Key{
		"j": {Rune: 'j'}, "A": {Rune: 'A'}, "?": {Rune: '?'}, "+": {Rune: '+'}, "F6": {Name: fyne.KeyF6}, "Delete": {Name: fyne.KeyDelete},
		"Ctrl+Shift+F": {Chord: desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}},
		"Alt+Down":     {Chord: desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}},
		"Ctrl++":       {Chord: desktop.CustomShortcut{KeyName: fyne.KeyPlus, Modifier: fyne.KeyModifierControl}},
	} {
		if got, ok := ParseKey(s); !ok || got != want {
			t.Errorf("%q: got %+v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", " ", "你", "jj", "F0", "F13", "F06", "Ctrl+", "Ctrl+f", "Ctrl+Nothing", "Shift+F", "Tab", "Escape", "Up", "\x00", "Alt+é"} {
		if got, ok := ParseKey(s); ok {
			t.Errorf("%q is read as %+v", s, got)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	for _, s := range []string{"j", "Ctrl+Shift+F", "Alt+Down", "F6", "Ctrl++", "Shift+Ctrl+A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, ok := ParseKey(s)
		if !ok {
			return
		}
		if again, ok := ParseKey(k.String()); !ok || again != k {
			t.Errorf("%q is %+v, written %q and read as %+v", s, k, k.String(), again)
		}
	})
}

func TestSetKeys(t *testing.T) {
	i18n.Use("en")
	c := New(NewManual().Config()).Commands
	all := func() string {
		var out []string
		for _, k := range c.All() {
			out = append(out, k.ID+"="+k.Keys())
		}
		return strings.Join(out, "\n")
	}
	table := all()
	for _, tt := range []struct {
		what  string
		own   map[string][]string
		wrong []string // what is said, in part
		id    string
		want  string
	}{
		{"another key", map[string][]string{"doc.next": {"z", "Ctrl+Shift+J"}}, nil, "doc.next", "z Ctrl+Shift+J"},
		{"no key", map[string][]string{"doc.next": {}}, nil, "doc.next", ""},
		{"two change places", map[string][]string{"doc.next": {"k", "Alt+Up"}, "doc.previous": {"j", "Alt+Down"}}, nil, "doc.previous", "j Alt+Down"},
		{"a key of another", map[string][]string{"doc.next": {"k"}}, []string{"Previous document"}, "doc.next", "j Alt+Down"},
		{"one key for two", map[string][]string{"doc.next": {"z"}, "doc.previous": {"z"}}, []string{"Next document"}, "doc.next", "z"},
		{"three want two keys", map[string][]string{"doc.next": {"k"}, "doc.previous": {"j"}, "quit": {"j"}}, []string{"Previous document"}, "quit", "Ctrl+Q"},
		{"no such command", map[string][]string{"doc.fly": {"z"}}, []string{"doc.fly"}, "doc.next", "j Alt+Down"},
		{"no such key", map[string][]string{"doc.next": {"Hyper+J"}}, []string{"Hyper+J"}, "doc.next", "j Alt+Down"},
		{"a key of the text", map[string][]string{"doc.next": {"Ctrl+C"}}, []string{"Ctrl+C"}, "doc.next", "j Alt+Down"},
		{"a key of input methods", map[string][]string{"doc.next": {"Ctrl+Space"}}, []string{"input method"}, "doc.next", "j Alt+Down"},
	} {
		wrong := c.SetKeys(tt.own)
		if len(wrong) != len(tt.wrong) {
			t.Errorf("%s: said %q", tt.what, wrong)
			continue
		}
		for i, part := range tt.wrong {
			if !strings.Contains(wrong[i], part) || strings.Contains(wrong[i], "{") {
				t.Errorf("%s: said %q, want something of %q", tt.what, wrong[i], part)
			}
		}
		var got []string
		for _, k := range c.Get(tt.id).own() {
			got = append(got, k.String())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %s has %q, want %q", tt.what, tt.id, got, tt.want)
		}
		seen := map[string]string{}
		for _, k := range c.All() {
			for _, key := range k.own() {
				at := key.String()
				if key.Rune != 0 {
					at = k.On + " " + at
				}
				if o := seen[at]; o != "" {
					t.Errorf("%s: %s and %s have %s", tt.what, o, k.ID, key)
				}
				seen[at] = k.ID
			}
		}
	}
	if c.SetKeys(nil); all() != table {
		t.Error("without keys of one's own they are not those of the table")
	}
}

func TestWith(t *testing.T) {
	c := New(NewManual().Config()).Commands
	k := c.Get("doc.next")
	for s, want := range map[string][]string{"z": {"z", "Alt+Down"}, "Ctrl+J": {"Ctrl+J", "j"}, "F9": {"F9", "Alt+Down"}} {
		key, _ := ParseKey(s)
		if got := k.With(key); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", s, got, want)
		}
	}
}
