package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Above and below an article stands what says which it is: its title, when and by whom it was published, in
// 政府信息公开 a table of index number, issuer and document number. Readability leaves it out for the most part, being
// short; here it is evidence and stays with the article, where a title or labels are what it says.

const (
	aboveLines = 40 // how far above the article its title may stand
	labelZone  = 12 // how far from title or article labels may stand
	labelGap   = 3  // as many lines in a row that are none end them
)

// An article is a choice of runs among the lines of a page.
type article struct {
	lines       []pageLine
	kept        []bool // by the number of a run
	first, last int    // lines; -1 where no line has a run that was chosen
}

func articleIn(lines []pageLine, kept []bool) *article {
	a := &article{lines: lines, kept: kept, first: -1, last: -1}
	for i := range lines {
		if a.has(i) {
			if a.first < 0 {
				a.first = i
			}
			a.last = i
		}
	}
	return a
}

// has says whether a run of a line is in the article.
func (a *article) has(i int) bool {
	return slices.Contains(a.kept[a.lines[i].first:a.lines[i].last+1], true)
}

func (a *article) take(i int) {
	for run := a.lines[i].first; run <= a.lines[i].last; run++ {
		a.kept[run] = true
	}
}

// entries counts the short lines with a date and a time of day: a thread has one for every post, an article one or two.
func (a *article) entries() (n int) {
	for i := a.first; i <= a.last; i++ {
		if z := trimmedLine(a.lines[i].text); z.chars <= shortLine && a.has(i) && slices.ContainsFunc(z.dates, func(d dateHit) bool { return d.clock != "" }) {
			n++
		}
	}
	return n
}

// frame takes the title and the labels around the article into it.
// Titles are those that the page may have.
func (a *article) frame(titles []string) {
	top := a.title(titles)
	for i := top; i < a.first; i++ {
		if i == top || isEvidence(a.lines[i].text, true) {
			a.take(i)
		}
	}
	a.labels(top-1, -1, true)
	a.labels(a.last+1, 1, false)
	for i := a.first; i <= a.last; i++ { // within it, at its beginning and its end
		if near := i < a.first+labelZone || i > a.last-labelZone; near && !a.has(i) && isEvidence(a.lines[i].text, false) {
			a.take(i)
		}
	}
}

// labels takes lines of labels from one on, up or down, until others follow on each other.
func (a *article) labels(i, step int, dates bool) {
	gap := 0
	for n := 0; n < labelZone && gap < labelGap && i >= 0 && i < len(a.lines); n++ {
		if gap++; isEvidence(a.lines[i].text, dates) {
			a.take(i)
			gap = 0
		}
		i += step
	}
}

// title gives the line above the article that is the title of the page, the nearest of the first of titles that is there;
// the first line of the article where there is none, or it is in the article.
func (a *article) title(titles []string) int {
	from := max(0, a.first-aboveLines)
	var near []string
	for _, l := range a.lines[from:min(a.last+1, a.first+8)] {
		near = append(near, oneLine(l.text))
	}
	for _, title := range titles {
		for i := len(near) - 1; i >= 0; i-- {
			if near[i] == title && from+i < a.first {
				return from + i
			}
			if near[i] == title && a.has(from+i) {
				return a.first
			}
		}
	}
	return a.first
}

// titlesOf are the words that may be the title: those of <title> and those that the page states, whole and without the
// names behind them, then those of the first h1, then what stands between and behind the names, the longest first.
func titlesOf(heads headings, all []stated) (titles []string) {
	var parts []string
	add := func(to *[]string, s string) {
		if n := utf8.RuneCountInString(s); n >= 4 && n <= 2*titleChars {
			*to = append(*to, s)
		}
	}
	whole := []string{heads.title}
	for _, s := range all {
		if s.field == "dcterms:title" && len(whole) < 8 {
			whole = append(whole, oneLine(html.UnescapeString(s.value)))
		}
	}
	for _, title := range whole {
		add(&titles, title)
		cuts := titleDivider.FindAllStringIndex(title, 6)
		for i := len(cuts) - 1; i >= 0; i-- {
			add(&titles, title[:cuts[i][0]])
			end := len(title)
			if i+1 < len(cuts) {
				end = cuts[i+1][0]
			}
			add(&parts, title[cuts[i][1]:end])
		}
	}
	add(&titles, heads.h1)
	slices.SortStableFunc(parts, func(a, b string) int { return len(b) - len(a) })
	return append(titles, parts...)
}

// evidenceLabels are those of labels that say nothing for a field and much about the document.
var evidenceLabels = strings.Fields("索引号 文号 发文字号 主题分类 公开方式 公开属性 信息类别 有效性 实施日期 废止日期 生效日期 责任编辑 审核 记者 发布人 主题词 原标题 体裁分类 服务对象")

// isEvidence says whether a line has a label and its value, or, where dates count, a date that is set apart.
func isEvidence(line string, dates bool) bool {
	z := trimmedLine(line)
	if z.chars > labelLine || isFurniture(z.text) {
		return false
	}
	for _, f := range z.labels {
		if f.value != "" && f.kind != otherLabel {
			return true
		}
	}
	if z.isDate() || dates && len(z.dates) == 1 && z.chars <= shortLine && z.dates[0].whole() && z.apart(z.dates[0]) {
		return true
	}
	if name, ok := strings.CutPrefix(z.text, "By "); ok && z.chars <= shortLine && unicode.IsUpper([]rune(name + " ")[0]) {
		return true
	}
	return hasEvidenceLabel(z.text)
}

// hasEvidenceLabel looks for labels before a colon, and for any that fills a cell of a table with a value in the next.
func hasEvidenceLabel(line string) bool {
	tight := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && r != '\t' {
			return -1
		}
		return r
	}, line)
	for _, label := range evidenceLabels {
		if _, rest, ok := strings.Cut(tight, label); ok {
			value := strings.TrimLeft(rest, "\t")
			if cut := strings.TrimLeft(value, ":：\t"); cut != "" && (len(cut) < len(value) || len(value) < len(rest)) {
				return true
			}
		}
	}
	row := strings.Split(tight, "\t")
	for i, cell := range row[:len(row)-1] {
		if kind := labels[strings.ToLower(cell)]; kind != 0 && kind != otherLabel && row[i+1] != "" {
			return true
		}
	}
	return false
}
