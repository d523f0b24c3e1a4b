package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// What the lines of an official document are (GB/T 9704-2012, and what was usual before it): the mark of who issues it,
// its number, its title, to whom it goes, who signs.

// genres are what the title of an official document ends with; the notices that a person signs under among them.
var genres = strings.Fields("通知 通报 通報 决定 決定 决议 決議 命令 公报 公報 公告 通告 布告 佈告 意见 意見 报告 報告 请示 請示 批复 批復 议案 議案 函 纪要 紀要" +
	" 办法 辦法 规定 規定 条例 條例 方案 规则 規則 细则 細則 总结 總結 计划 計劃 规划 要点 令 訓令 训令 指令 呈文 章程 制度 复函 公函 公示 简报 倡议书")

// orders are the genres whose title is the body and the genre: 某市人民政府令.
var orders = strings.Fields("命令 令 訓令 训令 指令 公告 通告 布告 佈告 公报 公報")

// bodyEnds are what names of bodies end with; the shorter ones end many other words.
var bodyEnds = strings.Fields("人民政府 人民委员会 委员会 委員會 办公厅 办公室 辦公室 研究室 县委 市委 省委 区委 州委 党委 党组 工委 纪委 监委 政府 公署 公司 集团 学院 學院 大学 大學 学校 學校" +
	" 中学 小学 幼儿园 党校 医院 醫院 法院 检察院 监狱 戒毒所 图书馆 圖書館 档案馆 博物馆 美术馆 文化馆 科技馆 纪念馆 协会 学会 联合会 基金会 商会 总会 工会 残联 妇联 文联 科协 社科联 工商联" +
	" 中心 支队 总队 大队 大厅 街道办事处 办事处 法庭 派出所 司法所 研究所 管理所 收容所 厅 廳 局 部 署 院 处 處 所 站 馆 館 社")

var copyNumber = regexp.MustCompile(`^\d{6}$`)

var secrecy = regexp.MustCompile(`^(?:(?:绝密|机密|秘密)(?:\s*★\s*(?:\d{1,2}\s*年|长期|\d{1,2}\s*个月)?)?|特急|加急|特提|平急|急件)(?:\s+(?:特急|加急|特提|平急))?$`)

func endsWithAny(s string, ends []string) string {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return e
		}
	}
	return ""
}

// isHan says whether a line is of Han characters and spaces, with some of marks between.
func isHan(s, marks string) bool {
	for _, r := range s {
		if r == '丨' || !unicode.Is(unicode.Han, r) && r != '〇' && r != '○' && !unicode.IsSpace(r) && !strings.ContainsRune(marks, r) {
			return false
		}
	}
	return s != ""
}

// markOf is the body in a mark, as in 某市档案局文件; "" where the line is none.
func markOf(l zoneLine) string {
	body, ok := strings.CutSuffix(l.text, "文件")
	if body = strings.TrimSpace(body); ok && l.chars >= 5 && l.chars <= 40 && isHan(body, "、（）()") {
		return body
	}
	return ""
}

// isBody says whether a line is the name of a body, as above a date or a number.
func isBody(l zoneLine) bool {
	if l.chars < 3 || l.chars > 30 || !isHan(l.text, "（）()·") || endsWithAny(l.text, genres) != "" {
		return false
	}
	if strings.HasPrefix(l.text, "中共") && strings.HasSuffix(l.text, "委") {
		return true
	}
	return endsWithAny(l.text, bodyEnds) != ""
}

// addressed says whether a line is to whom a document or a letter goes: 各市人民政府： or 李老师：.
func addressed(l zoneLine) bool {
	return (strings.HasSuffix(l.text, "：") || strings.HasSuffix(l.text, ":")) && len(l.labels) == 0
}

// isProse says whether a line belongs to the body of a text.
func isProse(l zoneLine) bool {
	return len(l.labels) == 0 && (l.chars > labelLine || strings.ContainsRune(l.text, '。'))
}

// besideTitle says whether a line stands above the titles of official documents and is none itself. next are the lines
// after it: the name of a body is a mark where the number follows, under other bodies perhaps.
func besideTitle(l zoneLine, next []zoneLine) bool {
	if markOf(l) != "" || copyNumber.MatchString(l.text) || secrecy.MatchString(l.text) || isMojibake(l.text) {
		return true
	}
	if _, ok := ownNumber(l); ok {
		return true
	}
	if !isBody(l) {
		return false
	}
	for _, n := range next[:min(len(next), 4)] {
		if _, ok := ownNumber(n); ok {
			return true
		}
		if !isBody(n) {
			break
		}
	}
	return false
}

// isMojibake says whether most of a line is UTF-8 that was read as GB18030, or as Latin-1.
func isMojibake(s string) bool {
	if strings.ContainsRune(s, '\uFFFD') || strings.Contains(s, "锟斤拷") {
		return true
	}
	wide, latin := 0, 0
	for _, r := range s {
		switch {
		case r >= 0xA0 && r <= 0xFF || r == '€' || r == '™' || r == 'œ' || r == '‚' || r == '„':
			latin++
		case r >= 0x3400:
			wide++
		}
	}
	chars := utf8.RuneCountInString(s)
	if latin >= 4 && latin*2 > chars {
		return strings.ContainsAny(s, "ÃÂâåæçèéä")
	}
	if wide < 5 || chars > labelLine {
		return false
	}
	bytes, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		return false
	}
	good, bad := 0, 0
	for _, r := range bytes {
		switch {
		case r == utf8.RuneError:
			bad++
		case unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0:
			good++
		}
	}
	return good >= 4 && good > bad
}
