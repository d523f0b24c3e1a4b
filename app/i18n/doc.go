// Package i18n turns keys into words: every string that a person reads on a
// screen, in a dialog or in a report comes from the tables in
// assets/translations, one file a language, with the same keys in each.
//
// It may use the standard library, x/text for matching languages, and assets. It
// must never know Fyne, an archive or a screen; and nobody may build a sentence
// by gluing translated pieces together where a placeholder would do.
//
// A key is written out at the place that uses it, T("desk.title"), or marked
// with K where a table holds it for later: the test of this package reads the
// source of the program and fails on a key that has no words and on words that
// have no key.
//
// The functions may be called from any goroutine. Use is called when the program
// starts and when a person chooses another language; screens are built anew
// then.
package i18n
