// Package intake brings files into an archive: it finds them and reads them
// (app/ingest), several at a time and in order, and hands them to the archive
// (storage). The verb import and the window bring files in by it and by nothing
// else.
//
//	Look     what an import would make of each file, before it; Again and Text, of one
//	Run      files and folders of the disk; that it began and how it ended is recorded
//	RunFS    a tree of another kind, as the samples in the program
//	Kept     what an import was made of that was interrupted, for Run to continue it
//
// Every file that is found is accounted for: imported, there already, or skipped
// with a reason; only what belongs to an archive beside it (its journal, its
// copies) is passed over in silence. It must never draw, print or guess; it holds
// a bounded amount of what it has read, whatever the folder's size.
package intake
