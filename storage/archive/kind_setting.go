package archive

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// CopiesSetting is the key of the setting that says how many daily copies are
// kept: a number, 0 for none.
const CopiesSetting = "copies"

// How many daily copies are kept where the owner has not said, and at most.
const (
	defaultCopies = 7
	mostCopies    = 1000
)

// SettingBody gives a setting of the archive a value.
type SettingBody struct {
	ID    ID     `json:"id"`
	Key   string `json:"key"`
	Value string `json:"value"`
}

// settings are those that setting.set knows, with what their values must be:
// rules have edits of their own (policy.set).
var settings = map[string]func(value string) (string, error){
	CopiesSetting: func(value string) (string, error) {
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n > mostCopies {
			return "", Refuse("setting-copies", "value", quoted(value), "most", mostCopies)
		}
		return strconv.Itoa(n), nil
	},
}

func init() {
	register(kind{name: "setting.set", keys: "key value", version: 1, archive: true, least: Owner, parse: parseSetting}, prepareSetting,
		func(d *Document, op *Op, b *SettingBody) error {
			d.set(op, b.ID, b.Key, b.Value)
			return nil
		})
}

// parseSetting reads the edit of a line: its key and value are words, where other
// edits name the key of a tag and a value of a field by them.
func parseSetting(line []byte) (*Edit, error) {
	var in struct {
		Do    string
		As    string
		Key   string
		Value string
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return nil, wrongType(err)
	}
	return &Edit{Do: in.Do, As: in.As, Setting: in.Key, SetTo: in.Value}, nil
}

func prepareSetting(c *Ctx, e *Edit) (*SettingBody, error) {
	if err := needString(e, "key", e.Setting); err != nil {
		return nil, err
	}
	if err := needString(e, "value", e.SetTo); err != nil {
		return nil, err
	}
	check := settings[e.Setting]
	if check == nil {
		var known []string
		for k := range settings {
			known = append(known, k)
		}
		slices.Sort(known)
		return nil, Refuse("setting-key", "key", quoted(e.Setting), "known", strings.Join(known, ", "))
	}
	value, err := check(e.SetTo)
	if err != nil {
		return nil, err
	}
	if c.Doc.Setting(e.Setting) == value {
		return nil, Refuse("unchanged")
	}
	return &SettingBody{c.NewID(), e.Setting, value}, nil
}

// Copies is how many daily copies of the archive are kept.
func (d *Document) Copies() int {
	n, err := strconv.Atoi(d.Setting(CopiesSetting))
	if err != nil {
		return defaultCopies
	}
	return n
}
