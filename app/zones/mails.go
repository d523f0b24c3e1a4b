package zones

import "strings"

// The lines that mails and memoranda begin with.
const (
	fromField = 1 << iota
	toField
	dateField
	subjectField
	otherField
)

var mailFields = func() map[string]int {
	m := map[string]int{}
	for field, words := range map[int]string{
		fromField:    "from von de 发件人 寄件者 寄件人 發件人 發信人 发信人",
		toField:      "to an à 收件人 收件者",
		dateField:    "date sent datum gesendet 发送时间 发送日期 寄件日期 傳送時間 日期 时间 envoyé",
		subjectField: "subject betreff objet 主题 主旨 主題",
		otherField:   "cc bcc reply-to message-id mime-version content-type content-transfer-encoding x-mailer received return-path 抄送 附件 attachments importance references in-reply-to sender organization",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = field
		}
	}
	return m
}()

// mailField says which field of a mail's head line i is, and its value; 0 for none.
func (p *page) mailField(i int) (field int, value string) {
	l := p.at(i)
	if l == nil {
		return 0, ""
	}
	colon := colonIn(l.text)
	if colon <= 0 || colon > 30 {
		return 0, ""
	}
	return mailFields[strings.ToLower(l.text[:colon])], strings.TrimSpace(afterColon(l.text[colon:]))
}

// A mailHead is the head of a mail.
type mailHead struct {
	from, to int // lines [from, to)
	subject  string
}

// mailAt reads the head of a mail that begins at line i: at least three fields without a blank line between.
func (p *page) mailAt(i int) (h mailHead, ok bool) {
	const most = 80 // lines
	has, fields := 0, 0
	j := i
	for ; j < i+most; j++ {
		if j > i && (p.at(j) == nil || p.at(j).is(blankBefore)) {
			break
		}
		field, value := p.mailField(j)
		if l := p.at(j); field == 0 && !l.is(indented) && !isField(l.text) && (l.n > longestLatin || l.is(sentence)) {
			break
		}
		if field != 0 {
			fields++
		}
		if field == subjectField {
			h.subject = value
		}
		has |= field
	}
	h.from, h.to = i, j
	return h, fields >= 3 && has&fromField != 0 && has&(dateField|subjectField) != 0 && has&(toField|subjectField) != 0
}

// isField says whether a line begins as those of a mail's head do: X-Mailer: and the like.
func isField(s string) bool {
	colon := strings.IndexByte(s, ':')
	return colon > 0 && colon < 40 && strings.IndexByte(s[:colon], '-') > 0 && strings.IndexFunc(s[:colon], func(r rune) bool {
		return r != '-' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
}

// quotes begin, or are, the line above a mail that another one quotes.
var quotes = []string{"-----original", "----- original", "---original", "original message", "-----原始", "原始邮件", "-----forwarded", "---------- forwarded", "---------- 转发", "begin forwarded",
	"forwarded message", "________", "-----ursprüngliche", "-----message d", "转发的邮件", "----- forwarded", "------原始", "------------------ 原始"}

// mails finds the heads of mails after the first. A mail that is quoted belongs to the one that quotes it.
func (p *page) mails() (out []border) {
	var before *mailHead
	starts, head := false, 1 // the head of the first mail ends at the first blank line
	for head < len(p.lines) && !p.at(head).is(blankBefore) {
		head++
	}
	for i := 0; i < len(p.lines); i++ {
		if p.between(i-1) && p.fieldName(i) != "" && p.at(i-1).bodies > 0 && !p.at(i).is(blankBefore) {
			out = append(out, border{line: i - 1, kind: "mail", rule: "mail.mailbox", confidence: 0.95})
		}
		if field, _ := p.mailField(i); field == 0 || isAttachment(p.lines[i].text) || strings.HasPrefix(p.lines[i].text, "抄送") {
			continue
		}
		h, ok := p.mailAt(i)
		if l := p.at(i); !l.is(blankBefore|feedBefore) && p.fieldName(i-1) != "" && !p.between(i-1) {
			ok = false // within a head
		}
		if !ok {
			i = max(i, h.to-1)
			continue
		}
		start := i
		if p.between(i - 1) {
			start = i - 1
		}
		if before == nil && (start == 0 || p.at(start).bodies == 0 && start < headLines || start < head && (isField(p.lines[0].text) || p.between(0))) {
			starts = true
		} else if !p.quoted(start) {
			b := border{line: start, kind: "mail", rule: "mail.head", confidence: 0.4}
			if starts {
				b.confidence = 0.85
			}
			if before != nil && answers(before.subject, h.subject) {
				b.confidence = 0.3
			}
			out = append(out, b)
		}
		before = &h
		i = max(i, h.to-1)
	}
	return out
}

// between says whether line i is what a mailbox has between mails: From ida@example.org Mon Feb  3 10:11:00 2014.
func (p *page) between(i int) bool {
	l := p.at(i)
	if l == nil || !strings.HasPrefix(l.text, "From ") || len(l.text) > 200 {
		return false
	}
	words := strings.Fields(l.text)
	return len(words) >= 6 && len(words) <= 9 && dateWords[strings.ToLower(words[2])] && dateWords[strings.ToLower(words[3])] && strings.Count(l.text, ":") >= 1
}

// quoted says whether the lines above line i say that a quoted mail follows.
func (p *page) quoted(i int) bool {
	l := p.at(i - 1)
	if l == nil {
		return false
	}
	for j := i - 1; j > i-5 && j >= 0; j-- {
		if _, ok := cutFold(p.at(j).text, "content-"); ok && isField(p.lines[j].text) {
			return true // a mail in a mail
		}
	}
	lower := strings.ToLower(l.text[:min(len(l.text), 40)])
	for _, q := range quotes {
		if strings.HasPrefix(lower, q) {
			return true
		}
	}
	return l.n < 120 && (strings.HasSuffix(l.text, "wrote:") || strings.HasSuffix(l.text, "写道：") || strings.HasSuffix(l.text, "写道:") || strings.HasSuffix(l.text, "schrieb:"))
}

// answers says whether the first subject answers or forwards the second: then the second is quoted below it.
func answers(first, second string) bool {
	f, answer := bareSubject(first)
	s, _ := bareSubject(second)
	return answer && f == s
}

// bareSubject cuts Re: and its like off.
func bareSubject(s string) (bare string, answer bool) {
	for {
		colon := colonIn(s)
		if colon <= 0 || colon > 12 {
			return fold(s), answer
		}
		switch strings.ToLower(s[:colon]) {
		case "re", "fw", "fwd", "aw", "wg", "tr", "答复", "回复", "转发", "回覆", "轉寄":
			s, answer = strings.TrimSpace(afterColon(s[colon:])), true
		default:
			return fold(s), answer
		}
	}
}

// salutations and closings of letters.
var (
	salutations = []string{"dear ", "my dear ", "sehr geehrte", "cher ", "chère ", "尊敬的", "敬爱的", "亲爱的"}
	farewells   = []string{"yours ", "sincerely", "best regards", "kind regards", "your obedient", "respectfully", "faithfully", "mit freundlichen", "敬礼", "此致敬礼", "顺颂", "谨上", "敬上"}
)

func begins(l *line, words []string) bool {
	if l == nil || l.n > longestTitle {
		return false
	}
	for _, w := range words {
		if len(l.text) >= len(w) && strings.EqualFold(l.text[:len(w)], w) {
			return true
		}
	}
	return false
}

// letters finds a form of address that follows the farewell of another letter, with names, places and dates between.
func (p *page) letters() (out []border) {
	const apart = 14 // lines, at most
	farewell, addressed, opened := -1, false, false
	for i := range p.lines {
		l := p.at(i)
		switch {
		case begins(l, farewells) && !l.is(running):
			farewell = i
		case begins(l, salutations) && !l.is(sentence|running):
			if farewell > 0 && addressed && i-farewell <= apart && !p.since(farewell+1, i) {
				b := p.letter(farewell, i)
				if !opened {
					b.confidence = min(b.confidence, 0.4) // letters that something else quotes
				}
				out = append(out, b)
			}
			opened = opened || l.bodies == 0
			addressed, farewell = true, -1
		}
	}
	return out
}

// letter says where the letter begins that is addressed at line i, with the farewell of another before it: behind the
// first blank line after the name below the farewell.
func (p *page) letter(farewell, i int) border {
	b := border{line: i, kind: "letter", rule: "letter.address", confidence: 0.6}
	for j := farewell + 2; j < i; j++ {
		if l := p.at(j); l.is(blankBefore | feedBefore) {
			b.line, b.others = j, []int{i}
			break
		}
	}
	for j := farewell; j < i; j++ {
		if l := p.at(j); begins(l, []string{"p.s", "ps:", "ps.", "encl", "附", "copy", "抄", "cc", "又及"}) {
			b.confidence = 0.3
		}
	}
	return b
}
