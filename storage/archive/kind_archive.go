package archive

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Role is what a person may do (ARCHIVE.md, "People").
type Role string

// The roles, the widest first.
const (
	Owner     Role = "owner"
	Reviewer  Role = "reviewer"
	Archivist Role = "archivist"
	Reader    Role = "reader"
)

// CreateBody begins an archive's log.
type CreateBody struct {
	Owner    string `json:"owner"`
	OwnerID  ID     `json:"owner_id"`
	Template string `json:"template"`
	SetID    ID     `json:"setting_id"`
}

// JoinBody adds a person whose name the archive did not know.
type JoinBody struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// HotkeyBody gives a tag one of the keys 1 to 9; Key 0 takes it away.
type HotkeyBody struct {
	ID  ID     `json:"id"`
	Key string `json:"key"`
	Tag string `json:"tag"`
}

// TemplateSetting is the key of the setting that names the archive's template.
const TemplateSetting = "template"

func init() {
	register(kind{name: "archive.create", version: 1, archive: true, fixed: true, free: true}, nil,
		func(d *Document, op *Op, b *CreateBody) error {
			// An archive that has received another was made twice: both makers own it.
			if d.Person(b.Owner) == nil {
				d.add(op, Item{ID: b.OwnerID, What: APerson, Key: b.Owner, Text: string(Owner)})
			}
			if d.Setting(TemplateSetting) == "" {
				d.add(op, Item{ID: b.SetID, What: ASetting, Key: TemplateSetting, Text: b.Template})
			}
			return nil
		})
	register(kind{name: "person.join", version: 1, archive: true, fixed: true, free: true}, nil,
		func(d *Document, op *Op, b *JoinBody) error {
			if d.Person(b.Name) == nil {
				if r := d.rulesFor(op); r.Closed {
					return r.need(b.Name, Archivist)
				}
				d.add(op, Item{ID: b.ID, What: APerson, Key: b.Name, Text: string(b.Role)})
			}
			return nil
		})
	register(kind{name: "tag.hotkey", keys: "tag key", version: 1, archive: true}, prepareHotkey,
		func(d *Document, op *Op, b *HotkeyBody) error {
			for _, it := range slices.Clone(d.living(AHotkey)) {
				if it.InForce() && (it.Key == b.Key || it.Text == b.Tag) {
					d.edit(op, it, func(it *Item) { it.State = Superseded })
				}
			}
			if b.Key != "0" {
				d.add(op, Item{ID: b.ID, What: AHotkey, Key: b.Key, Text: b.Tag})
			}
			return nil
		})
}

func prepareHotkey(c *Ctx, e *Edit) (*HotkeyBody, error) {
	if err := checkTag(e.Tag); err != nil {
		return nil, err
	}
	key, err := need(e, "key", e.Key)
	if err != nil {
		return nil, err
	}
	if key < 0 || key > 9 {
		return nil, Refuse("hotkey", "key", key)
	}
	return &HotkeyBody{c.NewID(), itoa(key), norm.NFC.String(e.Tag)}, nil
}

// Person is the item of a person by name, the present one or one from before; or
// nil.
func (d *Document) Person(name string) *Item {
	for _, it := range d.living(APerson) {
		if it.InForce() && (it.Key == name || slices.Contains(it.NamesBefore(), name)) {
			return it
		}
	}
	return nil
}

// NamesOf are all names that a person has or had, a line each, as a query is asked for
// one person; name alone where the archive does not know it.
func (d *Document) NamesOf(name string) string {
	name = PersonName(name)
	if it := d.Person(name); it != nil {
		return strings.Join(it.Names(), "\n")
	}
	return name
}

// Hotkeys lists the tags that have a key, by key from "1" to "9".
func (d *Document) Hotkeys() map[string]string {
	keys := map[string]string{}
	for _, it := range d.living(AHotkey) {
		if it.InForce() {
			keys[it.Key] = it.Text
		}
	}
	return keys
}

// Setting is the value of a setting, or "".
func (d *Document) Setting(key string) string {
	for _, it := range d.living(ASetting) {
		if it.Key == key && it.InForce() {
			return it.Text
		}
	}
	return ""
}
