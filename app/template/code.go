package template

import (
	"cmp"
	"strconv"
	"strings"

	"fonds/app/codes"
	"fonds/app/i18n"
)

// referenceDoubt says what is unusual about a reference code (档号), "" for nothing. Codes
// of another make than DA/T 13-2022 are none of its business.
func (f *Field) referenceDoubt(value string, year int) string {
	r := codes.ParseReference(value)
	said := faults(r.Faults)
	if y := r.Of(codes.Year); y != "" && year != 0 && y != strconv.Itoa(year) {
		said = append(said, i18n.T("code.year", "code", y, "document", strconv.Itoa(year)))
	}
	for _, s := range r.Segments {
		if s.Kind == codes.Either && !f.Filed {
			said = append(said, i18n.T("code.either", "part", s.Text))
		}
	}
	form := strings.Join(strings.Fields(r.Form), "")
	switch {
	case len(said) == 0:
		return ""
	case form != strings.TrimSpace(value):
		return i18n.T("code.doubt.form", "why", join(said), "form", form)
	}
	return i18n.T("code.doubt", "why", join(said))
}

// numberDoubt says what is unusual about the number of a document (文号), "" for nothing.
func numberDoubt(value string, year int) string {
	n, ok := codes.ParseNumber(value)
	switch {
	case !ok && codes.Numbered(value):
		return ""
	case !ok:
		return i18n.T("code.nonumber")
	}
	said := faults(n.Faults)
	if n.Cut > 0 {
		said = append(said, i18n.T("code.edge"))
		n.Form = cmp.Or(n.Form, n.Text)
	}
	if len(n.Year) == 4 && year != 0 && n.Year != strconv.Itoa(year) {
		said = append(said, i18n.T("code.year", "code", n.Year, "document", strconv.Itoa(year)))
	}
	switch {
	case len(said) == 0:
		return ""
	case n.Form == "":
		return i18n.T("code.doubt", "why", join(said))
	}
	return i18n.T("code.doubt.form", "why", join(said), "form", n.Form)
}

func faults(all []codes.Fault) (out []string) {
	for _, f := range all {
		if f.Is == "" {
			out = append(out, i18n.T(CodeFaults[f.Kind]))
			continue
		}
		out = append(out, i18n.T(CodeFaults[f.Kind])+" "+f.Was+" → "+f.Is)
	}
	return out
}

func join(said []string) string { return strings.Join(said, i18n.T("list.semicolon")) }

// CodeFaults are the keys of what the faults of codes are called, by their kinds.
var CodeFaults = map[string]string{
	codes.FaultBrackets: i18n.K("code.fault.brackets"),
	codes.FaultWidth:    i18n.K("code.fault.width"),
	codes.FaultCentury:  i18n.K("code.fault.century"),
	codes.FaultOrdinal:  i18n.K("code.fault.ordinal"),
	codes.FaultZero:     i18n.K("code.fault.zero"),
	codes.FaultSuffix:   i18n.K("code.fault.suffix"),
	codes.FaultJoiner:   i18n.K("code.fault.joiner"),
	codes.FaultBlank:    i18n.K("code.fault.blank"),
	codes.FaultEmpty:    i18n.K("code.fault.empty"),
	codes.FaultFonds:    i18n.K("code.fault.fonds"),
	codes.FaultItem:     i18n.K("code.fault.item"),
	codes.FaultShort:    i18n.K("code.fault.short"),
	codes.FaultNumber:   i18n.K("code.fault.number"),
	codes.FaultNone:     i18n.K("code.fault.none"),
}
