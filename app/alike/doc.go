// Package alike finds texts that are nearly the same: copies with other line ends, a notice that was issued again with
// another date, a draft and its fair copy; and texts that lie wholly inside a longer one.
//
// It is pure: texts in, groups of their numbers out. It may use the standard library and golang.org/x/text/unicode/norm
// and nothing else; no archive, no SQL, no Fyne, no files, nothing of the project. It never reads a clock, draws no
// lots, and never holds more than a few texts at once: what it keeps of a text of 8 KB is under 1 KB.
//
//	Find      texts → groups
//	Likeness  two texts → how like each other they are
//	Compare   two texts → where they differ
//
// What counts is the folded text (fold.go): NFKC, small letters, without white space, punctuation, controls and format
// characters. Signs, digits and marks stay; traditional and simplified characters stay apart. Of it, every 5 code
// points that follow one another are a shingle. The likeness of two texts is the Jaccard index of their sets of
// shingles (shared ones by all there are), and no more than the shorter text's share of the longer one's code points,
// which only matters where a text repeats itself. One code point in 40 changed here and there makes a likeness of about
// 0.8; a tenth of a text exchanged in one piece does too.
//
// How it finds them: of each text 128 values of MinHash are kept (one permutation in 128 bins, Li, Owen and Zhang 2012;
// empty bins filled as by Shrivastava 2017), and texts of which one of some bands of those agree are candidates. Bands
// are made so that less than one pair in a thousand that is as like as was asked for is no candidate. Candidates are
// read again and compared exactly, on their shingles' 64-bit hashes. Texts inside longer ones are found by winnowed
// fingerprints (Schleimer, Wilkerson and Aiken 2003) and proven by searching one in the other. All seeds are fixed, and
// all choices follow from the texts and not from their order: the same texts make the same groups.
package alike
