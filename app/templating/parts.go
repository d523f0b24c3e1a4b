package templating

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fonds/app/i18n"
	"fonds/app/template"
)

// This file says what stands in the parts of a field, and puts there what was typed.

// parts are those that can be changed, in their order; of the template itself the first.
var (
	wholeParts = []string{"label.en", "label.zh-Hans", "use.en", "use.zh-Hans", "rules", "category", "name"}
	fieldParts = []string{"id", "label.en", "label.zh-Hans", "type", "level.item", "level.file", "level.series", "level.fonds", "repeatable", "inherit",
		"help.en", "help.zh-Hans", "choices", "vocabulary", "pattern", "try", "limit", "default", "compute", "for", "hidden", "map.dc", "map.isadg", "map.ead3", "takes"}
)

// longParts hold several lines.
func longPart(part string) bool {
	return part == "choices" || strings.HasPrefix(part, "help.") || strings.HasPrefix(part, "use.")
}

// typeWords is what a type is called.
func typeWords(t string) string { return worded(typeKey, t, template.Types()) }

func typeKey(t string) string { return i18n.K("fieldtype." + t) }

// computeWords is what something that is computed is called.
func computeWords(c string) string { return worded(computeKey, c, template.Computes()) }

func computeKey(c string) string { return i18n.K("computed." + c) }

// worded is what one of several names is called in the person's language; any other one is
// what it is.
func worded(key func(name string) string, name string, known []string) string {
	if slices.Contains(known, name) {
		return i18n.T(key(name))
	}
	return name
}

// named is the name of what is typed: the name itself, or what it is called in a language;
// what is neither is what it is.
func named(key func(name string) string, typed string, known []string) string {
	for _, name := range known {
		if strings.EqualFold(name, typed) || slices.ContainsFunc(i18n.Everywhere(key(name)), func(w string) bool { return strings.EqualFold(w, typed) }) {
			return name
		}
	}
	return typed
}

// forceNames are the forces by the keys of their words.
var forceNames = map[string]template.Force{"always": template.Always, "ifany": template.IfAny, "may": template.May, "notused": template.NotUsed}

// values are what stands in a part of a field.
func values(f *template.Field, part string) []string {
	one := ""
	kind, of, _ := strings.Cut(part, ".")
	switch kind {
	case "id":
		one = f.ID
	case "label":
		one = f.Label[of]
	case "help":
		one = f.Help[of]
	case "type":
		one = typeWords(f.Type)
	case "repeatable":
		one = yesNo(f.Repeatable)
	case "hidden":
		one = yesNo(f.Hidden)
	case "inherit":
		one = yesNo(f.Inherit)
	case "vocabulary":
		one = f.Vocabulary
	case "level":
		one = f.At(of).Words()
	case "pattern":
		one = f.Pattern
	case "limit":
		if f.Limit != 0 {
			one = strconv.Itoa(f.Limit)
		}
	case "default":
		one = f.Default
	case "compute":
		one = computeWords(f.Compute)
	case "choices":
		one = choiceLines(f.Choices)
	case "map":
		one = f.Map[of]
	case "takes":
		return f.Takes
	case "for":
		return f.For
	}
	if one == "" {
		return nil
	}
	return []string{one}
}

func yesNo(on bool) string {
	if on {
		return i18n.T("value.yes")
	}
	return i18n.T("value.no")
}

// choiceLines are choices one a line: value | English | 中文.
func choiceLines(choices []template.Choice) string {
	var out []string
	for _, c := range choices {
		line := c.Value
		if en, zh := c.Label["en"], c.Label["zh-Hans"]; en != "" || zh != "" {
			line += " | " + en + " | " + zh
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// readChoices reads what choiceLines wrote.
func readChoices(text string) (out []template.Choice) {
	for line := range strings.Lines(strings.ReplaceAll(text, "｜", "|")) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if strings.TrimSpace(line) == "" {
			continue
		}
		c := template.Choice{Value: strings.TrimSpace(cells[0])}
		for i, tag := range []string{"en", "zh-Hans"} {
			if i+1 < len(cells) && strings.TrimSpace(cells[i+1]) != "" {
				if c.Label == nil {
					c.Label = map[string]string{}
				}
				c.Label[tag] = strings.TrimSpace(cells[i+1])
			}
		}
		out = append(out, c)
	}
	return out
}

// put puts what was typed into a part of a field, and says why it cannot be; "" where it
// can.
func put(f *template.Field, part string, texts []string) string {
	text := ""
	if len(texts) > 0 {
		text = strings.TrimSpace(texts[0])
	}
	kind, of, _ := strings.Cut(part, ".")
	switch kind {
	case "id":
		f.ID = text
	case "label":
		f.Label = with(f.Label, of, text)
	case "help":
		f.Help = with(f.Help, of, text)
	case "map":
		f.Map = with(f.Map, of, text)
	case "type":
		f.Type = named(typeKey, cmp.Or(text, template.Text), template.Types())
	case "compute":
		f.Compute = named(computeKey, text, template.Computes())
	case "vocabulary":
		f.Vocabulary = text
	case "repeatable", "hidden", "inherit":
		on := named(func(n string) string { return i18n.K("value." + n) }, cmp.Or(text, template.No), []string{template.Yes, template.No})
		if on != template.Yes && on != template.No {
			return i18n.T("doubt.yesno", "yes", yesNo(true), "no", yesNo(false))
		}
		*map[string]*bool{"repeatable": &f.Repeatable, "hidden": &f.Hidden, "inherit": &f.Inherit}[kind] = on == template.Yes
	case "level":
		return putLevel(f, of, text)
	case "pattern":
		f.Pattern = text
	case "default":
		f.Default = text
	case "choices":
		f.Choices = readChoices(text)
	case "takes":
		f.Takes = nil
		for _, t := range texts {
			f.Takes = append(f.Takes, strings.TrimSpace(t))
		}
	case "for":
		f.For = nil
		for _, t := range texts {
			f.For = append(f.For, strings.TrimSpace(t))
		}
	case "limit":
		n := 0
		if text != "" {
			var err error
			if n, err = strconv.Atoi(text); err != nil {
				return i18n.T("templating.number")
			}
		}
		f.Limit = n
	}
	return ""
}

// putLevel says how strongly a field is asked for at a level. Where that is so at every
// level alike, no level is named.
func putLevel(f *template.Field, level, text string) string {
	name := named(func(n string) string { return i18n.K("force." + n) }, cmp.Or(text, i18n.T("force.may")), slices.Collect(maps.Keys(forceNames)))
	force, ok := forceNames[name]
	if !ok {
		return i18n.T("templating.force", "all", i18n.List([]string{template.Always.Words(), template.IfAny.Words(), template.May.Words(), template.NotUsed.Words()}))
	}
	levels := map[string]template.Force{}
	alike := true
	for _, l := range template.Levels() {
		at := f.At(l)
		if l == level {
			at = force
		}
		alike = alike && at == force
		if at != template.NotUsed {
			levels[l] = at
		}
	}
	f.Levels, f.Required, f.Must = levels, false, ""
	if alike && force != template.NotUsed {
		f.Levels, f.Must, f.Required = nil, string(force), force == template.Always
	}
	return ""
}

// with is a map with a value, or without it where that is "".
func with(m map[string]string, key, value string) map[string]string {
	m = maps.Clone(m)
	if value == "" {
		delete(m, key)
		return m
	}
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value
	return m
}

// wholeValues are what stands in a part of the template itself.
func wholeValues(t *template.Template, part string) []string {
	kind, of, _ := strings.Cut(part, ".")
	one := map[string]string{"label": t.Label[of], "use": t.Use[of], "rules": t.Rules, "name": t.ID, "category": t.Category}[kind]
	if one == "" {
		return nil
	}
	return []string{one}
}

// putWhole puts what was typed into a part of the template itself.
func putWhole(t *template.Template, part string, texts []string) {
	text := ""
	if len(texts) > 0 {
		text = strings.TrimSpace(texts[0])
	}
	switch kind, of, _ := strings.Cut(part, "."); kind {
	case "label":
		t.Label = with(t.Label, of, text)
	case "use":
		t.Use = with(t.Use, of, text)
	case "rules":
		t.Rules = text
	case "name":
		t.ID = text
	case "category":
		t.Category = text
	}
}
