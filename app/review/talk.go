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
	t := &talk{p: p, threads: widgets.NewDiscussion(session.DiscussionWords())}
	t.threads.Covers = session.Covers
	t.threads.OnAsk = func(fyne.CanvasObject) { p.ask() }
	t.threads.OnAnswer = t.answer
	t.threads.OnResolve = t.settle
	t.threads.OnKey = p.escape
	head := widget.NewLabelWithStyle(i18n.T("review.discussion"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	t.content = container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Near, 0, 0, 0), head), nil, nil, nil, t.threads)
	return t
}

func (t *talk) focus() {
	if !t.threads.Focus() {
		t.p.Focus()
	}
}

// show shows the threads about the proposal, then those about the document and
// about other things in it.
func (t *talk) show(d *session.Doc, it *archive.Item) {
	var near, far []widgets.ThreadView
	about := session.About(d, it).ID
	for _, th := range d.AllThreads() {
		switch on := archive.ID(th.Key); {
		case on == it.ID, on == about, on != "" && on == it.Amends:
			near = append(near, t.p.s.ThreadView(th, ""))
		case on == "":
			far = append(far, t.p.s.ThreadView(th, i18n.T("thread.on.document")))
		default:
			words := i18n.T("thread.on.gone")
			if o := d.Item(on); o != nil {
				words = session.OneLine(i18n.T("thread.on", "what", short(session.ProposedWords(o))))
			}
			far = append(far, t.p.s.ThreadView(th, words))
		}
	}
	fixed := t.p.s.Fixed() != ""
	t.threads.SetThreads(append(near, far...), fixed)
}

// thread is one of the document that is shown, by its id.
func (t *talk) thread(id string) (*session.Doc, *archive.Item) {
	d, _ := t.p.r.Shown()
	if d == nil {
		return nil, nil
	}
	return d, d.Item(archive.ID(id))
}

func (t *talk) answer(id string, _ fyne.CanvasObject) {
	d, it := t.thread(id)
	if it == nil {
		return
	}
	t.p.openBox(widgets.SmallBoxAsk{Title: i18n.T("thread.answer.title", "words", short(it.Text)), Prompt: i18n.T("thread.answer.prompt"),
		Hint: i18n.T("thread.hint"), Lines: true}, func(text string, done func(error)) { t.p.s.AnswerThread(d.ID, it, text, done) })
}

func (t *talk) settle(id string, reopen bool) {
	if d, it := t.thread(id); it != nil {
		t.p.s.SettleThread(d.ID, it, reopen, t.p.failed)
	}
}
