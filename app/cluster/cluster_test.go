package cluster

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var ctx = context.Background()

// said is what a method finds in values, one group a line, the values apart by a slash.
func said(t *testing.T, m Method, values ...Value) string {
	t.Helper()
	groups, err := Find(ctx, m, values)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, g := range groups {
		if g.Method != m {
			t.Errorf("a group of %s says that it is of %s", m, g.Method)
		}
		var texts []string
		for _, v := range g.Values {
			texts = append(texts, v.Text)
		}
		lines = append(lines, strings.Join(texts, "/")+" → "+g.Into)
	}
	return strings.Join(lines, "\n")
}

// once are values that one document has each; with a star and a number behind one as many.
func once(texts ...string) (out []Value) {
	for _, text := range texts {
		n := 1
		if at := strings.LastIndexByte(text, '*'); at > 0 {
			if _, err := fmt.Sscan(text[at+1:], &n); err == nil {
				text = text[:at]
			}
		}
		out = append(out, Value{text, n})
	}
	return out
}

func TestMethods(t *testing.T) {
	for _, tt := range []struct {
		name string
		m    Method
		in   []string
		want string
	}{
		{"traditional and simplified", Folded, []string{"司法廳*2", "司法厅*5", "公安厅"}, "司法厅/司法廳 → 司法厅"},
		{"case and spaces", Folded, []string{"Ministry of  Justice*3", "ministry of justice", "MINISTRY OF JUSTICE."}, "Ministry of  Justice/MINISTRY OF JUSTICE./ministry of justice → Ministry of  Justice"},
		{"width and brackets", Folded, []string{"国发〔2015〕３号", "国发(2015)3号"}, "国发(2015)3号/国发〔2015〕３号 → 国发(2015)3号"},
		{"marks of letters", Folded, []string{"Zürich", "Zurich*2"}, "Zurich/Zürich → Zurich"},
		{"spaces around", Folded, []string{" 司法厅", "司法厅"}, "司法厅/ 司法厅 → 司法厅"},
		{"numbers do not run into one", Folded, []string{"No 1 23", "No 12 3", "1-23", "12-3", "123"}, ""},
		{"a sign between numbers", Folded, []string{"Series 1.5", "Series 1-5", "Series 15", "1949—1978年", "1949-1978 年", "1949–1978年。"}, "1949-1978 年/1949–1978年。/1949—1978年 → 1949-1978 年"},
		{"a sign of a date is meant", Folded, []string{"2015?", "2015~", "2015", "-0044", "0044"}, ""},
		{"signs that mean something", Folded, []string{"C#", "C", "C&A", "CA"}, ""},
		{"nothing", Folded, []string{"", " ", "　"}, ""},
		{"punctuation alone", Folded, []string{"?", "？", "！"}, "?/？ → ?"},

		{"another order", Order, []string{"Ministry of Justice*3", "Justice, Ministry of", "justice, ministry of"}, "Ministry of Justice/Justice, Ministry of/justice, ministry of → Ministry of Justice"},
		{"the same order is no other one", Order, []string{"Ministry of Justice", "ministry of justice"}, ""},
		{"numbers keep theirs", Order, []string{"Part 1 of 2", "Part 2 of 1", "Report 12 May 1920", "May 12 1920 Report"}, "May 12 1920 Report/Report 12 May 1920 → May 12 1920 Report"},
		{"Han has no words", Order, []string{"法司厅", "司法厅"}, ""},
		{"one word", Order, []string{"Justice", "justice"}, ""},
		{"how often", Order, []string{"John John Smith", "John Smith Smith"}, ""},

		{"with its place", Contains, []string{"司法厅*9", "宁夏司法厅*3", "宁夏回族自治区司法厅"}, "司法厅/宁夏司法厅/宁夏回族自治区司法厅 → 宁夏回族自治区司法厅"},
		{"traditional", Contains, []string{"司法廳", "宁夏司法厅*3"}, "宁夏司法厅/司法廳 → 宁夏司法厅"},
		{"of many places", Contains, []string{"人民政府*9", "北京市人民政府*3", "上海市人民政府*3", "天津市人民政府*2"}, ""},
		{"of one place nearly always", Contains, []string{"司法厅*9", "宁夏司法厅*20", "河南司法厅"}, "宁夏司法厅/司法厅 → 宁夏司法厅"},
		{"two forms of a place", Contains, []string{"人民政府*9", "北京市人民政府*3", "上海市人民政府*3", "中国上海市人民政府*2"}, "上海市人民政府/中国上海市人民政府 → 中国上海市人民政府"},
		{"no chain", Contains, []string{"司法厅", "区司法厅", "自治区司法厅", "族自治区司法厅", "夏回族自治区司法厅", "宁夏回族自治区司法厅", "国中宁夏回族自治区司法厅"},
			"宁夏回族自治区司法厅/夏回族自治区司法厅/族自治区司法厅/自治区司法厅/区司法厅/司法厅 → 宁夏回族自治区司法厅"},
		{"not three characters", Contains, []string{"法院", "银川法院"}, ""},
		{"too much more", Contains, []string{"司法厅", "一个很长很长的地方名司法厅"}, ""},
		{"a narrower term", Contains, []string{"工程建设", "水利工程建设", "党员干部", "农村党员干部"}, ""},
		{"two institutions", Contains, []string{"司法厅", "公安厅、司法厅", "公安厅和司法厅"}, ""},
		{"its office", Contains, []string{"宁夏司法厅", "宁夏司法厅办公室", "办公室"}, ""},
		{"the second one", Contains, []string{"人民医院", "银川第二人民医院", "第二人民医院"}, "银川第二人民医院/第二人民医院 → 银川第二人民医院"},
		{"a company", Contains, []string{"宁夏电力*3", "宁夏电力有限公司", "宁夏电力有限责任公司"}, "宁夏电力/宁夏电力有限责任公司/宁夏电力有限公司 → 宁夏电力有限责任公司"},
		{"a person", Contains, []string{"李振国", "李振国厅长*2"}, "李振国厅长/李振国 → 李振国"},
		{"the head of an institution", Contains, []string{"宁夏司法厅", "宁夏司法厅厅长"}, ""},
		{"Latin is none", Contains, []string{"Justice", "Ministry of Justice"}, ""},

		{"another character", Typo, []string{"宁夏回族自治区司法厅*6", "宁夏回族自冶区司法厅", "宁夏司法厅*3", "宁夏司发厅"}, "宁夏回族自治区司法厅/宁夏回族自冶区司法厅 → 宁夏回族自治区司法厅\n宁夏司法厅/宁夏司发厅 → 宁夏司法厅"},
		{"one less", Typo, []string{"银川市司法局*3", "银川司法局"}, "银川市司法局/银川司法局 → 银川市司法局"},
		{"twice", Typo, []string{"宁夏司法厅*3", "宁夏司司法厅"}, "宁夏司法厅/宁夏司司法厅 → 宁夏司法厅"},
		{"years", Typo, []string{"2015年通知*9", "2016年通知", "２０１７年通知"}, ""},
		{"issues", Typo, []string{"宁夏司法简报第3期*9", "宁夏司法简报第4期", "宁夏司法简报第三期", "宁夏司法简报第四期*9"}, ""},
		{"places", Typo, []string{"南京市公安局*9", "南宁市公安局", "河南省财政厅*9", "湖南省财政厅", "湖北省财政厅*9", "东城区人民法院*9", "西城区人民法院"}, ""},
		{"levels", Typo, []string{"吉林省公安厅办公室*9", "吉林市公安厅办公室"}, ""},
		{"kinds of documents", Typo, []string{"关于召开会议的通知*9", "关于召开会议的通报"}, ""},
		{"a list", Typo, []string{"党的建设工作报告*9", "党的纪律工作报告", "机关党建工作报告*9", "机关党群工作报告", "机关党务工作报告"}, ""},
		{"both are frequent", Typo, []string{"水利建设工程*9", "水电建设工程*8"}, ""},
		{"the contrary", Typo, []string{"银川非公有制经济*9", "银川公有制经济"}, ""},
		{"short", Typo, []string{"司法厅*9", "司发厅", "水利工程*9", "水电工程"}, ""},
		{"letters", Typo, []string{"Ministry of Justice*3", "Ministry of Justce", "Minsitry of Justice"}, "Ministry of Justice/Minsitry of Justice/Ministry of Justce → Ministry of Justice"},
		{"two letters of nine", Typo, []string{"Archaeological Survey*3", "Archeologicl Survey", "Archives*3", "Achivs"}, "Archaeological Survey/Archeologicl Survey → Archaeological Survey"},
		{"initials and short words", Typo, []string{"John A. Smith*3", "John B. Smith", "Iran*3", "Iraq", "Series A*3", "Series B"}, ""},
		{"the first letter", Typo, []string{"Russia*3", "Prussia"}, ""},
		{"numbers of letters", Typo, []string{"Fonds12345*3", "Fonds12346", "WSJB-D10-0001*3", "WSJB-Y10-0001"}, ""},
		{"not one slip of another", Typo, []string{"Justice*9", "Justise*3", "Jutise"}, "Justice/Justise → Justice"},
		{"the same when folded", Typo, []string{"Justice*3", "justice", "JUSTICE"}, ""},
	} {
		t.Run(string(tt.m)+" "+tt.name, func(t *testing.T) {
			if got := said(t, tt.m, once(tt.in...)...); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// What all become is the most frequent value, of these one without spaces too many, then
// the longer one, then the first.
func TestInto(t *testing.T) {
	if got := said(t, Folded, once("justice", "JUSTICE", "Justice")...); !strings.HasSuffix(got, "→ JUSTICE") {
		t.Error(got)
	}
	if got := said(t, Folded, once("justice", "justice.", "Justice")...); !strings.HasSuffix(got, "→ justice.") {
		t.Error(got)
	}
	if got := said(t, Folded, once("of  justice", "of justice", "of justice ")...); !strings.HasSuffix(got, "→ of justice") {
		t.Error(got)
	}
	if got := said(t, Folded, Value{"justice", 1}, Value{"justice.", 1}, Value{"justice", 1}, Value{"JUSTICE", 0}); got != "justice/justice. → justice" {
		t.Error(got)
	}
}

func TestFindStops(t *testing.T) {
	over, cancel := context.WithCancel(ctx)
	cancel()
	for _, m := range Methods() {
		if groups, err := Find(over, m, once("司法厅", "司法廳")); err == nil || groups != nil {
			t.Errorf("%s goes on: %v", m, groups)
		}
	}
}

// A hundred thousand distinct values, of names as they are met: of places and
// institutions, with slips, in English and Chinese.
func many(n int) []Value {
	r := rand.New(rand.NewPCG(1, 2))
	places := strings.Fields("宁夏 宁夏回族自治区 河南省 湖南省 银川市 石嘴山市 吴忠市 固原市 中卫市 北京市 上海市 兰州市 西安市 西宁市 呼和浩特市")
	bodies := strings.Fields("司法厅 司法局 公安厅 公安局 人民政府 人民法院 人民检察院 财政厅 教育局 水利局 民政局 档案馆 博物馆 图书馆 农业农村局 监狱管理局")
	chars := []rune("党建设工作会议通知报告管理服务经济农村水利教育文化卫生体育科技交通环境保护安全生产土地资源规划统计审计税务")
	letters := []rune("abcdefghijklmnopqrstuvwxyz")
	some := func(of []rune, n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(of[r.IntN(len(of))])
		}
		return b.String()
	}
	seen := map[string]bool{}
	var out []Value
	for len(out) < n {
		var text string
		if len(out) < len(bodies) {
			text = bodies[len(out)]
			seen[text] = true
			out = append(out, Value{text, 9})
			continue
		}
		switch r.IntN(4) {
		case 0:
			text = places[r.IntN(len(places))] + some(chars, r.IntN(4)) + bodies[r.IntN(len(bodies))]
		case 1:
			text = some(chars, 4+r.IntN(20))
		case 2:
			text = strings.ToUpper(some(letters, 1)) + some(letters, 3+r.IntN(9)) + " " + some(letters, 2) + " " + some(letters, 5+r.IntN(8))
		default:
			text = places[r.IntN(len(places))] + bodies[r.IntN(len(bodies))] + fmt.Sprint(1949+r.IntN(70), "年第", r.IntN(400), "号")
			if r.IntN(20) == 0 {
				text = strings.ReplaceAll(text, "年", " 年（") + "）"
			}
		}
		if !seen[text] {
			seen[text] = true
			out = append(out, Value{text, 1 + r.IntN(5)})
		}
	}
	return out
}

// A hundred thousand distinct values: each method's figure beside its floor, with what it
// takes to make the values ready.
func TestBenchMethods(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("FONDS_BENCH is not set")
	}
	values := many(100_000)
	begin := time.Now()
	s := NewSet(values)
	ready := time.Since(begin)
	for m, most := range map[Method]time.Duration{Folded: 2 * time.Second, Order: 2 * time.Second, Contains: 2 * time.Second, Typo: 4 * time.Second} {
		begin = time.Now()
		groups, err := s.Find(ctx, m)
		took := ready + time.Since(begin)
		t.Logf("%-10s %8d groups  %8.2f s  floor %.0f s", m, len(groups), took.Seconds(), most.Seconds())
		if err != nil || took > most {
			t.Errorf("%s takes %v (%v)", m, took, err)
		}
	}
}

// Forty thousand values that are all alike in one way are seconds of work: two by two they
// would be minutes.
func TestBenchNotQuadratic(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("FONDS_BENCH is not set")
	}
	for name, make := range map[string]func(i int) string{
		"one character": func(i int) string {
			return "宁夏司" + string(rune(0x4E00+i%20000)) + "厅" + string(rune(0x4E00+i/20000)) + "室"
		},
		"one word":  func(i int) string { return "Department of " + word(i) + " Affairs" },
		"one place": func(i int) string { return string(rune(0x4E00+i%20000)) + string(rune(0x4E00+i/20000)) + "司法厅" },
		"a's":       func(i int) string { return strings.Repeat("a", 6+i%30) + word(i) },
	} {
		values := []Value{{"司法厅", 3}}
		for i := range 40_000 {
			values = append(values, Value{make(i), 1 + i%3})
		}
		begin := time.Now()
		for _, m := range Methods() {
			if _, err := Find(ctx, m, values); err != nil {
				t.Fatal(err)
			}
		}
		took := time.Since(begin)
		t.Logf("%s: %v", name, took)
		if took > 30*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

// word is the i-th word of letters.
func word(i int) string {
	var b []byte
	for range 7 {
		b = append(b, byte('a'+i%11))
		i /= 11
	}
	slices.Reverse(b)
	return string(b)
}
