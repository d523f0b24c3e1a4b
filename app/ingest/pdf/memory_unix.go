//go:build unix

package pdf

import "syscall"

// reserve is address space of a size; nil if there is none.
func reserve(size uint64) []byte {
	m, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return m
}

// release gives address space back.
func release(m []byte) { _ = syscall.Munmap(m) }
