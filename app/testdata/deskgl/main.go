// Deskgl opens an archive of two documents on the desk in a window, goes between
// them, and marks and corrects words of the big one. It prints how long each took
// in milliseconds: until the document was there, until it was painted, and of that
// what the UI goroutine had to do, painting apart; "bare" is one row made durable by
// the same queue. Then the memory of each document in MB: live heap, and resident.
package main

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/app/desk"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/assets"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

type bench struct {
	s     *session.Session
	w     fyne.Window
	desk  *desk.Desk
	view  *widgets.TextView
	last  *canvas.Raster // painted after the desk
	what  string
	began time.Time
	ready time.Time
	ui    time.Duration // on the UI goroutine, since began
	armed bool          // a step is under way whose document has not come
	next  chan struct{}
}

func main() {
	a := app.NewWithID("org.fonds.DeskGL")
	a.Settings().SetTheme(look.NewTheme(look.Light, look.Fonts{Regular: assets.Regular(), Bold: assets.Bold()}, 1))
	i18n.Use("en")
	b := &bench{w: a.NewWindow("desk"), next: make(chan struct{}, 1)}
	b.s = session.New(session.Config{Do: b.do, Go: func(f func()) { go f() }, Now: time.Now,
		After: func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }})
	b.s.SetActor("Zhang")
	b.desk = desk.New(b.s, b.w.Canvas())
	b.last = canvas.NewRaster(func(int, int) image.Image {
		if !b.ready.IsZero() {
			fmt.Printf("%s %.2f %.2f %.2f\n", b.what, ms(b.ready.Sub(b.began)), ms(time.Since(b.began)), ms(b.ui))
			b.ready = time.Time{}
			b.next <- struct{}{}
		}
		return image.NewUniform(color.Transparent)
	})
	b.s.On(func(e session.Event) {
		switch e.(type) {
		case session.DocumentOpened, session.DocumentChanged:
			b.come()
		}
	})
	split := widgets.NewHSplit(b.desk.Reader(), b.desk.Inspector(), 0.68)
	b.w.SetContent(container.NewStack(split, b.last))
	b.w.Resize(fyne.NewSize(1280, 800))
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

// do is the dispatcher, which counts what it costs the UI goroutine.
func (b *bench) do(f func()) {
	fyne.Do(func() {
		start := time.Now()
		f()
		b.ui += time.Since(start)
		if b.armed && !b.ready.IsZero() {
			b.show()
		}
	})
}

// come is told that the document is there, or the changed one.
func (b *bench) come() {
	if b.armed && b.ready.IsZero() {
		b.ready = time.Now()
	}
}

// show asks for a frame when the view has the text of the document.
func (b *bench) show() {
	doc := b.s.Document()
	if doc == nil || b.view != nil && b.view.Text() != doc.Text.Text().String() {
		return
	}
	b.armed = false
	b.last.Refresh()
}

func (b *bench) step(what string, f func()) {
	fyne.Do(func() {
		b.what, b.armed, b.ui, b.ready = what, true, 0, time.Time{}
		b.began = time.Now()
		f()
		b.ui += time.Since(b.began)
	})
	<-b.next
	time.Sleep(700 * time.Millisecond)
}

func (b *bench) run(a fyne.App) {
	time.Sleep(2 * time.Second)
	var short, big archive.ID
	fyne.DoAndWait(func() { short, big = b.s.Row(0).ID, b.s.Row(1).ID })
	b.view = viewIn(b.desk.Reader())
	heap, rss := memory()
	if len(os.Args) > 2 {
		f, _ := os.Create(os.Args[2])
		pprof.StartCPUProfile(f)
	}
	b.step("first", func() { b.s.OpenDocument(big) })
	time.Sleep(3 * time.Second)
	h, r := memory()
	fmt.Printf("shown %.2f %.2f 0\n", h-heap, r-rss)
	for range 4 {
		b.step("short", func() { b.s.OpenDocument(short) })
		b.step("open", func() { b.s.OpenDocument(big) })
	}
	for i := range 10 {
		at := 30 + 40*i
		done := make(chan struct{})
		fyne.Do(func() {
			start := time.Now()
			b.s.SaveDraft(big, "bare", fmt.Sprint(i), true)
			b.s.Settled(func(int) {
				fmt.Printf("bare %.2f 0 0\n", ms(time.Since(start)))
				close(done)
			})
		})
		<-done
		time.Sleep(200 * time.Millisecond)
		b.step("mark", func() {
			b.desk.FocusText()
			b.view.Select(widgets.Span{Start: at, End: at + 3})
			b.w.Canvas().Focused().TypedRune('p')
		})
		b.step("correct", func() { b.s.Correct(at+10, at+12, fmt.Sprint("监狱", i), "typo", nil) })
	}
	time.Sleep(3 * time.Second)
	h, r = memory()
	fmt.Printf("worked %.2f %.2f 0\n", h-heap, r-rss)
	pprof.StopCPUProfile()
	fyne.Do(func() { b.s.CloseArchive(a.Quit) })
}

// viewIn finds the view of the reading text.
func viewIn(o fyne.CanvasObject) *widgets.TextView {
	if v, ok := o.(*widgets.TextView); ok {
		return v
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, o := range slices.Backward(c.Objects) {
			if v := viewIn(o); v != nil && v.Visible() && v.Size().Width > 0 {
				return v
			}
		}
	}
	return nil
}

// memory is what is held in MB once what is not used is given back.
func memory() (heap, resident float64) {
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b, err := os.ReadFile("/proc/self/statm")
	if err == nil {
		var size, pages float64
		fmt.Sscan(string(b), &size, &pages)
		resident = pages * float64(os.Getpagesize()) / (1 << 20)
	}
	return float64(m.HeapAlloc) / (1 << 20), resident
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
