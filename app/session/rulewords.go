package session

import "fonds/app/i18n"

// RuleWords are the words for what a rule of a machine goes by, by its name.
func RuleWords() map[string]string {
	return map[string]string{
		"title.html": i18n.T("rule.title.html"), "title.label": i18n.T("rule.title.label"), "title.first-line": i18n.T("rule.title.first"),
		"source.line": i18n.T("rule.source.line"), "source.label": i18n.T("rule.source.label"), "creator.label": i18n.T("rule.creator.label"),
		"html.meta": i18n.T("rule.html.meta"), "html.jsonld": i18n.T("rule.html.jsonld"),
		"date.line": i18n.T("rule.date.line"), "date.near-top": i18n.T("rule.date.top"), "date.end": i18n.T("rule.date.end"), "date.label": i18n.T("rule.date.label"),
		"split.title.labels": i18n.T("rule.split.title.labels"), "split.number.masthead": i18n.T("rule.split.number.masthead"), "split.number.line": i18n.T("rule.split.number.line"),
		"split.mail.head": i18n.T("rule.split.mail.head"), "split.mail.mailbox": i18n.T("rule.split.mail.mailbox"), "split.letter.address": i18n.T("rule.split.letter.address"),
		"split.page.one": i18n.T("rule.split.page.one"), "split.head.alike": i18n.T("rule.split.head.alike"), "split.closing.tail": i18n.T("rule.split.closing.tail"),
		"split.closing.text": i18n.T("rule.split.closing.text"), "split.feed.title": i18n.T("rule.split.feed.title"),
		"mojibake": i18n.T("rule.mojibake"), "mojibake.lost": i18n.T("rule.mojibake.lost"), "bytes": i18n.T("rule.bytes"), "bytes.lost": i18n.T("rule.bytes.lost"),
	}
}
