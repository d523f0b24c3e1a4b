package catalogue

import (
	"encoding/csv"
	"errors"
	"strconv"

	"fonds/app/ingest"
	"fonds/app/ingest/content"
	"fonds/app/ingest/records"
)

// text reads CSV (RFC 4180, and what others make of it) or values apart by tabs.
func (b *builder) text(data []byte, encoding string) error {
	text, enc, _, recipe, err := ingest.Decode(data, encoding)
	if err != nil {
		return undecodable(err)
	}
	b.t.Format, b.t.Encoding = "csv", enc
	if n := len(recipe.Undecoded); n > 0 {
		b.say(0, Undecoded, strconv.Itoa(n))
	}
	c, err := records.Sniff(b.ctx, text)
	if err == nil {
		b.t.Delimiter = string(c.Comma)
		if c.Quotes > 0 {
			b.say(c.Quotes, Quotes, "")
		}
		err = c.Each(b.ctx, b.add)
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return &Problem{Code: NotTable, Row: parse.StartLine, Detail: parse.Err.Error()}
	}
	return err
}

func undecodable(err error) error {
	var skip *ingest.Skip
	if !errors.As(err, &skip) {
		return &Problem{Code: NotTable, Detail: err.Error()}
	}
	switch skip.Reason {
	case ingest.TextTooLong:
		return &Problem{Code: TooLarge}
	case ingest.NoReader:
		return &Problem{Code: NotTable, Detail: "not text"}
	}
	return &Problem{Code: NoDecoder, Detail: skip.Detail}
}

// workbook reads one sheet of an XLSX, row after row.
func (b *builder) workbook(data []byte, sheet string) error {
	b.t.Format = "xlsx"
	w, err := records.OpenWorkbook(b.ctx, data)
	if err != nil {
		return workbookProblem(err)
	}
	defer w.Close()
	b.t.Sheets = w.Sheets
	if b.t.Sheet, err = w.Named(sheet); err != nil {
		return &Problem{Code: NoSheet, Detail: err.Error()}
	}
	return workbookProblem(w.Each(b.ctx, b.t.Sheet, func(l *records.Line) error { return b.add(l.N, l.Cells) }))
}

// workbookProblem is why a workbook is not read; problems and the error of ctx as they are.
func workbookProblem(err error) error {
	var r *content.Refusal
	switch {
	case !errors.As(err, &r):
		return err
	case r.Reason == content.TooMuch && r.Detail == records.ManyRows:
		return &Problem{Code: TooMany}
	case r.Reason == content.TooMuch:
		return &Problem{Code: TooLarge}
	}
	if r.Detail == "" {
		r.Detail = r.Error()
	}
	return &Problem{Code: NotTable, Detail: r.Detail}
}
