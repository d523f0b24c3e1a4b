package session

import (
	"slices"

	"fonds/app/template"
	"fonds/storage/archive"
)

// Template is that of the open archive.
func (s *Session) Template() *template.Template {
	own := ""
	if s.self != nil {
		own = s.self.Setting(archive.TemplateJSON)
	}
	if id := template.IDOf(s.self); s.template == nil || s.templateOf != [2]string{id, own} {
		s.template, s.templateOf = template.Of(s.self), [2]string{id, own}
	}
	return s.template
}

// Field is the field of an id; one that the template lacks is called as the program's
// templates do, else by its id.
func (s *Session) Field(id string) template.Field {
	t := s.Template()
	if i := slices.IndexFunc(t.Fields, func(f template.Field) bool { return f.ID == id }); i >= 0 {
		return t.Fields[i]
	}
	return template.Field{ID: id, Label: template.Known(id), Type: template.Text, Repeatable: true}
}

// Fields are those that the template has for the category and the level of d, and after them those that d has
// values in beyond it: nothing that was described is hidden.
func (s *Session) Fields(d *Doc) []template.Field {
	t := s.Template()
	if d == nil {
		return slices.Clone(t.Fields)
	}
	said := map[string]bool{}
	for _, it := range d.Of(archive.AValue) {
		said[it.Key] = said[it.Key] || it.InForce() || it.Open()
	}
	var out []template.Field
	for _, f := range t.Fields {
		if said[f.ID] || !f.Hidden && t.Force(&f, d.Document) != template.NotUsed {
			out = append(out, f)
		}
	}
	for _, it := range d.Of(archive.AValue) {
		if (it.InForce() || it.Open()) && !slices.ContainsFunc(out, func(f template.Field) bool { return f.ID == it.Key }) {
			out = append(out, s.Field(it.Key))
		}
	}
	return out
}
