package checks

import (
	"fmt"
	"strings"

	"fonds/app/i18n"
	"fonds/app/template"
)

// Words says a finding in the language in use.
func (r *Report) Words(f *Finding) string {
	args := map[string]any{}
	var pairs []any
	for i := 0; i+1 < len(f.Args); i += 2 {
		args[fmt.Sprint(f.Args[i])] = f.Args[i+1]
	}
	if what, ok := args["what"].(string); ok {
		args["what"] = i18n.T(characterWords[what])
	}
	switch f.Code {
	case "form", "choice":
		if field := r.roles.fields[f.Field]; field != nil {
			if doubt := field.Doubt(fmt.Sprint(args["value"]), r.years[f.Doc]); doubt != "" {
				return doubt
			}
		}
	case "reference", "number":
		args["fault"] = i18n.T(template.CodeFaults[fmt.Sprint(args["fault"])])
		if is, _ := args["is"].(string); is != "" {
			return i18n.T("checks.found.fault-form", "value", args["value"], "fault", args["fault"], "was", args["was"], "is", is)
		}
	}
	for i := 0; i+1 < len(f.Args); i += 2 {
		pairs = append(pairs, f.Args[i], args[fmt.Sprint(f.Args[i])])
	}
	return i18n.T("checks.found."+f.Code, pairs...)
}

// FieldWords is what the field of a finding is called, "" for none.
func (r *Report) FieldWords(f *Finding) string {
	if f.Field == "" {
		return ""
	}
	if field := r.roles.fields[f.Field]; field != nil {
		return field.LabelWords()
	}
	_, last, _ := strings.Cut(f.Field, ":")
	return last
}

// AgreeWords says how far values agree with what they were read from.
func (a *Agreed) AgreeWords() string {
	if a.Compared() == 0 {
		return i18n.T("checks.agree.none", "unsourced", a.Unsourced, "absent", a.Absent)
	}
	return i18n.T("checks.agree", "share", a.Share(), "threshold", a.Threshold, "exact", a.Exact, "folded", a.Folded, "day", a.SameDay,
		"partly", a.Partly, "unsourced", a.Unsourced, "absent", a.Absent, "notstated", a.NotStated)
}

// CountWords says how much a check has looked at and found.
func (o *Outcome) CountWords() string {
	switch {
	case o.Result == NotDone:
		return o.Result.Words()
	case o.Agree != nil && o.Agree.Compared() > 0:
		return i18n.T("checks.count.agree", "share", o.Agree.Share(), "threshold", o.Agree.Threshold, "n", i18n.Number(int64(o.Agree.Compared())))
	case o.Looked == 0:
		return i18n.T("checks.count.none")
	case o.Failed+o.Warned == 0:
		return i18n.T("checks.count.looked", "n", i18n.Number(int64(o.Looked)))
	case o.Warned == 0:
		return i18n.T("checks.count.failed", "n", i18n.Number(int64(o.Looked)), "failed", i18n.Number(int64(o.Failed)))
	case o.Failed == 0:
		return i18n.T("checks.count.warned", "n", i18n.Number(int64(o.Looked)), "warned", i18n.Number(int64(o.Warned)))
	}
	return i18n.T("checks.count", "n", i18n.Number(int64(o.Looked)), "failed", i18n.Number(int64(o.Failed)), "warned", i18n.Number(int64(o.Warned)))
}

var characterWords = map[string]string{
	aControl: i18n.K("checks.char.control"), aReplacement: i18n.K("checks.char.replacement"), aPrivate: i18n.K("checks.char.private"),
	aHidden: i18n.K("checks.char.hidden"), noCharacter: i18n.K("checks.char.none"),
}
