package records

import (
	"slices"
	"testing"
)

// Each usual name is plain, and is for one thing alone.
func TestNames(t *testing.T) {
	for field, names := range usual {
		for _, n := range names {
			if Plain(n) != n {
				t.Errorf("%s: %q is plain %q", field, n, Plain(n))
			}
			if byName[n] != field {
				t.Errorf("%q is a name of %s and of %s", n, field, byName[n])
			}
			if slices.Contains(FileNames, n) {
				t.Errorf("%q is a file's name too", n)
			}
		}
	}
	for _, n := range FileNames {
		if Plain(n) != n {
			t.Errorf("%q is plain %q", n, Plain(n))
		}
	}
}
