// Package export writes an archive out for others: one folder a format, and a
// manifest that says what is in it, of which state of the log, with the SHA-256
// of every file. The same archive gives the same bytes: no wall clock, no order
// that is not the archive's.
//
//	View     a document as scripts see it, the shape of `fonds show --json`
//	Log      an operation as scripts see it, the shape of `fonds history --json`
//	Write    the files of a set, as an edition where that is asked for
//	Look     what there is to know of a set before
//	Preview  one document as a format writes it
//	Print    a document, and PrintList a list, as pages for a browser's printer
//
// It reads the archive and writes only below the folder it is given; it must
// never know a window, write over what is there, or change an archive but by
// recording an edition. One file a format.
package export
