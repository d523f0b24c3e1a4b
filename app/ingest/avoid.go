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

// real is the name of the file that name leads to.
func real(name string) string {
	if to, err := filepath.EvalSymlinks(name); err == nil {
		return to
	}
	return name
}
