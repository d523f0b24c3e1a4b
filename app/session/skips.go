package session

import (
	"strings"
	"syscall"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/intake"
)

// SkipWords says in the person's language why a file was left out: what ingest
// tells apart in Detail has words of its own for each.
func SkipWords(s *ingest.Skip) string {
	had, limit, two := strings.Cut(s.Detail, " > ")
	switch s.Reason {
	case ingest.TooLarge, ingest.TextTooLong:
		return i18n.T("skip."+string(s.Reason), "had", ingest.SizeName(had), "limit", ingest.SizeName(limit))
	case ingest.NoDecoder:
		switch {
		case two:
			return i18n.T("skip.no-decoder.nearest", "encoding", had, "n", limit)
		case s.Detail == ingest.Escapes:
			return i18n.T("skip.no-decoder.escapes")
		}
	case ingest.NotRegular:
		return i18n.T("skip."+string(s.Reason), "kind", i18n.T("filekind."+s.Detail))
	case ingest.Unreadable:
		if s.Err == nil && s.Detail == syscall.EACCES.Error() { // as an import has recorded it
			return i18n.T("skip."+string(s.Reason), "detail", i18n.T("error.permission"))
		}
		if why := Words(s.Err); why != "" && why != s.Err.Error() {
			return i18n.T("skip."+string(s.Reason), "detail", why)
		}
		return i18n.T("skip.unreadable.disk", "detail", OneLine(s.Detail))
	case intake.Refused:
		if s.Err != nil {
			return i18n.T("skip."+string(s.Reason), "detail", FileWords(s.Err))
		}
	}
	return i18n.T("skip."+string(s.Reason), "detail", OneLine(s.Detail))
}
