package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// Text that is written down the page has its columns from the right to the left. PDFium finds the columns and has them in
// the order of the file, or from the left, so that they are put into order here, by where their characters stand.

// leastHan is how many characters that can be written down the page a page must have to be looked at for that.
const leastHan = 6

// A glyph is a character that is seen, and where the middle of it stands: x to the right, y up, in points.
type glyph struct {
	r     rune
	x, y  float64
	size  float64 // the longer side of what is seen of it
	line  int     // of PDFium's lines
	blank bool    // a blank stands before it
}

// A run is a column, or a line that is not one, as a text and where it begins and ends.
type run struct {
	glyphs      []glyph
	column      bool
	top, bottom float64
	x           float64
}

// downwards is the text of a page that is written down it, in order; false if it is not. raw is PDFium's.
func (d *Doc) downwards(p pdfium.Pdfium, page int, raw string) (string, bool, error) {
	open, err := d.page(p, page)
	if err != nil {
		return "", false, err
	}
	got, err := p.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: open, Mode: requests.GetPageTextStructuredModeChars,
	})
	if err != nil {
		return "", false, err
	}
	glyphs := glyphsOf(got.Chars, beyondBMP(raw))
	em := emOf(glyphs)
	if !isDown(glyphs, em) {
		return "", false, nil
	}
	var b strings.Builder
	for i, r := range inOrder(runsOf(glyphs, em), em) {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, g := range r.glyphs {
			if g.blank && j > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(g.r)
		}
	}
	return b.String(), true, nil
}

// isHan says whether a character may be written down the page.
func isHan(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

// looks is at how many pairs of characters a page is looked at, to see whether it may be written down: to look at all
// takes as long as to read it.
const looks = 48

// seemsDown says whether of some Han characters of a page one in five stands under the one before it.
func seemsDown(p pdfium.Pdfium, text references.FPDF_TEXTPAGE, raw string) (bool, error) {
	units := utf16.Encode([]rune(raw)) // PDFium counts them like this
	var pairs []int
	for i := 1; i < len(units); i++ {
		if isHan(rune(units[i])) && isHan(rune(units[i-1])) {
			pairs = append(pairs, i-1)
		}
	}
	if len(pairs) < leastHan-2 {
		return false, nil
	}
	down, all := 0, 0
	for k := range min(looks, len(pairs)) {
		i := pairs[k*len(pairs)/min(looks, len(pairs))]
		a, err := p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
		if err != nil {
			return false, ifBroken(err)
		}
		b, err := p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i + 1})
		if err != nil {
			return false, ifBroken(err)
		}
		all++
		if math.Abs(a.X-b.X) < math.Abs(a.Y-b.Y) {
			down++
		}
	}
	return 5*down > all, nil
}

// ifBroken is an error of the machine; one of the document is none here.
func ifBroken(err error) error {
	if err != nil && broke(err) {
		return err
	}
	return nil
}

// beyondBMP are the characters of a text that PDFium has as two, of which go-pdfium's characters are U+FFFD each.
func beyondBMP(text string) []rune {
	var out []rune
	for _, r := range text {
		if r > 0xFFFF {
			out = append(out, r)
		}
	}
	return out
}

// glyphsOf are the characters that are seen, turned upright by the angle that most of them have.
func glyphsOf(chars []*responses.GetPageTextStructuredChar, beyond []rune) []glyph {
	sin, cos := math.Sincos(angleOf(chars))
	var out []glyph
	line, blank, half := 0, false, false
	for _, c := range chars {
		r := []rune(c.Text + "\x00")[0]
		switch {
		case r == '\n' || r == '\r':
			line, blank = line+1, false
			continue
		case unicode.IsSpace(r):
			blank = true
			continue
		case r == '\uFFFD' && half:
			half = false
			continue
		case r == '\uFFFD' && len(beyond) > 0:
			r, beyond, half = beyond[0], beyond[1:], true
		case r == hyphen || unicode.IsControl(r):
			continue
		}
		at := c.PointPosition
		x, y := (at.Left+at.Right)/2, (at.Top+at.Bottom)/2
		out = append(out, glyph{
			r: r, x: x*cos + y*sin, y: y*cos - x*sin, line: line, blank: blank,
			size: max(math.Abs(at.Right-at.Left), math.Abs(at.Top-at.Bottom)),
		})
		blank = false
	}
	return out
}

// angleOf is the angle that most characters have, to a quarter of a turn.
func angleOf(chars []*responses.GetPageTextStructuredChar) float64 {
	var turns [4]int
	for _, c := range chars {
		turns[int(math.Round(c.Angle/(math.Pi/2)))&3]++
	}
	best := 0
	for i, n := range turns {
		if n > turns[best] {
			best = i
		}
	}
	return float64(best) * math.Pi / 2
}

// emOf is how large the characters are: four of five Han characters are no larger.
func emOf(glyphs []glyph) float64 {
	var sizes []float64
	for _, g := range glyphs {
		if isHan(g.r) {
			sizes = append(sizes, g.size)
		}
	}
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	return sizes[len(sizes)*4/5]
}

// below says whether b is the next character of a column after a.
func below(a, b glyph, em float64) bool {
	return math.Abs(a.x-b.x) < 0.6*em && a.y-b.y > 0.3*em && a.y-b.y < 3*em
}

// isDown says whether more characters stand one under the other than one beside the other.
func isDown(glyphs []glyph, em float64) bool {
	down, along := 0, 0
	for i := 1; i < len(glyphs); i++ {
		a, b := glyphs[i-1], glyphs[i]
		switch {
		case !isHan(a.r) || !isHan(b.r):
		case below(a, b, em) && a.line == b.line:
			down += 2
		case below(a, b, em):
			down++
		case math.Abs(a.y-b.y) < 0.5*em && b.x > a.x && b.x-a.x < 3*em:
			along += 2
		}
	}
	return em > 0 && down >= 2*(leastHan-2) && down > 2*along
}

// runsOf are the columns and lines of a page, in PDFium's order.
func runsOf(glyphs []glyph, em float64) []run {
	var out []run
	for _, g := range glyphs {
		if n := len(out) - 1; n >= 0 && joins(&out[n], g, em) {
			r := &out[n]
			r.column = r.column || below(r.glyphs[len(r.glyphs)-1], g, em)
			r.glyphs = append(r.glyphs, g)
			r.top, r.bottom = max(r.top, g.y+em/2), min(r.bottom, g.y-em/2)
			continue
		}
		out = append(out, run{glyphs: []glyph{g}, top: g.y + em/2, bottom: g.y - em/2, x: g.x})
	}
	for i := range out {
		if r := &out[i]; len(r.glyphs) == 1 && isHan(r.glyphs[0].r) {
			r.column = true // a column of one character: no line is
		}
	}
	return out
}

// joins says whether a character goes on with a run: below its last one, or beside it, which is a line, or figures in a
// column.
func joins(r *run, g glyph, em float64) bool {
	last := r.glyphs[len(r.glyphs)-1]
	if below(last, g, em) {
		return r.column || len(r.glyphs) == 1
	}
	beside := math.Abs(last.y-g.y) < 0.4*em
	if r.column {
		return beside && math.Abs(g.x-r.x) < 0.8*em && !isHan(g.r)
	}
	return beside && last.line == g.line
}

// inOrder puts the runs of a page into the order in which they are read: what stands above all columns, the columns from
// the right to the left, tier by tier, and what stands below or between them.
func inOrder(runs []run, em float64) []run {
	var columns, above, rest []run
	for _, r := range runs {
		if r.column {
			columns = append(columns, r)
		}
	}
	columns = whole(columns, em)
	top := math.Inf(-1)
	for _, c := range columns {
		top = max(top, c.top)
	}
	for _, r := range runs {
		switch {
		case r.column:
		case r.bottom >= top-em/2:
			above = append(above, r)
		default:
			rest = append(rest, r)
		}
	}
	return slices.Concat(above, tiers(columns, em), rest)
}

// whole joins the pieces of columns, which stand one under the other without more than two characters between them.
func whole(columns []run, em float64) []run {
	slices.SortStableFunc(columns, func(a, b run) int { return cmp.Compare(b.top, a.top) })
	var out []run
	for _, c := range columns {
		i := slices.IndexFunc(out, func(o run) bool {
			gap := o.bottom - c.top
			return math.Abs(o.x-c.x) < 0.5*em && gap > -0.7*em && gap < 2*em
		})
		if i < 0 {
			out = append(out, c)
			continue
		}
		c.glyphs[0].blank = out[i].bottom-c.top > em/2
		out[i].glyphs = append(slices.Clone(out[i].glyphs), c.glyphs...)
		out[i].bottom = c.bottom
	}
	return out
}

// tiers orders columns: a band across the page that no column reaches into parts those above it from those below.
func tiers(columns []run, em float64) []run {
	slices.SortStableFunc(columns, func(a, b run) int { return cmp.Compare(b.top, a.top) })
	var out []run
	for from := 0; from < len(columns); {
		to, bottom := from+1, columns[from].bottom
		for to < len(columns) && columns[to].top > bottom-em/2 {
			bottom = min(bottom, columns[to].bottom)
			to++
		}
		tier := columns[from:to]
		slices.SortStableFunc(tier, func(a, b run) int { return byColumn(a, b, em) })
		out = append(out, tier...)
		from = to
	}
	return out
}

// byColumn orders two columns of a tier: the right one is first; what stands in one column, from its top.
func byColumn(a, b run, em float64) int {
	if ca, cb := math.Round(a.x/(em/2)), math.Round(b.x/(em/2)); ca != cb {
		return cmp.Compare(cb, ca)
	}
	return cmp.Compare(b.top, a.top)
}
