package importing

import (
	"strconv"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/widgets"
)

// row is what the list says of a row that is shown.
func (s *files) row(place int) widgets.Row {
	r := &s.p.w.rows
	i := r.row(place)
	l := r.at(i)
	parts := ""
	if l.Parts > 1 {
		parts = i18n.N("importing.parts", l.Parts)
	}
	know, _ := s.p.w.know(i)
	return widgets.Row{Known: true, Title: l.Path, Faint: !r.takes(i), Cells: []string{l.Path, formatWords(l.Format), encodingWords(l), l.First, parts, know}}
}

// formatWords says a media type shortly.
func formatWords(format string) string {
	switch format {
	case "":
		return "—"
	case "text/plain":
		return i18n.T("importing.format.text")
	case "text/html":
		return i18n.T("importing.format.html")
	case "application/tei+xml":
		return "TEI"
	case "application/json":
		return "JSON"
	}
	return format
}

// How sure an encoding is, in words.
const (
	sureFrom   = 0.95
	likelyFrom = 0.75
)

// encodingWords says an encoding, and how sure it is.
func encodingWords(l *intake.Looked) string {
	if l.Encoding == "" {
		return "—"
	}
	return l.Encoding + " · " + sureWords(l)
}

func sureWords(l *intake.Looked) string {
	switch {
	case l.Chosen:
		return i18n.T("importing.chosen")
	case l.Confidence >= sureFrom:
		return i18n.T("importing.sure")
	case l.Confidence >= likelyFrom:
		return i18n.T("importing.likely")
	}
	return i18n.T("importing.doubtful")
}

// know says what there is to know of row i, the most pressing first; tone is how
// pressing that is.
func (w *Work) know(i int) (string, widgets.Tone) {
	l, r := w.rows.at(i), &w.rows
	words, tone := "", widgets.Plain
	add := func(more string) {
		if words != "" {
			words += " · "
		}
		words += more
	}
	switch {
	case r.out[i]:
		return i18n.T("importing.out"), widgets.Plain
	case l.Skip != nil:
		return i18n.T("importing.skipped", "why", session.SkipWords(l.Skip)), widgets.Warn
	case l.DuplicateOf != "":
		add(i18n.T("importing.there"))
	case r.duplicate(i):
		add(i18n.T("importing.same", "name", session.OneLine(r.at(l.Earlier-1).Path)))
	}
	if l.Undecoded > 0 {
		add(i18n.N("importing.undecoded", l.Undecoded))
		tone = widgets.Warn
	}
	if l.Mojibake > 0 {
		if l.Partly() {
			add(i18n.N("importing.mojibake.partly", l.Mojibake, "most", i18n.Number(intake.MojibakeChars)))
		} else {
			add(i18n.N("importing.mojibake", l.Mojibake))
		}
		tone = widgets.Warn
	}
	return words, tone
}

// aboutRow says above its text what row i is.
func (w *Work) aboutRow(i int) (string, widgets.Tone) {
	l := w.rows.at(i)
	words := session.OneLine(l.Path)
	if l.Name != "" {
		words += " · " + ingest.SizeName(strconv.FormatInt(l.Size, 10))
	}
	if l.Encoding != "" {
		words += " · " + encodingWords(l)
		if !l.Chosen {
			words += " " + i18n.T("importing.percent", "n", int(l.Confidence*100+0.5))
		}
	}
	if l.Skip == nil {
		words += " · " + i18n.N("importing.chars", l.Chars)
	}
	know, tone := w.know(i)
	if know != "" {
		words += "\n"
		if tone != widgets.Plain {
			words += "⚠ "
		}
		words += know
	}
	if l.DuplicateOf != "" && !w.rows.out[i] {
		words += " (" + l.DuplicateOf.Short() + ")"
	}
	return words, tone
}
