// Package words says what words are when they are looked for: how a text is folded
// and cut into tokens for the index of an archive, what phrase of tokens a query is,
// and where in a text it stands.
//
// It may use the standard library and golang.org/x/text. It must never know what an
// archive, a document or SQL is: storage asks it, and so does what shows a hit.
package words

// FoldVersion is that of the folding: an index made by another one is made anew.
const FoldVersion = 1
