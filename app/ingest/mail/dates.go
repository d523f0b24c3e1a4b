package mail

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A moment is what is found in a date, word by word.
type moment struct {
	year, month, day     int
	hour, minute, second int
	timed                bool
	zone                 string // Z, +02:00, "" where there is none
	afternoon            int    // 12 for PM, -1 for AM, 0 where neither is said
}

var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// zones are those that RFC 5322 gives a meaning.
var zones = map[string]string{"ut": "Z", "utc": "Z", "gmt": "Z", "z": "Z", "est": "-05:00", "edt": "-04:00", "cst": "-06:00",
	"cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00"}

// edtf gives the date that a letter states as EDTF, with its time and zone: 2016-02-24T02:35:26+02:00. It reads RFC
// 5322 and what mailers made of it; "" where there is no day in it.
func edtf(s string) string {
	if len(s) > 200 {
		s = s[:200]
	}
	for { // comments
		from, to := strings.IndexByte(s, '('), strings.IndexByte(s, ')')
		if from < 0 || to < from {
			break
		}
		s = s[:from] + " " + s[to+1:]
	}
	var m moment
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }) {
		m.take(strings.ToLower(w))
	}
	day := time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC)
	if m.year < 1 || m.year > 9999 || m.month < 1 || m.day < 1 || day.Day() != m.day {
		return ""
	}
	if m.afternoon == 12 && m.hour < 12 {
		m.hour += 12
	} else if m.afternoon == -1 && m.hour == 12 {
		m.hour = 0
	}
	if !m.timed || m.hour > 23 || m.minute > 59 || m.second > 60 {
		return day.Format("2006-01-02")
	}
	return day.Format("2006-01-02") + fmt.Sprintf("T%02d:%02d:%02d", m.hour, m.minute, min(m.second, 59)) + m.zone
}

// take takes one word of a date.
func (m *moment) take(w string) {
	switch {
	case strings.Count(w, "-") == 2 && !strings.Contains(w, ":"), strings.Count(w, "/") == 2:
		for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == '-' || r == '/' }) {
			m.number(part)
		}
	case len(w) > 18 && w[10] == 't' && w[4] == '-': // 2016-02-24t02:35:26+02:00
		m.take(w[:10])
		m.take(w[11:])
	case strings.Contains(w, ":") && w[0] >= '0' && w[0] <= '9':
		m.clock(w)
	case len(w) > 1 && (w[0] == '+' || w[0] == '-') && m.timed:
		m.offset(w)
	case w == "pm":
		m.afternoon = 12
	case w == "am":
		m.afternoon = -1
	case zones[w] != "":
		m.zone = zones[w]
	case (strings.HasPrefix(w, "gmt") || strings.HasPrefix(w, "utc")) && len(w) > 4:
		m.offset(w[3:])
	default:
		m.number(strings.TrimRight(w, "."))
	}
}

// clock reads 14:09, 14:09:11, 14:09:11.250 and a zone that hangs on it.
func (m *moment) clock(w string) {
	if i := strings.IndexAny(w, "+-z"); i > 0 {
		m.timed = true
		if w[i] == 'z' {
			m.zone = "Z"
		} else {
			m.offset(w[i:])
		}
		w = w[:i]
	}
	w, _, _ = strings.Cut(w, ".")
	parts := strings.Split(w, ":")
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || i > 2 || v < 0 {
			return
		}
		n[i] = v
	}
	m.hour, m.minute, m.second, m.timed = n[0], n[1], n[2], true
}

// offset reads +0200 and +02:00. What is none leaves the time without a zone.
func (m *moment) offset(w string) {
	digits := strings.ReplaceAll(w[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 4 || n%100 > 59 || n > 1400 {
		return
	}
	if m.zone = fmt.Sprintf("%c%02d:%02d", w[0], n/100, n%100); n == 0 {
		m.zone = "Z"
	}
}

// number reads a day, a month by its name, or a year.
func (m *moment) number(w string) {
	n, err := strconv.Atoi(w)
	if err != nil {
		if len(w) < 3 || m.month != 0 {
			return
		}
		for i, name := range months {
			if strings.HasPrefix(w, name) {
				m.month = i + 1
			}
		}
		return
	}
	switch {
	case len(w) == 4 && m.year == 0:
		m.year = n
	case len(w) <= 2 && m.year != 0 && m.month == 0 && m.day == 0: // 2016-02-24
		m.month = n
		if n > 12 {
			m.month = 0
		}
	case len(w) <= 2 && m.day == 0:
		m.day = n
	case len(w) == 2 && m.year == 0 && n < 50:
		m.year = 2000 + n
	case (len(w) == 2 || len(w) == 3) && m.year == 0:
		m.year = 1900 + n
	}
}
