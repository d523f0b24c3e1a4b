package command

import (
	"fmt"
	"strings"

	"fonds/app/export"
	"fonds/storage"
)

var reviewVerb = &verb{
	name: "review", usage: "fonds review ARCHIVE [--query Q] [--by NAME] [--json]",
	summary: "the open proposals: what waits for a decision",
	help: `One line a proposal, by documents in the order of their import: the last digits
of its id, whose it is, what it would put in the place of what.

A person's proposal is decided on by fonds apply:
  {"do":"decide","on":"ID","verdict":"approve"}
  {"do":"decide","on":"ID","verdict":"reject","reason":"…"}
  {"do":"decide","on":"ID","verdict":"amend","text":"…"}   and its author agrees:
  {"do":"decide","on":"ID","verdict":"agree"}
A machine's is taken or refused by value.take and value.refuse.`,
	flags: []flag{
		{"query", "Q", `only of documents in which every word of Q occurs, or "a phrase" in quotes`},
		{"by", "NAME", `only what NAME proposes; "machine" for what no person does`},
		jsonFlag,
	},
	min: 1, max: 1, run: runReview,
}

func runReview(c *call) (err error) {
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	n := 0
	err = a.Each(c.ctx, storage.Query{Search: c.flags["query"], Open: true}, func(s storage.Summary) error {
		d, err := a.Document(c.ctx, s.ID)
		if err != nil {
			return err
		}
		proposals, err := export.Proposals(d)
		if err != nil {
			return err
		}
		shown, err := c.reviewOf(proposals)
		n += shown
		return err
	})
	if err != nil {
		return err
	}
	if n == 0 && !c.json() {
		c.say("Nothing waits for a decision.")
	}
	return nil
}

// reviewOf prints the proposals of one document that were asked for.
func (c *call) reviewOf(proposals []export.Proposal) (n int, err error) {
	who, asked := c.flags["by"]
	for _, p := range proposals {
		if asked && p.By != who {
			continue
		}
		if n++; c.json() {
			err = c.enc.Encode(p)
		} else {
			if n == 1 {
				c.printf("%s  %s\n", p.Doc.Short(), visible(p.Title))
			}
			err = c.printf("  %s  %-10s  %s\n", p.ID.Short(), visible(p.By), proposalWords(p))
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// proposalWords say what a proposal would do.
func proposalWords(p export.Proposal) string {
	was := ""
	if len(p.Before) > 0 {
		was = fmt.Sprintf(" in the place of “%s”", short(strings.Join(p.Before, "; "), 60))
	}
	text := short(p.Text, 60)
	switch p.What {
	case "value":
		return fmt.Sprintf("%s: “%s”%s", visible(p.Field), text, was)
	case "tag":
		return fmt.Sprintf("the tag “%s”", text)
	case "mark":
		return fmt.Sprintf("a mark on “%s” as %s%s", short(p.Quote, 40), visible(p.Label), was)
	case "removal":
		return fmt.Sprintf("takes away the %s “%s”", p.Of, text)
	}
	out := fmt.Sprintf("“%s” → “%s”", short(strings.Join(p.Before, ""), 60), text)
	if p.Reason != "" {
		out += " (" + visible(p.Reason) + ")"
	}
	return out
}
