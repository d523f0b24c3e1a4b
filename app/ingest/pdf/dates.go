package pdf

import "time"

// isTime says whether s is a real moment, with a zone or, where that is "", without one.
func isTime(s, zone string) bool {
	layout := "2006-01-02T15:04:05"
	if zone != "" {
		layout = time.RFC3339
	}
	_, err := time.Parse(layout, s)
	return err == nil
}

// isDay says whether s is a real day, month or year.
func isDay(s string) bool {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// isoDate is a date of XMP, which is of ISO 8601, as EDTF: seconds are added where a time has none, fractions go. "" if it
// is none.
func isoDate(s string) string {
	if isDay(s) {
		return s
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format("2006-01-02T15:04:05")
		}
	}
	return ""
}
