package zones

import (
	"strings"
	"unicode/utf8"
)

// The labels of pages and how much they prove. After them comes a colon: 本文来源: 司法厅. Several may share a line, with
// empty values and no blank between: 作者:来源:国家档案局官网 阅读次数:日期:2018年10月01日.
var labelWords = func() map[string]doubt {
	m := map[string]doubt{}
	for d, words := range map[doubt]string{
		sure: "本文来源 信息来源 文章来源 稿源 稿件来源 发布时间 发布日期 发布机构 发布单位 发布者 发布人 更新时间 更新日期 录入时间 添加时间 责任编辑 浏览次数 阅读次数" +
			" 点击数 点击率 点击次数 访问量 访问次数 阅读量 浏览量 浏览 字号 字体 字体大小 索引号 信息类别 信息索引 公开方式 分享 分享到 分享至 上一篇 下一篇" +
			" 上一条 下一条 上篇 下篇 相关链接 相关文章 相关阅读 相关新闻 推荐阅读 扫一扫 附件下载 信息分类 文章录入" +
			" 發布時間 發布日期 發佈時間 發佈日期 瀏覽次數 瀏覽人次 點擊數 點閱數 點閱次數 字級 更新日期 上一則 下一則 資料來源單位 責任編輯 相關連結" +
			" postedon postedby publishedon lastupdated lastmodified pageviews sharethis filedunder sharethispage previouspost nextpost relatedarticles",
		placed: "来源 來源 文章來源 编辑 編輯 供稿 供稿单位 撰稿 通讯员 点击 阅读 主题分类 source published updated posted tags categories views byline",
		behind: "时间 時間 图片 摄影",
		shy: "作者 记者 审核 审核人 审稿 校对 初审 复审 终审 日期 成文日期 发文日期 文号 发文字号 发文机关 关键词 标签 打印 有效性 标题 题名 主题词 作者单位" +
			" 发文机构 生成日期 名称 author by date keywords category",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = d
		}
	}
	return m
}()

// neighbourWords are the labels that other pages are named behind.
var neighbourWords = setOf("上一篇 下一篇 上一条 下一条 上篇 下篇 相关链接 相关文章 相关阅读 相关新闻 推荐阅读 上一則 下一則 相關連結 previouspost nextpost relatedarticles")

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Lines and values longer than these are sentences, in code points.
const (
	longestLabelled = 160
	longestDoubtful = 60
	longestLabel    = 16
)

// label says whether the line begins with a label and what is the best of those on it.
func (l *line) label() {
	if l.n > longestLabelled {
		return
	}
	colon := colonIn(l.text)
	if colon <= 0 || colon > 4*longestLabel {
		return
	}
	first := fold(strings.TrimLeft(l.text[:colon], "【[（(〖·•*|｜ "))
	best := labelWords[first]
	if best == nothing {
		l.labelAfterDate()
		return
	}
	other := neighbourWords[first]
	if !other && (l.is(sentence) || strings.Contains(l.text, "。")) {
		return
	}
	l.kind, l.doubt, l.labels, l.rule = labelKind, best, 1, labelSure
	if other {
		l.set(neighbours)
	}
	l.moreLabels(l.text[colon:])
}

// labelAfterDate looks at a line such as 2017-03-10 09:58 来源：某某网.
func (l *line) labelAfterDate() {
	if l.text[0] < '0' || l.text[0] > '9' || l.is(sentence) || strings.Contains(l.text, "。") {
		return
	}
	for at, tries := 0, 0; tries < 4; tries++ {
		colon := colonIn(l.text[at:])
		if colon < 0 {
			return
		}
		at += colon
		if d, from := lastLabel(l.text[:at]); d > nothing {
			if isDate(strings.TrimSpace(l.text[:from])) {
				l.kind, l.doubt, l.labels, l.rule = labelKind, d, 2, labelSure
				l.moreLabels(l.text[at:])
			}
			return
		}
		at += len(l.text[at:]) - len(afterColon(l.text[at:]))
	}
}

// moreLabels counts the labels after the first, from its colon on.
func (l *line) moreLabels(s string) {
	for rest := afterColon(s); ; {
		at := colonIn(rest)
		if at < 0 {
			break
		}
		if d, _ := lastLabel(rest[:at]); d > nothing {
			l.doubt = max(l.doubt, d)
			l.labels = min(l.labels+1, 200)
		}
		rest = afterColon(rest[at:])
	}
	if l.doubt == behind || l.doubt < sure && l.n > longestDoubtful {
		l.kind, l.doubt, l.labels = noKind, nothing, 0
	}
}

// colonIn gives where the first colon stands, in bytes, or -1.
func colonIn(s string) int {
	half, full := strings.IndexByte(s, ':'), strings.Index(s, "：")
	if half < 0 || full >= 0 && full < half {
		return full
	}
	return half
}

func afterColon(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[size:]
}

// lastLabel gives what the longest label proves that the words end with, and where it begins, in bytes.
func lastLabel(s string) (best doubt, from int) {
	var word [longestLabel]rune
	n := 0
	for s != "" && n < longestLabel {
		r, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
		if r = foldRune(r); r < 0 {
			continue
		}
		n++
		word[longestLabel-n] = r
		if r < 0x80 && s != "" && s[len(s)-1] < 0x80 && s[len(s)-1] != ' ' {
			continue // not the beginning of a word
		}
		if d := labelWords[string(word[longestLabel-n:])]; d > nothing {
			best, from = d, len(s)
		}
	}
	return best, from
}
