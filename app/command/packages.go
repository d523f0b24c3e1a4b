package command

import (
	"fmt"

	"fonds/app/export"
)

var packagesVerb = &verb{
	name: "packages", usage: "fonds packages ARCHIVE [--json]",
	summary: "the work packages: plan, checklist, how far they are, who signed them off",
	help: `A work package is planned, ticked and signed off by fonds apply:
  {"do":"package.set","name":"…","scope":"…","responsible":"…","checks":["…"]}
  {"do":"package.put","doc":"DOC","package":"…"}
  {"do":"package.check","package":"…","check":"…","done":true}
  {"do":"package.sign","package":"…","text":"…"}
A sign-off holds as long as the package has the documents that it had, approved
as they were.`,
	flags: []flag{jsonFlag},
	min:   1, max: 1,
	run: func(c *call) (err error) {
		a, err := c.read()
		if err != nil {
			return err
		}
		defer finish(a, &err)
		self, err := a.Self(c.ctx)
		if err != nil {
			return err
		}
		all := self.Packages()
		for _, it := range all {
			now, err := a.PackageState(c.ctx, it.ID)
			if err != nil {
				return err
			}
			p := export.PackageOf(self, it, now)
			if c.json() {
				err = c.enc.Encode(p)
			} else {
				err = c.showPackage(&p)
			}
			if err != nil {
				return err
			}
		}
		if len(all) == 0 && !c.json() {
			c.say("There are no work packages.")
		}
		return nil
	},
}

func (c *call) showPackage(p *export.Package) error {
	days := ""
	if p.From != "" || p.Until != "" {
		days = fmt.Sprintf(", %s to %s", p.From, p.Until)
	}
	c.printf("%s  %s\n  responsible %s%s\n  documents   %d of %d approved\n", p.ID.Short(), visible(p.Name), visible(p.Responsible), days, p.Approved, p.Documents)
	if p.Scope != "" {
		c.printf("  scope       %s\n", short(p.Scope, 200))
	}
	for _, k := range p.Checks {
		box, by := "[ ]", ""
		if k.Done {
			box, by = "[x]", "  ("+visible(k.By)+", "+c.whenText(k.At)+")"
		}
		c.printf("  %s %s%s\n", box, visible(k.Text), by)
	}
	if s := p.Signed; s != nil {
		holds := "holds"
		if !s.Holds {
			holds = "stale: its documents have changed since"
		}
		c.printf("  signed off  by %s, %s, %s\n", visible(s.By), c.whenText(s.At), holds)
	}
	return nil
}
