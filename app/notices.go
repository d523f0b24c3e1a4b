package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// The copy of the day is looked for a while after the archive was opened, when
// its first documents are there, and then every hour: a window stays open for
// days.
const (
	copyAfter = 10 * time.Second
	copyEvery = time.Hour
)

// strip is what stands under the menu: what there is to know about the archive,
// a line each, with the command that helps where there is one.
type strip struct {
	w       *window
	shown   []session.Notice
	hidden  []session.Notice // put away by the person
	content *fyne.Container
}

func newStrip(w *window) *strip {
	t := &strip{w: w}
	t.content = container.New(layout.NewCustomPaddedVBoxLayout(0))
	t.content.Hide()
	return t
}

// show shows the notices of now; another archive has others.
func (t *strip) show() {
	var all []session.Notice
	for _, n := range t.w.s.Notices() {
		if !slices.Contains(t.hidden, n) {
			all = append(all, n)
		}
	}
	if slices.Equal(all, t.shown) {
		return
	}
	t.shown = all
	t.content.Objects = nil
	for _, n := range all {
		t.content.Add(t.line(n))
	}
	t.content.Hidden = len(all) == 0
	t.content.Refresh()
	t.w.win.Content().Refresh()
}

func (t *strip) line(n session.Notice) fyne.CanvasObject {
	words := session.NewNote(3)
	tone := widgets.Plain
	if n.Grave {
		tone = widgets.Bad
	}
	words.SetText("⚠ "+n.Text, tone)
	var acts []fyne.CanvasObject
	for _, id := range []string{n.Do, n.Also} {
		if id == "" {
			continue
		}
		c := t.w.s.Commands.Get(id)
		acts = append(acts, widgets.NewSmallButton(c.Words(), func() { t.w.command(c.ID) }))
	}
	if !n.Grave { // what is in danger stays in sight
		acts = append(acts, widgets.NewSmallButton(i18n.T("notice.hide"), func() {
			t.hidden = append(t.hidden, n)
			t.show()
			t.w.focusPage()
		}))
	}
	body := container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedHBoxLayout(look.Near), acts...),
		container.New(&middle{}, words))
	return container.New(layout.NewCustomPaddedVBoxLayout(0), container.NewStack(canvas.NewRectangle(look.Current().Paper),
		container.New(layout.NewCustomPaddedLayout(look.Tight, look.Tight, look.Apart, look.Near), body)), widget.NewSeparator())
}

// middle gives its one object the width there is and puts it at half height.
type middle struct{}

// MinSize is called by Fyne.
func (*middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is called by Fyne.
func (*middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, o[0].MinSize().Height)) // it wraps
	h := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-h)/2)))
}

// copyLater looks for the copy of the day after a while, and again and again, as
// long as the archive is open.
func (w *window) copyLater(sitting int, after time.Duration) {
	w.s.After(after, func() {
		if !w.closing && w.sitting == sitting && w.s.Open() {
			w.s.DailyCopy()
			w.copyLater(sitting, copyEvery)
		}
	})
}
