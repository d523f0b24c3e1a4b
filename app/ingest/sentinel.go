package ingest

import (
	"strconv"
	"strings"
)

// To know where in the text of a page each U+FFFD of an undecodable byte went, or that it fell away with a script, the
// page is read with a numbered mark in its place, written in noncharacters (U+FDD0 to U+FDDB), which no page can hold
// for any purpose. A page that holds them anyway is read without, and its places are not known.

const (
	sentinelOpen  = '\uFDD0'
	sentinelZero  = '\uFDD1' // to U+FDDA: the digits
	sentinelClose = '\uFDDB'
)

func isSentinel(r rune) bool { return sentinelOpen <= r && r <= sentinelClose }

// plantSentinels puts mark i for the U+FFFD of undecoded[i].
func plantSentinels(source string, undecoded []Undecoded) string {
	var out strings.Builder
	out.Grow(len(source) + 12*len(undecoded))
	at, next := 0, 0
	for _, r := range source {
		if next < len(undecoded) && undecoded[next].At == at {
			out.WriteRune(sentinelOpen)
			for _, d := range strconv.Itoa(next) {
				out.WriteRune(sentinelZero + d - '0')
			}
			out.WriteRune(sentinelClose)
			next++
		} else {
			out.WriteRune(r)
		}
		at++
	}
	return out.String()
}

// takeSentinels puts U+FFFD for each mark and says at which code point mark i came to stand.
func takeSentinels(text string) (string, map[int]int) {
	var out strings.Builder
	out.Grow(len(text))
	ats := map[int]int{}
	at, number, inside := 0, 0, false
	for _, r := range text {
		switch {
		case r == sentinelOpen:
			number, inside = 0, true
		case inside && sentinelZero <= r && r < sentinelClose:
			number = 10*number + int(r-sentinelZero)
		case r == sentinelClose:
			if _, twice := ats[number]; !twice {
				ats[number] = at
			}
			inside = false
			out.WriteRune('\uFFFD')
			at++
		default:
			out.WriteRune(r)
			at++
		}
	}
	return out.String(), ats
}
