package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestSweep: what a killed program has left of a copy goes with the next copy,
// and soon where a document is destroyed, whose words it holds; one that is being
// made stays.
func TestSweep(t *testing.T) {
	a, id := team(t, "none")
	folder := filepath.Dir(a.path)
	left := func(name string, age time.Duration) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("half a copy"), 0o600); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
		return path
	}
	gone := func(path string) bool { _, err := os.Stat(path); return os.IsNotExist(err) }
	old, young, other := left(".fonds-copy-1", 2*time.Hour), left(".fonds-copy-2", 2*time.Minute), left("fonds-copy-3", 2*time.Hour)
	if _, err := a.Backup(ctx, filepath.Join(folder, "b.fonds"), nil); err != nil {
		t.Fatal(err)
	}
	if !gone(old) || gone(young) || gone(other) {
		t.Errorf("after a backup: the old one is gone %v, the young one %v, another's file %v", gone(old), gone(young), gone(other))
	}
	e := about("document.destroy", id)
	e.Authority, e.Reason = new("Order 7"), "by law"
	mustApply(t, a, "Zhang", e)
	now := left(".fonds-copy-4", 0)
	if done, err := a.Erase(ctx, nil); !done || err != nil {
		t.Fatal(done, err)
	}
	if !gone(young) || gone(other) || gone(now) {
		t.Errorf("after destroying: the young one is gone %v, another's file %v, one being made %v", gone(young), gone(other), gone(now))
	}
}
