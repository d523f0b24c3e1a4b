// Package template reads the sets of fields that documents are described with. They
// are built into the program (assets), so that reading one is no matter of the disk.
package template

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"fonds/app/i18n"
	"fonds/assets"
	"fonds/storage/archive"
)

// Default is the template of new archives, and of those whose own is not known.
const Default = "dublincore"

// Template is a set of fields that documents are described with.
type Template struct {
	ID    string            `json:"id"`
	Label map[string]string `json:"label"`         // by language: "en", "zh-Hans"
	Use   map[string]string `json:"use,omitempty"` // what it is for
	Rules string            `json:"rules,omitempty"`
	// Category is the field whose value says which of the fields a document has (Field.For);
	// "" for none.
	Category string `json:"category,omitempty"`

	Fields []Field `json:"fields"`
}

// Field is one element of description. Labels and help are by language.
type Field struct {
	ID         string            `json:"id"` // with a prefix and a colon, as dcterms:title
	Label      map[string]string `json:"label"`
	Help       map[string]string `json:"help,omitempty"`
	Type       string            `json:"type"` // one of Types
	Repeatable bool              `json:"repeatable,omitempty"`
	Required   bool              `json:"required,omitempty"` // 必著 of an item
	Must       string            `json:"must,omitempty"`     // of an item: always (Required), ifany (有则必著: where the document has it); "" may
	Levels     map[string]Force  `json:"levels,omitempty"`   // at which levels of description it is used, and how strongly; nil: at all by Must
	Pattern    string            `json:"pattern,omitempty"`  // RE2 that a value usually meets
	Limit      int               `json:"limit,omitempty"`    // code points that a value usually has at most; 0 for none
	Choices    []Choice          `json:"choices,omitempty"`  // values that a choice or a checklist has
	Default    string            `json:"default,omitempty"`  // offered while the field is empty, and never filled in by itself
	Compute    string            `json:"compute,omitempty"`  // one of Computes: what the program knows of the document
	For        []string          `json:"for,omitempty"`      // values of Template.Category with which alone it is used; nil: with any, and none
	Hidden     bool              `json:"hidden,omitempty"`   // left out of the form where the document says nothing in it
	// Takes are fields whose proposals by machines go into this one: an id, and behind a
	// space the beginning of the rules that are meant, where not all are.
	Takes   []string `json:"takes,omitempty"`
	Inherit bool     `json:"inherit,omitempty"` // what a unit says in it holds for all that lies in it
	// Map names the element in other standards: dc, isadg, ead3.
	Map map[string]string `json:"map,omitempty"`
	// Vocabulary is whose terms the values usually are: a list of the archive, by its id
	// or name, or "tags".
	Vocabulary string `json:"vocabulary,omitempty"`

	// Filed says that the document lies in a file of the arrangement (案卷): of a code that could
	// be read in two ways the number before that of the item is the file's.
	Filed bool `json:"-"`

	pattern *regexp.Regexp
}

// Choice is a value that can be chosen.
type Choice struct {
	Value string            `json:"value"`
	Label map[string]string `json:"label,omitempty"`
}

// Words is what a choice is called in the person's language.
func (c *Choice) Words() string { return inLanguage(c.Label, c.Value) }

// The types of fields.
const (
	Text         = "text"     // a line
	LongText     = "longtext" // several lines
	Date         = "date"
	Address      = "address"  // of a page
	Language     = "language" // BCP 47
	AChoice      = "choice"   // one of a few values
	Checklist    = "checklist"
	Reference    = "reference" // 档号, DA/T 13-2022
	Number       = "number"    // 文号, GB/T 9704
	Identifier   = "identifier"
	Figure       = "figure" // a whole number or a decimal
	YesNo        = "yesno"
	Stars        = "stars" // 1 to 5
	Person       = "person"
	Organisation = "organisation"
	Place        = "place"
)

// Types lists what a field can hold.
func Types() []string {
	return []string{Text, LongText, Date, Address, Language, AChoice, Checklist, Reference, Number, Identifier, Figure, YesNo, Stars, Person, Organisation, Place}
}

// LabelWords is what the template is called in the person's language.
func (t *Template) LabelWords() string { return inLanguage(t.Label, t.ID) }

// UseWords says what it is for.
func (t *Template) UseWords() string { return inLanguage(t.Use, "") }

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

// Known is what the program's templates call a field that the archive's own has not, nil
// where none of them has it.
func Known(id string) map[string]string { return known()[id] }

// known are the labels of all their fields, those of the first template that has one.
var known = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, id := range append([]string{Default}, IDs()...) {
		t, err := Read(id)
		if err != nil {
			continue
		}
		for _, f := range t.Fields {
			if out[f.ID] == nil {
				out[f.ID] = f.Label
			}
		}
	}
	return out
})

// Source is the JSON of the template that an archive is described by: its own, or one of
// the program's. An error is one of an id that this program does not have.
func Source(self *archive.Document) ([]byte, error) {
	if own := self.Setting(archive.TemplateJSON); own != "" {
		return []byte(own), nil
	}
	return Bytes(IDOf(self))
}

// Read is a template by its id.
func Read(id string) (*Template, error) {
	data, err := Bytes(id)
	if err != nil {
		return nil, err
	}
	t, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("reading the template %q: %w", id, err)
	}
	return t, nil
}

// Of is the template of the archive of which self tells: its own, or one that the
// program brings; the default one where self is nil or names one that this program does
// not have.
func Of(self *archive.Document) *Template {
	if self != nil {
		if own := self.Setting(archive.TemplateJSON); own != "" {
			if t, err := Parse([]byte(own)); err == nil {
				return t
			}
		}
	}
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
