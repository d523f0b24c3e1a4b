package vocab

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"fonds/storage/archive"
)

func writeTable(v *Vocabulary, f Format) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if f == TSV {
		w.Comma = '\t'
	}
	pref, also := []string{}, []string{}
	dates, colours := false, false
	note := func(langs *[]string, names []archive.Name) {
		for _, n := range names {
			if !slices.Contains(*langs, n.Lang) {
				*langs = append(*langs, n.Lang)
			}
		}
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		note(&pref, t.Names)
		note(&also, t.Also)
		dates, colours = dates || t.Dates != "", colours || t.Colour > 0
	}
	head := []string{"id", "broader"}
	if v.Paths {
		head = []string{"path", "uri"}
	}
	named := func(what, lang string) string {
		if lang == "" {
			return what
		}
		return what + "@" + lang
	}
	for _, lang := range pref {
		head = append(head, named("label", lang))
	}
	for _, lang := range also {
		head = append(head, named("alt", lang))
	}
	head = append(head, "scope")
	if dates {
		head = append(head, "dates")
	}
	if colours {
		head = append(head, "colour")
	}
	if v.Counts != nil {
		head = append(head, "documents")
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		row := []string{t.ID, t.Broader}
		if v.Paths {
			row = []string{t.ID, v.URIs[t.ID]}
		}
		for _, lang := range pref {
			row = append(row, names(t.Names, lang))
		}
		for _, lang := range also {
			row = append(row, names(t.Also, lang))
		}
		row = append(row, t.Scope)
		if dates {
			row = append(row, t.Dates)
		}
		if colours {
			n := ""
			if t.Colour > 0 {
				n = strconv.Itoa(t.Colour)
			}
			row = append(row, n)
		}
		if v.Counts != nil {
			row = append(row, strconv.Itoa(v.Counts[t.ID]))
		}
		for k := range row {
			row[k] = defused(row[k])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// names are those of a language, in one cell.
func names(all []archive.Name, lang string) string {
	var out []string
	for _, n := range all {
		if n.Lang == lang {
			out = append(out, strings.ReplaceAll(n.Text, "|", `\|`))
		}
	}
	return strings.Join(out, "|")
}
