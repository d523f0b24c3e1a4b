package template

import (
	"regexp"
	"strings"
	"unicode/utf8"

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
		return "", ""
	case len(f.Choices) > 0:
		return f.readChoice(value)
	case f.pattern != nil && !f.pattern.MatchString(value):
		return i18n.T("doubt.pattern", "help", f.HelpWords()), ""
	case f.Limit > 0 && utf8.RuneCountInString(value) > f.Limit:
		return i18n.T("doubt.limit", "n", utf8.RuneCountInString(value), "most", f.Limit), ""
	}
	switch f.Type {
	case Date:
		return readDate(value, year)
	case Reference:
		return f.referenceDoubt(value, year), ""
	case Number:
		return numberDoubt(value, year), ""
	case Language:
		if _, err := language.Parse(value); err != nil {
			return i18n.T("doubt.language"), ""
		}
	case Figure:
		if !aFigure.MatchString(value) {
			return i18n.T("doubt.figure"), ""
		}
	case YesNo:
		if value != Yes && value != No {
			return i18n.T("doubt.yesno", "yes", Yes, "no", No), ""
		}
		return "", wordOf(value)
	case Stars:
		n := strings.Index("12345", value)
		if len(value) != 1 || n < 0 {
			return i18n.T("doubt.stars"), ""
		}
		return "", strings.Repeat("★", n+1) + strings.Repeat("☆", 4-n)
	case Identifier:
		if strings.ContainsAny(value, "\t\n") || strings.Contains(value, "  ") {
			return i18n.T("doubt.identifier"), ""
		}
	case Person, Organisation, Place:
		if f.Repeatable && strings.ContainsAny(value, "、;；") {
			return i18n.T("doubt.several"), ""
		}
	}
	return "", ""
}

// What a field of yes or no holds, in any language.
const (
	Yes = "yes"
	No  = "no"
)

var aFigure = regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`)

// wordOf is what Yes or No is called.
func wordOf(value string) string {
	if value == Yes {
		return i18n.T("value.yes")
	}
	return i18n.T("value.no")
}

// readChoice reads a value of which there are a few: what it is called where that is
// something else.
func (f *Field) readChoice(value string) (doubt, reading string) {
	var known []string
	for i := range f.Choices {
		c := &f.Choices[i]
		if c.Value == value {
			if words := c.Words(); !strings.EqualFold(words, value) {
				return "", words
			}
			return "", ""
		}
		if c.called(value) {
			return "", "" // as it is called in one of the languages
		}
		if i < 8 {
			known = append(known, c.Words())
		}
	}
	return i18n.T("doubt.choice", "known", i18n.List(known)), ""
}

// called says whether a choice is called so in some language.
func (c *Choice) called(typed string) bool {
	for _, words := range c.Label {
		if strings.EqualFold(words, typed) {
			return true
		}
	}
	return false
}

// ValueOf is the value of a field of which there are a few that somebody means: the one that
// is typed, or that is called so in some language; anything else as it is.
func (f *Field) ValueOf(typed string) string {
	all := f.few()
	for i := range all {
		if all[i].Value == typed {
			return typed
		}
	}
	for i := range all {
		if all[i].called(strings.TrimSpace(typed)) {
			return all[i].Value
		}
	}
	return typed
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

// Chosen are the values of a field of which there are a few that begin with what is typed,
// or are called so.
func (f *Field) Chosen(typed string) (out []string) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, c := range f.few() {
		if strings.HasPrefix(strings.ToLower(c.Value), typed) || strings.HasPrefix(strings.ToLower(c.Words()), typed) {
			out = append(out, c.Value)
		}
	}
	return out
}

// Called is what a value of which there are a few is called, where that is something else.
func (f *Field) Called(value string) string {
	if len(f.few()) == 0 {
		return ""
	}
	doubt, reading := f.read(value, 0)
	if doubt != "" {
		return ""
	}
	return reading
}

// few are the values that a field can have, nil where it can have any.
func (f *Field) few() []Choice {
	switch {
	case len(f.Choices) > 0:
		return f.Choices
	case f.Type == YesNo:
		return []Choice{{Value: Yes, Label: map[string]string{i18n.Current(): wordOf(Yes)}}, {Value: No, Label: map[string]string{i18n.Current(): wordOf(No)}}}
	case f.Type == Stars:
		return []Choice{{Value: "5"}, {Value: "4"}, {Value: "3"}, {Value: "2"}, {Value: "1"}}
	}
	return nil
}
