// Package command is the command line: the verbs of VERBS.md, which do without a
// window what a person does on a screen, by the same code.
//
//	Run      one call, from its arguments to its exit code
//	IsVerb   whether a word is a verb, for main
//	System   the Env of a real process
//
// One file a verb. Standard output holds what was asked for and nothing else;
// messages and progress go to standard error. It may use storage, the readers
// (app/ingest, app/intake), the writers (app/export) and the settings; it must
// never start Fyne, not even by what it imports, and never change an archive but
// by storage's Apply, Undo, Redo, Import and Compact.
package command
