package export

import (
	"strings"
	"time"

	"fonds/storage/archive"
)

// The fields that say who may read a document: DCMI Metadata Terms accessRights,
// the condition (开放标识), and available, the day from which it is open.
const (
	AccessField    = "dcterms:accessRights"
	AvailableField = "dcterms:available"
)

// openWords are the conditions that let everybody read. Every other word closes: a
// condition that this program does not know is none that it may pass over.
var openWords = map[string]bool{"open": true, "public": true, "unrestricted": true, "开放": true, "公开": true, "主动公开": true, "无限制": true}

// knownWords are the other conditions that may be said of a closed document.
var knownWords = map[string]bool{"closed": true, "controlled": true, "restricted": true, "postponed": true, "not reviewed": true, "控制": true, "延期开放": true, "未审核": true}

// postponedWords are the conditions that end with the day of AvailableField.
var postponedWords = map[string]bool{"postponed": true, "延期开放": true}

// Closure says why a document may not be read.
type Closure struct {
	Condition string `json:"condition,omitempty"` // of AccessField, where it is a known one
	Until     string `json:"until,omitempty"`     // as written, of AvailableField
}

// Closed says whether a document is closed on a day, and why; nil: it is open. A
// document that states no condition is open. What opens in a year or a month is
// closed to the end of it, and so is what says a day that cannot be read. What a document
// says nothing of it has from the units that it lies in.
func Closed(d *archive.Document, units *archive.Tree, day string) *Closure {
	return closure(standing(d, units, AccessField), standing(d, units, AvailableField), day)
}

// closedUnit says whether what a unit says, or one above it, closes what lies in it.
func closedUnit(u *archive.Unit, day string) bool {
	conditions, _ := u.Inherited(AccessField)
	days, _ := u.Inherited(AvailableField)
	return closure(conditions, days, day) != nil
}

// closure is what conditions and the days from which something is open come to.
func closure(conditions, days []string, day string) *Closure {
	var c Closure
	closed, postponed := false, false
	for _, said := range conditions {
		word := strings.ToLower(strings.TrimSpace(said))
		if openWords[word] {
			continue
		}
		if knownWords[word] { // else in words of its own, which may say more than everybody may know
			c.Condition = said
		}
		if postponedWords[word] {
			postponed = true
		} else {
			closed = true
		}
	}
	for _, said := range days {
		if opens(said) > day {
			closed, c.Until = true, said
		}
	}
	if postponed && len(days) == 0 {
		closed = true
	}
	if !closed {
		return nil
	}
	return &c
}

// standing are the values of a field, and those that are proposed: whoever proposes to
// close a document is heard before the decision. What would open it counts only when
// it is in force, which the values there are then say.
// That the source does not state a condition, or a day, is none.
func standing(d *archive.Document, units *archive.Tree, field string) (out []string) {
	for _, it := range d.Of(archive.AValue) {
		if it.Key == field && (it.InForce() || it.Open()) && !it.NotStated() {
			out = append(out, it.Text)
		}
	}
	if place := d.Placed(); len(out) == 0 && place != nil && units != nil {
		out, _ = units.Unit(archive.ID(place.Key)).Inherited(field)
	}
	return out
}

// units is the arrangement of the archive.
func (j *job) units() (*archive.Tree, error) {
	if j.tree == nil {
		self, err := j.a.Self(j.ctx)
		if err != nil {
			return nil, err
		}
		j.tree = self.Units()
	}
	return j.tree, nil
}

// never is a day that no day is after.
const never = "9999-99-99"

// opens is the first day on which something is open that is available from a time:
// a day, or a month or year, which has to be over.
func opens(text string) string {
	text = strings.TrimSpace(text)
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		return text
	}
	if t, err := time.Parse("2006-01", text); err == nil {
		return t.AddDate(0, 1, 0).Format(time.DateOnly)
	}
	if t, err := time.Parse("2006", text); err == nil {
		return t.AddDate(1, 0, 0).Format(time.DateOnly)
	}
	return never
}
