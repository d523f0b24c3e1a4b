package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"fonds/storage/archive"
)

// findReplica finds the chain that this copy of the file writes, or starts one,
// before the first thing it writes. A copied file lies in another place, and so
// begins a chain of its own instead of going on with its original's.
func (w *writer) findReplica() error {
	if w.a.replica != "" {
		return nil
	}
	at, err := place(w.a.path)
	if err != nil {
		return err
	}
	var id string
	err = w.tx.QueryRowContext(w.ctx, "SELECT id FROM replicas WHERE place=?", at).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		id = string(w.a.newID())
		_, err = w.tx.ExecContext(w.ctx, "INSERT INTO replicas(id, place) VALUES(?,?)", id, at)
	}
	w.replica = archive.ID(id)
	return err
}

// place names where the file lies: the machine and, where the system tells,
// device and inode, which stay when a file is renamed and differ in a copy; else
// the path.
func place(path string) (string, error) {
	st, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	if sys := reflect.Indirect(reflect.ValueOf(st.Sys())); sys.IsValid() && sys.Kind() == reflect.Struct {
		dev, ino := sys.FieldByName("Dev"), sys.FieldByName("Ino")
		if dev.IsValid() && ino.IsValid() {
			return fmt.Sprintf("%s %v %v", host, dev, ino), nil
		}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	return host + " " + abs, nil
}
