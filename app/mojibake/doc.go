// Package mojibake finds runs of a text that were read in a wrong encoding, says what they read in the right one, and
// marks what cannot be read any more. It proposes and changes nothing: a run is a place in the text, a reading and the
// recipe that leads from one to the other.
//
// It is pure: strings in, repairs out. It may use the standard library and golang.org/x/text (codecs and normalisation)
// and nothing else; no archive, no SQL, no Fyne, no files, nothing of the project. It never reads a clock or the
// network, never panics on what it is given, and never touches a text that reads well as it is.
//
//	Find        a text → the runs, in order, none over another
//	Apply       a text and runs → the text as it would read
//	Folded      a text → the one note that its punctuation was folded to half width
//	Statistics  which characters the archive's own texts are made of: it makes Find surer
//
// How it decides: a text costs bits, by how common its characters are and how they follow one another (model.go; the
// counts are in table.bin, table_make_test.go says of what). For each pair of encodings (pairs.go) the cheapest
// account of a line is looked for, in which a stretch is either as it was written or stands for the bytes of another
// encoding (path.go); an account that needs a wrong encoding costs more at the outset, and must earn that.
//
// Positions are Unicode code points, half-open.
package mojibake
