package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands plainly in a text is proposed as metadata, with the very words it was read from. Plainly means: in the
// first lines or, where these say nothing, in the last; on a line of its own or behind a label; of official documents
// where these have their parts. Of the body are read the day of the event, people with their offices, bodies and places.
// Nothing is inferred but the year of such a day, and that says so. The same value is proposed once, from its first place.

const (
	nearLines  = 5   // behind the top or the title: where a date in passing counts
	zoneLines  = 12  // lines that are not empty, at either end
	mostLines  = 500 // lines looked at for that many, empty ones included
	shortLine  = 60  // code points: a line with a date that is not alone on it
	labelLine  = 160 // a longer line is prose
	titleChars = 80
	mostValues = 3 // of one field, where most does not say
)

// The fields of what is read beside title, date, creator and source.
const (
	issuedField = "dcterms:issued"      // of a document that has a day of its own: printed, published
	eventField  = "dcterms:temporal"    // when what it tells of took place
	personField = "dcterms:contributor" // people with their offices, and bodies, that took part
	placeField  = "dcterms:coverage"
)

// most is how many values of a kind are proposed, by the beginning of their rules.
var most = map[string]int{"person": 12, "body": 6, "place": 4, "mail": mostTold, "office": 20, "pdf": 20, "image": 60, "epub": 20, "warc": 5}

// Rules are the names of all rules, for the words by which people know them.
var Rules = strings.Fields("title.html title.h1 title.label title.first-line title.official source.line source.label" +
	" creator.label creator.mark creator.title creator.signature date.line date.near-top date.end date.label date.published-label date.published-line" +
	" date.signed date.signed-label date.printed date.printed-label date.event number.line number.title number.label" +
	" person.office person.list person.before person.signer body.acts place.where place.name html.meta html.jsonld" +
	" office.properties pdf.info mail.header image.metadata epub.metadata warc.record" +
	" mojibake mojibake.lost bytes bytes.lost split.title.labels split.number.masthead split.number.line split.mail.head split.mail.mailbox" +
	" split.letter.address split.page.one split.head.alike split.closing.tail split.closing.text split.feed.title")

// A zoneLine is a trimmed line and where it starts, in code points of the text.
type zoneLine struct {
	text   string
	start  int
	chars  int
	labels []labelled
	dates  []dateHit
}

// isDate says whether a line is a date and nothing beside it but brackets and the day of the week.
func (z zoneLine) isDate() bool {
	if len(z.dates) != 1 {
		return false
	}
	d := z.dates[0]
	if z.chars-(d.end-d.start) > 10 {
		return false
	}
	rs := []rune(z.text)
	rest := strings.TrimFunc(string(rs[:d.start])+string(rs[d.end:]), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("()（）[]【】.,。星期周一二三四五六日天", r)
	})
	return rest == ""
}

// apart says whether a date is set apart from the words beside it, as in "London, 12 March 1921" or "2015-11-22 09:00
// 某某网", and not a part of their sentence: "your letter of 3 January", 会议于2015年1月3日召开.
func (z zoneLine) apart(d dateHit) bool {
	if d.form == "catalogue" {
		return false
	}
	rs := []rune(z.text)
	between := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|' || r == '｜' }
	if d.start > 0 && !between(rs[d.start-1]) || d.end < len(rs) && !between(rs[d.end]) {
		return false
	}
	before := strings.Fields(string(rs[:d.start]))
	return len(before) == 0 || !unicode.IsLower([]rune(before[len(before)-1])[0])
}

type proposer struct {
	out     []Proposal
	count   map[string]int
	meeting bool // a place is told behind a label: the time beside it is that of what takes place there
}

// add proposes a value unless the field has it, or has enough of its kind.
func (p *proposer) add(field, value, detail, rule string, start, chars int, conf float64) {
	kind, _, _ := strings.Cut(rule, ".")
	limit, ok := most[kind]
	if !ok {
		kind, limit = field, mostValues
	}
	if value == "" || p.count[kind] >= limit || holds(p.out, Proposal{Field: field, Value: value}) {
		return
	}
	p.count[kind]++
	p.out = append(p.out, Proposal{field, value, detail, start, start + chars, rule, conf})
}

// has says whether something is proposed for a field; of dates whatever their kind.
func (p *proposer) has(fields ...string) bool {
	return slices.ContainsFunc(p.out, func(o Proposal) bool { return slices.Contains(fields, o.Field) })
}

// propose reads the metadata of a text whose format called its headings so.
func propose(text string, heads headings) []Proposal {
	p := proposer{count: map[string]int{}}
	head, rest, restAt := firstLines(text, 0, zoneLines)
	title := noTitle
	titled := p.titleOfHeadings(text, heads)
	if titled >= 0 && titled >= restAt { // the page begins far down, behind its menus
		at := byteAt(text, titled)
		var more []zoneLine
		more, rest, restAt = firstLines(text[at:], titled, zoneLines)
		head = append(head, more...)
	}
	if titled >= 0 {
		title = titleAt(head, titled)
	} else if heads == (headings{}) { // the first line of a page with headings is its menu
		title = p.titleOfLines(head)
	}
	for i := range head {
		if i < title.from || i > title.to {
			p.line(head, i, i-max(title.from, 0) < nearLines)
		}
	}
	tail := lastLines(rest, restAt+utf8.RuneCountInString(rest), zoneLines)
	body := bodyLine(head, title)
	p.official(head[:body], title)
	p.signed(head, title, rest, restAt, p.isOfficial())
	p.printed(head, tail)
	if !p.has(datesOfAll...) || !p.has("dcterms:creator") || !p.has("dcterms:source") {
		p.ending(tail)
	}
	p.signOffs(append(head[:len(head):len(head)], tail...))
	p.settleDates()
	p.body(text, head, body)
	return p.out
}

// titleAt finds the line that begins at a code point.
func titleAt(head []zoneLine, at int) titlePlace {
	for i, l := range head {
		if l.start == at {
			return titlePlace{at, i, i}
		}
	}
	return titlePlace{at, -1, -1}
}

// bodyLine is the first line of the beginning that belongs to the body, len(head) where none does.
func bodyLine(head []zoneLine, title titlePlace) int {
	for i := title.to + 1; i < len(head); i++ {
		if isProse(head[i]) || addressed(head[i]) {
			return i
		}
	}
	return len(head)
}

// official proposes the number and the mark of an official document, above its body.
func (p *proposer) official(lines []zoneLine, title titlePlace) {
	p.numberOfLines(lines, title.to)
	for _, l := range lines {
		if body := markOf(l); body != "" {
			p.add("dcterms:creator", body, "", "creator.mark", l.start, utf8.RuneCountInString(body), 0.9)
		}
	}
}

// isOfficial says whether a text has so far been found to be an official document.
func (p *proposer) isOfficial() bool {
	return slices.ContainsFunc(p.out, func(o Proposal) bool {
		return o.Rule == "title.official" || o.Field == numberField || o.Rule == "creator.mark"
	})
}

var meetingPlace = []string{"地点：", "地点:", "会议地点", "活动地点", "地點：", "地　点"}

// line proposes what line i of the beginning says; near is whether it is near enough to the top, or to the title, for a
// date in passing.
func (p *proposer) line(head []zoneLine, i int, near bool) {
	l := head[i]
	p.meeting = p.meeting || prefixOf(l.text, meetingPlace) != ""
	if isAddress(l.text) {
		p.add("dcterms:source", l.text, "", "source.line", l.start, l.chars, 0.6)
		return
	}
	for n, f := range l.labels {
		if f.value == "" && n == len(l.labels)-1 && f.end >= l.chars && i+1 < len(head) && len(head[i+1].labels) == 0 && head[i+1].chars <= shortLine {
			p.labelAbove(head[i+1], f.kind)
			continue
		}
		p.label(l, f)
	}
	switch {
	case len(l.dates) == 0 || len(l.dates) > 2:
	case l.isDate() && (i > 0 && len(head[i-1].labels) > 0 || i+1 < len(head) && len(head[i+1].labels) > 0):
		p.date(publishedDate, l, l.dates[0], "date.published-line", 0.8)
	case l.isDate():
		p.date(plainDate, l, l.dates[0], "date.line", 0.8)
	case near && (len(l.labels) > 0 || l.chars <= shortLine && l.apart(l.dates[0])) && l.dates[0].whole():
		for _, f := range l.labels {
			if (f.kind == otherLabel || f.isDate() && l.dates[0].start <= f.start+2) && f.start <= l.dates[0].start && l.dates[0].end <= f.end {
				return // a date of repeal, of an update by someone; one that its label has given
			}
		}
		if len(l.labels) > 0 {
			p.date(publishedDate, l, l.dates[0], "date.published-line", 0.75)
			return
		}
		p.date(plainDate, l, l.dates[0], "date.near-top", 0.6)
	}
}

// ending proposes a date that stands alone near the end, and labels, for fields of which the beginning says nothing.
func (p *proposer) ending(tail []zoneLine) {
	noDate, noCreator, noSource := !p.has(datesOfAll...), !p.has("dcterms:creator"), !p.has("dcterms:source")
	for _, l := range tail {
		for _, f := range l.labels {
			if (f.kind == creatorLabel || f.kind == originLabel) && noCreator || f.isDate() && noDate || f.kind == addressLabel && noSource {
				p.label(l, f)
			}
		}
		if noDate && l.isDate() {
			p.date(plainDate, l, l.dates[0], "date.end", 0.7)
		}
	}
}

// labelAbove proposes a line as the value of the label at the end of the line before, as tables of pages have them.
func (p *proposer) labelAbove(l zoneLine, kind labelKind) {
	switch kind {
	case publishedLabel, signedLabel, printedLabel, numberLabel, creatorLabel:
		if kind != creatorLabel || isBody(l) {
			p.label(l, labelled{kind, l.text, 0, l.chars})
		}
	}
}

// label proposes the value of one label.
func (p *proposer) label(l zoneLine, f labelled) {
	chars := f.end - f.start
	if chars == 0 {
		return
	}
	at := l.start + f.start
	switch f.kind {
	case dateLabel, publishedLabel, signedLabel, printedLabel:
		p.dateOfLabel(at, f)
	case addressLabel:
		if isAddress(f.value) {
			p.add("dcterms:source", f.value, "", "source.label", at, chars, 0.9)
		}
	case numberLabel:
		p.numberOfLabel(l, f)
	case signerLabel:
		if chars >= 2 && chars <= 12 && isHan(f.value, "·") {
			p.add(personField, f.value, signerWords(l, f), "person.signer", at, chars, 0.85)
		}
	case creatorLabel, originLabel:
		if isAddress(f.value) {
			p.add("dcterms:source", f.value, "", "source.label", at, chars, 0.9)
			return
		}
		if d := findDates(f.value); len(d) > 0 { // 来源：新华网 2015-11-22
			rs := []rune(f.value)
			value := strings.TrimRightFunc(string(rs[:d[0].start]), unicode.IsSpace)
			f.value, chars = value, utf8.RuneCountInString(value)
		}
		conf := 0.85
		if f.kind == originLabel {
			conf = 0.75
		}
		if chars <= shortLine && !nobody[strings.ToLower(f.value)] && !strings.ContainsAny(f.value, "。？！") && strings.ContainsFunc(f.value, unicode.IsLetter) {
			p.add("dcterms:creator", f.value, "", "creator.label", at, chars, conf)
		}
	}
}

// nobody is what programs write where nobody said who it was.
var nobody = setOf("超级管理员 管理员 系统管理员 admin administrator 本站 本站原创 原创 佚名 匿名 未知 网络 互联网 暂无")

// signerWords is the label itself: 签发人.
func signerWords(l zoneLine, f labelled) string {
	before := strings.TrimRightFunc(string([]rune(l.text)[:f.start]), func(r rune) bool { return unicode.IsSpace(r) || r == ':' || r == '：' })
	for _, w := range []string{"签发人", "簽發人"} {
		if strings.HasSuffix(before, w) {
			return w
		}
	}
	return ""
}
