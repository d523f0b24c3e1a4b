package mojibake

// listed has lists for a few characters, and knows of most at a look that they have none.
type listed[T any] struct {
	is [0x10000 / 64]uint64 // a bit for each character of the basic plane that has one
	of map[rune][]T
}

func (f *listed[T]) add(r rune, x T) {
	if f.of == nil {
		f.of = map[rune][]T{}
	}
	f.of[r] = append(f.of[r], x)
	if r < 0x10000 {
		f.is[r>>6] |= 1 << (r & 63)
	}
}

func (f *listed[T]) at(r rune) []T {
	if r < 0x10000 && f.is[r>>6]&(1<<(r&63)) == 0 {
		return nil
	}
	return f.of[r]
}
