package app

import (
	"runtime"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
)

// palette asks for a command by its name.
func (w *window) palette() {
	var choices []widgets.Choice
	for _, c := range w.s.Commands.All() {
		if c.ID != "palette" && w.s.Commands.Enabled(c) {
			choices = append(choices, widgets.Choice{ID: c.ID, Title: c.Words(), Sub: i18n.T(string(c.Menu)), Badge: c.Keys(),
				Also: strings.Join(i18n.Everywhere(c.Label), "\n")})
		}
	}
	// What was done last comes first.
	slices.SortStableFunc(choices, func(a, b widgets.Choice) int { return w.used(a.ID) - w.used(b.ID) })
	ch := widgets.NewChooser(i18n.T("palette.prompt"), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(id string) {
		w.lately = append([]string{id}, slices.DeleteFunc(w.lately, func(have string) bool { return have == id })...)
		w.s.Commands.Run(id)
	}
	ch.Show(w.win.Canvas())
}

// used is how many other commands were chosen from the palette since this one;
// all that never were come after those, in the order of the table.
func (w *window) used(id string) int {
	if at := slices.Index(w.lately, id); at >= 0 {
		return at
	}
	return len(w.lately)
}

// about says what this is.
func (w *window) about() {
	w.tell(i18n.T("about.title", "version", w.o.Version), i18n.T("about.text", "system", runtime.GOOS+"/"+runtime.GOARCH))
}
