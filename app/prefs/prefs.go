// Package prefs is the screen of what a person chooses on this machine: their
// name, the language, how everything looks, where archives lie. What is chosen
// holds at once.
//
// It may use the session, the widgets and what they may use. It must never know
// another screen or the window, nor write the settings: it is handed what is
// chosen and tells what is to be.
package prefs

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
	"fonds/app/settings"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Acts are what the page asks for. Each is called on the UI goroutine.
type Acts struct {
	Leave    func()
	Name     func(name string)
	Language func(tag string)  // "" follows the system
	Theme    func(name string) // as in settings
	Scale    func(f float32)   // of the interface's text
	Text     func(px float32)  // of documents; 0 is the look's own
	Type     func(forms string, serif bool)
	Keys     func()                                     // shows the keys; nil: there is nothing to show
	Folder   func(path string, said func(wrong string)) // said is told "" where it did
}

// Page is the screen.
type Page struct {
	s    *session.Session
	on   fyne.Canvas
	acts Acts
	set  settings.Settings
	lack string // what the chosen forms and serif lack on this machine, in words

	name, folder                           *widgets.Entry
	language, theme, scale, text, hans, st *widgets.ChoiceBar
	onName, onFolder, onType               *widgets.Note
	back, keys                             *widgets.Button
	stops                                  []stop // in the order of Tab
	scroll                                 *container.Scroll
	content                                fyne.CanvasObject
}

// stop is something that takes the keyboard, by a name that holds when the page
// is built anew.
type stop struct {
	name string
	what fyne.Focusable
}

// New makes the screen.
func New(s *session.Session, on fyne.Canvas, acts Acts) *Page {
	p := &Page{s: s, on: on, acts: acts, onName: note(""), onFolder: note(""), onType: note("")}
	p.back = p.button("back", i18n.T("owner.back"), func() { p.acts.Leave() })
	p.name = p.entry("name", func(text string) { p.takeName(text) })
	p.language = p.bar("language", func(id string) { p.acts.Language(id) })
	p.theme = p.bar("theme", func(id string) { p.acts.Theme(id) })
	p.scale = p.bar("scale", func(id string) { p.acts.Scale(number(id)) })
	p.text = p.bar("text", func(id string) { p.acts.Text(number(id)) })
	p.hans = p.bar("forms", func(id string) { p.acts.Type(id, p.set.Serif) })
	p.st = p.bar("serif", func(id string) { p.acts.Type(p.set.Forms, id != "") })
	groups := []fyne.CanvasObject{
		group(i18n.T("prefs.name"), i18n.T("prefs.name.means"), p.name, p.onName),
		group(i18n.T("prefs.language"), i18n.T("prefs.language.means"), p.language),
		group(i18n.T("prefs.theme"), i18n.T("prefs.theme.means"), p.theme),
		group(i18n.T("prefs.scale"), i18n.T("prefs.scale.means"), p.scale),
		group(i18n.T("prefs.text"), i18n.T("prefs.text.means"), p.text),
		group(i18n.T("prefs.forms"), i18n.T("prefs.forms.means"), p.hans),
		group(i18n.T("prefs.serif"), i18n.T("prefs.serif.means"), p.st, p.onType),
	}
	if acts.Keys != nil {
		p.keys = p.button("keys", i18n.T("prefs.keys.do"), func() { p.acts.Keys() })
		p.keys.OnReveal = func(top, bottom float32) { p.reveal(p.keys, top, bottom) }
		groups = append(groups, group(i18n.T("prefs.keys"), i18n.T("prefs.keys.means"), container.NewHBox(p.keys)))
	}
	p.folder = p.entry("folder", func(text string) { p.takeFolder(text) })
	groups = append(groups, group(i18n.T("prefs.folder"), i18n.T("prefs.folder.means"), p.folder, p.onFolder))
	p.build(groups)
	return p
}

// build puts the groups under each other, one left edge for all.
func (p *Page) build(groups []fyne.CanvasObject) {
	title := widget.NewLabelWithStyle(i18n.T("prefs.title"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameSubHeadingText
	title.Truncation = fyne.TextTruncateEllipsis
	head := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Apart, look.Apart),
		widgets.Border(nil, nil, nil, container.NewCenter(p.back), title))
	column := container.New(&column{}, container.New(layout.NewCustomPaddedVBoxLayout(look.Edge), groups...))
	p.scroll = container.NewVScroll(column)
	p.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(
		container.New(layout.NewCustomPaddedVBoxLayout(0), head, widget.NewSeparator()), nil, nil, nil, p.scroll))
}

// Content is what the window shows.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows what is chosen; lack says what of it this machine does not have.
func (p *Page) Show(set settings.Settings, lack string) {
	p.set, p.lack = set, lack
	p.name.SetCommitted(p.s.Actor())
	p.folder.SetCommitted(set.Folder)
	p.language.SetChoices(languages(), set.Language)
	p.theme.SetChoices([]widgets.Choice{
		{ID: "", Title: i18n.T("prefs.theme.system")}, {ID: "light", Title: i18n.T("prefs.theme.light")},
		{ID: "dark", Title: i18n.T("prefs.theme.dark")}, {ID: "contrast", Title: i18n.T("prefs.theme.contrast")},
	}, set.Theme)
	p.scale.SetChoices(scales(set.Scale))
	p.text.SetChoices(sizes(p.s.TextSize()))
	p.hans.SetChoices([]widgets.Choice{
		{ID: "", Title: i18n.T("prefs.forms.hans")}, {ID: "hant", Title: i18n.T("prefs.forms.hant")}, {ID: "ja", Title: i18n.T("prefs.forms.ja")},
	}, set.Forms)
	serif := ""
	if set.Serif {
		serif = "serif"
	}
	p.st.SetChoices([]widgets.Choice{{ID: "", Title: i18n.T("prefs.serif.off")}, {ID: "serif", Title: i18n.T("prefs.serif.on")}}, serif)
	p.say(p.onType, lack, widgets.Warn)
}

func (p *Page) say(n *widgets.Note, words string, tone widgets.Tone) {
	if words != "" && tone != widgets.Plain {
		words = "⚠ " + words
	}
	n.SetText(words, tone)
	n.Hidden = words == ""
	p.content.Refresh()
}

// Focus gives the keyboard to something by its name, or to the first.
func (p *Page) Focus(name string) {
	for _, x := range p.stops {
		if x.name == name {
			p.on.Focus(x.what)
			return
		}
	}
	p.on.Focus(p.theme)
}

// Focused is the name of what has the keyboard, "" where that is none of these.
func (p *Page) Focused() string {
	for _, x := range p.stops {
		if p.on.Focused() == x.what {
			return x.name
		}
	}
	return ""
}

// Offset is how far the page is scrolled, in pixels, and SetOffset scrolls.
func (p *Page) Offset() float32 { return p.scroll.Offset.Y }

// SetOffset scrolls the page.
func (p *Page) SetOffset(y float32) { p.scroll.ScrollToOffset(fyne.NewPos(0, y)) }

func (p *Page) takeName(text string) {
	if text = strings.TrimSpace(text); text == "" {
		p.say(p.onName, i18n.T("prefs.name.empty"), widgets.Bad)
		p.name.SetBad(true)
		return
	}
	p.name.SetBad(false)
	p.say(p.onName, "", widgets.Plain)
	if text != p.s.Actor() {
		p.acts.Name(text)
	}
}

func (p *Page) takeFolder(text string) {
	p.acts.Folder(strings.TrimSpace(text), func(wrong string) {
		p.folder.SetBad(wrong != "")
		p.say(p.onFolder, wrong, widgets.Bad)
	})
}

// key leaves by Escape.
func (p *Page) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	p.acts.Leave()
	return true
}
