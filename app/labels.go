package app

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// labelPage is the palette as a person keeps it: its labels at the left, with a row
// for a new one at the end; what is said of the chosen one at the right.
type labelPage struct {
	w      *window
	m      *modal
	rows   []archive.Label
	list   *widgets.List
	name   *widgets.Entry
	about  *widgets.Entry
	key    *widgets.Entry
	style  *widgets.StylePicker
	says   *widget.Label
	keep   *widgets.Button
	remove *widgets.Button
	after  string // the label to choose when it is there
}

// openLabels shows the palette.
func (w *window) openLabels() {
	l := &labelPage{w: w, list: widgets.NewList(), name: widgets.NewEntry(), about: widgets.NewEntry(), key: widgets.NewEntry(),
		style: widgets.NewStylePicker(i18n.T("labels.sample")), says: changing(" ")}
	l.list.Covers = session.Covers
	l.list.OnSelect = func(int) { l.showChosen() }
	l.list.OnActivate = func(int) { l.begin() }
	l.list.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyDelete {
			l.removeChosen()
			return true
		}
		return l.m.escape(k)
	}
	for _, e := range []*widgets.Entry{l.name, l.about, l.key} {
		e.OnKey = l.entryKey
	}
	l.name.Limit, l.about.Limit, l.key.Limit = 40, 200, 8
	l.key.OnType = func(string) { l.say(l.keyTaken()) }
	l.style.OnKey = l.entryKey
	l.keep = widgets.NewPrimaryButton(i18n.T("labels.add"), l.save)
	l.remove = widgets.NewButton(i18n.T("labels.remove"), l.removeChosen)
	done := widgets.NewButton(i18n.T("button.close"), func() { l.m.close() })
	for _, b := range []*widgets.Button{l.keep, l.remove, done} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return l.m.escape(k) }
	}
	l.says.SizeName = theme.SizeNameCaptionText
	side := container.New(&wide{380}, container.New(layout.NewCustomPaddedVBoxLayout(look.Tight),
		caption(i18n.T("labels.name")), l.name, caption(i18n.T("labels.about")), l.about,
		caption(i18n.T("labels.key")), l.key, caption(i18n.T("labels.style")), l.style, flush(l.says)))
	frame := canvas.NewRectangle(look.Current().Paper)
	frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = look.Current().Line, look.Current().LineWidth, look.Corner
	right := container.New(layout.NewCustomPaddedLayout(0, 0, look.Apart, 0), side)
	body := container.New(layout.NewBorderLayout(nil, nil, nil, right), container.NewStack(frame, l.list), right)
	l.m = w.open(i18n.T("labels.title"), container.New(layout.NewCustomPaddedVBoxLayout(0), body,
		buttons(done, l.remove, l.keep)), 720, func() {}, l.list)
	w.labels = l
	l.list.SetSelected(0)
	l.show()
	l.list.SetSelected(0)
	l.showChosen()
}

// caption is what stands above a field.
func caption(words string) fyne.CanvasObject {
	t := canvas.NewText(words, look.Current().Quiet)
	t.TextSize = theme.CaptionTextSize()
	return container.New(layout.NewCustomPaddedLayout(look.Tight, 0, 0, 0), t)
}

// flush takes away the room that a label keeps at its sides, so that it begins
// where the fields do.
func flush(l *widget.Label) fyne.CanvasObject {
	inset := theme.InnerPadding()
	return container.New(layout.NewCustomPaddedLayout(0, 0, -inset, -inset), l)
}

// entryKey: Enter keeps what is typed, from whichever field.
func (l *labelPage) entryKey(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		l.save()
		return true
	}
	return l.m.escape(k)
}

// show lists the palette as it is now, keeping the choice.
func (l *labelPage) show() {
	if l.w.modal != l.m {
		return // it was closed
	}
	chosen := l.chosen().Name
	if l.after != "" {
		chosen = l.after
	}
	l.rows = l.w.s.Palette()
	l.list.SetCount(len(l.rows)+1, func(i int) widgets.Row {
		if i >= len(l.rows) {
			return widgets.Row{Title: i18n.T("labels.new"), Sub: i18n.T("labels.new.how"), Known: true}
		}
		return l.row(l.rows[i])
	})
	at := slices.IndexFunc(l.rows, func(r archive.Label) bool { return r.Name == chosen })
	switch {
	case chosen == "": // the row for a new one is another by now
		l.list.SetSelected(len(l.rows))
	case at >= 0:
		l.list.SetSelected(at)
		l.list.EnsureVisible(at)
	default: // it was taken out
		l.list.SetSelected(len(l.rows))
		l.showChosen()
	}
	if l.after != "" && at >= 0 {
		l.after = ""
		l.showChosen()
	}
}

func (l *labelPage) row(r archive.Label) widgets.Row {
	row := widgets.Row{Title: session.LabelWords(r.Name), Sub: r.Text, Badge: strings.ToUpper(r.Key), Known: true}
	switch c := l.w.s.Commands.Get("mark." + r.Name); {
	case !r.Own:
		row.Sub = i18n.T("labels.program")
		if c != nil {
			row.Badge = c.Keys()
		}
	case r.Text == "":
		row.Sub = i18n.T("labels.own")
	}
	return row
}

// chosen is the label of the chosen row; of the last one, one without a name.
func (l *labelPage) chosen() archive.Label {
	if at := l.list.Selected(); at >= 0 && at < len(l.rows) {
		return l.rows[at]
	}
	return archive.Label{Own: true, Style: len(session.Labels)}
}

// showChosen shows what is said of the chosen label, to be changed where it is
// the archive's own.
func (l *labelPage) showChosen() {
	r := l.chosen()
	why := l.w.s.Fixed()
	own, fresh := r.Own && why == "", r.Name == ""
	l.name.SetText("")
	if !fresh {
		l.name.SetText(session.LabelWords(r.Name))
	}
	l.about.SetText(r.Text)
	l.key.SetText(strings.ToUpper(r.Key))
	if c := l.w.s.Commands.Get("mark." + r.Name); !r.Own && c != nil {
		l.key.SetText(strings.ToUpper(string(c.Rune)))
	}
	l.style.SetStyle(r.Style)
	for _, e := range []*widgets.Entry{l.about, l.key} {
		e.SetReadOnly(!own)
		e.SetBad(false)
	}
	l.name.SetReadOnly(!own || !fresh)
	l.name.SetBad(false)
	widgets.Enable(l.style, own)
	widgets.Enable(l.keep, own)
	widgets.Enable(l.remove, own && !fresh)
	l.keep.SetLabel(i18n.T("labels.change"))
	if fresh {
		l.keep.SetLabel(i18n.T("labels.add"))
	}
	switch {
	case why != "":
		l.say(why)
	case !own:
		l.say(i18n.T("labels.program.why"))
	default:
		l.says.Importance = widget.LowImportance
		l.says.SetText(i18n.T("labels.how"))
	}
}

// begin puts the caret where the chosen label can be changed.
func (l *labelPage) begin() {
	switch r := l.chosen(); {
	case !r.Own || l.w.s.Fixed() != "":
	case r.Name == "":
		l.w.win.Canvas().Focus(l.name)
	default:
		l.w.win.Canvas().Focus(l.about)
	}
}

// say says what is wrong; "" takes it back.
func (l *labelPage) say(words string) {
	l.says.Importance = widget.WarningImportance
	if words != "" {
		words = "⚠ " + words
	}
	l.says.SetText(words)
}

// keyTaken says which command has the key that is typed, "" where none has.
func (l *labelPage) keyTaken() string {
	key := strings.ToLower(strings.TrimSpace(l.key.Text))
	r, size := utf8.DecodeRuneInString(key)
	if key == "" || size != len(key) {
		return ""
	}
	if c := l.w.s.Commands.KeyOf(r); c != nil {
		return i18n.T("labels.key.taken", "key", strings.ToUpper(key), "command", c.Words())
	}
	return ""
}

// save puts what is typed into the palette.
func (l *labelPage) save() {
	r := l.chosen()
	if !r.Own || l.w.s.Fixed() != "" {
		return
	}
	if r.Name == "" {
		r.Name = strings.TrimSpace(l.name.Text)
	}
	r.Text, r.Key, r.Style = l.about.Text, l.key.Text, l.style.Style()
	if slices.ContainsFunc(l.rows, func(o archive.Label) bool { return o.Name == r.Name }) && l.chosen().Name == "" {
		l.name.SetBad(true)
		l.say(i18n.T("labels.there", "label", r.Name))
		return
	}
	if r.Name == "" {
		l.name.SetBad(true)
		l.say(i18n.T("labels.noname"))
		l.w.win.Canvas().Focus(l.name)
		return
	}
	if words := l.keyTaken(); words != "" {
		l.key.SetBad(true)
		l.say(words)
		l.w.win.Canvas().Focus(l.key)
		return
	}
	l.w.s.SetLabel(r, func(err error) {
		if err != nil {
			l.say(session.Words(err))
			return
		}
		l.after = r.Name
		l.w.s.Say(i18n.T("labels.kept", "label", r.Name))
	})
}

// removeChosen takes the chosen label out of the palette.
func (l *labelPage) removeChosen() {
	r := l.chosen()
	if !r.Own || r.Name == "" || l.w.s.Fixed() != "" {
		return
	}
	l.w.s.RemoveLabel(r.Name, func(err error) {
		if err != nil {
			l.say(session.Words(err))
			return
		}
		l.w.s.Say(i18n.T("labels.removed", "label", r.Name))
	})
}
