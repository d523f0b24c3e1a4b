package importing

import (
	"strings"

	"strconv"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/ingest/records"
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
	know, _ := s.p.w.know(i, false)
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
	case records.FormatJSON:
		return "JSON"
	case records.FormatJSONL:
		return "JSON Lines"
	case records.FormatCSV:
		return "CSV"
	case records.FormatTSV:
		return "TSV"
	case records.FormatXLSX:
		return "XLSX"
	case records.FormatODS:
		return "ODS"
	}
	if name, ok := formatNames[format]; ok {
		return name
	}
	_, short, _ := strings.Cut(format, "/")
	return short
}

// formatNames are what people call formats, in every language.
var formatNames = map[string]string{
	"application/pdf": "PDF", "application/rtf": "RTF", "text/rtf": "RTF", "text/markdown": "Markdown", "application/epub+zip": "EPUB", "message/rfc822": "EML", "multipart/related": "MHTML",
	"application/msword": "DOC", "application/vnd.ms-excel": "XLS", "application/vnd.ms-powerpoint": "PPT",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX", "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
	"application/vnd.oasis.opendocument.text": "ODT", "application/vnd.oasis.opendocument.presentation": "ODP",
	"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF", "image/webp": "WebP", "image/gif": "GIF", "image/bmp": "BMP", "image/jp2": "JPEG 2000",
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

// know says what there is to know of row i, the most pressing first, in full or shortly;
// tone is how pressing that is.
func (w *Work) know(i int, full bool) (string, widgets.Tone) {
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
	case l.Skip != nil && full:
		return i18n.T("importing.skipped", "why", session.SkipWords(l.Skip)), widgets.Warn
	case l.Skip != nil:
		return i18n.T("importing.skipped", "why", i18n.T("importing.reason."+string(l.Skip.Reason))), widgets.Warn
	case l.DuplicateOf != "" && full:
		add(i18n.T("importing.there.as", "doc", l.DuplicateOf.Short()))
	case l.DuplicateOf != "":
		add(i18n.T("importing.there"))
	case r.duplicate(i):
		add(i18n.T("importing.same", "name", session.OneLine(r.at(l.Earlier-1).Path)))
	}
	switch {
	case l.Records > records.MaxRows:
		add(i18n.T("importing.records.over", "n", records.MaxRows))
	case l.Records > 0:
		add(i18n.N("importing.records", l.Records))
	}
	if l.Undecoded > 0 {
		add(i18n.N("importing.undecoded", l.Undecoded))
		tone = widgets.Warn
	}
	if l.Mojibake > 0 {
		add(i18n.N("importing.mojibake", l.Mojibake))
		tone = widgets.Warn
	}
	return words, tone
}

// aboutRow says above its text what row i is.
func (w *Work) aboutRow(i int) (string, widgets.Tone) {
	l := w.rows.at(i)
	words := session.OneLine(l.Path)
	if l.Name != "" {
		words += " · " + sizeWords(l.Size)
	}
	if l.Encoding != "" {
		sure := sureWords(l)
		if !l.Chosen {
			sure = i18n.T("importing.surely", "sure", sure, "n", int(l.Confidence*100+0.5))
		}
		words += " · " + l.Encoding + " · " + sure
	}
	if l.Skip == nil {
		words += " · " + i18n.N("importing.chars", l.Chars)
	}
	if l.Language != "" {
		words += " · " + i18n.T("importing.language", "code", l.Language)
	}
	know, tone := w.know(i, true)
	if know != "" {
		words += "\n"
		if tone != widgets.Plain {
			words += "⚠ "
		}
		words += know
	}
	return words, tone
}

// sizeWords says the size of a file.
func sizeWords(bytes int64) string {
	if bytes < 1024 {
		return i18n.N("importing.bytes", int(bytes))
	}
	return ingest.SizeName(strconv.FormatInt(bytes, 10))
}
