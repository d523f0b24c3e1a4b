// Package intake brings files into an archive: it finds them and reads them
// (app/ingest), several at a time and in order, and hands them to the archive
// (storage). The verb import and the window bring files in by it and by nothing
// else.
//
//	Run      files and folders of the disk
//	RunFS    a tree of another kind, as the samples in the program
//
// Every file that is found is accounted for: imported, there already, or skipped
// with a reason; only what belongs to an archive beside it (its journal, its
// copies) is passed over in silence. It must never draw, print or guess; it holds
// a bounded amount of what it has read, whatever the folder's size.
package intake
