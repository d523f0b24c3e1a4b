package importing

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
	"fonds/widgets/look"
)

// files is the section of the files that are looked at: the list of them, and the text
// of the chosen one as it will read.
type files struct {
	p        *Page
	filter   *widgets.ChoiceBar
	encoding *widgets.Button
	records  *widgets.Button // its rows as documents
	out      *widgets.Button
	plain    *widgets.Options
	head     *widgets.ListHead
	list     *widgets.List
	none     *widgets.EmptyState
	about    *widgets.Note
	text     *widgets.TextView
	split    *widgets.Split
	content  fyne.CanvasObject
	bars     *fyne.Container
	mapper   *mapper // in the place of all of it while the columns of a file are asked about

	at      int    // row whose text is shown, -1 for none
	shown   string // what that text is of: the file, and the encoding that was chosen
	reading bool   // a text is being read
	stale   bool   // another one is wanted by now
}

// plainOption is the id of the option that files of other tools are read as texts.
const plainOption = "plain"

func newFiles(p *Page) *files {
	s := &files{p: p, at: -1, about: p.Quiet(""), mapper: newMapper(p)}
	s.filter = widgets.NewChoiceBar()
	s.filter.OnPick = func(id string) { s.narrow(filterNamed(id)) }
	s.filter.OnKey = p.Key
	s.encoding, s.records, s.out = p.Button("", s.Choose), p.Button("", s.Records), p.Button("", s.Leave)
	s.records.SetLabels(i18n.T("importing.records.as"), p.s.Commands.Get("importing.records").Keys())
	s.encoding.SetLabels(i18n.T("importing.encoding"), p.s.Commands.Get("importing.encoding").Keys())
	s.plain = widgets.NewOptions(true)
	s.plain.Covers, s.plain.OnKey = session.Covers, p.Key
	s.plain.OnPick = func(_ string, on bool) {
		p.w.plain = on
		p.w.look()
	}
	s.list = widgets.NewList()
	s.list.Covers, s.list.Multi = session.Covers, true
	s.list.Columns = columns(false)
	s.list.OnSelect = func(int) { s.show() }
	s.list.OnPick = func(widgets.RowSet) { s.buttons() }
	s.list.OnSpace = s.Leave
	s.list.OnActivate = func(int) { p.on.Focus(s.text) }
	s.list.OnRune = func(r rune) { p.s.Commands.RunOn(Screen, r) }
	s.list.OnMenu = func(_ int, at fyne.Position) {
		session.ShowMenu(p.on, at, p.s.Commands.Lines("importing.records", "importing.one", "", "importing.encoding", "importing.leaveout"))
	}
	s.list.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape && len(s.list.Picked()) > 0 {
			return false // the list picks none
		}
		return p.Key(k)
	}
	s.head = widgets.NewListHead(s.list)
	s.none = widgets.NewEmptyState("", "", "", nil)
	s.none.OnKey = p.Key
	s.text = p.s.TextView()
	s.text.OnRune = func(r rune) bool { return p.s.Commands.RunOn(Screen, r) }
	s.text.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyEscape {
			return false
		}
		p.on.Focus(s.list)
		return true
	}
	s.bars = widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.filter,
		widgets.Border(nil, nil, container.New(layout.NewCustomPaddedHBoxLayout(look.Near), s.encoding, s.records, s.out), nil,
			container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, 0), s.plain))), look.Near)
	top := widgets.Border(s.head, nil, nil, nil, s.list)
	below := widgets.Border(container.New(layout.NewCustomPaddedLayout(look.Near, look.Tight, look.Apart, look.Apart), s.about), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, look.Near, look.Apart, look.Apart), s.text))
	s.split = widgets.NewVSplit(top, below, 0.58)
	s.content = container.NewStack(widgets.Border(s.bars, nil, nil, nil, container.NewStack(s.split, s.none)), s.mapper.content)
	s.mapper.content.Hide()
	return s
}

// columns are those of the list; that of the parts is there where something has any.
func columns(parts bool) []widgets.Column {
	out := []widgets.Column{{Title: i18n.T("importing.column.name"), Share: 22}, {Title: i18n.T("importing.column.format"), Share: 8, Quiet: true},
		{Title: i18n.T("importing.column.encoding"), Share: 16, Quiet: true}, {Title: i18n.T("importing.column.first"), Share: 30},
		{Title: i18n.T("importing.column.parts"), Quiet: true}, {Title: i18n.T("importing.column.know"), Share: 24, Quiet: true}}
	if parts {
		out[4].Share = 10
	}
	return out
}

// Name is part of widgets.Section, as all that follow.
func (s *files) Name() (string, string) {
	return i18n.T("importing.files"), i18n.N("importing.files.line", s.p.w.rows.len())
}

// Content is what is shown.
func (s *files) Content() fyne.CanvasObject { return s.content }

// Focus gives the keyboard to the list, or to the button that fills it.
func (s *files) Focus() {
	if s.p.mapping() {
		s.mapper.Focus()
		return
	}
	if s.p.w.rows.listed() == 0 {
		if !s.none.Focus() {
			s.p.on.Focus(s.filter)
		}
		return
	}
	if s.list.Selected() < 0 {
		s.list.SetSelected(0)
		s.show()
	}
	s.p.on.Focus(s.list)
}

// Show shows the rows there are.
func (s *files) Show() {
	w := s.p.w
	all := s.content.(*fyne.Container).Objects
	all[0].(*fyne.Container).Hidden, s.mapper.content.Hidden = w.mapping != nil, w.mapping == nil
	s.mapper.Show()
	if w.mapping != nil {
		s.content.Refresh()
		return
	}
	r := &w.rows
	var choices []widgets.Choice
	for f, id := range filterNames {
		choices = append(choices, widgets.Choice{ID: id, Title: i18n.T("importing.filter."+id, "n", r.counts[f])})
	}
	s.filter.SetChoices(choices, filterNames[r.only])
	s.plain.SetOptions([]widgets.Option{{ID: plainOption, Label: i18n.T("importing.plain"), On: w.plain}})
	widgets.Enable(s.plain, !w.running())
	if c := columns(r.parts); c[4].Share != s.list.Columns[4].Share {
		s.list.Columns = c
		s.head.Refresh()
	}
	s.list.SetCount(r.listed(), s.row)
	if s.list.Selected() < 0 && r.listed() > 0 {
		s.list.SetSelected(max(0, r.place(s.at)))
	}
	s.empty()
	s.show()
}

// empty says why there is nothing to list, and what to do.
func (s *files) empty() {
	w := s.p.w
	title, means, do := "", "", ""
	act := s.p.OnChoose
	switch {
	case w.rows.listed() > 0:
	case w.running():
		title, means = i18n.T("importing.none.running"), i18n.T("importing.none.running.means")
	case w.looking != nil:
		title = i18n.T("importing.none.looking")
	case w.survey.Whole:
		title, means = i18n.T("importing.none.whole"), i18n.T("importing.none.whole.means")
	case w.rows.len() > 0:
		title, means = i18n.T("importing.none.filter"), i18n.T("importing.none.filter.means")
		do, act = i18n.T("importing.none.filter.do"), func() { s.narrow(all); s.Focus() }
	case len(w.paths) > 0 && w.fault == nil:
		title, means, do = i18n.T("importing.none.empty"), i18n.T("importing.none.empty.means"), i18n.T("importing.choose")
	default:
		title, means, do = i18n.T("importing.none"), i18n.T("importing.none.means"), i18n.T("importing.choose")
	}
	s.none.Set(title, means, do, func() { act() })
	s.none.Hidden, s.split.Hidden = title == "", title != ""
	s.content.Refresh()
}

// forget shows nothing of what was there.
func (s *files) forget() {
	s.at, s.shown = -1, ""
	s.reading, s.stale = false, false // of another archive no answer comes
}

// looked is told of a row that was read again.
func (s *files) looked(i int) {
	s.list.RefreshRow(s.p.w.rows.place(i))
	if i == s.at {
		s.tell()
	}
}

// narrow shows the rows of a filter, and keeps the chosen one where that is among them.
func (s *files) narrow(f filter) {
	r := &s.p.w.rows
	r.narrow(f)
	s.list.SetPicked(nil)
	s.list.SetSelected(-1)
	s.Show()
	s.list.EnsureVisible(s.list.Selected())
}

// chosen are the rows that were picked, else the selected one.
func (s *files) chosen() []int {
	r, picked := &s.p.w.rows, s.list.Picked()
	if len(picked) == 0 {
		if at := s.list.Selected(); at >= 0 && at < r.listed() {
			return []int{r.row(at)}
		}
		return nil
	}
	var out []int
	for _, part := range picked {
		for k := part.From; k < part.To; k++ {
			out = append(out, r.row(k))
		}
	}
	return out
}

// Leave leaves the chosen rows out, or takes them in again.
func (s *files) Leave() {
	if w := s.p.w; !w.running() {
		w.leave(s.chosen())
	}
}

// buttons say what can be done with what is chosen.
func (s *files) buttons() {
	w := s.p.w
	n, at := s.list.Picked().Count(), s.list.Selected()
	if n == 0 && at >= 0 && at < w.rows.listed() {
		n = 1
	}
	can := n > 0 && !w.running()
	widgets.Enable(s.encoding, can)
	widgets.Enable(s.records, s.canMap())
	widgets.Enable(s.out, can)
	label := i18n.T("importing.leave")
	if can && n == 1 && w.rows.out[s.chosen()[0]] {
		label = i18n.T("importing.takein")
	}
	s.out.SetLabels(label, s.p.s.Commands.Get("importing.leaveout").Keys())
}

// show shows the text of the selected row.
func (s *files) show() {
	s.buttons()
	r, at := &s.p.w.rows, s.list.Selected()
	if at < 0 || at >= r.listed() {
		s.at, s.shown = -1, ""
		s.about.SetText("", widgets.Plain)
		s.text.SetShown(widgets.Shown{})
		return
	}
	s.at = r.row(at)
	s.tell()
	l := r.at(s.at)
	if want := l.Key() + "\n" + s.p.w.encodings[l.Name] + "\n" + strconv.Itoa(s.p.w.gen); want != s.shown {
		s.read(want)
	}
}

// read reads the text of the row on a worker, one at a time: of keys that are held down
// the last counts.
func (s *files) read(want string) {
	if s.reading {
		s.stale = true
		return
	}
	w := s.p.w
	l, o := *w.rows.at(s.at), intake.Options{Plain: w.plain, Records: w.plans()}
	if enc := w.encodings[l.Name]; enc != "" {
		o.Encodings = map[string]string{l.Name: enc}
	}
	s.reading, s.stale = true, false
	type reads struct {
		intake.Reading
		skip *ingest.Skip
	}
	session.Read(s.p.s, nil, func(ctx context.Context, a *storage.Archive) (t reads, err error) {
		t.Reading, t.skip, err = intake.Read(ctx, a, l, o)
		return t, err
	}, func(t reads, err error) {
		s.reading = false
		if s.stale || s.p.w != w || s.at < 0 {
			s.stale = false
			s.shown = ""
			s.show()
			return
		}
		s.shown = want
		text := &lines{}
		switch {
		case err != nil:
			text.add(session.Words(err))
		case t.skip != nil: // why stands above
		default:
			text.said(s.p.s, &t.Reading)
			text.add(t.Text)
			if t.Text == "" {
				text.add(i18n.T("importing.notext"))
			}
			if t.More {
				text.add("\n\n" + i18n.N("importing.more", intake.PreviewChars))
			}
		}
		s.text.SetShown(widgets.Shown{Key: want, Text: text.b.String(), Furniture: text.spans})
	})
}

// tell says above the text what there is to know of the row.
func (s *files) tell() {
	words, tone := s.p.w.aboutRow(s.at)
	s.about.SetText(words, tone)
}
