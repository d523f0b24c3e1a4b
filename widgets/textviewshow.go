package widgets

import "fonds/widgets/textlayout"

// SetShown replaces what is shown. While the key stays the same, the place in
// the text and the selection stay on the words where they are, also when a
// correction has changed the text before them.
//
// Of a big text the beginning is shown at once, the rest when it is laid out.
func (v *TextView) SetShown(s Shown) {
	if s.Key != v.want.shown.Key {
		v.after = nil
		v.flash = Span{}
		v.hits, v.been, v.borders = foundHits{}, trail{}, borderDrag{}
		v.kept = -1
	}
	v.want.take(s)
	v.relayout()
}

// relayout brings the model to what is wanted: at once for a small text, by Go
// and Do for a big one, one layout at a time. What can be seen of a big one is
// laid out at once.
func (v *TextView) relayout() {
	v.want.width, v.want.size = v.geometry().w, v.zoom
	m := v.model
	switch {
	case v.Go == nil || v.Do == nil || len(v.want.shown.Text) <= inlineLimit || !v.stale():
		v.giveUp()
		v.adopt(v.build(v.want, m, nil))
		return
	case m.shown.Key != v.want.shown.Key || m.prefix:
		v.adopt(v.beginning(v.want))
	case m.shown.Text == v.want.shown.Text:
		if m.width != v.want.width || m.size != v.want.size || m.serial != v.want.serial {
			v.adopt(v.around(v.want, m))
		}
	}
	v.pump()
}

func (v *TextView) giveUp() {
	if v.job != nil {
		v.job.given.Store(true)
	}
}

// pump has the whole laid out on another goroutine.
func (v *TextView) pump() {
	if v.job != nil {
		if !v.job.fits(&v.want) {
			v.giveUp() // what comes back starts the next
		}
		return
	}
	job := &layoutJob{wanted: v.want}
	old, all := v.model, len(v.want.shown.Text)
	if v.solid != nil && v.solid.shown.Key == v.want.shown.Key {
		old = v.solid // has the rows that a change does not reach
	}
	v.job = job
	said := 0
	tick := func(bytes int) bool {
		if step := bytes / progressStep; v.OnLayout != nil && bytes < all && step > 0 {
			v.Do(func() {
				if v.job == job && !job.given.Load() && step > said {
					said = step
					v.OnLayout(float32(bytes) / float32(all))
				}
			})
		}
		return !job.given.Load()
	}
	v.Go(func() {
		m := v.build(job.wanted, old, tick)
		v.Do(func() {
			v.job = nil
			if said > 0 {
				v.OnLayout(1)
			}
			switch {
			case m != nil && job.fits(&v.want):
				if m.serial != v.want.serial { // other marks since
					from, changes := m.from, m.changes
					m = v.build(v.want, m, nil)
					m.from, m.changes = from, changes
				}
				v.adopt(m)
			case v.stale():
				v.pump()
			}
		})
	})
}

// stale reports whether another text, or another layout of it, is on its way.
func (v *TextView) stale() bool { return !v.model.whole() || !v.model.fits(&v.want) }

// whenThere runs f now, or as soon as the wanted text is there.
func (v *TextView) whenThere(f func()) {
	if v.stale() {
		v.after = append(v.after, f)
		return
	}
	f()
}

// topPos is the position at the top of the view. While nobody scrolls it is the
// same however often the column changes.
func (v *TextView) topPos() int {
	l := v.model.layout
	row := l.Rows[min(v.scroll.Row, len(l.Rows)-1)]
	if v.kept >= int(row.Start) && v.kept < int(row.End) {
		return v.kept
	}
	return int(row.Start)
}

// adopt shows a model. Within one document the words at the top of the view
// and the selected words stay; another document begins at its top.
func (v *TextView) adopt(m *textModel) {
	old := v.model
	had, hadAny := v.Selection()
	if old.shown.Key != m.shown.Key {
		v.model = m
		v.scroll = textlayout.Scroll{}
		v.anchor, v.head, v.atRowEnd, v.goalX = 0, 0, false, -1
	} else {
		v.carry(old, m)
	}
	if m.whole() {
		v.solid = m
	}
	v.scroll = v.view().Clamp(v.scroll)
	v.mouse.forget()
	if now, any := v.Selection(); (any || hadAny) && now != had && v.OnSelect != nil {
		v.OnSelect(now, any)
	}
	if !v.stale() {
		todo := v.after
		v.after = nil
		for _, f := range todo {
			f()
		}
	}
	v.repaint()
}

// carry takes the place, the selection and what else has a position from one
// model of a document to the next.
func (v *TextView) carry(old, m *textModel) {
	to := func(pos int) int { return pos }
	switch {
	case old.text == m.text:
	case m.from == old.text:
		to = textlayout.Moved(m.changes, m.text.Len())
	default:
		to = textlayout.Remap(old.text, m.text)
	}
	top, within := v.topPos(), v.scroll.Off/max(old.size*old.ratio, 1)
	v.model = m
	if m.layout != old.layout {
		if v.scroll != (textlayout.Scroll{}) {
			v.kept = to(top)
			v.scroll.Row = m.layout.RowAt(v.kept)
			v.scroll.Off = within * v.geometry().row
		}
		v.atRowEnd, v.goalX = false, -1
	}
	snap := func(s Span) Span {
		if !m.whole() {
			return s
		}
		return m.layout.Snap(s)
	}
	s := Span{Start: to(v.anchor), End: to(v.head)}
	forward := s.End >= s.Start
	s = snap(s)
	v.anchor, v.head = s.Start, s.End
	if !forward {
		v.anchor, v.head = max(s.Start, s.End), min(s.Start, s.End)
	}
	if f := v.flash; f != (Span{}) {
		v.flash = snap(Span{Start: to(f.Start), End: to(f.End)})
	}
	if m.text != old.text {
		v.hits.move(to)
		v.been.move(to)
		v.borders.side = noSide
	}
}
