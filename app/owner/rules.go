package owner

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// rules is the section of what waits for review, and who may join.
type rules struct {
	p                               *Page
	review, fields, eyes, closed    *widgets.Options
	onReview, onFields, onEyes, onC *widgets.Note // why the last change of each was refused
	scroll                          *container.Scroll
}

func newRules(p *Page) *rules {
	s := &rules{p: p, onReview: quiet(""), onFields: quiet(""), onEyes: quiet(""), onC: quiet("")}
	options := func(many bool, pick func(id string, on bool)) *widgets.Options {
		o := widgets.NewOptions(many)
		o.Covers, o.OnKey, o.OnPick = session.Covers, p.Key, pick
		o.OnReveal = func(top, bottom float32) { s.reveal(o, top, bottom) }
		return o
	}
	s.review = options(false, func(id string, _ bool) {
		fields := slices.Clone(p.s.Rules().Fields)
		p.apply(s.onReview, &archive.Edit{Do: "policy.set", Review: id, Fields: &fields})
	})
	s.fields = options(true, func(id string, on bool) {
		fields := slices.DeleteFunc(slices.Clone(p.s.Rules().Fields), func(f string) bool { return f == id })
		if on {
			fields = append(fields, id)
		}
		p.apply(s.onFields, &archive.Edit{Do: "policy.set", Fields: &fields})
	})
	s.eyes = options(true, func(_ string, on bool) { p.apply(s.onEyes, &archive.Edit{Do: "policy.set", FourEyes: &on}) })
	s.closed = options(true, func(_ string, on bool) { p.apply(s.onC, &archive.Edit{Do: "policy.set", Closed: &on}) })
	group := func(title string, o *widgets.Options, said *widgets.Note) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), widgets.Heading(title), o, said)
	}
	s.scroll = container.NewVScroll(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Apart),
		group(i18n.T("rules.review"), s.review, s.onReview), group(i18n.T("rules.eyes"), s.eyes, s.onEyes),
		group(i18n.T("rules.people"), s.closed, s.onC), group(i18n.T("rules.fields"), s.fields, s.onFields)), look.Apart))
	return s
}

func (s *rules) Name() (string, string) { return i18n.T("rules.title"), i18n.T("rules.line") }

func (s *rules) Content() fyne.CanvasObject { return s.scroll }

func (s *rules) Focus() {
	if s.review.Disabled() {
		s.p.Focus() // there is nothing to be done
		return
	}
	s.p.on.Focus(s.review)
}

func (s *rules) Show() {
	r := s.p.s.Rules()
	if r == nil {
		return
	}
	var review []widgets.Option
	for _, v := range []archive.Review{archive.ReviewNone, archive.ReviewCorrections, archive.ReviewEverything} {
		review = append(review, widgets.Option{ID: string(v), Label: i18n.T("review." + string(v)), Detail: i18n.T("reviewdoes." + string(v)), On: r.Review == v})
	}
	s.review.SetOptions(review)
	var fields []widgets.Option
	for _, f := range s.p.s.Template().Fields {
		fields = append(fields, widgets.Option{ID: f.ID, Label: f.LabelWords(), On: slices.Contains(r.Fields, f.ID)})
	}
	for _, id := range r.Fields { // one that the template lacks
		if !slices.ContainsFunc(fields, func(o widgets.Option) bool { return o.ID == id }) {
			fields = append(fields, widgets.Option{ID: id, Label: id, On: true})
		}
	}
	s.fields.SetOptions(fields)
	s.eyes.SetOptions([]widgets.Option{{ID: "eyes", Label: i18n.T("rules.eyes.on"), Detail: i18n.T("rules.eyes.means"), On: r.FourEyes}})
	s.closed.SetOptions([]widgets.Option{{ID: "closed", Label: i18n.T("rules.closed.on"), Detail: i18n.T("rules.closed.means"), On: r.Closed}})
	for _, o := range []*widgets.Options{s.review, s.fields, s.eyes, s.closed} {
		widgets.Enable(o, s.p.refusal() == nil)
	}
}

// reveal scrolls to a line of options.
func (s *rules) reveal(o *widgets.Options, top, bottom float32) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.scroll).Y + s.scroll.Offset.Y
	top, bottom = y+top-look.Apart, y+bottom+look.Apart
	switch h := s.scroll.Size().Height; {
	case top < s.scroll.Offset.Y:
		s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, top)))
	case bottom > s.scroll.Offset.Y+h:
		s.scroll.ScrollToOffset(fyne.NewPos(0, bottom-h))
	}
}
