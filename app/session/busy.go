package session

import (
	"context"
	"time"

	"fonds/app/i18n"
	"fonds/widgets"
)

// BusyBar is a bar that goes by the session's clock, with a button that stops the
// work. count says how much is done (total 0: it is not known how much there is), nil
// for the two numbers; rate says how fast, nil for nothing.
func (s *Session) BusyBar(count func(done, total int) string, rate func(perSecond float64) string) *widgets.BusyBar {
	if count == nil {
		count = func(done, total int) string { return i18n.T("check.of", "n", done, "all", total) }
	}
	b := widgets.NewBusyBar(widgets.BusyWords{Stop: i18n.T("busy.stop"), Count: count, Rate: rate, Left: timeLeft, Held: i18n.T("busy.held")})
	b.After, b.Do, b.Now = s.Timer(), s.cfg.Do, s.cfg.Now
	return b
}

// Tells is how a worker says how far it is: the bar hears of it on the UI goroutine, at
// most every 70 ms, and nothing more once ctx is over. It is for one goroutine.
func (s *Session) Tells(ctx context.Context, b *widgets.BusyBar) func(done, total int) {
	return Sparingly(s.cfg.Now, time.Time{}, func(done, total int) {
		s.cfg.Do(func() {
			if ctx.Err() == nil {
				b.Progress(done, total)
			}
		})
	})
}

// StepsDone says how much is done of work that goes in steps.
func StepsDone(done, total int) string { return i18n.T("busy.steps", "n", done, "all", total) }

// PerSecond says how fast work goes.
func PerSecond(n float64) string { return i18n.T("busy.rate", "n", int(n+0.5)) }

// timeLeft says how long work will take yet.
func timeLeft(left time.Duration) string {
	switch s := int(left.Seconds() + 0.5); {
	case s < 1:
		return i18n.N("busy.left.seconds", 1)
	case s < 90:
		return i18n.N("busy.left.seconds", s)
	case s < 90*60:
		return i18n.N("busy.left.minutes", (s+30)/60)
	default:
		return i18n.N("busy.left.hours", (s+1800)/3600)
	}
}
