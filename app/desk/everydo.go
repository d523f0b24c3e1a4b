package desk

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// row says a place in two lines: the words between their neighbours, and where
// they stand.
func (e *every) row(i int) widgets.Row {
	r := e.rows[i]
	if r.place < 0 {
		p := &e.places.All[r.first]
		row := widgets.Row{Title: session.OneLine(p.Title), Sub: i18n.N("every.indoc", r.end-r.first), Known: true}
		if e.any(r) {
			row.Badge = "✓"
		}
		return row
	}
	p := &e.places.All[r.place]
	before := []rune(p.Before[strings.LastIndexByte(p.Before, '\n')+1:]) // of the same line
	after, _, _ := strings.Cut(p.After, "\n")
	row := widgets.Row{Known: true, Sub: i18n.T("every.line", "n", p.Line)}
	row.Title = session.OneLine(string(before[max(0, len(before)-6):]) + "【" + p.Words + "】" + after)
	why := e.why[keyOf(p)]
	switch {
	case why != nil:
		row.Badge, row.Sub = "⚠", row.Sub+" · "+session.Words(why)
	case p.Has:
		row.Sub += " · " + i18n.T("every.already")
	case e.out[keyOf(p)]:
		row.Sub += " · " + i18n.T("every.leftout")
	default:
		row.Badge = "✓"
	}
	return row
}

// any says whether a row has a place that is to be done.
func (e *every) any(r everyRow) bool {
	for i := r.first; i < r.end; i++ {
		if e.in(&e.places.All[i]) {
			return true
		}
	}
	return false
}

// toggle leaves the chosen place out, or takes it in again; of a head all places
// of its document.
func (e *every) toggle() {
	at := e.list.Selected()
	if at < 0 || at >= len(e.rows) || e.busyAt {
		return
	}
	r := e.rows[at]
	leave := e.any(r)
	for i := r.first; i < r.end; i++ {
		k := keyOf(&e.places.All[i])
		delete(e.why, k)
		if leave {
			e.out[k] = true
		} else {
			delete(e.out, k)
		}
	}
	e.list.RefreshRows()
	e.count()
	e.hits()
}

// hits shows in the text what will be done there.
func (e *every) hits() {
	var spans []widgets.Span
	current := -1
	at := e.list.Selected()
	for i := range e.places.All {
		p := &e.places.All[i]
		if p.Doc != e.doc || !e.in(p) {
			continue
		}
		if at >= 0 && at < len(e.rows) && e.rows[at].place == i {
			current = len(spans)
		}
		spans = append(spans, widgets.Span{Start: p.Start, End: p.End})
	}
	e.d.text.SetHits(spans, current)
}

// reveal shows the chosen place in the text, where it is of the document there.
func (e *every) reveal() {
	at := e.list.Selected()
	if at < 0 || at >= len(e.rows) {
		return
	}
	if p := &e.places.All[e.rows[at].first]; p.Doc == e.doc {
		e.d.text.ScrollTo(p.Start)
	}
	e.hits()
}

func (e *every) listKey(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeySpace {
		return true // its rune toggles
	}
	return e.optionKey(k)
}

func (e *every) optionKey(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape {
		e.d.leaveEvery(true)
		return true
	}
	return false
}

// entryKey: Enter goes on to the places, for them to be looked at.
func (e *every) entryKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		e.d.on.Focus(e.list)
		return true
	case fyne.KeyDown, fyne.KeyUp:
		if e.d.on.Focused() == fyne.Focusable(e.reason) {
			e.d.s.Reasons(func(words []string) { e.offer(words, k.Name == fyne.KeyDown) })
			return true
		}
	}
	return e.optionKey(k)
}

// offer puts the next of the known reasons in, or the last.
func (e *every) offer(words []string, down bool) {
	all := append([]string{""}, words...)
	at := 0
	for i, w := range all {
		if w == e.reason.Text {
			at = i
		}
	}
	by := 1
	if !down {
		by = len(all) - 1
	}
	e.reason.SetTyped(all[(at+by)%len(all)])
	e.reason.CaretToEnd()
}

// apply does what is shown, as one step. What does not fit any more is refused
// and stays in the list, with why.
func (e *every) apply() {
	places := e.chosen()
	if e.do.Disabled() || len(places) == 0 || e.stop != nil {
		if e.fixes && e.text.Text == e.ask.Words && e.stop == nil {
			e.d.s.Say(i18n.T("every.samewords"))
			e.d.on.Focus(e.text)
		}
		return
	}
	reason := ""
	if e.fixes {
		reason = session.Reason(strings.TrimSpace(e.reason.Text))
	}
	var edits []*archive.Edit
	for _, p := range places {
		if e.fixes {
			edits = append(edits, p.CorrectEdit(e.text.Text, reason))
		} else {
			edits = append(edits, p.MarkEdit(e.ask.Label))
		}
	}
	e.busyAt = true
	e.do.Disable()
	stop := e.d.s.ApplyMany(edits, e.bar.Progress, func(results []storage.Result, err error) { e.answered(places, results, err) })
	if e.busyAt { // else it cannot be written, and was answered at once
		e.stop = stop
		e.bar.Start(i18n.T("every.writing"), len(edits), stop)
	}
}

// answered says what came of it.
func (e *every) answered(places []*session.Place, results []storage.Result, err error) {
	e.bar.Finish()
	e.busyAt, e.stop = false, nil
	if e.d.every != e {
		return
	}
	if err != nil {
		words := session.FileWords(err)
		var r *archive.Refusal
		if errors.As(err, &r) {
			words = session.Words(err)
		}
		e.count()
		e.say(words)
		return
	}
	done := 0
	e.why = map[placeKey]error{}
	for i, r := range results {
		if r.Err != nil {
			e.why[keyOf(places[i])] = r.Err
		} else {
			done++
		}
	}
	words := i18n.N("every.mark.done", done)
	if e.fixes {
		words = i18n.N("every.correct.done", done)
	}
	if len(e.why) == 0 {
		e.d.leaveEvery(true)
		e.d.s.Say(words)
		return
	}
	// Only what was refused stays, to be looked at.
	var left []session.Place
	docs := map[archive.ID]bool{}
	for i, r := range results {
		if r.Err != nil {
			left = append(left, *places[i])
			docs[places[i].Doc] = true
			e.out[keyOf(places[i])] = true
		}
	}
	e.places = session.Places{All: left, Docs: len(docs), Whole: true}
	e.list.SetSelected(-1)
	e.show()
	e.d.s.Say(words)
}

// leaveEvery takes the list of places away; back gives the keyboard to the text.
func (d *Desk) leaveEvery(back bool) {
	e := d.every
	if e == nil {
		return
	}
	d.every = nil
	if e.stop != nil && !e.busyAt { // what is being written is written
		e.stop()
	}
	e.bar.Finish()
	d.text.SetHits(nil, -1)
	d.inspector.uncover()
	if back {
		d.FocusText()
	}
}

// follow finds the places anew when the text under them has changed.
func (e *every) follow() {
	if !e.busyAt && len(e.why) == 0 {
		e.search()
	}
}
