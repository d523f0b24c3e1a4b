package widgets

import (
	"time"

	"fyne.io/fyne/v2"
)

// AfterFunc runs f once after d unless the returned stop is called first. Every
// widget that waits has one as a field, so that tests wait for nothing. f may
// be run on any goroutine.
type AfterFunc func(d time.Duration, f func()) (stop func())

// DoFunc runs f on the UI goroutine, now or later.
type DoFunc func(f func())

// later runs f on the UI goroutine after d. Nil functions mean the real timer
// and fyne.Do. Call it and stop on the UI goroutine only: once stop has
// returned, f will not run, also when the timer had already fired.
func later(after AfterFunc, do DoFunc, d time.Duration, f func()) (stop func()) {
	if after == nil {
		after = func(d time.Duration, f func()) func() {
			t := time.AfterFunc(d, f)
			return func() { t.Stop() }
		}
	}
	if do == nil {
		do = fyne.Do
	}
	stopped := false
	cancel := after(d, func() {
		do(func() {
			if !stopped {
				stopped = true
				f()
			}
		})
	})
	return func() {
		if !stopped {
			stopped = true
			cancel()
		}
	}
}
