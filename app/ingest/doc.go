// Package ingest makes documents of files: it finds the files, decides how their bytes are text, takes the text out of
// its format and proposes metadata for what stands plainly in it.
//
// It works on bytes and folders and nothing else: no archive, no SQL, no Fyne. What it may use is the standard library,
// golang.org/x/text and golang.org/x/net/html. It never writes, never opens what is not a regular file, never takes a
// proposal, and never guesses silently: a file that no decoder reads is refused with a reason, and a byte that could not
// be decoded is recorded with its place.
//
//	Scan     what is there: files in order, and what was left out and why
//	Read     one file → a Document
//	Walk     Scan, then Read one file after another, one ahead of the caller
//	Look     a file of another tool → the texts in it, with what is said of them
//	Detect   bytes → the encoding, the language, and how sure that is
//	Decode   bytes → text, with the Recipe that made it
//	Rebuild  text and recipe → the original bytes
//	Remake   original bytes and recipe → the text, as it was made the first time
//
// Positions are Unicode code points of the text made here, half-open. Whether two files are the same is not decided
// here: that is the archive's, by SHA-256.
package ingest
