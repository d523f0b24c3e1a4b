// Package widgets holds what the screens are made of: the text of a document
// with its marks, the entries, the fields and lists that Fyne does not have or
// does not have well enough.
//
// Widgets know text, spans, values and callbacks. They may use Fyne, the pure
// packages below this one (textlayout, textpaint), the look and the assets.
// They must never know an archive, SQLite, the session or a translation key:
// every word that they show is handed to them, and every decision is handed
// back by a callback.
//
// Everything here is touched on the UI goroutine only.
package widgets
