package command

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fonds/app/i18n"
	"fonds/app/vocab"
	"fonds/storage"
	"fonds/storage/archive"
)

var vocabularyVerb = &verb{
	name: "vocabulary", usage: "fonds vocabulary ARCHIVE [--list NAME [--kind K]] [--find WORDS | --import FILE | --export FILE]\n" +
		"       [--lang LANG] [--as NAME] [--json]",
	summary: "tags and what is said of them, and lists of terms; SKOS and CSV in and out",
	help: `Without a flag: the tags of the archive with how many documents bear each, and the
lists that it keeps. With --list the terms of a list; all else is then about that.

--import reads SKOS (.ttl Turtle, .jsonld JSON-LD) or a table (.csv, .tsv) whose first
line names its columns: path (of a tag), or id, broader and label; label@en, alt,
alt@en, scope, uri, dates, colour; or in Chinese 路径, 编号, 上位词, 名称, 别名, 注释.
Names in one cell stand apart by |. Without --list it describes tags: what is said of
them already and not in the file stays. With --list NAME it is a list of that name, in
the place of the one that there is. Terms that go round in a loop, and files that are
broken anywhere, are refused whole; what is merely odd is told and taken. At most
500,000 terms and 64 MB. A context of JSON-LD has to be in the file: nothing is fetched.

--find gives the terms that words could mean, the likeliest first: by any part of a
name or of another name, by pinyin, by its initials (sfj finds 司法局).

A tag is described by fonds apply too ({"do":"concept.set","tag":"…","scope":"…"}), a
term is added to a list by {"do":"list.add","list":"…","name":"…"}.`,
	flags: []flag{
		{"list", "NAME", "the list that it is about, by name or id; else the tags"},
		{"find", "WORDS", "the terms that this could mean"},
		{"import", "FILE", "take in what this file says"},
		{"kind", "KIND", "of a list that is imported: subjects, persons, organisations, places or other"},
		{"export", "FILE", "write it down: the end of the name says how (.ttl, .jsonld, .csv, .tsv)"},
		{"lang", "LANG", "names are shown in it, else in the system's; imported tags are called by it, else zh-Hans"},
		asFlag, jsonFlag,
	},
	min: 1, max: 1, run: runVocabulary,
}

// termLine is a line of vocabulary --json about a term or a tag.
type termLine struct {
	Tag       string            `json:"tag,omitempty"`
	ID        string            `json:"id,omitempty"`
	Name      string            `json:"name,omitempty"`
	By        string            `json:"by,omitempty"` // the other name that was found
	Names     map[string]string `json:"names,omitempty"`
	UsedFor   []string          `json:"used_for,omitempty"`
	Broader   string            `json:"broader,omitempty"`
	Scope     string            `json:"scope,omitempty"`
	URI       string            `json:"uri,omitempty"`
	Dates     string            `json:"dates,omitempty"`
	Colour    int               `json:"colour,omitempty"`
	Documents *int              `json:"documents,omitempty"`
}

// listLine is a line about a list.
type listLine struct {
	List    string     `json:"list"`
	ID      archive.ID `json:"id"`
	Kind    string     `json:"kind"`
	Terms   int        `json:"terms"`
	Added   int        `json:"added,omitempty"`
	File    string     `json:"file,omitempty"`
	URI     string     `json:"uri,omitempty"`
	Licence string     `json:"licence,omitempty"`
}

// importedLine is the answer to an import.
type importedLine struct {
	Imported int      `json:"imported"` // terms
	Changed  int      `json:"changed"`  // tags that are described otherwise now, or terms of the list
	Odd      int      `json:"odd"`
	Problems []string `json:"problems,omitempty"`
}

func runVocabulary(c *call) (err error) {
	if _, err := c.choice("kind", append([]string{""}, archive.ListKinds()...)...); err != nil {
		return err
	}
	n := 0
	for _, f := range []string{"find", "import", "export"} {
		if c.has(f) {
			n++
		}
	}
	if n > 1 {
		return usage("one of --find, --import and --export at a time")
	}
	if c.has("import") {
		return c.importVocabulary()
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	v, err := c.vocabularyOf(a)
	if err != nil {
		return err
	}
	switch {
	case c.has("export"):
		return c.exportVocabulary(v)
	case c.has("find"):
		return c.findTerms(v)
	}
	return c.showVocabulary(a, v)
}

// vocabularyOf reads the tags, or the list that is named.
func (c *call) vocabularyOf(a *storage.Archive) (*vocab.Vocabulary, error) {
	self, err := a.Self(c.ctx)
	if err != nil {
		return nil, err
	}
	if !c.has("list") {
		counts, err := a.Tags(c.ctx)
		if err != nil {
			return nil, err
		}
		n := map[string]int{}
		for _, t := range counts {
			n[t.Tag] = t.N
		}
		return vocab.OfTags(n, self.Concepts()), nil
	}
	l, err := self.ListNamed(c.flags["list"])
	if err != nil {
		return nil, err
	}
	terms, err := a.ListTerms(c.ctx, l)
	return &vocab.Vocabulary{Title: l.Name, URI: l.URI, Licence: l.Licence, Terms: terms}, err
}

// tagLanguage is that by whose names tags are called that a file brings, whoever brings it.
const tagLanguage = "zh-Hans"

// termLanguage is the language in which terms are called: that of --lang, else the system's.
func (c *call) termLanguage() string { return cmp.Or(c.flags["lang"], i18n.Use("")) }

func (c *call) exportVocabulary(v *vocab.Vocabulary) error {
	name := c.flags["export"]
	f, err := vocab.FormatOf(name)
	if err != nil {
		return err
	}
	out, err := vocab.Write(v, f)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, out, 0o666); err != nil {
		return &unwritten{err}
	}
	c.say("%s written to %s.", count(len(v.Terms), "term"), name)
	return nil
}

func (c *call) findTerms(v *vocab.Vocabulary) error {
	x := vocab.NewIndex(v, c.termLanguage())
	if v.Paths {
		x.Use(v.Counts)
	}
	for _, h := range x.Find(c.flags["find"], 50) {
		line := c.term(v, h.Term)
		line.By = h.By
		if err := c.showTerm(line, 0); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) term(v *vocab.Vocabulary, t *archive.Term) termLine {
	l := termLine{ID: t.ID, Name: t.Name(c.termLanguage()), Broader: t.Broader, Scope: t.Scope, Dates: t.Dates, Colour: t.Colour, Names: map[string]string{}}
	if v.Paths {
		n := v.Counts[t.ID]
		l.Tag, l.ID, l.Broader, l.URI, l.Documents, l.Name = t.ID, "", "", v.URIs[t.ID], &n, ""
	}
	for _, n := range t.Names {
		if n.Lang != "" {
			l.Names[n.Lang] = n.Text
		}
	}
	for _, n := range t.Also {
		l.UsedFor = append(l.UsedFor, n.Text)
	}
	return l
}

func (c *call) showTerm(l termLine, depth int) error {
	if c.json() {
		return c.enc.Encode(l)
	}
	words := strings.Repeat("  ", depth) + visible(l.Name)
	if l.Documents != nil {
		words = fmt.Sprintf("%9s  %s", thousands(*l.Documents), visible(l.Tag))
	}
	if l.By != "" {
		words += "  ← " + visible(l.By)
	} else if len(l.UsedFor) > 0 {
		words += "  (" + visible(strings.Join(l.UsedFor, ", ")) + ")"
	}
	if l.Dates != "" {
		words += "  " + visible(l.Dates)
	}
	if l.Scope != "" {
		words += "  — " + visible(short(strings.ReplaceAll(l.Scope, "\n", " "), 80))
	}
	return c.printf("%s\n", words)
}

func (c *call) showVocabulary(a *storage.Archive, v *vocab.Vocabulary) error {
	order, depth := vocab.Depths(v.Terms)
	for _, i := range order {
		if err := c.showTerm(c.term(v, &v.Terms[i]), depth[i]); err != nil {
			return err
		}
	}
	if c.has("list") {
		return nil
	}
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	lists := self.Lists()
	for _, l := range lists {
		line := listLine{l.Name, l.ID, l.Kind, l.Terms, len(self.Added(l.ID)), l.File, l.URI, l.Licence}
		if c.json() {
			err = c.enc.Encode(line)
		} else {
			err = c.printf("%s  %s, %s, of %s\n", padded(visible(l.Name), 24), l.Kind, count(l.Terms+line.Added, "term"), visible(l.File))
		}
		if err != nil {
			return err
		}
	}
	if len(v.Terms)+len(lists) == 0 && !c.json() {
		c.say("There are no tags and no lists.")
	}
	return nil
}

func (c *call) importVocabulary() (err error) {
	name := c.flags["import"]
	f, err := vocab.FormatOf(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return usage("the file cannot be read: %w", err)
	}
	if info.Size() > vocab.MostBytes {
		return archive.Refuse("list-large", "most", vocab.MostBytes>>20)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return usage("the file cannot be read: %w", err)
	}
	v, err := vocab.Read(data, f)
	if err != nil {
		return err
	}
	who, err := c.who()
	if err != nil {
		return err
	}
	a, err := c.change()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	answer := importedLine{Imported: len(v.Terms), Odd: v.Wrong}
	for _, p := range v.Problems {
		answer.Problems = append(answer.Problems, p.Error())
	}
	var edits []*archive.Edit
	if c.has("list") {
		e, err := vocab.ListEdit(v, self, c.flags["list"], c.flags["kind"], filepath.Base(name))
		if err != nil {
			return err
		}
		edits, answer.Changed = []*archive.Edit{e}, len(v.Terms)
	} else {
		var tags []string
		edits, tags = vocab.TagEdits(v, self.Concepts(), cmp.Or(c.flags["lang"], tagLanguage))
		answer.Changed = len(tags)
	}
	if len(edits) > 0 {
		if _, err := a.Apply(c.ctx, who, edits...); err != nil {
			return err
		}
		c.after = "the vocabulary is imported"
	}
	if c.json() {
		return c.enc.Encode(answer)
	}
	for _, p := range answer.Problems {
		c.say("note: %s", visible(p))
	}
	if n := v.Wrong - len(v.Problems); n > 0 {
		c.say("note: and %d more", n)
	}
	return c.printf("%s read, %d changed.\n", count(len(v.Terms), "term"), answer.Changed)
}
