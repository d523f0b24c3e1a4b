package textpaint

import (
	"image"
	"image/color"
	"image/png"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/assets"
	"fonds/widgets/textlayout"
)

var (
	white = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	black = color.NRGBA{0, 0, 0, 0xFF}
	blue  = color.NRGBA{0x1B, 0x5E, 0xA8, 0xFF}
)

func regular(t testing.TB) *Face {
	t.Helper()
	f, err := ParseFace(assets.Regular(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func sheet(f *Fonts, w, h int, scale float32) *Sheet {
	s := &Sheet{Img: image.NewRGBA(image.Rect(0, 0, w, h)), Fonts: f, Scale: scale}
	s.fill(0, 0, w, h, white)
	return s
}

// keep writes the picture where a person can look at it, when asked to.
func keep(t *testing.T, s *Sheet, name string) {
	dir := os.Getenv("FONDS_PICTURES")
	if dir == "" {
		return
	}
	w, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := png.Encode(w, s.Img); err != nil {
		t.Fatal(err)
	}
}

// inkBox is the smallest rectangle that holds all that is not white.
func inkBox(img *image.RGBA) image.Rectangle {
	var r image.Rectangle
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
			if c := img.RGBAAt(x, y); c.R < 0xF0 || c.G < 0xF0 || c.B < 0xF0 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func TestGlyphStandsWhereItIsPut(t *testing.T) {
	f := NewFonts(regular(t))
	for _, scale := range []float32{1, 1.25, 2} {
		s := sheet(f, 200, 100, scale)
		end := s.Text(20, 30, 16, "国H", black)
		box := inkBox(s.Img)
		lo, hi := int(20*scale), int(end*scale)+1
		if box.Min.X < lo-1 || box.Max.X > hi+1 {
			t.Errorf("scale %v: ink from %d to %d, want within %d to %d", scale, box.Min.X, box.Max.X, lo, hi)
		}
		if box.Min.Y < int(14*scale) || box.Max.Y > int(34*scale) || box.Dy() < int(12*scale) {
			t.Errorf("scale %v: ink stands at %v", scale, box)
		}
		if got, want := s.Measure(16, "国H"), end-20; got != want {
			t.Errorf("scale %v: measures %v, paints %v", scale, got, want)
		}
	}
}

func TestAdvances(t *testing.T) {
	f := NewFonts(regular(t))
	for r, want := range map[rune]float32{'国': 1, '。': 1, 0xE000: boxAdvance, 1: boxAdvance, 0x10FFFF: boxAdvance} {
		if got := f.Advance(r); got != want {
			t.Errorf("advance of %U: got %v, want %v", r, got, want)
		}
	}
	if a := f.Advance('i'); a <= 0 || a > 0.5 {
		t.Errorf("advance of i: got %v", a)
	}
	for r, want := range map[rune]bool{'国': false, 0xE000: true, 7: true, 0x85: true, -1: false, 'a': false, 0x10FFFE: true} {
		if got := f.Boxed(r); got != want && r >= 0 {
			t.Errorf("Boxed(%U): got %v, want %v", r, got, want)
		}
	}
}

func TestChainTakesTheFirstThatHas(t *testing.T) {
	face := regular(t)
	bold, err := ParseFace(assets.Bold(), 0)
	if err != nil {
		t.Fatal(err)
	}
	f := NewFonts(bold, nil, face)
	// The bold face has GB 2312 only: 繁 and 骨 are in it, 㐀 is in the other.
	if i, _, _ := f.find('骨'); i != 0 {
		t.Errorf("骨 comes from face %d, want 0", i)
	}
	if i, x, _ := f.find('㐀'); i != 1 || x == 0 {
		t.Errorf("㐀 comes from face %d glyph %d, want face 1", i, x)
	}
}

func TestBoxesShowTheirCode(t *testing.T) {
	f := NewFonts(regular(t))
	a, b := sheet(f, 24, 24, 1), sheet(f, 24, 24, 1)
	a.Text(2, 18, 16, "\ue000", black)
	b.Text(2, 18, 16, "\ue001", black)
	if inkBox(a.Img).Dx() < 12 {
		t.Errorf("no box: ink at %v", inkBox(a.Img))
	}
	same := true
	for i := range a.Img.Pix {
		same = same && a.Img.Pix[i] == b.Img.Pix[i]
	}
	if same {
		t.Error("two private characters look the same")
	}
	// Without any face all is boxes and nothing fails.
	sheet(NewFonts(), 40, 40, 1).Text(0, 20, 16, "国a\u0301", black)
}

func TestUnreadableFontsSayWhatToDo(t *testing.T) {
	for _, tc := range []struct {
		data  []byte
		index int
	}{{nil, 0}, {[]byte("not a font"), 0}, {assets.Regular(), 3}, {assets.Regular()[:5000], 0}} {
		if _, err := ParseFace(tc.data, tc.index); err == nil || !strings.Contains(err.Error(), "choose") {
			t.Errorf("%d bytes, face %d: got %v", len(tc.data), tc.index, err)
		}
	}
}

func TestFit(t *testing.T) {
	s := sheet(NewFonts(regular(t)), 10, 10, 1)
	if got := s.Fit(12, "组织机构", 100); got != "组织机构" {
		t.Errorf("fits: got %q", got)
	}
	if got := s.Fit(12, "组织机构", 40); got != "组织…" {
		t.Errorf("does not fit: got %q", got)
	}
	if got := s.Fit(12, "组织机构", 3); got != "…" {
		t.Errorf("no room: got %q", got)
	}
}

const mixed = "司法厅召开基层服务型党组织现场观摩学习推进会\n22.11.2015 13:35，本文来源：Department of Justice（www.nxsft.gov.cn），“观摩”推进会……共５个 cafe\u0301 \ue123\x01\U000323AF\U000200CC 👍 سلام ไทยกำ한국어\tTab之后。\n"

func sample(f *Fonts, text string, w, h float32) *Page {
	l := textlayout.Wrap(textlayout.NewText(text), textlayout.Params{Width: w, Advance: f.AdvanceAt(16)})
	return &Page{Layout: l, Size: 16, Row: 26, X: 20, Y: 10, W: w, H: h, Ink: black}
}

// Each glyph alone leaves its ink inside the room that the layout gave it.
func TestPaintAgreesWithTheLayout(t *testing.T) {
	f := NewFonts(regular(t))
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		text := "国国国Hxnn国门国\n国"
		p := sample(f, text, 160, 100)
		clear := p.Ink
		clear.A = 0
		for i, r := range []rune(text) {
			if r == '\n' {
				continue
			}
			s := sheet(f, 400, 200, scale)
			p.Ink = clear
			p.Marks = []Decoration{{Span: textlayout.Span{Start: i, End: i + 1}, Kind: Ink, Color: black}}
			var want image.Rectangle
			for _, row := range s.Paint(p) {
				for _, g := range row.Glyphs {
					if g.Start == i {
						want = image.Rect(int((p.X+g.X)*scale)-1, int(row.Y*scale)-1, int((p.X+g.X+g.W)*scale)+2, int((row.Y+p.Row)*scale)+1)
					}
				}
			}
			if got := inkBox(s.Img); got.Empty() || !got.In(want) {
				t.Errorf("scale %v: %c has its ink at %v, want within %v", scale, r, got, want)
			}
		}
	}
}

func TestPaintAll(t *testing.T) {
	f := NewFonts(regular(t))
	for _, scale := range []float32{1, 2} {
		s := sheet(f, int(440*scale), int(260*scale), scale)
		p := sample(f, mixed, 400, 240)
		sp := func(a, b int) textlayout.Span { return textlayout.Span{Start: a, End: b} }
		tint := blue
		tint.A = 0x30
		p.Marks = []Decoration{
			{Span: sp(0, 3), Kind: Band, Color: tint}, {Span: sp(0, 3), Kind: Underline, Color: blue},
			{Span: sp(1, 8), Kind: Underline, Style: Dashed, Lane: 1, Color: blue},
			{Span: sp(10, 14), Kind: Frame, Style: Dotted, Color: blue}, {Span: sp(16, 16), Kind: Sign, Color: blue},
			{Span: sp(20, 30), Kind: Select, Color: tint}, {Span: sp(45, 60), Kind: Underline, Style: Double, Color: blue},
			{Span: sp(62, 70), Kind: FineLine, Color: blue}, {Span: sp(72, 90), Kind: Ink, Color: blue},
			{Span: sp(80, 84), Kind: Underline, Style: Dotted, Color: blue},
		}
		s.Paint(p)
		if box := inkBox(s.Img); box.Dx() < int(380*scale) || box.Dy() < int(90*scale) {
			t.Errorf("ink at %v", box)
		}
		keep(t, s, "page-"+string('0'+rune(scale)))
	}
}

// Whatever the text and the spans, painting does not fail and stays inside.
func FuzzPaint(f *testing.F) {
	face, err := ParseFace(assets.Regular(), 0)
	if err != nil {
		f.Fatal(err)
	}
	fonts := NewFonts(face)
	f.Add(mixed, 3, 9)
	f.Add("\xff\xfe\t\r\n\u0301", -1, 100)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		if len(text) > 500 {
			t.Skip("long inputs only take long")
		}
		s := sheet(fonts, 200, 120, 1)
		p := sample(fonts, text, 130, 100)
		for k := Band; k <= Sign; k++ {
			p.Marks = append(p.Marks, Decoration{Span: textlayout.Span{Start: a, End: b}, Kind: k, Color: blue, Style: int(k) % 4})
		}
		for _, r := range s.Paint(p) {
			if r.Row >= len(p.Layout.Rows) {
				t.Fatalf("row %d of %d", r.Row, len(p.Layout.Rows))
			}
		}
	})
}

func BenchmarkPage(b *testing.B) {
	f := NewFonts(regular(b))
	p := sample(f, strings.Repeat("为认真贯彻落实自治区建党94周年表彰会议和区直机关关于推进服务型党组织建设工作的部署要求", 40), 640, 38*26)
	s := sheet(f, 1000, 1000, 1)
	s.Paint(p)
	for b.Loop() {
		s.fill(0, 0, 1000, 1000, white)
		s.Paint(p)
	}
}

func BenchmarkNewGlyphs(b *testing.B) {
	face := regular(b)
	var text strings.Builder
	for r := rune(0x4E00); r < 0x4E00+1000; r++ {
		text.WriteRune(r)
	}
	for b.Loop() {
		f := NewFonts(face)
		sheet(f, 1000, 1000, 1).Paint(sample(f, text.String(), 640, 1000))
	}
}

// A mark is drawn where its words are: its underline begins where the first of
// its clusters stands in a row and ends with the last, in every row it is in.
func TestMarksAreDrawnWhereTheirWordsAre(t *testing.T) {
	f := NewFonts(regular(t))
	rnd := rand.New(rand.NewSource(6))
	red := color.NRGBA{0xFF, 0, 0, 0xFF}
	for range 300 {
		p := sample(f, mixed+mixed, 300, 280)
		p.Ink.A = 0
		n := p.Layout.Text.Len()
		a := rnd.Intn(n)
		sp := textlayout.Span{Start: a, End: min(a+1+rnd.Intn(60), n)}
		p.Marks = []Decoration{{Span: sp, Kind: Underline, Color: red}}
		s := sheet(f, 420, 300, 1)
		for _, row := range s.Paint(p) {
			x0, x1, any := float32(0), float32(0), false
			for _, g := range row.Glyphs {
				if g.Start < sp.End && g.End > sp.Start && g.W > 0 {
					if !any {
						x0, any = g.X, true
					}
					x1 = g.X + g.W
				}
			}
			y := s.dev(row.Y + p.foot() + p.top()*0.4)
			from, to := -1, -1
			for x := range 420 {
				if c := s.Img.RGBAAt(x, y); y < 300 && c.G == 0 && c.R == 0xFF {
					if from < 0 {
						from = x
					}
					to = x + 1
				}
			}
			wantFrom, wantTo := s.dev(p.X+min(x0, p.W)), s.dev(p.X+min(x1, p.W+p.Size/2))
			if !any || wantTo <= wantFrom || y >= 300 {
				continue
			}
			if from != wantFrom || to != wantTo {
				t.Fatalf("%v in row %d: drawn from %d to %d, its words stand from %d to %d", sp, row.Row, from, to, wantFrom, wantTo)
			}
		}
	}
}

// On the black ground of a selection lines are drawn in the other colour, and
// beside it in their own.
func TestLinesShowOnASelection(t *testing.T) {
	f := NewFonts(regular(t))
	p := sample(f, "国国国国国国国国", 200, 60)
	p.Over = white
	p.Marks = []Decoration{
		{Span: textlayout.Span{Start: 0, End: 6}, Kind: Underline, Color: black},
		{Span: textlayout.Span{Start: 2, End: 4}, Kind: Select, Color: black},
		{Span: textlayout.Span{Start: 2, End: 4}, Kind: Ink, Color: white},
	}
	s := sheet(f, 240, 80, 1)
	row := s.Paint(p)[0]
	y := s.dev(row.Y+p.foot()+p.top()*0.4) + 1
	for i, want := range []color.NRGBA{black, black, white, white, black, black, white} {
		x := int(p.X) + 16*i + 8
		if c := s.Img.RGBAAt(x, y); c.R != want.R {
			t.Errorf("under the character %d: %v, want %v", i, c, want)
		}
	}
}

// Four underlines on one row stay apart and out of the next row's words.
func TestFourUnderlinesFindRoom(t *testing.T) {
	f := NewFonts(regular(t))
	for _, size := range []float32{12, 16, 24, 40} {
		for _, ratio := range []float32{1.5, 1.65} {
			l := textlayout.Wrap(textlayout.NewText("国国国国国国"), textlayout.Params{Width: size * 3, Advance: f.AdvanceAt(size)})
			p := &Page{Layout: l, Size: size, Row: float32(int(size*ratio + 0.5)), X: 4, Y: 4, W: size * 3, H: 400, Ink: color.NRGBA{}}
			for lane := range textlayout.MaxLanes {
				p.Marks = append(p.Marks, Decoration{Span: textlayout.Span{Start: 0, End: 3}, Kind: Underline, Lane: lane, Color: black})
			}
			s := sheet(f, 300, 200, 1)
			rows := s.Paint(p)
			lines, was := 0, false
			for y := range 200 {
				is := s.Img.RGBAAt(int(4+size), y).R == 0
				if is && !was {
					lines++
				}
				if is && float32(y) >= rows[1].Y+p.Baseline()-0.8*size {
					t.Errorf("size %v: a line stands at %d, in the words of the next row", size, y)
				}
				was = is
			}
			if lines != textlayout.MaxLanes {
				t.Errorf("size %v, ratio %v: %d lines, want %d", size, ratio, lines, textlayout.MaxLanes)
			}
		}
	}
}

// The layout of 10 MB with the advances of a real font, as the view makes it.
func BenchmarkWrap10MB(b *testing.B) {
	f := NewFonts(regular(b))
	t := textlayout.NewText(strings.Repeat("第一条　为了规范学位授予工作，保护“学位申请人”的合法权益（2024年），保障学位质量，培养担当民族复兴大任的时代新人。\n", 10<<20/160))
	b.SetBytes(int64(len(t.String())))
	for b.Loop() {
		textlayout.Wrap(t, textlayout.Params{Width: 480, Advance: f.AdvanceAt(16), Narrow: f.NarrowAt(16)})
	}
}
