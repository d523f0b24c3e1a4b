package template

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"fonds/app/i18n"
)

// Doubt says what may be wrong with a value of the field, in the person's language; ""
// for nothing. A doubt is no refusal: archives hold what there is. The year is the
// document's, for dates without one and for codes that have one; 0 where it is not known.
func (f *Field) Doubt(value string, year int) string {
	doubt, _ := f.read(value, year)
	return doubt
}

// read is what may be wrong with a value, or how it reads where that is something else than
// its words; "" for nothing.
func (f *Field) read(value string, year int) (doubt, reading string) {
	value = strings.TrimSpace(value)
	switch {
	case value == "":
	case len(f.Choices) > 0 && !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == value }):
		var known []string
		for _, c := range f.Choices[:min(len(f.Choices), 8)] {
			known = append(known, c.Value)
		}
		doubt = i18n.T("doubt.choice", "known", i18n.List(known))
	case f.pattern != nil && !f.pattern.MatchString(value):
		doubt = i18n.T("doubt.pattern", "help", f.HelpWords())
	case f.Type == "date":
		return readDate(value, year)
	case f.Type == "reference":
		doubt = referenceDoubt(value, year)
	case f.Type == "number":
		doubt = numberDoubt(value, year)
	case f.Type == "language":
		if _, err := language.Parse(value); err != nil {
			doubt = i18n.T("doubt.language")
		}
	}
	return doubt, reading
}

// Goes says into which field of a template, by its id and its JSON, what a machine proposes
// for a field goes.
func Goes(id, own string) func(field, rule string) string {
	t, err := Parse([]byte(own))
	if own == "" || err != nil {
		if t, err = Read(id); err != nil {
			return nil
		}
	}
	type taken struct{ field, rule, into string }
	var all []taken
	for i := range t.Fields {
		for _, takes := range t.Fields[i].Takes {
			field, rule, _ := strings.Cut(takes, " ")
			all = append(all, taken{field, rule, t.Fields[i].ID})
		}
	}
	return func(field, rule string) string {
		for _, x := range all {
			if x.field == field && strings.HasPrefix(rule, x.rule) {
				return x.into
			}
		}
		return field
	}
}

// Chosen are the values of a choice that begin with what is typed, or are called so.
func (f *Field) Chosen(typed string) (out []string) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, c := range f.Choices {
		if strings.HasPrefix(strings.ToLower(c.Value), typed) || strings.HasPrefix(strings.ToLower(c.Words()), typed) {
			out = append(out, c.Value)
		}
	}
	return out
}
