package zones

import (
	"strings"
	"unicode/utf8"
)

// What pages begin and end with. A crumb is the way to the page; a footer its licence and who keeps it.
var (
	crumbs = []string{"当前位置", "您的位置", "您现在的位置", "你的位置", "所在位置", "您当前的位置", "當前位置", "現在位置", "您现在所在的位置",
		"you are here"}
	crumbRoots = []string{"首页", "首頁", "网站首页", "Home"}
	menuWords  = setOf("首页 首頁 网站首页 网站地图 联系我们 关于我们 设为首页 加入收藏 登录 注册 政务公开 网站声明 隐私声明 home contact contactus about aboutus login sitemap" +
		" privacy privacypolicy termsofuse help 網站導覽 聯絡我們 關於我們")
	nearFooters = []string{"主办单位", "承办单位", "主办", "承办", "技术支持", "协办单位", "维护单位", "联系电话", "地址", "邮编", "主辦單位", "電話", "网站管理", "运维单位", "电子邮箱"}
)

// longestFrame is how long a line of the frame is at most, in code points.
const longestFrame = 120

// frame says whether the line belongs to what every page of a site has.
func (l *line) frame() {
	if l.n > longestFrame || strings.Contains(l.text, "。") {
		return
	}
	switch {
	case isCrumb(l.text):
		l.kind, l.doubt, l.rule = frameKind, sure, frameCrumb
		l.set(header)
	case isMenu(l.text):
		l.kind, l.doubt, l.rule = frameKind, sure, frameMenu
		l.set(header)
	case isFooter(l.text):
		l.kind, l.doubt, l.rule = frameKind, sure, frameFooter
		l.set(footer)
	case !l.is(sentence) && l.n <= longestDoubtful && startsLabel(l.text, nearFooters):
		l.kind, l.doubt, l.rule = frameKind, shy, frameNear
	}
}

// startsLabel says whether one of the words and a colon begin the line, blanks between them not counted.
func startsLabel(s string, words []string) bool {
	colon := colonIn(s)
	if colon <= 0 || colon > 40 {
		return false
	}
	first := fold(s[:colon])
	for _, w := range words {
		if first == w {
			return true
		}
	}
	return false
}

func isCrumb(s string) bool {
	for _, c := range crumbs {
		if rest, ok := cutFold(strings.TrimLeft(s, "【[ "), c); ok {
			r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \u3000"))
			return strings.ContainsRune(":：>›»", r)
		}
	}
	for _, root := range crumbRoots {
		if rest, ok := cutFold(s, root); ok {
			r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \u3000"))
			return r == '>' || r == '›' || r == '»' || r == '＞'
		}
	}
	return false
}

// cutFold cuts a beginning off, capital or small.
func cutFold(s, begin string) (string, bool) {
	if len(s) > len(begin) && strings.EqualFold(s[:len(begin)], begin) {
		return s[len(begin):], true
	}
	return s, false
}

// isMenu says whether a line is short words with dividers between, of which one is a word of menus.
func isMenu(s string) bool {
	if strings.Count(s, "|")+strings.Count(s, "｜") < 2 || strings.HasPrefix(s, "|") {
		return false
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '｜' })
	known := false
	for _, part := range parts {
		word := fold(part)
		if utf8.RuneCountInString(word) > 14 {
			return false
		}
		known = known || menuWords[word]
	}
	return known && len(parts) > 2
}

// isFooter says whether a line is a licence, a registration or who has the rights.
func isFooter(s string) bool {
	if n := strings.Index(s, "ICP备"); n >= 0 && hasDigit(s[n:]) {
		return true
	}
	if n := strings.Index(s, "公网安备"); n >= 0 && hasDigit(s[n:]) {
		return true
	}
	if rest, ok := strings.CutPrefix(s, "网站标识码"); ok && hasDigit(rest) {
		return true
	}
	for _, begin := range []string{"版权所有", "版權所有", "©", "Copyright ©", "Copyright (c)", "Copyright 19", "Copyright 20", "CopyRight©", "Copyright©"} {
		if rest, ok := cutFold(s, begin); ok {
			return begin[0] == 'C' || begin[0] == 0xc2 || !strings.ContainsAny(rest, "，,") || hasDigit(rest)
		}
	}
	lower := strings.ToLower(s)
	return strings.HasSuffix(strings.TrimRight(lower, ". "), "all rights reserved") && len(s) < 120 ||
		strings.HasSuffix(s, "版权所有") && (len(s) < 60 || strings.Contains(s, "©") || strings.Contains(lower, "copyright"))
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
