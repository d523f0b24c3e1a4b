package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// typeInto replays a script on a guard and on a text, as an entry would:
// "z" is a key press alone (the input method took it), "z>字" a key press and
// the characters that follow it, "Ctrl+c" a press with a modifier; any longer
// word is a key by its Fyne name.
func typeInto(script string) (text string, commands string, g *imeGuard) {
	var mods fyne.KeyModifier
	g = &imeGuard{modifiers: func() fyne.KeyModifier { return mods }}
	out := []rune{}
	for _, step := range strings.Fields(script) {
		mods = 0
		if rest, ok := strings.CutPrefix(step, "Ctrl+"); ok {
			mods, step = fyne.KeyModifierControl, rest
		}
		key, chars, _ := strings.Cut(step, ">")
		name := fyne.KeyName(key)
		if len(key) == 1 {
			name = fyne.KeyName(strings.ToUpper(key))
		}
		g.keyDown(name)
		if !g.swallow(name) {
			switch name {
			case fyne.KeyBackspace:
				if len(out) > 0 {
					out = out[:len(out)-1]
				}
			case fyne.KeyReturn:
				out = append(out, '⏎')
			case fyne.KeyEscape:
				out = append(out, '⎋')
			case fyne.KeyLeft:
				out = append(out, '←')
			}
		}
		for _, r := range chars {
			if !g.typedRune() {
				commands += string(r)
			}
			out = append(out, r)
		}
	}
	return string(out), commands, g
}

func TestIMEGuard(t *testing.T) {
	for _, tc := range []struct{ name, script, text, commands string }{
		{"plain letters", "a>a b>b BackSpace", "a", "ab"},
		{"commit by space", "n i h a o Space>你好", "你好", ""},
		{"backspace takes back pinyin", "n i Space>你 z h BackSpace BackSpace", "你", ""},
		{"backspace after all pinyin is gone deletes", "n i Space>你 z BackSpace BackSpace", "", ""},
		{"return commits letters", "a b Return>ab", "ab", ""},
		{"return after a commit acts", "n i Space>你 Return", "你⏎", ""},
		{"escape drops the composition", "n i Escape", "", ""},
		{"escape alone acts", "Escape", "⎋", ""},
		{"arrows choose a candidate", "n i Left Left 2>泥", "泥", ""},
		{"arrows act again after the commit", "n i Space>你 Left", "你←", ""},
		{"a shortcut is no composition", "a>a Ctrl+c BackSpace", "", "a"},
		{"full width punctuation is one key", ",>，", "，", "，"},
		{"command after a commit", "n i Space>你 j>j", "你j", "j"},
		{"escape, then a command", "n i Escape j>j", "j", "j"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, commands, g := typeInto(tc.script)
			if text != tc.text {
				t.Errorf("text: got %q, want %q", text, tc.text)
			}
			if commands != tc.commands {
				t.Errorf("commands: got %q, want %q", commands, tc.commands)
			}
			g.reset()
			if g.composing() || g.swallow(fyne.KeyBackspace) {
				t.Error("a guard that was reset still swallows")
			}
		})
	}
}

func TestIMEGuardKeysThatMakeNoCharacter(t *testing.T) {
	var g imeGuard
	g.modifiers = func() fyne.KeyModifier { return 0 }
	for _, k := range []fyne.KeyName{
		fyne.KeyF1, fyne.KeyUp, fyne.KeyTab, fyne.KeyInsert, fyne.KeyUnknown, "LeftShift", "CapsLock",
	} {
		g.keyDown(k)
		if g.composing() {
			t.Errorf("%q counts as a key of a composition", k)
			g.reset()
		}
	}
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyA, fyne.Key1, fyne.KeyComma} {
		g.reset()
		g.keyDown(k)
		if !g.composing() {
			t.Errorf("%q does not count as a key of a composition", k)
		}
	}
}
