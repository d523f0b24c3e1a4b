package review

import (
	"fyne.io/fyne/v2"
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

// talk is what was said about the proposal and about its document.
type talk struct {
	p       *Page
	threads *widgets.Discussion
	content fyne.CanvasObject
}

func newTalk(p *Page) *talk {
	t := &talk{p: p, threads: widgets.NewDiscussion(i18n.T("thread.ask"), i18n.T("thread.none"))}
	t.threads.Covers = session.Covers
	t.threads.More = func(n int) string { return i18n.N("thread.more", n) }
	t.threads.OnAsk, t.threads.OnAct = p.ask, t.act
	t.threads.OnKey = p.escape
	head := widget.NewLabelWithStyle(i18n.T("review.discussion"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	t.content = widgets.Border(container.New(layout.NewCustomPaddedLayout(look.Near, 0, 0, 0), head), nil, nil, nil, t.threads)
	return t
}

func (t *talk) focus() {
	if !t.threads.Focus() {
		t.p.Focus()
	}
}

// show shows the threads about the proposal, then those about the document and
// about other things in it; all of them where no proposal is shown.
func (t *talk) show(d *session.Doc, it *archive.Item) {
	var near, far []widgets.ThreadView
	var about, of, was archive.ID
	if it != nil {
		about, of, was = session.About(d, it).ID, it.ID, it.Amends
	}
	for _, th := range d.AllThreads() {
		if on := archive.ID(th.Key); it != nil && (on == of || on == about || on != "" && on == was) {
			near = append(near, t.p.s.ThreadView(th, "", false))
		} else {
			far = append(far, t.p.s.ThreadView(th, session.ThreadAbout(d, th), false))
		}
	}
	fixed := t.p.s.Fixed() != ""
	t.threads.SetThreads(append(near, far...), fixed)
}

// act does what a button of a thread says.
func (t *talk) act(id, act string) {
	d, _ := t.p.r.Shown()
	if d == nil || d.Item(archive.ID(id)) == nil {
		return
	}
	it := d.Item(archive.ID(id))
	if act != session.ThreadAnswer {
		t.p.s.SettleThread(d.ID, it, act == session.ThreadReopen, t.p.said(t.p.failed))
		return
	}
	t.p.openBox(widgets.SmallBoxAsk{Title: i18n.T("thread.answer.title", "words", short(it.Text)), Prompt: i18n.T("thread.answer.prompt"),
		Hint: i18n.T("thread.hint"), Lines: true}, func(text string, done func(error)) { t.p.s.AnswerThread(d.ID, it, text, t.p.said(done)) })
}
