package rtf

import (
	"fmt"
	"strings"

	"fonds/app/ingest/content"
)

// A property is one of the group \info.
type property struct {
	name string
	text *sink
	time *[6]int // year, month, day, hour, minute, second; nil where it is a text
}

// fields says which field takes which property.
var fields = map[string]string{
	"title": "dcterms:title", "subject": "dcterms:subject", "author": "dcterms:creator", "operator": "dcterms:contributor",
	"manager": "dcterms:contributor", "company": "dcterms:publisher", "category": "dcterms:subject",
	"keywords": "dcterms:subject", "doccomm": "dcterms:description", "comment": "dcterms:description",
	"creatim": "dcterms:date", "revtim": "dcterms:date", "printim": "", "buptim": "",
}

// infoGroup takes a group within \info.
func (r *reader) infoGroup(name string) bool {
	field, known := fields[name]
	switch {
	case name == "upr":
		r.told()
		return true
	case !known:
		r.nowhere()
		return true
	case strings.HasSuffix(name, "tim"):
		r.st.dest = toTime
		if field != "" && len(r.info) < 1000 {
			r.info = append(r.info, property{name: name, time: &[6]int{0, 0, 0, -1, -1, 0}})
		} else {
			r.nowhere()
		}
		return true
	}
	s := &sink{line: true}
	if len(r.info) < 1000 {
		r.info = append(r.info, property{name: name, text: s})
	}
	r.aside(s)
	return true
}

// timeSays takes one number of a property that is a time.
func (r *reader) timeSays(name string, n int) {
	if r.st.dest != toTime || len(r.info) == 0 || n < 0 || n > 9999 {
		return
	}
	if t := r.info[len(r.info)-1].time; t != nil {
		for i, part := range [...]string{"yr", "mo", "dy", "hr", "min", "sec"} {
			if part == name {
				t[i] = n
			}
		}
	}
}

// said gives the properties in their order.
func (r *reader) said() []content.Said {
	var said []content.Said
	for _, p := range r.info {
		var value string
		if p.time != nil {
			value = edtf(*p.time)
		} else {
			value = oneLine(p.text.String())
		}
		if value != "" {
			said = append(said, content.Said{Field: fields[p.name], Value: value, Where: `\info \` + p.name})
		}
	}
	return said
}

// edtf gives a date, with the time where the file has one. "" where it is none.
func edtf(t [6]int) string {
	if t[0] < 1 || t[1] < 0 || t[1] > 12 || t[2] < 0 || t[2] > 31 {
		return ""
	}
	switch {
	case t[1] == 0:
		return fmt.Sprintf("%04d", t[0])
	case t[2] == 0:
		return fmt.Sprintf("%04d-%02d", t[0], t[1])
	case t[3] < 0 || t[3] > 23 || t[4] < 0 || t[4] > 59 || t[5] > 59:
		return fmt.Sprintf("%04d-%02d-%02d", t[0], t[1], t[2])
	}
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d", t[0], t[1], t[2], t[3], t[4], t[5])
}
