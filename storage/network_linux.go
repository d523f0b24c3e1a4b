package storage

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// magics are file systems of other computers by the number that statfs(2) gives;
// those in user space have one number between them.
var magics = map[uint32]string{0x6969: "nfs", 0x517b: "smb", 0xff534d42: "cifs", 0xfe534d42: "smb2", 0x01021997: "9p",
	0x5346414f: "afs", 0x6b414653: "afs", 0x00c36400: "ceph", 0x73757245: "coda", 0x564c: "ncpfs", 0x0bd00bd0: "lustre"}

const fuseMagic = 0x65735546

func onNetwork(path string) (string, bool) {
	var st syscall.Statfs_t
	err := syscall.Statfs(path, &st)
	if err != nil {
		err = syscall.Statfs(filepath.Dir(path), &st)
	}
	if err != nil {
		return "", false
	}
	if fs, ok := magics[uint32(st.Type)]; ok {
		return fs, true
	}
	if uint32(st.Type) != fuseMagic {
		return "", false
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return "", false
	}
	fs := mountOf(string(mounts), path)
	return fs, foreign(fs)
}

// mountOf finds in the text of /proc/self/mountinfo (proc(5)) the kind of the file
// system that a path lies on: that of the longest mount point above it, the last
// mounted there.
func mountOf(mounts, path string) string {
	best, fs := -1, ""
	for line := range strings.Lines(mounts) {
		left, right, ok := strings.Cut(line, " - ")
		fields, kinds := strings.Fields(left), strings.Fields(right)
		if !ok || len(fields) < 5 || len(kinds) == 0 {
			continue
		}
		point := unescapeMount(fields[4])
		if below := strings.TrimSuffix(point, "/") + "/"; !strings.HasPrefix(path+"/", below) {
			continue
		}
		if len(point) >= best {
			best, fs = len(point), kinds[0]
		}
	}
	return fs
}

// unescapeMount undoes the escapes of spaces and the like: \040.
func unescapeMount(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
