//go:build !unix

package pdf

// reserve is address space of a size, which is not asked for here.
func reserve(uint64) []byte { return nil }

func release([]byte) {}
