package desk

import (
	"strings"

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

// every marks or corrects words wherever they stand: the places are shown first,
// in the place of the inspector and as hits in the text, and any of them can be
// left out. Enter in the list does it, as one step to undo.
type every struct {
	d      *Desk
	ask    session.Every
	fixes  bool // corrects; else marks
	places session.Places
	out    map[placeKey]bool // left out by the person
	why    map[placeKey]error
	rows   []everyRow
	stop   func() // of the search or the writing that is on its way
	busyAt bool   // writing: nothing else can be asked for
	doc    archive.ID

	text, reason *widgets.Entry // of a correction
	where, fold  *widgets.Options
	says         *widget.Label
	bar          *widgets.BusyBar
	list         *widgets.List
	do           *widgets.Button
	content      fyne.CanvasObject
}

// placeKey names a place through several searches.
type placeKey struct {
	doc        archive.ID
	start, end int
}

// everyRow is a place, or the head of those of a document (place -1).
type everyRow struct{ place, first, end int }

func keyOf(p *session.Place) placeKey { return placeKey{p.Doc, p.Start, p.End} }

// markEvery marks the selected words wherever they stand, or those of the mark at
// the caret: with its label, or with one that is asked for.
func (d *Desk) markEvery() {
	doc := d.s.Document()
	words, it := d.s.SelectedWords(), d.s.MarkAtCaret()
	switch {
	case words == "" && it == nil:
		d.s.Say(i18n.T("every.select"))
		return
	case words == "":
		words = doc.Text.Words(it.Anchor)
	case it != nil && doc.Text.Words(it.Anchor) != words:
		it = nil // it holds more than was selected
	}
	if it != nil {
		d.openEvery(session.Every{Words: words, Label: it.Key}, false)
		return
	}
	var choices []widgets.Choice
	for _, l := range d.s.Palette() {
		choices = append(choices, widgets.Choice{ID: l.Name, Title: session.OneLine(session.LabelWords(l.Name)), Sub: l.Text})
	}
	ch := widgets.NewChooser(i18n.T("every.label", "words", short(words)), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(label string) {
		if now := d.s.Document(); now != nil && now.ID == doc.ID {
			d.openEvery(session.Every{Words: words, Label: label}, false)
		}
	}
	ch.Show(d.on)
}

// correctEvery corrects the selected words wherever they stand.
func (d *Desk) correctEvery() {
	words := d.s.SelectedWords()
	if words == "" {
		d.s.Say(i18n.T("every.select"))
		return
	}
	d.openEvery(session.Every{Words: words}, true)
}

func (d *Desk) openEvery(ask session.Every, fixes bool) {
	d.leaveBox()
	d.leaveEvery(false)
	d.finder.close() // its hits would lie under ours
	e := &every{d: d, ask: ask, fixes: fixes, out: map[placeKey]bool{}, doc: d.s.Document().ID}
	title := i18n.T("every.mark.title", "words", short(ask.Words), "label", session.LabelWords(ask.Label))
	if fixes {
		title = i18n.T("every.correct.title", "words", short(ask.Words))
	}
	e.build(title)
	d.every = e
	d.inspector.cover(e.content)
	e.search()
	if fixes {
		d.on.Focus(e.text)
		e.text.TypedShortcut(&fyne.ShortcutSelectAll{}) // to be typed over
	} else {
		d.on.Focus(e.list)
	}
}

func (e *every) build(title string) {
	s := e.d.s
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.Wrapping = wrapping()
	e.says = widget.NewLabel("")
	e.says.SizeName, e.says.Wrapping, e.says.Importance = theme.SizeNameCaptionText, wrapping(), widget.LowImportance
	top := container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), head)
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), o)
	}
	if e.fixes {
		e.text, e.reason = widgets.NewEntry(), widgets.NewEntry()
		e.text.SetText(e.ask.Words)
		e.text.SetPlaceHolder(i18n.T("correct.nothing"))
		e.reason.SetPlaceHolder(i18n.T("correct.reason"))
		for _, f := range []*widgets.Entry{e.text, e.reason} {
			f.OnKey = e.entryKey
		}
		e.text.OnType = func(string) { e.show() }
		e.where = widgets.NewOptions(false)
		e.where.OnPick = func(id string, _ bool) { e.look(session.Where(id[0]-'0'), e.ask.Fold) }
		e.where.OnKey = e.optionKey
		top.Add(inset(e.text))
		top.Add(inset(e.reason))
		top.Add(e.where)
	}
	e.fold = widgets.NewOptions(true)
	e.fold.OnPick = func(_ string, on bool) { e.look(e.ask.Where, on) }
	e.fold.OnKey = e.optionKey
	top.Add(e.fold)
	top.Add(e.says)
	e.bar = e.d.newBar()
	top.Add(e.bar)
	e.list = widgets.NewList()
	e.list.Covers = session.Covers
	e.list.OnSelect = func(int) { e.reveal() }
	e.list.OnActivate = func(int) { e.apply() }
	e.list.OnKey = e.listKey
	e.list.OnRune = func(r rune) {
		if r == ' ' {
			e.toggle()
		}
	}
	e.do = widgets.NewPrimaryButton("", e.apply)
	cancel := widgets.NewButton(i18n.T("button.cancel"), func() { e.d.leaveEvery(true) })
	for _, b := range []*widgets.Button{e.do, cancel} {
		b.OnKey = e.optionKey
	}
	e.options()
	foot := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), e.do, cancel))
	e.content = container.New(layout.NewBorderLayout(top, foot, nil, nil), top, e.list, foot)
	if e.fixes {
		s.Reasons(func(words []string) {
			e.reason.SetPlaceHolder(i18n.T("correct.reason.offers", "reasons", i18n.List(words)))
		})
	}
}

// newBar makes a bar that says how far a search or a writing is.
func (d *Desk) newBar() *widgets.BusyBar {
	b := d.s.BusyBar(session.StepsDone, session.PerSecond)
	b.OnShown = func(bool) { widgets.Relay(d.inspector.content) }
	return b
}

// options shows where one looks, and how.
func (e *every) options() {
	e.fold.SetOptions([]widgets.Option{{ID: "fold", Label: i18n.T("every.fold"), On: e.ask.Fold}})
	if e.where == nil {
		return
	}
	picked := e.d.s.Selected()
	scopes := []session.Where{session.Here, session.Everywhere}
	if picked.Count() > 1 || e.ask.Where == session.InSelected {
		scopes = []session.Where{session.Here, session.InSelected, session.Everywhere}
	}
	var options []widgets.Option
	for _, w := range scopes {
		options = append(options, widgets.Option{ID: string(rune('0' + w)), Label: session.WhereWords(w, picked.Count()), On: w == e.ask.Where})
	}
	e.where.SetOptions(options)
}

func (e *every) look(where session.Where, fold bool) {
	if e.busyAt {
		return
	}
	e.ask.Where, e.ask.Fold, e.why = where, fold, nil
	e.options()
	e.search()
}

// search finds the places anew; what was left out stays so.
func (e *every) search() {
	if e.stop != nil {
		e.stop()
	}
	e.bar.Start(i18n.T("every.searching"), 0, func() {
		e.stop()
		e.found(session.Places{}, nil)
		e.say(i18n.T("error.stopped"))
	})
	e.stop = e.d.s.EveryPlace(e.ask, e.bar.Progress, e.found)
}

func (e *every) found(p session.Places, err error) {
	if e.d.every != e {
		return
	}
	e.bar.Finish()
	e.stop = nil
	if err != nil {
		e.say(session.Words(err))
		return
	}
	e.places = p
	e.show()
}

// in says whether a place is to be marked or corrected.
func (e *every) in(p *session.Place) bool {
	return !p.Has && !e.out[keyOf(p)]
}

// chosen are the places that are to be marked or corrected.
func (e *every) chosen() (out []*session.Place) {
	for i := range e.places.All {
		if p := &e.places.All[i]; e.in(p) {
			out = append(out, p)
		}
	}
	return out
}

// show lists the places, those of several documents under heads, and shows those
// of the document that is shown in its text.
func (e *every) show() {
	e.rows = e.rows[:0]
	all := e.places.All
	for i := 0; i < len(all); {
		n := i
		for n < len(all) && all[n].Doc == all[i].Doc {
			n++
		}
		if e.ask.Where != session.Here {
			e.rows = append(e.rows, everyRow{-1, i, n})
		}
		for ; i < n; i++ {
			e.rows = append(e.rows, everyRow{i, i, i + 1})
		}
	}
	e.list.SetCount(len(e.rows), e.row)
	if e.list.Selected() < 0 && len(e.rows) > 0 {
		e.list.SetSelected(0)
	}
	e.count()
	e.hits()
}

// count says how many places there are, and what the button will do.
func (e *every) count() {
	n, has, out := 0, 0, 0
	for i := range e.places.All {
		switch p := &e.places.All[i]; {
		case p.Has:
			has++
		case e.in(p):
			n++
		default:
			out++
		}
	}
	words := []string{i18n.N("every.places", len(e.places.All), "docs", i18n.N("status.documents", e.places.Docs))}
	if has > 0 {
		words = append(words, i18n.N("every.has", has))
	}
	if out > 0 {
		words = append(words, i18n.N("every.out", out))
	}
	if !e.places.Whole && len(e.places.All) > 0 {
		words = append(words, i18n.T("every.more", "n", session.MostPlaces))
	}
	switch {
	case len(e.why) > 0:
		words = append(words, i18n.N("every.refused", len(e.why)))
	case len(e.places.All) > 0:
		words = append(words, i18n.T("every.how"))
	}
	e.say(strings.Join(words, "\n"))
	label := i18n.N("every.mark.do", n)
	if e.fixes {
		label = i18n.N("every.correct.do", n)
	}
	e.do.SetLabel(label)
	widgets.Enable(e.do, n > 0 && !e.busyAt && !(e.fixes && e.text.Text == e.ask.Words) && e.d.fixed() == "")
	widgets.Relay(e.content)
}

func (e *every) say(words string) {
	e.says.SetText(words)
	widgets.Relay(e.content)
}
