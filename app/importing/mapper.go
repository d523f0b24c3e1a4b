package importing

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// mapper stands in the place of the files while it is asked what the columns of one are: the columns at the left, what
// becomes of each, and the first rows beside them as they would come in.
type mapper struct {
	p *Page

	says, found                *widgets.Note
	sheet, head, encoding, one *widgets.Button
	use                        *widgets.Button
	hint                       *widgets.Note
	columns                    *widgets.List
	preview                    *widgets.TextView
	body                       *widgets.Split
	none                       *widgets.EmptyState
	content                    *fyne.Container
	of                         *mapping // what is shown
}

func newMapper(p *Page) *mapper {
	v := &mapper{p: p, says: session.NewNote(2), found: session.NewNote(5), hint: session.NewNote(3)}
	button := func(do func()) *widgets.Button {
		b := widgets.NewButton("", do)
		b.OnKey = v.key
		return b
	}
	v.sheet, v.head, v.encoding, v.one = button(v.askSheet), button(v.askHead), button(v.askEncoding), button(v.asOne)
	v.one.SetLabels(i18n.T("importing.records.one"), p.s.Commands.Get("importing.one").Keys())
	v.use = widgets.NewPrimaryButton("", v.Use)
	v.use.SetLabels(i18n.T("importing.records.use"), p.s.Commands.Get("doc.submit").FirstKeys())
	v.use.OnKey = v.key
	v.columns = widgets.NewList()
	v.columns.Covers, v.columns.OnKey = session.Covers, v.key
	v.columns.OnActivate = v.askColumn
	v.columns.OnRune = func(r rune) { p.s.Commands.RunOn(Screen, r) }
	v.columns.OnMenu = func(_ int, at fyne.Position) {
		session.ShowMenu(p.on, at, p.s.Commands.Lines("importing.leaveout", "importing.split", "", "importing.sheet", "importing.head", "importing.encoding", "", "importing.one"))
	}
	v.preview = p.s.TextView()
	v.preview.OnRune = func(r rune) bool { return p.s.Commands.RunOn(Screen, r) }
	v.preview.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyEscape {
			return false
		}
		p.on.Focus(v.columns)
		return true
	}
	v.none = widgets.NewEmptyState("", "", "", nil)
	v.none.OnKey = v.key
	v.hint.SetText(i18n.T("importing.records.hint", "out", p.s.Commands.Get("importing.leaveout").Keys(), "split", p.s.Commands.Get("importing.split").Keys()), widgets.Plain)
	near, tight := layout.NewCustomPaddedHBoxLayout(look.Near), layout.NewCustomPaddedVBoxLayout(look.Tight)
	left := widgets.Border(widgets.Inset(container.New(tight, widgets.Heading(i18n.T("importing.records.columns")), v.hint)), nil, nil, nil, v.columns)
	right := widgets.Border(widgets.Inset(widgets.Heading(i18n.T("importing.records.preview"))), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, look.Near, look.Apart, look.Apart), v.preview))
	v.body = widgets.NewHSplit(left, right, 0.42)
	row := widgets.Border(nil, nil, container.New(near, v.sheet, v.head, v.encoding), container.New(near, v.one, v.use), nil)
	v.content = widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), widgets.Inset(widgets.Stacked(v.says, v.found, row)), widget.NewSeparator()),
		nil, nil, nil, container.NewStack(v.body, v.none))
	return v
}

// m is what is asked about, nil for nothing.
func (v *mapper) m() *mapping { return v.p.w.mapping }

// key is what Escape does: back to the columns, and from there to the files, with nothing changed.
func (v *mapper) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if v.m() != nil && v.m().table != nil && v.p.on.Focused() != fyne.Focusable(v.columns) {
		v.p.on.Focus(v.columns)
		return true
	}
	v.Leave()
	return true
}

// Leave goes back to the files.
func (v *mapper) Leave() {
	v.p.w.endMapping()
	v.p.changed()
	v.p.files.Focus()
}

// Use lets the rows be documents.
func (v *mapper) Use() {
	if m := v.m(); m != nil && m.stop != nil {
		v.p.s.Say(i18n.T("importing.records.reading"))
		return
	} else if m == nil || !m.can() {
		v.p.s.Say(i18n.T("importing.records.cannot"))
		return
	}
	v.p.w.use()
	v.p.back()
}

func (v *mapper) asOne() {
	if m := v.m(); m != nil {
		v.p.w.asOne(m.name)
		v.p.back()
	}
}

// Focus gives the keyboard to the columns, or to what can be done where there are none.
func (v *mapper) Focus() {
	if m := v.m(); m != nil && m.table == nil {
		if !v.none.Focus() {
			v.p.on.Focus(v.one)
		}
		return
	}
	if v.columns.Selected() < 0 && v.columns.Count() > 0 {
		v.columns.SetSelected(0)
	}
	v.p.on.Focus(v.columns)
}

// Show shows what is the case now.
func (v *mapper) Show() {
	m := v.m()
	if m == nil {
		v.of = nil
		return
	}
	first := v.of != m || v.columns.Count() == 0
	v.of = m
	v.says.SetText(v.line(), widgets.Plain)
	words, tone := v.notes()
	v.found.SetText(words, tone)
	v.empty()
	t := m.table
	if t == nil {
		v.columns.SetCount(0, v.column)
		v.preview.SetShown(widgets.Shown{})
		return
	}
	v.sheet.Hidden = len(t.Sheets) < 2
	v.encoding.Hidden = t.Encoding == ""
	keys := func(id string) string { return v.p.s.Commands.Get(id).Keys() }
	v.sheet.SetLabels(i18n.T("importing.records.sheet", "name", session.OneLine(t.Sheet)), keys("importing.sheet"))
	head := i18n.T("importing.records.head", "n", t.HeadRow)
	if t.HeadRow == 0 {
		head = i18n.T("importing.records.head.none")
	}
	v.head.Hidden = t.Format == records.FormatJSONL || t.Format == records.FormatJSON
	v.head.SetLabels(head, keys("importing.head"))
	v.encoding.SetLabels(i18n.T("importing.records.encoding", "name", t.Encoding), keys("importing.encoding"))
	widgets.Enable(v.use, m.can())
	v.columns.SetCount(len(t.Columns), v.column)
	v.showPreview()
	if first && len(t.Columns) > 0 {
		v.columns.SetSelected(0)
		if f := v.p.on.Focused(); v.p.shown() && (f == nil || f == fyne.Focusable(v.one) || f == fyne.Focusable(v.p.Nav)) {
			v.Focus()
		}
	}
	widgets.Relay(v.content)
}

// empty says why there are no columns.
func (v *mapper) empty() {
	m := v.m()
	title, means, do := "", "", ""
	switch skip := (*ingest.Skip)(nil); {
	case m.fault != nil:
		title, do = i18n.T("importing.records.fault"), i18n.T("importing.records.one")
		if means = session.Words(m.fault); errors.As(m.fault, &skip) {
			means = session.SkipWords(skip)
		}
	case m.table == nil:
		title = i18n.T("importing.records.reading")
	}
	v.none.Set(title, means, do, v.asOne)
	v.none.Hidden, v.body.Hidden = title == "", title != ""
	widgets.Enable(v.use, m.can())
}

// line says what is read.
func (v *mapper) line() string {
	m := v.m()
	words := session.OneLine(m.path)
	if t := m.table; t != nil {
		words += " · " + formatWords(t.Format)
		n, more := t.Count, t.More
		if more && m.rows > n && m.rows <= records.MaxRows && m.plan.HeadRow == 0 && (len(t.Sheets) < 2 || t.Sheet == t.Sheets[0]) {
			n, more = m.rows, false // as the survey has counted
		}
		if more {
			words += " · " + i18n.T("importing.records.over", "n", n)
		} else {
			words += " · " + i18n.N("importing.records", n)
		}
	}
	return words
}

// notes are what is to be known of the table and of what was said of its columns.
func (v *mapper) notes() (string, widgets.Tone) {
	m := v.m()
	if m.table == nil || m.fault != nil {
		return "", widgets.Plain
	}
	var out []string
	tone := widgets.Plain
	if len(m.plan.Columns()) == 0 {
		out, tone = append(out, "⚠ "+i18n.T("importing.records.cannot")), widgets.Warn
	} else if m.plan.Text == "" {
		out = append(out, i18n.T("importing.records.notext"))
	}
	twice := map[string]bool{}
	for _, c := range m.table.Columns {
		if id := m.field(c); id != "" && !twice[id] {
			if f := v.p.s.Field(id); m.crowded(c, &f) {
				twice[id] = true
				out, tone = append(out, "⚠ "+i18n.T("importing.records.crowded", "field", f.LabelWords())), widgets.Warn
			}
		}
	}
	if above := v.above(); above > 0 {
		out = append(out, i18n.N("importing.records.above", above))
	}
	return strings.Join(out, "\n"), tone
}

// above is how many rows stand above the names of the columns.
func (v *mapper) above() (n int) {
	t := v.m().table
	for _, r := range t.Top {
		if r.N < t.HeadRow {
			n++
		}
	}
	return n
}

// ask lets the person choose.
func (v *mapper) ask(prompt string, choices []widgets.Choice, start string, done func(id string)) {
	c := widgets.NewChooser(prompt, i18n.T("catalogue.nochoice"), choices)
	c.Covers, c.Start, c.OnPick = session.Covers, start, done
	c.Show(v.p.on)
}

// askSheet asks which sheet is read.
func (v *mapper) askSheet() {
	m := v.m()
	if m == nil || m.table == nil || len(m.table.Sheets) < 2 {
		return
	}
	var choices []widgets.Choice
	for _, s := range m.table.Sheets {
		choices = append(choices, widgets.Choice{ID: s, Title: session.OneLine(s)})
	}
	v.ask(i18n.T("catalogue.sheet.ask"), choices, m.table.Sheet, func(id string) {
		if id != m.table.Sheet {
			v.p.w.readTable(m, records.Plan{Sheet: id})
		}
	})
}

// askHead asks which row names the columns.
func (v *mapper) askHead() {
	m := v.m()
	if m == nil || m.table == nil || v.head.Hidden {
		return
	}
	choices := []widgets.Choice{}
	for _, r := range m.table.Top {
		words := session.OneLine(strings.Join(r.Cells, " · "))
		choices = append(choices, widgets.Choice{ID: strconv.Itoa(r.N), Title: i18n.T("catalogue.row", "n", r.N), Sub: words})
	}
	choices = append(choices, widgets.Choice{ID: strconv.Itoa(records.NoHead), Title: i18n.T("importing.records.head.no"), Sub: i18n.T("importing.records.head.no.means")})
	start := strconv.Itoa(m.table.HeadRow)
	if m.table.HeadRow == 0 {
		start = strconv.Itoa(records.NoHead)
	}
	v.ask(i18n.T("importing.records.head.ask"), choices, start, func(id string) {
		if n, err := strconv.Atoi(id); err == nil && id != start {
			v.p.w.readTable(m, records.Plan{Sheet: m.plan.Sheet, HeadRow: n})
		}
	})
}

// askEncoding asks in which encoding the file is read.
func (v *mapper) askEncoding() {
	m := v.m()
	if m == nil || m.table != nil && m.table.Encoding == "" {
		return
	}
	start := guessed
	if m.table != nil {
		start = m.table.Encoding
	}
	v.ask(i18n.N("importing.encoding.prompt", 1), encodingChoices(), start, func(id string) {
		if id == guessed {
			delete(v.p.w.encodings, m.name)
		} else {
			v.p.w.encodings[m.name] = id
		}
		v.p.w.readTable(m, records.Plan{HeadRow: m.plan.HeadRow})
	})
}

// split takes several values out of a cell, or no longer.
func (v *mapper) split() {
	if m := v.m(); m != nil && m.table != nil {
		if m.plan.Split == "" {
			m.plan.Split = records.Usual
		} else {
			m.plan.Split = ""
		}
		clear(m.doubts)
		v.p.changed()
	}
}
