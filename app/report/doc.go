// Package report says what was done in an archive and is open: the numbers of
// storage in words, as sections of charts with their tables, and one HTML file of
// all of them. The window draws the same sections.
//
// It may use storage, assets and i18n. It must never know Fyne, a screen or SQL.
package report
