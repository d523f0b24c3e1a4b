package storage

import "testing"

func TestMountOf(t *testing.T) {
	const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:40 / /mnt/far rw,nosuid - fuse.sshfs li@host:/ rw
32 22 0:41 / /mnt/far\040away rw - fuse.gvfsd-fuse gvfsd-fuse rw
33 31 8:2 / /mnt/far/disk rw - ext4 /dev/sdb1 rw
34 22 8:3 / /media/usb rw - vfat /dev/sdc1 rw
35 34 0:42 / /media/usb rw - fuse.rclone remote: rw
torn line
36 22 0:43 / /mnt/torn
`
	for path, want := range map[string]string{"/a.fonds": "ext4", "/mnt/far/a.fonds": "fuse.sshfs", "/mnt/farther/a.fonds": "ext4",
		"/mnt/far away/x/a.fonds": "fuse.gvfsd-fuse", "/mnt/far/disk/a.fonds": "ext4", "/media/usb/a.fonds": "fuse.rclone", "/mnt/torn/a.fonds": "ext4"} {
		if got := mountOf(mounts, path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if got := mountOf("", "/a"); got != "" {
		t.Errorf("got %q", got)
	}
}

func FuzzMountOf(f *testing.F) {
	f.Add("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n", "/a")
	f.Add(`31 22 0:40 / /\0 - `, "/")
	f.Fuzz(func(t *testing.T, mounts, path string) { mountOf(mounts, path) })
}
