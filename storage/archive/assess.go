package archive

import "slices"

// Assessment by published criteria (质量星级): a document has a star for each of
// five criteria that it meets. Stars are computed from what is in the archive and
// never typed in, so that anybody can compute them again and say which is missing
// and why. Nothing of it is kept: it is a function of the document.

// Criterion is one of the five.
type Criterion string

// The criteria, in their order.
const (
	CriterionFields   Criterion = "fields"   // every required field has a value in force
	CriterionEvidence Criterion = "evidence" // every value in force says where in the text it was read, and there is one
	CriterionClear    Criterion = "clear"    // nothing is proposed, to look at again, or asked and not resolved
	CriterionReviewed Criterion = "reviewed" // another person has approved it, and the approval holds
	CriterionSampled  Criterion = "sampled"  // another person has read it again and found it sound, as it is
)

// Criteria lists them.
func Criteria() []Criterion {
	return []Criterion{CriterionFields, CriterionEvidence, CriterionClear, CriterionReviewed, CriterionSampled}
}

// Assessment is what a document comes to.
type Assessment struct {
	Missing []Criterion // that it does not meet, in their order

	Unfilled  []string // required fields without a value in force
	NotStated []string // fields that the source does not state, sorted; a required one is filled by it
	Unsourced []string // fields with a value in force that has no evidence, sorted
	Proposals int      // that wait for a decision
	LookAgain int      // marks and values whose words are others now
	Threads   int      // that are not resolved
	Alone     bool     // it is approved by one of its authors
	Faulty    bool     // a sample found it faulty, as it is now
	Stale     bool     // it was approved, and has changed since
}

// Stars is how many of the criteria are met.
func (a *Assessment) Stars() int { return len(Criteria()) - len(a.Missing) }

// Meets says whether a criterion is met.
func (a *Assessment) Meets(c Criterion) bool { return !slices.Contains(a.Missing, c) }

// Assess assesses a document under the rules of now; required are the fields that
// its template asks for. Its text is read only where something has a place in it.
func (d *Document) Assess(r *Rules, required []string) (Assessment, error) {
	a := Assessment{Proposals: d.Proposals()}
	for _, f := range required {
		if len(d.Values(f)) == 0 {
			a.Unfilled = append(a.Unfilled, f)
		}
	}
	values := d.inForce(AValue)
	stated := 0 // what the source does not state stands nowhere in it
	for _, v := range values {
		if v.NotStated() {
			a.NotStated = append(a.NotStated, v.Key)
			continue
		}
		if stated++; v.Anchor == nil {
			a.Unsourced = append(a.Unsourced, v.Key)
		}
	}
	a.Unsourced, a.NotStated = sortedOnce(a.Unsourced), sortedOnce(a.NotStated)
	for _, t := range d.inForce(AThread) {
		if !t.Resolved() {
			a.Threads++
		}
	}
	var err error
	if a.LookAgain, err = d.lookAgain(append(values, d.inForce(AMark)...)); err != nil {
		return a, err
	}
	st, holds := d.Approval()
	a.Stale = st != nil && !holds
	a.Alone = holds && (st.Decision == nil || st.Decision.Alone || d.wrote(r, st.By))
	sample, sampled := d.Sample()
	a.Faulty = sampled && sample.Key == string(Faulty)
	sampled = sampled && !a.Faulty && sample.Decision != nil && !sample.Decision.Alone && !d.wrote(r, sample.By)
	for _, c := range []struct {
		of  Criterion
		met bool
	}{
		{CriterionFields, len(a.Unfilled) == 0},
		{CriterionEvidence, stated > 0 && len(a.Unsourced) == 0},
		{CriterionClear, a.Proposals == 0 && a.LookAgain == 0 && a.Threads == 0},
		{CriterionReviewed, holds && !a.Alone},
		{CriterionSampled, sampled},
	} {
		if !c.met {
			a.Missing = append(a.Missing, c.of)
		}
	}
	return a, nil
}

// lookAgain counts the items whose words are others than those they were made or
// confirmed on. Without corrections in force no words are.
func (d *Document) lookAgain(items []*Item) (n int, err error) {
	if !slices.ContainsFunc(d.living(ACorrection), (*Item).InForce) && !slices.ContainsFunc(items, (*Item).crossesTexts) {
		return 0, nil
	}
	var r *Reading
	for _, it := range items {
		if it.Anchor == nil {
			continue
		}
		if r == nil {
			if r, err = d.Reading(); err != nil {
				return 0, err
			}
		}
		if r.LookAgain(it) {
			n++
		}
	}
	return n, nil
}

// crossesTexts says whether an item hangs on a correction, which may have left
// force since.
func (it *Item) crossesTexts() bool {
	return it.Anchor != nil && (it.Anchor.Start.In != "" || it.Anchor.End.In != "")
}
