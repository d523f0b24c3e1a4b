package oversight

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// figures is a section of charts, each with its table below.
type figures struct {
	p      *Page
	id     string
	means  *widgets.Note
	empty  *widgets.Note
	days   *widgets.ChoiceBar // nil where it makes no difference
	blocks []*block
	column *fyne.Container
	scroll *container.Scroll
}

// block is one chart with all that belongs to it.
type block struct {
	heading *widgets.Note
	means   *widgets.Note
	chart   *widgets.Chart
	table   *widgets.DataTable
	more    *widgets.Note
	says    []string
	content *fyne.Container
}

func newFigures(p *Page, id string) *figures {
	f := &figures{p: p, id: id, means: p.Quiet(""), empty: widgets.NewText(6, "")}
	f.empty.Covers = session.Covers
	f.column = container.New(layout.NewCustomPaddedVBoxLayout(look.Apart))
	f.scroll = container.NewVScroll(widgets.Pad(f.column, look.Edge))
	f.lay()
	return f
}

// addDays lets the person choose how many days are looked at.
func (f *figures) addDays() {
	f.days = widgets.NewChoiceBar()
	f.days.OnKey = f.p.Key
	f.days.OnPick = func(id string) {
		f.p.days, _ = strconv.Atoi(id)
		f.showDays()
		f.p.gather()
	}
	f.days.OnReveal = func(top, bottom float32) { f.reveal(f.days, top, bottom) }
	f.showDays()
	f.lay()
}

func (f *figures) showDays() {
	f.days.SetChoices([]widgets.Choice{{ID: "30", Title: i18n.T("oversight.days", "n", 30)}, {ID: "90", Title: i18n.T("oversight.days", "n", 90)}}, strconv.Itoa(f.p.days))
}

func (f *figures) Name() (string, string) {
	return i18n.T("oversight." + f.id), i18n.T("oversight." + f.id + ".line")
}

func (f *figures) Content() fyne.CanvasObject { return f.scroll }

func (f *figures) Show() {}

func (f *figures) Focus() {
	for _, b := range f.blocks {
		if !b.chart.Hidden {
			f.p.on.Focus(b.chart)
			return
		}
	}
	f.p.on.Focus(f.p.again)
}

// lay puts everything one below the other.
func (f *figures) lay() {
	f.column.Objects = []fyne.CanvasObject{f.means, f.empty}
	if f.days != nil {
		f.column.Add(f.days)
	}
	for _, b := range f.blocks {
		f.column.Add(b.content)
	}
	f.scroll.Refresh()
}

// draw shows a section; what was looked at stays where it is.
func (f *figures) draw(s report.Section) {
	f.means.SetText(s.Means, widgets.Plain)
	f.empty.SetText(s.Empty, widgets.Plain)
	f.means.Hidden, f.empty.Hidden = s.Means == "", s.Empty == ""
	if f.days != nil {
		f.days.Hidden = len(s.Charts) == 0
	}
	for len(f.blocks) < len(s.Charts) {
		f.blocks = append(f.blocks, f.newBlock())
	}
	for i, b := range f.blocks {
		if b.content.Hidden = i >= len(s.Charts); !b.content.Hidden {
			b.set(&s.Charts[i])
		}
	}
	f.lay()
}

func (f *figures) newBlock() *block {
	b := &block{heading: widgets.NewText(2, ""), means: f.p.Quiet(""), chart: widgets.NewChart(), table: widgets.NewDataTable(), more: f.p.Quiet("")}
	b.heading.Covers, b.chart.Covers, b.table.Covers = session.Covers, session.Covers, session.Covers
	b.heading.Bold = true
	b.chart.OnKey, b.table.OnKey = f.p.Key, f.p.Key
	b.chart.OnReveal = func(top, bottom float32) { f.reveal(b.chart, top, bottom) }
	b.table.OnReveal = func(top, bottom float32) { f.reveal(b.table, top, bottom) }
	b.chart.OnBar = func(i int) {
		if i >= 0 && i < len(b.says) {
			f.p.s.Say(b.says[i])
		}
	}
	b.content = container.New(layout.NewCustomPaddedVBoxLayout(look.Near), b.heading, b.means, b.chart, b.table, b.more)
	return b
}

func (b *block) set(c *report.Chart) {
	b.heading.SetText(c.Title, widgets.Plain)
	b.means.SetText(c.Means, widgets.Plain)
	b.more.SetText(c.More, widgets.Plain)
	b.means.Hidden, b.more.Hidden = c.Means == "", c.More == ""
	parts, bars, any := make([]widgets.ChartPart, len(c.Parts)), make([]widgets.ChartBar, len(c.Bars)), false
	for i, p := range c.Parts {
		parts[i] = widgets.ChartPart{Name: p.Name, Tone: widgets.ChartTone(p.Tone)}
	}
	b.says = b.says[:0]
	for i, x := range c.Bars {
		bars[i] = widgets.ChartBar{Label: session.OneLine(x.Label), Values: x.Values, Words: x.Words}
		b.says = append(b.says, session.OneLine(x.Says))
		for _, v := range x.Values {
			any = any || v > 0
		}
	}
	b.chart.Columns, b.chart.Shares, b.chart.Hidden = c.Columns, c.Shares, !any
	b.chart.Set(parts, bars)
	b.table.Words, b.table.Hidden = c.Words, len(c.Rows) == 0
	b.table.Set(c.Head, c.Rows)
	b.content.Refresh()
}

// reveal scrolls to a part of something in the section.
func (f *figures) reveal(o fyne.CanvasObject, top, bottom float32) { reveal(f.scroll, o, top, bottom) }

// reveal scrolls to a part of something that stands in a scroll.
func reveal(s *container.Scroll, o fyne.CanvasObject, top, bottom float32) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y + s.Offset.Y
	top, bottom = y+top-look.Apart, y+bottom+look.Apart
	switch h := s.Size().Height; {
	case top < s.Offset.Y:
		s.ScrollToOffset(fyne.NewPos(0, max(0, top)))
	case bottom > s.Offset.Y+h:
		s.ScrollToOffset(fyne.NewPos(0, bottom-h))
	}
}
