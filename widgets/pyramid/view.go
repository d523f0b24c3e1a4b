package pyramid

import (
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"runtime"
	"slices"
	"sync"
)

// frame is one picture of the view while it is painted.
type frame struct {
	p      *Pyramid
	t      Transform
	dst    *image.RGBA
	page   image.Rectangle // the pixels of dst whose middles lie on the page
	turned bool            // columns of the view are rows of the page
	axes   map[int][2]axis // by level: for the columns and the rows of page
	ops    []op
	want   int
	total  int
	miss   []tileKey
}

// op is a tile that is painted at a place, or the ground where there is none.
type op struct {
	tile       *tile
	at         image.Rectangle
	cols, rows axis
	oc, or     int // corner of the tile on the axes
}

// baseLevel stands for the first picture, which has a level of its own.
const baseLevel = 99

// View paints the page on dst, whose pixels are those of the view that at says, and
// reports whether all of it is there in the size that is wanted. What is not is
// painted from what is nearest, and asked for. What lies beside the page is left
// alone.
func (p *Pyramid) View(dst *image.RGBA, at Transform) (complete bool) {
	f := &frame{p: p, t: at.sharp(), dst: dst, turned: at.Turn&1 == 1, axes: map[int][2]axis{}}
	f.page = f.onPage()
	p.mu.Lock()
	p.frame++
	if p.closed {
		p.mu.Unlock()
		return false
	}
	f.want = f.level()
	f.cover(f.page, f.want)
	missing := f.blocks()
	p.total, p.missing = f.total, len(f.miss)
	complete = len(f.miss) == 0 && p.own
	start := p.want(missing)
	ground, tone := p.ground, p.tone
	p.mu.Unlock()

	f.paint(ground, tone)
	if start {
		p.run(p.work)
	}
	return complete
}

// pageX is where the middle of column i of the view lies on the page, along the
// page's own axis; pageY the same for a row.
func (f *frame) pageX(i int) float64 {
	q := f.t.ToPage(Point{float64(i) + 0.5, f.t.ViewH / 2})
	if f.turned {
		return q.Y
	}
	return q.X
}

func (f *frame) pageY(j int) float64 {
	q := f.t.ToPage(Point{f.t.ViewW / 2, float64(j) + 0.5})
	if f.turned {
		return q.X
	}
	return q.Y
}

// onPage is the part of the view that shows something of the page.
func (f *frame) onPage() image.Rectangle {
	a, b := f.t.ToView(Point{}), f.t.ToView(Point{float64(f.p.w), float64(f.p.h)})
	edge := func(v float64) int { return int(math.Ceil(min(max(v-0.5, -1), 1<<20))) }
	r := image.Rect(edge(min(a.X, b.X)), edge(min(a.Y, b.Y)), edge(max(a.X, b.X)), edge(max(a.Y, b.Y)))
	return r.Intersect(f.dst.Rect)
}

// level is the one to paint: the smallest that has a pixel for each of the view, the
// first picture where that is enough, a coarser one where memory is short.
func (f *frame) level() int {
	p := f.p
	if p.own && float64(p.baseW) >= f.t.Zoom*float64(p.w)-1 {
		return baseLevel
	}
	level := 0
	for level < p.levels-1 && float64(int(2)<<level)*f.t.Zoom <= 1 {
		level++
	}
	level = max(level, p.finest)
	for level < p.levels-1 && f.bytes(level) > p.room*3/4 {
		level++
	}
	return level
}

// bytes is what the tiles in sight need at a level.
func (f *frame) bytes(level int) int64 {
	side := f.t.Zoom * float64(int(1)<<level)
	tiles := func(n int) int64 { return int64(float64(n)/side)/tileSide + 2 }
	return tiles(f.page.Dx()) * tiles(f.page.Dy()) * (tileSide + 1) * (tileSide + 1) * 4
}

// axis places the columns and rows of the view on a level.
func (f *frame) axis(level int) (cols, rows axis) {
	if a, ok := f.axes[level]; ok {
		return a[0], a[1]
	}
	p := f.p
	w, h := p.size(min(level, p.levels))
	sx := 1 / float64(int(1)<<min(level, p.levels))
	sy := sx
	if level == baseLevel {
		w, h = p.baseW, p.baseH
		sx, sy = float64(w)/float64(p.w), float64(h)/float64(p.h)
	}
	if f.turned {
		w, h, sx, sy = h, w, sy, sx
	}
	a := [2]axis{
		axisOf(f.page.Min.X, f.page.Max.X, f.pageX, sx, w),
		axisOf(f.page.Min.Y, f.page.Max.Y, f.pageY, sy, h),
	}
	f.axes[level] = a
	return a[0], a[1]
}

// cut is a piece of an axis.
func (a axis) cut(from, to int) axis { return axis{a.at[from:to], a.part[from:to]} }

// runs calls do for the pieces of an axis that lie in one tile each.
func (a axis) runs(from, to int, do func(from, to, tile int)) {
	for i := from; i < to; {
		n, j := a.at[i]/tileSide, i+1
		for j < to && a.at[j]/tileSide == n {
			j++
		}
		do(i, j, int(n))
		i = j
	}
}

// cover paints a part of the view from a level, and what is missing there from the
// next coarser one.
func (f *frame) cover(r image.Rectangle, level int) {
	if r.Empty() {
		return
	}
	p, o := f.p, f.page.Min
	if level != baseLevel && level >= p.levels {
		level = baseLevel
	}
	if level == baseLevel {
		if p.base == nil {
			f.ops = append(f.ops, op{at: r})
			return
		}
		cols, rows := f.axis(level)
		f.ops = append(f.ops, op{tile: p.base, at: r,
			cols: cols.cut(r.Min.X-o.X, r.Max.X-o.X), rows: rows.cut(r.Min.Y-o.Y, r.Max.Y-o.Y)})
		return
	}
	cols, rows := f.axis(level)
	rows.runs(r.Min.Y-o.Y, r.Max.Y-o.Y, func(j0, j1, ty int) {
		cols.runs(r.Min.X-o.X, r.Max.X-o.X, func(i0, i1, tx int) {
			k := tileKey{level, tx, ty}
			if f.turned {
				k.x, k.y = ty, tx
			}
			here := image.Rect(i0, j0, i1, j1).Add(o)
			if level == f.want {
				f.total++
			}
			if f.add(k, here, tx, ty) {
				return
			}
			if level != f.want {
				f.cover(here, level+1)
				return
			}
			if !p.failed[k] {
				f.miss = append(f.miss, k)
			}
			if finer := f.finer(here, level-1); !finer {
				f.cover(here, level+1)
				f.finerOver(here, level-1)
			}
		})
	})
}

// add paints a tile that is there.
func (f *frame) add(k tileKey, at image.Rectangle, tc, tr int) bool {
	t := f.p.tiles[k]
	if t == nil {
		return false
	}
	t.used = f.p.frame
	o := f.page.Min
	cols, rows := f.axis(k.level)
	f.ops = append(f.ops, op{tile: t, at: at, oc: tc * tileSide, or: tr * tileSide,
		cols: cols.cut(at.Min.X-o.X, at.Max.X-o.X), rows: rows.cut(at.Min.Y-o.Y, at.Max.Y-o.Y)})
	return true
}

// each calls do for the tiles of a level in a part of the view.
func (f *frame) each(r image.Rectangle, level int, do func(k tileKey, at image.Rectangle, tc, tr int)) {
	o := f.page.Min
	cols, rows := f.axis(level)
	rows.runs(r.Min.Y-o.Y, r.Max.Y-o.Y, func(j0, j1, ty int) {
		cols.runs(r.Min.X-o.X, r.Max.X-o.X, func(i0, i1, tx int) {
			k := tileKey{level, tx, ty}
			if f.turned {
				k.x, k.y = ty, tx
			}
			do(k, image.Rect(i0, j0, i1, j1).Add(o), tx, ty)
		})
	})
}

// finer paints from the next finer level where all of it is there.
func (f *frame) finer(r image.Rectangle, level int) bool {
	if level < f.p.finest || level >= f.p.levels {
		return false
	}
	all := true
	f.each(r, level, func(k tileKey, _ image.Rectangle, _, _ int) { all = all && f.p.tiles[k] != nil })
	if all {
		f.finerOver(r, level)
	}
	return all
}

// finerOver paints what is there of a finer level.
func (f *frame) finerOver(r image.Rectangle, level int) {
	if level >= f.p.finest && level < f.p.levels {
		f.each(r, level, func(k tileKey, at image.Rectangle, tc, tr int) { f.add(k, at, tc, tr) })
	}
}

// blocks puts what is missing together, the nearest to the middle of the view first.
func (f *frame) blocks() []block {
	var out []block
	for _, k := range f.miss {
		i := slices.IndexFunc(out, func(b block) bool {
			return b.x0/blockSide == k.x/blockSide && b.y0/blockSide == k.y/blockSide
		})
		if i < 0 {
			out = append(out, block{level: k.level, x0: k.x, y0: k.y, x1: k.x + 1, y1: k.y + 1, tiles: []tileKey{k}})
			continue
		}
		b := &out[i]
		b.x0, b.y0, b.x1, b.y1 = min(b.x0, k.x), min(b.y0, k.y), max(b.x1, k.x+1), max(b.y1, k.y+1)
		b.tiles = append(b.tiles, k)
	}
	for i := range out {
		b := &out[i]
		side := float64(int(tileSide) << b.level)
		x, y := float64(b.x0+b.x1)/2*side-f.t.At.X, float64(b.y0+b.y1)/2*side-f.t.At.Y
		b.far = x*x + y*y
	}
	slices.SortFunc(out, func(a, b block) int { return cmp.Compare(a.far, b.far) })
	return out
}

// paint does what was gathered, on all processors, each its rows.
func (f *frame) paint(ground color.RGBA, tone *[256]uint8) {
	if f.page.Empty() {
		return
	}
	bands := min(runtime.GOMAXPROCS(0), 8, max(f.page.Dy()/64, 1))
	var all sync.WaitGroup
	for n := range bands {
		band := f.page
		band.Min.Y = f.page.Min.Y + f.page.Dy()*n/bands
		band.Max.Y = f.page.Min.Y + f.page.Dy()*(n+1)/bands
		all.Go(func() { f.paintBand(band, ground, tone) })
	}
	all.Wait()
}

func (f *frame) paintBand(band image.Rectangle, ground color.RGBA, tone *[256]uint8) {
	offs := make([]int32, band.Dx())
	for _, o := range f.ops {
		at := o.at.Intersect(band)
		if at.Empty() {
			continue
		}
		if o.tile == nil {
			fill(f.dst, at, ground)
			continue
		}
		rows := o.rows.cut(at.Min.Y-o.at.Min.Y, at.Max.Y-o.at.Min.Y)
		o.tile.scale(f.dst, at, o.cols, rows, o.oc, o.or, f.turned, offs)
	}
	if tone != nil {
		apply(f.dst, band, tone)
	}
}

func fill(dst *image.RGBA, r image.Rectangle, c color.RGBA) {
	v := uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(r.Min.X, y):]
		for i := range r.Dx() {
			binary.LittleEndian.PutUint32(row[i*4:], v)
		}
	}
}
