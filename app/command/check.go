package command

import (
	"maps"

	"fonds/app/checks"
	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/storage/archive"
)

var checkVerb = &verb{
	name: "check", usage: "fonds check ARCHIVE [--query Q] [--html FILE] [--xlsx FILE] [--lang LANG] [--json]",
	summary: "authenticity, completeness, usability, security, and catalogue against text",
	help: `A quality report as archives in China know it (四性检测, DA/T 70-2018): originals
hashed and read again, values by type, list and plausibility, reference codes and
what stands twice, required fields, running numbers, attachments, garbled texts,
approvals and policy, the log; and how far titles, creators, document numbers and
dates say what the words say that they were read from. What a program cannot see
here, as viruses and carriers, is named as done elsewhere. Nothing is changed.

A check fails by an error; a warning is to be looked at. It ends with 1 where one
failed. Of a check 10,000 findings are kept, and all are counted. A report that is
there is replaced when the new one is whole; any other file stays. The same state
of the archive gives the same bytes on the same day. It carries the heads of the log.

With --json a line for each check, then one for each finding, then a summary.`,
	flags: []flag{
		{"query", "Q", "only the documents that Q finds (`fonds help query`); else all that were not removed"},
		{"html", "FILE", "the report as one page of A4"},
		{"xlsx", "FILE", "the report as a workbook, with all findings that are kept"},
		{"lang", "LANG", "en or zh-Hans; the system's language unless given"},
		jsonFlag,
	},
	min: 1, max: 1, run: runCheck,
}

// The lines of check --json.
type (
	checkLine struct {
		Check    string    `json:"check"`
		Property string    `json:"property"`
		Name     string    `json:"name"`
		NameZh   string    `json:"name_zh"`
		Kind     string    `json:"kind"`
		Object   string    `json:"object"`
		Basis    string    `json:"basis"`
		Result   string    `json:"result"`
		Looked   int       `json:"looked"`
		Failed   int       `json:"failed"`
		Warned   int       `json:"warned"`
		Found    int       `json:"found"`
		Kept     int       `json:"kept"`
		Note     string    `json:"note,omitempty"`
		Agree    *agreeing `json:"agree,omitempty"`
	}
	agreeing struct {
		Field     string `json:"field"`
		Share     int    `json:"share"` // in hundredths; -1 where nothing was compared
		Threshold int    `json:"threshold"`
		Exact     int    `json:"exact"`
		Folded    int    `json:"folded"`
		SameDay   int    `json:"same_day"`
		Differ    int    `json:"differ"`
		Unsourced int    `json:"unsourced"`
		Absent    int    `json:"absent"`
		NotStated int    `json:"not_stated"`
	}
	findingLine struct {
		Finding   string         `json:"finding"` // code of the check
		Severity  string         `json:"severity"`
		Doc       archive.ID     `json:"doc,omitempty"`
		Path      string         `json:"path,omitempty"`
		Title     string         `json:"title,omitempty"`
		Reference string         `json:"reference,omitempty"`
		Field     string         `json:"field,omitempty"`
		Code      string         `json:"code"`
		Args      map[string]any `json:"args"`
		Says      string         `json:"says"`
	}
	checkSum struct {
		Documents     int                         `json:"documents"`
		Bytes         int64                       `json:"bytes"`
		Day           string                      `json:"day"`
		OK            bool                        `json:"ok"`
		Passed        int                         `json:"passed"`
		Failed        int                         `json:"failed"`
		NotApplicable int                         `json:"not_applicable"`
		NotDone       int                         `json:"not_done"`
		Heads         map[archive.ID]archive.Hash `json:"heads"`
	}
)

func runCheck(c *call) (err error) {
	lang, err := c.language()
	if err != nil {
		return err
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	i18n.Use(lang)
	o := checks.Options{Now: c.env.Now(), Search: c.flags["query"]}
	if c.has("query") {
		if o.Query.Search, err = c.readQuery("--query", c.flags["query"]); err != nil {
			return err
		}
	}
	bar := c.bar()
	o.Progress = func(step checks.Step, done, total int) {
		bar.step(map[checks.Step]string{checks.Listing: "listing", checks.Reading: "checking", checks.Comparing: "comparing", checks.Verifying: "verifying the log"}[step], done, total)
	}
	r, err := checks.Run(c.ctx, a, o)
	bar.clear()
	if err != nil {
		return err
	}
	if err := c.writeChecks(r); err != nil {
		return err
	}
	if c.json() {
		err = c.checkLines(r)
	} else {
		err = c.checkPeople(r)
	}
	if err == nil && !r.OK() {
		err = ended(exitPart)
	}
	return err
}

// writeChecks writes the files that were asked for.
func (c *call) writeChecks(r *checks.Report) error {
	if out := c.flags["html"]; out != "" {
		if err := report.Write(out, r.HTML()); err != nil {
			return err
		}
		c.after = "the report is there, whole"
	}
	out := c.flags["xlsx"]
	if out == "" {
		return nil
	}
	data, err := r.XLSX()
	if err == nil {
		err = report.WriteBook(out, data)
	}
	if err == nil {
		c.after = "the report is there, whole"
	}
	return err
}

// checkPeople prints the checks by property, and some of what each has found.
func (c *call) checkPeople(r *checks.Report) error {
	const some = 5
	for _, p := range checks.Properties() {
		c.printf("%s\n", p.Words())
		for _, o := range r.Outcomes {
			if o.Property != p {
				continue
			}
			c.printf("  %-3s %s %s: %s\n", o.Code, o.Result.Sign(), o.NameWords(), clip(r.Remark(o)))
			for i := range o.Findings[:min(len(o.Findings), some)] {
				f := &o.Findings[i]
				d := r.Docs[f.Doc]
				where := ""
				if f.Doc != "" {
					where = f.Doc.Short() + "  " + short(d.Title, 30) + "  "
				}
				if name := r.FieldWords(f); name != "" {
					where += name + ": "
				}
				c.printf("        %s  %s%s\n", f.Severity.Words(), where, clip(r.Words(f)))
			}
			if more := o.Found - some; more > 0 {
				c.printf("        %s\n", i18n.N("checks.more", more))
			}
		}
	}
	return c.printf("%s\n", r.SumWords())
}

func (c *call) checkLines(r *checks.Report) error {
	for _, o := range r.Outcomes {
		l := checkLine{o.Code, string(o.Property), i18n.In("en", o.Name), i18n.In("zh-Hans", o.Name), string(o.Kind), o.ObjectWords(), o.BasisWords(), string(o.Result),
			o.Looked, o.Failed, o.Warned, o.Found, len(o.Findings), o.NoteWords(), nil}
		if a := o.Agree; a != nil {
			l.Agree = &agreeing{a.Field, a.Share(), a.Threshold, a.Exact, a.Folded, a.SameDay, a.Partly, a.Unsourced, a.Absent, a.NotStated}
		}
		if err := c.enc.Encode(l); err != nil {
			return err
		}
	}
	for _, o := range r.Outcomes {
		for i := range o.Findings {
			f := &o.Findings[i]
			d := r.Docs[f.Doc]
			args := map[string]any{}
			for k := 0; k+1 < len(f.Args); k += 2 {
				args[f.Args[k].(string)] = f.Args[k+1]
			}
			if err := c.enc.Encode(findingLine{o.Code, string(f.Severity), f.Doc, d.Path, d.Title, d.Reference, f.Field, f.Code, args, r.Words(f)}); err != nil {
				return err
			}
		}
	}
	return c.enc.Encode(struct {
		Summary checkSum `json:"summary"`
	}{checkSum{r.Documents, r.Bytes, r.Day, r.OK(), r.Count(checks.Passed), r.Count(checks.Failed), r.Count(checks.NotApplicable), r.Count(checks.NotDone), maps.Clone(r.Heads)}})
}

// language is the value of --lang, "" for the system's.
func (c *call) language() (string, error) {
	if c.flags["lang"] == "" {
		return "", nil
	}
	return c.choice("lang", i18n.Languages()...)
}
