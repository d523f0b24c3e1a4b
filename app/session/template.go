package session

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"fonds/app/i18n"
	"fonds/assets"
	"fonds/storage/archive"
)

// DefaultTemplate is that of new archives, and of those whose own is not known.
const DefaultTemplate = "dublincore"

// Template is a set of fields to describe a document with.
type Template struct {
	ID     string            `json:"id"`
	Label  map[string]string `json:"label"`
	Fields []Field           `json:"fields"`
}

// Field is one element of description. Labels and help are by language.
type Field struct {
	ID         string            `json:"id"`
	Label      map[string]string `json:"label"`
	Help       map[string]string `json:"help"`
	Type       string            `json:"type"` // text, longtext, date, address, language, choice
	Repeatable bool              `json:"repeatable"`
	Required   bool              `json:"required"`
}

// LabelWords is what the field is called in the person's language.
func (f *Field) LabelWords() string { return inLanguage(f.Label, f.ID) }

// HelpWords says what belongs into the field.
func (f *Field) HelpWords() string { return inLanguage(f.Help, "") }

// Long says that the field holds sentences.
func (f *Field) Long() bool { return f.Type == "longtext" }

func inLanguage(words map[string]string, otherwise string) string {
	for _, tag := range []string{i18n.Current(), i18n.Default} {
		if w, ok := words[tag]; ok {
			return w
		}
	}
	return otherwise
}

// ReadTemplate is a template by its id, from those that are built in.
func ReadTemplate(id string) (*Template, error) {
	data, err := fs.ReadFile(assets.Templates(), id+".json")
	if err != nil {
		return nil, fmt.Errorf("reading the template %q: %w", id, err)
	}
	t := &Template{}
	if err := json.Unmarshal(data, t); err != nil {
		return nil, fmt.Errorf("reading the template %q: %w", id, err)
	}
	return t, nil
}

// Template is that of the open archive. Built in, so that reading it is no
// matter of the disk.
func (s *Session) Template() *Template {
	id := DefaultTemplate
	if s.self != nil && s.self.Setting(archive.TemplateSetting) != "" {
		id = s.self.Setting(archive.TemplateSetting)
	}
	if s.template != nil && s.template.ID == id {
		return s.template
	}
	t, err := ReadTemplate(id)
	if err != nil {
		t, err = ReadTemplate(DefaultTemplate)
	}
	if err != nil {
		panic("session: " + err.Error()) // built in, and read by every test
	}
	s.template = t
	return t
}

// Field is the field of an id; one that the template lacks is shown by its id.
func (s *Session) Field(id string) Field {
	t := s.Template()
	if i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.ID == id }); i >= 0 {
		return t.Fields[i]
	}
	return Field{ID: id, Type: "text", Repeatable: true}
}

// Fields are those of the template, and after them those that d has values in
// beyond it: nothing that was described is hidden.
func (s *Session) Fields(d *Doc) []Field {
	out := slices.Clone(s.Template().Fields)
	if d == nil {
		return out
	}
	for _, it := range d.Of(archive.AValue) {
		if (it.InForce() || it.Open()) && !slices.ContainsFunc(out, func(f Field) bool { return f.ID == it.Key }) {
			out = append(out, s.Field(it.Key))
		}
	}
	return out
}
