package widgets

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// typeInto replays a script on a guard and on a text, as an entry would:
// "z" is a key press alone (the input method took it), "z>字" a key press and
// the characters that follow it at once, ">字" characters without a key, "z*3" a
// key held down that is typed three times, "Shift" that key alone, "Ctrl+c" a
// press with a modifier, "wait" a second in which nothing happens; any longer
// word is a key by its Fyne name. A key follows the one before after 80 ms, with
// "_" before it after none.
func typeInto(script string) (text string, commands string, g *imeGuard) {
	var mods fyne.KeyModifier
	at := time.Unix(0, 0)
	g = &imeGuard{c: &composition{modifiers: func() fyne.KeyModifier { return mods }, now: func() time.Time { return at }}}
	out := []rune{}
	for _, step := range strings.Fields(script) {
		rest, fast := strings.CutPrefix(step, "_")
		if step = rest; !fast {
			at = at.Add(80 * time.Millisecond)
		}
		if step == "wait" {
			at = at.Add(time.Second)
			continue
		}
		mods = 0
		if rest, ok := strings.CutPrefix(step, "Ctrl+"); ok {
			mods, step = fyne.KeyModifierControl, rest
		}
		step, times, _ := strings.Cut(step, "*")
		key, chars, _ := strings.Cut(step, ">")
		name := fyne.KeyName(key)
		if len(key) == 1 {
			name = fyne.KeyName(strings.ToUpper(key))
		}
		if key == "Shift" {
			name = "LeftShift"
		}
		if key != "" {
			g.keyDown(name)
		}
		for n := 0; key != "" && (n == 0 || times != "" && n < int(times[0]-'0')); n++ {
			if g.swallow(name) || mods != 0 {
				continue
			}
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
		if !strings.HasPrefix(step, "_") && key != "" && len(key) > 1 {
			g.keyUp(name)
		}
		for _, r := range chars {
			if !g.typedRune(r) {
				commands += string(r)
			}
			out = append(out, r)
		}
	}
	return string(out), commands, g
}

// The scripts are what a real fcitx5 with pinyin sends; app/ime_test.go has it
// do so where it is installed.
func TestIMEGuard(t *testing.T) {
	for _, tc := range []struct{ name, script, text, commands string }{
		{"plain letters", "a>a b>b BackSpace", "a", "ab"},
		{"commit by space", "n i h a o Space>你好", "你好", ""},
		{"backspace takes back pinyin", "n i Space>你 z h BackSpace BackSpace", "你", ""},
		{"backspace after all pinyin is gone deletes", "n i Space>你 z BackSpace BackSpace", "", ""},
		{"backspace after a commit deletes one", "n i h a o Space>你好 BackSpace", "你", ""},
		{"return commits letters", "a b Return>ab", "ab", ""},
		{"return commits one letter", "j Return>j", "j", ""},
		{"return after a commit acts", "n i Space>你 Return", "你⏎", ""},
		{"escape drops the composition", "n i Escape", "", ""},
		{"escape alone acts", "Escape", "⎋", ""},
		{"arrows choose a candidate", "n i Left Left 2>泥", "泥", ""},
		{"arrows act again after the commit", "n i Space>你 Left", "你←", ""},
		{"a shortcut is no composition", "a>a Ctrl+c BackSpace", "", "a"},
		{"full width punctuation is one key", ",>，", "，", "，"},
		{"punctuation commits what was composed", "n i ,>你，", "你，", ""},
		{"command after a commit", "n i Space>你 j>j", "你j", "j"},
		{"escape, then a command", "n i Escape j>j", "j", "j"},
		{"a Latin candidate is no command", "h e l l o 2>hello", "hello", ""},
		{"shift commits the letters", "n i Shift >ni", "ni", ""},
		{"shift commits one letter", "n Shift >n j>j", "nj", "j"},
		{"the key of input methods commits one letter", "n Ctrl+Space >n", "n", ""},
		{"shift alone does nothing", "Shift j>j", "j", "j"},
		{"a candidate is clicked", "a wait >啊", "啊", ""},
		{"a Latin candidate is clicked", "a wait >a", "a", ""},
		{"pages of candidates are no letters", "n i = = - BackSpace BackSpace BackSpace", "", ""},
		{"and leave nothing behind", "x>x n i = BackSpace BackSpace BackSpace", "", "x"},
		{"a letter held down", "x>x a*5 BackSpace BackSpace BackSpace", "x", "x"},
		{"backspace held down", "x>x a b c BackSpace*3", "x", "x"},
		// Characters that pass through come after the next keys where the program is slow.
		{"typed ahead", "1 _2 _1 >121", "121", "121"},
		{"typed ahead of a very slow program", "1 _3 _4 wait >134", "134", "134"},
		{"typed ahead by a slow hand", "j j >jj", "jj", "jj"},
		{"marks of punctuation pass too", "/ _/ >??", "??", "??"},
		{"the next word is begun before the last one is there", "n i Space h a >你 o BackSpace BackSpace BackSpace", "你", ""},
		{"letters as they stand, and the next key before they are there", "h e l l o Return j >hello >j", "helloj", "j"},
		{"one letter as it stands, and the same again", "n Return n >n Escape", "n", ""},
		{"the same by Shift", "n Shift n >n Return >n", "nn", ""},
		{"Shift that ended nothing", "x>x n Shift i BackSpace BackSpace", "x", "x"},
		{"two letters and a word made of them", "j j wait >jj", "jj", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, commands, g := typeInto(tc.script)
			if text != tc.text {
				t.Errorf("text: got %q, want %q", text, tc.text)
			}
			if commands != tc.commands {
				t.Errorf("commands: got %q, want %q", commands, tc.commands)
			}
			g.c.clear()
			if g.composing() || g.swallow(fyne.KeyBackspace) {
				t.Error("a guard that was cleared still swallows")
			}
		})
	}
}

func TestIMEGuardKeysThatMakeNoCharacter(t *testing.T) {
	g := imeGuard{c: &composition{modifiers: func() fyne.KeyModifier { return 0 }}}
	for _, k := range []fyne.KeyName{
		fyne.KeyF1, fyne.KeyUp, fyne.KeyTab, fyne.KeyInsert, fyne.KeyUnknown, "LeftShift", "CapsLock",
	} {
		g.keyDown(k)
		if g.composing() {
			t.Errorf("%q counts as a key of a composition", k)
			g.c.clear()
		}
	}
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyA, fyne.Key1, fyne.KeyComma} {
		g.c.clear()
		g.keyDown(k)
		if !g.composing() {
			t.Errorf("%q does not count as a key of a composition", k)
		}
	}
}

// It is said that an input method composes once it has done so for a moment, and
// that it does not any more at once: nothing flickers while somebody types.
func TestComposingIsSaid(t *testing.T) {
	clock := &fakeTimer{}
	var said []bool
	g := imeGuard{c: &composition{modifiers: func() fyne.KeyModifier { return 0 }, after: clock.After, do: clock.Do,
		told: func(on bool) { said = append(said, on) }}}
	g.keyDown(fyne.KeyA)
	g.typedRune('a')
	clock.Advance(time.Second)
	if len(said) != 0 {
		t.Fatalf("plain typing: told %v", said)
	}
	g.keyDown(fyne.KeyN)
	clock.Advance(composingAfter)
	if len(said) != 1 || !said[0] {
		t.Fatalf("while it is composed: told %v", said)
	}
	g.keyDown(fyne.KeyI)
	clock.Advance(time.Second)
	g.keyDown(fyne.KeySpace)
	g.typedRune('你')
	if len(said) != 2 || said[1] {
		t.Errorf("after it: told %v", said)
	}
}

// An input method knows nothing of the fields of a window: what was begun in one
// goes on in the next, whose text it must not touch, and whose keys are its own.
func TestCompositionGoesOnWhereTheFocusGoes(t *testing.T) {
	test.NewTempApp(t)
	t.Cleanup(windowComposition.clear)
	first, second, list := NewEntry(), NewEntry(), NewList()
	button := NewButton("b", func() { t.Error("a key of the input method presses a button") })
	second.SetText("正文")
	commands := ""
	list.OnRune = func(r rune) { commands += string(r) }
	win := test.NewTempWindow(t, container.NewVBox(first, second, list, button))
	c := win.Canvas()
	c.Focus(first)
	pinyin(first, "niha", "")
	c.Focus(second)
	pressKey(second, fyne.KeyBackspace)
	if second.Text != "正文" {
		t.Errorf("Backspace of a composition that began elsewhere: %q", second.Text)
	}
	c.Focus(button)
	pressKey(button, fyne.KeySpace)
	c.Focus(list)
	list.KeyDown(&fyne.KeyEvent{Name: fyne.KeyJ})
	list.KeyDown(&fyne.KeyEvent{Name: fyne.KeyReturn})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	for _, r := range "nihj" {
		list.TypedRune(r)
	}
	if commands != "" {
		t.Errorf("composed letters are commands of the list: %q", commands)
	}
	typeKeys(list, "j")
	if commands != "j" {
		t.Errorf("a letter after it: %q, want j", commands)
	}
	pinyin(list, "ni", "")
	c.Focus(second)
	second.FocusLost() // another window has the keyboard, and gives it back
	second.FocusGained()
	pressKey(second, fyne.KeyBackspace)
	if second.Text != "文" && second.Text != "正" {
		t.Errorf("Backspace after the composition is gone: %q", second.Text)
	}
}
