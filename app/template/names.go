package template

import (
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// Names are the names that keys and values of a query go by: words of both languages,
// and the fields of the template by their labels or the ends of their ids.
func (t *Template) Names() query.Names {
	return query.Names{Key: t.queryKey, Value: t.queryValue}
}

// Search is a query as it is typed in the form that an archive reads; an error is a
// *query.Error.
func (t *Template) Search(typed string) (string, error) {
	n, err := query.Parse(typed, t.Names())
	return n.String(), err
}

// FieldIDs are the ids of the fields, and those in which something has to be as
// storage.Facet names them.
func (t *Template) FieldIDs() (fields, required []string) {
	for _, f := range t.Fields {
		fields = append(fields, f.ID)
		if line := t.requiredAt(&f); line != "" {
			required = append(required, line)
		}
	}
	return fields, required
}

func (t *Template) queryKey(word string) (key query.Key, name string, ok bool) {
	word = strings.ToLower(word)
	for _, k := range query.Keys() {
		if called(word, i18n.K("query.key."+string(k))) || k != query.Field && called(word, i18n.K("facet."+string(k))) {
			return k, "", true
		}
	}
	for _, f := range t.Fields {
		if _, last, _ := strings.Cut(f.ID, ":"); word == strings.ToLower(f.ID) || word == strings.ToLower(last) {
			return query.Field, f.ID, true
		}
		for _, label := range f.Label {
			if word == strings.ToLower(strings.ReplaceAll(label, " ", "-")) {
				return query.Field, f.ID, true
			}
		}
	}
	return "", "", false
}

// called says whether a word is what some language calls something.
func called(word, key string) bool {
	for _, w := range i18n.Everywhere(key) {
		if word == strings.ToLower(strings.ReplaceAll(w, " ", "-")) {
			return true
		}
	}
	return false
}

func (t *Template) queryValue(key query.Key, word string) (string, bool) {
	if key == query.Missing || key == query.Field {
		_, id, ok := t.queryKey(word)
		return id, ok && id != ""
	}
	word = strings.ToLower(strings.ReplaceAll(word, " ", "-"))
	switch key {
	case query.Encoding: // what reads them is GB18030, which holds them all
		return "GB18030", slices.Contains([]string{"gbk", "gb2312", "gb-2312", "cp936"}, word)
	case query.Status:
		for _, st := range archive.Statuses() {
			if called(word, i18n.K("docstatus."+string(st))) {
				return string(st), true
			}
		}
	case query.Has:
		for _, thing := range query.Things() {
			if called(word, i18n.K("query.has."+thing)) {
				return thing, true
			}
		}
	case query.Mark:
		for _, label := range archive.OwnLabels() {
			if called(word, i18n.K("mark."+label)) {
				return label, true
			}
		}
	}
	return "", false
}
