//go:build !unix

package ingest

import (
	"io/fs"
	"path/filepath"
)

const noWait = 0

// inode tells a folder from any other by its real path.
func inode(name string, _ fs.FileInfo) any {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	return name
}
