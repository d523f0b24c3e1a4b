package session

import "fonds/app/i18n"

// RuleWords are the words for what a rule of a machine goes by, by its name.
func RuleWords() map[string]string {
	return map[string]string{
		"title.html": i18n.T("rule.title.html"), "title.label": i18n.T("rule.title.label"), "title.first-line": i18n.T("rule.title.first"),
		"source.line": i18n.T("rule.source.line"), "source.label": i18n.T("rule.source.label"), "creator.label": i18n.T("rule.creator.label"),
		"html.meta": i18n.T("rule.html.meta"), "html.jsonld": i18n.T("rule.html.jsonld"),
		"date.line": i18n.T("rule.date.line"), "date.near-top": i18n.T("rule.date.top"), "date.end": i18n.T("rule.date.end"), "date.label": i18n.T("rule.date.label"),
	}
}
