package owner

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// people is the section of who belongs to the archive, in which role.
type people struct {
	p     *Page
	items []*archive.Item
	list  *widgets.List
	name_ *widgets.Entry
	add   *widgets.Button
	said  *widgets.Note
	foot  *fyne.Container
	all   fyne.CanvasObject
}

func newPeople(p *Page) *people {
	s := &people{p: p, said: quiet("")}
	s.list = widgets.NewList()
	s.list.Covers, s.list.OnKey = session.Covers, p.key
	s.list.OnActivate = func(i int) { s.ask(s.items[i].Key) }
	s.name_ = widgets.NewEntry()
	s.name_.SetPlaceHolder(i18n.T("people.prompt"))
	s.name_.Limit = 120
	s.name_.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			s.addName()
			return true
		}
		return p.key(k)
	}
	s.add = p.button(i18n.T("people.add"), s.addName)
	s.foot = container.New(layout.NewCustomPaddedVBoxLayout(look.Near), quiet(i18n.T("people.how")),
		container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, 0), s.add), s.name_))
	bottom := container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.said, s.foot)
	s.all = container.NewBorder(nil, pad(bottom, look.Apart), nil, nil,
		container.New(layout.NewCustomPaddedLayout(look.Apart, 0, look.Near, look.Near), s.list))
	return s
}

func (s *people) name() (string, string) { return i18n.T("people.title"), i18n.T("people.line") }

func (s *people) content() fyne.CanvasObject { return s.all }

func (s *people) focus() { s.p.on.Focus(s.list) }

func (s *people) show() {
	self := s.p.s.Self()
	s.items = nil
	if self != nil {
		for _, it := range self.Of(archive.APerson) {
			if it.InForce() {
				s.items = append(s.items, it)
			}
		}
		// The widest role first, each in the order of their coming.
		slices.SortStableFunc(s.items, func(a, b *archive.Item) int {
			return slices.Index(archive.Roles(), archive.Role(b.Text)) - slices.Index(archive.Roles(), archive.Role(a.Text))
		})
	}
	s.list.SetCount(len(s.items), s.row)
	if s.list.Selected() < 0 {
		s.list.SetSelected(0)
	}
	s.foot.Hidden = s.p.refusal() != nil
	s.all.Refresh()
}

func (s *people) row(i int) widgets.Row {
	it := s.items[i]
	r := widgets.Row{Title: it.Key, Badge: session.RoleWords(archive.Role(it.Text)), Known: true}
	if it.Key == s.p.s.Actor() {
		r.Title = i18n.T("people.you", "name", it.Key)
	}
	when := i18n.Moment(it.At.Time().Local())
	if it.By == it.Key || it.By == "" {
		r.Sub = i18n.T("people.joined", "when", when)
	} else {
		r.Sub = i18n.T("people.added", "who", it.By, "when", when)
	}
	return r
}

// addName asks for the role of the name that is typed.
func (s *people) addName() {
	name := strings.TrimSpace(s.name_.Text)
	if err := archive.CheckName(name); err != nil {
		s.said.SetText("⚠ "+session.Words(err), widgets.Bad)
		s.p.on.Focus(s.name_)
		return
	}
	s.ask(name)
}

// ask asks which role somebody is to have.
func (s *people) ask(name string) {
	if err := s.p.refusal(); err != nil {
		s.said.SetText("⚠ "+session.Words(err), widgets.Bad)
		return
	}
	now := archive.Role("")
	if it := s.p.s.Self().Person(name); it != nil {
		now = archive.Role(it.Text)
	}
	var choices []widgets.Choice
	for _, r := range slices.Backward(archive.Roles()) {
		c := widgets.Choice{ID: string(r), Title: session.RoleWords(r), Sub: i18n.T("roledoes." + string(r))}
		if r == now {
			c.Badge = i18n.T("people.now")
		}
		choices = append(choices, c)
	}
	ch := widgets.NewChooser(i18n.T("people.role", "name", session.OneLine(name)), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(role string) {
		s.said.SetText("", widgets.Plain)
		if role == string(now) {
			return
		}
		if strings.TrimSpace(s.name_.Text) == name {
			s.name_.SetText("")
		}
		s.p.apply(s.said, &archive.Edit{Do: "person.set", Name: name, Role: role})
	}
	ch.Show(s.p.on)
}
