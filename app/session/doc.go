// Package session is what the screens share: the open archive, who is working,
// the query and its list, the document, the selection, the table of commands,
// and the one way to change anything.
//
// A change goes from a screen by a command to Apply, which hands it to the one
// worker that writes; when it is durable the document is read again and the
// screens are told by an Event. Reading happens on workers too, and a result
// that comes late, after something else was asked for, is dropped. Nothing here
// touches the disk on the UI goroutine.
//
// It may use storage, widgets, assets and i18n. It must never know a screen or
// the window: they know it. Everything here is called on the UI goroutine,
// unless its comment says otherwise; the dispatcher (Config.Do) is the way back
// to it.
package session
