// Pagegl opens a window and prints what a frame of it costs, in milliseconds
// of processor time and of the clock: an empty repaint (of a rectangle, and of
// the view without a text), a repaint of a page of text, a page of new text
// each time, and new text as one pooled canvas.Text a row.
package main

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/assets"
	"fonds/widgets"
	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

const frames = 40

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	face, err := textpaint.ParseFace(assets.Regular(), 0)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	a := app.NewWithID("org.fonds.PageGL")
	a.Settings().SetTheme(look.NewTheme(look.Light, look.Fonts{Regular: assets.Regular(), Bold: assets.Bold()}, 1))
	w := a.NewWindow("page")
	view := widgets.NewTextView(face)
	ground := canvas.NewRectangle(look.For(look.Light).Paper)
	// The last thing painted in a frame.
	painted := make(chan bool, 10)
	last := canvas.NewRaster(func(int, int) image.Image {
		select {
		case painted <- true:
		default:
		}
		return image.NewUniform(color.Transparent)
	})
	dot := container.NewWithoutLayout(last)
	last.Resize(fyne.NewSize(1, 1))
	show := func(o fyne.CanvasObject) { w.SetContent(container.NewStack(o, dot)) }
	rows := container.NewWithoutLayout()
	w.Resize(fyne.NewSize(1280, 800))
	measure := func(name string, change func(i int)) {
		var cpu, clock time.Duration
		for i := range frames + 5 {
			for len(painted) > 0 {
				<-painted
			}
			if i == 5 {
				cpu, clock = used(), time.Duration(time.Now().UnixNano())
			}
			fyne.DoAndWait(func() { change(i); last.Refresh() })
			<-painted
		}
		fyne.DoAndWait(func() {})
		n := float64(frames) * 1e6
		fmt.Printf("%s %.3f %.3f\n", name, float64(used()-cpu)/n, float64(time.Duration(time.Now().UnixNano())-clock)/n)
	}
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			time.Sleep(500 * time.Millisecond)
			fyne.DoAndWait(func() { show(ground) })
			time.Sleep(300 * time.Millisecond)
			measure("empty", func(int) { ground.Refresh() })
			fyne.DoAndWait(func() { show(view) })
			time.Sleep(300 * time.Millisecond)
			measure("blank", func(int) { view.Refresh() })
			fyne.DoAndWait(func() {
				view.SetShown(widgets.Shown{Key: "page", Text: string(text)})
			})
			time.Sleep(300 * time.Millisecond)
			measure("same", func(int) { view.Refresh() })
			page := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -760)}
			measure("new", func(int) { view.Scrolled(page) })
			fyne.DoAndWait(func() {
				for i := range 30 {
					t := canvas.NewText("", look.For(look.Light).Ink)
					t.TextSize = 16
					t.Move(fyne.NewPos(200, float32(20+i*26)))
					rows.Add(t)
				}
				show(rows)
			})
			time.Sleep(300 * time.Millisecond)
			rs := []rune(string(text))
			measure("texts", func(n int) {
				for i, o := range rows.Objects {
					t := o.(*canvas.Text)
					at := (n*30 + i) * 40 % (len(rs) - 40)
					line := make([]rune, 0, 40)
					for _, r := range rs[at : at+40] {
						if r >= ' ' {
							line = append(line, r)
						}
					}
					t.Text = string(line)
					t.Refresh()
				}
			})
			fyne.Do(a.Quit)
		}()
	})
	w.ShowAndRun()
}

// used is the processor time that the program has taken.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
