package template

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/i18n"
)

// Fault is what is wrong with a part of a field, in the person's language; the part is
// what it is called in JSON.
type Fault struct{ Part, Words string }

// Faults says what is wrong with a field of a template, by its place. It makes the field
// ready to be used.
func (t *Template) Faults(at int) (out []Fault) {
	f := &t.Fields[at]
	say := func(part, words string) { out = append(out, Fault{part, words}) }
	switch {
	case !aFieldsID.MatchString(f.ID):
		say("id", i18n.T("template.fault.id"))
	case slices.ContainsFunc(t.Fields[:at], func(o Field) bool { return o.ID == f.ID }):
		say("id", i18n.T("template.fault.twice"))
	}
	switch {
	case strings.TrimSpace(f.LabelWords()) == "" || len(f.Label) == 0:
		say("label", i18n.T("template.fault.label"))
	case long(f.Label):
		say("label", i18n.T("template.fault.long", "most", mostWords))
	}
	if long(f.Help) {
		say("help", i18n.T("template.fault.long", "most", mostWords))
	}
	if !slices.Contains(Types(), f.Type) {
		say("type", i18n.T("template.fault.type", "type", f.Type, "types", i18n.List(Types())))
	}
	if words := f.mustFault(); words != "" {
		say("levels", words)
	}
	if words := t.categoryFault(f); words != "" {
		say("for", words)
	}
	if words := f.choicesFault(); words != "" {
		say("choices", words)
	}
	f.pattern = nil
	if f.Pattern != "" {
		re, err := regexp.Compile(f.Pattern)
		if err != nil {
			say("pattern", i18n.T("template.fault.pattern", "why", strings.TrimPrefix(err.Error(), "error parsing regexp: ")))
		}
		f.pattern = re
	}
	if f.Limit < 0 || f.Limit > mostLimit {
		say("limit", i18n.T("template.fault.limit", "most", mostLimit))
	}
	switch {
	case f.Compute == "":
	case !slices.Contains(Computes(), f.Compute):
		say("compute", i18n.T("template.fault.compute", "compute", f.Compute, "all", i18n.List(Computes())))
	case f.Default != "":
		say("compute", i18n.T("template.fault.both"))
	case len(f.Choices) > 0 || f.weighty():
		say("compute", i18n.T("template.fault.decided"))
	}
	switch {
	case f.Default == "":
	case f.weighty():
		say("default", i18n.T("template.fault.weighty"))
	case utf8.RuneCountInString(f.Default) > mostWords:
		say("default", i18n.T("template.fault.long", "most", mostWords))
	case len(out) == 0:
		if doubt := f.Doubt(f.Default, 0); doubt != "" {
			say("default", i18n.T("template.fault.default", "why", doubt))
		}
	}
	for standard, name := range f.Map {
		if utf8.RuneCountInString(standard) > 20 || utf8.RuneCountInString(name) > 100 {
			say("map", i18n.T("template.fault.long", "most", 100))
		}
	}
	return out
}

// mustFault says what is wrong with how strongly a field is asked for. The levels are what
// counts where there are any.
func (f *Field) mustFault() string {
	switch {
	case !slices.Contains(forces(), Force(f.Must)):
		return i18n.T("template.fault.must", "must", f.Must)
	case f.Levels == nil && f.Must != "" && f.Required != (f.Must == string(Always)):
		return i18n.T("template.fault.required")
	case f.Levels == nil && f.Required:
		f.Must = string(Always)
	}
	if f.Levels == nil {
		return ""
	}
	for level, force := range f.Levels {
		if !slices.Contains(Levels(), level) {
			return i18n.T("template.fault.level", "level", level, "levels", i18n.List(Levels()))
		}
		if !slices.Contains(forces(), force) {
			return i18n.T("template.fault.must", "must", string(force))
		}
	}
	if len(f.Levels) == 0 {
		return i18n.T("template.fault.nolevels")
	}
	item := f.At(Item)
	if f.Required && item != Always || f.Must != "" && f.Must != string(item) {
		return i18n.T("template.fault.required")
	}
	if f.Required = item == Always; item != NotUsed {
		f.Must = string(item)
	}
	return ""
}

func (f *Field) choicesFault() string {
	switch {
	case len(f.Choices) > mostChoices:
		return i18n.T("template.fault.choices", "n", len(f.Choices), "most", mostChoices)
	case len(f.Choices) == 0 && (f.Type == AChoice || f.Type == Checklist):
		return i18n.T("template.fault.nochoices")
	}
	if f.Type == Checklist {
		f.Repeatable = true
	}
	values := map[string]bool{}
	for _, c := range f.Choices {
		if strings.TrimSpace(c.Value) == "" || values[c.Value] || utf8.RuneCountInString(c.Value) > mostWords || long(c.Label) {
			return i18n.T("template.fault.choice", "value", c.Value)
		}
		values[c.Value] = true
	}
	return ""
}

// weighty says that the field is about retention, security or opening, which a person
// decides for each document: the program never proposes a value there.
func (f *Field) weighty() bool {
	if slices.Contains([]string{"dat18:retention", "dat18:security", "dat18:disclosure", "dcterms:accessRights"}, f.ID) ||
		slices.Contains([]string{"appraisal", "accessrestrict"}, f.Map["ead3"]) || slices.Contains([]string{"3.3.2", "3.4.1"}, f.Map["isadg"]) {
		return true
	}
	for _, label := range f.Label {
		label = strings.ToLower(label)
		for _, word := range []string{"保管期限", "密级", "保密", "开放", "公开", "retention", "security class", "secrecy"} {
			if strings.Contains(label, word) {
				return true
			}
		}
	}
	return false
}

func long(words map[string]string) bool {
	for _, w := range words {
		if utf8.RuneCountInString(w) > mostWords {
			return true
		}
	}
	return false
}
