package dates

import "slices"

// reign says which state's calendar is meant beside a Gregorian year, the last of those that begin no later.
var reigns = []struct {
	from  int64
	state string
}{{-205, "西漢"}, {9, "新"}, {25, "東漢"}, {221, "曹魏"}, {266, "西晉"}, {317, "東晉"}, {421, "劉宋"}, {480, "南齊"}, {503, "南梁"},
	{558, "陳"}, {589, "隋"}, {619, "唐"}, {691, "武周"}, {706, "唐"}, {908, "後梁"}, {924, "後唐"}, {937, "後晉"}, {948, "後漢"}, {952, "後周"},
	{960, "北宋"}, {1128, "南宋"}, {1279, "元"}, {1369, "明"}, {1645, "清"}, {1912, modern}}

// modern is the calendar since the Republic, which is no state's.
const modern = "農曆"

// calendar is the state whose months the year has.
func (y yearOf) months() []lunarMonth {
	t := table()
	if y.state != "" {
		if ms := t.months(y.state, int(y.year)); ms != nil {
			return ms
		}
	}
	state := ""
	for _, r := range reigns {
		if r.from <= y.year {
			state = r.state
		}
	}
	return t.months(state, int(y.year))
}

// candidate is one of a value in the year.
func (y yearOf) candidate(v Value) Candidate {
	return Candidate{Value: v, Calendar: y.calendar, State: y.state, Era: y.era, Certainty: y.certainty, Notes: append([]Note(nil), y.notes...)}
}

// dates are what is written behind the year can be in it.
func (y yearOf) dates(in inside) ([]found, Note, error) {
	if y.lunar && !in.solar {
		return y.lunarDates(in)
	}
	if in.lunar && !in.solar {
		return y.lunarDates(in)
	}
	solar, err := y.solarDates(in)
	// 廿三日 and, beside a year of the Republic, 八月十五 may be days of either calendar.
	if in.perhaps && in.month > 0 && !in.solar && (y.calendar == CalendarMinguo || in.hasTwenty) {
		lunar, _, lunarErr := y.lunarDates(in)
		switch {
		case lunarErr != nil && err != nil:
			return nil, Note{}, err
		case err != nil:
			return lunar, Note{}, nil
		}
		return append(solar, lunar...), Note{Code: AskLunar}, nil
	}
	return solar, Note{}, err
}

// solarDates are those of the Gregorian calendar.
func (y yearOf) solarDates(in inside) ([]found, error) {
	f := found{in: &y, month: in.month, day: in.day}
	switch {
	case in.leap:
		return nil, &Fault{Code: FaultNoLeap, Args: []any{y.title(), in.month}}
	case in.part > 0:
		f.Candidate = y.candidate(dateOf(monthPoint(y.year, in.part)))
	case in.ten > 0:
		if in.month < 1 || in.month > 12 {
			_, err := gregorian(y.year, in.month, 0)
			return nil, err
		}
		f.Candidate = y.candidate(tenDays(Day{y.year, in.month, 1}, in.ten-1))
	default:
		g, err := gregorian(y.year, in.month, in.day)
		if err != nil {
			return nil, err
		}
		f.Candidate = y.candidate(g.Value)
		if y.first.Month > 0 {
			return y.within(f)
		}
	}
	return []found{f}, nil
}

// within cuts a date to the time in which its era was in use.
func (y yearOf) within(f found) ([]found, error) {
	from, _ := f.Value.Earliest()
	to, _ := f.Value.Latest()
	switch {
	case to.Compare(y.first) < 0 || from.Compare(y.last) > 0:
		f.note(NoteOutside, y.era)
		f.Certainty = Doubtful
	case from.Compare(y.first) < 0 && to.Compare(y.last) > 0:
		f.Value = days(y.first, y.last)
	case from.Compare(y.first) < 0:
		f.Value = days(y.first, to)
	case to.Compare(y.last) > 0:
		f.Value = days(from, y.last)
	}
	return []found{f}, nil
}

// lunarDates are those of the lunar calendar. A month and a year are the days from their first to their last.
func (y yearOf) lunarDates(in inside) ([]found, Note, error) {
	ms := y.months()
	if len(ms) == 0 {
		return nil, Note{}, &Fault{Code: FaultNoCalendar, Args: []any{y.year}}
	}
	if !y.lunar { // 2015年正月初一: the year is said in another way than the day
		y.calendar = CalendarChinese
	}
	if y.lunar && in.monthNumber.arabic && !in.lunar {
		y.notes = append(slices.Clone(y.notes), Note{Code: NoteLunar})
		y.certainty = max(y.certainty, Inferred)
	}
	f := found{in: &y, month: in.month, day: in.day}
	switch {
	case in.endsInYear:
		last := ms[len(ms)-1]
		f.Candidate = y.candidate(dateOf(dayPoint(dayOf(last.end()))))
		return []found{f}, Note{}, nil
	case in.part > 24:
		return nil, Note{}, &Fault{Code: FaultNoDate, Args: []any{y.title()}}
	case in.part > 0:
		from, to := 3*(in.part-21)+1, 3*(in.part-21)+3
		first, last := 0, 0
		for _, m := range ms {
			if m.number >= from && m.number <= to {
				if first == 0 {
					first = m.first
				}
				last = m.end()
			}
		}
		if first == 0 {
			return nil, Note{}, &Fault{Code: FaultNoMonth, Args: []any{y.title(), from}}
		}
		f.Candidate = y.candidate(days(dayOf(first), dayOf(last)))
		return y.cut(f)
	case in.month == 0:
		f.Candidate = y.candidate(days(dayOf(ms[0].first), dayOf(ms[len(ms)-1].end())))
		return y.cut(f)
	}
	var out []found
	var err error
	for _, m := range in.monthsOf(ms) {
		g := f
		if g.Value, err = in.inMonth(y, m); err != nil {
			continue
		}
		g.Candidate = y.candidate(g.Value)
		if in.fullMoon {
			g.note(NoteFullMoon)
		}
		all, _, _ := y.cut(g)
		out = append(out, all...)
	}
	switch {
	case len(out) > 1:
		return out, Note{Code: AskMonthTwice}, nil
	case len(out) == 1:
		return out, Note{}, nil
	case err != nil:
		return nil, Note{}, err
	case in.leap:
		return nil, Note{}, &Fault{Code: FaultNoLeap, Args: []any{y.title(), in.month}}
	}
	return nil, Note{}, &Fault{Code: FaultNoMonth, Args: []any{y.title(), max(in.month, 0)}}
}

func (y yearOf) cut(f found) ([]found, Note, error) {
	if y.first.Month == 0 {
		return []found{f}, Note{}, nil
	}
	all, err := y.within(f)
	return all, Note{}, err
}

// monthsOf are the months of the year that are meant: two where the calendar was changed in it.
func (in inside) monthsOf(ms []lunarMonth) []lunarMonth {
	number := in.month
	for _, m := range ms {
		if m.number == -1 && in.named == "腊" || m.number == -2 && in.named == "一" {
			number = m.number // of the years from 690 to 700, in which 正月 was the month before 腊月 and 一月
		}
	}
	var out []lunarMonth
	for _, m := range ms {
		if m.number == number && m.leap == in.leap {
			out = append(out, m)
		}
	}
	return out
}

// inMonth is a day, ten days or the whole of a month.
func (in inside) inMonth(y yearOf, m lunarMonth) (Value, error) {
	day := in.day
	if day == lastDay {
		day = m.days
	}
	switch {
	case in.ten == 3:
		return days(dayOf(m.first+20), dayOf(m.end())), nil
	case in.ten > 0:
		return days(dayOf(m.first+10*in.ten-10), dayOf(m.first+10*in.ten-1)), nil
	case day == 0:
		return days(dayOf(m.first), dayOf(m.end())), nil
	case day < 0 || day > m.days:
		return Value{}, &Fault{Code: FaultShortMonth, Args: []any{y.title(), m.days}}
	}
	return dateOf(dayPoint(dayOf(m.first + day - 1))), nil
}
