package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// modal is something that wants an answer before anything else is done. It lies
// over the window; Escape leaves it, where it can be left; the focus goes back to
// where it was.
type modal struct {
	w      *window
	popup  *widgets.Veil
	before fyne.Focusable
	leave  func() // on Escape; nil: it must be answered
}

// open shows content under a heading and gives the focus to first. width is that
// of the content where the window has room.
func (w *window) open(title string, content fyne.CanvasObject, width float32, leave func(), first fyne.Focusable) *modal {
	if w.modal != nil {
		w.modal.close()
	}
	c := w.win.Canvas()
	m := &modal{w: w, before: c.Focused(), leave: leave}
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	head.Truncation = fyne.TextTruncateEllipsis
	width = min(width, c.Size().Width-4*look.Edge)
	// Fyne keeps its labels off their own edges: here the edge is that of what stands below.
	top := container.New(layout.NewCustomPaddedLayout(-look.Tight, look.Tight, -look.Near, -look.Near), head)
	body := container.New(&wide{width}, container.NewBorder(top, nil, nil, nil, content))
	m.popup = widgets.NewVeil(container.New(layout.NewCustomPaddedLayout(look.Apart, look.Apart, look.Apart, look.Apart), body), c)
	w.modal = m
	m.popup.Show()
	if first != nil {
		c.Focus(first)
	}
	return m
}

// close takes the modal away.
func (m *modal) close() {
	if m.w.modal != m {
		return
	}
	m.w.modal = nil
	m.popup.Hide()
	if m.before != nil {
		m.w.win.Canvas().Focus(m.before)
	}
}

// escape leaves the modal on Escape, where it can be left.
func (m *modal) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape || m.leave == nil {
		return false
	}
	m.close()
	m.leave()
	return true
}

// wide gives its one object a width and the height that it needs at that width.
type wide struct{ width float32 }

// MinSize is called by Fyne.
func (l *wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, objects[0].MinSize().Height)
}

// Layout is called by Fyne.
func (l *wide) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// paragraph is a text that wraps, at the left edge of what stands below it.
func paragraph(text string) fyne.CanvasObject {
	n := widgets.NewText(paragraphRows, text)
	n.Covers = session.Covers
	return container.New(layout.NewCustomPaddedLayout(0, look.Near, 0, 0), n)
}

// paragraphRows is the most that a paragraph is long.
const paragraphRows = 16

// changing is a paragraph whose words are set later, and which may be long.
func changing(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	for _, r := range text {
		if r < 0x2E80 && r > ' ' {
			l.Wrapping = fyne.TextWrapWord // there are words to keep whole
			break
		}
	}
	return l
}

// buttons are put at the right, the one most likely wanted last.
func buttons(all ...fyne.CanvasObject) fyne.CanvasObject {
	row := append([]fyne.CanvasObject{layout.NewSpacer()}, all...)
	return container.New(layout.NewCustomPaddedLayout(look.Apart, 0, 0, 0), container.New(layout.NewCustomPaddedHBoxLayout(look.Near), row...))
}

// tell says something that has to be seen.
func (w *window) tell(title, text string) {
	var m *modal
	done := widgets.NewPrimaryButton(i18n.T("button.close"), func() { m.close() })
	done.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	m = w.open(title, container.New(layout.NewCustomPaddedVBoxLayout(0), paragraph(text), buttons(done)), 480, func() {}, done)
}

// ask asks whether to do something; what it is, the button says.
func (w *window) ask(title, text, do string, then func()) {
	var m *modal
	cancel := widgets.NewButton(i18n.T("button.cancel"), func() { m.close() })
	yes := widgets.NewPrimaryButton(do, func() {
		m.close()
		then()
	})
	for _, b := range []*widgets.Button{cancel, yes} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	}
	m = w.open(title, container.New(layout.NewCustomPaddedVBoxLayout(0), paragraph(text), buttons(cancel, yes)), 480, func() {}, yes)
}
