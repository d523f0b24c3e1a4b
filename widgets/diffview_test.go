package widgets

import (
	"math/rand"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// The rows of a side cover its text once, in order, and none is wider than there
// is room.
func TestDiffRowsCoverTheText(t *testing.T) {
	test.NewTempApp(t)
	face := newAdvances(13)
	rng := rand.New(rand.NewSource(1))
	letters := []rune("司法厅召开会议，。 abc\n\n（一）e\u0301")
	for range 300 {
		var text []rune
		for range rng.Intn(120) {
			text = append(text, letters[rng.Intn(len(letters))])
		}
		at := 0
		for _, row := range face.rows(text, 90) {
			for at < row.from {
				if text[at] != '\n' {
					t.Fatalf("%q is in no row of %q", text[at], string(text))
				}
				at++
			}
			if row.from != at || row.to < row.from {
				t.Fatalf("row %v of %q begins elsewhere than %d", row, string(text), at)
			}
			if w := face.width(string(text[row.from:row.to])); w > 90+face.rune('国') {
				t.Fatalf("row %q is %v wide", string(text[row.from:row.to]), w)
			}
			at = row.to
		}
		for ; at < len(text); at++ {
			if text[at] != '\n' {
				t.Fatalf("%q is in no row of %q", text[at], string(text))
			}
		}
	}
}

// What is changed stands on a band of exactly its words, struck or underlined.
func TestDiffViewMarksWhatChanged(t *testing.T) {
	test.NewTempApp(t)
	d := NewDiffView()
	w := test.NewTempWindow(t, d)
	w.Resize(fyne.NewSize(400, 300))
	d.SetSides(DiffSide{Caption: "In force", Text: "司法厅召开会议", Changed: []Span{{Start: 3, End: 5}}, Gone: true},
		DiffSide{Caption: "Proposed", Text: "司法厅举行会议", Changed: []Span{{Start: 3, End: 5}}},
		DiffSide{Caption: "Nothing", None: "not there"})
	var words []string
	bands := 0
	for _, o := range d.objects {
		switch o := o.(type) {
		case *canvas.Text:
			words = append(words, o.Text)
		case *canvas.Rectangle:
			if o.StrokeWidth == 0 {
				bands++
			}
		}
	}
	want := []string{"In force", "司法厅", "召开", "会议", "Proposed", "司法厅", "举行", "会议", "Nothing", "not there"}
	if len(words) != len(want) {
		t.Fatalf("it says %q, want %q", words, want)
	}
	for i := range want {
		if words[i] != want[i] {
			t.Errorf("it says %q, want %q", words, want)
			break
		}
	}
	if bands != 4 { // a ground and a line for each
		t.Errorf("%d bands and lines, want 4", bands)
	}
	if d.MinSize().Height < 6*lineHeight(12) {
		t.Errorf("it is %v high", d.MinSize().Height)
	}
}
