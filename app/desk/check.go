package desk

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// This file checks a document before it is submitted (自检): what is missing, doubtful
// or open is listed, each a key away from its place.

// pressing are the findings that are asked about before a document is submitted. What
// else was found is listed with them, and when the check is asked for: it is usual,
// and asking each time would teach people not to read.
var pressing = []archive.FindingKind{archive.FoundMissing, archive.FoundTurned, archive.FoundAsked, archive.FoundAgain, archive.FoundUndecided, archive.FoundDoubtful}

// findings are what the check finds in the document that is shown; a required field
// in which something is typed is not missing.
func (d *Desk) findings() []archive.Finding {
	doc := d.s.Document()
	if doc == nil {
		return nil
	}
	var required []string
	for _, f := range d.missing() {
		required = append(required, f.ID)
	}
	out, err := doc.Check(d.s.Rules(), d.s.Actor(), required)
	if err != nil {
		d.s.Fail(err)
	}
	return out
}

// submit submits the document, after the check where it finds something pressing.
func (d *Desk) submit() {
	if d.every != nil { // what is asked about comes first
		d.every.apply()
		return
	}
	d.stepped(nil)
	found := d.findings()
	if d.s.MayDocument(archive.ActSubmit) != nil || !slices.ContainsFunc(found, func(f archive.Finding) bool { return slices.Contains(pressing, f.Kind) }) {
		d.s.Submit(d.stepped)
		return
	}
	d.showFindings(found)
}

// check lists what there is to look at.
func (d *Desk) check() {
	d.s.Flush()
	found := d.findings()
	if len(found) == 0 {
		d.s.Say(i18n.T("check.self.nothing"))
		return
	}
	d.showFindings(found)
}

// findingsHigh is how high the list of findings is at most, in Fyne pixels.
const findingsHigh = 280

// showFindings lists findings in a dialog: Enter goes to the place of one.
func (d *Desk) showFindings(found []archive.Finding) {
	doc := d.s.Document().ID
	var g *dialog
	list := widgets.NewList()
	list.Covers = session.Covers
	list.SetCount(len(found), func(i int) widgets.Row { return d.findingRow(&found[i]) })
	list.SetSelected(0)
	visit := func() {
		g.close()
		if at := list.Selected(); at >= 0 {
			d.goToFinding(found[at])
		}
	}
	list.OnActivate = func(int) { visit() }
	list.OnKey = func(k *fyne.KeyEvent) bool { return g.escape(k) }
	room := canvas.NewRectangle(look.Current().Paper)
	room.SetMinSize(fyne.NewSize(0, min(findingsHigh, float32(len(found))*look.TwoRowHeight+2)))
	first := widgets.NewPrimaryButton(i18n.T("check.self.go"), visit)
	first.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
			list.TypedKey(k)
			return true
		}
		return g.escape(k)
	}
	anyway := widgets.NewButton(i18n.T("submit.missing.anyway"), func() {
		g.close()
		if now := d.s.Document(); now != nil && now.ID == doc {
			d.s.Submit(d.stepped)
		}
	})
	leave := widgets.NewButton(i18n.T("button.cancel"), func() { g.close() })
	buttons := []*widgets.Button{leave, anyway, first}
	if d.s.MayDocument(archive.ActSubmit) != nil {
		buttons = []*widgets.Button{leave, first}
	}
	g = d.openDialog(i18n.N("check.self.title", len(found)), container.NewStack(room, list), first, buttons...)
}

// findingRow says a finding in two lines: what, and why it is listed.
func (d *Desk) findingRow(f *archive.Finding) widgets.Row {
	doc := d.s.Document()
	row := widgets.Row{Known: true, Sub: i18n.T("found." + string(f.Kind))}
	if slices.Contains(pressing, f.Kind) {
		row.Badge = "⚠"
	}
	switch it := doc.Item(f.Item); {
	case f.Kind == archive.FoundMissing:
		field := d.s.Field(f.Field)
		row.Title = field.LabelWords()
	case f.Kind == archive.FoundUnread:
		text := doc.Text.Text()
		row.Title = session.OneLine(text.Slice(max(0, f.Start-12), f.Start) + "【" + text.Slice(f.Start, f.End) + "】" + text.Slice(f.End, f.End+12))
	case it == nil:
	case it.What == archive.AThread:
		row.Title = session.OneLine(it.Text)
	case it.What == archive.AValue:
		field := d.s.Field(it.Key)
		row.Title = session.OneLine(i18n.T("say.value", "field", field.LabelWords(), "value", session.ValueWords(it.Text)))
	default:
		row.Title = session.OneLine(session.ProposedWords(it))
	}
	return row
}

// goToFinding goes to the place of a finding.
func (d *Desk) goToFinding(f archive.Finding) {
	doc := d.s.Document()
	it := doc.Item(f.Item)
	switch {
	case f.Kind == archive.FoundUnread:
		d.jump(widgets.Span{Start: f.Start, End: f.End})
		d.FocusText()
	case f.Kind == archive.FoundTurned, f.Kind == archive.FoundAsked:
		d.inspector.open(talkTab)
		d.inspector.focus()
	case f.Field != "":
		d.inspector.open(fieldsTab)
		d.inspector.fields.form.FocusField(f.Field)
	case it != nil && it.What == archive.AMark:
		d.inspector.showMark(it.ID)
		d.reveal(it.ID)
		d.inspector.focus()
	case it != nil:
		d.Reveal(it.ID)
	}
}
