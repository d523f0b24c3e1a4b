package archive

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TagBody puts a tag on a document, levels apart by "/".
type TagBody struct {
	ID  ID     `json:"id"`
	Tag string `json:"tag"`
}

// UntagBody takes a tag off.
type UntagBody struct {
	Item ID `json:"item"`
}

func init() {
	register(kind{name: "tag.add", keys: "doc tag", version: 1},
		func(c *Ctx, e *Edit) (*TagBody, error) {
			if err := needString(e, "tag", e.Tag); err != nil {
				return nil, err
			}
			tag := TagName(e.Tag)
			if err := checkTag(tag); err != nil {
				return nil, err
			}
			if c.Doc.Tag(tag) != nil {
				return nil, Refuse("tag-there", "tag", quoted(tag))
			}
			if err := c.Doc.proposedAlready(c, ATag, func(it *Item) bool { return it.Key == tag }); err != nil {
				return nil, err
			}
			return &TagBody{c.NewID(), tag}, nil
		},
		func(d *Document, op *Op, b *TagBody) error {
			// Two copies that add one tag agree: the second changes nothing.
			if d.Tag(b.Tag) == nil {
				d.supersedeOwn(op, ATag, func(it *Item) bool { return it.Key == b.Tag })
				d.add(op, Item{ID: b.ID, What: ATag, Key: b.Tag, State: made(d.rulesFor(op), ATag, "")})
			}
			return nil
		})
	register(kind{name: "tag.remove", keys: "doc tag", version: 1},
		func(c *Ctx, e *Edit) (*UntagBody, error) {
			if err := needString(e, "tag", e.Tag); err != nil {
				return nil, err
			}
			tag := norm.NFC.String(e.Tag)
			it := c.Doc.Tag(tag)
			for _, o := range c.Doc.Items { // or one's own proposal of it
				if it == nil && o.What == ATag && o.Key == tag && o.Open() && c.Rules.Same(o.By, c.Actor) {
					it = o
				}
			}
			if it == nil {
				return nil, Refuse("tag-absent", "tag", quoted(e.Tag))
			}
			return &UntagBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *UntagBody) error { return d.withdraw(op, b.Item, ATag) })
}

// checkTag refuses names that no list could show or no level could hold.
func checkTag(tag string) error {
	if !visible(tag, 200) {
		return Refuse("tag-name", "tag", quoted(tag))
	}
	for _, level := range strings.Split(tag, "/") {
		if strings.TrimSpace(level) == "" {
			return Refuse("tag-name", "tag", quoted(tag))
		}
	}
	return nil
}

// visible says whether s is 1 to limit code points of text on one line that can
// all be seen, without space at its ends: no controls, no signs that only steer
// how others are shown (Unicode Cf, as U+202E; the two joiners are letters' own),
// no bytes that are no UTF-8.
func visible(s string, limit int) bool {
	if s == "" || s != strings.TrimSpace(s) || !utf8.ValidString(s) || utf8.RuneCountInString(s) > limit {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		joiner := r == 0x200C || r == 0x200D
		return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) && !joiner
	})
}

// CheckName refuses what cannot be the name of a person. The word machine is
// what `show` calls those who are none.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return Refuse("no-actor")
	case !visible(name, 100) || strings.EqualFold(name, "machine"):
		return Refuse("name", "name", fmt.Sprintf("%.100q", name))
	}
	return nil
}

// TagName is a tag as it is kept: what looks the same is the same, and no level of it
// begins or ends with a space.
func TagName(tag string) string {
	levels := strings.Split(norm.NFC.String(tag), "/")
	for i := range levels {
		levels[i] = strings.TrimSpace(levels[i])
	}
	return strings.Join(levels, "/")
}
