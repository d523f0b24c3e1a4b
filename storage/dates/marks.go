package dates

import (
	"regexp"
	"slices"
	"strings"
)

// mark is what stands before or behind a date and says something of it.
type mark struct {
	prefix, suffix []string
	apply          func(f *found) bool
}

func qualify(q Qualification) func(*found) bool {
	return func(f *found) bool {
		f.Value = f.Value.qualified(q)
		if q&Uncertain > 0 {
			f.Certainty = Doubtful
		}
		return true
	}
}

func set(make func(v Value, within bool) (Value, bool), within bool) func(*found) bool {
	return func(f *found) (ok bool) {
		if f.span {
			return false
		}
		f.Value, ok = make(f.Value, within)
		return ok
	}
}

func half(n int) func(*found) bool {
	return func(f *found) (ok bool) {
		from, _ := f.Value.Earliest()
		to, _ := f.Value.Latest()
		if f.span || to.Year-from.Year != 99 {
			return false
		}
		f.Value = interval(yearPoint(from.Year+50*int64(n)), yearPoint(from.Year+50*int64(n)+49))
		return true
	}
}

func partOf(n int) func(*found) bool {
	return func(f *found) (ok bool) {
		if f.span {
			return false
		}
		f.Value, ok = third(f.Value, n)
		f.note(NoteThird)
		return ok
	}
}

// since is from a date on; where it has an end already it stays.
func since(f *found) bool {
	if f.Value.kind == Date {
		from, _ := f.Value.ends()
		f.Value = interval(from, point{edge: open})
	}
	return f.Value.kind == Interval
}

func nothing(*found) bool { return true }

// marks are looked for in this order: what is longer comes before what it ends or begins with.
var marks = []mark{
	{suffix: []string{"[?]", "(?)", "?", "(存疑)", ",存疑", "存疑", "(uncertain)", ", uncertain", " uncertain"}, apply: qualify(Uncertain)},
	{prefix: []string{"perhaps ", "probably ", "possibly ", "maybe ", "可能是", "可能", "疑为", "疑是", "疑"}, apply: qualify(Uncertain)},
	{prefix: []string{"circa ", "ca. ", "ca.", "ca ", "c. ", "c.", "c ", "about ", "around ", "approximately ", "approx. ", "approx ", "abt. ", "abt ",
		"大约在", "大约", "大概", "约在", "约"}, apply: qualify(Approximate)},
	{suffix: []string{"左右", "前后"}, apply: qualify(Approximate)},
	{prefix: []string{"not after ", "no later than ", "by ", "until ", "till ", "up to ", "截止到", "截止至", "截至", "截止", "迄", "至"},
		suffix: []string{" or earlier", " or before", " and before", "(含)以前", "及以前", "及之前", "或以前", "或之前", "或更早", "为止", "止"}, apply: set(before, true)},
	{prefix: []string{"before ", "bef. ", "prior to ", "pre-", "pre "}, suffix: []string{"以前", "之前", "前"}, apply: set(before, false)},
	{prefix: []string{"not before ", "no earlier than "},
		suffix: []string{" or later", " or after", " and after", "及以后", "及之后", "或以后", "或之后", "或更晚"}, apply: set(after, true)},
	{prefix: []string{"since ", "自从"}, suffix: []string{" onwards", " onward", " to the present", " to present", " - present", "-present", " -", "-", " to date", "以来", "起至今", "至今", "开始", "起"}, apply: since},
	{prefix: []string{"after ", "post-", "post "}, suffix: []string{"以后", "之后", "后"}, apply: set(after, false)},
	{prefix: []string{"from ", "自", "从"}, apply: since},
	{prefix: []string{"first half of the ", "the first half of the "}, suffix: []string{"上半叶", "前半叶", "前半期", "前半"}, apply: half(0)},
	{prefix: []string{"second half of the ", "the second half of the "}, suffix: []string{"下半叶", "后半叶", "后半期", "后半"}, apply: half(1)},
	{prefix: []string{"beginning of the ", "beginning of ", "the early ", "early "}, suffix: []string{"初期", "早期", "初"}, apply: partOf(0)},
	{prefix: []string{"middle of the ", "middle of ", "the mid-", "the mid ", "mid-", "mid "}, suffix: []string{"中叶", "中期", "中"}, apply: partOf(1)},
	{prefix: []string{"end of the ", "end of ", "the late ", "late "}, suffix: []string{"末期", "晚期", "后期", "末", "底"}, apply: partOf(2)},
	{prefix: []string{"in the ", "in ", "on ", "dated ", "the ", "于", "在"}, suffix: []string{"年间", "期间"}, apply: nothing},
}

// bareC is c1890 and ca1890.
var bareC = regexp.MustCompile(`^ca?(\d.*)$`)

// ago is 5年前, which depends on now.
var ago = regexp.MustCompile(`^[1-9一二三四五六七八九十百][\d一二三四五六七八九十百]{0,2}(?:年|个?月|天|日|周|小时|分钟)[之以]?[前后]$`)

// marked reads a text with a mark, and says whether it has one.
func (r reader) marked(s string, given found, depth int) (out outcome, done bool, err error) {
	if ago.MatchString(s) {
		return out, true, &Fault{Code: FaultRelative, Args: []any{s}}
	}
	inner := s
	if n := len(s); n > 2 && (s[0] == '[' && s[n-1] == ']' || s[0] == '(' && s[n-1] == ')') && !strings.ContainsAny(s[1:n-1], "[]()") {
		out, err = r.read(s[1:n-1], given, depth+1)
		for i := range out.all {
			if f := &out.all[i]; f.Certainty != Doubtful {
				f.Certainty = Researched
			}
		}
		return out, true, err
	}
	if m := twice.FindStringSubmatch(s); m != nil {
		if out, err = r.glossed(m[1], m[2], given, depth); err == nil {
			return out, true, nil
		}
	}
	if out, done, err = r.choice(s, given, depth); done {
		return out, true, err
	}
	if m := bareC.FindStringSubmatch(s); m != nil {
		s = "c " + m[1]
		inner = s
	}
	for _, m := range marks {
		for _, p := range m.prefix {
			if strings.HasPrefix(s, p) {
				inner = s[len(p):]
				break
			}
		}
		for _, p := range m.suffix {
			if inner == s && strings.HasSuffix(s, p) {
				inner = s[:len(s)-len(p)]
				if p == "年间" {
					inner += "年"
				}
				break
			}
		}
		if inner == s {
			continue
		}
		// 光绪年间, 清末 and 1898年正月初 are dates that end like a mark.
		if whole, err := r.date(s, given); err == nil {
			return whole, true, nil
		}
		out, failed := r.read(inner, given, depth+1)
		if failed != nil {
			return outcome{}, false, failed
		}
		all := out.all
		out.all = nil
		for _, f := range all {
			if m.apply(&f) {
				out.all = append(out.all, f)
			}
		}
		if len(out.all) == 0 { // 1890年至1891年底: the mark is of one of two dates
			return outcome{}, false, nil
		}
		return out, true, nil
	}
	return out, false, nil
}

// twice is a date and, in brackets, what it is in another calendar: 宣统三年（1911年）.
var twice = regexp.MustCompile(`^([^()]+)\(([^()?]{3,})\)$`)

// glossed reads such a date. Of several candidates that stays which the brackets agree with; a day in brackets is more than a
// year or a month before them.
func (r reader) glossed(s, gloss string, given found, depth int) (outcome, error) {
	a, err := r.read(s, given, depth+1)
	if err != nil {
		return a, err
	}
	b, err := r.read(gloss, given, depth+1)
	if err != nil {
		return b, err
	}
	if o, err := r.read("公元"+gloss, given, depth+1); err == nil {
		b.all = append(b.all, o.all...) // 建武十年（34年）
	}
	var agreed []found
	for _, f := range a.all {
		for _, g := range b.all {
			if !overlap(f.Value, g.Value) {
				continue
			}
			if g.Value.isDay() && !f.Value.isDay() {
				f.Value = g.Value
			}
			agreed = append(agreed, f)
			break
		}
	}
	if len(agreed) == 0 {
		for i := range a.all {
			a.all[i].note(NoteGloss)
			a.all[i].Certainty = Doubtful
		}
		return a, nil
	}
	if len(agreed) == 1 {
		a.ask = Note{}
	}
	a.all = agreed
	return a, nil
}

func (v Value) isDay() bool { return v.kind == Date && v.items[0].from.parts() == 3 }

// overlap says whether two values have a day in common; an end that is open has all.
func overlap(v, w Value) bool {
	from, ok := v.Earliest()
	to, also := w.Latest()
	if ok && also && from.Compare(to) > 0 {
		return false
	}
	from, ok = w.Earliest()
	to, also = v.Latest()
	return !ok || !also || from.Compare(to) <= 0
}

// between is between A and B, either is A or B.
var (
	between = regexp.MustCompile(`^(?:some time |sometime )?(?:between (.+) and (.+)|(?:介于|在)(.+)[至到和与](.+)之间)$`)
	either  = regexp.MustCompile(`^(.+?)(?: or |或者?)(.+)$`)
)

// choice reads a date that is one of two, or of all between two.
func (r reader) choice(s string, given found, depth int) (out outcome, done bool, err error) {
	m, all := between.FindStringSubmatch(s), true
	if m == nil {
		if m, all = either.FindStringSubmatch(s), false; m == nil || strings.HasSuffix(s, " or later") || strings.HasSuffix(s, " or earlier") {
			return out, false, nil
		}
	}
	m = slices.DeleteFunc(m[1:], func(s string) bool { return s == "" })
	if len(m) != 2 {
		return out, false, nil
	}
	a, b, err := r.sides(m[0], m[1], given, depth)
	if err != nil {
		return out, all, err
	}
	out = combine(a, b, func(a, b Value) (Value, bool) {
		if a.kind != Date || b.kind != Date {
			return Value{}, false
		}
		items := []item{a.items[0], b.items[0]}
		if all {
			items = []item{{from: a.items[0].from, to: b.items[0].from, span: true}}
			if !items[0].ordered() {
				return Value{}, false
			}
		}
		return Value{kind: OneOf, items: items, level: 2}, true
	})
	if len(out.all) == 0 {
		return out, all, &Fault{Code: FaultOrder}
	}
	return out, true, nil
}

// combine makes one value of each pair that makes one.
func combine(a, b outcome, make func(a, b Value) (Value, bool)) outcome {
	out := outcome{ask: a.ask}
	if out.ask.Code == "" {
		out.ask = b.ask
	}
	for _, x := range a.all {
		for _, y := range b.all {
			v, ok := make(x.Value, y.Value)
			if !ok || len(out.all) > 15 {
				continue
			}
			f := x
			f.Value, f.span = v, true
			f.Certainty = max(x.Certainty, y.Certainty)
			f.Notes = slices.Clone(x.Notes)
			for _, n := range y.Notes {
				if !slices.ContainsFunc(f.Notes, func(o Note) bool { return o.String() == n.String() }) {
					f.Notes = append(f.Notes, n)
				}
			}
			if x.Written != "" && y.Written != "" {
				f.Written = x.Written + "至" + y.Written
			}
			out.all = append(out.all, f)
		}
	}
	return out
}

var separators = []string{" to ", "至", "到", " - ", "~", "-", "/", " through "}

// span reads a text of two dates with something between them.
func (r reader) span(s string, given found, depth int) (out outcome, done bool, err error) {
	if depth > 3 || r.inside {
		return out, false, nil
	}
	if m := daysOfMonth.FindStringSubmatch(s); m != nil { // Sept 10-11, 1912
		s = m[2] + " " + m[1] + " " + m[4] + "-" + m[3] + " " + m[1] + " " + m[4]
	}
	tries := 0
	var missing error
	for _, sep := range separators {
		for at := strings.Index(s, sep); at >= 0 && tries < 12; tries++ {
			left, right := s[:at], s[at+len(sep):]
			if a, b, e := r.sides(left, right, given, depth); e == nil {
				if out = combine(a, b, through); len(out.all) > 0 {
					return out, true, nil
				}
				done, err = true, &Fault{Code: FaultOrder}
			} else if f, ok := e.(*Fault); ok && f.Code == FaultNoYear && at > 0 && right != "" {
				missing = e
			}
			next := strings.Index(s[at+len(sep):], sep)
			if next < 0 {
				break
			}
			at += len(sep) + next
		}
		if done {
			return out, true, err
		}
	}
	return out, missing != nil, missing
}

var (
	bareNumber  = regexp.MustCompile(`^\d{1,2}$`)
	daysOfMonth = regexp.MustCompile(`^([a-z]+\.?) (\d{1,2}) ?[-/] ?(\d{1,2}),? (\d{4})$`)
	bareYear    = regexp.MustCompile(`^\d{3,4}$`)
	withWhat    = regexp.MustCompile(`^\d{1,4}(年代|世纪|年|th century|st century|nd century|rd century)$`)
)

// sides reads the two dates of an interval, each of which may leave out what the other says: 1914-18, 1949年10月至12月, 1-3 May 1912.
func (r reader) sides(left, right string, given found, depth int) (a, b outcome, err error) {
	r.inside = true
	left, right = strings.Trim(left, " "), strings.Trim(right, " ")
	if bareYear.MatchString(left) && bareNumber.MatchString(strings.TrimSuffix(right, "年")) {
		short := strings.TrimSuffix(right, "年") // 1914-18
		if right = left[:len(left)-len(short)] + short; right <= left {
			return a, b, &Fault{Code: FaultOrder}
		}
	}
	if m := withWhat.FindStringSubmatch(right); m != nil && (bareNumber.MatchString(left) || bareYear.MatchString(left)) {
		left += m[1] // 19至20世纪, 1914-1918年
	}
	if a, err = r.read(left, given, depth+1); err == nil {
		if len(a.all) > 0 && a.all[0].Value.kind == Date && a.all[0].Value.items[0].from.season() > 0 && bareYear.MatchString(right) {
			return a, b, &Fault{Code: FaultNoDate, Args: []any{right}} // spring 1911-1912
		}
		first := given
		if len(a.all) > 0 {
			first = a.all[0]
		}
		if bareNumber.MatchString(right) && first.day > 0 && first.in != nil && !first.in.lunar { // Sept 10-11
			n, _ := readNumeral(right)
			f, err := gregorian(first.in.year, first.month, n.n)
			return a, one(f), err
		}
		b, err = r.read(right, first, depth+1)
		if err == nil && (a.ask.Code == AskCentury) != (b.ask.Code == AskCentury) { // 1949-10-01-05
			err = &Fault{Code: FaultNoDate, Args: []any{right}}
		}
		return a, b, err
	}
	leftErr := err
	if b, err = r.read(right, given, depth+1); err != nil || len(b.all) == 0 {
		if f, ok := leftErr.(*Fault); ok && f.Code == FaultNoYear && unread(err) {
			err = leftErr
		}
		return a, b, err
	}
	last := b.all[0]
	if bareNumber.MatchString(left) && last.day > 0 && last.in != nil && last.Calendar == CalendarGregorian {
		n, _ := readNumeral(left)
		f, err := gregorian(last.in.year, last.month, n.n)
		return one(f), b, err
	}
	last.month, last.day = 0, 0
	a, err = r.read(left, last, depth+1)
	return a, b, err
}
