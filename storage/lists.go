package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"fonds/storage/archive"
)

// ListTerms reads the terms of a vocabulary that the archive keeps: those that came with
// its file, then those that people have added.
func (a *Archive) ListTerms(ctx context.Context, l archive.List) ([]archive.Term, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	e, err := oneEntry(ctx, a.r, l.Content)
	if err != nil {
		return nil, explain(a.path, err)
	}
	var b archive.ListBody
	if err := json.Unmarshal(e.Body, &b); err != nil || b.Content == nil {
		return nil, fmt.Errorf("the terms of the list %q are lost: import its file (%s) again in its place", l.Name, l.File)
	}
	terms, err := b.Content.Unpack()
	if err != nil {
		return nil, err
	}
	return append(terms, self.Added(l.ID)...), nil
}
