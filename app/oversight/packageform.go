package oversight

import (
	"errors"
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

// packageForm stands in the place of a package while its plan is written, or it is
// signed off.
type packageForm struct {
	s       *packages
	it      *archive.Item // that is changed; nil: one is made
	signs   bool          // it is signed off
	title   *widgets.Note
	name    *widgets.Entry
	who     *widgets.Button
	person  string
	from    *widgets.Entry
	until   *widgets.Entry
	scope   *widgets.Entry
	checks  *widgets.Entry
	word    *widgets.Entry
	said    *widgets.Note
	save    *widgets.Button
	plan    *fyne.Container // the fields of a plan
	signing *fyne.Container // the word of a sign-off
	content *fyne.Container
}

func newPackageForm(s *packages) *packageForm {
	f := &packageForm{s: s, title: widgets.NewText(2, ""), said: s.p.Quiet("")}
	f.title.Bold, f.title.Covers = true, session.Covers
	entry := func(multi bool, limit int) *widgets.Entry {
		e := widgets.NewEntry()
		if multi {
			e = widgets.NewMultiLineEntry()
			e.SetMinRowsVisible(3)
		}
		e.Limit = limit
		e.OnKey = func(k *fyne.KeyEvent) bool {
			if !multi && (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) {
				f.done()
				return true
			}
			return f.key(k)
		}
		return e
	}
	f.name, f.from, f.until, f.scope, f.checks, f.word = entry(false, 80), entry(false, 10), entry(false, 10), entry(true, 2000), entry(true, 5000), entry(false, 500)
	f.from.SetPlaceHolder(i18n.T("packages.day"))
	f.until.SetPlaceHolder(i18n.T("packages.day"))
	f.who = widgets.NewButton("", f.choose)
	f.save = widgets.NewPrimaryButton("", f.done)
	cancel := widgets.NewButton(i18n.T("packages.cancel"), f.leave)
	f.who.OnKey, f.save.OnKey, cancel.OnKey = f.key, f.key, f.key
	labelled := func(words string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), s.p.Quiet(words), o)
	}
	f.plan = container.New(layout.NewCustomPaddedVBoxLayout(look.Apart),
		labelled(i18n.T("packages.name"), f.name),
		labelled(i18n.T("report.responsible"), container.NewHBox(f.who)),
		container.NewGridWithColumns(2, labelled(i18n.T("packages.first"), f.from), labelled(i18n.T("packages.last"), f.until)),
		labelled(i18n.T("packages.scope"), f.scope), labelled(i18n.T("packages.checklines"), f.checks))
	f.signing = container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.p.Quiet(i18n.T("packages.sign.means")), labelled(i18n.T("packages.sign.word"), f.word))
	f.content = container.New(layout.NewCustomPaddedVBoxLayout(look.Apart), f.title, f.plan, f.signing, f.said, container.NewHBox(f.save, cancel))
	f.content.Hide()
	return f
}

// Visible says whether the form is shown.
func (f *packageForm) Visible() bool { return f.content.Visible() }

func (f *packageForm) focus() {
	if f.signs {
		f.s.p.on.Focus(f.word)
	} else {
		f.s.p.on.Focus(f.name)
	}
}

// key leaves the form on Escape.
func (f *packageForm) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	f.leave()
	return true
}

func (f *packageForm) hide() {
	f.content.Hide()
	f.s.showChosen()
}

// leave goes back to the package without changing anything.
func (f *packageForm) leave() {
	f.hide()
	f.s.Focus()
}

// open shows the form.
func (f *packageForm) open(it *archive.Item, signs bool, title, save string) {
	f.it, f.signs = it, signs
	f.title.SetText(title, widgets.Plain)
	f.said.SetText("", widgets.Plain)
	f.save.SetLabel(save)
	f.plan.Hidden, f.signing.Hidden = signs, !signs
	f.content.Show()
	f.s.detail.Hide()
	f.s.scroll.ScrollToTop()
	f.s.scroll.Refresh()
	f.focus()
}

// askSign asks for the word of who signs a package off.
func (f *packageForm) askSign(it *archive.Item) {
	if it != nil {
		f.word.SetText("")
		f.open(it, true, i18n.T("packages.sign.title", "name", session.OneLine(it.Key)), i18n.T("packages.sign.do"))
	}
}

// ask asks for the plan of a package; nil makes one.
func (f *packageForm) ask(it *archive.Item) {
	if it == nil {
		f.fill("", "", "", "", "", f.s.p.s.Actor())
		f.open(nil, false, i18n.T("packages.new.title"), i18n.T("packages.make"))
		return
	}
	var lines []string
	for _, c := range f.s.p.s.Self().Checks(it.ID) {
		lines = append(lines, c.Text)
	}
	from, until := it.PackageDays()
	f.fill(it.Key, from, until, it.Text, strings.Join(lines, "\n"), f.s.p.s.Rules().Now(it.Detail))
	f.open(it, false, i18n.T("packages.change.title", "name", session.OneLine(it.Key)), i18n.T("packages.save"))
}

func (f *packageForm) fill(name, from, until, scope, checks, person string) {
	f.name.SetText(name)
	f.from.SetText(from)
	f.until.SetText(until)
	f.scope.SetText(scope)
	f.checks.SetText(checks)
	f.setPerson(person)
}

func (f *packageForm) setPerson(name string) {
	f.person = name
	f.who.SetLabel(session.OneLine(name))
}

// choose asks who answers for the package.
func (f *packageForm) choose() {
	var choices []widgets.Choice
	for _, name := range f.s.p.s.Rules().People(archive.Archivist) {
		choices = append(choices, widgets.Choice{ID: name, Title: session.OneLine(name), Sub: session.RoleWords(f.s.p.s.Rules().Role(name))})
	}
	c := widgets.NewChooser(i18n.T("packages.who"), i18n.T("chooser.nothing"), choices)
	c.Covers = session.Covers
	c.OnPick = f.setPerson
	c.Show(f.s.p.on)
}

// edit is what the form says.
func (f *packageForm) edit() *archive.Edit {
	if f.signs {
		e := f.s.on(f.it, "package.sign")
		word := strings.TrimSpace(f.word.Text)
		e.Text = &word
		return e
	}
	lines := []string{}
	for line := range strings.SplitSeq(f.checks.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	e := &archive.Edit{Do: "package.set"}
	if f.it != nil {
		e = f.s.on(f.it, "package.set")
	}
	from, until, scope, person := strings.TrimSpace(f.from.Text), strings.TrimSpace(f.until.Text), f.scope.Text, f.person
	e.Name, e.From, e.Until, e.Scope, e.Responsible, e.Checks = strings.TrimSpace(f.name.Text), &from, &until, &scope, &person, &lines
	return e
}

// done makes the edit; where it is refused the form stays and says why.
func (f *packageForm) done() {
	if !f.signs && strings.TrimSpace(f.name.Text) == "" {
		f.said.SetText("⚠ "+i18n.T("packages.name.needed"), widgets.Bad)
		f.s.p.on.Focus(f.name)
		return
	}
	f.said.SetText("", widgets.Plain)
	made := f.it == nil && !f.signs
	f.s.p.s.Apply(func(_ []storage.Result, err error) {
		var r *archive.Refusal
		if err != nil && !(f.it != nil && !f.signs && asRefusal(err, &r) && r.Code == "unchanged") {
			f.said.SetText("⚠ "+session.Words(err), widgets.Bad)
			f.s.scroll.Refresh()
			return
		}
		f.hide()
		if made {
			f.s.Show()
			f.s.list.SetSelected(len(f.s.items) - 1)
			f.s.showChosen()
		}
		f.s.Focus()
	}, f.edit())
}

// asRefusal is errors.As for a refusal.
func asRefusal(err error, r **archive.Refusal) bool { return errors.As(err, r) }
