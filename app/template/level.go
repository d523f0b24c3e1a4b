package template

import (
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// Levels of description (著录层级), the lowest first. A document is at that of the item
// (文件级) unless its level field says otherwise.
const (
	Item   = "item"   // 文件级
	File   = "file"   // 案卷级
	Series = "series" // 类别级
	Fonds  = "fonds"  // 全宗级
)

// Levels lists the levels, the lowest first.
func Levels() []string { return []string{Item, File, Series, Fonds} }

// Force is how strongly a field is asked for at a level.
type Force string

// The forces of DA/T 18.
const (
	Always  Force = "always" // 必著: it has to be filled
	IfAny   Force = "ifany"  // 有则必著: where the document has it
	May     Force = ""       // 选著
	NotUsed Force = "-"      // not used at that level
)

// forces are those that a template can name; a level that it does not name is NotUsed.
func forces() []Force { return []Force{Always, IfAny, May} }

// At is how strongly the field is asked for at a level.
func (f *Field) At(level string) Force {
	if f.Levels == nil {
		return Force(f.Must)
	}
	if force, ok := f.Levels[level]; ok {
		return force
	}
	return NotUsed
}

// Constrains says whether the template says of any field how strongly it is asked for.
func (t *Template) Constrains() bool {
	return slices.ContainsFunc(t.Fields, func(f Field) bool { return f.Must != "" || f.Levels != nil })
}

// LevelField is the id of the field that says at which level a document is described:
// that which is 3.1.4 of ISAD(G); "" where there is none.
func (t *Template) LevelField() string {
	for i := range t.Fields {
		if t.Fields[i].Map["isadg"] == "3.1.4" {
			return t.Fields[i].ID
		}
	}
	return ""
}

// LevelOf is the level at which a document is described.
func (t *Template) LevelOf(d *archive.Document) string {
	id := t.LevelField()
	if id == "" || d == nil {
		return Item
	}
	for _, it := range d.Values(id) {
		return LevelNamed(it.Text)
	}
	return Item
}

// LevelNamed is the level that a value of the level field names.
func LevelNamed(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	for level, names := range levelNames {
		if slices.Contains(names, value) {
			return level
		}
	}
	return Item
}

// levelNames are what the levels are called in archives.
var levelNames = map[string][]string{
	File:   {"file", "案卷级", "案卷"},
	Series: {"series", "sub-series", "subseries", "class", "类别级", "类别", "子类级"},
	Fonds:  {"fonds", "sub-fonds", "subfonds", "全宗级", "全宗", "collection"},
}

// LevelWords is what a level is called.
func LevelWords(level string) string { return i18n.T("level." + level) }

// Words is what a force is called beside a field: 必著, 有则必著, 选著.
func (f Force) Words() string {
	switch f {
	case Always:
		return i18n.T("force.always")
	case IfAny:
		return i18n.T("force.ifany")
	case NotUsed:
		return i18n.T("force.notused")
	}
	return i18n.T("force.may")
}

// Required are the ids of the fields in which something has to be in a document: those of
// its category and level, but not what the program knows by itself.
func (t *Template) Required(d *archive.Document) (out []string) {
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Compute == "" && t.Force(f, d) == Always {
			out = append(out, f.ID)
		}
	}
	return out
}

// requiredAt is the field's line in the facet of what is missing (storage.Facet), "" where
// it is required nowhere: its id, and behind it on which values of the level and the
// category field that depends.
func (t *Template) requiredAt(f *Field) string {
	if f.Compute != "" {
		return ""
	}
	k := query.Asked{Field: f.ID}
	item := f.At(Item) == Always
	var other []string
	for _, value := range t.levelValues() {
		if (f.At(LevelNamed(value)) == Always) != item {
			other = append(other, value)
		}
	}
	switch {
	case len(other) > 0:
		k.By = append(k.By, query.AskedBy{Field: t.LevelField(), Values: other, Only: !item})
	case !item:
		return ""
	}
	if len(f.For) > 0 {
		k.By = append(k.By, query.AskedBy{Field: t.Category, Values: f.For, Only: true})
	}
	return k.String()
}

// levelValues are the values that the level field of the template offers.
func (t *Template) levelValues() (out []string) {
	id := t.LevelField()
	for i := range t.Fields {
		if t.Fields[i].ID == id {
			for _, c := range t.Fields[i].Choices {
				out = append(out, c.Value)
			}
		}
	}
	return out
}
