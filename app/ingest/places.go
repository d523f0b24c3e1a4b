package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Places that other tools give, each in its own way of counting. A place is kept where it lies within the text and has
// the words that the file says it has; all others are said, in sentences, beside what was read. None is moved to where
// it might have been meant.

// A claim is what a file says of a place.
type claim struct {
	start, end int
	quote      string // the words there
	quoted     bool   // whether it gives them
	name       string // of the claim, to say what was dropped
	mark       Span   // what is said there; its place is found from the claim
	fix        *Fix   // this, in the place of mark
}

// A scale turns a position of a file into one in code points; false where there is none.
type scale func(at int) (int, bool)

// byPoints is the scale of those who count code points, as the standards do, and Python.
func byPoints(text []rune) scale {
	return func(at int) (int, bool) { return at, at >= 0 && at <= len(text) }
}

// byUnits is the scale of those who count UTF-16 code units, as JavaScript does. There is no place within a character.
func byUnits(text []rune) scale {
	var at []int
	for i, r := range text {
		if at = append(at, i); r > 0xFFFF {
			at = append(at, -1)
		}
	}
	at = append(at, len(text))
	return func(n int) (int, bool) {
		if n < 0 || n >= len(at) || at[n] < 0 {
			return 0, false
		}
		return at[n], true
	}
}

// byLines is the scale of those who count \r\n as one, as Python does where it opens a file as text.
func byLines(text []rune) scale {
	var at []int
	for i := range text {
		if i > 0 && text[i-1] == '\r' && text[i] == '\n' {
			continue
		}
		at = append(at, i)
	}
	at = append(at, len(text))
	return func(n int) (int, bool) {
		if n < 0 || n >= len(at) {
			return 0, false
		}
		return at[n], true
	}
}

// wrong counts the claims that are none by a scale.
func wrong(text []rune, claims []claim, by scale) int {
	n := 0
	for _, c := range claims {
		if _, _, err := place(text, c, by); err != nil {
			n++
		}
	}
	return n
}

// choose gives the scale by which the most claims hold, the first of equals.
func choose(text []rune, claims []claim, scales ...scale) scale {
	best, least := scales[0], wrong(text, claims, scales[0])
	for _, s := range scales[1:] {
		if n := wrong(text, claims, s); n < least {
			best, least = s, n
		}
	}
	return best
}

// place says where a claim lies, in code points, or why it is none.
func place(text []rune, c claim, by scale) (start, end int, err error) {
	start, ok := by(c.start)
	end, fine := by(c.end)
	switch {
	case !ok || !fine:
		return 0, 0, fmt.Errorf("%d to %d is no place in the text of %d characters", c.start, c.end, len(text))
	case end < start:
		return 0, 0, fmt.Errorf("%d to %d ends before it begins", c.start, c.end)
	case c.quoted && !sameWords(string(text[start:end]), c.quote):
		return 0, 0, fmt.Errorf("at %d to %d the text has %s, not %s", c.start, c.end, shortQuote(string(text[start:end])), shortQuote(c.quote))
	}
	return start, end, nil
}

// sameWords says whether words are those of a quote, whatever ends their lines.
func sameWords(words, quote string) bool {
	if words == quote {
		return true
	}
	words, _, _ = unifyLineEnds(words, false)
	quote, _, _ = unifyLineEnds(quote, false)
	return words == quote
}

// shortQuote is s as a message can hold it.
func shortQuote(s string) string {
	if r := []rune(s); len(r) > 20 {
		s = string(r[:20]) + "…"
	}
	return strconv.Quote(s)
}

// settle puts the claims that hold into a, whose text is made one of lines that end in \n, and says what was dropped.
func (a *Annotated) settle(claims []claim, by scale) (dropped []string) {
	text := []rune(a.Text)
	unified, _, gone := unifyLineEnds(a.Text, true)
	for _, c := range claims {
		start, end, err := place(text, c, by)
		if err != nil {
			dropped = append(dropped, fmt.Sprintf("%s: %v; it was left out", c.name, err))
			continue
		}
		start, end = moveBack(start, gone), moveBack(end, gone)
		if c.fix == nil {
			c.mark.Start, c.mark.End = start, end
			a.Marks = append(a.Marks, c.mark)
			continue
		}
		fix := *c.fix
		fix.Text, _, _ = unifyLineEnds(fix.Text, false)
		if fix.Start, fix.End = start, end; string([]rune(unified)[start:end]) != fix.Text { // else it is one already
			a.Fixes = append(a.Fixes, fix)
		}
	}
	a.Text = unified
	return dropped
}

// jsonValues reads the values of a file of JSON one after another, as JSON Lines or otherwise; those of one array are
// given one by one. Numbers stay as they are written.
func jsonValues(data []byte) ([]any, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		return nil, errors.New("it is no JSON: it is not in UTF-8; write it in UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var out []any
	for {
		var v any
		if err := dec.Decode(&v); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("it is no JSON: after value %d: %w", len(out), err)
		}
		out = append(out, v)
	}
	if len(out) == 1 {
		if list, ok := out[0].([]any); ok {
			return list, nil
		}
	}
	return out, nil
}

// jsonObject is a value as an object of JSON, nil where it is none.
func jsonObject(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// jsonList is a value as a list: what stands alone in JSON is a list of one, what is not there of none.
func jsonList(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// jsonWord is a value as a string, "" where it is none; a number is as it is written.
func jsonWord(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// jsonWords are those of a list that are strings.
func jsonWords(v any) []string {
	var out []string
	for _, one := range jsonList(v) {
		if s, ok := one.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// position is a value as a position: a whole number, which some tools write as a string.
func position(v any) (int, bool) {
	n, err := strconv.Atoi(jsonWord(v))
	return n, err == nil
}

// fieldsOf are the values by field that this program writes beside a text.
func fieldsOf(v any) map[string][]string {
	out := map[string][]string{}
	for field, values := range jsonObject(v) {
		if w := jsonWords(values); len(w) > 0 {
			out[field] = w
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// isURI says whether s is a whole address, as an authority is.
func isURI(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' }) {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "urn", "info", "tag", "doi", "ark", "hdl":
		return u.Opaque != "" || u.Path != ""
	}
	return u.Scheme != "" && strings.Contains(s, "://") && u.Host != ""
}
