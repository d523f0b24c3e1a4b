package storage

import (
	"path/filepath"
	"testing"
)

// TestSynced: folders of the services, by their names, and nothing that only
// looks like one.
func TestSynced(t *testing.T) {
	for path, want := range map[string]string{
		"/home/li/Dropbox/a.fonds":                                       "Dropbox",
		"/home/li/Dropbox (Personal)/x/a.fonds":                          "Dropbox",
		"/c/Users/li/OneDrive - County Archive/a.fonds":                  "OneDrive",
		"/Users/li/Library/Mobile Documents/com~apple~CloudDocs/a.fonds": "iCloud",
		"/home/li/Nextcloud2/a.fonds":                                    "Nextcloud",
		"/home/li/我的坚果云/档案/a.fonds":                                      "坚果云",
		"/home/li/Nutstore Files/a.fonds":                                "坚果云",
		"/d/BaiduSyncdisk/a.fonds":                                       "百度网盘",
		"/home/li/Google Drive/a.fonds":                                  "Google Drive",
		"/home/li/archives/dropbox.fonds":                                "",
		"/home/li/dropbox notes/a.fonds":                                 "",
		"/home/onedriver/a.fonds":                                        "",
		"/home/li/a.fonds":                                               "",
	} {
		got, yes := Synced(path)
		if got != want || yes != (want != "") {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

func TestForeign(t *testing.T) {
	for fs, want := range map[string]bool{"nfs4": true, "cifs": true, "smbfs": true, "9p": true, "fuse.sshfs": true, "fuse.gvfsd-fuse": true,
		"ext4": false, "btrfs": false, "apfs": false, "overlay": false, "tmpfs": false, "fuseblk": false, "fuse.ntfs-3g": false, "": false} {
		if got := foreign(fs); got != want {
			t.Errorf("%s: got %v", fs, got)
		}
	}
}

// TestLocal: the disk of the tests is this computer's own, whether the file is
// there or not yet.
func TestLocal(t *testing.T) {
	a := newArchive(t)
	for _, path := range []string{a.Path(), filepath.Join(filepath.Dir(a.Path()), "new.fonds")} {
		if fs, yes := OnNetwork(path); yes {
			t.Skipf("the folder for temporary files lies on %s", fs)
		}
		if d := PlaceOf(path); d != (Danger{}) {
			t.Errorf("got %+v", d)
		}
	}
	if d := PlaceOf("/home/li/Dropbox/a.fonds"); d != (Danger{"sync", "Dropbox"}) {
		t.Errorf("got %+v", d)
	}
}
