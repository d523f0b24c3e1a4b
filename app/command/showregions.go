package command

import "fonds/app/export"

// showRegions prints the marks on pictures of pages.
func (c *call) showRegions(v *export.Document) {
	if len(v.Regions) > 0 {
		c.printf("\nRegions\n")
	}
	for _, r := range v.Regions {
		c.printf("  %s  %-16s %s%s\n", r.ID.Short(), visible(r.Label), r.Region, aside(r.State, r.By, ""))
		if r.Text != "" {
			c.printf("%s\n", block(r.Text, "            "))
		}
		if r.Authority != "" {
			c.printf("            %s\n", visible(r.Authority))
		}
	}
}
