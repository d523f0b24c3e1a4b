package ingest

import (
	"fonds/app/mojibake"
	"fonds/app/zones"
	"fonds/storage/archive"
)

// look sees what is wrong with the text of a document, what in it is the page's, and where another document may begin.
func (d *Document) look() {
	if f, folded := mojibake.Folded(d.Text); folded {
		d.Folded = f.Marks
	}
	if d.page != nil {
		return // Whole sees the rest, in all of the page
	}
	d.Repairs = repairs(d.Text, d.Recipe.Undecoded)
	damaged := make([]zones.Range, len(d.Repairs))
	for i, r := range d.Repairs {
		damaged[i] = zones.Range{Start: r.Start, End: r.End}
	}
	found, splits := zones.Look(d.Text, damaged)
	d.furnish(found)
	for _, s := range splits {
		if s.Confidence >= zones.Doubtful {
			d.Borders = append(d.Borders, archive.Beginning{At: s.At, Or: s.Alternatives, Rule: "split." + s.Rule, Confidence: s.Confidence})
		}
	}
}

// furnish notes furniture of the page.
func (d *Document) furnish(found []zones.Zone) {
	for _, z := range found {
		d.Furniture = append(d.Furniture, archive.Zone{Start: z.Start, End: z.End, Kind: string(z.Kind), Rule: z.Rule})
	}
}
