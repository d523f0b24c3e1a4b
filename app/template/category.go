package template

import (
	"slices"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// One archive holds papers, photographs and pages of the web: the value of one field, the
// category (门类), says which of the template's fields a document has.

// CategoryOf is the category of a document, "" for none.
func (t *Template) CategoryOf(d *archive.Document) string {
	if t.Category == "" || d == nil {
		return ""
	}
	for _, it := range d.Values(t.Category) {
		return it.Text
	}
	return ""
}

// Force is how strongly a field is asked for in a document: by its category, and by the
// level at which it is described.
func (t *Template) Force(f *Field, d *archive.Document) Force {
	if !f.isFor(t.CategoryOf(d)) {
		return NotUsed
	}
	return f.At(t.LevelOf(d))
}

// isFor says whether documents of a category have the field.
func (f *Field) isFor(category string) bool {
	return len(f.For) == 0 || slices.Contains(f.For, category)
}

// Categories are the values that the category field offers.
func (t *Template) Categories() []Choice {
	for i := range t.Fields {
		if t.Category != "" && t.Fields[i].ID == t.Category {
			return t.Fields[i].Choices
		}
	}
	return nil
}

// CategoryField is a field of categories, those of DA/T 13-2022.
func CategoryField() Field {
	f := Field{ID: "dat13:category", Type: AChoice, Label: map[string]string{"en": "Archival category", "zh-Hans": "档案门类"},
		Help: map[string]string{"en": "It says which fields there are.", "zh-Hans": "决定有哪些著录项目。"}}
	for _, c := range [][3]string{{"WS", "Papers", "文书"}, {"KJ", "Science and technology", "科技"}, {"RS", "Personnel", "人事"}, {"KU", "Accounts", "会计"},
		{"ZY", "Special", "专业"}, {"ZP", "Photographs", "照片"}, {"LY", "Sound", "录音"}, {"LX", "Video", "录像"}, {"SJ", "Data", "业务数据"},
		{"YJ", "Official e-mail", "公务电子邮件"}, {"WY", "Web pages", "网页信息"}, {"MT", "Social media", "社交媒体"}, {"SW", "Objects", "实物"}} {
		f.Choices = append(f.Choices, Choice{Value: c[0], Label: map[string]string{"en": c[1], "zh-Hans": c[2]}})
	}
	return f
}

// Join puts the fields of another template behind those of t, for documents of a category.
// Fields that both have stay as they are in t; such as t has for other categories alone are
// for this one too. Where t has no category yet, it gets one. It gives how many are new.
func (t *Template) Join(other *Template, category string) int {
	if t.Category == "" {
		f := CategoryField()
		t.Category = f.ID
		if !slices.ContainsFunc(t.Fields, func(o Field) bool { return o.ID == f.ID }) {
			t.Fields = slices.Insert(t.Fields, 0, f)
		}
	}
	n := 0
	for _, f := range other.Fields {
		at := slices.IndexFunc(t.Fields, func(o Field) bool { return o.ID == f.ID })
		switch {
		case at < 0:
			f.For = []string{category}
			t.Fields = append(t.Fields, f)
			n++
		case len(t.Fields[at].For) > 0 && !slices.Contains(t.Fields[at].For, category):
			t.Fields[at].For = append(slices.Clone(t.Fields[at].For), category)
		}
	}
	return n
}

// categoryFault says what is wrong with the categories of a field.
func (t *Template) categoryFault(f *Field) string {
	switch {
	case len(f.For) == 0:
		return ""
	case t.Category == "":
		return i18n.T("template.fault.nocategory")
	case f.ID == t.Category:
		return i18n.T("template.fault.circle")
	}
	known := t.Categories()
	for _, c := range f.For {
		if len(known) > 0 && !slices.ContainsFunc(known, func(k Choice) bool { return k.Value == c }) {
			return i18n.T("template.fault.for", "value", c)
		}
	}
	return ""
}

// Inherited are the values of the field that a document without one of its own has from the
// nearest unit of the arrangement above it that says some, and that unit; nil where there is
// none, or where somebody has said that the source states nothing.
func (f *Field) Inherited(d *archive.Document, units *archive.Tree) ([]string, *archive.Unit) {
	place := d.Placed()
	if place == nil || !f.Inherit || len(d.Values(f.ID)) > 0 {
		return nil, nil
	}
	return units.Unit(archive.ID(place.Key)).Inherited(f.ID)
}

// InFile says whether a document lies in a file of the arrangement (案卷).
func InFile(d *archive.Document, units *archive.Tree) bool {
	place := d.Placed()
	if place == nil {
		return false
	}
	u := units.Unit(archive.ID(place.Key))
	return u != nil && u.Level == archive.AtFile
}
