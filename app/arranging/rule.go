package arranging

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/arrange"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// ruling asks for a rule of reference codes; beside it is said at once what it makes of
// the chosen unit.
type ruling struct {
	p       *Page
	usual   *widgets.Options
	entry   *widgets.Entry
	says    *widgets.Note
	content fyne.CanvasObject
}

func (p *Page) openRule() {
	r := &ruling{p: p, usual: widgets.NewOptions(false), entry: widgets.NewEntry(), says: session.NewNote(4)}
	if p.rule == "" {
		p.rule = arrange.Western
		if i18n.Current() == "zh-Hans" || p.s.Template().ID == "dat18" || p.s.Template().ID == "gongwen" {
			p.rule = arrange.Chinese
		}
	}
	r.usual.Covers, r.usual.OnKey = session.Covers, r.key
	r.usual.OnPick = func(id string, _ bool) { r.take(id) }
	r.entry.OnKey, r.entry.OnType = r.key, func(string) { r.show() }
	r.entry.SetText(p.rule)
	do, leave := widgets.NewPrimaryButton("", r.plan), widgets.NewButton("", p.leavePanel)
	do.SetLabels(i18n.T("arranging.codes.look"), "Enter")
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	do.OnKey, leave.OnKey = r.escape, r.escape
	help := session.NewNote(8)
	help.SetText(i18n.T("arranging.codes.help"), widgets.Plain)
	r.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(
		widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("arranging.codes.heading")), r.usual, widgets.Heading(i18n.T("arranging.codes.rule")), r.entry, r.says, help,
			container.New(layout.NewCustomPaddedHBoxLayout(look.Near), do, leave))), nil, nil, nil, nil))
	r.show()
	p.openPanel(r)
}

func (r *ruling) object() fyne.CanvasObject { return r.content }

func (r *ruling) focus() { r.p.on.Focus(r.entry) }

func (r *ruling) take(rule string) {
	r.entry.SetText(rule)
	r.show()
}

// show says what the rule makes.
func (r *ruling) show() {
	var options []widgets.Option
	for _, u := range []struct{ rule, key string }{{arrange.Chinese, i18n.K("arranging.codes.chinese")}, {arrange.Western, i18n.K("arranging.codes.western")}} {
		options = append(options, widgets.Option{ID: u.rule, Label: i18n.T(u.key), Detail: u.rule, On: r.entry.Text == u.rule})
	}
	r.usual.SetOptions(options)
	rule, err := arrange.ParseRule(r.entry.Text)
	if err != nil {
		r.says.SetText("⚠ "+session.Words(err), widgets.Bad)
		return
	}
	u := r.unit()
	before, behind, width := rule.Around(u)
	r.says.SetText(i18n.T("arranging.codes.example", "code", before+fmt.Sprintf("%0*d", width, 1)+behind), widgets.Plain)
}

// unit is the chosen one, or for all of them the first in which a document can lie.
func (r *ruling) unit() *archive.Unit {
	u := r.p.units().Unit(r.p.unit)
	if u == nil {
		if all := r.p.units().All(); len(all) > 0 {
			u = all[0]
		}
	}
	for u != nil && len(u.Units) > 0 {
		u = u.Units[0]
	}
	return u
}

func (r *ruling) key(k *fyne.KeyEvent) bool {
	if (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && r.p.on.Focused() == fyne.Focusable(r.entry) {
		r.plan()
		return true
	}
	return r.escape(k)
}

func (r *ruling) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	r.p.leavePanel()
	return true
}

func (r *ruling) plan() {
	rule, err := arrange.ParseRule(r.entry.Text)
	if err != nil {
		r.show()
		return
	}
	r.p.rule = r.entry.Text
	r.p.planCodes(rule)
}
