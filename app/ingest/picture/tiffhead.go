package picture

import (
	"context"
	"fmt"
	"image"

	"fonds/app/ingest/content"
)

// tiffHeads walks the directories of a TIFF file: a page each but what is a smaller copy of one.
func tiffHeads(ctx context.Context, data []byte, m *meta) ([]page, error) {
	order, at := tiffOrder(data)
	if order == nil {
		if len(data) > 3 && (data[2] == '+' || data[3] == '+') {
			return nil, content.Refuse(content.Damaged, "it is a BigTIFF, which is not read")
		}
		return nil, content.Refuse(content.Damaged, "a TIFF file without its head")
	}
	var pages []page
	seen, tags := map[int]bool{}, 0
	for at != 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if seen[at] {
			m.lost = append(m.lost, "its directories run in a circle: those that come again were left out")
			break
		}
		seen[at] = true
		if len(seen) > content.MaxPages {
			return nil, content.Refuse(content.TooMuch, "pages > %d", content.MaxPages)
		}
		d := readIFD(data, order, at)
		if d == nil {
			m.lost = append(m.lost, fmt.Sprintf("the directory of page %d lies outside the file", len(pages)+1))
			break
		}
		if tags += len(d.entries); tags > maxAllTags {
			return nil, content.Refuse(content.TooMuch, "tags > %d", maxAllTags)
		}
		at = d.next
		if d.first(0x00FE, 0)&1 != 0 && len(pages) > 0 || d.find(0x0100).count == 0 { // Reduced, or no picture.
			continue
		}
		p := page{size: image.Pt(d.first(0x0100, 0), d.first(0x0101, 0)), orient: d.first(0x0112, 1), ifd: d}
		if p.orient < 1 || p.orient > 8 {
			p.orient = 1
		}
		err := allowed(p.size)
		if err == nil && !hasPixels(d) {
			err = missing()
		}
		if err != nil {
			if len(pages) == 0 && at == 0 {
				return nil, err
			}
			p.wrong = err
			m.lost = append(m.lost, fmt.Sprintf("page %d: %s", len(pages)+1, err.Error()))
		}
		m.tiffPage(d)
		pages = append(pages, p)
	}
	if len(pages) == 0 {
		return nil, content.Refuse(content.Damaged, "a TIFF file without a page")
	}
	return pages, nil
}

// tiffPage takes what a directory says beside its picture.
func (m *meta) tiffPage(d *ifd) {
	if len(m.found) >= maxSaid {
		return
	}
	m.directory(d)
	m.xmp(d.find(700).raw)
	e := d.find(33723)
	raw := e.raw
	if e.kind == 4 && d.order.String() == "LittleEndian" && len(raw) > 0 && raw[0] != 0x1C { // Written as numbers by some.
		raw = append([]byte(nil), raw[:len(raw)&^3]...)
		for i := 0; i+3 < len(raw); i += 4 {
			raw[i], raw[i+1], raw[i+2], raw[i+3] = raw[i+3], raw[i+2], raw[i+1], raw[i]
		}
	}
	m.iptc(raw)
	m.photoshop(d.find(34377).raw)
}
