package command

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"

	"fonds/app/export"
	"fonds/app/i18n"
)

var exportVerb = &verb{
	name: "export",
	usage: `fonds export ARCHIVE --format F[,F...] --out DIR [--query Q] [--set approved|all] [--text TEXT]
       [--approved-only] [--closed HOW] [--day DAY] [--mask LABELS] [--hide FIELDS] [--mark MARK] [--waive FILE]
       [--without-aside] [--title TITLE] [--creators NAMES] [--licence LICENCE]
       [--excel] [--lang LANG] [--record] [--as NAME] [--edition N] [--json]`,
	summary: "write documents out for others",
	help: `DIR is a folder that is not there yet, or empty: nothing is written over. It holds
a folder for each format, manifest.json, which says what is in it, of which state
of the archive, and the SHA-256 of every file, about.html, which says it in words,
and CITATION.cff. The same archive and choice give the same bytes.

Formats: ` + formatsWrapped() + `.

A document is closed where dcterms:accessRights says anything but open (open,
public, unrestricted, 开放, 公开, 主动公开, 无限制), or dcterms:available a day that
is yet to come; "postponed" (延期开放) ends with that day. Closed documents are left
out unless --closed list.

--mask and --hide put a mark in the place of the words that are marked with a
label, or stand in a field, and of the same words wherever else they are in the
set. Everything written is searched afterwards: where such words stand still,
nothing is given out, unless a line of the file of --waive lets them:
  {"words":"王","reason":"a surname, in many other words"}

--record makes the set an edition of the archive, with a number; --edition N
writes an edition again, as it was, and refuses where it would not be the same
bytes. ` + "`fonds editions`" + ` lists them.`,
	flags: []flag{
		{"format", "F", "which, apart by commas, as above"},
		{"out", "DIR", "the folder to write"},
		{"query", "Q", "only the documents that `fonds list --query Q` lists"},
		{"set", "SET", "approved (what is in force) or all (what is proposed too); approved unless given"},
		{"approved-only", "", "only documents with an approval that holds"},
		{"text", "TEXT", "which text is a document's text: reading or source; reading unless given"},
		{"closed", "HOW", "what becomes of closed documents: leave-out or list; leave-out unless given"},
		{"day", "DAY", "what opens by this day is open, as 2026-11-30; today unless given"},
		{"mask", "LABELS", "labels whose marked words are masked, apart by commas"},
		{"hide", "FIELDS", "fields whose values are masked, apart by commas"},
		{"mark", "MARK", "what stands in the place of what is masked; " + export.DefaultMark + " unless given"},
		{"waive", "FILE", "masked words that may stand elsewhere, as JSON Lines of words and reason"},
		{"title", "TITLE", "what the set is called"},
		{"creators", "NAMES", "whom to cite, apart by ; who made what is in it unless given"},
		{"licence", "LICENCE", "an SPDX identifier, as CC-BY-4.0, or an address"},
		{"without-aside", "", "leave out what is furniture of the page"},
		{"excel", "", "CSV with a byte order mark, for Excel"},
		{"lang", "LANG", "in which tables say that the source states no value: en or zh-Hans; en unless given"},
		{"record", "", "record the set as an edition of the archive"},
		{"edition", "N", "write this edition again"},
		{"as", "NAME", "who records it"},
		jsonFlag,
	},
	min: 1, max: 1, run: runExport,
}

// formatsWrapped lists the formats in lines of 80 columns.
func formatsWrapped() string {
	var b strings.Builder
	wide := len("Formats: ")
	for i, f := range export.Formats() {
		if i > 0 {
			b.WriteString(",")
			wide++
			if wide+1+len(f) > 78 {
				b.WriteString("\n")
				wide = 0
			} else {
				b.WriteString(" ")
				wide++
			}
		}
		b.WriteString(f)
		wide += len(f)
	}
	return b.String()
}

// exported is the answer of export --json.
type exported struct {
	Out string `json:"out"`
	export.Manifest
}

// listOf is what a flag lists, apart by a separator.
func (c *call) listOf(flag, sep string) []string {
	var out []string
	text := strings.NewReplacer("，", ",", "；", ";").Replace(c.flags[flag])
	for part := range strings.SplitSeq(text, sep) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// chosen is what the flags choose.
func (c *call) chosen() (o export.Options, err error) {
	o.Out, o.Version, o.Record, o.Now = c.flags["out"], c.env.Version, c.has("record"), c.env.Now
	if o.Out == "" {
		return o, usage("export wants --out DIR: the folder to write")
	}
	if o.Edition, err = c.number("edition", 0); err != nil {
		return o, err
	}
	if c.has("edition") {
		for _, other := range []string{"query", "set", "approved-only", "text", "without-aside", "closed", "day", "mask", "hide", "mark", "waive", "title", "creators", "licence", "excel", "lang", "record"} {
			if c.has(other) {
				return o, usage("--edition writes what was recorded: leave out --%s", other)
			}
		}
		if o.Edition == 0 {
			return o, usage("--edition wants the number of an edition, from 1 up")
		}
	}
	o.Excel = c.has("excel")
	if c.has("without-aside") {
		o.Aside = export.LeaveOut
	}
	o.Formats = c.listOf("format", ",")
	for _, f := range []struct {
		flag string
		into *string
		of   []string
	}{
		{"set", &o.Set, []string{export.Approved, export.All}},
		{"text", &o.Text, []string{export.Reading, export.Source}},
		{"closed", &o.Closed, []string{export.LeaveOut, export.ListClosed}},
		{"lang", &o.Language, i18n.Languages()},
	} {
		if *f.into, err = c.choice(f.flag, f.of...); err != nil {
			return o, err
		}
	}
	if c.has("approved-only") {
		o.Documents = export.ApprovedOnly
	}
	o.Day, o.Mark, o.Title, o.Licence = c.flags["day"], c.flags["mark"], strings.TrimSpace(c.flags["title"]), strings.TrimSpace(c.flags["licence"])
	o.Mask, o.Hide, o.Creator = c.listOf("mask", ","), c.listOf("hide", ","), c.listOf("creators", ";")
	if c.has("record") {
		if o.As, err = c.who(); err != nil {
			return o, err
		}
	}
	if path, given := c.flags["waive"]; given {
		if len(o.Mask)+len(o.Hide) == 0 {
			return o, usage("--waive goes with --mask or --hide: without, nothing is masked")
		}
		o.Waivers, err = readWaivers(path)
	}
	return o, err
}

// readWaivers reads a file of waivers.
func readWaivers(path string) (out []export.Waiver, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usage("the file of --waive cannot be read: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var w export.Waiver
		if err := json.Unmarshal(lines.Bytes(), &w); err != nil || w.Words == "" || w.Reason == "" {
			return nil, usage("line %d of %s is no waiver: write {\"words\":\"…\",\"reason\":\"…\"}", n, visible(path))
		}
		out = append(out, w)
	}
	return out, lines.Err()
}

// stepWords say what an export is at.
var stepWords = map[export.Step]string{"past": "going back", "look": "looking for what to mask", "write": "exporting", "around": "putting together", "search": "checking"}

func runExport(c *call) (err error) {
	o, err := c.chosen()
	if err != nil {
		return err
	}
	a, err := c.open(o.Record)
	if err != nil {
		return err
	}
	defer finish(a, &err)
	o.Query = c.flags["query"]
	bar := c.bar()
	o.Progress = func(step export.Step, done, total int) { bar.draw(stepWords[step], done, total, "") }
	m, err := export.Write(c.ctx, a, o)
	bar.clear()
	if err != nil {
		return err
	}
	c.after = "the export is there, whole"
	if c.json() {
		return c.enc.Encode(exported{o.Out, m})
	}
	if m.Edition > 0 {
		c.printf("Edition %d.\n", m.Edition)
	}
	for _, f := range m.Formats {
		c.printf("Wrote %s as %s to %s.\n", count(m.Set.Documents, "document"), f, visible(o.Out))
	}
	for _, w := range m.Warnings() {
		c.printf("%s\n", w)
	}
	return nil
}
