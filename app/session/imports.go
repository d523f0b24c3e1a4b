package session

import (
	"context"

	"fonds/app/i18n"
	"fonds/app/intake"
	"fonds/storage"
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
		return i18n.T("say.importing.begun", "from", from)
	}
	return i18n.T("say.importing", "from", from, "how", i18n.T("import.how."+im.End.How))
}

// importedFrom are the folders that an import came from.
func importedFrom(it *archive.Item) string {
	im, err := it.Import()
	if err != nil {
		return "?"
	}
	return OneLine(i18n.List(im.Begin.From))
}

// LookAtImports finds out whether an import of the open archive was interrupted and can
// be continued here. Call it when one has ended.
func (s *Session) LookAtImports() {
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (*archive.Item, error) {
		return intake.Interrupted(ctx, a)
	}, func(it *archive.Item, err error) {
		if err == nil {
			s.alert(func(al *alerts) { al.interrupted = it })
		}
	})
}

// InterruptedImport is the import that can be continued here, as LookAtImports has
// found; nil where there is none.
func (s *Session) InterruptedImport() *archive.Item {
	if s.open == nil {
		return nil
	}
	return s.open.alerts.interrupted
}
