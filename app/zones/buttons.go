package zones

import (
	"strings"
	"unicode"
)

// sureButtons are on no line of a document; maybeButtons are words that may stand alone in a list.
var (
	sureButtons = setOf("打印本页 打印此页 打印文章 打印正文 打印页面 关闭窗口 关闭本页 关闭页面 关闭此页 收藏本页 收藏此页 返回首页 返回顶部 返回列表 返回上页 返回上一页" +
		" 加入收藏 设为首页 网站地图 上一页 下一页 尾页 末页 分享到 扫一扫在手机打开当前页 扫一扫 无障碍阅读 无障碍浏览 关怀版 长者模式 长者版 大中小 回到顶部 我要纠错" +
		" 列印本頁 關閉視窗 返回首頁 回首頁 回上一頁 回上頁 友善列印 網站導覽 加入最愛 下一頁 上一頁 轉寄友人" +
		" backtotop printthispage closewindow skiptocontent skiptomaincontent skiptonavigation addtofavorites emailthispage printerfriendly sharethispage")
	maybeButtons = setOf("打印 关闭 收藏 返回 首页 分享 字体 无障碍 繁体 简体 登录 注册 搜索 纠错 转发 微信 微博 qq空间 列印 關閉 分享 首頁 轉寄 字級" +
		" print close share home back menu login register search email tweet facebook twitter previous next top")
	sizeButtons = setOf("大 中 小 a a- a+ a++")
)

// longestButtons is how long a line of buttons is at most, in code points.
const longestButtons = 80

func isDivider(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("【】[]〖〗|｜>›»/·•", r)
}

// button says whether the line is nothing but buttons.
func (l *line) button() {
	if l.n > longestButtons || l.is(sentence) {
		return
	}
	sures, maybes, sizes := 0, 0, 0
	tokens := strings.FieldsFunc(l.text, isDivider)
	for i := 0; i < len(tokens); i++ {
		word := fold(tokens[i])
		many := 0
		if tokens[i][0] < 0x80 {
			many = englishButton(tokens[i:])
		}
		switch {
		case many > 0:
			sures++
			i += many - 1
		case sureButtons[word]:
			sures++
		case maybeButtons[word]:
			maybes++
		case sizeButtons[word]:
			sizes++
		case isPageCount(word):
		default:
			return
		}
	}
	switch {
	case sures > 0 || maybes > 1 || sizes == 3 || maybes > 0 && strings.HasPrefix(l.text, "【"):
		l.kind, l.doubt, l.rule = buttonKind, sure, buttonSure
	case maybes == 1:
		l.kind, l.doubt, l.rule = buttonKind, shy, buttonNear
	}
}

// englishButton gives how many of the words make one button, 0 for none.
func englishButton(words []string) int {
	joined := ""
	for n, w := range words[:min(len(words), 4)] {
		joined += fold(w)
		if sureButtons[joined] {
			return n + 1
		}
	}
	return 0
}

// isPageCount says whether the word is a number between 上一页 and 下一页, or 共3页.
func isPageCount(word string) bool {
	word = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(word, "共"), "第"), "页")
	if word == "" || len(word) > 4 {
		return false
	}
	return strings.Trim(word, "0123456789") == ""
}
