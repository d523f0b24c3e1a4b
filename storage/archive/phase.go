package archive

// Phase is how far a work package is, as a function of its plan, its documents and
// the day.
type Phase string

// The phases of a work package.
const (
	PhasePlanned  Phase = "planned"  // it has not begun, or has no documents yet
	PhaseUnderWay Phase = "underway" // it is being worked on
	PhaseDue      Phase = "due"      // its last day is over
	PhaseSigned   Phase = "signed"   // who answers for it has said that it is done
	PhaseStale    Phase = "stale"    // that was said, and its documents are not what they were then
)

// Phase is how far a package is on a day, as 2026-11-30, with documents in state st.
func (it *Item) Phase(st PackageState, today string) Phase {
	from, until := it.PackageDays()
	switch {
	case it.Decision != nil && it.SignedState().Hash == st.Hash:
		return PhaseSigned
	case it.Decision != nil:
		return PhaseStale
	case until != "" && until < today:
		return PhaseDue
	case from > today || st.Documents == 0:
		return PhasePlanned
	}
	return PhaseUnderWay
}
