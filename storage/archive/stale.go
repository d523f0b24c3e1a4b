package archive

import "strings"

// fresh refuses an edit made on an item that somebody has changed since the screen
// showed it.
func (d *Document) fresh(e *Edit, it *Item) error {
	if e.Seen == nil || len(*e.Seen) == 1 && (*e.Seen)[0] == it.Rev {
		return nil
	}
	seen := ID("")
	if len(*e.Seen) == 1 {
		seen = (*e.Seen)[0]
	}
	return d.staleItem(it, seen)
}

// staleItem refuses what was meant for an item as operation seen had left it, and
// says what it said then and says now.
func (d *Document) staleItem(it *Item, seen ID) error {
	words, who := "an older one", it.RevBy
	if it.What == AThread || it.What == APackage { // what has changed are not the words
		return Refuse("moved", "who", who, "what", it.What)
	}
	if seen != "" {
		was, by := d.was(it.ID, seen)
		if was != nil {
			words = was.said()
		}
		if by != "" {
			who = by
		}
	}
	if !it.InForce() && !it.Open() {
		return Refuse("stale-gone", "who", who, "what", it.What, "seen", words, "now", it.said(), "state", it.State)
	}
	if it.said() == words { // its words are the same, what became of it is not
		return Refuse("moved", "who", who, "what", it.What)
	}
	return Refuse("stale", "who", who, "now", it.said(), "seen", words)
}

// staleList refuses what was meant for the items seen where now there are others, and
// says what these said and those say.
func (d *Document) staleList(seen []ID, now []*Item) error {
	var before []*Item
	who := ""
	for _, it := range now {
		if !contains(seen, it.ID) {
			who = it.RevBy
		}
	}
	for _, id := range seen {
		it := d.Item(id)
		if it == nil || !it.InForce() { // it has gone: whoever took it is who there is to talk to
			was, by := d.was(id, "")
			if it == nil {
				it = was
			}
			if by != "" {
				who = by
			}
		}
		if it != nil {
			before = append(before, it)
		}
	}
	return Refuse("stale", "who", who, "now", saidAll(now), "seen", saidAll(before))
}

func (d *Document) was(item, rev ID) (*Item, string) {
	if d.Was == nil {
		return nil, ""
	}
	return d.Was(item, rev)
}

// words are those by which a person knows an item.
func (it *Item) words() string {
	switch it.What {
	case AValue, ANote, ARemoval, AThread, AReply, ACheck:
		return it.Text
	case AUnit:
		return UnitItem(it).Name()
	case ACorrection:
		return it.Source + " → " + it.Text
	case ASplit:
		return it.Anchor.Quote + it.Anchor.After
	}
	s := it.Key
	if it.What == AMark && it.Detail != "" {
		s += " " + it.Detail
	}
	if it.Anchor != nil {
		s += " " + it.Anchor.Quote
	}
	return strings.TrimSpace(s + " " + it.Text)
}
