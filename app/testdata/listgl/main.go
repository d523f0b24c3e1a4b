// Listgl opens the list of an archive in a window, pages down in it, goes to its
// end and its beginning and through its filters, and prints how long each took
// until the rows that come into sight were there and until they were painted, in
// milliseconds; "empty" is a frame in which nothing is new.
package main

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/app/i18n"
	"fonds/app/library"
	"fonds/app/session"
	"fonds/assets"
	"fonds/widgets/look"
)

// inSight is how many rows the list shows, at most.
const inSight = 14

type bench struct {
	s     *session.Session
	w     fyne.Window
	lib   *library.Library
	last  *canvas.Raster // painted after the list
	what  string
	began time.Time
	ready time.Time
	armed bool // a step is under way whose rows are not all there
	reset bool // the answer to another query is waited for
	next  chan struct{}
}

func main() {
	a := app.NewWithID("org.fonds.ListGL")
	a.Settings().SetTheme(look.NewTheme(look.Light, look.Fonts{Regular: assets.Regular(), Bold: assets.Bold()}, 1))
	i18n.Use("en")
	b := &bench{w: a.NewWindow("list"), next: make(chan struct{}, 1)}
	b.s = session.New(session.Config{Do: fyne.Do, Go: func(f func()) { go f() }, Now: time.Now,
		After: func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }})
	b.s.SetActor("Zhang")
	b.lib = library.New(b.s, b.w.Canvas())
	b.last = canvas.NewRaster(func(int, int) image.Image {
		if !b.ready.IsZero() {
			fmt.Printf("%s %.2f %.2f\n", b.what, ms(b.ready.Sub(b.began)), ms(time.Since(b.began)))
			b.ready = time.Time{}
			b.next <- struct{}{}
		}
		return image.NewUniform(color.Transparent)
	})
	b.s.On(func(e session.Event) {
		if l, ok := e.(session.ListChanged); ok && l.Reset {
			b.reset = false
		}
		b.look()
	})
	b.w.SetContent(container.NewStack(b.lib.Content(), b.last))
	b.w.Resize(fyne.NewSize(320, 800))
	a.Lifecycle().SetOnStarted(func() {
		b.s.OpenArchive(os.Args[1], "", func(err error) {
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			go b.run(a)
		})
	})
	b.w.ShowAndRun()
}

func (b *bench) run(a fyne.App) {
	time.Sleep(3 * time.Second) // all numbers have been read
	for round := range 10 {
		b.step("empty", func() {})
		b.step("down", func() { b.key(fyne.KeyPageDown) })
		b.step("end", func() { b.key(fyne.KeyEnd) })
		b.step("middle", func() { b.s.OpenRow(b.s.Rows()/2 + 1000*round) })
		b.step("home", func() { b.key(fyne.KeyHome) })
		for _, f := range []session.Filter{session.ToDo, session.WithProposals, session.Approved, session.All} {
			b.step("filter", func() {
				b.reset = true
				b.s.SetQuery(session.Query{Filter: f})
			})
		}
	}
	fyne.Do(func() { b.s.CloseArchive(a.Quit) })
}

func (b *bench) key(k fyne.KeyName) {
	b.lib.Focus()
	b.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
}

// step does something and waits until it was painted, and then until all is quiet.
func (b *bench) step(what string, do func()) {
	fyne.Do(func() {
		b.what, b.armed, b.began = what, true, time.Now()
		do()
		b.look()
	})
	<-b.next
	time.Sleep(400 * time.Millisecond)
}

// look asks for a frame when the rows that come into sight are there.
func (b *bench) look() {
	if !b.armed || b.reset {
		return
	}
	at := max(0, b.s.RowOfDocument())
	for i := max(0, at-inSight); i < min(at+inSight, b.s.Rows()); i++ {
		if b.s.Row(i).ID == "" {
			return
		}
	}
	b.armed, b.ready = false, time.Now()
	b.last.Refresh()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
