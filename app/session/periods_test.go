package session

import (
	"testing"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/query"
)

// TestPeriodWords: a year, a decade and a century that dates are counted by are told apart in either language.
func TestPeriodWords(t *testing.T) {
	was := i18n.Current()
	defer i18n.Use(was)
	var s Session
	for lang, words := range map[string][]string{"en": {"1958", "1890s", "1900s", "1900–1999", "Longer, or open", "Not read as a date"},
		"zh-Hans": {"1958", "1890年代", "1900年代", "1900—1999年", "跨世纪或起止不定", "无法识读的日期"}} {
		i18n.Use(lang)
		for i, value := range []string{"1958", "189X", "190X", "19XX", query.Longer, query.Unread} {
			if got := s.FacetValue(storage.FacetCount{Facet: storage.Facet{Key: query.Date}, Value: value}); got != words[i] {
				t.Errorf("%s in %s is %q, want %q", value, lang, got, words[i])
			}
		}
	}
}
