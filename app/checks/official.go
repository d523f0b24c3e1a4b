package checks

import (
	"regexp"
	"strings"

	"fonds/app/codes"
	"fonds/storage/archive"
)

// This file checks what GB/T 9704-2012 asks of an official document (公文), where a document
// is one: two of number, main recipients, date of signing, copies or printing, and a genre at
// the end of the title have to be there.

var (
	genres     = strings.Fields("决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要")
	aNumber    = regexp.MustCompile(`^\s*[\p{Han}A-Za-z]{1,12}\s*[〔\[(（［【]\s*(?:19|20)\d{2}\s*[〕\])）］】]\s*第?\s*\d{1,5}\s*号\s*$`)
	recipients = regexp.MustCompile(`^[\p{Han}、，,（）()\s]{2,80}[：:]\s*$`)
	signedOn   = regexp.MustCompile(`^\s*(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年[元正一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}日)\s*$`)
	printedOn  = regexp.MustCompile(`(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印发`)
	padded     = regexp.MustCompile(`\d{4}年0\d月|\d{4}年\d{1,2}月0\d日`)
)

// paper is what a text shows of an official document.
type paper struct {
	number, recipients, signed, copies, genre bool
	printed                                   string // the date of printing, as it stands there
	padded                                    string // a date of signing with a leading zero
}

// is says whether it is one.
func (p *paper) is() bool {
	n := 0
	for _, has := range []bool{p.number, p.recipients, p.signed, p.copies, p.genre} {
		if has {
			n++
		}
	}
	return n >= 2
}

// The lines of a text in which the parts of a document are looked for.
const (
	headLines = 25
	footLines = 15
)

// paperOf looks at the first lines of a text and the last.
func paperOf(text, title string) (p paper) {
	title = strings.TrimRight(strings.TrimSpace(title), "》）)")
	for _, g := range genres {
		p.genre = p.genre || strings.HasSuffix(title, g)
	}
	rest := text
	for i := 0; i < headLines && rest != ""; i++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if len(line) > 400 {
			continue
		}
		p.number = p.number || strings.Contains(line, "号") && aNumber.MatchString(line)
		if end := strings.TrimSpace(line); strings.HasSuffix(end, "：") || strings.HasSuffix(end, ":") {
			p.recipients = p.recipients || recipients.MatchString(end)
		}
	}
	rest = strings.TrimRight(text, "\n")
	for i := 0; i < footLines && rest != ""; i++ {
		line := rest[strings.LastIndexByte(rest, '\n')+1:]
		rest = strings.TrimSuffix(strings.TrimSuffix(rest, line), "\n")
		if len(line) > 400 || !strings.Contains(line, "日") && !strings.Contains(line, "抄") {
			continue
		}
		if m := printedOn.FindStringSubmatch(line); m != nil {
			p.copies, p.printed = true, m[1]
			continue
		}
		trimmed := strings.TrimSpace(line)
		p.copies = p.copies || strings.HasPrefix(trimmed, "抄送")
		if signedOn.MatchString(trimmed) {
			p.signed = true
			if padded.MatchString(trimmed) {
				p.padded = trimmed
			}
		}
	}
	return p
}

func (s *subject) official(numbers []*archive.Item) {
	p := paperOf(s.text, s.d.Title())
	parsed := make([]codes.Number, len(numbers))
	is := make([]bool, len(numbers))
	for i, it := range numbers {
		parsed[i], is[i] = codes.ParseNumber(it.Text)
		p.number = p.number || is[i]
	}
	if !p.is() {
		return
	}
	var all []Finding
	for i, it := range numbers {
		n := parsed[i]
		if is[i] && len(n.Year) == 4 && s.date.ok && !s.date.in(n.Year) {
			all = append(all, warn("number-year", "value", it.Text, "year", n.Year, "date", s.d.Date()).of(it.Key))
		}
		for _, f := range n.Faults {
			all = append(all, warn("number", "value", it.Text, "fault", f.Kind, "was", f.Was, "is", f.Is).of(it.Key))
		}
	}
	printed, field := p.printed, ""
	if of := stated(s.d.Document, s.r.roles.issued); len(of) > 0 {
		printed, field = of[0].Text, s.r.roles.issued
	}
	if printed != "" && s.date.ok && s.date.begins {
		if d := readSpan(printed, s.year); d.ok && d.ends && d.to.Compare(s.date.from) < 0 {
			all = append(all, err1("printed-before", "printed", printed, "date", s.d.Date()).of(field))
		}
	}
	if p.padded != "" {
		all = append(all, warn("padded", "value", p.padded))
	}
	s.thing("A11", all...)
}
