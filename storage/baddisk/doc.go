// Package baddisk gives a test a disk that fails, lies and loses power: each
// write, sync, truncation and change of a name that the process makes in a folder
// can be failed in turn, and from the journal of them all any disk can be made
// that a loss of power at any moment may have left.
//
// It is for tests, and nothing else may import it. It uses the standard library
// only, and knows nothing of archives.
package baddisk
