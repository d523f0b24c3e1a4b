package finding

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/sorting"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Table is what a person has chosen of the table: its columns, and the order of the rows.
type Table struct {
	Columns []storage.Column
	Order   storage.Order
}

// usual are the columns of who has chosen none.
var usual = []storage.Column{storage.ByTitle, storage.ByDate, storage.FieldColumn("dcterms:creator"), storage.ByTags, storage.ByStatus}

// shares are how wide columns are, in relation to each other; others have 2.
var shares = map[storage.Column]float32{storage.ByTitle: 5.6, storage.ByImport: 1, storage.ByProposals: 1, storage.ByChars: 1.4, storage.ByPath: 4, storage.ByName: 3}

// figures are the columns whose words end at the right.
var figures = []storage.Column{storage.ByImport, storage.ByProposals, storage.ByChars}

// sign says which way an order goes.
func sign(o storage.Order) string {
	if o.Down {
		return " ▼"
	}
	return " ▲"
}

func (p *Page) newTable(t Table) {
	p.says = session.NewNote(2)
	p.table = widgets.NewList()
	p.table.Covers = session.Covers
	p.table.Multi = true
	p.table.OnSelect = func(i int) { p.s.OpenRow(i) }
	p.table.OnActivate = func(int) { p.OnDesk() }
	p.table.OnPick = p.s.Select
	p.table.OnSeek = p.seek
	p.table.OnRune = func(r rune) {
		if r == '、' || r == '／' { // the same key with an input method on
			r = '/'
		}
		if r == '/' {
			p.table.BeginSeek()
			return
		}
		p.rune(r)
	}
	p.table.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape && p.s.SelectedRows().Count() > 0 || p.table.Seeking() {
			return false // the list's own
		}
		return p.escape(k)
	}
	p.table.OnMenu = func(_ int, at fyne.Position) {
		p.s.WhenLoaded(func() {
			session.ShowMenu(p.on, at, p.s.Commands.Lines("finding.change", "", "finding.sort", "finding.reverse", "finding.columns", "", "finding.beside"))
		})
	}
	p.head = widgets.NewListHead(p.table)
	p.head.OnTap = func(k int) { p.s.SortBy(p.columns[k]) }
	p.columns = slices.DeleteFunc(slices.Clone(t.Columns), func(c storage.Column) bool { return !slices.Contains(p.s.AllColumns(), c) })
	if len(p.columns) == 0 {
		p.columns = usual
	}
	p.s.SetOrder(t.Order)
	p.setColumns()
}

// setColumns shows the columns, with the sign of the order at the one it goes by.
func (p *Page) setColumns() {
	p.s.ShowColumns(p.columns)
	p.headColumns()
}

// widestOf is how wide a column has to be whose words are known: they are never cut while
// there is room; 0 for any other.
func widestOf(c storage.Column) (widest float32) {
	var words []string
	switch c {
	case storage.ByDate, storage.ByDue:
		words = []string{"0000-00-00"}
	case storage.ByStatus:
		for _, st := range archive.Statuses() {
			words = append(words, session.Signed(st))
		}
	}
	for _, w := range words {
		widest = max(widest, fyne.MeasureText(w, theme.TextSize(), fyne.TextStyle{}).Width+2*look.Near)
	}
	return widest
}

func (p *Page) headColumns() {
	var columns []widgets.Column
	o := p.s.Order()
	for _, c := range p.columns {
		col := widgets.Column{Title: p.s.ColumnWords(c), Share: 2, Quiet: c != storage.ByTitle, Right: slices.Contains(figures, c)}
		if share, ok := shares[c]; ok {
			col.Share = share
		}
		if widest := widestOf(c); widest > 0 {
			col.Share, col.Width = 1, widest
		}
		if c == o.By && o != (storage.Order{}) {
			col.Title += sign(o)
		}
		columns = append(columns, col)
	}
	p.table.SetColumns(columns)
	p.head.Refresh()
}

func (p *Page) show() {
	p.setColumns()
	p.showRows()
	p.chosen()
}

func (p *Page) showRows() {
	p.headColumns()
	p.table.SetCount(p.s.Rows(), p.row)
	p.table.SetSelected(p.s.RowOfDocument())
	words := ""
	switch {
	case p.s.Rows() > 0 || !p.s.ListRead():
	case strings.TrimSpace(p.s.Query().Search) != "":
		words = i18n.T("finding.nothing")
	case p.s.Query() != session.Query{}:
		words = i18n.T("library.nofilter")
	default:
		words = i18n.T("library.empty")
	}
	p.empty.SetText(words)
	p.empty.Hidden = words == ""
	p.empty.Refresh()
	p.say()
}

func (p *Page) row(i int) widgets.Row {
	d := p.s.Row(i)
	if d.ID == "" {
		return widgets.Row{}
	}
	cells := make([]string, len(p.columns))
	for k, c := range p.columns {
		cells[k] = p.s.Cell(d, c)
	}
	return widgets.Row{Known: true, Cells: cells}
}

// seek goes to the next document whose title begins with some words.
func (p *Page) seek(words string) {
	p.sought, p.unfound = words, false
	p.say()
	p.s.FindTitle(words, func(row int) {
		p.unfound = row < 0
		p.say()
		if row >= 0 {
			p.s.OpenRow(row)
		}
	})
}

func (p *Page) keep() { p.OnTable(Table{slices.Clone(p.columns), p.s.Order()}) }

const strokes = "\x00strokes"

// askSort asks by which column the rows are to stand.
func (p *Page) askSort() {
	o := p.s.Order()
	var choices []widgets.Choice
	for _, c := range p.s.AllColumns() {
		ch := widgets.Choice{ID: string(c), Title: p.s.ColumnWords(c), Also: string(c)}
		if c == storage.ByImport {
			ch.Title = i18n.T("finding.sort.import")
		}
		if c == o.By {
			ch.Badge = strings.TrimSpace(sign(o))
		}
		choices = append(choices, ch)
	}
	way := widgets.Choice{ID: strokes, Title: i18n.T("finding.sort.strokes"), Also: "strokes pinyin bihua 笔画 拼音"}
	if o.Way == sorting.Strokes {
		way.Title = i18n.T("finding.sort.pinyin")
	}
	p.choose(i18n.T("finding.sort"), append(choices, way), string(o.By), func(id string) {
		if id == strokes {
			o.Way = sorting.Strokes - o.Way
			p.s.SetOrder(o)
		} else {
			p.s.SortBy(storage.Column(id))
		}
		p.keep()
		p.on.Focus(p.table)
	})
}

// reverse turns the order round.
func (p *Page) reverse() {
	o := p.s.Order()
	o.Down = !o.Down
	p.s.SetOrder(o)
	p.keep()
}

// askColumns asks for columns, one after the other, until Escape.
func (p *Page) askColumns() { p.chooseColumns("") }

func (p *Page) chooseColumns(at string) {
	var choices []widgets.Choice
	for _, c := range p.s.AllColumns() {
		ch := widgets.Choice{ID: "c" + string(c), Title: p.s.ColumnWords(c), Also: string(c)}
		if slices.Contains(p.columns, c) {
			ch.Badge = "✓"
		}
		choices = append(choices, ch)
	}
	p.choose(i18n.T("finding.columns"), choices, at, func(id string) {
		c := storage.Column(id[1:])
		now := slices.DeleteFunc(slices.Clone(p.columns), func(k storage.Column) bool { return k == c })
		if len(now) == len(p.columns) {
			now = append(now, c)
		}
		if len(now) > 0 {
			p.columns = now
			p.setColumns()
			p.table.RefreshRows()
			p.keep()
		}
		p.chooseColumns(id)
	})
}

// choose asks for one of several things by its name.
func (p *Page) choose(prompt string, choices []widgets.Choice, start string, then func(id string)) {
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.Start, c.OnPick = session.Covers, start, then
	c.Show(p.on)
}
