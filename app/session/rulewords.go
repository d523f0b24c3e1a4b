package session

import "fonds/app/i18n"

// RuleWords are the words for what a rule of a machine goes by, by its name.
func RuleWords() map[string]string {
	return map[string]string{
		"title.html": i18n.T("rule.title.html"), "title.h1": i18n.T("rule.title.h1"), "title.label": i18n.T("rule.title.label"),
		"title.first-line": i18n.T("rule.title.first"), "title.official": i18n.T("rule.title.official"),
		"source.line": i18n.T("rule.source.line"), "source.label": i18n.T("rule.source.label"),
		"creator.label": i18n.T("rule.creator.label"), "creator.mark": i18n.T("rule.creator.mark"), "creator.title": i18n.T("rule.creator.title"), "creator.signature": i18n.T("rule.creator.signature"),
		"date.line": i18n.T("rule.date.line"), "date.near-top": i18n.T("rule.date.top"), "date.end": i18n.T("rule.date.end"), "date.label": i18n.T("rule.date.label"),
		"date.published-label": i18n.T("rule.date.published.label"), "date.published-line": i18n.T("rule.date.published.line"),
		"date.signed": i18n.T("rule.date.signed"), "date.signed-label": i18n.T("rule.date.signed.label"),
		"date.printed": i18n.T("rule.date.printed"), "date.printed-label": i18n.T("rule.date.printed.label"), "date.event": i18n.T("rule.date.event"),
		"number.line": i18n.T("rule.number.line"), "number.title": i18n.T("rule.number.title"), "number.label": i18n.T("rule.number.label"),
		"person.office": i18n.T("rule.person.office"), "person.list": i18n.T("rule.person.list"), "person.before": i18n.T("rule.person.before"), "person.signer": i18n.T("rule.person.signer"),
		"body.acts": i18n.T("rule.body.acts"), "place.where": i18n.T("rule.place.where"), "place.name": i18n.T("rule.place.name"),
		"html.meta": i18n.T("rule.html.meta"), "html.jsonld": i18n.T("rule.html.jsonld"),
		"split.title.labels": i18n.T("rule.split.title.labels"), "split.number.masthead": i18n.T("rule.split.number.masthead"), "split.number.line": i18n.T("rule.split.number.line"),
		"split.mail.head": i18n.T("rule.split.mail.head"), "split.mail.mailbox": i18n.T("rule.split.mail.mailbox"), "split.letter.address": i18n.T("rule.split.letter.address"),
		"split.page.one": i18n.T("rule.split.page.one"), "split.head.alike": i18n.T("rule.split.head.alike"), "split.closing.tail": i18n.T("rule.split.closing.tail"),
		"split.closing.text": i18n.T("rule.split.closing.text"), "split.feed.title": i18n.T("rule.split.feed.title"),
		"mojibake": i18n.T("rule.mojibake"), "mojibake.lost": i18n.T("rule.mojibake.lost"), "bytes": i18n.T("rule.bytes"), "bytes.lost": i18n.T("rule.bytes.lost"),
	}
}
