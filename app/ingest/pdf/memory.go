package pdf

import (
	"sync/atomic"

	"github.com/tetratelabs/wazero/experimental"
)

// allocator gives an instance its memory, from the system and not from Go's heap: it goes back at once when the instance
// ends, is never copied while it grows, and does not count when Go decides when to collect. used has its size, in bytes.
func allocator(used *atomic.Uint64) experimental.MemoryAllocator {
	return experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory {
		if m := reserve(most); m != nil {
			return &reserved{all: m, used: used}
		}
		return &reserved{used: used, most: most}
	})
}

// A reserved is the memory of an instance: as much address space as it may ever have, of which the system gives what is
// written to. Where that is not to be had, it is a slice that is copied as it grows.
type reserved struct {
	all  []byte
	now  []byte // the slice, where there is no reserve
	most uint64
	used *atomic.Uint64
}

// Reallocate gives the memory another size; nil if it may not be as large.
func (r *reserved) Reallocate(size uint64) []byte {
	if r.all != nil {
		if size > uint64(len(r.all)) {
			return nil
		}
		r.used.Store(size)
		return r.all[:size:size]
	}
	if size > r.most {
		return nil
	}
	if grown := make([]byte, size); size > uint64(len(r.now)) {
		copy(grown, r.now)
		r.now = grown
	}
	r.used.Store(size)
	return r.now[:size:size]
}

// Free gives it back.
func (r *reserved) Free() {
	if r.all != nil {
		release(r.all)
	}
	r.all, r.now, r.most = nil, nil, 0
	r.used.Store(0)
}
