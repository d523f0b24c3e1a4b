package desk

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/ocr"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// transcribing is the typing of the pages of a scan beside their pictures, page by page: what is typed is kept as drafts,
// and becomes a source text of the document when it is taken. Where tesseract is installed its reading is offered as one.
type transcribing struct {
	p     *picturing
	on    bool // it is being typed
	page  int  // from 0
	first string
	text  string
	stop  func() // of the draft that waits

	head        *widgets.Note
	entry       *widgets.Entry
	use, give   *widgets.Button
	empty       *widgets.EmptyState
	form, all   *fyne.Container
	busy        *widgets.BusyBar
	cancel      context.CancelFunc // of a reading that goes on
	invitation  archive.ID         // the document for which the empty state speaks
	needsBefore string
}

// pageSlot is where the draft of a page is kept.
func pageSlot(page int) string { return fmt.Sprintf("typed:%05d", page+1) }

func newTranscribing(p *picturing) *transcribing {
	t := &transcribing{p: p}
	t.head = widgets.NewNote(2)
	t.head.Covers = session.Covers
	t.entry = widgets.NewMultiLineEntry()
	t.entry.SetPlaceHolder(i18n.T("typed.prompt"))
	t.entry.Limit = 200_000
	t.entry.OnType = t.typedNow
	t.entry.OnKey = t.key
	t.use = widgets.NewPrimaryButton(i18n.T("typed.use"), t.take)
	t.give = widgets.NewButton(i18n.T("typed.leave"), t.finish)
	t.busy = p.d.s.BusyBar(nil, nil)
	foot := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), t.use, t.give))
	t.form = widgets.Border(container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near), t.head), foot, nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), t.entry))
	t.empty = widgets.NewEmptyState("", "", "", nil)
	t.all = widgets.Border(nil, t.busy, nil, nil, container.NewStack(t.form, t.empty))
	t.busy.OnShown = func(bool) { widgets.Relay(t.all) }
	t.form.Hide()
	return t
}

// invites says whether the document has no text, so that the typing of it stands in its place.
func (t *transcribing) invites(doc *session.Doc) bool {
	if doc == nil || doc.Info.Chars > 0 || t.on {
		t.empty.Hide()
		return false
	}
	if needs := t.needs(); t.invitation != doc.ID || t.needsBefore != needs {
		t.invitation, t.needsBefore = doc.ID, needs
		switch {
		case doc.Info.Pages > 0:
			t.empty.Set(i18n.T("typed.none"), i18n.T("typed.none.how"), i18n.T("typed.begin"), func() { t.p.d.s.Commands.Run("picture.type") })
		case needs != "":
			t.empty.Set(i18n.T("typed.needs", "program", needs), i18n.T("typed.needs.how", "program", needs), i18n.T("typed.again"), func() { t.p.d.tryText("", false) })
		default:
			t.empty.Set(i18n.T("typed.nothing"), i18n.T("typed.nothing.how"), "", nil)
		}
	}
	t.empty.Show()
	return true
}

func (t *transcribing) needs() string {
	if t.p.open == nil {
		return ""
	}
	return t.p.open.Needs
}

// ready says whether the document can be typed from its pictures; where not, the status line says why.
func (t *transcribing) ready() bool {
	d := t.p.d
	if why := d.fixed(); why != "" {
		d.s.Say(why)
		return false
	}
	if !t.p.has() || t.p.open == nil {
		d.s.Say(i18n.T("typed.pictures"))
		return false
	}
	return true
}

// begin types the page that is shown.
func (t *transcribing) begin() {
	d := t.p.d
	if !t.ready() {
		return
	}
	t.on, t.page = true, -1
	t.form.Show()
	t.p.arrange()
	t.turned(t.p.view.Page())
	d.on.Focus(t.entry)
}

// opened: the pictures are there, or the text is another.
func (t *transcribing) opened() {
	if t.on {
		t.keep()
		page := t.page
		t.page = -1
		t.turned(page)
	}
}

// turned goes to the page that is shown.
func (t *transcribing) turned(page int) {
	if !t.on || page == t.page {
		return
	}
	t.keep()
	t.page = page
	t.first = t.was(page)
	t.text = t.first
	if draft, ok := t.p.d.s.Draft(t.p.of, pageSlot(page)); ok {
		t.text = draft.Text
	}
	t.entry.SetText(t.text)
	t.say()
}

// was is the text that a page has.
func (t *transcribing) was(page int) string {
	doc := t.p.d.s.Document()
	if doc == nil || t.p.open == nil || doc.Info.Chars == 0 {
		return ""
	}
	return t.p.open.Recipe.PageTexts(doc.Text.Source(), t.p.open.N)[page]
}

func (t *transcribing) say() {
	words := i18n.T("typed.page", "page", t.page+1, "pages", t.p.open.N)
	if n := len(t.p.d.s.DraftsOf(t.p.of, "typed:")); n > 0 {
		words += " · " + i18n.N("typed.drafts", n)
	}
	t.head.SetText(words, widgets.Plain)
}

func (t *transcribing) typedNow(text string) {
	t.text = text
	if t.stop == nil {
		t.stop = t.p.d.s.After(draftDelay, func() { t.stop = nil; t.save() })
	}
}

func (t *transcribing) save() {
	if t.page >= 0 {
		t.p.d.s.SaveDraft(t.p.of, pageSlot(t.page), t.text, t.text != t.first)
		t.say()
	}
}

// keep keeps what is typed as a draft now.
func (t *transcribing) keep() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
		t.save()
	}
}

// key: pages are turned from within what is typed, and Control+Enter is taken by the text that comes next.
func (t *transcribing) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyPageDown:
		t.turnTo(min(t.page+1, t.p.open.N-1))
	case fyne.KeyPageUp:
		t.turnTo(max(t.page-1, 0))
	case fyne.KeyEscape:
		t.finish()
	default:
		return false
	}
	return true
}

// turnTo goes to another page, picture and typing.
func (t *transcribing) turnTo(page int) {
	t.p.view.SetPage(page)
	t.p.turned(page)
}

// take makes what was typed of all pages the text of the document.
func (t *transcribing) take() {
	d := t.p.d
	if !t.on || t.p.open == nil {
		return
	}
	t.keep()
	doc := t.p.of
	pages := make([]string, t.p.open.N)
	for i := range pages {
		pages[i] = t.was(i)
		if draft, ok := d.s.Draft(doc, pageSlot(i)); ok {
			pages[i] = draft.Text
		}
	}
	pages[t.page] = t.text
	d.s.TypePages(pages, nil, func(err error) {
		var r *archive.Refusal
		switch {
		case errors.As(err, &r) && r.Code == "unchanged":
			t.finish()
		case err != nil:
			t.head.SetText(session.Words(err), widgets.Bad)
			return
		}
		for i := range pages {
			d.s.Forget(doc, pageSlot(i))
		}
		if t.p.of == doc {
			t.finish()
			d.s.Say(i18n.T("typed.done"))
		}
	})
}

// finish goes back to reading; what was typed and not taken stays as drafts.
func (t *transcribing) finish() {
	if !t.on {
		return
	}
	t.leave()
	t.p.arrange()
	t.p.d.on.Focus(t.p.d.facing())
}

func (t *transcribing) leave() {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
	t.busy.Finish()
	if t.on {
		t.keep()
	}
	t.on, t.page = false, -1
	t.form.Hide()
}

// read has the pages read by tesseract, after asking in which language.
func (t *transcribing) read() {
	d := t.p.d
	if !t.ready() {
		return
	}
	doc := t.p.of
	d.s.Background(func(ctx context.Context, _ *storage.Archive) {
		r, err := ocr.Find(ctx)
		d.s.Config().Do(func() {
			switch {
			case t.p.of != doc:
			case errors.Is(err, ocr.ErrNone):
				d.s.Say(i18n.T("ocr.none"))
			case err != nil:
				d.s.Say(session.OneLine(err.Error()))
			default:
				t.chooseLanguage(r)
			}
		})
	})
}

func (t *transcribing) chooseLanguage(r *ocr.Reader) {
	d := t.p.d
	guess := r.Guess(d.s.Document().Info.Language)
	choices := []widgets.Choice{{ID: guess, Title: guess, Sub: i18n.T("ocr.guess")}}
	for _, l := range r.Languages {
		if l != guess {
			choices = append(choices, widgets.Choice{ID: l, Title: l})
		}
	}
	c := widgets.NewChooser(i18n.T("ocr.language", "program", r.Version, "pages", t.p.open.N), i18n.T("chooser.nothing"), choices)
	c.Covers = session.Covers
	c.OnPick = func(languages string) { t.readIn(r, languages) }
	c.Show(d.on)
}

// readIn reads all pages on a worker.
func (t *transcribing) readIn(r *ocr.Reader, languages string) {
	d, open := t.p.d, t.p.open
	if open == nil {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	stopped, cancel := context.WithCancel(context.Background())
	t.cancel = cancel
	t.busy.Start(i18n.T("ocr.reading"), open.N, cancel)
	d.s.Background(func(ctx context.Context, _ *storage.Archive) {
		ctx, end := context.WithCancel(ctx)
		defer end()
		defer context.AfterFunc(stopped, end)()
		tells := d.s.Tells(stopped, t.busy)
		pages := make([]ocr.Page, open.N)
		var err error
		for i := range pages {
			if pages[i], err = open.Seen(ctx, r, i+1, languages); err != nil {
				break
			}
			tells(i+1, open.N)
		}
		d.s.Config().Do(func() {
			cancelled := stopped.Err() != nil
			cancel()
			t.busy.Finish()
			switch {
			case cancelled || t.p.open != open:
				d.s.Say(i18n.T("ocr.stopped"))
			case err != nil:
				d.s.Say(session.OneLine(err.Error()))
			default:
				t.offer(r, languages, pages)
			}
		})
	})
}

// offer asks whether what was seen is to be the text of the document.
func (t *transcribing) offer(r *ocr.Reader, languages string, pages []ocr.Page) {
	d := t.p.d
	e := r.Edit(t.p.of, languages, pages)
	doubtful := 0
	for _, w := range e.Seeing.Words {
		if w.Sure < archive.Doubtful {
			doubtful++
		}
	}
	words := widgets.NewText(8, i18n.T("ocr.offer", "n", len(e.Seeing.Words), "doubtful", doubtful, "program", r.Version, "language", languages))
	var g *dialog
	yes := widgets.NewPrimaryButton(i18n.T("ocr.use"), func() {
		g.close()
		d.s.TypePages(*e.Pages, e.Seeing, func(err error) {
			if err != nil {
				d.s.Say(session.Words(err))
				return
			}
			t.finish()
			d.s.Say(i18n.N("ocr.used", doubtful))
		})
	})
	no := widgets.NewButton(i18n.T("ocr.leave"), func() { g.close() })
	g = d.openDialog(i18n.T("ocr.title"), words, yes, no, yes)
}
