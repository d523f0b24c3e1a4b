package archive

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// Work on very many documents spends more time on encoding/json taking what is known of each apart than SQLite on finding
// it. So what is written plainly is read here, and anything else is left to that.

// ReadInfo reads what encoding/json wrote of an Info.
func ReadInfo(b []byte) (*Info, error) {
	i := new(Info)
	if r := (&plainReader{in: b}); utf8.Valid(b) && r.object(func(key string) bool { return r.ofInfo(key, i) }) && r.at == len(b) {
		return i, nil
	}
	i = new(Info)
	return i, json.Unmarshal(b, i)
}

// ReadChanges reads what encoding/json wrote of what an operation changed.
func ReadChanges(b []byte) ([]Change, error) {
	if utf8.Valid(b) {
		if all, ok := (&plainReader{in: b}).changes(); ok {
			return all, nil
		}
	}
	var all []Change
	return all, json.Unmarshal(b, &all)
}

// changes is a list that is not empty.
func (r *plainReader) changes() (all []Change, ok bool) {
	if !r.next('[') {
		return nil, false
	}
	for {
		var c Change
		if !r.object(func(key string) bool {
			switch {
			case key == "before" && c.Before == nil:
				return r.item(&c.Before)
			case key == "after" && c.After == nil:
				return r.item(&c.After)
			}
			return false
		}) {
			return nil, false
		}
		if all = append(all, c); !r.next(',') {
			return all, r.next(']') && r.at == len(r.in)
		}
	}
}

func (r *plainReader) item(into **Item) bool {
	it := new(Item)
	*into = it
	return r.object(func(key string) bool { return r.ofItem(key, it) })
}

// plainReader reads JSON from the left. Its methods are false where they find what they do not understand.
type plainReader struct {
	in []byte
	at int
}

func (r *plainReader) next(b byte) bool {
	if r.at == len(r.in) || r.in[r.at] != b {
		return false
	}
	r.at++
	return true
}

// object hands the key of each member, whose value is next, to member.
func (r *plainReader) object(member func(key string) bool) bool {
	if !r.next('{') {
		return false
	}
	for {
		key, ok := r.text()
		if !ok || !r.next(':') || !member(string(key)) {
			return false
		}
		if !r.next(',') {
			return r.next('}')
		}
	}
}

func (r *plainReader) ofInfo(key string, i *Info) bool {
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
		return r.fraction(&i.Confidence)
	}
	return false
}

func (r *plainReader) ofItem(key string, it *Item) bool {
	switch key {
	case "id":
		return r.into((*string)(&it.ID))
	case "what":
		return r.into((*string)(&it.What))
	case "state":
		return r.into((*string)(&it.State))
	case "key":
		return r.into(&it.Key)
	case "text":
		return r.into(&it.Text)
	case "pos":
		return number(r, &it.Pos)
	case "by":
		return r.into(&it.By)
	case "at":
		return number(r, &it.At)
	case "rev":
		return r.into((*string)(&it.Rev))
	case "rev_by":
		return r.into(&it.RevBy)
	case "rule":
		return r.into(&it.Rule)
	case "confidence":
		return r.fraction(&it.Confidence)
	case "detail":
		return r.into(&it.Detail)
	case "confirmed":
		return r.into(&it.Confirmed)
	case "source":
		return r.into(&it.Source)
	case "reason":
		return r.into(&it.Reason)
	case "recipe":
		return r.into(&it.Recipe)
	case "amends":
		return r.into((*string)(&it.Amends))
	case "first":
		return r.into(&it.First)
	}
	return false
}

// text is a string without escapes.
func (r *plainReader) text() ([]byte, bool) {
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

func (r *plainReader) into(s *string) bool {
	b, ok := r.text()
	*s = string(b)
	return ok
}

// digits are those that follow, and another character among them.
func (r *plainReader) digits(or byte) string {
	from := r.at
	for r.at < len(r.in) && (r.in[r.at] >= '0' && r.in[r.at] <= '9' || r.in[r.at] == or) {
		r.at++
	}
	return string(r.in[from:r.at])
}

// fraction reads a number without a sign or an exponent.
func (r *plainReader) fraction(into *float64) bool {
	word := r.digits('.')
	f, err := strconv.ParseFloat(word, 64)
	*into = f
	return err == nil && (word[0] != '0' || len(word) == 1 || word[1] == '.') && word[0] != '.' && word[len(word)-1] != '.'
}

// number reads a whole number of at most 18 digits, without a sign.
func number[T ~int | ~int64](r *plainReader, into *T) bool {
	word := r.digits('0')
	if word == "" || len(word) > 18 || word[0] == '0' && len(word) > 1 {
		return false
	}
	n, err := strconv.Atoi(word)
	*into = T(n)
	return err == nil && n >= 0
}
