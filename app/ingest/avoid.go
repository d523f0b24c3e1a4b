package ingest

import (
	"path/filepath"
	"slices"
	"strings"
)

// An archive is one SQLite file and, while it is open, two beside it. A process that has one of them open through SQLite
// and closes it once more by itself loses SQLite's locks on it, and another program may then write at the same time and
// spoil it (sqlite.org, "How To Corrupt An SQLite Database File", 2.2): no such file is ever opened here, not even to see
// what it is. Which one is open in this process, Options.Avoid knows; others are known by their names.

// archiveEnds are the ends of names of archives and of what SQLite keeps beside them.
var archiveEnds = []string{".fonds", ".fonds-wal", ".fonds-shm", ".fonds-journal"}

func archiveName(name string) bool {
	name = strings.ToLower(filepath.Base(name))
	return slices.ContainsFunc(archiveEnds, func(end string) bool { return strings.HasSuffix(name, end) })
}

// journalEnds are the ends of names of what SQLite keeps beside a database.
var journalEnds = []string{"-wal", "-shm", "-journal"}

// copiesEnd is the end of the name of the folder in which the copies of an archive lie, beside it (storage.CopiesFolder).
const copiesEnd = ".copies"

// OfArchive says of a name in a folder that it belongs to an archive there: it is one of the files that SQLite keeps beside
// it, or the folder of its copies. Nobody means such a thing when they name the folder around it. is says of another name
// whether there is a file of that name that is an archive.
func OfArchive(name string, folder bool, is func(name string) bool) bool {
	if folder {
		stem, ok := strings.CutSuffix(name, copiesEnd)
		return ok && (is(stem+archiveEnds[0]) || is(stem))
	}
	for _, end := range journalEnds {
		if stem, ok := strings.CutSuffix(strings.ToLower(name), end); ok {
			return strings.HasSuffix(stem, archiveEnds[0]) || is(name[:len(stem)])
		}
	}
	return false
}

// real is the name of the file that name leads to.
func real(name string) string {
	if to, err := filepath.EvalSymlinks(name); err == nil {
		return to
	}
	return name
}
