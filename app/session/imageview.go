package session

import (
	"context"

	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/pyramid"
)

// ImageView makes a view of the pictures of pages, in the person's language.
func (s *Session) ImageView() *widgets.ImageView {
	v := widgets.NewImageView(Faces()...)
	v.Go, v.Do, v.Now, v.After = s.cfg.Go, s.cfg.Do, s.cfg.Now, s.Timer()
	v.Words = widgets.ImageWords{Proposed: i18n.T("text.proposed"), LookAgain: i18n.T("text.lookagain"), Opening: i18n.T("picture.opening"), None: i18n.T("picture.none"),
		Failed: func(page widgets.ImagePage, err error) string {
			return i18n.T("picture.failed", "page", page.Name, "why", PictureFault(err))
		},
		Number: func(n int) string { return i18n.Number(int64(n)) }}
	return v
}

// Pages are those of what is open, for a view; they go on when the text is another.
func (p *Pictures) Pages() []widgets.ImagePage {
	out := make([]widgets.ImagePage, p.N)
	for i := range out {
		w, h, _ := p.Recipe.Size(i + 1)
		out[i] = widgets.ImagePage{Name: i18n.T("picture.number", "n", i+1), Width: w, Height: h, Open: func(ctx context.Context) (pyramid.Source, error) {
			return p.Page(ctx, i+1)
		}}
	}
	return out
}

// ShapeOf is a region as a view draws it.
func ShapeOf(id, region string) (s widgets.ImageShape, ok bool) {
	r, err := archive.ParseRegion(region)
	if err != nil {
		return s, false
	}
	s = widgets.ImageShape{ID: id, Page: r.Page - 1}
	for _, q := range r.Points {
		s.Points = append(s.Points, widgets.PointF{X: float64(q[0]), Y: float64(q[1])})
	}
	return s, true
}

// EvidenceStyle is how the evidence of a value is drawn on a picture: as the first of the free labels.
const EvidenceStyle = 6
