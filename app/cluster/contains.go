package cluster

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// This file finds institutions that are named with and without the place before them
// (司法厅, 宁夏司法厅, 宁夏回族自治区司法厅), companies with and without what they are
// by law, and people with and without what they are called by.

// How much of two names has to be the same, in Han characters.
const (
	leastShared = 3 // the short one
	mostMore    = 8 // that the long one has beyond it
	longestName = 4 // of a person
)

// tables are the characters and endings by which names are known.
type nameTables struct {
	bodies, noBodies []string // how institutions end, and words that end so and are none
	legal, titles    []string // what can stand behind a company, and behind a person
	numeral          map[rune]bool
	begins           map[rune]bool // with which no place begins
	joins            map[rune]bool // which stand between two names
}

var names = nameTables{
	bodies: ends(`厅 局 署 馆 站 矿 厂 店 校 委 院 队 狱 室 处 科 所 府 庭 部 办 社 司 关 大学 中学 小学 学院 银行 支行 分行 中心 集团 旅团 兵团 社团 剧团
		文工团 委员会 协会 学会 工会 商会 联合会 理事会 研究会 基金会 代表会 常委会 党委 党组 支部 电视台 广播台 农场 林场 牧场 动物园 植物园 公园 幼儿园`),
	noBodies: ends(`干部 内部 外部 全部 局部 家庭 本科 学科 专科 内科 外科 百科 好处 用处 场所 住所 厕所 教室 公关 布局 格局 结局 大局 全局 当局 政委 常委 军队 机关`),
	legal:    ends(`公司 有限公司 有限责任公司 股份有限公司 股份公司 集团 集团公司 集团有限公司 集团有限责任公司`),
	titles: ends(`同志 先生 女士 厅长 局长 部长 省长 市长 县长 区长 州长 镇长 乡长 处长 科长 院长 校长 所长 站长 馆长 主任 书记 主席 总理 教授 博士
		秘书长 检察长 经理 总经理 董事长 副厅长 副局长 副部长 副省长 副市长 副县长 副书记 副主任 副主席`),
	numeral: set("〇零一二三四五六七八九十百千"),
	begins:  set("反非无未不副各向致驻由被给"),
	joins:   set("和与及暨、"),
}

// isBody says whether a name is that of an institution by its ending.
func (t *nameTables) isBody(s string) bool { return endsIn(s, t.bodies) && !endsIn(s, t.noBodies) }

// isPlace says whether what stands before an institution can be its place: no other
// institution, no number of it, nothing that says something else of it.
func (t *nameTables) isPlace(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return !t.begins[first] && !t.joins[last] && !t.numeral[last] && !strings.ContainsRune(s, '第') && !t.isBody(s)
}

// How a long name has more than a short one.
const (
	noMore    = iota
	placeMore // its place, before it
	legalMore // what a company is by law, behind it
	titleMore // what a person is called by, behind it
)

// more says how a long name has more than a short one, whose words are all Han
// characters, and what it is that it has more.
func (t *nameTables) more(short, long string) (how int, rest string) {
	count := utf8.RuneCountInString
	if before, ok := strings.CutSuffix(long, short); ok && t.isBody(short) && t.isPlace(before) {
		how, rest = placeMore, before
	} else if behind, ok := strings.CutPrefix(long, short); ok {
		switch {
		case slices.Contains(t.legal, behind):
			how, rest = legalMore, behind
		case slices.Contains(t.titles, behind) && count(short) <= longestName && !t.isBody(short):
			how, rest = titleMore, behind
		}
	}
	if n := count(rest); n < 1 || n > mostMore || count(short) < leastShared {
		return noMore, ""
	}
	return how, rest
}

// within says whether the characters of a stand in b in their order: 宁夏 in 宁夏回族自治区.
func within(a, b string) bool {
	for _, r := range a {
		i := strings.IndexRune(b, r)
		if i < 0 {
			return false
		}
		b = b[i+utf8.RuneLen(r):]
	}
	return true
}

// longer is a name that has more than a short one.
type longer struct {
	class int
	how   int
	rest  string
}

// contained groups names by their short form. One that many places have means no one of
// them, so that it is a group only with the long forms of one place, where these are at
// least four in five of all long forms.
func (s *Set) contained(ctx context.Context) (out []Group, err error) {
	longs := map[int][]longer{} // by the class of the short form
	han := map[string]int{}
	for i := range s.words {
		if s.words[i].allHan() {
			han[s.words[i].key] = i
		}
	}
	for i := range s.words {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c := &s.words[i]
		if at, ok := han[c.key]; !ok || at != i || len(c.words) <= leastShared {
			continue
		}
		for _, short := range c.within(han) {
			if how, rest := names.more(s.words[short].key, c.key); how != noMore {
				longs[short] = append(longs[short], longer{i, how, rest})
			}
		}
	}
	shorts := make([]int, 0, len(longs))
	for short := range longs {
		shorts = append(shorts, short)
	}
	slices.SortFunc(shorts, func(a, b int) int { return cmp.Or(len(s.words[a].words)-len(s.words[b].words), a-b) })
	taken := map[int]bool{}
	for _, short := range shorts {
		if taken[short] {
			continue
		}
		for how := placeMore; how <= titleMore; how++ {
			var free []longer
			for _, l := range longs[short] {
				if l.how == how && !taken[l.class] {
					free = append(free, l)
				}
			}
			chain := s.ofOnePlace(free)
			if len(chain) == 0 {
				continue
			}
			classes, full := []int{short}, short
			for _, l := range chain {
				classes = append(classes, l.class)
				if how != titleMore && len(s.words[l.class].words) > len(s.words[full].words) {
					full = l.class
				}
			}
			for _, c := range classes {
				taken[c] = true
			}
			out = append(out, s.group(Contains, s.valuesOf(classes), s.values[s.words[full].values[0]].Text))
			break
		}
	}
	return out, nil
}

// within are the classes, of those of Han characters by their keys, that such a name ends
// in, or begins with.
func (c *class) within(han map[string]int) (out []int) {
	offsets := make([]int, 0, len(c.words)+1)
	for i := range c.key {
		offsets = append(offsets, i)
	}
	n := len(offsets)
	offsets = append(offsets, len(c.key))
	for more := 1; more <= mostMore && n-more >= leastShared; more++ {
		for _, part := range []string{c.key[offsets[more]:], c.key[:offsets[n-more]]} {
			if at, ok := han[part]; ok && !slices.Contains(out, at) { // it may begin and end so
				out = append(out, at)
			}
		}
	}
	return out
}

// mostPlaces is how many long forms are tried as the fullest one.
const mostPlaces = 32

// ofOnePlace are those of some long forms of a name whose rest stands in that of the
// longest of them, where they are at least four in five by their documents; none where
// there is no such place.
func (s *Set) ofOnePlace(all []longer) []longer {
	slices.SortFunc(all, func(a, b longer) int { return a.class - b.class }) // the most frequent first
	total, most := 0, 0
	for _, l := range all {
		total += s.words[l.class].n
	}
	var best []longer
	for _, full := range all[:min(len(all), mostPlaces)] {
		var chain []longer
		n := 0
		for _, l := range all {
			if within(l.rest, full.rest) {
				chain = append(chain, l)
				n += s.words[l.class].n
			}
		}
		if n > most || n == most && len(chain) > len(best) {
			best, most = chain, n
		}
	}
	if most*5 < total*4 {
		return nil
	}
	return best
}
