package archive

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// Lists of very many documents spend more time on encoding/json taking what is known of each apart than SQLite on finding
// it. So what is written plainly is read here, and anything else is left to that.

// ReadInfo reads what encoding/json wrote of an Info.
func ReadInfo(b []byte) (*Info, error) {
	if i := new(Info); utf8.Valid(b) && (&infoReader{in: b}).read(i) {
		return i, nil
	}
	i := new(Info)
	return i, json.Unmarshal(b, i)
}

// infoReader reads JSON from the left. Its methods are false where they find what they do not understand.
type infoReader struct {
	in []byte
	at int
}

func (r *infoReader) next(b byte) bool {
	if r.at == len(r.in) || r.in[r.at] != b {
		return false
	}
	r.at++
	return true
}

func (r *infoReader) read(i *Info) bool {
	if !r.next('{') {
		return false
	}
	for {
		key, ok := r.text()
		if !ok || !r.next(':') || !r.member(string(key), i) {
			return false
		}
		if !r.next(',') {
			return r.next('}') && r.at == len(r.in)
		}
	}
}

func (r *infoReader) member(key string, i *Info) bool {
	switch key {
	case "id":
		return r.into((*string)(&i.ID))
	case "name":
		return r.into(&i.Name)
	case "path":
		return r.into(&i.Path)
	case "sha256":
		return r.into(&i.SHA256)
	case "modified":
		return r.into(&i.Modified)
	case "format":
		return r.into(&i.Format)
	case "encoding":
		return r.into(&i.Encoding)
	case "language":
		return r.into(&i.Language)
	case "order":
		return number(r, &i.Order)
	case "size":
		return number(r, &i.Size)
	case "text":
		return number(r, &i.Text)
	case "chars":
		return number(r, &i.Chars)
	case "folded":
		return number(r, &i.Folded)
	case "added":
		return number(r, &i.Added)
	case "confidence":
		word := r.digits('.')
		f, err := strconv.ParseFloat(word, 64)
		i.Confidence = f
		return err == nil && (word[0] != '0' || len(word) == 1 || word[1] == '.') && word[0] != '.' && word[len(word)-1] != '.'
	}
	return false
}

// text is a string without escapes.
func (r *infoReader) text() ([]byte, bool) {
	if !r.next('"') {
		return nil, false
	}
	for from := r.at; r.at < len(r.in); r.at++ {
		switch b := r.in[r.at]; {
		case b == '"':
			r.at++
			return r.in[from : r.at-1], true
		case b < ' ' || b == '\\':
			return nil, false
		}
	}
	return nil, false
}

func (r *infoReader) into(s *string) bool {
	b, ok := r.text()
	*s = string(b)
	return ok
}

// digits are those that follow, and another character among them.
func (r *infoReader) digits(or byte) string {
	from := r.at
	for r.at < len(r.in) && (r.in[r.at] >= '0' && r.in[r.at] <= '9' || r.in[r.at] == or) {
		r.at++
	}
	return string(r.in[from:r.at])
}

// number reads a whole number of at most 18 digits, without a sign.
func number[T ~int | ~int64](r *infoReader, into *T) bool {
	word := r.digits('0')
	if word == "" || len(word) > 18 || word[0] == '0' && len(word) > 1 {
		return false
	}
	n, err := strconv.Atoi(word)
	*into = T(n)
	return err == nil && n >= 0
}
