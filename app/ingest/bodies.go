package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bodies and places in the body of a text, where the words beside them say so: in 某局召开 a body, in 在某监狱开展 a place,
// in 观摩了白沙镇、柳林镇 places.

// reach is how far back the name of a body goes, in code points.
const reach = 24

var (
	// words behind which a name begins
	leads = strings.Fields("出席 邀请 时任 现任 会同 陪同 来自 会上 会后 会议由 期间 随后 日前 近日 当天 当日 据 的 兼 由 请 向 对 到 与 和 及 让 给 在 经 为")
	// what would be cut in the middle by one of these
	notLeads = strings.Fields("和平 和田 和县 和顺 对外 对口 经济 经贸 经开 经信 经营 在线 为民 由来 到位 向阳 请示 和社会 和城乡 和信息 和改革 和计划 和旅游 和自然 和环境 和体育 和文物 和老龄 和医疗 和公共 和国")
	// what the last character of the body of an office may be
	bodyLast = runesOf("局厅部委办辦署院处科室股所站队心馆学校司团会社省市区县旗镇乡村州府关狱系组行厂矿园场中小道居支廳處縣區鎮鄉館會團")
)

// bodyBefore is where the body begins whose office is at start; start where there is none.
func bodyBefore(s string, start int) int {
	end := start
	if strings.HasSuffix(s[:start], ")") || strings.HasSuffix(s[:start], "）") { // 某局（某办）副局长
		window := s[max(0, start-reach*han):start]
		if i := max(strings.LastIndex(window, "("), strings.LastIndex(window, "（")); i > 0 {
			end = start - len(window) + i
		}
	}
	from := end
	for range reach {
		r, n := utf8.DecodeLastRuneInString(s[:from])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		from -= n
	}
	run := s[from:end]
	if last, _ := utf8.DecodeLastRuneInString(run); run == "" || !bodyLast[last] && !strings.HasSuffix(run, "直机关") {
		return start
	}
	cut := 0
	for _, w := range leads {
		if i := strings.LastIndex(run, w); i >= 0 && i+len(w) > cut && prefixOf(run[i:], notLeads) == "" && i+len(w) < len(run) {
			cut = i + len(w)
		}
	}
	if utf8.RuneCountInString(run[cut:]) < 1 || prefixOf(run[cut:], notBodies) != "" {
		return start
	}
	return from + cut
}

// notBodies begin what is no body's name: 各县区, 全市.
var notBodies = strings.Fields("各 全 有关 相关 其他 其它 多个 几 两个 三个 四个 部分 所有 每 某 该 一些 许多 不少 广大")

var acts = strings.Fields("召开 举行 举办 开展 组织 主办 承办 印发 下发 发布 会同 联合 决定 启动 成立 制定 出台 获得 荣获 对 向 在 召開 舉行")

// actStarts are the first characters of acts: what is looked at first.
var actStarts = startsOf(acts)

// A runeSet holds code points below 10000 (hex), where Han characters lie but for the rare ones.
type runeSet [1 << 10]uint64

func (s *runeSet) has(r rune) bool { return r < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

func startsOf(words []string) *runeSet {
	s := &runeSet{}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		s[r>>6] |= 1 << (r & 63)
	}
	return s
}

var meets = strings.Fields("召开 举行 举办 开展 进行 开班 开幕 闭幕 揭牌 启动 成立 调研 视察 检查 座谈 召開 舉行")

// orgEnds are the ends of names of bodies that are surely names.
var orgEnds = strings.Fields("人民政府 委员会 办公厅 办公室 公司 集团 学院 大学 学校 中学 小学 监狱 戒毒所 党校 医院 法院 检察院 图书馆 档案馆 博物馆 文化馆 协会 学会 联合会 基金会 商会 工会 中心 街道办事处 司法所 派出所 支队 总队 大队 厅 局 委")

var hallEnds = strings.Fields("宾馆 酒店 饭店 礼堂 会堂 广场 公园 体育馆 体育场 剧院 会展中心 车站 码头 机场 工地 水库 社区")

var placeEnds = runesOf("省市县区州旗镇乡村縣區鎮鄉盟")

// bodiesAndPlaces proposes them from s, which begins at the code point at.
func (p *proposer) bodiesAndPlaces(s string, at int) {
	clause := func(c string, at, chars int) {
		if 0 < chars && chars <= 200 {
			p.placesOf(c, at, chars)
			p.bodyOf(c, at)
		}
	}
	from, chars := 0, 0 // of the clause
	for i, r := range s {
		if r >= 0x4E00 && r < 0xA000 || r == '〇' || unicode.Is(unicode.Han, r) {
			chars++
			continue
		}
		clause(s[from:i], at, chars)
		_, n := utf8.DecodeRuneInString(s[i:])
		at += chars + 1
		from, chars = i+n, 0
	}
	clause(s[from:], at, chars)
}

// bodyOf proposes the body with which a clause begins and which acts in it.
func (p *proposer) bodyOf(c string, at int) {
	if !hasAct(c) {
		return
	}
	lead := prefixOf(c, leads)
	c = c[len(lead):]
	if prefixOf(c, notBodies) != "" || prefixOf(lead+c, notLeads) != "" {
		return
	}
	for i, n := 0, 0; i < len(c) && n < reach; n++ {
		r, w := utf8.DecodeRuneInString(c[i:])
		if n >= 4 && actStarts.has(r) && prefixOf(c[i:], acts) != "" && endsWithAny(c[:i], orgEnds) != "" && named(c[:i]) {
			for _, o := range p.out {
				if (o.Field == "dcterms:creator" || o.Field == placeField) && o.Value == c[:i] {
					return
				}
			}
			p.add(personField, c[:i], "", "body.acts", at+utf8.RuneCountInString(lead), n, 0.55)
			return
		}
		i += w
	}
}

// hasAct says whether a body can act in a clause: behind at least four characters.
func hasAct(c string) bool {
	n := 0
	for i, r := range c {
		if n++; n > 4 && actStarts.has(r) && prefixOf(c[i:], acts) != "" {
			return true
		}
		if n > 2*reach {
			break
		}
	}
	return false
}

// named says whether the name of a body says whose: it names a place, or more than a kind of body.
func named(s string) bool {
	n := 0
	for _, r := range s {
		if n > 0 && placeEnds[r] {
			return true
		}
		n++
	}
	return n >= 5 && endsWithAny(s, []string{"监狱", "法院", "检察院", "大学", "学院", "公司", "集团", "图书馆", "档案馆", "博物馆"}) != ""
}

// placesOf proposes the places in a clause of n code points.
func (p *proposer) placesOf(c string, at, n int) {
	for from := 0; ; { // 在某地召开
		i := strings.Index(c[from:], "在")
		if i < 0 {
			break
		}
		from += i + len("在")
		name := beforeAny(c[from:], meets)
		n := utf8.RuneCountInString(name)
		last, _ := utf8.DecodeLastRuneInString(name)
		if n >= 3 && n <= 16 && prefixOf(name, notBodies) == "" && (placeEnds[last] || endsWithAny(name, hallEnds) != "" || endsWithAny(name, orgEnds) != "") && !strings.ContainsAny(name, "的了") {
			p.add(placeField, name, "", "place.where", at+utf8.RuneCountInString(c[:from]), n, 0.6)
		}
	}
	// 白沙镇, between marks
	if last, _ := utf8.DecodeLastRuneInString(c); n >= 3 && (n <= 4 && townEnds[last] || n <= 9 && endsWithAny(c, autonomous) != "") && !strings.ContainsFunc(c, func(r rune) bool { return notInPlaces[r] }) {
		p.add(placeField, c, "", "place.name", at, n, 0.55)
	}
}

var (
	townEnds    = runesOf("省县旗镇乡村縣鎮鄉")
	autonomous  = strings.Fields("自治区 自治州 自治县 街道")
	notInPlaces = runesOf("不出过过请各全对日个大小事为有的了在是和与及到从向来去其本我该每某几两三四五六七八九十一二所把被让多入进下成建")
)

func beforeAny(s string, words []string) string {
	end := -1
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return ""
	}
	return s[:end]
}

const (
	personBytes = 64 << 10 // of a text that is looked at for people
	placeBytes  = 6 << 10  // of its body for bodies and places
	eventBytes  = 3 << 10  // of its body for the day of the event
)

// body proposes what the body of a text says: the first line of it is head[i].
func (p *proposer) body(text string, head []zoneLine, i int) {
	if !strings.ContainsFunc(text[:wholeRunes(text, 4<<10)], func(r rune) bool { return r >= 0x3400 }) {
		return
	}
	if i < len(head) {
		from := byteAt(text, head[i].start)
		body := text[from:]
		p.event(text, body[:wholeRunes(body, eventBytes)], head[i].start)
		p.bodiesAndPlaces(body[:wholeRunes(body, placeBytes)], head[i].start)
	}
	seen, chars := 0, 0
	for _, o := range findPersons(text[:wholeRunes(text, personBytes)]) {
		chars += utf8.RuneCountInString(text[min(seen, o.start):o.start])
		if seen > o.start {
			chars = utf8.RuneCountInString(text[:o.start])
		}
		seen = o.start
		p.add(personField, o.name, o.office, o.rule, chars, utf8.RuneCountInString(text[o.start:o.end]), o.conf)
	}
}

// wholeRunes is the length of the beginning of s of at most n bytes that ends with a whole character.
func wholeRunes(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}
