package owner

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
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
	how   *widgets.Note
	foot  *fyne.Container
	all   fyne.CanvasObject
	// renames is who is being given the name that is typed; "" adds a person.
	renames string
}

func newPeople(p *Page) *people {
	s := &people{p: p, said: quiet("")}
	s.list = widgets.NewList()
	s.list.Covers, s.list.OnKey = session.Covers, p.Key
	s.list.OnActivate = func(i int) { s.ask(s.items[i].Key) }
	s.name_ = widgets.NewEntry()
	s.name_.SetPlaceHolder(i18n.T("people.prompt"))
	s.name_.Limit = 120
	s.name_.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			s.addName()
			return true
		}
		if k.Name == fyne.KeyEscape && s.renames != "" {
			s.rename("")
			s.Focus()
			return true
		}
		return p.Key(k)
	}
	s.how = quiet(i18n.T("people.how"))
	s.add = p.Button(i18n.T("people.add"), s.addName)
	s.foot = container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.how,
		widgets.Border(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, 0), s.add), s.name_))
	bottom := container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.said, s.foot)
	s.all = widgets.Border(nil, widgets.Pad(bottom, look.Apart), nil, nil,
		container.New(layout.NewCustomPaddedLayout(look.Apart, 0, look.Near, look.Near), s.list))
	return s
}

func (s *people) Name() (string, string) { return i18n.T("people.title"), i18n.T("people.line") }

func (s *people) Content() fyne.CanvasObject { return s.all }

func (s *people) Focus() { s.p.on.Focus(s.list) }

func (s *people) Show() {
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
	if s.p.s.Rules().Same(it.Key, s.p.s.Actor()) {
		r.Title = i18n.T("people.you", "name", it.Key)
	}
	when := i18n.Moment(it.At.Time().Local())
	if it.By == it.Key || it.By == "" {
		r.Sub = i18n.T("people.joined", "when", when)
	} else {
		r.Sub = i18n.T("people.added", "who", it.By, "when", when)
	}
	if before := it.NamesBefore(); len(before) > 0 {
		r.Sub = i18n.T("people.before", "names", i18n.List(before)) + " · " + r.Sub
	}
	return r
}

// rename makes the name that is typed that of a person from now on; "" ends it.
func (s *people) rename(who string) {
	s.renames = who
	s.name_.SetText(who)
	label, how := i18n.T("people.add"), i18n.T("people.how")
	if who != "" {
		label, how = i18n.T("people.rename.do"), i18n.T("people.rename.how", "name", session.OneLine(who))
		s.p.on.Focus(s.name_)
	}
	s.add.SetLabel(label)
	s.how.SetText(how, widgets.Plain)
	s.all.Refresh()
}

// addName asks for the role of the name that is typed, or gives it to who is
// being renamed.
func (s *people) addName() {
	name := strings.TrimSpace(s.name_.Text)
	if who := s.renames; who != "" && name != "" {
		s.said.SetText("", widgets.Plain)
		s.p.s.Apply(func(_ []storage.Result, err error) {
			if err != nil {
				s.said.SetText("⚠ "+session.Words(err), widgets.Bad)
				return
			}
			s.rename("")
			s.Focus()
		}, &archive.Edit{Do: "person.rename", Name: who, To: &name})
		return
	}
	if err := archive.CheckName(name); err != nil {
		s.said.SetText("⚠ "+session.Words(err), widgets.Bad)
		s.p.on.Focus(s.name_)
		return
	}
	s.ask(name)
}

// renameChoice is no role.
const renameChoice = "rename"

// ask asks which role somebody is to have, or whether another name.
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
	if now != "" {
		choices = append(choices, widgets.Choice{ID: renameChoice, Title: i18n.T("people.rename"), Sub: i18n.T("people.rename.means")})
	}
	ch := widgets.NewChooser(i18n.T("people.role", "name", session.OneLine(name)), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(role string) {
		s.said.SetText("", widgets.Plain)
		switch role {
		case string(now):
			return
		case renameChoice:
			s.rename(name)
			return
		}
		if strings.TrimSpace(s.name_.Text) == name {
			s.name_.SetText("")
		}
		s.p.apply(s.said, &archive.Edit{Do: "person.set", Name: name, Role: role})
	}
	ch.Show(s.p.on)
}
