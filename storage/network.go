package storage

import (
	"path/filepath"
	"regexp"
	"strings"
)

// Danger says why the place of an archive is one where it can be spoiled: "" none,
// "network" (a file system of another computer: SQLite's journal needs memory that
// all writers share, so that two computers must not write at the same time;
// sqlite.org, "Write-Ahead Logging", 1), "sync" (a folder that a program copies to
// other computers file by file, and not in the moments in which the archive is
// whole). What names the file system or the service.
type Danger struct{ Kind, What string }

// PlaceOf looks where a file lies, or would lie.
func PlaceOf(path string) Danger {
	if what, yes := OnNetwork(path); yes {
		return Danger{"network", what}
	}
	if what, yes := Synced(path); yes {
		return Danger{"sync", what}
	}
	return Danger{}
}

// OnNetwork says whether a file lies on a file system of another computer, and
// which kind of one it is, as far as the system tells.
func OnNetwork(path string) (fs string, yes bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	} else if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil { // not there yet
		abs = filepath.Join(real, filepath.Base(abs))
	}
	return onNetwork(abs)
}

// services are folders that keep themselves equal on several computers, by the
// names that their programs give them.
var services = []struct {
	name string
	is   *regexp.Regexp
}{
	{"Dropbox", regexp.MustCompile(`(?i)^dropbox( \(.*\))?$`)},
	{"OneDrive", regexp.MustCompile(`(?i)^onedrive( - .*)?$`)},
	{"iCloud", regexp.MustCompile(`(?i)^(icloud ?drive|com~apple~clouddocs|mobile documents)$`)},
	{"Nextcloud", regexp.MustCompile(`(?i)^nextcloud\d*$`)},
	{"ownCloud", regexp.MustCompile(`(?i)^owncloud\d*$`)},
	{"Google Drive", regexp.MustCompile(`(?i)^google ?drive( .*)?$`)},
	{"坚果云", regexp.MustCompile(`(?i)^(我的坚果云|坚果云|nutstore( files)?)$`)},
	{"百度网盘", regexp.MustCompile(`(?i)^(baidusyncdisk|百度网盘同步空间)$`)},
}

// Synced says whether a file lies in a folder that is kept equal on several
// computers, and by which service, as far as names of folders tell.
func Synced(path string) (service string, yes bool) {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	for _, element := range strings.Split(filepath.ToSlash(filepath.Dir(path)), "/") {
		for _, s := range services {
			if s.is.MatchString(element) {
				return s.name, true
			}
		}
	}
	return "", false
}

// foreign says whether a file system, by the name that the system gives it, is one
// of another computer.
func foreign(fs string) bool {
	fs = strings.ToLower(fs)
	for _, name := range []string{"nfs", "nfs4", "smb", "smb2", "smb3", "smbfs", "cifs", "9p", "afs", "afpfs", "auristorfs", "ceph", "coda",
		"ftp", "gfs2", "glusterfs", "lustre", "ncpfs", "ocfs2", "webdav", "fuse.ceph", "fuse.curlftpfs", "fuse.davfs", "fuse.davfs2",
		"fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.smbnetfs", "macfuse_sshfs"} {
		if fs == name {
			return true
		}
	}
	return false
}
