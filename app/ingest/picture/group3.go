package picture

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"golang.org/x/image/ccitt"
)

// group3 decodes CCITT group 3 of one dimension row by row: any number of zeros may stand before the end of a line, as many
// programs write them, and a row that is damaged costs that row only.
func group3(ctx context.Context, in []byte, backwards bool, width, rows int) ([]byte, error) {
	pitch := (width + 7) / 8
	out := make([]byte, 0, min(pitch*rows, 1<<20))
	broken := 0
	lines := g3Lines{in: in, backwards: backwards}
	for len(out) < pitch*rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line := lines.next()
		if line == nil {
			break
		}
		r := ccitt.NewReader(bytes.NewReader(line), ccitt.MSB, ccitt.Group3, width, 1, &ccitt.Options{Invert: true})
		from := len(out)
		out = append(out, make([]byte, pitch)...)
		if _, err := io.ReadFull(r, out[from:]); err != nil {
			broken++
		}
	}
	if broken > 0 {
		return out, fmt.Errorf("%d of %d rows are damaged", broken, rows)
	}
	return out, nil
}

// g3Lines cuts bits at the ends of lines: eleven zeros or more, and a one.
type g3Lines struct {
	in        []byte
	backwards bool
	at        int // of the next bit
	begun     bool
}

func (g *g3Lines) bit() byte {
	b := g.in[g.at>>3]
	if g.backwards {
		b = reverse(b)
	}
	b = b >> (7 - g.at&7) & 1
	g.at++
	return b
}

// next gives the bits of a line behind the end of the one before; nil for no more. Empty ones are left out.
func (g *g3Lines) next() []byte {
	for g.at < 8*len(g.in) {
		out := []byte{0x00, 0x10}
		n, zeros, ended := 12, 0, false
		for g.at < 8*len(g.in) && !ended {
			b := g.bit()
			if b == 0 {
				zeros++
			} else {
				ended = zeros >= 11
				zeros = 0
			}
			if n&7 == 0 {
				out = append(out, 0)
			}
			out[n>>3] |= b << (7 - n&7)
			n++
		}
		first := !g.begun
		g.begun = true
		if ended { // Its one is not of the line.
			out[(n-1)>>3] &^= 1 << (7 - (n-1)&7)
		}
		if empty := len(bytes.Trim(out[1:], "\x00")) == 1 && out[1] == 0x10; empty || first && ended && n < 24 {
			continue
		}
		return append(out, 0, 0)
	}
	return nil
}
