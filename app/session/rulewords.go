package session

import "fonds/app/i18n"

// RuleWord is the words for what a rule of a machine goes by, "" where it has none.
func RuleWord(rule string) string {
	if key := ruleKeys[rule]; key != "" {
		return i18n.T(key)
	}
	return ""
}

// ruleKeys are the keys of those words, by the names of the rules.
var ruleKeys = map[string]string{
	"title.html": i18n.K("rule.title.html"), "title.h1": i18n.K("rule.title.h1"), "title.label": i18n.K("rule.title.label"),
	"title.first-line": i18n.K("rule.title.first"), "title.official": i18n.K("rule.title.official"),
	"source.line": i18n.K("rule.source.line"), "source.label": i18n.K("rule.source.label"),
	"creator.label": i18n.K("rule.creator.label"), "creator.mark": i18n.K("rule.creator.mark"), "creator.title": i18n.K("rule.creator.title"), "creator.signature": i18n.K("rule.creator.signature"),
	"date.line": i18n.K("rule.date.line"), "date.near-top": i18n.K("rule.date.top"), "date.end": i18n.K("rule.date.end"), "date.label": i18n.K("rule.date.label"),
	"date.published-label": i18n.K("rule.date.published.label"), "date.published-line": i18n.K("rule.date.published.line"),
	"date.signed": i18n.K("rule.date.signed"), "date.signed-label": i18n.K("rule.date.signed.label"),
	"date.printed": i18n.K("rule.date.printed"), "date.printed-label": i18n.K("rule.date.printed.label"), "date.event": i18n.K("rule.date.event"),
	"number.line": i18n.K("rule.number.line"), "number.title": i18n.K("rule.number.title"), "number.label": i18n.K("rule.number.label"),
	"person.office": i18n.K("rule.person.office"), "person.list": i18n.K("rule.person.list"), "person.before": i18n.K("rule.person.before"), "person.signer": i18n.K("rule.person.signer"),
	"body.acts": i18n.K("rule.body.acts"), "place.where": i18n.K("rule.place.where"), "place.name": i18n.K("rule.place.name"),
	"html.meta": i18n.K("rule.html.meta"), "html.jsonld": i18n.K("rule.html.jsonld"),
	"office.properties": i18n.K("rule.office.properties"), "pdf.info": i18n.K("rule.pdf.info"), "mail.header": i18n.K("rule.mail.header"),
	"image.metadata": i18n.K("rule.image.metadata"), "epub.metadata": i18n.K("rule.epub.metadata"), "warc.record": i18n.K("rule.warc.record"),
	"split.title.labels": i18n.K("rule.split.title.labels"), "split.number.masthead": i18n.K("rule.split.number.masthead"), "split.number.line": i18n.K("rule.split.number.line"),
	"split.mail.head": i18n.K("rule.split.mail.head"), "split.mail.mailbox": i18n.K("rule.split.mail.mailbox"), "split.letter.address": i18n.K("rule.split.letter.address"),
	"split.page.one": i18n.K("rule.split.page.one"), "split.head.alike": i18n.K("rule.split.head.alike"), "split.closing.tail": i18n.K("rule.split.closing.tail"),
	"split.closing.text": i18n.K("rule.split.closing.text"), "split.feed.title": i18n.K("rule.split.feed.title"),
	"mojibake": i18n.K("rule.mojibake"), "mojibake.lost": i18n.K("rule.mojibake.lost"), "bytes": i18n.K("rule.bytes"), "bytes.lost": i18n.K("rule.bytes.lost"),
}
