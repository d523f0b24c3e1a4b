package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// Limits of a template.
const (
	mostFields  = 200
	mostChoices = 2000
	mostWords   = 500 // code points of a label, a help, a value
)

// Parse reads a template from JSON. What it does not know is an error, so that nothing
// of it is lost when it is written again; every error says what is wrong with which
// field, and is an *archive.Refusal.
func Parse(data []byte) (*Template, error) {
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
	return t, t.check()
}

// anID is what an id of a template can be, and with a prefix that of a field.
var (
	anID      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)
	aFieldsID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,19}:[\p{L}\p{N}._/#~-]{1,80}$`)
)

func (t *Template) check() error {
	wrong := func(field, what string) error { return archive.Refuse("template-field", "field", field, "what", what) }
	switch {
	case !anID.MatchString(t.ID):
		return archive.Refuse("template-id", "id", fmt.Sprintf("%q", t.ID))
	case len(t.Label) == 0:
		return wrong(t.ID, "it has no label")
	case len(t.Fields) == 0:
		return wrong(t.ID, "it has no fields")
	case len(t.Fields) > mostFields:
		return wrong(t.ID, fmt.Sprintf("it has %d fields, and at most %d are possible", len(t.Fields), mostFields))
	}
	seen := map[string]bool{}
	for i := range t.Fields {
		f := &t.Fields[i]
		if !aFieldsID.MatchString(f.ID) {
			return wrong(fmt.Sprintf("%q", f.ID), "an id is a prefix, a colon and a name, as dcterms:title")
		}
		if seen[f.ID] {
			return wrong(f.ID, "it is there twice")
		}
		seen[f.ID] = true
		if what := f.check(); what != "" {
			return wrong(f.ID, what)
		}
	}
	return nil
}

// check says what is wrong with a field, "" for nothing.
func (f *Field) check() string {
	long := func(m map[string]string) bool {
		for _, w := range m {
			if utf8.RuneCountInString(w) > mostWords {
				return true
			}
		}
		return false
	}
	switch {
	case len(f.Label) == 0 || strings.TrimSpace(f.LabelWords()) == "":
		return "it has no label"
	case long(f.Label), long(f.Help):
		return fmt.Sprintf("a label and a help have at most %d characters", mostWords)
	case !slices.Contains(Types(), f.Type):
		return fmt.Sprintf("its type is %q: there are %s", f.Type, strings.Join(Types(), ", "))
	case !slices.Contains([]string{"", "always", "ifany"}, f.Must):
		return fmt.Sprintf("must is %q: it can be always, ifany or nothing", f.Must)
	case f.Must != "" && f.Required != (f.Must == "always"):
		return "required and must say different things"
	case len(f.Choices) > mostChoices:
		return fmt.Sprintf("it has %d choices, and at most %d are possible", len(f.Choices), mostChoices)
	case f.Type == "choice" && len(f.Choices) == 0:
		return "it is a choice and has no choices"
	}
	values := map[string]bool{}
	for _, c := range f.Choices {
		if strings.TrimSpace(c.Value) == "" || values[c.Value] || utf8.RuneCountInString(c.Value) > mostWords || long(c.Label) {
			return fmt.Sprintf("the choice %q is empty, too long or there twice", c.Value)
		}
		values[c.Value] = true
	}
	if f.Pattern != "" {
		re, err := regexp.Compile(f.Pattern)
		if err != nil {
			return "its pattern cannot be read: " + strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		}
		f.pattern = re
	}
	return ""
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
