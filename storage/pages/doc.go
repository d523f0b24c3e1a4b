// Package pages reads the rows of a SQLite database that may be damaged
// anywhere: page by page, by the file format (sqlite.org/fileformat2.html),
// with no need of the schema, of the trees above the rows, or of any page but
// those that a row itself lies on. A write-ahead log beside the file is read as
// SQLite would, and where it is damaged, as far as its checksums carry.
//
//	Open     finds the size of a page and what lies in the write-ahead log
//	Survey   goes over every page once and tells by shape which table its rows
//	         may belong to
//	Rows     gives the rows of one table, those first that its tree still leads to
//
// What comes out may be stale, or no row at all: a page that was freed keeps
// its rows, and noise can look like one. Whoever asks must be able to tell (an
// archive can, by hashes). It must never write, speak SQL, fall over bytes, go
// round in circles, or hold more in memory than one page, the row asked for,
// and some bytes for each page of the file.
package pages
