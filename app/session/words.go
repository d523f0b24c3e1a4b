package session

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// Words says an error in the person's language: a refusal by its code, what
// storage tells apart by its sentinel, anything else as it is.
func Words(err error) string {
	var r *archive.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &r):
		return i18n.T("refusal."+r.Code, i18n.Pairs(words(r))...)
	case errors.Is(err, ErrAnother):
		return i18n.T("error.another")
	case errors.Is(err, storage.ErrJournal):
		return i18n.T("error.journal")
	case errors.Is(err, storage.ErrNotArchive):
		return i18n.T("error.notarchive")
	case errors.Is(err, storage.ErrInUse):
		return i18n.T("error.inuse")
	case errors.Is(err, storage.ErrUnsure):
		return i18n.T("error.unsure")
	case errors.Is(err, storage.ErrFull):
		return i18n.T("error.full")
	case errors.Is(err, storage.ErrDisk):
		return i18n.T("error.disk")
	case errors.Is(err, storage.ErrReadOnly):
		return i18n.T("error.readonly")
	case errors.Is(err, storage.ErrGone):
		return i18n.T("error.gone")
	case errors.Is(err, storage.ErrOlder):
		return i18n.T("error.older")
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
	case errors.Is(err, storage.ErrNotErased):
		return i18n.T("error.noterased")
	}
	var q *query.Error
	if errors.As(err, &q) {
		return SearchFault(q)
	}
	if errors.Is(err, ErrSearchThere) {
		return i18n.T("saved.there")
	}
	return err.Error()
}

// words are a refusal's arguments in the person's language, as far as they are
// words of the program and not of the archive.
func words(r *archive.Refusal) map[string]string {
	args := map[string]string{}
	for k, v := range r.Args {
		args[k] = v
	}
	put := func(say func(word string) string, names ...string) {
		for _, name := range names {
			// A word of the archive's own is what it is: in quotation marks, or no key.
			if w := say(args[name]); w != "" && !strings.HasSuffix(w, "."+args[name]) {
				args[name] = w
			}
		}
	}
	put(func(w string) string { return i18n.T("what." + w) }, "what")
	put(func(w string) string { return i18n.T("state." + w) }, "state")
	put(func(w string) string { return i18n.T("role." + w) }, "role", "needs")
	put(func(w string) string { return i18n.T("arg." + w) }, "who", "now", "seen", "value")
	if r.Code == "doc-status" {
		args["now"] = StatusWords(archive.Status(args["now"]))
		args["from"] = listed(args["from"], func(s string) string { return StatusWords(archive.Status(s)) })
	}
	if can, ok := args["can"]; ok {
		args["can"] = listed(can, func(name string) string { return name })
	}
	return args
}

// listed says a list as the person's language does it.
func listed(list string, say func(string) string) string {
	items := strings.Split(list, ", ")
	for i := range items {
		items[i] = say(items[i])
	}
	return i18n.List(items)
}

// StatusWords says how far the work on a document is.
func StatusWords(st archive.Status) string { return i18n.T("docstatus." + string(st)) }

// RoleWords says a role.
func RoleWords(r archive.Role) string { return i18n.T("role." + string(r)) }

// FileWords says an error of the archive's file: what is known as nothing else is
// said of the disk, and not in the words of the database.
func FileWords(err error) string {
	if words := Words(err); err == nil || words != err.Error() {
		return words
	}
	return i18n.T("error.disk")
}
