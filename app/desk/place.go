package desk

import (
	"fyne.io/fyne/v2"

	"fonds/storage/archive"
	"fonds/widgets"
)

// Place is where a person is on the desk: it outlives the widgets, which are made
// anew in another language or other colours.
type Place struct {
	tab    int
	mode   mode
	text   widgets.Span // selected, or the caret
	top    int
	share  float32
	inText bool
	pane   bool // the tab that is open has the keyboard
	field  *widgets.Caret
	box    archive.ID // of a proposal that has it
	mark   archive.ID // chosen in the list of marks
	sieve  sieve
	tag    string // typed and not added
	pages  pagePlace
}

// Place is where the person is.
func (d *Desk) Place() Place {
	p := Place{tab: d.inspector.bar.chosen, mode: d.mode, inText: d.TextFocused(), sieve: d.inspector.marks.sieve}
	p.text, _ = d.facing().Selection()
	p.top, p.share = d.facing().Top()
	if c, ok := d.inspector.fields.form.Caret(); ok {
		p.field = &c
	} else if d.inspector.fields.form.FocusedField() != "" {
		p.box = archive.ID(d.inspector.fields.form.FocusedProposal())
	}
	if it := d.inspector.marks.chosen(); it != nil {
		p.mark = it.ID
	}
	p.pages = d.pic.here()
	p.tag, p.pane = d.inspector.tags.field.Typing()
	switch d.on.Focused() {
	case fyne.Focusable(d.inspector.marks.list), fyne.Focusable(d.inspector.marks.filter), fyne.Focusable(d.inspector.history.list):
		p.pane = true
	}
	return p
}

// Return brings the person back to where they were, and reports whether the desk
// has the keyboard by it.
func (d *Desk) Return(p Place) bool {
	if d.s.Document() == nil {
		return false
	}
	if p.mode == reading {
		d.text.Select(p.text)
		d.text.SetTop(p.top, p.share)
	} else { // the source is made on a worker
		d.setMode(p.mode)
		then := d.thenSource
		d.thenSource = func() {
			if then != nil {
				then()
			}
			d.facing().Select(p.text)
			d.facing().SetTop(p.top, p.share)
		}
	}
	d.pic.goBack(p.pages)
	d.inspector.marks.sieve, d.inspector.marks.choosing = p.sieve, p.mark
	d.inspector.marks.filter.SetText(p.sieve.words)
	d.inspector.open(p.tab)
	if p.tag != "" {
		d.inspector.tags.field.SetTyping(p.tag)
	}
	switch {
	case p.field != nil:
		return d.inspector.fields.form.SetCaret(*p.field)
	case p.box != "":
		return d.inspector.fields.form.FocusProposal(string(p.box))
	case p.pages.focused:
		d.pic.focus()
	case p.pages.typing:
		return true // as soon as the pictures are there
	case p.inText:
		d.on.Focus(d.facing())
	case p.pane:
		d.inspector.focus()
	default:
		return false
	}
	return true
}
