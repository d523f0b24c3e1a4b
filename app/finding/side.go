package finding

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
	"fonds/widgets/look"
)

// side is what stands at the right of the rows: the document of the row that is chosen,
// or charts of all of them.
type side struct {
	p       *Page
	section int // 0 the document, 1 the charts
	bar     *widgets.ChoiceBar
	title   *widgets.Note
	about   *widgets.Note
	text    *widgets.TextView
	preview fyne.CanvasObject
	charts  *charts
	scroll  *container.Scroll
	content *fyne.Container
	gen     int // of the places of what is looked for
	at      int // the one shown last
	hits    []widgets.Span
	of      string // document and search that hits are of
}

func newSide(p *Page) *side {
	d := &side{p: p, bar: widgets.NewChoiceBar(), title: widgets.NewText(3, ""), about: widgets.NewNote(8)}
	d.title.Bold = true
	d.title.Covers, d.about.Covers = session.Covers, session.Covers
	d.bar.OnKey = p.escape
	d.bar.OnPick = func(id string) { d.turn(strings.Index("dc", id)) }
	d.text = p.s.TextView()
	d.text.OnRune = func(r rune) bool {
		switch r {
		case 'n':
			d.hit(1)
		case 'N':
			d.hit(-1)
		default:
			return p.rune(r)
		}
		return true
	}
	d.text.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			p.OnDesk()
			return true
		}
		return p.escape(k)
	}
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Apart, look.Near), o)
	}
	d.preview = widgets.Border(inset(container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), d.title, d.about)), nil, nil, nil, d.text)
	d.charts = newCharts(p)
	d.scroll = container.NewVScroll(d.charts.content)
	d.charts.reveal = func(top, bottom float32) {
		if h := d.scroll.Size().Height; bottom > d.scroll.Offset.Y+h {
			d.scroll.ScrollToOffset(fyne.NewPos(0, bottom-h))
		} else if top < d.scroll.Offset.Y {
			d.scroll.ScrollToOffset(fyne.NewPos(0, top))
		}
	}
	d.content = widgets.Border(inset(d.bar), nil, nil, nil, container.NewStack(d.preview, d.scroll))
	d.turn(0)
	return d
}

// first is what has the keyboard first of it.
func (d *side) first() fyne.Focusable {
	if d.section == 1 {
		if c := d.charts.first(); c != nil {
			return c
		}
		return d.bar
	}
	return d.text
}

// turn shows the document (0) or the charts (1).
func (d *side) turn(section int) {
	d.section = section
	d.bar.SetChoices([]widgets.Choice{{ID: "d", Title: i18n.T("finding.document")}, {ID: "c", Title: i18n.T("finding.charts")}}, string("dc"[section]))
	if d.preview.Hide(); section == 0 {
		d.preview.Show()
	}
	if d.scroll.Hide(); section == 1 {
		d.scroll.Show()
	}
	widgets.Relay(d.content)
	d.show()
}

func (d *side) show() {
	if d.section == 1 {
		d.charts.count()
		return
	}
	d.showDocument()
}

// counted is told of a facet that the left side has counted: a chart of it need not be
// counted again.
func (d *side) counted(f storage.Facet) {
	if d.section == 1 {
		d.charts.take(f, d.p.facets.known[f])
	}
}

// showDocument shows the document of the session.
func (d *side) showDocument() {
	if d.section != 0 {
		return
	}
	doc := d.p.s.Document()
	if doc == nil || d.p.s.ListRead() && d.p.s.RowOfDocument() < 0 {
		d.title.SetText("", widgets.Plain)
		says := i18n.T("finding.nodocument")
		if doc != nil {
			says = i18n.T("finding.elsewhere")
		}
		d.about.SetText(says, widgets.Plain)
		d.text.SetShown(widgets.Shown{})
		d.of = ""
		return
	}
	d.title.SetText(session.OneLine(doc.Title()), widgets.Plain)
	about := []string{session.Signed(doc.Status())}
	for _, f := range d.p.s.Fields(doc) {
		if values := doc.Values(f.ID); len(values) > 0 && f.ID != "dcterms:title" {
			var words []string
			for _, v := range values {
				words = append(words, session.ValueWords(v.Text))
			}
			about = append(about, f.LabelWords()+"  "+session.OneLine(i18n.List(words)))
		}
	}
	d.about.SetText(strings.Join(about, "\n"), widgets.Plain)
	text := doc.Text.Text().String()
	d.text.SetShown(widgets.Shown{Key: string(doc.ID), Text: text})
	d.look(string(doc.ID), text)
}

// look finds on a worker where what the list is searched for stands, and shows the first
// place.
func (d *side) look(doc, text string) {
	search := d.p.s.Query().Search
	of := doc + "\n" + search
	if of == d.of {
		return
	}
	d.of, d.hits, d.at = of, nil, -1
	d.text.SetHits(nil, -1)
	session.Read(d.p.s, &d.gen, func(context.Context, *storage.Archive) ([]widgets.Span, error) {
		return session.SearchedIn(text, search), nil
	}, func(hits []widgets.Span, _ error) {
		d.hits = hits
		d.hit(1)
	})
}

// hit shows the next place, or the one before, around the ends.
func (d *side) hit(by int) {
	if len(d.hits) == 0 {
		return
	}
	d.at = ((d.at+by)%len(d.hits) + len(d.hits)) % len(d.hits)
	d.text.SetHits(d.hits, d.at)
	d.text.ScrollTo(d.hits[d.at].Start)
}

// drawn are the facets that are drawn as charts.
var drawn = []storage.Facet{{Key: query.Date}, {Key: query.Status}, {Key: query.Tag}, {Key: query.Field, Name: "dcterms:creator"}, {Key: query.By}, {Key: query.Assigned}}
