package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// Limits of a template.
const (
	mostFields  = 200
	mostChoices = 2000
	mostWords   = 500 // code points of a label, a help, a value
	mostLimit   = 1 << 20
)

// Parse reads a template from JSON. What it does not know is an error, so that nothing
// of it is lost when it is written again; every error says what is wrong with which
// field, and is an *archive.Refusal.
func Parse(data []byte) (*Template, error) {
	t, err := Loose(data)
	if err != nil {
		return nil, err
	}
	return t, t.check()
}

// Loose is Parse for a template that is being made: its fields may have faults.
func Loose(data []byte) (*Template, error) {
	if len(data) > archive.MostTemplate {
		return nil, archive.Refuse("template-large", "n", len(data), "most", archive.MostTemplate)
	}
	t := &Template{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(t); err != nil {
		return nil, archive.Refuse("template-json", "why", strings.TrimPrefix(err.Error(), "json: "))
	}
	if rest := bytes.TrimSpace(data[dec.InputOffset():]); len(rest) > 0 {
		return nil, archive.Refuse("template-json", "why", "something stands behind its end")
	}
	return t, nil
}

// Check says the first thing that is wrong with a template, as Parse would.
func (t *Template) Check() error { return t.check() }

// anID is what an id of a template can be, and with a prefix that of a field.
var (
	anID      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)
	aFieldsID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,19}:[\p{L}\p{N}._/#~-]{1,80}$`)
)

// check says the first thing that is wrong with a template.
func (t *Template) check() error {
	if !anID.MatchString(t.ID) {
		return archive.Refuse("template-id", "id", fmt.Sprintf("%q", t.ID))
	}
	wrong := func(field, what string) error { return archive.Refuse("template-field", "field", field, "what", what) }
	switch {
	case strings.TrimSpace(t.LabelWords()) == "" || len(t.Label) == 0:
		return wrong(t.ID, i18n.T("template.fault.label"))
	case long(t.Label) || long(t.Use) || utf8.RuneCountInString(t.Rules) > mostWords:
		return wrong(t.ID, i18n.T("template.fault.long", "most", mostWords))
	case len(t.Fields) == 0:
		return wrong(t.ID, i18n.T("template.fault.nofields"))
	case len(t.Fields) > mostFields:
		return wrong(t.ID, i18n.T("template.fault.fields", "n", len(t.Fields), "most", mostFields))
	}
	if t.Category != "" && !slices.ContainsFunc(t.Fields, func(f Field) bool { return f.ID == t.Category }) {
		return wrong(t.Category, i18n.T("template.fault.category"))
	}
	for i := range t.Fields {
		if faults := t.Faults(i); len(faults) > 0 {
			name := t.Fields[i].ID
			if faults[0].Part == "id" {
				name = fmt.Sprintf("%q", name)
			}
			return wrong(name, faults[0].Words)
		}
	}
	return nil
}

// JSON is the template as a file has it.
func (t *Template) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(t)
	return b.Bytes(), err
}
