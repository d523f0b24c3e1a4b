package dates

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Options are what is known around a text.
type Options struct {
	Year  int   // of the document that the text stands in, for dates without one; 0 where it is not known
	Order Order // which comes first in 03/04/1912
}

// Order is whether the day or the month comes first.
type Order int

const (
	EitherFirst Order = iota // it is asked where it could be either
	DayFirst
	MonthFirst
)

// Reading is what a text can mean. Where it is asked, somebody has to choose among the candidates, also where there is
// only one: no other has been found, but the words could mean another.
type Reading struct {
	Candidates []Candidate
	Question   Note // why it is asked; no Code where it is not
}

// Asked says whether somebody has to choose.
func (r Reading) Asked() bool { return r.Question.Code != "" }

// Candidate is one meaning of a text.
type Candidate struct {
	Value     Value
	Calendar  string // one of the Calendar… below
	State     string // whose era it is, in traditional characters: 清
	Era       string // 光緒
	Clock     string // the time of day that stands beside the date, as written
	Certainty Certainty
	Notes     []Note // what was taken from elsewhere, and what is odd about it
	Written   string // the date without what stands around it, in simplified characters; "" for Gregorian ones
}

// Calendars that a date can be written in.
const (
	CalendarGregorian = "Gregorian"
	CalendarMinguo    = "Minguo"   // of the Republic of China: Gregorian, year 1 is 1912
	CalendarJapanese  = "Japanese" // by eras; Gregorian from 1873 on
	CalendarManchukuo = "Manchukuo"
	CalendarChinese   = "Chinese" // lunar months, by eras or beside Gregorian years
)

// Certainty is how the date comes to be said (明载, 推断, 考证, 存疑).
type Certainty int

const (
	Stated     Certainty = iota // the words say it
	Inferred                    // a part was taken from elsewhere
	Researched                  // it stands in brackets: a describer has found it out
	Doubtful                    // the words doubt it, or contradict themselves
)

// String is the certainty in one word of English.
func (c Certainty) String() string {
	return [...]string{"stated", "inferred", "researched", "doubtful"}[c]
}

// Note is a sentence about a candidate, or a question. Code and Args say it in English, Words in either language.
type Note struct {
	Code string
	Args []any
}

func (n Note) String() string { return n.Words(English) }

// Words says the note in a language.
func (n Note) Words(lang string) string { return sentence(lang, n.Code, n.Args) }

// What there is to say about a candidate, and to ask.
const (
	NoteYear      = "the year %d is that of the document"
	NoteCentury   = "the century is that of the document"
	NoteCycle     = "of the years of this name it is the one nearest to the document"
	NoteOrder     = "the day is read before the month"
	NoteOrderUS   = "the month is read before the day"
	NoteJulian    = "before October 1582 it may be meant by the Julian calendar"
	NoteWeekday   = "the words say another day of the week than it was"
	NoteEnded     = "%s has %d years; it is counted on"
	NoteOutside   = "%s was not in use on that day"
	NoteThird     = "where such a part of it begins and ends is a matter of taste"
	NoteGloss     = "the date in brackets is another one"
	NoteLunar     = "the month beside a year of an era is a lunar one"
	NoteFullMoon  = "the full moon is counted as the 15th"
	AskOrder      = "the day and the month could change places"
	AskCentury    = "which century is it?"
	AskCycle      = "a year of this name comes every sixty years"
	AskEra        = "%s is an era of more than one state"
	AskEraTwice   = "%s is the name of more than one era"
	AskEnded      = "%s has only %d years"
	AskLunar      = "it could be a day of the lunar calendar"
	AskRepublic   = "the words do not say whose years they are"
	AskSeason     = "it could be a part of a year or two years"
	AskMonth      = "it could be a month or two years"
	AskDecade     = "it could be ten years or a hundred"
	AskMonthTwice = "the calendar was changed in that year, and has the month twice"
)

// What else can be wrong with a text that people write.
const (
	FaultNoDate      = "%q is not read as a date"
	FaultUndated     = "this says that there is no date"
	FaultRelative    = "%q depends on the day it was written"
	FaultNoYear      = "the year is missing"
	FaultNoSuchDay   = "day %d: that month has %d"
	FaultNoSuchMonth = "month %d: a year has 12"
	FaultNeither     = "neither %d nor %d is a month"
	FaultNoZero      = "there is no year 0: behind 1 BC comes AD 1"
	FaultNoMonth     = "%s has no month %d"
	FaultNoLeap      = "%s has no leap month %d"
	FaultShortMonth  = "that month of %s has %d days"
	FaultNoCalendar  = "the lunar calendar of %d is not known here"
	FaultNoName      = "%s is no name of a year: the two characters do not come together"
	FaultEnded       = "%s has only %d years"
	FaultYearsOf     = "%s has no year %d"
)

// mostWritten is how many code points a date has that people write.
const mostWritten = 120

// found is a candidate being made, with the parts that one end of an interval takes from the other.
type found struct {
	Candidate
	in         *yearOf
	month, day int
	span       bool // the words name two dates
}

// outcome is what a part of a text can mean.
type outcome struct {
	all []found
	ask Note
}

// Read reads a date as people write it, or in EDTF. The whole text has to be the date, with a time of day, a day of the
// week and brackets around it at most. What it cannot mean gives a *Fault.
func Read(text string, o Options) (Reading, error) {
	if n := utf8.RuneCountInString(text); n > longest || n > mostWritten && !strings.ContainsAny(text[:1], "[{") {
		return Reading{}, &Fault{Code: FaultLong, Args: []any{n}}
	}
	if strings.TrimSpace(text) == "" {
		return Reading{}, &Fault{Code: FaultEmpty}
	}
	for i, r := range strings.TrimSpace(text) {
		if unicode.IsControl(r) && r != '\t' || r == utf8.RuneError {
			return Reading{}, faultAt(text, i, FaultControl)
		}
	}
	text = strings.TrimSpace(text)
	if out, ok := readEDTF(text); ok {
		return out, nil
	}
	if out, err, done := openEnded(text, o); done {
		return out, err
	}
	r := reader{o: o}
	out, err := r.read(normal(text), found{}, 0)
	if err != nil {
		if edtf := likeEDTF(strings.TrimSpace(text)); edtf != nil && unread(err) {
			err = edtf
		}
		return Reading{}, err
	}
	return finish(out), nil
}

// openEnded reads a date with two points before or behind it, or between two dates: the
// interval that is meant by that. done is false where there are no such points.
func openEnded(s string, o Options) (out Reading, err error, done bool) {
	from, to, ok := strings.Cut(s, "..")
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	switch {
	case !ok || strings.ContainsAny(s, "[]{}/"), from == "" && to == "":
		return Reading{}, nil, false
	case strings.HasPrefix(to, ".") || strings.Contains(to, ".."):
		return Reading{}, &Fault{Code: FaultNoDate, Args: []any{s}}, true
	}
	ends := []string{"..", ".."}
	for i, part := range []string{from, to} {
		if part == "" {
			continue
		}
		r, err := Read(part, o)
		if err != nil {
			return Reading{}, err, true
		}
		if len(r.Candidates) != 1 || r.Asked() || r.Candidates[0].Value.kind != Date {
			return Reading{}, &Fault{Code: FaultNoDate, Args: []any{s}}, true
		}
		ends[i] = r.Candidates[0].Value.String()
	}
	v, err := Parse(ends[0] + "/" + ends[1])
	if err != nil {
		return Reading{}, err, true
	}
	return Reading{Candidates: []Candidate{{Value: v, Calendar: CalendarGregorian}}}, nil, true
}

// likeEDTF is what is wrong with a text as EDTF, nil where it does not look like any.
func likeEDTF(s string) error {
	if strings.Trim(s, "0123456789XYES-/.,[]{}?~%TZ:+ ") != "" || !strings.ContainsAny(s, "0123456789X") {
		return nil
	}
	_, err := Parse(s)
	return err
}

// finish leaves one of candidates that are the same.
func finish(out outcome) Reading {
	var list []Candidate
	for _, f := range out.all {
		if !slices.ContainsFunc(list, func(c Candidate) bool {
			return c.Value.String() == f.Value.String() && c.State == f.State && c.Era == f.Era && c.Calendar == f.Calendar
		}) {
			list = append(list, f.Candidate)
		}
	}
	return Reading{list, out.ask}
}

// readEDTF reads what is EDTF already, save [1945], which people write for a date that somebody has found out.
func readEDTF(s string) (Reading, bool) {
	v, err := Parse(s)
	if err != nil || v.kind == OneOf && !strings.ContainsAny(s, ",.") {
		return Reading{}, false
	}
	c := Candidate{Value: v, Calendar: CalendarGregorian}
	if v.Qualified()&Uncertain > 0 {
		c.Certainty = Doubtful
	}
	p := v.items[0].from
	if v.kind == Date && p.season() > 0 && len(s) == len("1921-22") && p.month > p.year.figures[2:] && !p.unspecified() {
		first := p.year.value() // 1921-22
		last := first/100*100 + int64(p.season())
		return Reading{[]Candidate{{Value: interval(yearPoint(first), yearPoint(last)), Calendar: CalendarGregorian}, c}, Note{Code: AskSeason}}, true
	}
	return Reading{Candidates: []Candidate{c}}, true
}

// signs of one meaning that are written in several ways.
var signs = strings.NewReplacer("—", "-", "–", "-", "―", "-", "‐", "-", "‑", "-", "−", "-", "〜", "~", "∼", "~", "〔", "[", "〕", "]", "【", "[", "】", "]", "﹝", "[", "﹞", "]",
	"。", "", "、", ",", "·", ".", "・", ".", "•", ".", "’", "'", "‘", "'", "“", "\"", "”", "\"")

// normal is a text with one form for each character: simplified, half-width, numerals of one kind, no blanks beside Han.
func normal(text string) string {
	s := norm.NFKC.String(strings.TrimSpace(text))
	s = strings.ToLower(signs.Replace(table().fold(moreSimple.Replace(formal.Replace(s)))))
	var b strings.Builder
	r := []rune(strings.Join(strings.Fields(s), " "))
	for i, c := range r {
		if c == ' ' && (i == 0 || unicode.Is(unicode.Han, r[i-1]) || i+1 < len(r) && unicode.Is(unicode.Han, r[i+1])) {
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// moreSimple are characters of dates that are in no era.
var moreSimple = strings.NewReplacer("閏", "闰", "臘", "腊", "農", "农", "陰", "阴", "曆", "历", "約", "约", "間", "间", "後", "后", "號", "号",
	"華", "华", "國", "国", "週", "周", "點", "点", "時", "时", "個", "个", "從", "从", "來", "来", "葉", "叶", "偽", "伪", "滿", "满", "於", "于",
	"歲", "岁", "載", "载", "舊", "旧", "陽", "阳", "紀", "纪", "開", "开", "於", "于", "許", "许", "無", "无", "詳", "详", "節", "节", "為", "为", "歷", "历")

// reader reads one text.
type reader struct {
	o      Options
	inside bool // one end of an interval
}

// undated and relative are words of texts that are no date.
var (
	undated  = []string{"n.d.", "n. d.", "nd", "undated", "no date", "s.d.", "s. d.", "unknown", "不详", "无日期", "日期不详", "年代不详", "时间不详", "未详", "佚年"}
	relative = []string{"今", "昨", "明天", "明日", "明年", "后天", "后日", "前天", "前日", "去年", "前年", "本月", "本年", "上月", "下月", "上个", "下个", "上周", "下周",
		"上上", "下下", "本周", "这个", "近日", "日前", "最近", "同月", "同年", "同日", "是年", "是月", "今天", "大前天", "大后天", "today", "yesterday", "tomorrow", "last ", "this ", "next "}
)

// read reads a text that is normal, with given for what it leaves out.
func (r reader) read(s string, given found, depth int) (outcome, error) {
	s = strings.Trim(s, " ,;:=")
	if slices.Contains(undated, s) {
		return outcome{}, &Fault{Code: FaultUndated}
	}
	if s == "" || depth > 6 {
		return outcome{}, &Fault{Code: FaultNoDate, Args: []any{s}}
	}
	marked, done, markErr := r.marked(s, given, depth)
	if done {
		return marked, markErr
	}
	out, err := r.date(s, given)
	if err == nil {
		return out, nil
	}
	if span, done, spanErr := r.span(s, given, depth); done {
		return span, spanErr
	}
	for _, w := range relative {
		if strings.HasPrefix(s, w) && !strings.HasPrefix(s, "明治") {
			return outcome{}, &Fault{Code: FaultRelative, Args: []any{s}}
		}
	}
	if markErr != nil && !unread(markErr) { // what is wrong with the date that is marked
		err = markErr
	}
	if unread(err) {
		err = &Fault{Code: FaultNoDate, Args: []any{s}}
	}
	return outcome{}, err
}

// unread says whether an error is that nothing was read at all.
func unread(err error) bool {
	f, ok := err.(*Fault)
	return ok && f.Code == FaultNoDate
}

// date is a date in any of the ways.
func (r reader) date(s string, given found) (outcome, error) {
	core, clock := splitClock(s)
	core, weekday := splitWeekday(core)
	out, err := r.plain(core, given)
	if err != nil {
		return out, err
	}
	for i := range out.all {
		f := &out.all[i]
		f.Clock = clock
		if f.Calendar != CalendarGregorian {
			f.Written = core
		}
		from, to := f.Value.ends()
		if d, ok := from.earliest(); ok && weekday >= 0 && from == to && d.weekday() != weekday {
			f.note(NoteWeekday)
			f.Certainty = Doubtful
		}
	}
	return out, nil
}

func (r reader) plain(s string, given found) (outcome, error) {
	if out, done, err := r.numeric(s, given); done {
		return out, err
	}
	if strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) || c == '〇' }) {
		return r.chinese(s, given)
	}
	return r.english(s, given)
}

func (f *found) note(code string, args ...any) {
	f.Notes = append(f.Notes, Note{code, args})
}

// one is the outcome of a single meaning.
func one(f found) outcome { return outcome{all: []found{f}} }

// gregorian is a date of the Gregorian calendar, as precise as there are parts that are not 0.
func gregorian(y int64, m, d int) (found, error) {
	f := found{in: &yearOf{calendar: CalendarGregorian, year: y}, month: m, day: d}
	f.Calendar = CalendarGregorian
	switch {
	case y > farthest || y < -farthest:
		return f, &Fault{Code: FaultHuge}
	case m == 0:
		f.Value = dateOf(yearPoint(y))
	case m < 1 || m > 12:
		return f, &Fault{Code: FaultNoSuchMonth, Args: []any{max(m, 0)}}
	case d == 0:
		f.Value = dateOf(monthPoint(y, m))
	case !isDay(y, m, d):
		return f, &Fault{Code: FaultNoSuchDay, Args: []any{max(d, 0), daysIn(y, m)}}
	default:
		f.Value = dateOf(dayPoint(Day{y, m, d}))
	}
	return f, nil
}
