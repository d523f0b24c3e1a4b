package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"slices"
)

// pack writes each different year once. The form is read by storage/dates/calendars.go, which says what it is.
func pack(calendars map[string][]year, order []string) []byte {
	var pool []year
	at := map[string]int{}
	var out, states []byte
	next := 0 // the day after the last year that was written
	for _, d := range slices.Backward(order) {
		var runs [][2]int
		for _, y := range calendars[d] {
			key := fmt.Sprint(y)
			i, known := at[key]
			if !known {
				i = len(pool)
				at[key] = i
				pool = append(pool, y)
				out = y.pack(out, next)
				next = y.months[len(y.months)-1].last + 1
			}
			if n := len(runs); n > 0 && runs[n-1][0]+runs[n-1][1] == i {
				runs[n-1][1]++
			} else {
				runs = append(runs, [2]int{i, 1})
			}
		}
		states = binary.AppendUvarint(states, uint64(len(d)))
		states = append(states, d...)
		states = binary.AppendUvarint(states, uint64(len(runs)))
		for _, r := range runs {
			states = binary.AppendUvarint(binary.AppendUvarint(states, uint64(r[0])), uint64(r[1]))
		}
	}
	head := binary.AppendUvarint(nil, uint64(len(pool)))
	log.Printf("%d years of %d states in %d bytes", len(pool), len(order), len(head)+len(out)+len(states))
	return slices.Concat(head, out, binary.AppendUvarint(nil, uint64(len(order))), states)
}

// pack appends a year: bits 0-12 which months are long, 13-16 behind which month a leap month stands, 17 that it does
// not begin where the last one ended or has months in an order of its own, which then follow.
func (y year) pack(out []byte, next int) []byte {
	bits, leap, plain := uint64(0), 0, len(y.months) <= 13 && y.months[0].first == next
	for i, m := range y.months {
		if m.last-m.first == 29 && i < 13 {
			bits |= 1 << i
		}
		want := i + 1
		if leap > 0 {
			want--
		}
		switch {
		case m.leap == 1 && leap == 0 && m.number == i && i > 0:
			leap = i
		case m.leap != 0 || m.number != want:
			plain = false
		}
	}
	if n := len(y.months); n != 12 && (n != 13 || leap == 0) || n == 12 && leap > 0 {
		plain = false
	}
	if plain && abs(y.about()-y.number) < 1 {
		return binary.AppendUvarint(out, bits|uint64(leap)<<13)
	}
	out = binary.AppendUvarint(out, 1<<17)
	out = binary.AppendVarint(out, int64(y.number))
	out = binary.AppendUvarint(out, uint64(y.months[0].first))
	out = binary.AppendUvarint(out, uint64(len(y.months)))
	day := y.months[0].first
	for _, m := range y.months {
		// Between two months of a year nothing is left out save where a part of it is unknown.
		out = binary.AppendUvarint(out, uint64(m.first-day)<<8|uint64(m.last-m.first-28)<<7|uint64(m.leap)<<5|uint64(m.number+2))
		day = m.last + 1
	}
	return out
}

// about is the year of the common era that the middle of a year lies in.
func (y year) about() int {
	return int(float64(y.months[0].first+177-1721426)/365.2425) + 1
}

func abs(n int) int { return max(n, -n) }
