// Package storage is the archive file: one SQLite database that holds the log
// of operations, the originals and texts, and the tables that screens read.
//
// It is the only place with SQL, and Apply, Undo, Redo and Import are the only
// writers of what an archive holds. It may use storage/archive, which has the
// rules; it must never know of windows, verbs or readers of file formats, and
// never change a table in another way than by an operation.
package storage
