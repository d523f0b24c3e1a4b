package command

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// editLine is one line of what apply reads: an edit, or what is wrong with it.
type editLine struct {
	n    int // from 1
	edit *archive.Edit
	many *manyEdit // in the place of edit
	err  error
}

// longestLine is how many bytes a line of edits may have: a source text of the
// largest size that is imported, written in escapes, is no edit.
const longestLine = 64 << 20

// readEdits reads lines until the end. err is of the reading itself.
func readEdits(r io.Reader) ([]editLine, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var out []editLine
	for n := 1; ; n++ {
		line, whole, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		switch {
		case !whole:
			out = append(out, editLine{n: n, err: fmt.Errorf("%w: a line of more than %d MB is no edit", archive.ErrInvalid, longestLine>>20)})
		case len(bytes.TrimSpace(line)) > 0:
			many, err := parseMany(line)
			if many != nil || err != nil {
				out = append(out, editLine{n: n, many: many, err: err})
				break
			}
			e, err := parseEdit(line)
			out = append(out, editLine{n: n, edit: e, err: err})
		}
		if err != nil {
			return out, nil
		}
	}
}

// readLine reads a line without its end. Where it is too long, whole is false
// and the rest of it is passed over.
func readLine(in *bufio.Reader) (line []byte, whole bool, err error) {
	whole = true
	for {
		piece, err := in.ReadSlice('\n')
		if whole = whole && len(line)+len(piece) <= longestLine; whole {
			line = append(line, piece...)
		} else {
			line = nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), whole, err
		}
	}
}

// parseEdit reads an edit and refuses what JSON's reader would change without a
// word: bytes that are no UTF-8, and halves of surrogate pairs, become U+FFFD
// there, and a text must not.
func parseEdit(line []byte) (*archive.Edit, error) {
	if at := badUTF8(line); at >= 0 {
		return nil, fmt.Errorf("%w: byte %d of the line (%#02x) is no UTF-8", archive.ErrInvalid, at+1, line[at])
	}
	if at := loneSurrogate(line); at >= 0 {
		return nil, fmt.Errorf("%w: %s at byte %d of the line is half a surrogate pair and no character", archive.ErrInvalid, line[at:at+6], at+1)
	}
	e, err := archive.ParseEdit(line)
	if err != nil {
		return nil, err
	}
	if key := nul(e); key != "" {
		return nil, fmt.Errorf("%w: %q holds the character U+0000, which no text can hold", archive.ErrInvalid, key)
	}
	if e.As != "" {
		if e.As, err = checkName(e.As); err != nil {
			return nil, fmt.Errorf("%w: %v", archive.ErrInvalid, err)
		}
	}
	return e, nil
}

func badUTF8(line []byte) int {
	if utf8.Valid(line) {
		return -1
	}
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRune(line[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// loneSurrogate is where an escape \ud800 to \udfff stands without its other
// half, or -1.
func loneSurrogate(line []byte) int {
	for i := 0; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		high, ok := surrogate(line[i:])
		switch {
		case !ok:
			i++ // what is escaped is no backslash that escapes
		case !high:
			return i
		default:
			if low, ok := surrogate(line[i+6:]); !ok || low {
				return i
			}
			i += 11
		}
	}
	return -1
}

// surrogate says whether b begins with the escape of half a surrogate pair, and
// whether that is the first half.
func surrogate(b []byte) (high, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' || b[2] != 'd' && b[2] != 'D' {
		return false, false
	}
	switch b[3] {
	case '8', '9', 'a', 'b', 'A', 'B':
		return true, true
	case 'c', 'd', 'e', 'f', 'C', 'D', 'E', 'F':
		return false, true
	}
	return false, false
}

// nul is the key of a text of the edit that holds U+0000, or "". A quote may:
// it is what stands in a source, which may hold anything.
func nul(e *archive.Edit) string {
	texts := map[string]string{"as": e.As, "doc": e.Doc, "field": e.Field, "tag": e.Tag, "value": e.Value, "mark": e.Mark,
		"correction": e.Correction, "note": e.Note, "label": e.Label, "reason": e.Reason, "recipe": e.Recipe, "query": e.Query}
	if e.Text != nil {
		texts["text"] = *e.Text
	}
	for _, v := range e.Values {
		texts["values"] += v.Value + v.Detail
	}
	for _, key := range sortedKeys(texts) {
		if strings.Contains(texts[key], "\x00") {
			return key
		}
	}
	return ""
}
