package bulk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
)

// This file lets what is said of tags follow them, and deletes tags.

// retagConcepts plans what becomes of what is said of the tags that are renamed: it goes
// along; where the tag is merged with another, the other is used for its name too.
func (p *planner) retagConcepts(ctx context.Context, a *storage.Archive, self *archive.Document) error {
	concepts := self.Concepts()
	used, err := a.Tags(ctx)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for tag := range concepts {
		there[tag] = true
	}
	for _, t := range used {
		there[t.Tag] = true
	}
	for _, tag := range p.inTurn(slices.Sorted(maps.Keys(there))) {
		to, ok := p.renamed(tag)
		if !ok || to == tag {
			continue
		}
		was, described := concepts[tag]
		now, has := concepts[to]
		_, moves := p.renamed(to)
		merged := there[to] && !moves
		next := now
		next.Tag, next.UsedFor, next.Names = to, slices.Clone(now.UsedFor), maps.Clone(now.Names)
		if merged && lastLevel(tag) != lastLevel(to) {
			next.UsedFor = onceEach(append(next.UsedFor, lastLevel(tag)))
		}
		if described {
			fill(&next, was)
		}
		before := len(p.out.Changes)
		if described {
			p.concept(tag, &archive.Edit{Do: archive.RemoveConceptKind, Tag: tag})
			delete(concepts, tag)
		}
		if described || len(next.UsedFor) > len(now.UsedFor) {
			if c := next; !has || !same(c, now) {
				p.concept(to, &archive.Edit{Do: archive.SetConceptKind, Tag: to, Scope: &c.Scope, UsedFor: &c.UsedFor, Names: &c.Names, URI: &c.URI, Colour: &c.Colour})
			}
			concepts[to] = next
		}
		if len(p.out.Changes) > before {
			p.out.Changes[before].Before, p.out.Changes[before].After = []string{tag}, []string{to}
		}
	}
	return nil
}

// fill gives a tag what was said of another and is not said of it.
func fill(c *archive.Concept, of archive.Concept) {
	c.Scope, c.URI, c.Colour = cmp.Or(c.Scope, of.Scope), cmp.Or(c.URI, of.URI), cmp.Or(c.Colour, of.Colour)
	c.UsedFor = slices.DeleteFunc(onceEach(append(c.UsedFor, of.UsedFor...)), func(n string) bool { return n == lastLevel(c.Tag) })
	for lang, name := range of.Names {
		if c.Names == nil {
			c.Names = map[string]string{}
		}
		c.Names[lang] = cmp.Or(c.Names[lang], name)
	}
}

func same(a, b archive.Concept) bool {
	return a.Scope == b.Scope && a.URI == b.URI && a.Colour == b.Colour && slices.Equal(a.UsedFor, b.UsedFor) && maps.Equal(a.Names, b.Names)
}

// concept adds an edit of what is said of a tag to the plan.
func (p *planner) concept(tag string, e *archive.Edit) {
	p.out.Changes = append(p.out.Changes, Change{Title: tag, Before: []string{tag}, After: []string{tag}, Edits: []*archive.Edit{e}})
	p.out.Edits++
}

func lastLevel(tag string) string { return tag[strings.LastIndexByte(tag, '/')+1:] }

// deleted plans for a document that the tag, and all under it, are no more.
func (p *planner) deleted(d *storage.Tagged, c *Change) {
	c.Before = d.Tags
	for _, tag := range d.Tags {
		if p.under(tag) {
			c.Edits = append(c.Edits, &archive.Edit{Do: "tag.remove", Doc: string(d.ID), Tag: tag})
		} else {
			c.After = append(c.After, tag)
		}
	}
}

func (p *planner) under(tag string) bool { return tag == p.Find || strings.HasPrefix(tag, p.Find+"/") }

// deleteSelf takes away what is said of the tags, and their keys. Saved searches stay:
// they find nothing by it any more, and say so.
func (p *planner) deleteSelf(ctx context.Context, a *storage.Archive) error {
	self, err := a.Self(ctx)
	if err != nil {
		return err
	}
	none := 0
	keys := self.Hotkeys()
	for n := 1; n <= 9; n++ {
		if tag := keys[strconv.Itoa(n)]; tag != "" && p.under(tag) {
			p.concept(tag, &archive.Edit{Do: "tag.hotkey", Tag: tag, Key: &none})
			p.out.Changes[len(p.out.Changes)-1].After = nil
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(self.Concepts())) {
		if p.under(tag) {
			p.concept(tag, &archive.Edit{Do: archive.RemoveConceptKind, Tag: tag})
			p.out.Changes[len(p.out.Changes)-1].After = nil
		}
	}
	return nil
}
