package archive

import (
	"slices"
	"strings"
)

// PersonBody gives a person a role; a name not known yet is added by it.
type PersonBody struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// PolicyBody changes the rules of the archive: what is nil stays.
type PolicyBody struct {
	IDs      []ID      `json:"ids"` // of the settings, in the order of the fields below
	Review   *Review   `json:"review,omitempty"`
	Fields   *[]string `json:"fields,omitempty"`
	FourEyes *bool     `json:"four_eyes,omitempty"`
	Closed   *bool     `json:"closed,omitempty"`
}

func init() {
	register(kind{name: "person.set", keys: "name role", version: 1, archive: true, least: Owner}, preparePerson,
		func(d *Document, op *Op, b *PersonBody) error {
			if it := d.Person(b.Name); it != nil {
				d.edit(op, it, func(it *Item) { it.Text = string(b.Role) })
				return d.ownerLeft(op)
			}
			d.add(op, Item{ID: b.ID, What: APerson, Key: b.Name, Text: string(b.Role)})
			return nil
		})
	register(kind{name: "person.rename", keys: "name to", version: 1, archive: true, least: Owner}, prepareRename, applyRename)
	register(kind{name: "policy.set", keys: "review fields four_eyes closed", version: 1, archive: true, least: Owner}, preparePolicy, applyPolicy)
}

func preparePerson(c *Ctx, e *Edit) (*PersonBody, error) {
	if err := needString(e, "name", e.Name); err != nil {
		return nil, err
	}
	name := PersonName(e.Name)
	if err := CheckName(name); err != nil {
		return nil, err
	}
	if err := c.Rules.Alike(name, ""); err != nil {
		return nil, err
	}
	role := Role(e.Role)
	if !slices.Contains(Roles(), role) {
		return nil, Refuse("role-name", "role", quoted(e.Role))
	}
	return &PersonBody{c.NewID(), name, role}, nil
}

// RenameBody gives a person another name. What they did stays under the name that
// they had, and is theirs all the same: nobody gets past four eyes by it.
type RenameBody struct {
	Name string `json:"name"`
	To   string `json:"to"`
}

func prepareRename(c *Ctx, e *Edit) (*RenameBody, error) {
	if err := needString(e, "name", e.Name); err != nil {
		return nil, err
	}
	if err := needString(e, "to", deref(e.To)); err != nil {
		return nil, err
	}
	b := &RenameBody{PersonName(e.Name), PersonName(*e.To)}
	if err := CheckName(b.To); err != nil {
		return nil, err
	}
	return b, c.Rules.Alike(b.To, b.Name)
}

func applyRename(d *Document, op *Op, b *RenameBody) error {
	r, it := d.rulesFor(op), d.Person(b.Name)
	switch {
	case it == nil:
		return r.member(b.Name)
	case b.Name == b.To:
		return Refuse("unchanged")
	case r.Knows(b.To) && !r.Same(b.Name, b.To):
		return Refuse("person-there", "name", quoted(b.To))
	}
	before := it.Names()
	before = slices.DeleteFunc(before, func(n string) bool { return n == b.To })
	d.edit(op, it, func(it *Item) { it.Key, it.Detail = b.To, strings.Join(sortedOnce(before), "\n") })
	return nil
}

// NamesBefore lists the names that a person had before the present one.
func (it *Item) NamesBefore() []string {
	if it.What != APerson || it.Detail == "" {
		return nil
	}
	return strings.Split(it.Detail, "\n")
}

// Names lists every name that is or was a person's.
func (it *Item) Names() []string { return append(it.NamesBefore(), it.Key) }

// samePerson is Equal for a person but for the names of before, of which an undo
// leaves more than there were.
func (it *Item) samePerson(o *Item) bool {
	if it == nil || o == nil || it.What != APerson {
		return false
	}
	was := *it
	was.Detail = o.Detail
	return was.Equal(o)
}

// named is a person as they were, with every name that they bore since: what was
// done under those stays theirs.
func (d *Document) named(was *Item) *Item {
	if was == nil || was.What != APerson {
		return was
	}
	now := d.Item(was.ID)
	if now == nil {
		return was
	}
	names := append(was.NamesBefore(), now.Names()...)
	names = slices.DeleteFunc(names, func(n string) bool { return n == was.Key })
	it := *was
	it.Detail = strings.Join(sortedOnce(names), "\n")
	return &it
}

// ownerLeft refuses what would leave the archive without an owner, where it is
// known that it had one.
func (d *Document) ownerLeft(op *Op) error {
	if len(d.Rules().People(Owner)) == 0 && !d.Lost.Before(op) {
		return Refuse("last-owner")
	}
	return nil
}

func preparePolicy(c *Ctx, e *Edit) (*PolicyBody, error) {
	b := &PolicyBody{Fields: e.Fields, FourEyes: e.FourEyes, Closed: e.Closed}
	if e.Review != "" {
		review := Review(e.Review)
		if !slices.Contains([]Review{ReviewNone, ReviewCorrections, ReviewEverything}, review) {
			return nil, Refuse("policy", "review", quoted(e.Review))
		}
		b.Review = &review
		if b.Fields == nil { // a policy is said whole
			b.Fields = &[]string{}
		}
	}
	if b.Fields != nil {
		fields := slices.Clone(*b.Fields)
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
			if !visible(fields[i], 200) {
				return nil, Refuse("missing", "do", e.Do, "key", "fields")
			}
		}
		slices.Sort(fields)
		fields = slices.Compact(fields)
		b.Fields = &fields
	}
	if b.Review == nil && b.Fields == nil && b.FourEyes == nil && b.Closed == nil {
		return nil, Refuse("missing", "do", e.Do, "key", "review")
	}
	for range 4 {
		b.IDs = append(b.IDs, c.NewID())
	}
	return b, nil
}

// settings are those that the body sets; the default is no setting at all.
func (b *PolicyBody) settings() map[string]string {
	out := map[string]string{}
	if b.Review != nil {
		out[reviewSetting] = string(*b.Review)
		if *b.Review == ReviewNone {
			out[reviewSetting] = ""
		}
	}
	if b.Fields != nil {
		out[fieldsSetting] = strings.Join(*b.Fields, "\n")
	}
	if b.FourEyes != nil {
		out[eyesSetting] = "off"
		if *b.FourEyes {
			out[eyesSetting] = ""
		}
	}
	if b.Closed != nil {
		out[closedSetting] = ""
		if *b.Closed {
			out[closedSetting] = "on"
		}
	}
	return out
}

func applyPolicy(d *Document, op *Op, b *PolicyBody) error {
	values := b.settings()
	for i, key := range []string{reviewSetting, fieldsSetting, eyesSetting, closedSetting} {
		value, said := values[key]
		if !said || i >= len(b.IDs) || value == d.Setting(key) {
			continue
		}
		d.set(op, b.IDs[i], key, value)
	}
	return nil
}

// set gives a setting of the archive a value; "" takes it away. id names it
// where it is new.
func (d *Document) set(op *Op, id ID, key, value string) {
	for _, it := range slices.Clone(d.living(ASetting)) {
		if it.Key == key && it.InForce() {
			d.edit(op, it, func(it *Item) { it.State = Superseded })
		}
	}
	if value != "" {
		d.add(op, Item{ID: id, What: ASetting, Key: key, Text: value})
	}
}
