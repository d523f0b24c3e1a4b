package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// picture is the part of a page that a proposal is about, large and with what lies around it, in the place of the text.
type picture struct {
	p    *Page
	view *widgets.ImageView
	note *widgets.Note // which page
	all  fyne.CanvasObject
	open *session.Pictures // nil: none, or on its way
	of   archive.ID        // the document that is open, or on its way
	it   *archive.Item
	d    *session.Doc
}

func newPicture(p *Page) *picture {
	x := &picture{p: p, view: p.s.ImageView(), note: session.NewNote(1)}
	x.view.OnRune, x.view.OnKey = p.rune, p.escape
	x.view.OnPage = func(int) { x.say() }
	x.all = widgets.Border(nil, container.New(layout.NewCustomPaddedLayout(look.Tight, look.Tight, look.Near, look.Near), x.note), nil, nil, x.view)
	x.all.Hide()
	return x
}

// show shows where on a picture an item lies; nothing where it does not.
func (x *picture) show(d *session.Doc, it *archive.Item) {
	on := d != nil && it != nil && it.Anchor.OnPicture() && d.Info.Pages > 0
	x.p.middle.text.Hidden = on
	if !on {
		if x.of != "" {
			x.view.SetPages(nil)
			x.open.Close()
			x.open, x.of = nil, ""
		}
		x.it, x.d = nil, nil
		x.all.Hide()
		return
	}
	x.it, x.d = it, d
	x.all.Show()
	if x.of == d.ID && x.open != nil {
		x.near()
		return
	}
	if x.of != d.ID {
		x.open.Close()
		x.open, x.of = nil, d.ID
		x.view.SetPages(nil)
	}
	x.view.Words.None = i18n.T("picture.opening")
	x.note.SetText(session.RegionWords(it.Anchor.Region), widgets.Plain)
	x.p.r.OpenPictures(func(open *session.Pictures, err error) {
		switch {
		case x.of != open.Doc:
			open.Close()
		case err != nil:
			open.Close()
			x.view.Words.None = session.PictureFault(err)
			x.view.Refresh()
		default:
			x.open = open
			x.view.SetPages(open.Pages())
			x.near()
		}
	})
}

// near shows the region of the item and its neighbours.
func (x *picture) near() {
	var out []widgets.ImageShape
	style := x.p.s.LabelStyles()
	for _, it := range x.d.Items {
		if it != x.it && (it.What != archive.AMark || !it.Anchor.OnPicture() || !it.InForce() && !it.Open()) {
			continue
		}
		s, ok := session.ShapeOf(string(it.ID), it.Anchor.Region)
		if !ok {
			continue
		}
		s.Label, s.Style, s.Proposed = session.LabelWords(it.Key), style(it.Key), it.Open()
		s.Fixed = true // to be decided on
		s.Fixed = true
		if it.What == archive.AValue {
			f := x.p.s.Field(it.Key)
			s.Label, s.Style = f.LabelWords(), session.EvidenceStyle
		}
		out = append(out, s)
	}
	x.view.SetShapes(out)
	x.view.Near(string(x.it.ID))
	x.view.Select(string(x.it.ID))
	x.say()
}

func (x *picture) say() {
	if x.it == nil {
		return
	}
	words := session.RegionWords(x.it.Anchor.Region)
	if s := x.view.Status(); s.Page+1 != x.page() {
		words = i18n.T("picture.number", "n", s.Page+1) + " · " + words
	}
	x.note.SetText(words, widgets.Plain)
}

// page is where the region lies, from 1.
func (x *picture) page() int {
	r, _ := archive.ParseRegion(x.it.Anchor.Region)
	return r.Page
}

// place is what has the keyboard between the queue and the discussion: the text, or the picture.
func (m *middle) place() fyne.Focusable {
	if m.picture.all.Visible() {
		return m.picture.view
	}
	return m.text
}
