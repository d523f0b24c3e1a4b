package vocabulary

import (
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// row says of a document, or of what goes along in the archive itself, what it says now
// and what it would say.
func (c *change) row(i int) widgets.Row {
	x := &c.plan.Changes[i]
	after := i18n.List(x.After)
	if after == "" {
		after = "–"
	}
	if x.Doc == "" && len(x.Edits) > 0 { // what goes along in the archive itself
		what := map[string]string{"tag.hotkey": i18n.T("vocabulary.along.key"), archive.SaveSearchKind: i18n.T("vocabulary.along.search")}[x.Edits[0].Do]
		if what == "" {
			what = i18n.T("vocabulary.along.said")
		}
		return widgets.Row{Known: true, Faint: true, Title: session.OneLine(x.Title), Sub: session.OneLine(what + " · " + i18n.List(x.Before) + " → " + after)}
	}
	row := widgets.Row{Known: true, Title: session.OneLine(x.Title), Sub: session.OneLine(i18n.List(x.Before) + " → " + after)}
	if x.Status == archive.Approved {
		row.Badge = session.Signed(x.Status)
	}
	return row
}
