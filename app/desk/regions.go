package desk

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// Regions are marks on pictures, with everything that marks have: they are drawn, and then marked by the same commands as
// words that are selected.

// regionOf is what was drawn as a region.
func regionOf(page int, points []widgets.PointF) string {
	r := archive.Region{Page: page + 1}
	for _, q := range points {
		r.Points = append(r.Points, [2]int{max(0, int(q.X+0.5)), max(0, int(q.Y+0.5))})
	}
	if len(points) == 2 { // its corners in order
		x, y, w, h := r.Box()
		r.Points = [][2]int{{x, y}, {x + w, y + h}}
	}
	return r.String()
}

// showShapes shows the regions of the document, what is drawn, and the word at the caret.
func (p *picturing) showShapes() {
	doc := p.d.s.Document()
	if doc == nil || p.of != doc.ID {
		p.shapes = nil
		p.view.SetShapes(nil)
		return
	}
	var out []widgets.ImageShape
	style := p.d.s.LabelStyles()
	for _, it := range doc.Of(archive.AMark) {
		if !it.Anchor.OnPicture() || !it.InForce() && !it.Open() {
			continue
		}
		if s, ok := session.ShapeOf(string(it.ID), it.Anchor.Region); ok {
			s.Label, s.Style, s.Proposed, s.Note = session.LabelWords(it.Key), style(it.Key), it.Open(), session.Remark(it)
			out = append(out, s)
		}
	}
	for _, it := range doc.Of(archive.AValue) {
		if !it.Anchor.OnPicture() || !it.InForce() && !it.Open() || shapeAt(out, it.Anchor.Region) != "" {
			continue
		}
		if s, ok := session.ShapeOf(string(it.ID), it.Anchor.Region); ok {
			field := p.d.s.Field(it.Key)
			s.Label, s.Style, s.Proposed = field.LabelWords(), session.EvidenceStyle, it.Open()
			out = append(out, s)
		}
	}
	become := shapeAt(out, p.drawn)
	if become != "" { // it was marked, or is the evidence of a field now
		p.drawn = ""
	}
	if p.d.fixed() != "" {
		for i := range out {
			out[i].Fixed = true
		}
	}
	if s, ok := session.ShapeOf(drawnShape, p.drawn); ok {
		s.Label, s.Style, s.State = i18n.T("region.drawn"), session.EvidenceStyle, ""
		out = append(out, s)
	}
	at, _ := p.d.text.Selection()
	if w, ok := p.word(at.Start); ok && !p.working {
		r := archive.Region{Page: w.Page, Points: [][2]int{{w.X, w.Y}, {w.X + max(w.W, 1), w.Y + max(w.H, 1)}}}
		if s, ok := session.ShapeOf(seenShape, r.String()); ok {
			s.Style, s.Note = session.EvidenceStyle, i18n.T("ocr.sure", "n", w.Sure)
			out = append(out, s)
		}
	}
	p.shapes = out
	p.view.SetShapes(out)
	if become != "" {
		p.view.Select(become)
	}
}

// shapeAt is the id of the shape that lies just there, "" for none.
func shapeAt(shapes []widgets.ImageShape, region string) string {
	for _, s := range shapes {
		if region != "" && regionOf(s.Page, s.Points) == region {
			return s.ID
		}
	}
	return ""
}

// region is what is selected, where the person works on the picture.
func (p *picturing) region() (session.RegionAt, bool) {
	doc := p.d.s.Document()
	if !p.working || doc == nil {
		return session.RegionAt{}, false
	}
	id := p.view.Selected()
	if id == drawnShape || id == "" && p.drawn != "" {
		return session.RegionAt{Region: p.drawn}, p.drawn != ""
	}
	it := doc.Item(archive.ID(id))
	if it == nil || !it.Anchor.OnPicture() {
		return session.RegionAt{}, false
	}
	r := session.RegionAt{Region: it.Anchor.Region}
	if it.What == archive.AMark {
		r.Mark = it.ID
	}
	return r, true
}

// take takes a tool, or lays it down.
func (p *picturing) take(t widgets.ImageTool) {
	if why := p.d.fixed(); why != "" {
		p.d.s.Say(why)
		return
	}
	if p.view.Tool() == t {
		t = widgets.ImagePan
	}
	p.view.SetTool(t)
	p.showTools()
	p.focus()
	switch t {
	case widgets.ImageRectangle:
		p.d.s.Say(i18n.T("picture.rectangle.said"))
	case widgets.ImagePolygon:
		p.d.s.Say(i18n.T("picture.polygon.said"))
	}
}

func (p *picturing) showTools() {
	for t, words := range map[widgets.ImageTool]string{widgets.ImageRectangle: i18n.T("picture.rectangle"), widgets.ImagePolygon: i18n.T("picture.polygon")} {
		if p.view.Tool() == t {
			words = "● " + words
		}
		p.tools[t].SetLabel(words)
	}
	widgets.Relay(p.pane)
}

// added: a region was drawn; what it is is said next.
func (p *picturing) added(page int, points []widgets.PointF) {
	p.drawn, p.working = regionOf(page, points), true
	p.view.SetTool(widgets.ImagePan)
	p.showTools()
	p.showShapes()
	p.view.Select(drawnShape)
	p.d.s.Say(i18n.T("region.drawn.said"))
}

// changed: a region was moved or formed anew.
func (p *picturing) changed(id string, points []widgets.PointF) {
	doc := p.d.s.Document()
	if doc == nil {
		return
	}
	if id == drawnShape {
		r, _ := archive.ParseRegion(p.drawn)
		p.drawn = regionOf(r.Page-1, points)
		p.showShapes()
		return
	}
	it := doc.Item(archive.ID(id))
	if it == nil || it.What != archive.AMark || p.d.fixed() != "" {
		p.showShapes()
		if it != nil && it.What == archive.AValue {
			p.d.s.Say(i18n.T("region.evidence"))
		}
		return
	}
	r, _ := archive.ParseRegion(it.Anchor.Region)
	p.d.s.MoveRegion(it.ID, regionOf(r.Page-1, points), func(error) { p.showShapes() })
}

// selected: the list of marks follows.
func (p *picturing) selected(id string) {
	p.working = true
	if doc := p.d.s.Document(); doc != nil && id != drawnShape {
		if it := doc.Item(archive.ID(id)); it != nil && it.What == archive.AMark {
			p.d.inspector.showMark(it.ID)
		}
	}
}

func (p *picturing) removed(id string) {
	doc := p.d.s.Document()
	switch it := doc.Item(archive.ID(id)); {
	case id == drawnShape:
		p.drawn = ""
		p.showShapes()
	case p.d.fixed() != "":
		p.d.s.Say(p.d.fixed())
	case it != nil && it.What == archive.AMark:
		p.d.s.RemoveMark(it.ID)
	}
}

func (p *picturing) commented(id string) {
	if it := p.d.s.Document().Item(archive.ID(id)); it != nil && it.What == archive.AMark {
		p.d.commentOn(it)
	}
}

// reveal shows a region on its page, selected: that of an item, or what lies at the same place. While the pictures are on
// their way it is shown when they are there.
func (p *picturing) reveal(id archive.ID) {
	if p.mode == pictureAway {
		p.mode = pictureBeside
		p.arrange()
	}
	if p.wanted = id; p.open == nil {
		return
	}
	p.wanted = ""
	at := string(id)
	if it := p.d.s.Document().Item(id); it != nil && it.Anchor.OnPicture() && !slices.ContainsFunc(p.shapes, func(s widgets.ImageShape) bool { return s.ID == at }) {
		at = shapeAt(p.shapes, it.Anchor.Region)
	}
	p.view.Reveal(at) // which leaves what was selected on another page
	p.view.Select(at)
}

// marksHere are the commands that are about what is selected.
func (p *picturing) marksHere(id string) bool {
	switch {
	case strings.HasPrefix(id, "mark.") && !strings.HasPrefix(id, "mark.start") && !strings.HasPrefix(id, "mark.end"), id == "field.from", id == "thread.ask", id == "note.add":
		return true
	}
	return false
}

// typedRune: with a region selected the commands of marks come first, else those of the view; tags and the next document are
// a key away as in the text.
func (p *picturing) typedRune(r rune) bool {
	if c := p.d.s.Commands.ByRuneOn("picture", r); c != nil {
		p.d.s.Commands.Run(c.ID)
		return true
	}
	c := p.d.s.Commands.ByRune(r)
	if c == nil {
		return false
	}
	_, has := p.region()
	switch {
	case has && p.marksHere(c.ID), strings.HasPrefix(c.ID, "tag.") && c.Rune >= '1' && c.Rune <= '9', strings.HasPrefix(c.ID, "doc."), c.ID == "shortcuts", c.ID == "list.find":
		p.d.s.Commands.Run(c.ID)
		return true
	}
	return false
}

func (p *picturing) typedKey(e *fyne.KeyEvent) bool {
	switch {
	case e.Name == fyne.KeyEscape && p.drawn != "" && p.view.Tool() == widgets.ImagePan:
		p.drawn = ""
		p.showShapes()
		return true
	case e.Name == fyne.KeyDelete, e.Name == fyne.KeyEscape, e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter:
		return false
	}
	if c := p.d.s.Commands.ByKey(e.Name); c != nil {
		p.d.s.Commands.Run(c.ID)
		return true
	}
	return false
}

// fieldFromRegion asks which field a region is the evidence of, and what it says.
func (d *Desk) fieldFromRegion(at session.RegionAt) {
	doc := d.s.Document()
	d.chooseField(session.RegionWords(at.Region), func(field string) {
		f := d.s.Field(field)
		d.ask(nil, "region.value", widgets.SmallBoxAsk{Title: i18n.T("region.value", "field", f.LabelWords()), Prompt: session.RegionWords(at.Region), Hint: boxHint(false)},
			func(text string, done func(error)) {
				if now := d.s.Document(); now == nil || now.ID != doc.ID || strings.TrimSpace(text) == "" {
					d.leaveAsk()
					return
				}
				d.lastField = field
				d.s.FieldFromRegion(at.Region, strings.TrimSpace(text), field, f.Repeatable, func(err error) {
					done(err)
					if err == nil {
						d.pic.drawn = ""
						d.pic.showShapes()
						d.inspector.open(fieldsTab)
						d.pic.focus()
					}
				})
			})
	})
}
