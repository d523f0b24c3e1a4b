package widgets

import (
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/assets"
	"fonds/widgets/look"
)

var startApp sync.Once

// setLook gives the tests one app, in the program's own fonts and the mode's
// palette.
func setLook(m look.Mode) {
	startApp.Do(func() { test.NewApp() })
	fyne.CurrentApp().Settings().SetTheme(
		look.NewTheme(m, look.Fonts{Regular: assets.Regular(), Bold: assets.Bold()}, 1))
}

// window shows an object alone in a window of the test driver.
func window(t *testing.T, o fyne.CanvasObject, w, h float32) fyne.Window {
	t.Helper()
	win := test.NewWindow(o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	t.Cleanup(win.Close)
	t.Cleanup(windowComposition.clear) // that the test may have left half done
	return win
}

// picture renders an object in every mode into the folder named by
// FONDS_PICTURES, for people to look at. Nothing is drawn when it is unset.
func picture(t *testing.T, name string, w, h float32, build func() (o fyne.CanvasObject, then func(fyne.Canvas))) {
	t.Helper()
	dir := os.Getenv("FONDS_PICTURES")
	if dir == "" {
		t.Skip("set FONDS_PICTURES to a folder to draw pictures")
	}
	for mode, suffix := range map[look.Mode]string{look.Light: "light", look.Dark: "dark", look.HighContrast: "contrast"} {
		setLook(mode)
		o, then := build()
		win := window(t, container.NewPadded(o), w, h)
		if then != nil {
			then(win.Canvas())
		}
		f, err := os.Create(filepath.Join(dir, name+"-"+suffix+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, win.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	setLook(look.Light)
}

// fakeTimer is an AfterFunc and a DoFunc under the test's hand.
type fakeTimer struct {
	now   time.Duration
	waits []*fakeWait
}

type fakeWait struct {
	at   time.Duration
	f    func()
	gone bool
}

func (c *fakeTimer) After(d time.Duration, f func()) func() {
	w := &fakeWait{at: c.now + d, f: f}
	c.waits = append(c.waits, w)
	return func() { w.gone = true }
}

func (c *fakeTimer) Do(f func()) { f() }

// Advance lets time pass and runs what has come due.
func (c *fakeTimer) Advance(d time.Duration) {
	c.now += d
	for i := 0; i < len(c.waits); i++ {
		if w := c.waits[i]; !w.gone && w.at <= c.now {
			w.gone = true
			w.f()
		}
	}
}

// pressKey sends a key as the window does: down, the key itself unless it is
// one that makes a character, and up.
func pressKey(o fyne.Focusable, name fyne.KeyName) {
	k := &fyne.KeyEvent{Name: name}
	if d, ok := o.(desktop.Keyable); ok {
		d.KeyDown(k)
	}
	o.TypedKey(k)
	if d, ok := o.(desktop.Keyable); ok {
		d.KeyUp(k)
	}
}

// typeKeys types plain characters, each with its key press.
func typeKeys(o fyne.Focusable, text string) {
	for _, r := range text {
		name := fyne.KeyName("")
		if r < 0x7f {
			name = fyne.KeyName(string(r &^ 0x20))
		}
		if d, ok := o.(desktop.Keyable); ok {
			d.KeyDown(&fyne.KeyEvent{Name: name})
		}
		o.TypedRune(r)
	}
}

// pinyin composes with an input method: the letters are pressed and never
// arrive, then the characters come.
func pinyin(o fyne.Focusable, letters, commit string) {
	for _, r := range letters {
		o.(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: fyne.KeyName(string(r &^ 0x20))})
	}
	for _, r := range commit {
		o.TypedRune(r)
	}
}

func alt(name fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierAlt}
}
