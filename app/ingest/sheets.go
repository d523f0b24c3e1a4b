package ingest

import (
	"context"
	"errors"
	"strings"

	"fonds/app/ingest/content"
	"fonds/app/ingest/records"
)

// A workbook that comes in as one document: its sheets one after another, a row a line, cells by tab. Where its rows are
// documents, they are imported as records (package records).

// sheetsVersion is that of these rules and of those of package records.
const sheetsVersion = "1"

func readSheets(ctx context.Context, data []byte, name string) (*content.Content, error) {
	f, err := records.Open(ctx, records.Source{Name: name, Data: data}, records.Options{HeadRow: records.NoHead})
	var refusal *content.Refusal
	if errors.As(err, &refusal) && refusal.Reason == content.NotIt { // charts and drawings alone
		return &content.Content{Format: records.Format(records.Source{Data: data}), Lost: []string{"it has no cells with text"}}, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := &content.Content{Format: f.Format}
	var b strings.Builder
	for _, t := range f.Tables {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if t.Sheet != "" {
			b.WriteString(cleanLine(t.Sheet) + "\n")
		}
		for row, err := range t.Rows() {
			if err != nil {
				return nil, err
			}
			for i, cell := range row.Cells {
				if i > 0 {
					b.WriteByte('\t')
				}
				b.WriteString(cleanLine(cell))
			}
			if b.WriteByte('\n'); b.Len() > content.MaxText {
				return nil, content.Refuse(content.TooMuch, "text %d > %d", b.Len(), content.MaxText)
			}
		}
		c.Lost = append(c.Lost, t.Notes()...)
	}
	c.Text = strings.TrimRight(b.String(), "\n\t")
	return c, nil
}

// cleanLine is a text on one line, without controls.
func cleanLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}
