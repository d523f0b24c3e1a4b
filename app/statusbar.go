package app

import (
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
)

// showStatus says in the status bar what is the case.
func (w *window) showStatus() { w.status.SetSegments(w.segments()...) }

func (w *window) segments() []widgets.Segment {
	var all []widgets.Segment
	add := func(text string, tone widgets.Tone, priority int) {
		if text != "" {
			all = append(all, widgets.Segment{Text: text, Tone: tone, Priority: priority})
		}
	}
	st, s := w.s.Status(), w.s
	saved, tone := w.savedWords(st)
	add(saved, tone, 10)
	if w.composes {
		add(i18n.T("status.composing"), widgets.Plain, 12)
	}
	if n := s.Unsaved(); n > 0 {
		add(i18n.N("status.unsaved", n), widgets.Bad, 11)
	}
	if ro, why := s.ReadOnly(); ro && s.Open() {
		add(readOnlyWords(why), widgets.Warn, 9)
	}
	if st.Hint != "" {
		add(st.Hint, widgets.Plain, 8)
	} else {
		add(st.Notice, widgets.Plain, 8)
	}
	if s.Open() {
		if at := s.RowOfDocument(); at >= 0 {
			add(i18n.T("status.place", "n", at+1, "all", s.Rows()), widgets.Plain, 7)
		} else if s.ListRead() {
			add(i18n.N("status.documents", s.Rows()), widgets.Plain, 7)
		}
	}
	add(s.Actor(), widgets.Plain, 5)
	// While another document is being opened its place is said already: numbers of
	// the one before beside it would be of neither.
	if d := s.Document(); d != nil && d.Info != nil && !s.Loading() {
		add(d.Info.Encoding, widgets.Plain, 3)
		if n := d.Proposals(); n > 0 {
			add(i18n.N("status.proposals", n), widgets.Plain, 6)
		}
		add(i18n.N("status.chars", d.Text.Text().Len()), widgets.Plain, 4)
		if n := d.Info.Folded; n > 0 {
			add(i18n.T("status.folded", "n", n), widgets.Plain, 2)
		}
		if n := s.Drafts(); n > 0 {
			add(i18n.N("status.drafts", n), widgets.Warn, 6)
		}
	}
	return append(all, widgets.Segment{Text: i18n.T("status.palette"), Right: true, Priority: 1})
}

// savedWords says whether everything is in the file.
func (w *window) savedWords(st session.Status) (string, widgets.Tone) {
	switch {
	case st.Error != "":
		return "⚠ " + st.Error, widgets.Bad
	case st.Opening:
		return i18n.T("status.reading"), widgets.Plain
	case w.opening:
		return i18n.T("status.opening"), widgets.Plain
	case st.Saving > 0:
		return i18n.T("status.saving"), widgets.Plain
	case st.DraftAt.After(st.SavedAt):
		return i18n.T("status.draft", "time", i18n.Clock(st.DraftAt)), widgets.Plain
	case !st.SavedAt.IsZero():
		return i18n.T("status.saved", "time", i18n.Clock(st.SavedAt)), widgets.Good
	}
	return "", widgets.Plain
}

func readOnlyWords(why string) string {
	switch why {
	case "folder":
		return i18n.T("readonly.folder")
	case "newer":
		return i18n.T("readonly.newer")
	case "full":
		return i18n.T("readonly.full")
	case "gone":
		return i18n.T("readonly.gone")
	}
	return i18n.T("readonly.asked")
}
