package export

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// This file says how a workbook of lists looks, and what its sheets are called.

// style is that of cells of a name.
func (b *bookPaper) style(name string) int {
	if id, made := b.styles[name]; made {
		return id
	}
	line := func(kind int) (out []excelize.Border) {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			out = append(out, excelize.Border{Type: side, Color: "000000", Style: kind})
		}
		return out
	}
	s := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
	kind, depth, _ := strings.Cut(name, " ")
	switch kind {
	case "title":
		s.Font, s.Alignment.Horizontal, s.Alignment.WrapText = &excelize.Font{Bold: true, Size: 15}, "center", false
	case "under":
		s.Alignment.Horizontal, s.Alignment.WrapText = "center", false
	case "head":
		s.Font, s.Border = &excelize.Font{Bold: true}, line(1)
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	case "cell":
		s.Border = line(1)
	case "middle":
		s.Border, s.Alignment.Horizontal = line(1), "center"
	case "indent":
		s.Border = line(1)
		s.Alignment.Indent, _ = strconv.Atoi(depth)
	case "label":
		s.Font = &excelize.Font{Bold: true}
	case "line":
		s.Border = []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}
	case "foot":
		s.Font, s.Alignment.WrapText = &excelize.Font{Size: 9}, false
	}
	id, err := b.f.NewStyle(s)
	if err != nil && b.err == nil {
		b.err = err
	}
	b.styles[name] = id
	return id
}

// oneTable says whether what is written is one table, and not leaves that each begin a page.
func (b *bookPaper) oneTable() bool { return b.heads != nil && b.keys[0] != "running" }

// scale is the scale in percent by which the columns fit on the paper.
func (b *bookPaper) scale(widths []float64) uint {
	const digit = 1.9 // mm of a column's unit, in the font that a workbook has
	room, all := 170.0, 0.0
	if b.across {
		room = 257
	}
	for _, w := range widths {
		all += w * digit
	}
	return uint(max(10, min(100, room/all*100)))
}

// sheetName is a title as a sheet can be called, with an end.
func sheetName(title, end string) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, title)
	for utf8.RuneCountInString(title)+len(end) > mostSheetName {
		rs := []rune(title)
		title = strings.TrimSpace(string(rs[:len(rs)-1]))
	}
	return title + end
}
