package alike

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
)

// Source is where texts come from. It is asked by one goroutine at a time.
type Source interface {
	// Each hands over every text in its order, until f returns an error, which it returns. Texts are numbered from 0.
	Each(ctx context.Context, f func(text string) error) error
	// Text gives one of them again.
	Text(ctx context.Context, n int) (string, error)
}

// Least is how like each other texts are that are grouped, where nothing else is said.
const Least = 0.8

// Options says what to look for.
type Options struct {
	// Least is the likeness from which on texts are grouped, over 0 to 1; 0 is the package's Least.
	Least float64
	// Progress is told how many texts were read, and how many pairs of candidates were compared, of how many; total is
	// 0 where that is not known. It is called by one goroutine at a time, often, and may be nil.
	Progress func(step Step, done, total int)
}

// Step is a part of the work.
type Step string

// The steps, in their order.
const (
	Reading   Step = "read"
	Comparing Step = "compare"
)

// Group is texts that belong together.
type Group struct {
	// Texts are their numbers, in order.
	Texts []int
	// Likeness says how like each other they are. Every text of a group is at least so like another one of it that the
	// whole hangs together by such pairs, and there is no greater number of which that holds. Where Within is not
	// negative it is the share that the shortest of the texts has of the longer one.
	Likeness float64
	// Exact says that all of them are the same, byte by byte.
	Exact bool
	// Within is the number of the text inside which all the others stand, -1 where they are like each other instead.
	Within int
}

// Find groups texts: those that are connected by likenesses of o.Least or more, the most alike first, then those that
// lie wholly inside longer ones that they are not like. Texts that are shorter than a shingle are grouped only where
// they are equal when folded, and those in which nothing counts not at all.
//
// Everything that is like each other is found as long as few texts share what they have in common with many that they
// are not like; among more than 32 candidates that agree in the same band each is compared with 32. A text is looked
// for inside 64 longer ones at most.
func Find(ctx context.Context, src Source, o Options) ([]Group, error) {
	if o.Least <= 0 {
		o.Least = Least
	}
	if o.Progress == nil {
		o.Progress = func(Step, int, int) {}
	}
	s := newShelf()
	if err := s.read(ctx, src, o.Progress); err != nil {
		return nil, err
	}
	s.arrange()
	f := &finder{ctx: ctx, src: src, o: o, shelf: s}
	f.candidates()
	s.signs = nil // they have done their work
	f.places()
	groups, err := f.compare()
	if err != nil {
		return nil, err
	}
	inside, err := f.inside()
	if err != nil {
		return nil, err
	}
	byLikeness(groups)
	byLikeness(inside)
	return append(groups, inside...), nil
}

// byLikeness puts the most alike first, of equals that whose first text comes first.
func byLikeness(groups []Group) {
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), slices.Compare(a.Texts, b.Texts))
	})
}

// block is how many texts share a piece of memory.
const block = 2048

// shelf keeps what is known of all texts. Texts that are equal when folded are one entry.
type shelf struct {
	entryOf []int32  // of each text, -1 where nothing counts in it
	raw     []digest // of each text
	known   map[digest]int32
	folded  []digest // of each entry, as all that follow
	points  []int32
	signs   [][]uint32 // values for each of a block of entries; nil once they are not needed
	signed  []bool
	fingers [][]uint32
	pool    []uint32 // where fingers are cut from

	texts [][]int32 // numbers of each entry's texts; see arrange
	order []int32   // entries by their digest: what follows depends on the texts alone
	rank  []int32   // the reverse
}

func newShelf() *shelf { return &shelf{known: map[digest]int32{}} }

// read takes the imprints of all texts, on all processors.
func (s *shelf) read(ctx context.Context, src Source, progress func(Step, int, int)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type numbered struct {
		n    int
		text string
	}
	in := make(chan numbered)
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			p := &press{}
			for t := range in {
				made := p.take(t.text)
				mu.Lock()
				s.add(t.n, made)
				mu.Unlock()
			}
		})
	}
	n := 0
	err := src.Each(ctx, func(text string) error {
		select {
		case in <- numbered{n, text}:
		case <-ctx.Done():
			return ctx.Err()
		}
		n++
		progress(Reading, n, 0)
		return nil
	})
	close(in)
	workers.Wait()
	return err
}

// add puts an imprint in its place.
func (s *shelf) add(n int, p *imprint) {
	for len(s.entryOf) <= n {
		s.entryOf, s.raw = append(s.entryOf, -1), append(s.raw, digest{})
	}
	s.raw[n] = p.raw
	if p.points == 0 {
		return
	}
	e, there := s.known[p.folded]
	if !there {
		e = int32(len(s.folded))
		s.known[p.folded] = e
		s.folded, s.points, s.signed = append(s.folded, p.folded), append(s.points, int32(p.points)), append(s.signed, p.signed)
		if int(e)%block == 0 {
			s.signs = append(s.signs, make([]uint32, block*values))
		}
		copy(s.sign(e), p.sign[:])
		s.fingers = append(s.fingers, s.cut(p.fingers))
	}
	s.entryOf[n] = e
}

// sign is the signature of an entry.
func (s *shelf) sign(e int32) []uint32 {
	from := int(e) % block * values
	return s.signs[e/block][from : from+values]
}

// cut copies fingerprints into memory that many entries share.
func (s *shelf) cut(fingers []uint32) []uint32 {
	if len(fingers) > cap(s.pool)-len(s.pool) {
		s.pool = make([]uint32, 0, max(1<<16, len(fingers)))
	}
	from := len(s.pool)
	s.pool = append(s.pool, fingers...)
	return s.pool[from:len(s.pool):len(s.pool)]
}

// arrange puts the entries in an order that depends on nothing but their texts.
func (s *shelf) arrange() {
	s.known, s.pool = nil, nil
	s.texts = make([][]int32, len(s.folded))
	for n, e := range s.entryOf {
		if e >= 0 {
			s.texts[e] = append(s.texts[e], int32(n))
		}
	}
	s.order = make([]int32, len(s.folded))
	for i := range s.order {
		s.order[i] = int32(i)
	}
	slices.SortFunc(s.order, func(a, b int32) int { return slices.Compare(s.folded[a][:], s.folded[b][:]) })
	s.rank = make([]int32, len(s.order))
	for i, e := range s.order {
		s.rank[e] = int32(i)
	}
}
