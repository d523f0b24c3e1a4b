package storage

import (
	"path/filepath"
	"syscall"
	"unsafe"
)

// driveRemote is DRIVE_REMOTE of GetDriveTypeW.
const driveRemote = 4

func onNetwork(path string) (string, bool) {
	volume := filepath.VolumeName(path) // C:, or \\server\share
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return "", false
	}
	kind, _, _ := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW").Call(uintptr(unsafe.Pointer(root)))
	return "smb", kind == driveRemote
}
