// Package archive says what an archive is made of and which rules hold in it:
// operations and their chain, documents and what is attached to them, anchors
// that keep their place under corrections, what is in force, undo.
//
// It is pure: values in, values out. It may use the standard library and small
// pure libraries; it must never read or write a file, speak SQL, or know of a
// window. Time, ids and salts are handed in, so that everything here repeats.
//
// All positions are Unicode code points, half open, unless a name says bytes.
package archive
