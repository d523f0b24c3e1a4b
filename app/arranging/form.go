package arranging

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// form makes a unit, or says what one is: its level, code and title, and the values that
// what lies in it inherits.
type form struct {
	p       *Page
	of      *archive.Unit // nil: a new one
	under   *archive.Unit // of a new one; nil: the top
	level   *widgets.ChoiceBar
	code    *widgets.Entry
	title   *widgets.Entry
	fields  []*template.Field
	values  []*widgets.Entry
	why     *widgets.Note
	do      *widgets.Button
	content fyne.CanvasObject
}

// newUnit asks for a unit under the chosen one, or beside it where nothing lies under a
// file.
func (p *Page) newUnit() {
	if !p.mayChange() {
		return
	}
	under := p.chosen()
	if under != nil && under.Level == archive.AtFile {
		under = under.Over
	}
	p.openForm(&form{p: p, under: under})
}

// describe shows what the chosen unit says, to be changed.
func (p *Page) describe() {
	u := p.chosen()
	if u == nil || !p.mayChange() {
		return
	}
	p.openForm(&form{p: p, of: u, under: u.Over})
}

func (p *Page) openForm(f *form) {
	f.build()
	p.openPanel(f)
}

func (f *form) object() fyne.CanvasObject { return f.content }

func (f *form) focus() { f.p.on.Focus(f.code) }

// levels are those that a unit can have there, the likeliest first in a new one.
func (f *form) levels() (out []archive.Level, likely archive.Level) {
	switch {
	case f.under == nil:
		out, likely = archive.UnitLevels(), archive.AtFonds
	default:
		out, likely = []archive.Level{archive.AtSeries, archive.AtFile}, archive.AtSeries
		if f.under.Level == archive.AtSeries {
			if n := len(f.under.Units); n > 0 {
				likely = f.under.Units[n-1].Level
			}
		}
	}
	if f.of != nil {
		likely = f.of.Level
	}
	return out, likely
}

func (f *form) build() {
	all, likely := f.levels()
	f.level = widgets.NewChoiceBar()
	var choices []widgets.Choice
	for _, l := range all {
		choices = append(choices, widgets.Choice{ID: string(l), Title: i18n.T("unitlevel." + string(l))})
	}
	f.level.SetChoices(choices, string(likely))
	f.level.OnKey = f.key
	f.code, f.title = f.entry(false), f.entry(false)
	f.why = session.NewNote(4)
	heading := i18n.T("arranging.form.new")
	if f.under != nil {
		heading = i18n.T("arranging.form.under", "unit", session.OneLine(f.under.Name()))
	}
	box := widgets.Stacked(f.labelled(i18n.T("arranging.form.level"), f.level), f.labelled(i18n.T("arranging.form.code"), f.code), f.labelled(i18n.T("arranging.form.title"), f.title))
	if f.of != nil {
		heading = i18n.T("arranging.form.change", "unit", session.OneLine(f.of.Name()))
		f.code.SetText(f.of.Code)
		f.title.SetText(f.of.Title)
	}
	for _, inherit := range []bool{true, false} {
		f.addFields(box, inherit)
	}
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Near, look.Apart, look.Apart, look.Apart), box))
	for _, e := range append([]*widgets.Entry{f.code, f.title}, f.values...) {
		e.OnFocus = func(on bool) {
			if on {
				reveal(scroll, box, e)
			}
		}
	}
	f.do = widgets.NewPrimaryButton("", f.save)
	f.do.SetLabels(i18n.T("arranging.form.save"), "Ctrl+Enter")
	leave := widgets.NewButton("", f.p.leavePanel)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	f.do.OnKey, leave.OnKey = f.key, f.key
	foot := widgets.Stacked(f.why, container.New(layout.NewCustomPaddedHBoxLayout(look.Near), f.do, leave))
	f.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(widgets.Inset(widgets.Heading(heading)), widgets.Inset(foot), nil, nil, scroll))
}

// addFields adds the fields that what lies in the unit inherits, or those that are said of
// it alone.
func (f *form) addFields(box *fyne.Container, inherit bool) {
	key := i18n.K("arranging.form.alone")
	if inherit {
		key = i18n.K("arranging.form.inherit")
	}
	head := widgets.Heading(i18n.T(key))
	box.Add(container.New(layout.NewCustomPaddedLayout(look.Near, 0, 0, 0), head))
	for _, field := range f.p.s.Template().Fields {
		if field.Inherit != inherit || field.Type == "reference" || slices.Contains(ownPlace, field.ID) || !ofUnits(&field) {
			continue
		}
		e := f.entry(field.Long())
		if f.of != nil {
			between := separator
			if field.Long() {
				between = "\n"
			}
			e.SetText(strings.Join(f.of.Values[field.ID], between))
		}
		if inherit {
			if values, from := f.under.Inherited(field.ID); len(values) > 0 {
				e.SetPlaceHolder(i18n.T("arranging.inherited", "value", session.OneLine(i18n.List(values)), "unit", session.OneLine(from.Name())))
			}
		}
		e.OnType = func(string) { f.doubt() }
		if offers := field.Chosen(""); len(offers) > 0 {
			e.OnKey = f.offer(e, offers)
		}
		f.fields, f.values = append(f.fields, &field), append(f.values, e)
		box.Add(f.labelled(field.LabelWords(), e))
	}
}

// ofUnits says whether units at some level are described by a field.
func ofUnits(f *template.Field) bool {
	if f.Compute != "" || f.Hidden {
		return false
	}
	return slices.ContainsFunc([]string{template.Fonds, template.Series, template.File}, func(l string) bool { return f.At(l) != template.NotUsed })
}

// ownPlace are the fields that a unit has a place of its own for.
var ownPlace = []string{"dcterms:identifier", "dcterms:title", "dat18:level", "isadg:level"}

// reveal scrolls until what has the keyboard is to be seen.
func reveal(s *container.Scroll, box, o fyne.CanvasObject) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	top := at(o).Y - at(box).Y - look.Apart
	switch bottom := top + o.MinSize().Height + 2*look.Apart; {
	case top < s.Offset.Y:
		s.ScrollToOffset(fyne.NewPos(0, max(0, top)))
	case bottom > s.Offset.Y+s.Size().Height:
		s.ScrollToOffset(fyne.NewPos(0, bottom-s.Size().Height))
	}
}

// separator stands between several values on one line.
const separator = "; "

func (f *form) labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	l := session.NewNote(1)
	l.SetText(label, widgets.Plain)
	return container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), l, o)
}

func (f *form) entry(long bool) *widgets.Entry {
	e := widgets.NewEntry()
	if long {
		e = widgets.NewMultiLineEntry()
	}
	e.OnKey = func(k *fyne.KeyEvent) bool {
		if !long && (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) {
			f.save()
			return true
		}
		return f.key(k)
	}
	return e
}

// offer lets Down and Up put what can be chosen into an entry, one after the other.
func (f *form) offer(e *widgets.Entry, offers []string) func(*fyne.KeyEvent) bool {
	otherwise := e.OnKey
	return func(k *fyne.KeyEvent) bool {
		at := slices.Index(offers, e.Text)
		switch k.Name {
		case fyne.KeyDown:
			at = min(at+1, len(offers)-1)
		case fyne.KeyUp:
			at = max(at-1, 0)
		default:
			return otherwise(k)
		}
		e.SetText(offers[at])
		f.doubt()
		return true
	}
}

func (f *form) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	f.p.leavePanel()
	return true
}

// save writes what was typed.
func (f *form) save() {
	if !f.p.mayChange() {
		return
	}
	code, title := strings.TrimSpace(f.code.Text), strings.TrimSpace(f.title.Text)
	e := &archive.Edit{Do: archive.SetUnitKind, Level: f.level.On(), Code: &code, Title: &title}
	if f.of == nil {
		parent := ""
		if f.under != nil {
			parent = string(f.under.ID())
			delete(f.p.closed, f.under.ID())
		}
		e.Parent = &parent
	} else {
		id := string(f.of.ID())
		e.Unit, e.Seen = &id, &[]archive.ID{f.of.Item.Rev}
	}
	e.Describe = map[string][]string{}
	for i, field := range f.fields {
		list := f.typed(i)
		if had := f.of != nil && len(f.of.Values[field.ID]) > 0; had || len(list) > 0 {
			e.Describe[field.ID] = list
		}
	}
	name := cmp.Or(code, title)
	f.p.write([]*archive.Edit{e}, func(int) string {
		if f.of == nil {
			f.p.made = strings.TrimPrefix(f.path()+"/"+name, "/")
			return i18n.T("arranging.made", "unit", session.OneLine(name))
		}
		return i18n.T("arranging.changed", "unit", session.OneLine(name))
	})
}

func (f *form) path() string {
	if f.under == nil {
		return ""
	}
	return f.under.Path()
}

// doubt says what may be wrong with what was typed.
func (f *form) doubt() {
	var said []string
	for i, field := range f.fields {
		for _, v := range f.typed(i) {
			if words := field.Doubt(v, 0); words != "" {
				said = append(said, i18n.T("form.beside", "value", field.LabelWords(), "said", words))
			}
		}
	}
	words := strings.Join(said, "\n")
	if words != "" {
		words = "⚠ " + words
	}
	f.why.SetText(words, widgets.Warn)
}

// typed are the values of a field, as they were typed.
func (f *form) typed(i int) []string {
	list := []string{}
	typed := []string{f.values[i].Text}
	if f.fields[i].Repeatable {
		typed = strings.FieldsFunc(f.values[i].Text, func(r rune) bool { return r == ';' || r == '；' || r == '\n' })
	}
	for _, v := range typed {
		if v = f.fields[i].ValueOf(strings.TrimSpace(v)); v != "" {
			list = append(list, v)
		}
	}
	return list
}

// refused says why it cannot be so; what was typed stays.
func (f *form) refused(err error) {
	f.why.SetText("⚠ "+session.Words(err), widgets.Bad)
	f.focus()
}
