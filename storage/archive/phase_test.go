package archive

import "testing"

func TestPhase(t *testing.T) {
	signed := &Decision{By: "Wang", Verdict: SignedOff}
	for _, c := range []struct {
		days, confirmed string
		decision        *Decision
		st              PackageState
		want            Phase
	}{
		{"", "", nil, PackageState{}, PhasePlanned},
		{"", "", nil, PackageState{Documents: 2}, PhaseUnderWay},
		{"2026-12-01/2026-12-31", "", nil, PackageState{Documents: 2}, PhasePlanned},
		{"2026-11-29/2026-11-29", "", nil, PackageState{Documents: 2}, PhaseUnderWay},
		{"2026-11-01/", "", nil, PackageState{Documents: 2}, PhaseUnderWay},
		{"/2026-11-28", "", nil, PackageState{Documents: 2}, PhaseDue},
		{"/2026-11-28", "", nil, PackageState{}, PhaseDue},
		{"/2026-11-28", "2 abc", signed, PackageState{Documents: 2, Approved: 2, Hash: "abc"}, PhaseSigned},
		{"/2026-11-28", "2 abc", signed, PackageState{Documents: 3, Approved: 2, Hash: "abd"}, PhaseStale},
	} {
		it := &Item{What: APackage, Source: c.days, Confirmed: c.confirmed, Decision: c.decision}
		if got := it.Phase(c.st, "2026-11-29"); got != c.want {
			t.Errorf("%q %q: %s, want %s", c.days, c.confirmed, got, c.want)
		}
	}
}
