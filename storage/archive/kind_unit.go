package archive

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of the arrangement; lengths are in code points.
const (
	unitCodeLen   = 60
	unitTitleLen  = 500
	unitValueLen  = 20_000
	mostUnits     = 100_000
	mostUnitDepth = 12
)

// The kinds of operations that arrange.
const (
	SetUnitKind    = "unit.set"
	RemoveUnitKind = "unit.remove"
	PlaceKind      = "document.place"
)

// UnitBody makes a unit, or changes the one with that ID: what is nil stays. Values are
// those of the fields that it names; none of a field takes these away.
type UnitBody struct {
	ID     ID                  `json:"id"`
	Parent *ID                 `json:"parent,omitempty"` // "" for the top
	Level  *Level              `json:"level,omitempty"`
	Code   *string             `json:"code,omitempty"`
	Title  *string             `json:"title,omitempty"`
	Values map[string][]string `json:"values,omitempty"`
	Rank   *string             `json:"rank,omitempty"`
	Seen   ID                  `json:"seen,omitempty"` // the Rev that it had; "" where it is made
}

// PlaceBody says in which unit a document is, "" for none, and where in it.
type PlaceBody struct {
	ID   ID     `json:"id"`
	Unit ID     `json:"unit"`
	Rank string `json:"rank,omitempty"` // "": by reference code, behind all that have one
}

func init() {
	register(kind{name: SetUnitKind, keys: "unit parent level code title describe rank seen", version: 1, archive: true}, prepareUnit, applyUnit)
	register(kind{name: RemoveUnitKind, keys: "unit seen", version: 1, archive: true}, prepareUnitRemoval, applyUnitRemoval)
	register(kind{name: PlaceKind, keys: "doc unit rank", version: 1}, preparePlace, applyPlace)
}

// isRank: such that between any two of them lies another.
var isRank = regexp.MustCompile(`^[0-9a-z]{0,199}[1-9a-z]$`)

func (c *Ctx) unitNamed(d *Document, ref string) (*Unit, *Tree, error) {
	t := d.Units()
	if u := t.Find(ref); u != nil {
		return u, t, nil
	}
	return nil, t, Refuse("unit-unknown", "unit", quoted(ref))
}

func prepareUnit(c *Ctx, e *Edit) (*UnitBody, error) {
	b := &UnitBody{ID: c.NewID()}
	var was, over *Unit
	var t *Tree
	if e.Unit != nil {
		var err error
		if was, t, err = c.unitNamed(c.Doc, *e.Unit); err != nil {
			return nil, err
		}
		if err := c.Doc.fresh(e, was.Item); err != nil {
			return nil, err
		}
		b.ID, b.Seen, over = was.ID(), was.Item.Rev, was.Over
	}
	if e.Parent != nil && *e.Parent != "" {
		var err error
		if over, t, err = c.unitNamed(c.Doc, *e.Parent); err != nil {
			return nil, err
		}
	} else if e.Parent != nil {
		over = nil
	}
	if t == nil {
		t = c.Doc.Units()
	}
	if e.Parent != nil || was == nil {
		id := ID("")
		if over != nil {
			id = over.ID()
		}
		if was == nil || id != ID(was.Item.Key) {
			b.Parent = &id
		}
	}
	if e.Level != "" {
		l := Level(e.Level)
		b.Level = &l
	}
	b.Code, b.Title = written(e.Code), written(e.Title)
	if e.Describe != nil {
		b.Values = map[string][]string{}
		for f, values := range e.Describe {
			b.Values[f] = []string{}
			for _, v := range values {
				if v = spoken(v); v != "" {
					b.Values[f] = append(b.Values[f], norm.NFC.String(v))
				}
			}
		}
	}
	switch {
	case e.Rank != nil && !isRank.MatchString(*e.Rank):
		return nil, Refuse("rank", "rank", quoted(*e.Rank))
	case e.Rank != nil:
		b.Rank = e.Rank
	case b.Parent != nil:
		among := t.Top
		if over != nil {
			among = over.Units
		}
		last := ""
		if n := len(among); n > 0 {
			last = among[n-1].Item.Source
		}
		r := Rank(last, "")
		b.Rank = &r
	}
	return b, nil
}

// written is words as the archive keeps them; nil stays nil.
func written(s *string) *string {
	if s == nil {
		return nil
	}
	w := norm.NFC.String(strings.TrimSpace(*s))
	return &w
}

func applyUnit(d *Document, op *Op, b *UnitBody) error {
	t := d.Units()
	was := d.Item(b.ID)
	u := &Unit{Item: &Item{ID: b.ID, What: AUnit}}
	switch {
	case b.Seen != "":
		if was == nil || was.What != AUnit || !was.InForce() {
			return Refuse("unit-unknown", "unit", quoted(b.ID.Short()))
		}
		if was.Rev != b.Seen {
			return d.staleItem(was, b.Seen)
		}
		u = UnitItem(was.Clone())
	case was != nil:
		return Refuse("unchanged")
	case len(t.byID) >= mostUnits:
		return Refuse("units-many", "most", mostUnits)
	}
	if b.Parent != nil {
		u.Item.Key = string(*b.Parent)
	}
	if b.Level != nil {
		u.Level = *b.Level
	}
	if b.Code != nil {
		u.Code = *b.Code
	}
	if b.Title != nil {
		u.Title = *b.Title
	}
	if b.Rank != nil {
		u.Item.Source = *b.Rank
	}
	u.Values = maps.Clone(u.Values)
	for f, values := range b.Values {
		if u.Values == nil {
			u.Values = map[string][]string{}
		}
		if u.Values[f] = values; len(values) == 0 {
			delete(u.Values, f)
		}
	}
	if err := t.takes(u, was); err != nil {
		return err
	}
	detail, err := json.Marshal(unitDetail{u.Level, u.Code, u.Values})
	if err != nil {
		return err
	}
	if was == nil {
		d.add(op, Item{ID: b.ID, What: AUnit, Key: u.Item.Key, Text: u.Title, Source: u.Item.Source, Detail: string(detail)})
		return nil
	}
	if was.Key == u.Item.Key && was.Text == u.Title && was.Source == u.Item.Source && was.Detail == string(detail) {
		return Refuse("unchanged")
	}
	d.edit(op, was, func(it *Item) {
		it.Key, it.Text, it.Source, it.Detail = u.Item.Key, u.Title, u.Item.Source, string(detail)
	})
	return nil
}

// IsUnitCode says whether a unit can have a code.
func IsUnitCode(code string) bool { return visible(code, unitCodeLen) && !strings.Contains(code, "/") }

// takes refuses a unit that cannot stand where it says, or says what none can.
func (t *Tree) takes(u *Unit, was *Item) error {
	switch {
	case !slices.Contains(UnitLevels(), u.Level):
		return Refuse("unit-level", "level", quoted(string(u.Level)))
	case u.Code == "" && u.Title == "":
		return Refuse("unit-nameless")
	case u.Code != "" && !IsUnitCode(u.Code):
		return Refuse("unit-code", "code", quoted(u.Code), "most", unitCodeLen)
	case u.Title != "" && !visible(u.Title, unitTitleLen):
		return Refuse("unit-title", "title", quoted(u.Title), "most", unitTitleLen)
	}
	for f, values := range u.Values {
		if !visible(f, 200) {
			return Refuse("unit-field", "field", quoted(f))
		}
		for _, v := range values {
			if n := utf8.RuneCountInString(v); n > unitValueLen {
				return Refuse("too-long", "key", f, "n", n, "most", unitValueLen)
			}
		}
	}
	over := t.byID[ID(u.Item.Key)]
	if u.Item.Key != "" && over == nil {
		return Refuse("unit-unknown", "unit", quoted(ID(u.Item.Key).Short()))
	}
	among, level, line := t.Top, Level(""), over.Line()
	if over != nil {
		among, level = over.Units, over.Level
	}
	below := 0
	if was != nil {
		me := t.byID[was.ID]
		if slices.Contains(line, me) {
			return Refuse("unit-in-itself", "unit", quoted(u.Name()))
		}
		for _, k := range me.Units {
			if !k.Level.may(u.Level) {
				return Refuse("unit-under", "unit", quoted(k.Name()), "level", k.Level, "over", u.Level)
			}
		}
		below = me.deep()
	}
	if !u.Level.may(level) {
		return Refuse("unit-under", "unit", quoted(u.Name()), "level", u.Level, "over", level)
	}
	if len(line)+below >= mostUnitDepth {
		return Refuse("units-deep", "most", mostUnitDepth)
	}
	for _, o := range among {
		if o.ID() != u.ID() && o.Key() == u.Key() {
			return Refuse("unit-there", "unit", quoted(u.Key()))
		}
	}
	return nil
}

// deep is how many levels are under it.
func (u *Unit) deep() (n int) {
	for _, k := range u.Units {
		n = max(n, k.deep()+1)
	}
	return n
}

func prepareUnitRemoval(c *Ctx, e *Edit) (*ItemBody, error) {
	if err := needString(e, "unit", deref(e.Unit)); err != nil {
		return nil, err
	}
	u, _, err := c.unitNamed(c.Doc, *e.Unit)
	if err != nil {
		return nil, err
	}
	if err := c.Doc.fresh(e, u.Item); err != nil {
		return nil, err
	}
	if c.Placed != nil {
		n, err := c.Placed(u.ID())
		if err != nil {
			return nil, err
		}
		if n > 0 {
			return nil, Refuse("unit-full", "unit", quoted(u.Name()), "n", n)
		}
	}
	return &ItemBody{u.ID()}, nil
}

func applyUnitRemoval(d *Document, op *Op, b *ItemBody) error {
	u := d.Units().byID[b.Item]
	switch {
	case u == nil:
		return Refuse("unit-unknown", "unit", quoted(b.Item.Short()))
	case len(u.Units) > 0:
		return Refuse("unit-units", "unit", quoted(u.Name()), "n", len(u.Units))
	}
	d.edit(op, u.Item, func(it *Item) { it.State = Withdrawn })
	return nil
}

func preparePlace(c *Ctx, e *Edit) (*PlaceBody, error) {
	ref, err := need(e, "unit", e.Unit)
	if err != nil {
		return nil, err
	}
	b := &PlaceBody{ID: c.NewID()}
	if ref != "" {
		u, _, err := c.unitNamed(c.Self, ref)
		if err != nil {
			return nil, err
		}
		b.Unit = u.ID()
	}
	if e.Rank != nil && *e.Rank != "" {
		if !isRank.MatchString(*e.Rank) || b.Unit == "" {
			return nil, Refuse("rank", "rank", quoted(*e.Rank))
		}
		b.Rank = *e.Rank
	}
	return b, nil
}

func applyPlace(d *Document, op *Op, b *PlaceBody) error {
	now := d.Placed()
	switch {
	case now == nil && b.Unit == "", now != nil && now.Key == string(b.Unit) && now.Source == b.Rank:
		return Refuse("unchanged")
	case now != nil && b.Unit == "":
		d.edit(op, now, func(it *Item) { it.State = Withdrawn })
	case now != nil:
		d.edit(op, now, func(it *Item) { it.Key, it.Source = string(b.Unit), b.Rank })
	default:
		d.add(op, Item{ID: b.ID, What: APlace, Key: string(b.Unit), Source: b.Rank})
	}
	return nil
}
