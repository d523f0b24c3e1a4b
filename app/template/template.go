// Package template reads the sets of fields that documents are described with. They
// are built into the program (assets), so that reading one is no matter of the disk.
package template

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"fonds/app/i18n"
	"fonds/assets"
	"fonds/storage/archive"
)

// Default is the template of new archives, and of those whose own is not known.
const Default = "dublincore"

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

// IDs lists the templates that the program brings.
func IDs() []string {
	entries, err := fs.ReadDir(assets.Templates(), ".")
	if err != nil {
		return nil
	}
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".json"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Bytes is the JSON of a template by its id.
func Bytes(id string) ([]byte, error) {
	data, err := fs.ReadFile(assets.Templates(), id+".json")
	if err != nil {
		return nil, fmt.Errorf("reading the template %q: %w", id, err)
	}
	return data, nil
}

// Read is a template by its id.
func Read(id string) (*Template, error) {
	data, err := Bytes(id)
	if err != nil {
		return nil, err
	}
	t := &Template{}
	if err := json.Unmarshal(data, t); err != nil {
		return nil, fmt.Errorf("reading the template %q: %w", id, err)
	}
	return t, nil
}

// Of is the template of the archive of which self tells; the default one where
// self is nil or names one that this program does not have.
func Of(self *archive.Document) *Template {
	if id := IDOf(self); id != Default {
		if t, err := Read(id); err == nil {
			return t
		}
	}
	t, err := Read(Default)
	if err != nil {
		panic("template: " + err.Error()) // built in, and read by every test
	}
	return t
}

// IDOf is the id that the archive of which self tells names.
func IDOf(self *archive.Document) string {
	if self != nil {
		if id := self.Setting(archive.TemplateSetting); id != "" {
			return id
		}
	}
	return Default
}
