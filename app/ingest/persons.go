package ingest

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// People with their offices: 自治区司法厅党委书记、厅长李振国出席会议. The shape is body, office or offices, name, and then a
// word that goes on (出席, 主持) or an end: without that a name of two characters would swallow the first of a verb, so
// nothing is proposed. The other order, 李振国厅长, is read at the beginning of a clause. Offices without a name give nobody.

// A person is a name with the words before or behind it; positions are bytes of what was read.
type person struct {
	name, office string // office: body and office
	start, end   int
	conf         float64
	rule         string
}

var (
	officeNouns = setOf("书记 部长 厅长 局长 主任 处长 科长 股长 院长 校长 园长 所长 监狱长 政委 政治委员 巡视员 调研员 主席 省长 市长 县长 区长 州长 镇长 乡长 村长 行长 台长 社长 厂长 署长 秘书长 总队长 支队长" +
		" 大队长 检察长 庭长 站长 馆长 会长 理事长 董事长 总经理 经理 总裁 总工程师 工程师 委员 组长 队长 专员 研究员 教授 馆员 主编 总编辑 总编 常委 干事 审判员 党委委员 党组成员 成员" +
		" 書記 市長 部長 秘書長 廳長 局長 處長 科長 院長 校長 所長 縣長 區長 鎮長 鄉長 館長 會長 站長 行長 成員 委員 司令 師長 團長 主席 專員")
	officeRanks  = strings.Fields("常务 专职 代理 第一 名誉 首席 高级 副 總 总") // before a noun, nearest last
	officeBodies = strings.Fields("机关党委 黨委 黨組 党委 党组 工委 党总支 党支部 纪委 政法委 团委")

	surnames = runesOf("李王张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤" +
		"温常康施牛洪温柴樊梅祝左路齐庞殷章鲁葛伍乔申翟詹盛聂焦柳邢骆岳宁解柏窦苗凌费纪靳欧包翁舒柯倪季卞兰关涂屈童蓝司阮甘艾卓毕房冉裴谷时单游阳裘尚简项燕沙米阙习" +
		"習張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯溫龐齊魯喬聶駱寧費紀歐關蘭時單陽項")
	doubleSurnames = strings.Fields("欧阳 司马 上官 诸葛 慕容 皇甫 尉迟 东方 司徒 令狐 夏侯 端木 公孙 歐陽 司馬 諸葛 東方 尉遲")

	notInNames = runesOf("的了在是和与與及等们們于於会會这那其各并對对将將已也都很最、某长長员員副部厅廳局委处處科县縣")
	// what goes on behind a name
	goesOnOne = runesOf("作在等到率带帶说說对就向为為与和及从以赴致陪任的")
	goesOnTwo = setOf("出席 应邀 主持 参加 致辞 致词 讲话 陪同 同志 先生 女士 介绍 表示 指出 强调 要求 宣布 汇报 代表 演奏 传达 宣读 分别 一行 围绕 带领 带队 深入 前往 走访 检查 调研 视察 听取 回顾 发表 发言 总结 通报 签署 会见 接受 认为 提出 主讲 授课 亲自 首先 随后" +
		" 最后 告诉 透露 解释 说明 补充 现场 专程 当选 担任 列席 到会 宣讲 讲授 慰问 看望 组织 牵头 负责 揭牌 剪彩 颁奖 表演 朗诵 演唱 点评 部署 安排 还就 还对 进行 获得 提醒 希望 呼吁 赠送 接待 参观 考察 督查 督导 出任 因公 同样 正在 主導 主講 參加 講話 講演 致詞 代表")
	notNames = setOf("马上 高度 方面 严格 任何 何时 何在 万一 江南 金融 田间 黄河 石油 谢谢 龙头 毛病 白天 余下 马路 唐代 宋代 秦代 单位 关于 时间 时任 解决 项目 任务 任命 任期 常务 常年 康复 关心 司法 温暖 包括 简要 简单 向前 向上 牛年 马年 兰州 甘肃 江苏 云南 贵州 湖南 宁夏 柳州 石家庄 连同 高等 高级 严肃 严重 安全 全面 路上 阳光 游客 米面 方案 方法 包联")
)

func runesOf(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}

// officeStarts and officeSeconds are the first and the second characters of the nouns: what is looked at first.
var (
	officeStarts  = startsOf(slices.Collect(maps.Keys(officeNouns)))
	officeSeconds = func() *runeSet {
		var rests []string
		for noun := range officeNouns {
			rests = append(rests, noun[han:])
		}
		return startsOf(rests)
	}()
)

const han = 3 // bytes of a Han character outside the rare ones

// nounAt is how many bytes the longest noun of an office at the beginning of s takes.
func nounAt(s string) int {
	if len(s) < 2*han {
		return 0
	}
	if second, _ := utf8.DecodeRuneInString(s[han:]); !officeSeconds.has(second) {
		return 0
	}
	for n := min(4*han, len(s)); n >= 2*han; n -= han {
		if officeNouns[s[:n]] && !strings.HasPrefix(s[n:], "会") && !strings.HasPrefix(s[n:], "會") && !strings.HasPrefix(s[n:], "办") {
			return n
		}
	}
	return 0
}

// officeAt is how many bytes an office at the beginning of s takes, its ranks included.
func officeAt(s string) int {
	at := 0
	for _, b := range officeBodies {
		if strings.HasPrefix(s, b) {
			at = len(b)
			break
		}
	}
	for range 3 {
		if r := prefixOf(s[at:], officeRanks); r != "" && nounAt(s[at:]) == 0 {
			at += len(r)
		}
	}
	if n := nounAt(s[at:]); n > 0 {
		return at + n
	}
	return 0
}

func prefixOf(s string, words []string) string {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// findPersons gives the people in s, in order, each name once, with the fullest office.
func findPersons(s string) []person {
	var out []person
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if n != han || !officeStarts.has(r) {
			i += n
			continue
		}
		noun := nounAt(s[i:])
		if noun == 0 {
			i += n
			continue
		}
		start, end := officeBefore(s, i), afterBrackets(s, chainEnd(s, i+noun))
		p, ok := nameAfter(s, start, end)
		if !ok {
			p, ok = nameBefore(s, start, end)
		}
		if ok {
			out = addPerson(out, p)
			if p.rule == "person.office" {
				out = moreNames(out, s, p)
			}
		}
		i = max(end, i+n)
		if ok {
			i = max(i, p.end)
		}
	}
	return out
}

// moreNames reads the names that follow the first with the same office: 副县长张三、李四.
func moreNames(out []person, s string, p person) []person {
	p.rule, p.conf = "person.list", 0.6
	for range most["person"] {
		rest, ok := strings.CutPrefix(s[p.end:], "、")
		if !ok {
			break
		}
		if p.name, _ = nameAt(rest); p.name == "" {
			break
		}
		p.end = len(s) - len(rest) + len(p.name)
		out = addPerson(out, p)
	}
	return out
}

func addPerson(out []person, p person) []person {
	for i, o := range out {
		if o.name == p.name {
			if o.rule == "person.before" && p.rule != o.rule || p.rule == o.rule && len(p.office) > len(o.office) {
				out[i] = p
			}
			return out
		}
	}
	return append(out, p)
}

// officeBefore is where the office begins whose noun is at i: ranks and bodies of the party stand before it.
func officeBefore(s string, i int) int {
	for range 4 {
		if w := endsWithAny(s[:i], officeRanks); w != "" {
			i -= len(w)
		}
	}
	if w := endsWithAny(s[:i], officeBodies); w != "" {
		i -= len(w)
	}
	return i
}

// chainEnd is where the offices end of which the first ends at i: 党委书记、厅长.
func chainEnd(s string, i int) int {
	for {
		next := i
		for _, m := range []string{"、", "，", ",", "兼"} {
			if strings.HasPrefix(s[i:], m) {
				next = i + len(m)
			}
		}
		if next == i {
			return i
		}
		if strings.HasPrefix(s[next:], " ") {
			next++
		}
		n := officeAt(s[next:])
		if n == 0 {
			return i
		}
		i = next + n
	}
}

// nameAfter reads the name behind an office that lies at [start,end).
func nameAfter(s string, start, end int) (person, bool) {
	at := end
	for at < len(s) { // 市长　欧阳建国, and nothing else on the line
		r, n := utf8.DecodeRuneInString(s[at:])
		if r != ' ' && r != '\u3000' && r != '\t' {
			break
		}
		at += n
	}
	name, sure := nameAt(s[at:])
	if name == "" || at > end && !endsLine(s[at+len(name):]) {
		return person{}, false
	}
	from := bodyBefore(s, start)
	for range 3 { // 副市长、公安局局长: another office before that of the body
		from = officesBefore(s, from)
	}
	p := person{name: name, office: s[from:end], start: from, end: at + len(name), conf: 0.65, rule: "person.office"}
	if from < start {
		p.conf = 0.8
	}
	if !sure {
		p.conf -= 0.1
	}
	return p, true
}

// officesBefore is where the office begins that stands before a mark at from, its body included; from where none does.
func officesBefore(s string, from int) int {
	end := from
	for _, m := range []string{"、", "，", ","} {
		if strings.HasSuffix(s[:from], m) {
			end -= len(m)
		}
	}
	for n := 4 * han; n >= 2*han && end < from; n -= han {
		if at := end - n; at >= 0 && officeNouns[s[at:end]] {
			return bodyBefore(s, officeBefore(s, at))
		}
	}
	return from
}

// afterBrackets is where brackets end that begin at s[at] and have offices in them, 副局长（副馆长）; at where none do.
func afterBrackets(s string, at int) int {
	for _, b := range [][2]string{{"(", ")"}, {"（", "）"}} {
		rest, ok := strings.CutPrefix(s[at:], b[0])
		if !ok {
			continue
		}
		inside, _, ok := strings.Cut(rest[:wholeRunes(rest, 20*han)], b[1])
		for i := range inside {
			if ok && nounAt(inside[i:]) > 0 {
				return at + len(b[0]) + len(inside) + len(b[1])
			}
		}
	}
	return at
}

func endsLine(s string) bool {
	s = strings.TrimLeft(s, " \t　")
	return s == "" || s[0] == '\n'
}

// nameAt reads a name at the beginning of s; sure is for those that can be no other words.
func nameAt(s string) (name string, sure bool) {
	family := prefixOf(s, doubleSurnames)
	if family == "" {
		r, n := utf8.DecodeRuneInString(s)
		if !surnames[r] {
			return "", false
		}
		family = s[:n]
	}
	at, ends := len(family), []int{}
	for range 2 {
		r, n := utf8.DecodeRuneInString(s[at:])
		if !unicode.Is(unicode.Han, r) || notInNames[r] && !(len(ends) == 1 && strings.ContainsRune("和为為", r) && ended(s[at+n:])) {
			break
		}
		at += n
		ends = append(ends, at)
	}
	if len(ends) == 0 || len(family) == han && notNames[s[:ends[0]]] {
		return "", false
	}
	for i := len(ends) - 1; i >= 0; i-- {
		if name = s[:ends[i]]; goesOn(s[ends[i]:]) {
			return name, len(name) > 2*han
		}
	}
	return "", false
}

// ended says whether a clause ends here.
func ended(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsSpace(r) || unicode.IsPunct(r) && !strings.ContainsRune("·•・‧", r) // 戴夫·米勒
}

// goesOn says whether what follows can stand behind a name.
func goesOn(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if ended(s) || goesOnOne[r] {
		return true
	}
	_, m := utf8.DecodeRuneInString(s[n:])
	return goesOnTwo[s[:n+m]]
}

// nameBefore reads 李振国厅长 at the beginning of a clause. The name must be of three characters, or a double surname with
// one or two: 林业局长 would be a person otherwise.
func nameBefore(s string, start, end int) (person, bool) {
	from, chars := start, 0
	for chars < 5 && from > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:from])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		from -= n
		chars++
	}
	name := s[from:start]
	if chars < 3 || chars > 4 || notNames[name[:2*han]] {
		return person{}, false
	}
	double := prefixOf(name, doubleSurnames) != ""
	first, n := utf8.DecodeRuneInString(name)
	if chars == 4 && !double || !double && !surnames[first] {
		return person{}, false
	}
	for _, r := range name[n:] {
		if notInNames[r] || strings.ContainsRune("市区區州省镇鎮乡鄉村厂站所院校馆館班队隊组組社团团司业業公总總第届界", r) {
			return person{}, false
		}
	}
	return person{name: name, office: s[start:end], start: from, end: end, conf: 0.6, rule: "person.before"}, true
}
