package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An official document has a day on which it was signed (成文日期), one on which it was printed (印发日期), and where it
// was put on the web one of that (发布日期). They are told apart: the field of the date has the first of them that is
// stated, in this order and the printing last, that of the issue the others. When what a text tells of took place is a
// field of its own.

// The kinds of dates stand in the place of the field until all are known.
const (
	signedDate    = "signed"
	publishedDate = "published"
	printedDate   = "printed"
	plainDate     = "plain"
)

var datesOfAll = []string{signedDate, publishedDate, printedDate, plainDate}

const dateField = "dcterms:date"

// isDate says whether the label is that of a date.
func (f labelled) isDate() bool { return f.kind >= dateLabel && f.kind <= printedLabel }

// date proposes a date; where the day and the month could change places, both readings, and which each is.
func (p *proposer) date(kind string, l zoneLine, d dateHit, rule string, conf float64) {
	if len(d.values) > 1 {
		conf = 0.4
		if p.count[kind] > mostValues-len(d.values) {
			return // both or none
		}
	}
	for i, value := range d.values {
		detail := d.clock
		if len(d.values) > 1 {
			detail = strings.TrimPrefix(d.clock+" · ", " · ") + [...]string{"DD.MM?", "MM.DD?"}[i]
		}
		p.add(kind, value, detail, rule, l.start+d.start, d.end-d.start, conf)
	}
}

// dateOfLabel proposes the date behind a label, at the code point at.
func (p *proposer) dateOfLabel(at int, f labelled) {
	d := findDates(f.value)
	if len(d) != 1 || d[0].start > 2 {
		return
	}
	l := zoneLine{start: at}
	switch f.kind {
	case publishedLabel:
		p.date(publishedDate, l, d[0], "date.published-label", 0.9)
	case signedLabel:
		p.date(signedDate, l, d[0], "date.signed-label", 0.95)
	case printedLabel:
		p.date(printedDate, l, d[0], "date.printed-label", 0.9)
	default:
		p.date(plainDate, l, d[0], "date.label", 0.9)
	}
}

// signed proposes the date under the names of those who sign, and who they are: in the first lines behind the title, or
// further down where a regulation follows a document.
func (p *proposer) signed(head []zoneLine, title titlePlace, rest string, restAt int, official bool) {
	letter := false
	for i := title.to + 1; i < len(head); i++ {
		letter = letter || greets(head[i])
		if p.signature(head[max(0, title.to+1):i+1], letter, official) {
			return
		}
	}
	above := append(make([]zoneLine, 0, 4), head[max(0, len(head)-3, title.to+1):]...)
	for n := 0; n < mostLines && rest != ""; n++ {
		line, after, more := strings.Cut(rest, "\n")
		if l := strings.TrimSpace(line); l != "" {
			z := zoneLine{text: l, chars: labelLine + 1}
			if len(l) <= 3*shortLine {
				z.start, z.chars = restAt+utf8.RuneCountInString(line[:strings.Index(line, l)]), utf8.RuneCountInString(l)
				if strings.HasSuffix(l, "日") {
					z.dates = findDates(l)
				}
			}
			if len(above) == 4 {
				above = slices.Delete(above, 0, 1)
			}
			above = append(above, z)
			if p.signature(above, letter, official) {
				return
			}
		}
		restAt += utf8.RuneCountInString(line)
		if more {
			restAt++
		}
		rest = after
	}
}

// greets says whether a letter begins with the line.
func greets(l zoneLine) bool {
	return addressed(l) && l.chars <= 20 && !strings.ContainsAny(l.text, "，、,")
}

// signature proposes the last of lines as the date of a document if it is one and those above it sign. In a letter a
// person may; under the text of an official document nobody need, for their name may have been in the seal.
func (p *proposer) signature(lines []zoneLine, letter, official bool) bool {
	l := lines[len(lines)-1]
	if len(l.dates) != 1 || l.chars > shortLine || !l.dates[0].signs() {
		return false
	}
	if !l.isDate() { // 某局 2015年11月2日
		d := l.dates[0]
		name := strings.TrimRightFunc(string([]rune(l.text)[:d.start]), unicode.IsSpace)
		z := zoneLine{text: name, start: l.start, chars: utf8.RuneCountInString(name)}
		if d.end < l.chars || z.chars == d.start || !isBody(z) {
			return false
		}
		p.date(signedDate, l, d, "date.signed", 0.9)
		p.add("dcterms:creator", name, "", "creator.signature", z.start, z.chars, 0.8)
		return true
	}
	found := false
	for i := len(lines) - 2; i >= 0; i-- {
		s := lines[i]
		name, at := signerName(s)
		switch {
		case isBody(s):
			p.add("dcterms:creator", s.text, "", "creator.signature", s.start, s.chars, 0.85)
		case found:
			i = 0
			continue
		case officeAt(s.text) == len(s.text): // the name was in the signature itself
		case letter && name != "":
			p.add("dcterms:creator", name, "", "creator.signature", s.start+at, utf8.RuneCountInString(name), 0.7)
		case !signsWithOffice(s.text):
			i = 0
			continue
		}
		found = true
	}
	switch {
	case found:
		p.date(signedDate, l, l.dates[0], "date.signed", 0.9)
	case official && len(lines) > 1 && isProse(lines[len(lines)-2]):
		p.date(signedDate, l, l.dates[0], "date.signed", 0.75)
		found = true
	}
	return found
}

// signs says whether a date is written as under a Chinese document.
func (d dateHit) signs() bool {
	return d.form == "official" || d.form == "figures" || d.form == "republic"
}

// printed proposes the date of printing from the last line that has one: 某某办公室 2012年7月1日印发.
func (p *proposer) printed(head, tail []zoneLine) {
	lines := append(head[:len(head):len(head)], tail...)
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-zoneLines; i-- {
		l := lines[i]
		if strings.HasSuffix(l.text, "印发") && len(l.dates) == 1 && l.chars <= labelLine {
			if d := l.dates[0]; d.end >= l.chars-4 && d.signs() {
				p.date(printedDate, l, d, "date.printed", 0.9)
				return
			}
		}
	}
}

// settleDates gives the dates their fields.
func (p *proposer) settleDates() {
	signed, published := p.has(signedDate), p.has(publishedDate)
	plain := p.has(plainDate)
	out := p.out[:0]
	for _, o := range p.out {
		switch o.Field {
		case signedDate:
			o.Field = dateField
		case publishedDate:
			o.Field = dateField
			if signed {
				o.Field = issuedField
			}
		case printedDate:
			o.Field = issuedField
			if !signed && !published && !plain {
				o.Field = dateField
			}
		case plainDate:
			o.Field = dateField
			switch {
			case (signed || published) && p.meeting && o.Rule == "date.label":
				o.Field = eventField
			case signed && o.Rule == "date.label":
				o.Field = issuedField
			case signed:
				continue // the signature itself, or a date in passing
			}
		}
		if !holds(out, o) {
			out = append(out, o)
		}
	}
	p.out = out
}

func holds(ps []Proposal, o Proposal) bool {
	for _, q := range ps {
		if q.Field == o.Field && q.Value == o.Value {
			return true
		}
	}
	return false
}

// dayOf is the day that the proposals call that of the document, and its words, where one is sure.
func (p *proposer) dayOf(text string) (y, m, d int, words string) {
	var best Proposal
	for _, o := range p.out {
		if (o.Field == dateField || o.Field == issuedField) && o.Confidence > 0.5 && len(o.Value) == len("2015-11-22") && o.Confidence > best.Confidence {
			best = o
		}
	}
	if best.Value == "" {
		return
	}
	y, _ = strconv.Atoi(best.Value[:4])
	m, _ = strconv.Atoi(best.Value[5:7])
	d, _ = strconv.Atoi(best.Value[8:])
	from := byteAt(text, best.Start)
	return y, m, d, text[from : from+byteAt(text[from:], best.End-best.Start)]
}

// 1 year, 2 month, 3 day, 4 and 5 month and day to which
var eventDay = regexp.MustCompile(`(?:((?:18|19|20)\d{2}|[〇○零一二三四五六七八九]{4})\s*年\s*)?(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?` +
	`(?:\s*(?:至|到|—|－|-|–|～|~)+\s*(?:(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*)?(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?`)

var eventWords = strings.Fields("召开 举行 举办 开展 开班 开幕 闭幕 揭牌 启动 成立 发生 出现 座谈 视察 调研 检查 走访 来到 走进 组织 参加 签署 签订 签约 落成 开工 竣工 通车 开馆 首次 面向 赴 开放 召開 舉行")

// event proposes the day of what a text tells of, from the first sentences of its body. The year is that of the document
// where the words have none, and the detail says so.
func (p *proposer) event(text, body string, at int) {
	y, m, d, words := p.dayOf(text)
	offset := 0
	for range 4 {
		sentence := body[offset:]
		for _, mark := range []string{"\n", "。", "！", "？"} {
			sentence, _, _ = strings.Cut(sentence, mark)
		}
		for _, f := range eventDays(sentence) {
			value, detail, conf := eventOf(sentence, f, y, m, d, words)
			if value == "" || !eventSaid(sentence, f[0], f[1]) {
				continue
			}
			start := at + utf8.RuneCountInString(body[:offset+f[0]])
			p.add(eventField, value, detail, "date.event", start, utf8.RuneCountInString(sentence[f[0]:f[1]]), conf)
			return
		}
		offset += len(sentence)
		_, n := utf8.DecodeRuneInString(body[offset:])
		if offset += n; n == 0 || offset >= len(body) {
			return
		}
	}
}

// eventDays are the first days in a sentence.
func eventDays(sentence string) [][]int {
	if !strings.Contains(sentence, "月") {
		return nil // what is in most: to look for a day takes longer
	}
	return eventDay.FindAllStringSubmatchIndex(sentence, 4)
}

// eventSaid says whether the words around a date tell of something that took or takes place then.
func eventSaid(s string, from, to int) bool {
	before := strings.TrimRightFunc(s[:from], unicode.IsSpace)
	if r, _ := utf8.DecodeLastRuneInString(before); before != "" && !unicode.IsPunct(r) && endsWithAny(before, []string{"于", "在", "自"}) == "" || strings.HasSuffix(before, "请于") {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s[to:]); strings.ContainsRune("前以之起止截印颁公施", r) && r != utf8.RuneError {
		return false
	}
	if endsWithAny(s[from:to], []string{"日", "号"}) == "" {
		return false
	}
	after := s[to:]
	for _, w := range eventWords {
		if strings.Contains(after, w) {
			return true
		}
	}
	return false
}

// eventOf is the value of a match in EDTF, and how its year was inferred from the day y-m-d, whose words are given.
func eventOf(s string, f []int, y, m, d int, words string) (value, detail string, conf float64) {
	part := func(i int) int {
		if f[2*i] < 0 {
			return 0
		}
		w := s[f[2*i]:f[2*i+1]]
		if !isDigit(w[0]) && i == 1 {
			return figureYear(w)
		}
		return number(w, true)
	}
	year, mon, day, toMon, toDay := part(1), part(2), part(3), part(4), part(5)
	conf = 0.8
	if f[2] < 0 {
		if words == "" {
			return "", "", 0
		}
		year, conf = y, 0.7
		ahead := endsWithAny(strings.TrimRightFunc(s[:f[0]], unicode.IsSpace), []string{"定于", "将于", "拟于"}) != ""
		switch late := mon > m || mon == m && day > d; {
		case ahead && !late && (mon != m || day != d):
			year++
			detail = fmt.Sprintf("%d = %d + 1 ← %s", year, y, words)
		case !ahead && late:
			year--
			detail = fmt.Sprintf("%d = %d − 1 ← %s", year, y, words)
		default:
			detail = fmt.Sprintf("%d ← %s", year, words)
		}
	}
	if year < 1800 || year > 2099 || !isDay(year, mon, day) {
		return "", "", 0
	}
	value = fmt.Sprintf("%04d-%02d-%02d", year, mon, day)
	if toDay > 0 {
		if toMon == 0 {
			toMon = mon
		}
		toYear := year
		if toMon < mon {
			toYear++
		}
		if !isDay(toYear, toMon, toDay) || toMon == mon && toDay <= day {
			return "", "", 0
		}
		value += fmt.Sprintf("/%04d-%02d-%02d", toYear, toMon, toDay)
	}
	return value, detail, conf
}

// signsWithOffice says whether a line is an office and a name, as under an order: 市长　欧阳建国.
func signsWithOffice(s string) bool {
	ps := findPersons(s)
	return len(ps) == 1 && ps[0].rule == "person.office" && ps[0].start == 0 && ps[0].end == len(s)
}

// signerName is the name of a person that a line consists of, what the person is before it perhaps: 学生 沈静. at is where
// it begins, in code points.
func signerName(l zoneLine) (name string, at int) {
	if l.chars > 12 || !isHan(l.text, "") {
		return "", 0
	}
	words := strings.FieldsFunc(l.text, unicode.IsSpace)
	name = words[len(words)-1]
	if len(words) == 2 && utf8.RuneCountInString(words[0]) == 1 { // 李 明
		name = l.text
	}
	if got, _ := nameAt(strings.ReplaceAll(name, " ", "")); got == "" || utf8.RuneCountInString(got) != utf8.RuneCountInString(strings.Join(strings.Fields(name), "")) {
		return "", 0
	}
	return name, l.chars - utf8.RuneCountInString(name)
}
