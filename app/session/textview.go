package session

import (
	"fonds/app/i18n"
	"fonds/widgets"
)

// TextView is a view of a text, in the faces and the size of letters that the person has
// chosen, on the workers and the clock of the session. It follows that size, and gives it
// to all others.
func (s *Session) TextView() *widgets.TextView {
	v := widgets.NewTextView(Faces()...)
	v.Words = widgets.TextWords{Proposed: i18n.T("text.proposed"), LookAgain: i18n.T("text.lookagain"), Deleted: i18n.T("text.deleted"),
		More: func(n int) string { return i18n.T("text.more", "n", n) }}
	v.Go, v.Do, v.Now, v.After = s.cfg.Go, s.cfg.Do, s.cfg.Now, s.Timer()
	v.OnHover = func(words string) { s.Hint(words) }
	size := func() {
		if s.textSize > 0 {
			v.SetZoom(s.textSize)
		}
	}
	size()
	v.OnZoom = s.SetTextSize
	s.On(func(e Event) {
		if _, ok := e.(TextSizeChanged); ok {
			size()
		}
	})
	return v
}
