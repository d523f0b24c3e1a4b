package archive

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// ID names a thing for ever: a UUIDv7 in its 36 digit form. The empty ID is the
// archive itself where an ID names a subject.
type ID string

// NewID makes an ID from the clock and the system's randomness.
func NewID() ID { return ID(uuid.Must(uuid.NewV7()).String()) }

// Short is what people are shown: the last 8 digits, because the first ones of
// a UUIDv7 are a clock and look alike.
func (id ID) Short() string {
	if len(id) < 8 {
		return string(id)
	}
	return string(id[len(id)-8:])
}

// MatchesEnd says whether ref, 8 digits or more, is the end of id. Hyphens do
// not count.
func (id ID) MatchesEnd(ref string) bool {
	ref = strings.ToLower(strings.ReplaceAll(ref, "-", ""))
	if len(ref) < 8 {
		return false
	}
	return strings.HasSuffix(strings.ReplaceAll(string(id), "-", ""), ref)
}

// CheckID refuses what is no UUID: it guards bodies read from a log.
func CheckID(id ID) error {
	if _, err := uuid.Parse(string(id)); err != nil {
		return fmt.Errorf("id %q is no UUID: %w", string(id), err)
	}
	return nil
}
