package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines of labels, as web pages and forms have them: 本文来源: 司法厅, or several on one line with empty values and no
// space between: 作者:来源:国家档案局官网 阅读次数:日期:2018年10月01日.

type labelKind uint8

const (
	otherLabel labelKind = iota + 1
	titleLabel
	dateLabel      // 日期: does not say of what
	publishedLabel // on the web
	signedLabel    // 成文日期
	printedLabel   // 印发日期
	creatorLabel
	originLabel // 来源: a body or person, or a web address
	addressLabel
	numberLabel // of the document: 文号
	signerLabel // 签发人
)

var labels = func() map[string]labelKind {
	m := map[string]labelKind{}
	for kind, words := range map[labelKind]string{
		titleLabel:     "标题 题名 標題 題名 title subject re",
		dateLabel:      "日期 时间 時間 date dated sent",
		publishedLabel: "发布时间 发布日期 更新时间 创建时间 发稿时间 发表时间 发表日期 录入时间 添加时间 發布日期 發布時間 發佈日期 published posted",
		signedLabel:    "成文日期 成文时间 发文日期 發文日期",
		printedLabel:   "印发日期 印发时间",
		numberLabel:    "文号 发文字号 文號 發文字號",
		signerLabel:    "签发人 簽發人",
		creatorLabel:   "责任者 作者 撰稿 撰稿人 发布机构 发布单位 发文机关 发文机构 供稿 供稿单位 責任者 發文機關 from author by",
		originLabel:    "本文来源 来源 信息来源 稿源 文章来源 來源 文章來源 source",
		addressLabel:   "网址 原文链接 原文地址 出处 原文出处 網址 网页地址 本文链接 链接地址 本文网址 url link",
		otherLabel: "编辑 责任编辑 審核 审核 审核人 校对 记者 发布人 发布者 浏览次数 阅读次数 点击数 点击率 点击次数 点击 访问量 阅读量 浏览量 浏览 阅读 字号 字体 " +
			"索引号 归档时间 主题分类 公开方式 公开属性 信息类别 有效性 实施日期 废止日期 分享 分享到 打印 关键词 标签 上一篇 下一篇 上一条 下一条 附件下载 相关链接 " +
			"相关文章 扫一扫 地址 邮编 电话 传真 当前位置 您的位置 您现在的位置 所在位置 to cc bcc ref keywords tags",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
	}
	return m
}()

// A labelled value; Start and end are code points of the line.
type labelled struct {
	kind       labelKind
	value      string
	start, end int
}

// findLabels splits a line at its labels.
func findLabels(line string) (out []labelled) {
	if strings.IndexByte(line, ':') < 0 && !strings.Contains(line, "：") {
		return nil
	}
	rs := []rune(line)
	type place struct {
		kind      labelKind
		from, end int // of the label, colon included
	}
	var places []place
	for i, r := range rs {
		if r != ':' && r != '：' {
			continue
		}
		kind, from := labelBefore(rs[:i])
		switch {
		case kind == 0:
		case len(places) > 0 && from < places[len(places)-1].end:
		case len(places) == 0 && from > 0 && !labelMayFollow(rs[from-1]):
			// 据来源:… is a sentence
		default:
			places = append(places, place{kind, from, i + 1})
		}
	}
	for i, p := range places {
		end := len(rs)
		if i+1 < len(places) {
			end = places[i+1].from
		}
		start, end := cutValue(rs, p.end, end)
		out = append(out, labelled{p.kind, string(rs[start:end]), start, end})
	}
	return out
}

func labelMayFollow(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("|｜】]）)·;；,，", r)
}

// labelBefore finds the longest label that ends the runes, spaces inside (作　者) and behind not counted.
func labelBefore(rs []rune) (kind labelKind, from int) {
	var word []rune // backwards
	for i := len(rs) - 1; i >= 0 && len(word) < 10; i-- {
		if unicode.IsSpace(rs[i]) {
			continue
		}
		word = append(word, unicode.ToLower(rs[i]))
		if rs[i] < 0x80 && i > 0 && rs[i-1] < 0x80 && unicode.IsLetter(rs[i-1]) {
			continue // not the beginning of a word
		}
		if k := labels[backwards(word)]; k != 0 {
			kind, from = k, i
		}
	}
	return kind, from
}

func backwards(rs []rune) string {
	var b strings.Builder
	for i := len(rs) - 1; i >= 0; i-- {
		b.WriteRune(rs[i])
	}
	return b.String()
}

// cutValue trims what is not part of a value and ends it at a wide gap.
func cutValue(rs []rune, start, end int) (int, int) {
	edge := func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("|｜-—【】[]·<>《》;；,，", r)
	}
	for start < end && edge(rs[start]) && rs[start] != '《' && rs[start] != '<' {
		start++
	}
	for i := start; i < end; i++ {
		if rs[i] == '\t' || rs[i] == '\u3000' || rs[i] == '|' || rs[i] == '｜' || rs[i] == ' ' && i+1 < end && rs[i+1] == ' ' {
			end = i
		}
	}
	for end > start && edge(rs[end-1]) && rs[end-1] != '》' && rs[end-1] != '>' {
		end--
	}
	return start, end
}

var webAddress = regexp.MustCompile(`^(?i:https?://[^\s/]+\S*|(?:www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/]\S*)?|(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|info|cn|tw|hk|jp|uk|de|fr|eu)(?:[:/]\S*)?)$`)

// isAddress says whether a value is a web address or the name of a host.
func isAddress(s string) bool {
	return strings.IndexByte(s, '.') > 0 && len(s) < 2000 && webAddress.MatchString(s)
}

// isFurniture says whether a line is a breadcrumb or buttons of a page.
func isFurniture(line string) bool {
	for _, crumb := range []string{"当前位置", "您的位置", "您现在的位置", "所在位置", "首页 >", "首页>", "首页 »", "首页»", "首頁 >", "首頁>", ">", "»", "Home >", "Skip to "} {
		if strings.HasPrefix(line, crumb) {
			return true
		}
	}
	if utf8.RuneCountInString(line) > 60 {
		return false
	}
	words := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("【】[]|｜>/·", r) })
	for _, w := range words {
		if !buttons[w] {
			return false
		}
	}
	return true // a line of nothing but dividers too
}

var buttons = setOf("打印 打印本页 打印此页 打印文章 打印正文 关闭 关闭窗口 关闭本页 收藏 收藏本页 返回 返回首页 返回顶部 返回列表 返回上页 加入收藏" +
	" 设为首页 网站地图 分享 分享到 大 中 小 首页 上一页 下一页 尾页 字体 无障碍 繁体 简体 登录 注册 print close share home back menu")
