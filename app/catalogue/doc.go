// Package catalogue reads a catalogue of documents (CSV, TSV or XLSX), matches its rows
// to the documents of an archive by file name or by a field, and says field by field
// what taking it would change. What is taken are edits, for their caller to apply as
// one batch.
//
// It may use storage, which it only reads, the decoders of ingest and the templates. It
// must never guess: a row that could be of several documents is none's. It never empties
// a field because a cell is empty, and a cell is text, whatever it begins with. It knows
// no screen and no words for people: what there is to say has a code.
package catalogue

import "fmt"

// Bounds of what is read. What is larger is refused as a whole: half a catalogue looks
// like a catalogue.
const (
	MostRows    = 200_000
	MostColumns = 200
	MostCell    = 1 << 20   // bytes of UTF-8
	MostFile    = 256 << 20 // bytes of the file
)

// Problem is why a catalogue is not read.
type Problem struct {
	Code   string // one of the codes below
	Row    int    // where, from 1; 0 where it is of the whole file
	Detail string
}

// The codes of problems.
const (
	Unreadable = "unreadable" // the file cannot be opened or read; Detail says why
	NotTable   = "nottable"   // neither CSV nor XLSX, or damaged; Detail says how
	NoDecoder  = "nodecoder"  // no encoding reads it as text
	Empty      = "empty"      // no row under a head
	TooLarge   = "toolarge"   // the file is over MostFile, or its text over what ingest decodes
	TooMany    = "toomany"    // over MostRows
	TooWide    = "toowide"    // over MostColumns
	TooLong    = "toolong"    // a cell over MostCell
	NoSheet    = "nosheet"    // no sheet of that name; Detail lists those there are
)

func (p *Problem) Error() string {
	words := map[string]string{
		Unreadable: "the catalogue cannot be read",
		NotTable:   "this is no CSV or XLSX that can be read",
		NoDecoder:  "no encoding reads it as text",
		Empty:      "it has no rows under a head",
		TooLarge:   fmt.Sprintf("it is larger than %d MB", MostFile>>20),
		TooMany:    fmt.Sprintf("it has more than %d rows", MostRows),
		TooWide:    fmt.Sprintf("it has more than %d columns", MostColumns),
		TooLong:    fmt.Sprintf("a cell has more than %d MB", MostCell>>20),
		NoSheet:    "it has no sheet of that name",
	}[p.Code]
	if p.Row > 0 {
		words += fmt.Sprintf(" (row %d)", p.Row)
	}
	if p.Detail != "" {
		words += ": " + p.Detail
	}
	return words
}

// Finding is something to know about a row that was read all the same, or left out.
type Finding struct {
	Row    int    // from 1, as Row.N; 0 for the whole
	Code   string // one of the codes below
	Detail string // a count or a name, by the code
}

// The codes of findings.
const (
	AboveHead  = "above"   // a line above the head, as the title of a list: left out
	HeadAgain  = "head"    // the head once more, as on every page: left out
	OtherCells = "cells"   // as many cells as Detail says, where the head has another number
	Quotes     = "quotes"  // a quotation mark stands where CSV has none: what follows may be read in another way
	Undecoded  = "bytes"   // as many places as Detail says had bytes that are no character
	SameColumn = "columns" // two columns have the name Detail
)
