// Seedgl opens a window, shows the text of a file in a TextView ten times, each
// time as another document, and prints how long each took until the model was
// ready and until it was painted, in milliseconds.
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

	"fonds/assets"
	"fonds/widgets"
	"fonds/widgets/textpaint"
)

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
	a := app.NewWithID("org.fonds.SeedGL")
	w := a.NewWindow("seed")
	view := widgets.NewTextView(face)
	var began, ready time.Time
	// The last thing painted in a frame: when it is asked for its pixels, the
	// text before it has been painted.
	last := canvas.NewRaster(func(int, int) image.Image {
		if !began.IsZero() {
			now := time.Now()
			fmt.Printf("%.2f %.2f\n", ms(ready.Sub(began)), ms(now.Sub(began)))
			began = time.Time{}
		}
		return image.NewUniform(color.Transparent)
	})
	w.SetContent(container.NewStack(view, last))
	w.Resize(fyne.NewSize(1280, 800))
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			for i := range 10 {
				time.Sleep(300 * time.Millisecond)
				fyne.Do(func() {
					began = time.Now()
					view.SetShown(widgets.Shown{Key: fmt.Sprint(i), Text: string(text)})
					view.Around(widgets.Span{Start: len(text) / 6, End: len(text) / 6}) // asks for the layout, which else waits for the first frame
					ready = time.Now()
					last.Refresh()
				})
			}
			time.Sleep(500 * time.Millisecond)
			fyne.Do(a.Quit)
		}()
	})
	w.ShowAndRun()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
