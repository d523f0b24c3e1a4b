package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/gif"
	"image/png"

	"golang.org/x/image/bmp"
	"golang.org/x/image/webp"

	"fonds/app/ingest/content"
)

// unpack decodes a page of a kind that can only be unpacked whole.
func unpack(ctx context.Context, kind string, data []byte, p page, o Options) (_ pieces, err error) {
	per := 4
	switch kind {
	case GIF:
		per = 2 // Pixels of the screen and of its first picture.
	case PNG:
		per = pngBytes(data)
	case JP2:
		per = 8
	case WebP:
		per = 6 // Samples, and those of transparency, before they are put together.
	}
	if kind == PNG && affordable(p, per) != nil {
		return openPNG(ctx, data, p)
	}
	if err := affordable(p, per); err != nil {
		return nil, err
	}
	defer recovered(&err)
	var m image.Image
	r := bytes.NewReader(data)
	wrong := ""
	switch kind {
	case PNG:
		m, err = png.Decode(r)
	case WebP:
		m, err = webp.Decode(r)
	case BMP:
		m, err = bmp.Decode(r)
	case GIF:
		m, err = firstOfGIF(r)
	case JP2:
		if o.JP2 == nil {
			return nil, content.Refuse(content.Needs, "a decoder of JPEG 2000")
		}
		m, err = o.JP2(ctx, data)
	}
	if err != nil {
		if kind == PNG { // What is there of a damaged file, row by row.
			if rows, err2 := openPNG(ctx, data, p); err2 == nil {
				return rows, nil
			}
		}
		return nil, err
	}
	if b := m.Bounds(); b.Empty() || b.Dx() != p.size.X || b.Dy() != p.size.Y {
		return nil, fmt.Errorf("its pixels are %v, its head says %v", b, p.size)
	}
	return &levels{full: &whole{image: m, cost: int64(p.size.X * p.size.Y * per), wrong: wrong}}, nil
}

// firstOfGIF is the first picture of a GIF file on its screen.
func firstOfGIF(r *bytes.Reader) (image.Image, error) {
	conf, err := gif.DecodeConfig(r)
	if err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, 0); err != nil {
		return nil, err
	}
	m, err := gif.Decode(r)
	if err != nil {
		return nil, err
	}
	screen := image.Rect(0, 0, conf.Width, conf.Height)
	if p, ok := m.(*image.Paletted); ok && p.Rect != screen {
		q := image.NewPaletted(screen, p.Palette)
		for y := p.Rect.Min.Y; y < min(p.Rect.Max.Y, screen.Max.Y); y++ {
			for x := p.Rect.Min.X; x < min(p.Rect.Max.X, screen.Max.X); x++ {
				q.SetColorIndex(x, y, p.ColorIndexAt(x, y))
			}
		}
		return q, nil
	}
	return m, nil
}

// recovered makes an error of a panic in a library: a hostile file must not end the program.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("its decoder failed: %v", r)
	}
}

// pngBytes is how many bytes image/png keeps of a pixel.
func pngBytes(data []byte) int {
	if len(data) < 33 || binary.BigEndian.Uint32(data[8:]) < 13 {
		return 8
	}
	depth, kind := data[24], data[25]
	per := map[byte]int{0: 1, 2: 4, 3: 1, 4: 4, 6: 4}[kind]
	if per == 1 && bytes.Contains(data[:min(len(data), 1<<16)], []byte("tRNS")) && kind == 0 {
		per = 4
	}
	if depth == 16 {
		per = max(2*per, 2)
	}
	if data[28] != 0 { // Interlaced: parts of it beside the whole.
		per *= 2
	}
	return max(per, 1)
}
