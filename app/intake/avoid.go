package intake

import (
	"io/fs"
	"os"
	"path/filepath"
)

// itself knows the files of the open archive, by what they are and not by their
// names: a link may be called anything. SQLite makes and removes those beside
// the archive as it works, next to the file that the path leads to, so that they
// are looked for each time.
func itself(path string) func(fs.FileInfo) bool {
	names := []string{path}
	if real, err := filepath.EvalSymlinks(path); err == nil && real != path {
		names = append(names, real)
	}
	return func(info fs.FileInfo) bool {
		for _, name := range names {
			for _, end := range []string{"", "-wal", "-shm", "-journal"} {
				if own, err := os.Stat(name + end); err == nil && os.SameFile(own, info) {
					return true
				}
			}
		}
		return false
	}
}
