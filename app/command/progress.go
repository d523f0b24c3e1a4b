package command

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// bar draws progress on one line of a terminal, over and over; elsewhere it
// draws nothing.
type bar struct {
	c     *call
	on    bool // whether the line is drawn on
	what  string
	since time.Time // when what began
	last  time.Time
}

// barEvery is the least time between two drawings.
const barEvery = 100 * time.Millisecond

func (c *call) bar() *bar { return &bar{c: c} }

// draw shows done of total things, and how fast they go. A total of 0 is not
// known yet. at names the thing at hand.
func (b *bar) draw(what string, done, total int, at string) {
	if !b.c.env.IsTerminal {
		return
	}
	now := b.c.env.Now()
	if what != b.what {
		b.what, b.since = what, now
	} else if now.Sub(b.last) < barEvery && done < total {
		return
	}
	b.last, b.on = now, true
	fmt.Fprint(b.c.env.Stderr, "\r\x1b[K"+fit(b.line(done, total, at, now.Sub(b.since)), barLine))
}

// step is draw where nothing is at hand that has a name.
func (b *bar) step(what string, done, total int) { b.draw(what, done, total, "") }

// barLine is how many columns are drawn on: a longer line would wrap, and its
// beginning stay behind.
const barLine = 79

// fit cuts a line to columns, characters of East Asia being two wide.
func fit(s string, columns int) string {
	at := 0
	for i, r := range s {
		at++
		if r >= 0x1100 {
			at++
		}
		if at > columns {
			return s[:i]
		}
	}
	return s
}

// barWidth is how many columns the bar itself has.
const barWidth = 24

func (b *bar) line(done, total int, at string, took time.Duration) string {
	var s strings.Builder
	s.WriteString(b.what)
	if total > 0 {
		full := min(barWidth, done*barWidth/total)
		fmt.Fprintf(&s, " [%s%s] %s of %s", strings.Repeat("#", full), strings.Repeat(".", barWidth-full),
			thousands(done), thousands(total))
	} else if done > 0 {
		s.WriteString(" " + thousands(done))
	}
	if seconds := took.Seconds(); seconds >= 1 && done > 0 {
		rate := float64(done) / seconds
		fmt.Fprintf(&s, ", %.0f a second", rate)
		if left := time.Duration(float64(total-done) / rate * float64(time.Second)); total > done && left >= time.Second {
			fmt.Fprintf(&s, ", %s left", left.Round(time.Second))
		}
	}
	if at != "" {
		s.WriteString("  " + visible(at))
	}
	return s.String()
}

// clear takes the line away.
func (b *bar) clear() {
	if b.on {
		fmt.Fprint(b.c.env.Stderr, "\r\x1b[K")
		b.on = false
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
