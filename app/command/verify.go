package command

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fonds/app/export"
	"fonds/storage"
	"fonds/storage/archive"
)

var verifyVerb = &verb{
	name: "verify", usage: "fonds verify ARCHIVE [--heads FILE|REPLICA:HASH,…] [--quick] [--json]",
	summary: "check that the archive is whole",
	help: `Every operation is checked against the chain, the tables against what the log
gives, every original against its SHA-256, the index against the texts. What is
being typed (drafts) and where copies of the archive lie are no part of the log:
they are not checked.
It ends with 0 where all is well, and with 3 and the first thing that is not
where something is wrong.

What it proves and what it cannot:
` + storage.VerifyProves + `

So keep the heads that it prints in another place, and give them back with
--heads: a file that verify --json or backup --json wrote, or the manifest.json
of an export; or REPLICA:HASH, several apart by commas. A log that was
rewritten, or has lost its end, no longer has them; one in which people have
gone on working still has.`,
	flags: []flag{{"heads", "FILE", "heads that were kept elsewhere, or REPLICA:HASH,…"},
		{"quick", "", "the chain and the database, not every table and text"}, jsonFlag},
	min: 1, max: 1, run: runVerify,
}

// verified is the answer of verify --json.
type verified struct {
	OK         bool                        `json:"ok"`
	Operations int                         `json:"operations"`
	Documents  int                         `json:"documents"`
	Destroyed  int                         `json:"destroyed"`
	Conflicts  int                         `json:"conflicts"`
	Heads      map[archive.ID]archive.Hash `json:"heads"`
	Checked    []string                    `json:"checked"`
	Bad        string                      `json:"bad,omitempty"`
	BadID      archive.ID                  `json:"bad_id,omitempty"`
	ClockAhead int64                       `json:"clock_ahead_seconds,omitempty"`

	Destructions []destruction `json:"destructions,omitempty"`
	Erasing      int           `json:"erasing,omitempty"` // of the destroyed: bytes may still lie in the file
	Recovered    []recovery    `json:"recovered,omitempty"`
}

// destruction is how a document ended.
type destruction struct {
	Doc       archive.ID `json:"doc"`
	By        string     `json:"by"`
	At        string     `json:"at"`
	Authority string     `json:"authority"`
	Reason    string     `json:"reason"`
}

// recovery is one from a damaged file, as verify tells of it.
type recovery struct {
	Op         archive.ID `json:"op"`
	By         string     `json:"by"`
	At         string     `json:"at"`
	Operations int        `json:"operations_lost"`
	Documents  int        `json:"documents_lost"` // or in part
}

func runVerify(c *call) (err error) {
	a, err := c.read()
	if err != nil {
		if c.json() && exitOf(err) == exitArchive { // who reads the answer need not read what is for people
			c.enc.Encode(verified{Heads: map[archive.ID]archive.Hash{}, Checked: []string{}, Bad: clip(err.Error())})
		}
		return err
	}
	defer finish(a, &err)
	var known heads
	if text, given := c.flags["heads"]; given {
		if known, err = readHeads(text); err != nil {
			return err
		}
	}
	bar := c.bar()
	r, err := a.Verify(c.ctx, storage.VerifyOptions{Quick: c.has("quick"), Known: known.of, KnownAt: known.at, Progress: func(what string, done, total int) {
		bar.draw("checking", done, total, what)
	}})
	bar.clear()
	if err != nil {
		return err
	}
	v := verified{OK: r.OK, Operations: r.Operations, Documents: r.Documents, Destroyed: r.Destroyed, Conflicts: r.Conflicts,
		Heads: r.Heads, Checked: r.Checked, Bad: r.Bad, BadID: r.BadID, Erasing: r.Erasing,
		ClockAhead: int64(r.ClockAhead / time.Second)}
	for _, d := range r.Destructions {
		v.Destructions = append(v.Destructions, destruction{d.Doc, d.Who, export.Time(d.At), d.Authority, d.Reason})
	}
	for _, x := range r.Recoveries {
		v.Recovered = append(v.Recovered, recovery{x.Op, x.By, export.Time(x.At), x.Body.Lost(), len(x.Body.Documents)})
	}
	if v.Checked == nil {
		v.Checked = []string{}
	}
	if c.json() {
		err = c.enc.Encode(v)
	} else {
		err = c.verifyPeople(v, r.Known)
	}
	if err == nil && !v.OK {
		err = ended(exitArchive)
	}
	return err
}

func (c *call) verifyPeople(v verified, known int) error {
	if v.OK {
		c.printf("%s is whole: %s, %s", visible(c.args[0]), count(v.Operations, "operation"), count(v.Documents, "document"))
	} else {
		c.printf("%s is DAMAGED: %s\nLeave the file as it is, and go back to a copy, or take out of it what can be read: fonds recover DAMAGED OUT\nFound until then: %s, %s",
			visible(c.args[0]), clip(v.Bad), count(v.Operations, "operation"), count(v.Documents, "document"))
	}
	if v.Destroyed > 0 {
		c.printf(", %d destroyed, under %s", v.Destroyed, authorities(v.Destructions))
	}
	if v.Conflicts > 0 {
		c.printf(", %s to look at", count(v.Conflicts, "conflict"))
	}
	c.printf(".\nChecked:")
	for _, what := range v.Checked {
		c.printf(" %s", what)
	}
	c.printf("\n")
	for _, x := range v.Recovered {
		c.printf("It was recovered from a damaged file on %s by %s", x.At[:len("2006-01-02")], visible(x.By))
		if x.Operations > 0 || x.Documents > 0 {
			c.printf(": %s lost before that, and %s lost or in part", count(x.Operations, "operation"), count(x.Documents, "document"))
		}
		c.printf(".\n")
	}
	if v.ClockAhead > 0 {
		c.printf("The latest operation bears a time %s ahead of this machine's clock: look at the clocks.\n", count(int(v.ClockAhead/3600), "hour"))
	}
	if v.OK && known > 0 {
		c.printf("Its log goes on from %s kept elsewhere: what came before is unchanged.\n", count(known, "head"))
	}
	if v.Erasing > 0 {
		c.printf("Bytes of %s may still lie in the file: `fonds compact` finishes the erasing.\n", count(v.Erasing, "destroyed document"))
	}
	for _, replica := range sortedKeys(v.Heads) {
		c.printf("Head of %s: %s\n", replica, v.Heads[replica])
	}
	return nil
}

// authorities are those under which documents were destroyed, each once.
func authorities(all []destruction) string {
	const most = 5
	var out []string
	for _, d := range all {
		if a := short(d.Authority, 60); !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	if len(out) > most {
		out = append(out[:most], fmt.Sprintf("%d more", len(out)-most))
	}
	return strings.Join(out, "; ")
}
