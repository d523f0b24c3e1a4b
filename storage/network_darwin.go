package storage

import (
	"path/filepath"
	"syscall"
)

func onNetwork(path string) (string, bool) {
	var st syscall.Statfs_t
	err := syscall.Statfs(path, &st)
	if err != nil {
		err = syscall.Statfs(filepath.Dir(path), &st)
	}
	if err != nil {
		return "", false
	}
	var name []byte
	for _, c := range st.Fstypename {
		if c == 0 {
			break
		}
		name = append(name, byte(c))
	}
	return string(name), foreign(string(name))
}
