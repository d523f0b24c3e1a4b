package publish

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// groups is a section of lines to choose from, in groups.
type groups struct {
	p      *Page
	name   string // of its words: publish.NAME and publish.NAME.line
	all    []*group
	scroll *container.Scroll
}

// group is a few lines under a heading.
type group struct {
	options *widgets.Options
	fill    func() []widgets.Option
}

func newGroups(p *Page, name string) *groups { return &groups{p: p, name: name} }

// add adds a group. many says that any number of its lines may be on.
func (g *groups) add(heading, means string, many bool, fill func() []widgets.Option, pick func(id string, on bool)) *groups {
	o := widgets.NewOptions(many)
	o.Covers, o.OnKey = session.Covers, g.p.Key
	o.OnPick = func(id string, on bool) {
		pick(id, on)
		g.p.changed()
	}
	o.OnReveal = func(top, bottom float32) { g.reveal(o, top, bottom) }
	g.all = append(g.all, &group{o, fill})
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), widgets.Heading(heading))
	if means != "" {
		box.Add(g.p.Quiet(means))
	}
	box.Add(o)
	if g.scroll == nil {
		g.scroll = container.NewVScroll(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Apart)), look.Apart))
	}
	g.inside().Add(box)
	return g
}

func (g *groups) inside() *fyne.Container {
	return g.scroll.Content.(*fyne.Container).Objects[0].(*fyne.Container)
}

// Name is part of widgets.Section, as all that follow.
func (g *groups) Name() (string, string) {
	return i18n.T("publish." + g.name), i18n.T("publish." + g.name + ".line")
}

// Content is what is shown.
func (g *groups) Content() fyne.CanvasObject { return g.scroll }

// Focus gives the keyboard to the first group.
func (g *groups) Focus() { g.p.on.Focus(g.all[0].options) }

// Show shows what is chosen now.
func (g *groups) Show() {
	for _, x := range g.all {
		x.options.SetOptions(x.fill())
	}
}

// reveal scrolls to a line of options.
func (g *groups) reveal(o *widgets.Options, top, bottom float32) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(g.scroll.Content).Y
	switch {
	case y+top < g.scroll.Offset.Y:
		g.scroll.ScrollToOffset(fyne.NewPos(0, y+top))
	case y+bottom > g.scroll.Offset.Y+g.scroll.Size().Height:
		g.scroll.ScrollToOffset(fyne.NewPos(0, y+bottom-g.scroll.Size().Height))
	}
}

// option is a line in words under a key; its detail under the key and ".means".
func option(id, key string, on bool) widgets.Option {
	o := widgets.Option{ID: id, Label: i18n.T("publish." + key), On: on}
	if i18n.Has("publish." + key + ".means") {
		o.Detail = i18n.T("publish." + key + ".means")
	}
	return o
}

// newSet is the section of which documents, and what of them.
func newSet(p *Page) *groups {
	g := newGroups(p, "set")
	g.add(i18n.T("publish.scope"), "", false, func() []widgets.Option {
		x := p.s.Selected()
		out := []widgets.Option{option(everything, "scope.everything", p.scope == everything),
			{ID: listed, Label: i18n.N("publish.listed", p.s.Rows()), On: p.scope == listed}}
		if x.Count() > 0 || p.scope == selected {
			out = append(out, widgets.Option{ID: selected, Label: i18n.N("publish.selected", x.Count()), On: p.scope == selected})
		}
		return out
	}, func(id string, _ bool) { p.scope = id })
	g.add(i18n.T("publish.approval"), "", true, func() []widgets.Option {
		return []widgets.Option{option(export.ApprovedOnly, "approvedonly", p.choice.Documents == export.ApprovedOnly)}
	}, func(id string, on bool) {
		if p.choice.Documents = ""; on {
			p.choice.Documents = id
		}
	})
	g.add(i18n.T("publish.contents"), "", false, func() []widgets.Option {
		return []widgets.Option{option(export.Approved, "set.approved", p.choice.Set == export.Approved), option(export.All, "set.all", p.choice.Set == export.All)}
	}, func(id string, _ bool) { p.choice.Set = id })
	return g.add(i18n.T("publish.text"), "", false, func() []widgets.Option {
		return []widgets.Option{option(export.Reading, "text.reading", p.choice.Text == export.Reading), option(export.Source, "text.source", p.choice.Text == export.Source)}
	}, func(id string, _ bool) { p.choice.Text = id })
}

// formatWords is what a format is called.
func formatWords(f string) string {
	if i18n.Has("format." + f) {
		return i18n.T("format." + f)
	}
	return f
}

// formatGroups are the formats by what they are for.
var formatGroups = []struct {
	name    string
	formats []string
}{
	{"publish.formats.people", []string{"findingaid", "xlsx", "csv"}},
	{"publish.formats.archives", []string{"jsonl", "ead3", "dc", "skos", "tei", "datapackage", "ro-crate", "bagit"}},
	{"publish.formats.annotation", []string{"webannotation", "brat", "conll", "labelstudio", "doccano", "spacy"}},
}

// newFormats is the section of the formats.
func newFormats(p *Page) *groups {
	g := newGroups(p, "formats")
	has := map[string]bool{}
	for _, f := range export.Formats() {
		has[f] = true
	}
	for _, of := range formatGroups {
		g.add(i18n.T(of.name), "", true, func() []widgets.Option {
			var out []widgets.Option
			for _, f := range of.formats {
				if has[f] {
					o := widgets.Option{ID: f, Label: formatWords(f), On: slices.Contains(p.choice.Formats, f)}
					if i18n.Has("formatmeans." + f) {
						o.Detail = i18n.T("formatmeans." + f)
					}
					out = append(out, o)
				}
			}
			return out
		}, func(id string, on bool) { p.choice.Formats = toggled(p.choice.Formats, id, on) })
	}
	return g.add(i18n.T("publish.excel"), "", true, func() []widgets.Option {
		return []widgets.Option{option("excel", "excel.on", p.choice.Excel)}
	}, func(_ string, on bool) { p.choice.Excel = on })
}

// asideID is the option of what is set aside in the texts.
const asideID = "aside"

// newWithheld is the section of what is held back.
func newWithheld(p *Page) *groups {
	g := newGroups(p, "withheld")
	g.add(i18n.T("publish.closed"), i18n.T("publish.closed.means"), false, func() []widgets.Option {
		return []widgets.Option{option(export.LeaveOut, "closed.leave-out", p.choice.Closed == export.LeaveOut), option(export.ListClosed, "closed.list", p.choice.Closed == export.ListClosed)}
	}, func(id string, _ bool) { p.choice.Closed = id })
	g.add(i18n.T("publish.mask"), i18n.T("publish.mask.means", "mark", export.DefaultMark), true, func() []widgets.Option {
		var out []widgets.Option
		for _, l := range p.s.Palette() {
			out = append(out, widgets.Option{ID: l.Name, Label: session.LabelWords(l.Name), Detail: l.Text, On: slices.Contains(p.choice.Mask, l.Name)})
		}
		return out
	}, func(id string, on bool) { p.choice.Mask = toggled(p.choice.Mask, id, on) })
	g.add(i18n.T("publish.hide"), "", true, func() []widgets.Option {
		var out []widgets.Option
		for _, f := range p.s.Template().Fields {
			out = append(out, widgets.Option{ID: f.ID, Label: f.LabelWords(), On: slices.Contains(p.choice.Hide, f.ID)})
		}
		return out
	}, func(id string, on bool) { p.choice.Hide = toggled(p.choice.Hide, id, on) })
	return g.add(i18n.T("publish.aside"), i18n.T("publish.aside.means"), true, func() []widgets.Option {
		return []widgets.Option{option(asideID, "aside.out", p.choice.Aside == export.LeaveOut)}
	}, func(_ string, on bool) {
		p.choice.Aside = ""
		if on {
			p.choice.Aside = export.LeaveOut
		}
	})
}
