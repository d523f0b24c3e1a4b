package session

import (
	"context"
	"errors"
	"io/fs"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Words says an error in the person's language: a refusal by its code, what
// storage tells apart by its sentinel, anything else as it is.
func Words(err error) string {
	var r *archive.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &r):
		args := map[string]string{}
		for k, v := range r.Args {
			args[k] = v
		}
		if w, ok := args["what"]; ok && i18n.Has("what."+w) {
			args["what"] = i18n.T("what." + w)
		}
		if st, ok := args["state"]; ok && i18n.Has("state."+st) {
			args["state"] = i18n.T("state." + st)
		}
		return i18n.T("refusal."+r.Code, i18n.Pairs(args)...)
	case errors.Is(err, storage.ErrNotArchive):
		return i18n.T("error.notarchive")
	case errors.Is(err, storage.ErrInUse):
		return i18n.T("error.inuse")
	case errors.Is(err, storage.ErrReadOnly):
		return i18n.T("error.readonly")
	case errors.Is(err, storage.ErrDamaged):
		return i18n.T("error.damaged")
	case errors.Is(err, fs.ErrNotExist):
		return i18n.T("error.missing")
	case errors.Is(err, fs.ErrExist):
		return i18n.T("error.exists")
	case errors.Is(err, fs.ErrPermission):
		return i18n.T("error.permission")
	case errors.Is(err, context.Canceled):
		return i18n.T("error.stopped")
	}
	return err.Error()
}
