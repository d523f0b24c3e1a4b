package office

import "encoding/xml"

func (d *odt) table(b *block) error {
	b.tabled = true
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "table:table-row":
			return d.row(b, max(number(d.c.attr(s, "table:number-rows-repeated"), 1), 1))
		case "table:title", "table:desc", "table:table-columns", "table:table-column", "office:forms":
			return d.c.skip()
		case "text:p", "text:h", "draw:frame":
			return d.blocks(b, nil)(s)
		}
		return d.c.each(in) // rows of the head, groups of rows, shapes
	}
	return d.c.each(in)
}

// row reads a row that stands so often. Cells at its end that have nothing are not counted, be they a million.
func (d *odt) row(b *block, times int) error {
	var cells []block
	empty := 0
	err := d.c.each(func(s xml.StartElement) error {
		n := max(number(d.c.attr(s, "table:number-columns-repeated"), 1), 1)
		var cell block
		if d.c.el(s.Name) == "table:table-cell" {
			if err := d.c.each(d.blocks(&cell, nil)); err != nil {
				return err
			}
		} else if err := d.c.skip(); err != nil { // one that another covers
			return err
		}
		if len(cell.text) == 0 {
			empty += min(n, maxRule)
			return nil
		}
		size := len(cell.text)
		if err := d.left.take((n-1)*size + min(empty, maxRule)); err != nil {
			return err
		}
		if len(cells)+n+empty > maxRule {
			n, empty = 1, 0
		}
		cells = append(cells, make([]block, empty)...)
		for empty = 0; n > 0; n-- {
			cells = append(cells, cell)
		}
		return nil
	})
	if err != nil || len(cells) == 0 {
		return err
	}
	var row block
	row.row(cells)
	if err := d.left.take((times - 1) * (len(row.text) + 1)); err != nil {
		return err
	}
	for range times {
		b.add(&row)
	}
	return nil
}
