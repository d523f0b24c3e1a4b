// Package zones says what in a plain text is not the document itself: the furniture of the page that it was copied from,
// and where another document begins in the same text. It proposes and changes nothing; a line that it names stays where
// it is, and its words may be the only evidence of a date or a creator.
//
//	Furniture  a text → the lines that belong to the page: labels, buttons, frame, repeats, strays
//	Counter    many texts → the lines that recur in them, which are furniture though no rule knows their words
//	Splits     a text and where it is damaged → the places where another document seems to begin
//
// It is pure: strings in, positions out. It may use the standard library and nothing else; no archive, no files, no
// network, no clock, nothing of the project. It never panics on what it is given, and its work grows with the length of
// the text and no faster.
//
// How it decides: lines are looked at one by one (labels.go, buttons.go, frame.go, dates.go say which words count), and
// what a line alone does not prove, its neighbours must: a sure line makes the doubtful ones next to it furniture, and a
// doubtful line among sentences is a sentence. Where it is in doubt it says nothing.
//
// Positions are Unicode code points of the text, half-open; a byte that is not UTF-8 counts as one. A line ends before a
// line feed, a carriage return or a form feed; a form feed belongs to the line that it begins.
package zones
