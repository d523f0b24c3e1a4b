package review

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// bulk decides on many proposals as one step: what will change is shown first, in
// the place of the proposal, and any of it can be left out. Enter in the list does
// it.
type bulk struct {
	p     *Page
	act   string // archive.ActApprove or archive.ActReject
	scope session.Scope
	rows  []storage.Waiting
	more  bool
	out   map[archive.ID]bool
	why   map[archive.ID]error
	stop  func() // of the search or the writing that is on its way
	busy  bool   // writing

	reason  *widgets.Entry // of a rejection
	where   *widgets.Options
	says    *widgets.Note
	bar     *widgets.BusyBar
	list    *widgets.List
	do      *widgets.Button
	content fyne.CanvasObject
}

// openBulk shows what would be approved or rejected with the proposal that is shown.
func (p *Page) openBulk(act string) {
	d, it := p.r.Shown()
	if it == nil || p.bulk != nil {
		return
	}
	if p.allowed(it, act) == "" {
		p.act(act) // says why
		return
	}
	b := &bulk{p: p, act: act, out: map[archive.ID]bool{}}
	b.build(d, it)
	p.bulk = b
	p.middle.box.Close()
	p.cover.Objects[0].Hide()
	p.cover.Objects = append(p.cover.Objects[:1], b.content)
	widgets.Relay(p.cover)
	p.on.Focus(b.list) // where the digits choose how far things are alike; Enter asks for a reason where one is needed
	b.search()
}

func (b *bulk) build(d *session.Doc, it *archive.Item) {
	p := b.p
	title := i18n.T("bulk.approve.title")
	if b.act == archive.ActReject {
		title = i18n.T("bulk.reject.title")
	}
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), o)
	}
	top := container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), head)
	b.where = widgets.NewOptions(false)
	b.where.Covers = session.Covers
	b.where.OnPick = func(id string, _ bool) { b.look(session.Scope(id[0] - '0')) }
	b.where.OnKey = b.key
	top.Add(b.where)
	if b.act == archive.ActReject {
		b.reason = widgets.NewEntry()
		b.reason.SetPlaceHolder(i18n.T("reject.prompt"))
		b.reason.OnType = func(string) { b.count() }
		b.reason.OnKey = func(k *fyne.KeyEvent) bool {
			if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
				b.apply()
				return true
			}
			return b.key(k)
		}
		top.Add(inset(b.reason))
	}
	b.says = session.NewNote(4)
	top.Add(inset(b.says))
	b.bar = p.s.BusyBar(session.StepsDone, session.PerSecond)
	b.bar.OnShown = func(bool) { widgets.Relay(p.cover) }
	top.Add(b.bar)
	b.list = widgets.NewList()
	b.list.Covers = session.Covers
	b.list.OnActivate = func(int) { b.apply() }
	b.list.OnRune = func(r rune) {
		switch {
		case r == ' ':
			b.toggle()
		case r >= '1' && r <= '3':
			b.look(session.Scope(r - '1'))
		}
	}
	b.list.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeySpace || b.key(k) }
	b.do = widgets.NewPrimaryButton("", b.apply)
	cancel := widgets.NewButton(i18n.T("button.cancel"), p.leaveBulk)
	b.do.OnKey, cancel.OnKey = b.key, b.key
	foot := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), b.do, cancel))
	b.options(d, it)
	b.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), container.New(layout.NewBorderLayout(top, foot, nil, nil), top, b.list, foot))
}

// options are how far things are alike.
func (b *bulk) options(d *session.Doc, it *archive.Item) {
	p := b.p
	kind := i18n.T("what." + string(it.What))
	if it.What == archive.AValue || it.What == archive.AMark {
		kind = p.keyWords(it.What, it.Key)
	}
	words := short(session.ProposedWords(it))
	filter := p.filterWords(p.r.Filter())
	if filter == "" {
		filter = i18n.T("review.everything")
	}
	var options []widgets.Option
	for s, label := range []string{i18n.T("bulk.here", "kind", kind, "title", short(session.OneLine(d.Title()))), i18n.T("bulk.words", "words", words), i18n.T("bulk.listed", "filter", filter)} {
		options = append(options, widgets.Option{ID: string(rune('0' + s)), Label: string(rune('1'+s)) + "  " + session.OneLine(label), On: session.Scope(s) == b.scope})
	}
	b.where.SetOptions(options)
}

func (b *bulk) look(s session.Scope) {
	d, it := b.p.r.Shown()
	if b.busy || it == nil {
		return
	}
	b.scope, b.why = s, nil
	b.options(d, it)
	b.search()
}

// search finds what is alike; what was left out stays so.
func (b *bulk) search() {
	if b.stop != nil {
		b.stop()
	}
	b.bar.Start(i18n.T("every.searching"), 0, func() { b.stop(); b.found(nil, false, nil) })
	b.stop = b.p.r.Alike(b.scope, b.found)
}

func (b *bulk) found(rows []storage.Waiting, more bool, err error) {
	if b.p.bulk != b {
		return
	}
	b.bar.Finish()
	b.stop = nil
	if err != nil {
		b.says.SetText(refused(err), widgets.Bad)
		return
	}
	b.rows, b.more = rows, more
	b.show()
}

func (b *bulk) show() {
	b.list.SetCount(len(b.rows), b.row)
	if b.list.Selected() < 0 && len(b.rows) > 0 {
		b.list.SetSelected(0)
	}
	b.count()
}

func (b *bulk) row(i int) widgets.Row {
	w := &b.rows[i]
	row := widgets.Row{Title: session.OneLine(b.p.says(w)), Known: true, Badge: "✓"}
	row.Sub = session.OneLine(strings.Join([]string{w.Title, whose(w.By), b.p.ago(w.At)}, " · "))
	switch {
	case b.why[w.ID] != nil:
		row.Badge, row.Sub = "⚠", session.Words(b.why[w.ID])
	case b.out[w.ID]:
		row.Badge, row.Sub = "", row.Sub+" · "+i18n.T("every.leftout")
	}
	return row
}

// chosen are those that are to be decided on.
func (b *bulk) chosen() (out []storage.Waiting) {
	for _, w := range b.rows {
		if !b.out[w.ID] {
			out = append(out, w)
		}
	}
	return out
}

// count says how many there are, and what the button will do.
func (b *bulk) count() {
	all := b.chosen()
	docs := map[archive.ID]bool{}
	for _, w := range all {
		docs[w.Doc] = true
	}
	words := []string{i18n.N("bulk.found", len(b.rows), "docs", i18n.N("status.documents", len(docs)))}
	if n := len(b.rows) - len(all); n > 0 {
		words = append(words, i18n.N("every.out", n))
	}
	if b.more {
		words = append(words, i18n.T("every.more", "n", session.MostPlaces))
	}
	if len(b.why) > 0 {
		words = append(words, i18n.N("every.refused", len(b.why)))
	}
	words = append(words, i18n.T("every.how"))
	b.says.SetText(strings.Join(words, "\n"), widgets.Plain)
	label := i18n.N("bulk.approve.do", len(all))
	if b.act == archive.ActReject {
		label = i18n.N("bulk.reject.do", len(all))
	}
	b.do.SetLabel(label)
	widgets.Enable(b.do, len(all) > 0 && !b.busy && (b.reason == nil || strings.TrimSpace(b.reason.Text) != ""))
	widgets.Relay(b.content)
}

// toggle leaves the chosen row out, or takes it in again.
func (b *bulk) toggle() {
	at := b.list.Selected()
	if at < 0 || at >= len(b.rows) || b.busy {
		return
	}
	id := b.rows[at].ID
	delete(b.why, id)
	if b.out[id] = !b.out[id]; !b.out[id] {
		delete(b.out, id)
	}
	b.list.RefreshRow(at)
	b.count()
}

func (b *bulk) key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape {
		b.p.leaveBulk()
		return true
	}
	return false
}

// apply decides, as one step. What does not fit any more stays in the list, with
// why.
func (b *bulk) apply() {
	rows := b.chosen()
	switch {
	case b.do.Disabled() && b.reason != nil && !b.busy && strings.TrimSpace(b.reason.Text) == "":
		b.p.s.Say(i18n.T("reject.prompt"))
		b.p.on.Focus(b.reason)
		return
	case b.do.Disabled() || b.stop != nil:
		return
	}
	reason := ""
	if b.reason != nil {
		reason = strings.TrimSpace(b.reason.Text)
	}
	b.busy = true
	b.do.Disable()
	stop := b.p.r.DecideAll(rows, b.act, reason, b.bar.Progress, func(res []storage.Result, err error) { b.answered(rows, res, err) })
	if b.busy { // else it cannot be written, and was answered at once
		b.stop = stop
		b.bar.Start(i18n.T("every.writing"), len(rows), stop)
	}
}

// answered says what came of it.
func (b *bulk) answered(rows []storage.Waiting, res []storage.Result, err error) {
	b.bar.Finish()
	b.busy, b.stop = false, nil
	if err != nil {
		if b.p.bulk == b {
			b.count()
			b.says.SetText(refused(err), widgets.Bad)
		}
		return
	}
	var left []storage.Waiting
	b.why = map[archive.ID]error{}
	for i, r := range res {
		if r.Err != nil {
			left = append(left, rows[i])
			b.why[rows[i].ID], b.out[rows[i].ID] = r.Err, true
		}
	}
	words := i18n.N("bulk.approve.done", len(rows)-len(left))
	if b.act == archive.ActReject {
		words = i18n.N("bulk.reject.done", len(rows)-len(left))
	}
	b.p.s.Say(words)
	switch {
	case b.p.bulk != b:
	case len(left) == 0:
		b.p.leaveBulk()
	default:
		b.rows, b.more = left, false
		b.list.SetSelected(-1)
		b.show()
	}
}

// leaveBulk shows the proposal again. What is being written is written.
func (p *Page) leaveBulk() {
	b := p.bulk
	if b == nil {
		return
	}
	p.bulk = nil
	if b.stop != nil && !b.busy {
		b.stop()
	}
	b.bar.Finish()
	p.cover.Objects = p.cover.Objects[:1]
	p.cover.Objects[0].Show()
	widgets.Relay(p.cover)
	p.Focus()
}
