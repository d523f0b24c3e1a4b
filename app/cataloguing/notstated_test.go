package cataloguing

import (
	"testing"

	"fonds/app/catalogue"
	"fonds/app/i18n"
)

// That the source does not state a field is said in the window's language, in the list
// and in the comparison below it; it is not the dash of an empty field.
func TestNotStatedInWords(t *testing.T) {
	was := i18n.Current()
	defer i18n.Use(was)
	for _, lang := range i18n.Languages() {
		i18n.Use(lang)
		words := i18n.T("value.notstated")
		if got := listed([]string{""}); got != words || got == listed(nil) {
			t.Errorf("%s: the list says %q, want %q", lang, got, words)
		}
		sides := comparison(&catalogue.Change{Old: []string{"甲"}, New: []string{""}})
		if sides[0].Text != "甲" || sides[1].Text != words || len(sides[1].Changed) == 0 {
			t.Errorf("%s: the comparison says %+v", lang, sides)
		}
	}
}
