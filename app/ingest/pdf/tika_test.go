package pdf

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"strings"
	"testing"

	"fonds/app/ingest/content"
)

// TestTika holds what Tika's own tests assert of PDFs and its peer reads too; those that ask for HTML are not ours.
func TestTika(t *testing.T) {
	table, err := os.ReadFile(shared + "tika-docs/assertions.tsv")
	if err != nil {
		t.Skip("no corpus of Tika beside the project")
	}
	r := csv.NewReader(bytes.NewReader(table))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	held, asked, beyond := 0, 0, 0
	read := map[string]*content.Content{}
	for _, row := range rows {
		if len(row) < 5 || !strings.HasSuffix(row[0], ".pdf") || row[1] != "contains" {
			continue
		}
		c, known := read[row[0]]
		if !known {
			c = tikaFile(t, row[0])
			read[row[0]] = c
		}
		has := c != nil && holds(c, row[2])
		if row[4] != "pass" {
			if has {
				beyond++
			} else {
				t.Logf("not asked, not held: %s %q", row[0], row[2])
			}
			continue
		}
		asked++
		if has {
			held++
		} else {
			t.Errorf("%s: want %q", row[0], row[2])
		}
	}
	t.Logf("BENCH %-46s %d of %d (to reach: all), %d of the others", "Tika's MUST assertions: PDF", held, asked, beyond)
}

func tikaFile(t *testing.T, name string) *content.Content {
	t.Helper()
	data, err := os.ReadFile(shared + "tika-docs/files/" + name)
	if err != nil {
		return nil
	}
	c, err := engine(t).Read(context.Background(), data)
	var r *content.Refusal
	if err != nil && !errors.As(err, &r) {
		t.Errorf("%s: %v", name, err)
	}
	if err != nil {
		t.Logf("%s: %v", name, err)
		return nil
	}
	sound(t, name, c)
	return c
}

// holds says whether a content has some words, in its text or in what it says of itself, blanks being all alike.
func holds(c *content.Content, words string) bool {
	words = strings.Join(strings.Fields(words), " ")
	if strings.Contains(strings.Join(strings.Fields(c.Text), " "), words) {
		return true
	}
	for _, s := range c.Said {
		if strings.Contains(s.Value, words) {
			return true
		}
	}
	return false
}

// TestTikaSaid is what some of those files say of themselves.
func TestTikaSaid(t *testing.T) {
	for name, want := range map[string][]content.Said{
		"testPDF-custommetadata.pdf": {{Field: "creator", Value: "Document author", Where: "XMP dc:creator"}, {Field: "dcterms:title", Value: "Document title", Where: "XMP dc:title"}},
		"testPDF-TIKA-4444.pdf": {
			{Field: "creator", Value: "xmp-dc-creator", Where: "XMP dc:creator"}, {Field: "creator", Value: "pdf-author", Where: "Info Author"},
			{Field: "contributor", Value: "xmp-dc-contributor", Where: "XMP dc:contributor"}, {Field: "rights", Value: "xmp-dc-rights", Where: "XMP dc:rights"},
			{Field: "description", Value: "pdf-subject", Where: "Info Subject"}, {Field: "subject", Value: "pdf-keywords", Where: "Info Keywords"},
			{Field: "language", Value: "xmp-dc-language", Where: "XMP dc:language"}, {Field: "publisher", Value: "xmp-dc-publisher", Where: "XMP dc:publisher"},
			{Field: "dcterms:title", Value: "xmp-dc-title", Where: "XMP dc:title"}, {Field: "dcterms:title", Value: "pdf-title", Where: "Info Title"},
		},
		"testPDF_twoAuthors.pdf": {{Field: "creator", Value: "Sample Author 1", Where: "XMP dc:creator"}, {Field: "creator", Value: "Sample Author 2", Where: "XMP dc:creator"}},
	} {
		if _, err := os.Stat(shared + "tika-docs/files/" + name); err != nil {
			t.Skip("no corpus of Tika beside the project")
		}
		c := tikaFile(t, name)
		if c == nil {
			t.Errorf("%s was refused", name)
			continue
		}
		for _, w := range want {
			if !has(c, w) {
				t.Errorf("%s: got %+v, want %+v", name, c.Said, w)
			}
		}
	}
}

func has(c *content.Content, want content.Said) bool {
	for _, s := range c.Said {
		if s == want {
			return true
		}
	}
	return false
}
