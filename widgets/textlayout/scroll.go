package textlayout

// Scroll is where the top of the view stands: a row, and how far into it. Two
// numbers, because one float32 loses whole pixels beyond 16 million.
type Scroll struct {
	Row int
	Off float32 // 0 or more, less than the height of a row
}

// View is what scroll arithmetic needs to know of a view: how many rows there
// are, how high each is and how high the view is, with the blank space that
// may be kept under the last row.
type View struct {
	Rows   int
	Row    float32
	Height float32
	After  float32
}

// Last is the lowest place to scroll to: the end of the text stands at the
// bottom of the view.
func (v View) Last() Scroll {
	if v.Row <= 0 {
		return Scroll{}
	}
	hidden := float64(v.Rows)*float64(v.Row) + float64(v.After) - float64(v.Height)
	if hidden <= 0 {
		return Scroll{}
	}
	row := int(hidden / float64(v.Row))
	return Scroll{row, float32(hidden - float64(row)*float64(v.Row))}
}

// Clamp keeps a place within the text.
func (v View) Clamp(s Scroll) Scroll {
	if s.Row < 0 || s.Row == 0 && s.Off < 0 {
		return Scroll{}
	}
	if last := v.Last(); s.Row > last.Row || s.Row == last.Row && s.Off > last.Off {
		return last
	}
	return s
}

// By moves a place down by dy, up when it is negative.
func (v View) By(s Scroll, dy float32) Scroll {
	if v.Row <= 0 {
		return Scroll{}
	}
	off := float64(s.Off) + float64(dy)
	n := int(off / float64(v.Row))
	if off < 0 {
		n--
	}
	rest := float32(off - float64(n)*float64(v.Row))
	if rest >= v.Row {
		n, rest = n+1, 0
	}
	return v.Clamp(Scroll{s.Row + n, rest})
}

// Y is where the top of a row stands in the view; far rows stand far outside.
func (v View) Y(s Scroll, row int) float32 {
	return float32(float64(row-s.Row)*float64(v.Row) - float64(s.Off))
}

// At is the row at a height of the view, cut to the rows that there are.
func (v View) At(s Scroll, y float32) int {
	if v.Row <= 0 {
		return 0
	}
	f := (float64(y) + float64(s.Off)) / float64(v.Row)
	row := s.Row + int(f)
	if f < 0 {
		row--
	}
	return min(max(row, 0), max(v.Rows-1, 0))
}

// Reveal moves as little as shows a row whole with some room above and below;
// a row that is far outside comes to a third of the height.
func (v View) Reveal(s Scroll, row int, room float32) Scroll {
	top := v.Y(s, row)
	bottom := top + v.Row
	switch {
	case top >= room && bottom <= v.Height-room:
		return s
	case top < -v.Height || bottom > 2*v.Height:
		return v.By(Scroll{row, 0}, -v.Height/3)
	case top < room:
		return v.By(s, top-room)
	}
	return v.By(s, bottom-(v.Height-room))
}

// Share is the place as a share of the way from 0 at the top to 1 at the end.
func (v View) Share(s Scroll) float32 {
	last := v.Last()
	whole := float64(last.Row)*float64(v.Row) + float64(last.Off)
	if whole <= 0 {
		return 0
	}
	return float32((float64(s.Row)*float64(v.Row) + float64(s.Off)) / whole)
}

// AtShare is the place at a share of the way, the reverse of Share.
func (v View) AtShare(f float32) Scroll {
	last := v.Last()
	if v.Row <= 0 || f <= 0 {
		return Scroll{}
	}
	y := (float64(last.Row)*float64(v.Row) + float64(last.Off)) * float64(min(f, 1))
	row := int(y / float64(v.Row))
	return v.Clamp(Scroll{row, float32(y - float64(row)*float64(v.Row))})
}
