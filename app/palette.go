package app

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// palette asks for a command by its name.
func (w *window) palette() {
	var choices []widgets.Choice
	for _, c := range w.s.Commands.All() {
		if c.ID != "palette" && w.s.Commands.Enabled(c) {
			choices = append(choices, widgets.Choice{ID: c.ID, Title: c.Words(), Sub: i18n.T(string(c.Menu)), Badge: c.Keys()})
		}
	}
	ch := widgets.NewChooser(i18n.T("palette.prompt"), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = w.s.Commands.Run
	ch.Show(w.win.Canvas())
}

// sheetColumns is how many columns the sheet of shortcuts has.
const sheetColumns = 3

// sheet shows every command that has a key, with its key.
func (w *window) sheet() {
	p := look.Current()
	var rows [][]fyne.CanvasObject // name and keys; keys nil: a heading
	line := func(text string, bold bool, quiet bool) fyne.CanvasObject {
		t := canvas.NewText(text, p.Ink)
		t.TextSize = theme.CaptionTextSize()
		t.TextStyle.Bold = bold
		if quiet {
			t.Color = p.Quiet
		}
		return t
	}
	for _, m := range session.Menus() {
		var some [][]fyne.CanvasObject
		for _, c := range w.s.Commands.All() {
			if c.Menu == m && c.Keys() != "" {
				some = append(some, []fyne.CanvasObject{line(c.Words(), false, false), line(c.Keys(), false, true)})
			}
		}
		if len(some) > 0 {
			rows = append(append(rows, []fyne.CanvasObject{line(i18n.T(string(m)), true, false), nil}), some...)
		}
	}
	each := (len(rows) + sheetColumns - 1) / sheetColumns
	columns := container.New(layout.NewGridLayoutWithColumns(sheetColumns))
	for len(rows) > 0 {
		n := min(each, len(rows))
		for n < len(rows) && n > 1 && rows[n-1][1] == nil {
			n-- // no heading at the foot of a column
		}
		box := container.New(layout.NewCustomPaddedVBoxLayout(look.Tight))
		for _, r := range rows[:n] {
			if r[1] == nil {
				box.Add(container.New(layout.NewCustomPaddedLayout(look.Near, 0, 0, 0), r[0]))
				continue
			}
			box.Add(container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Apart), container.NewHBox(r[0], layout.NewSpacer(), r[1])))
		}
		columns.Add(box)
		rows = rows[n:]
	}
	var m *modal
	done := widgets.NewPrimaryButton(i18n.T("button.close"), func() { m.close() })
	done.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	m = w.open(i18n.T("sheet.title"), container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		paragraph(i18n.T("sheet.text")), columns, buttons(done)), 1040, func() {}, done)
}

// about says what this is.
func (w *window) about() {
	w.tell(i18n.T("about.title", "version", w.o.Version), i18n.T("about.text", "system", runtime.GOOS+"/"+runtime.GOARCH))
}
