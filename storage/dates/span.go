package dates

// Span is from the first day that a text can mean to the last.
type Span struct {
	From, To     Day
	Begins, Ends bool // whether there is a first day, and a last: before 1912 has none
}

// SpanOf is the span of all that a text can mean, taken together, also where somebody would have to choose; false where it
// cannot be read.
//
// Archives keep what it gives (storage, documents.earliest): whatever changes it for any text needs a new format.
func SpanOf(text string) (Span, bool) {
	r, err := Read(text, Options{})
	if err != nil || len(r.Candidates) == 0 {
		return Span{}, false
	}
	return r.Span(), true
}

// Span is from the earliest day of all candidates to the latest.
func (r Reading) Span() (s Span) {
	for i, c := range r.Candidates {
		from, begins := c.Value.Earliest()
		to, ends := c.Value.Latest()
		if i == 0 {
			s = Span{from, to, begins, ends}
			continue
		}
		if s.Begins = s.Begins && begins; s.Begins && from.Compare(s.From) < 0 {
			s.From = from
		}
		if s.Ends = s.Ends && ends; s.Ends && to.Compare(s.To) > 0 {
			s.To = to
		}
	}
	if !s.Begins {
		s.From = Day{}
	}
	if !s.Ends {
		s.To = Day{}
	}
	return s
}
