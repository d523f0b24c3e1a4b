package pdf

import (
	"context"
	"regexp"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"

	"fonds/app/ingest/content"
)

// info are the keys of a document's Info dictionary that say something about the document, and what they say.
var info = []struct{ key, field string }{
	{"Title", "dcterms:title"}, {"Author", "creator"}, {"Subject", "description"}, {"Keywords", "subject"}, {"CreationDate", "date"},
}

// said reads what the file says of itself: its XMP, and its Info dictionary where that says something else.
func (r *reading) said(ctx context.Context) error {
	r.c.Said = xmpOf(ctx, r.d.data)
	if err := ctx.Err(); err != nil {
		return err
	}
	err := r.d.do(ctx, r.d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		for _, k := range info {
			v, err := p.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: r.d.ref, Tag: k.key})
			if err != nil {
				if broke(err) {
					return err
				}
				continue
			}
			value := oneLine(v.Value)
			if k.field == "date" {
				value = pdfDate(value)
			}
			r.say(k.field, value, "Info "+k.key)
		}
		return nil
	})
	for _, s := range r.c.Said {
		if s.Field == "dcterms:title" {
			r.c.Title = s.Value
			break
		}
	}
	return r.beside(ctx, "what it says of itself", err)
}

// beside notes that something beside the pages could not be read; an error is one that ends the reading.
func (r *reading) beside(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.lose("%s: %v", what, err)
	return nil
}

// say keeps a value, once.
func (r *reading) say(field, value, where string) {
	if value == "" {
		return
	}
	for _, s := range r.c.Said {
		if s.Field == field && s.Value == value {
			return
		}
	}
	r.c.Said = append(r.c.Said, content.Said{Field: field, Value: value, Where: where})
}

// datePattern is a date as a PDF has it: D:YYYYMMDDHHmmSSOHH'mm', with everything after the year optional.
var datePattern = regexp.MustCompile(`^(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:([Z+-])(?:(\d\d)(?:'?(\d\d)'?)?)?)?)?)?)?)?)?`)

// pdfDate is such a date as EDTF; "" if it is none.
func pdfDate(s string) string {
	m := datePattern.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	day := m[1]
	if m[1] == "0000" {
		return ""
	}
	if m[2] != "" {
		day += "-" + m[2]
	}
	if m[3] != "" {
		day += "-" + m[3]
	}
	zone := ""
	switch {
	case m[7] == "Z" || m[7] != "" && m[8] == "00" && (m[9] == "" || m[9] == "00"):
		zone = "Z"
	case m[7] != "" && m[8] != "":
		zone = m[7] + m[8] + ":" + or(m[9], "00")
	}
	full := day + "T" + or(m[4], "00") + ":" + or(m[5], "00") + ":" + or(m[6], "00") + zone
	if m[4] != "" && m[5] != "" && isTime(full, zone) {
		return full
	}
	if !isDay(day) {
		return ""
	}
	return day
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
