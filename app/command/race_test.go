//go:build race

package command

// raced is that the race detector watches: it takes several times the memory, and floors of that say nothing.
const raced = true
