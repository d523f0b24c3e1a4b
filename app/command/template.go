package command

import (
	"context"
	"os"
	"slices"
	"strings"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

var templateVerb = &verb{
	name: "template", usage: "fonds template [ARCHIVE [--set ID|FILE.json --as NAME]] [--json]",
	summary: "the fields that documents are described with, and other ones",
	help: `Without an archive: the templates that the program brings. With one: the fields of
its template; --json prints the template as a file has it, which can be changed and
given back by --set. Values of documents belong to the ids of their fields: no
template takes any away, and what a template lacks is shown behind its fields.

A field has an id with a prefix (dcterms:title), labels and help by language, and a
type: text, longtext, date, address, language, choice, checklist, reference, number (of
a document), identifier, figure, yesno, stars, person, organisation, place. It may be
repeatable, and have choices, a pattern (RE2), a limit (characters), a default (offered,
never filled in by itself; none for retention, security and opening), names in other
standards (map: dc, isadg, ead3). compute says what the program knows of a document:
size, format, name, path, sha256, chars, added, describer, described; exports have it as
a value. levels says at which levels of description it is used, item, file, series and
fonds, and how far it has to be filled: always, ifany or "" for may; without levels must
says so of all, and required is always. for names the values of the template's field of
categories (category) with which alone it is used; hidden leaves it out of the form. vocabulary
names a list of the archive (fonds vocabulary), or "tags": its terms are offered, and a
value outside it is doubted.`,
	flags: []flag{
		{"set", "ID|FILE", "describe by this template from now on: one that the program brings, or a file"},
		asFlag, jsonFlag,
	},
	min: 0, max: 1, run: runTemplate,
}

// templateLine is a line of template --json without an archive.
type templateLine struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Use    string `json:"use"`
	Rules  string `json:"rules,omitempty"`
	Fields int    `json:"fields"`
}

func runTemplate(c *call) (err error) {
	if len(c.args) == 0 {
		if c.has("set") {
			return usage("--set wants the archive that it is for")
		}
		return c.listTemplates()
	}
	if !c.has("set") {
		a, err := c.read()
		if err != nil {
			return err
		}
		defer finish(a, &err)
		return c.showTemplate(a)
	}
	e, err := templateEdit(c.flags["set"])
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
	if _, err := a.Apply(c.ctx, who, e); err != nil {
		return err
	}
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	c.after = "the template is set"
	c.template = template.Of(self)
	if c.json() {
		return c.showTemplate(a)
	}
	c.printf("Documents are described by %s from now on.\n", visible(c.template.LabelWords()))
	more, err := beyond(c.ctx, a, c.template)
	if err == nil && len(more) > 0 {
		c.printf("What documents say in other fields stays: %s.\n", strings.Join(more, ", "))
	}
	return err
}

// templateEdit is the edit that gives an archive a template by its id, or one of a file.
func templateEdit(what string) (*archive.Edit, error) {
	e := &archive.Edit{Do: "template.set", Template: what}
	if slices.Contains(template.IDs(), what) {
		return e, nil
	}
	data, err := os.ReadFile(what)
	if err != nil {
		return nil, usage("there is no template %q (there is: %s) and no such file: %w", clip(what), strings.Join(template.IDs(), ", "), err)
	}
	t, err := template.Parse(data)
	if err != nil {
		return nil, err
	}
	own, err := t.JSON()
	if err != nil {
		return nil, err
	}
	text := string(own)
	e.Template, e.Text = t.ID, &text
	return e, nil
}

func (c *call) listTemplates() error {
	for _, id := range template.IDs() {
		t, err := template.Read(id)
		if err != nil {
			return err
		}
		if c.json() {
			err = c.enc.Encode(templateLine{t.ID, t.LabelWords(), t.UseWords(), t.Rules, len(t.Fields)})
		} else {
			err = c.printf("%-12s %3d fields  %s: %s\n", t.ID, len(t.Fields), t.LabelWords(), t.UseWords())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *call) showTemplate(a *storage.Archive) error {
	if c.json() {
		data, err := c.template.JSON()
		if err != nil {
			return err
		}
		return c.printf("%s", data)
	}
	c.printf("%s (%s)\n", visible(c.template.LabelWords()), c.template.ID)
	for i := range c.template.Fields {
		f := &c.template.Fields[i]
		says := []string{f.Type}
		says = append(says, asked(f)...)
		if f.Repeatable {
			says = append(says, "repeatable")
		}
		if err := c.printf("  %s %s %s\n", padded(f.ID, 26), padded(visible(f.LabelWords()), 34), strings.Join(says, ", ")); err != nil {
			return err
		}
	}
	more, err := beyond(c.ctx, a, c.template)
	if err != nil || len(more) == 0 {
		return err
	}
	return c.printf("Documents say something in other fields too: %s\n", strings.Join(more, ", "))
}

// asked says how strongly a field is asked for, at which levels and of whom.
func asked(f *template.Field) (out []string) {
	words := map[template.Force]string{template.Always: "required", template.IfAny: "where the document has it", template.May: "may"}
	if f.Levels == nil {
		if f.Must != "" {
			out = append(out, words[f.At(template.Item)])
		}
	} else {
		for _, level := range template.Levels() {
			if force := f.At(level); force != template.NotUsed {
				out = append(out, level+": "+words[force])
			}
		}
	}
	if f.Compute != "" {
		out = append(out, "computed ("+f.Compute+")")
	}
	if len(f.For) > 0 {
		out = append(out, "only for "+visible(strings.Join(f.For, " ")))
	}
	return out
}

// beyond are the fields that a template lacks and documents have values in.
func beyond(ctx context.Context, a *storage.Archive, t *template.Template) (out []string, err error) {
	used, err := a.FieldsUsed(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range t.Fields {
		delete(used, f.ID)
	}
	for id, n := range used {
		out = append(out, visible(id)+" ("+count(n, "document")+")")
	}
	slices.Sort(out)
	return out, nil
}
