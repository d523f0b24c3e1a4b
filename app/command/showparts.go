package command

import "fonds/app/export"

// showParts prints where a document comes from that is a part of another, what is
// another document in it or may be, and how much of it is the page's.
func (c *call) showParts(v *export.Document) {
	if p := v.PartOf; p != nil {
		c.printf("Part of %s, %d-%d\n", p.Doc.Short(), p.Start, p.End)
	}
	for _, b := range v.Belongs {
		c.printf("Belongs to %s as %s  (%s)\n", b.Doc.Short(), visible(b.How), visible(b.By))
	}
	for _, p := range v.Parts {
		if p.Doc != "" {
			c.printf("%d-%d is the document %s  (%s)\n", p.Start, p.End, p.Doc.Short(), visible(p.By))
			continue
		}
		c.printf("  %s  another document may begin at %d", p.ID.Short(), p.Start)
		for _, at := range p.Or {
			c.printf(", or at %d", at)
		}
		c.printf("\n")
	}
	if v.Folded > 0 {
		c.printf("%s beside Chinese characters are half-width: the whole text was folded\n", count(v.Folded, "mark"))
	}
	if n := len(v.Elsewhere); n > 0 {
		c.printf("%s of other source texts stayed with these, which have their words:\n", count(n, "item"))
		for _, e := range v.Elsewhere {
			c.printf("  %s  %s “%s” in text %d\n", e.ID.Short(), e.What, short(e.Quote, 40), e.Text)
		}
	}
	if n := len(v.Furniture); n > 0 {
		c.printf("%s set aside as furniture of the page\n", count(n, "place"))
	}
}
