// Package pyramid holds the pixels of one page of a document at the sizes that a
// window wants: in levels, each half as large as the one before, cut into tiles that
// are fetched on a worker when they are looked at and forgotten when memory is
// short. It paints what is there, the nearest level in the place of what is not.
//
// It knows pictures and places and nothing of Fyne, files or formats: a Source gives
// it the pixels. Memory: all that it keeps, what its source says it holds and what a
// request needs for a moment stay within Cap, 300 MB where nobody says otherwise.
package pyramid

import (
	"context"
	"errors"
	"image"
	"image/color"
	"math/bits"
	"sync"
)

const (
	// DefaultCap is the memory of a page in bytes, its source included.
	DefaultCap = 300 << 20
	// FirstSide is the longer side of the first picture of a page.
	FirstSide = 1280

	leastTiles = 48 << 20                                                // bytes for tiles, however much the source holds
	mostTiles  = 160 << 20                                               // more is never needed
	blockSide  = 4                                                       // tiles in each direction that are asked for together
	working    = 2 * (blockSide*tileSide + 1) * blockSide * tileSide * 4 // a request: its picture and the tiles cut of it
)

// Pyramid is one page. Its methods may be called on any goroutine; View on one at a
// time.
type Pyramid struct {
	src    Source
	run    func(func()) // starts work on another goroutine
	told   func()       // something has come, on that goroutine
	ctx    context.Context
	cancel context.CancelFunc

	w, h, finest, levels int
	room                 int64 // for tiles

	mu      sync.Mutex
	ground  color.RGBA
	tone    *[256]uint8
	base    *tile // all of the page, in few pixels; nil until it is there
	baseW   int
	baseH   int
	own     bool // base came from the source
	tiles   map[tileKey]*tile
	failed  map[tileKey]bool
	bytes   int64
	frame   uint64
	wanted  []block // what the last View missed, the nearest to its middle first
	total   int     // tiles of the last View
	missing int     // of them
	at      *block  // being fetched
	stop    context.CancelFunc
	busy    bool
	closed  bool
	err     error
}

// block is tiles of one level that are asked for together.
type block struct {
	level          int
	x0, y0, x1, y1 int // tiles, half open
	tiles          []tileKey
	far            float64 // from the middle of the view
}

// New makes the pyramid of a page. run starts what it is given on another goroutine;
// told is called there when View would paint more than it did. Nothing is fetched
// before the first View. Close it when it is looked at no more.
func New(src Source, limit int64, run func(func()), told func()) *Pyramid {
	p := &Pyramid{src: src, run: run, told: told, tiles: map[tileKey]*tile{}, failed: map[tileKey]bool{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.w, p.h = src.Size()
	p.w, p.h = max(p.w, 1), max(p.h, 1)
	p.finest = bits.Len(uint(max(src.Finest(), 1))) - 1
	p.levels = max(p.finest+1, bits.Len(uint((max(p.w, p.h)-1)/tileSide)))
	if limit <= 0 {
		limit = DefaultCap
	}
	if h, ok := src.(holder); ok {
		limit -= h.Held()
	}
	p.room = min(max(limit-working, leastTiles), mostTiles)
	p.ground = color.RGBA{0xE0, 0xE0, 0xE0, 0xFF}
	return p
}

// Size is that of the page in its pixels.
func (p *Pyramid) Size() (w, h int) { return p.w, p.h }

// SetTone changes how the page is shown.
func (p *Pyramid) SetTone(t Tone) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tone = t.table()
}

// SetGround is the colour of the page where nothing of it has come.
func (p *Pyramid) SetGround(c color.RGBA) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ground = c
}

// Offer shows a small picture of the page until something better has come.
func (p *Pyramid) Offer(img *image.RGBA) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.base == nil && img != nil && !img.Rect.Empty() {
		p.setBase(img)
	}
}

func (p *Pyramid) setBase(img *image.RGBA) {
	if p.base != nil {
		p.bytes -= p.base.bytes()
	}
	p.baseW, p.baseH = img.Rect.Dx(), img.Rect.Dy()
	p.base = cut(img, 0, 0, p.baseW, p.baseH)
	p.bytes += p.base.bytes()
}

// Close ends what is being fetched; what comes yet is dropped. The source is closed
// on another goroutine when nothing is asked of it any more.
func (p *Pyramid) Close() {
	p.mu.Lock()
	was, busy := p.closed, p.busy
	p.closed, p.wanted, p.tiles, p.base, p.bytes = true, nil, map[tileKey]*tile{}, nil, 0
	p.mu.Unlock()
	p.cancel()
	if !was && !busy {
		if c, ok := p.src.(closer); ok {
			p.run(func() { _ = c.Close() }) // it was read from only
		}
	}
}

// State is what the last View is short of.
type State struct {
	Total, Missing int   // tiles
	First          bool  // the first picture is there
	Offered        bool  // one that was offered stands in for it
	Busy           bool  // something is being fetched
	Err            error // what was fetched last and could not be; nil where something came after it
	Bytes          int64 // that are kept
}

// State says how far the page has come.
func (p *Pyramid) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return State{Total: p.total, Missing: p.missing, First: p.own, Offered: p.base != nil && !p.own, Busy: p.busy, Err: p.err, Bytes: p.bytes}
}

// size is how many pixels a level has.
func (p *Pyramid) size(level int) (w, h int) {
	up := 1<<level - 1
	return (p.w + up) >> level, (p.h + up) >> level
}

// want makes the last View's missing tiles what is fetched next. The caller holds
// the lock; start must be called after it is let go where this says so.
func (p *Pyramid) want(missing []block) (start bool) {
	p.wanted = missing
	if p.at != nil && p.stop != nil && !p.at.among(missing) {
		p.stop()
	}
	if p.busy || p.closed || !p.own && p.err != nil || p.own && len(missing) == 0 {
		return false
	}
	p.busy = true
	return true
}

// among says whether any tile of a block is wanted still. The first picture always is.
func (b *block) among(wanted []block) bool {
	if b.level < 0 {
		return true
	}
	for _, w := range wanted {
		if w.level == b.level && w.x0 < b.x1 && b.x0 < w.x1 && w.y0 < b.y1 && b.y0 < w.y1 {
			return true
		}
	}
	return false
}

// work fetches what is wanted until nothing is.
func (p *Pyramid) work() {
	for {
		p.mu.Lock()
		p.at, p.stop = nil, nil
		switch {
		case p.closed:
			p.busy = false
			p.mu.Unlock()
			if c, ok := p.src.(closer); ok {
				_ = c.Close() // it was read from only
			}
			return
		case !p.own && p.err == nil:
			p.at = &block{level: -1}
		case p.own && len(p.wanted) > 0:
			b := p.wanted[0]
			p.at, p.wanted = &b, p.wanted[1:]
		default:
			p.busy = false
			p.mu.Unlock()
			return
		}
		b := p.at
		ctx, stop := context.WithCancel(p.ctx)
		p.stop = stop
		p.mu.Unlock()
		come := p.fetch(ctx, b)
		stop()
		if come && p.told != nil {
			p.told()
		}
	}
}

// errSize says that a source did not keep to what it says of itself.
var errSize = errors.New("the picture has another size than was asked for")

// fetch brings one block, and reports whether anything has changed that can be seen.
func (p *Pyramid) fetch(ctx context.Context, b *block) bool {
	if b.level < 0 {
		img, err := p.src.Small(ctx, FirstSide)
		if err == nil && (img == nil || img.Rect.Empty()) {
			err = errSize
		}
		return p.took(ctx, err, b, func() { p.setBase(img); p.own = true })
	}
	shrink := 1 << b.level
	r := image.Rect(b.x0*tileSide*shrink, b.y0*tileSide*shrink, (b.x1*tileSide+1)*shrink, (b.y1*tileSide+1)*shrink)
	r = r.Intersect(image.Rect(0, 0, p.w, p.h))
	img, err := p.src.Region(ctx, r, shrink)
	if err == nil && (img == nil || img.Rect.Dx() != (r.Dx()+shrink-1)/shrink || img.Rect.Dy() != (r.Dy()+shrink-1)/shrink) {
		err = errSize
	}
	made := make([]*tile, len(b.tiles))
	if err == nil && ctx.Err() == nil {
		w, h := p.size(b.level)
		for i, k := range b.tiles {
			x, y := k.x*tileSide, k.y*tileSide
			made[i] = cut(img, x-b.x0*tileSide, y-b.y0*tileSide, min(tileSide, w-x), min(tileSide, h-y))
		}
	}
	return p.took(ctx, err, b, func() {
		for i, k := range b.tiles {
			if old := p.tiles[k]; old != nil {
				p.bytes -= old.bytes()
			}
			made[i].used = p.frame
			p.tiles[k] = made[i]
			p.bytes += made[i].bytes()
		}
		p.forget()
	})
}

// took takes an answer unless nobody waits for it any more.
func (p *Pyramid) took(ctx context.Context, err error, b *block, take func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || ctx.Err() != nil {
		return false
	}
	if p.err = err; err != nil {
		for _, k := range b.tiles {
			p.failed[k] = true
		}
		return true
	}
	take()
	return true
}

// forget lets go of the tiles that were drawn longest ago, until the rest has room.
// Those of the last frame stay.
func (p *Pyramid) forget() {
	for p.bytes > p.room {
		var oldest tileKey
		var found *tile
		for k, t := range p.tiles {
			if t.used < p.frame && (found == nil || t.used < found.used) {
				oldest, found = k, t
			}
		}
		if found == nil {
			return
		}
		p.bytes -= found.bytes()
		delete(p.tiles, oldest)
	}
}
