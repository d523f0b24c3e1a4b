package session

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage"
)

func (d *desk) notices() string {
	var out []string
	for _, n := range d.Notices() {
		out = append(out, n.Text)
	}
	return strings.Join(out, "\n")
}

func TestNoticeOfThePlace(t *testing.T) {
	path := filled(t, three()...)
	for _, c := range []struct {
		danger storage.Danger
		want   string
	}{
		{storage.Danger{}, ""},
		{storage.Danger{Kind: "network", What: "nfs4"}, "network drive (nfs4)"},
		{storage.Danger{Kind: "sync", What: "坚果云"}, "坚果云 copies this archive"},
	} {
		m := NewManual()
		cfg := m.Config()
		cfg.Place = func(string) storage.Danger { return c.danger }
		d := &desk{Session: New(cfg), m: m}
		d.SetActor("Zhang")
		d.OpenArchive(path, "", func(error) {})
		m.Settle()
		if got := d.notices(); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%+v: %q", c.danger, got)
		}
		d.CloseArchive(nil)
		m.Settle()
		if d.Notices() != nil {
			t.Error("notices of a closed archive")
		}
	}
}

func TestNoticeOfAFolderThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	path := filled(t, three()...)
	if err := os.Chmod(filepath.Dir(path), 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Dir(path), 0o700)
	d := opening(t, path)
	if all := d.Notices(); len(all) != 1 || all[0].Do != "archive.backup" {
		t.Errorf("%+v", all)
	}
}

// A file that is moved away is missed within a second, and never taken for a
// file that comes to its name.
func TestNoticeOfAFileThatIsGone(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.told(NoticesChanged{})
	if err := os.Rename(d.Path(), d.Path()+".away"); err != nil {
		t.Skip("the system does not let an open file be moved: " + err.Error())
	}
	d.Poll()
	d.m.Settle()
	if all := d.Notices(); len(all) != 1 || !all[0].Grave {
		t.Errorf("%+v", all)
	}
	if n := d.told(NoticesChanged{}); n != 1 {
		t.Errorf("told %d times", n)
	}
	d.Poll()
	d.m.Settle()
	if n := d.told(NoticesChanged{}); n != 0 {
		t.Errorf("told again %d times", n)
	}
}

func TestNoticeOfDamage(t *testing.T) {
	d := opening(t, filled(t, three()...))
	d.Fail(errors.Join(errors.New("reading"), storage.ErrDamaged))
	if all := d.Notices(); len(all) != 1 || all[0].Do != "archive.recover" || !all[0].Grave {
		t.Errorf("%+v", all)
	}
}

// The copy of the day is made once, and where it cannot be made that is known
// until it is.
func TestDailyCopyIsMade(t *testing.T) {
	d := opening(t, filled(t, three()...))
	folder := storage.CopiesFolder(d.Path())
	if err := os.WriteFile(folder, nil, 0o600); err != nil { // no folder can be made
		t.Fatal(err)
	}
	d.DailyCopy()
	d.m.Settle()
	if all := d.Notices(); len(all) != 1 || all[0].Do != "archive.backup" {
		t.Fatalf("it could not be made, and it is said: %+v", all)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	d.m.Pass(time.Hour)
	d.DailyCopy()
	d.m.Settle()
	if got := d.Status().Notice; got != "Copy of today made" {
		t.Errorf("it was made, and the status says %q", got)
	}
	if got := d.notices(); got != "" {
		t.Errorf("it was made, and it is said: %s", got)
	}
	if all, err := os.ReadDir(folder); err != nil || len(all) != 1 {
		t.Errorf("%d copies: %v", len(all), err)
	}
}
