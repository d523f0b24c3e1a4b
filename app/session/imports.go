package session

import (
	"fonds/app/i18n"
	"fonds/storage/archive"
)

// ImportWords says in a line what an item of the archive that is an import was.
func ImportWords(it *archive.Item) string {
	im, err := it.Import()
	if err != nil {
		return it.Key
	}
	from := OneLine(i18n.List(im.Begin.From))
	if im.End == nil {
		return i18n.T("say.import.begun", "from", from)
	}
	return i18n.T("say.import", "from", from, "how", i18n.T("import.how."+im.End.How))
}
