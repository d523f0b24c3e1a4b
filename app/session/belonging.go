package session

import "fonds/app/i18n"

// BelongingWords says how a document belongs to another, one of archive.Belongings.
func BelongingWords(how string) string { return i18n.T("belonging." + how) }
