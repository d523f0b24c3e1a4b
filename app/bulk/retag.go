package bulk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// This file renames, moves and merges tags, with all that bears them.

// renamed is what becomes of a tag; ok is false where it is another one.
func (p *planner) renamed(tag string) (to string, ok bool) {
	rest, under := strings.CutPrefix(tag, p.Find+"/")
	switch {
	case tag == p.Find:
		return p.Value, true
	case under:
		return p.Value + "/" + rest, true
	}
	return "", false
}

// retag gives the tags of a document their new names, one edit for each.
func (p *planner) retag(d *storage.Tagged, c *Change) {
	for _, tag := range p.inTurn(slices.Clone(d.Tags)) {
		to, ok := p.renamed(tag)
		if !ok {
			continue
		}
		c.Before = append(c.Before, tag)
		c.Edits = append(c.Edits, &archive.Edit{Do: archive.MoveTagKind, Doc: string(d.ID), Tag: tag, To: &to})
		if !slices.Contains(c.After, to) {
			c.After = append(c.After, to)
		}
	}
}

// inTurn is tags of a document in the order in which they can be moved: none to a name that another has which is itself to
// be moved. Where 甲 becomes 甲/乙, 甲/乙 goes before it.
func (p *planner) inTurn(tags []string) []string {
	slices.SortStableFunc(tags, p.turn)
	return tags
}

func (p *planner) turn(a, b string) int {
	if len(p.Value) > len(p.Find) {
		a, b = b, a
	}
	return cmp.Compare(len(a), len(b))
}

// retagSelf lets keys of tags and saved searches of the archive follow.
func (p *planner) retagSelf(ctx context.Context, a *storage.Archive) error {
	self, err := a.Self(ctx)
	if err != nil {
		return err
	}
	add := func(title, before, after string, e *archive.Edit) {
		p.out.Changes = append(p.out.Changes, Change{Title: title, Before: []string{before}, After: []string{after}, Edits: []*archive.Edit{e}})
		p.out.Edits++
	}
	keys := self.Hotkeys()
	for n := 1; n <= 9; n++ {
		tag := keys[strconv.Itoa(n)]
		if to, ok := p.renamed(tag); ok && tag != "" {
			add(fmt.Sprint(n), tag, to, &archive.Edit{Do: "tag.hotkey", Tag: to, Key: &n})
		}
	}
	for _, s := range self.Searches() {
		n, err := storage.Parse(s.Query)
		if err != nil || n == nil {
			continue
		}
		changed := false
		n.Leaves(func(l *query.Node, _ bool) {
			if to, ok := p.renamed(l.Value); ok && l.Key == query.Tag {
				l.Value, changed = to, true
			}
		})
		if changed {
			add(s.Name, s.Query, n.String(), &archive.Edit{Do: archive.SaveSearchKind, Name: s.Name, Query: n.String()})
		}
	}
	return p.retagConcepts(ctx, a, self)
}
