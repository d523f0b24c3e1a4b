// Package templating is the screen on which the archive's template is edited: its fields
// in their order, what is said of the chosen one, and the form as it will be. What is
// changed is a draft until it is saved, which is one step to undo.
//
// It may use the session, the templates, the widgets and what they may use. It must never
// know another screen or the window, and never write to the archive but by the session.
package templating

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "templating"

// Page is the screen: the template and its fields at the left, what is said of the chosen
// one beside them, the form as it will be at the right.
type Page struct {
	// OnLeave is told when the person wants to go back to work.
	OnLeave func()
	// OnRead asks for a file with a template; OnWrite for the name of one.
	OnRead, OnWrite func(done func(path string))

	s  *session.Session
	on fyne.Canvas

	of    string             // archive that the draft is for
	draft *template.Template // nil: none is begun
	saved string             // the archive's own, as JSON, when the draft was begun
	at    int                // chosen field, -1 for the template itself
	made  int                // fields made so far
	wrong map[string]wrong   // parts of the chosen field that were not taken

	used     map[string]int // documents that say something in a field
	doubted  map[string]int // of a field that was changed, the values that it would doubt
	usedGen  int
	doubtGen int
	writing  bool

	list    *widgets.List
	hint    *widgets.Note
	said    *widgets.Note // what saving would change, or why it cannot be
	do      *widgets.Button
	buttons map[string]*widgets.Button // of the head, by command
	form    *widgets.FieldForm         // what is said of the chosen field
	formOf  *widgets.Note
	preview *widgets.FieldForm
	levels  *widgets.ChoiceBar
	level   string

	categories *widgets.ChoiceBar
	category   string // of which the preview is
	body       *widgets.Split
	content    *fyne.Container
}

// wrong is what was typed in a part and could not be taken, and why.
type wrong struct {
	texts []string
	why   string
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{s: s, on: on, OnLeave: func() {}, OnRead: func(func(string)) {}, OnWrite: func(func(string)) {}, at: -1, level: template.Item, wrong: map[string]wrong{}}
	p.list = widgets.NewList()
	p.list.Covers = session.Covers
	p.list.OnRune = func(r rune) { p.s.Commands.RunOn(Screen, r) }
	p.list.OnSelect = func(int) { p.choose() }
	p.list.OnActivate = func(int) { p.intoForm() }
	p.list.OnKey = p.listKey
	p.form, p.preview = p.newForm(), p.newForm()
	p.form.OnSet, p.form.OnType, p.form.OnOffers = p.set, p.typed, p.offers
	p.preview.OnType, p.preview.OnOffers = p.tried, p.offersTried
	p.preview.OfferWords = func(id, value string) string {
		if f := p.fieldOf(id); f != nil {
			return f.Called(value)
		}
		return ""
	}
	p.form.OfferWords = p.idWords
	p.levels = widgets.NewChoiceBar()
	p.levels.OnKey = p.escape
	p.levels.OnPick = func(level string) {
		p.level = level
		p.showPreview()
	}
	p.categories = widgets.NewChoiceBar()
	p.categories.OnKey = p.escape
	p.categories.OnPick = func(category string) {
		p.category = category
		p.showPreview()
	}
	right := widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("templating.preview")), p.levels, p.categories)), nil, nil, nil, p.preview)
	p.formOf = session.NewNote(2)
	middle := widgets.Border(widgets.Inset(p.formOf), nil, nil, nil, p.form)
	p.body = widgets.NewHSplit(p.left(), widgets.NewHSplit(middle, right, 0.52), 0.26)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(p.top(), nil, nil, nil, p.body))
	p.bind()
	s.On(p.hear)
	p.show()
	return p
}

// newForm is a form of which Escape leads back to the list.
func (p *Page) newForm() *widgets.FieldForm {
	f := widgets.NewFieldForm(widgets.FieldWords{Required: i18n.T("form.required"), Add: i18n.T("form.add"), NotStated: i18n.T("value.notstated"),
		Kept: i18n.T("form.kept"), TooLong: func(have, limit int) string { return i18n.T("form.toolong", "have", have, "limit", limit) }})
	f.Covers = session.Covers
	f.After, f.Do = p.s.Timer(), p.s.Config().Do
	f.OnEscape = func() { p.on.Focus(p.list) }
	return f
}

// top is what stands above everything: the title, what can be done with the whole, the
// way back.
func (p *Page) top() fyne.CanvasObject {
	var all []*widgets.Button
	p.buttons = map[string]*widgets.Button{}
	for _, name := range []string{"begin", "join", "import", "export", "discard"} {
		c := p.s.Commands.Get(Screen + "." + name)
		b := widgets.NewButton("", func() { p.s.Commands.Run(c.ID) })
		b.SetLabels(i18n.T("templating.do."+name), c.Keys())
		b.OnKey = p.escape
		p.buttons[name] = b
		all = append(all, b)
	}
	leave := widgets.NewButton(i18n.T("owner.back"), func() { p.OnLeave() })
	leave.OnKey = p.escape
	return container.New(layout.NewCustomPaddedVBoxLayout(0), widgets.NewPageHead(i18n.T("templating.title"), append(all, leave)...), widget.NewSeparator())
}

// left is the list of the fields, what saving would change, and the button that saves.
func (p *Page) left() fyne.CanvasObject {
	key := func(name string) string { return p.s.Commands.Get(Screen + "." + name).Keys() }
	p.hint, p.said = session.NewNote(5), session.NewNote(12)
	p.hint.SetText(i18n.T("templating.hint", "add", key("add"), "copy", key("copy"), "remove", key("remove"), "hide", key("hide"), "up", key("up"), "down", key("down")), widgets.Plain)
	p.do = widgets.NewPrimaryButton("", func() { p.s.Commands.Run(Screen + ".save") })
	p.do.SetLabels(i18n.T("templating.do.save"), key("save"))
	p.do.OnKey = p.escape
	return widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(i18n.T("templating.fields")), p.hint)), widgets.Inset(widgets.Stacked(p.said, p.do)), nil, nil, p.list)
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows the draft, or begins one with the archive's template.
func (p *Page) Show() {
	p.begin(false)
	p.readUsed()
	p.show()
}

// Hide keeps what is typed.
func (p *Page) Hide() { p.form.Commit() }

// Focus gives the keyboard to the list.
func (p *Page) Focus() { p.on.Focus(p.list) }

// NextPane moves the keyboard: list, what is said of the field, the form, and around.
func (p *Page) NextPane() {
	switch {
	case p.form.FocusedField() != "":
		p.preview.FocusFirst()
	case p.preview.FocusedField() != "":
		p.on.Focus(p.list)
	default:
		p.intoForm()
	}
}

func (p *Page) intoForm() { p.form.FocusFirst() }

// Section is nothing that this screen has; Open neither.
func (p *Page) Section() int { return 0 }

// Open is called when everything was made anew.
func (p *Page) Open(int) {}

// Submit saves; it says whether the page has a use for that key.
func (p *Page) Submit() bool {
	p.s.Commands.Run(Screen + ".save")
	return true
}

// Move moves the chosen field by so many places.
func (p *Page) Move(by int) { p.move(by) }

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		p.writing = false
		if p.s.Path() != p.of {
			p.draft, p.of, p.at, p.used, p.doubted = nil, "", -1, nil, nil
			clear(p.wrong)
		}
	case session.SelfChanged, session.DraftsChanged:
		p.begin(false)
		if p.shown() {
			p.show()
		}
	case session.CountsChanged:
		if p.shown() {
			p.readUsed()
		}
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.content.Visible() }

func (p *Page) listKey(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyRight {
		p.intoForm()
		return true
	}
	if k.Name == fyne.KeyDelete {
		p.s.Commands.Run(Screen + ".remove")
		return true
	}
	return p.escape(k)
}

func (p *Page) escape(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	if p.on.Focused() != fyne.Focusable(p.list) {
		p.on.Focus(p.list)
		return true
	}
	p.OnLeave()
	return true
}

// bind says what the commands of the screen do.
func (p *Page) bind() {
	c := p.s.Commands
	free := func() bool { return p.shown() && p.draft != nil && !p.writing && p.s.Fixed() == "" }
	field := func() bool { return free() && p.at >= 0 }
	for name, do := range map[string]func(){"copy": p.copy, "remove": p.remove, "hide": p.hide, "up": func() { p.move(-1) }, "down": func() { p.move(1) }} {
		c.Bind(Screen+"."+name, do, field)
	}
	c.Bind(Screen+".add", p.add, free)
	c.Bind(Screen+".save", p.save, free)
	c.Bind(Screen+".begin", p.askBegin, free)
	c.Bind(Screen+".join", p.askJoin, free)
	c.Bind(Screen+".import", func() { p.OnRead(p.read) }, free)
	c.Bind(Screen+".export", func() { p.OnWrite(p.write) }, func() bool { return p.shown() && p.draft != nil })
	c.Bind(Screen+".discard", p.discard, func() bool { return free() && p.dirty() })
}
