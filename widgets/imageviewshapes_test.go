package widgets

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func at2(x, y float64) PointF { return PointF{X: x, Y: y} }

func shapesHere() []ImageShape {
	return []ImageShape{
		{ID: "big", Points: []PointF{at2(100, 100), at2(900, 900)}, Label: "正文", Style: 1},
		{ID: "small", Points: []PointF{at2(200, 200), at2(400, 300)}, Label: "人物", Proposed: true, Note: "张三"},
		{ID: "poly", Points: []PointF{at2(500, 1000), at2(800, 1000), at2(800, 1300), at2(500, 1300)}, Label: "印章"},
		{ID: "other", Page: 1, Points: []PointF{at2(0, 0), at2(1000, 1600)}, Label: "全页"},
	}
}

func newShapesDesk(t *testing.T) *imageDesk {
	d := newImageDesk(t, 800, 600, 2)
	d.v.SetShapes(shapesHere())
	d.drain()
	return d
}

func TestImageShapesAreSelected(t *testing.T) {
	d := newShapesDesk(t)
	for _, tc := range []struct {
		x, y float64
		want string
	}{
		{300, 250, `select "small"`}, // the smallest under the pointer
		{700, 700, `select "big"`},
		{650, 1150, `select "poly"`},
		{950, 1500, `select ""`},
	} {
		d.pause()
		d.click(d.on(tc.x, tc.y))
		if got := d.said(); got != tc.want {
			t.Errorf("at %v,%v: %s, want %s", tc.x, tc.y, got, tc.want)
		}
	}
	d.v.MouseMoved(d.mouse(d.on(300, 250), 0))
	if want := "人物 (proposed): 张三"; d.last.Shape != want {
		t.Errorf("under the pointer is %q, want %q", d.last.Shape, want)
	}
	// By its label, which lies outside of it.
	d.drain()
	var chip *imageChip
	for i := range d.v.chips {
		if d.v.chips[i].id == "big" {
			chip = &d.v.chips[i]
		}
	}
	if chip == nil {
		t.Fatal("the label has no place")
	}
	d.pause()
	d.click(fyne.NewPos(chip.x+2, chip.y+2))
	if got := d.said(); got != `select "big"` {
		t.Errorf("on the label: %s", got)
	}
	d.pause()
	d.click(d.on(300, 250))
	d.said()
	d.click(d.on(300, 250))
	if got := d.said(); got != "open small" {
		t.Errorf("double click: %s", got)
	}
	d.v.MouseDown(d.mouse(d.on(700, 700), desktop.MouseButtonSecondary))
	d.v.MouseUp(d.mouse(d.on(700, 700), desktop.MouseButtonSecondary))
	if got := d.said(); got != `select "big"; menu "big"` {
		t.Errorf("secondary click: %s", got)
	}
}

func TestImageShapesByKeys(t *testing.T) {
	d := newShapesDesk(t)
	typeKeys(d.v, "nnnn")
	if got, want := d.said(), `select "big"; select "small"; select "poly"; select "big"`; got != want {
		t.Errorf("n: %s, want %s", got, want)
	}
	typeKeys(d.v, "N")
	if got := d.said(); got != `select "poly"` {
		t.Errorf("N: %s", got)
	}
	d.key(fyne.KeyDelete, 0)
	d.key(fyne.KeyEscape, 0)
	if got := d.said(); got != `remove poly; select ""` {
		t.Errorf("Delete, Escape: %s", got)
	}
	// Another page ends the selection.
	typeKeys(d.v, "n]")
	if got := d.said(); got != `select "big"; select ""; page 1` {
		t.Errorf("another page: %s", got)
	}
	typeKeys(d.v, "n")
	if got := d.said(); got != `select "other"` {
		t.Errorf("there: %s", got)
	}
	d.v.Reveal("small")
	if got := d.said(); d.v.Page() != 0 || got != `select ""; page 0` {
		t.Errorf("reveal: page %d, %s", d.v.Page(), got)
	}
}

// Arrows move the selected shape, and it is told once, when no other key follows.
func TestImageShapeMovedByKeys(t *testing.T) {
	d := newShapesDesk(t)
	typeKeys(d.v, "1") // one pixel of the screen is one of the page
	d.v.Select("small")
	d.said()
	d.key(fyne.KeyRight, 0)
	d.key(fyne.KeyDown, fyne.KeyModifierShift)
	d.clock.Advance(nudgeWait - 1)
	if got := d.said(); got != "" {
		t.Errorf("told while keys may follow: %s", got)
	}
	d.clock.Advance(1)
	if got, want := d.said(), "change small [{201 210} {401 310}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Leaving tells at once; what goes beyond the page stops there.
	for range 30 {
		d.key(fyne.KeyLeft, fyne.KeyModifierShift)
	}
	d.win.Canvas().Unfocus()
	if got, want := d.said(), "change small [{0 210} {200 310}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Turned, the arrow is that of the view. Zoomed out a step is a pixel of the screen.
	d.win.Canvas().Focus(d.v)
	d.v.SetShapes(shapesHere())
	typeKeys(d.v, "r")
	d.key(fyne.KeyRight, 0)
	d.v.Flush()
	if got, want := d.said(), "change small [{200 199} {400 299}]"; got != want {
		t.Errorf("turned: got %s, want %s", got, want)
	}
	typeKeys(d.v, "R0")
	n := math.Round(1 / d.v.t.Zoom)
	d.key(fyne.KeyRight, 0)
	d.v.Flush()
	if got, want := d.said(), fmt.Sprintf("change small [{%v 199} {%v 299}]", 200+n, 400+n); got != want {
		t.Errorf("zoomed out: got %s, want %s", got, want)
	}
	for d.v.t.Zoom < 16 {
		typeKeys(d.v, "+")
	}
	d.key(fyne.KeyRight, 0)
	d.v.Flush()
	if got, want := d.said(), fmt.Sprintf("change small [{%v 199} {%v 299}]", 201+n, 401+n); got != want {
		t.Errorf("zoomed in: got %s, want %s", got, want)
	}
}

func TestImageShapeMovedByTheMouse(t *testing.T) {
	d := newShapesDesk(t)
	was := d.v.t.At
	d.drag(d.on(300, 250), d.on(350, 270), desktop.MouseButtonPrimary)
	if got := d.said(); got != "" || d.v.t.At != was { // fitted: nothing to move
		t.Errorf("dragging what is not selected: %s", got)
	}
	d.v.Select("small")
	d.drag(d.on(300, 250), d.on(350, 270), desktop.MouseButtonPrimary)
	if got, want := d.said(), "change small [{250 220} {450 320}]"; got != want {
		t.Errorf("moved: %s, want %s", got, want)
	}
	d.drag(d.on(350, 270), d.on(-4000, 270), desktop.MouseButtonPrimary)
	if got, want := d.said(), "change small [{0 220} {200 320}]"; got != want {
		t.Errorf("moved beyond the page: %s, want %s", got, want)
	}
	// Escape lets go without a change.
	d.v.MouseDown(d.mouse(d.on(100, 270), desktop.MouseButtonPrimary))
	e := &fyne.DragEvent{}
	e.Position = d.on(500, 500)
	d.v.Dragged(e)
	d.key(fyne.KeyEscape, 0)
	d.v.MouseUp(d.mouse(e.Position, desktop.MouseButtonPrimary))
	d.v.DragEnd()
	if got := d.said(); got != "" || d.v.Selected() != "small" {
		t.Errorf("Escape while dragging: %s, selected %q", got, d.v.Selected())
	}
}

func TestImageShapeGrips(t *testing.T) {
	for _, tc := range []struct {
		id               string
		x, y, toX, toY   float64
		want, afterwards string
	}{
		{id: "big", x: 900, y: 900, toX: 950, toY: 1000, want: "change big [{100 100} {950 1000}]"},
		{id: "big", x: 900, y: 100, toX: 800, toY: 50, want: "change big [{100 50} {800 900}]"},
		{id: "big", x: 100, y: 500, toX: 150, toY: 700, want: "change big [{150 100} {900 900}]"}, // an edge goes one way
		{id: "big", x: 700, y: 900, toX: 720, toY: 950, want: "change big [{100 100} {900 950}]"}, // anywhere on it
		{id: "big", x: 100, y: 100, toX: 950, toY: 990, want: "change big [{900 900} {950 990}]"}, // beyond the other corner
		{id: "big", x: 900, y: 900, toX: 9000, toY: 900, want: "change big [{100 100} {1000 900}]"},
		{id: "poly", x: 800, y: 1000, toX: 850, toY: 950, want: "change poly [{500 1000} {850 950} {800 1300} {500 1300}]"},
		{id: "poly", x: 650, y: 1000, toX: 660, toY: 900, want: "change poly [{500 1000} {660 900} {800 1000} {800 1300} {500 1300}]",
			afterwards: "change poly [{500 1000} {800 1000} {800 1300} {500 1300}]"}, // Delete takes the new corner out
	} {
		d := newShapesDesk(t)
		d.v.Select(tc.id)
		d.drag(d.on(tc.x, tc.y), d.on(tc.toX, tc.toY), desktop.MouseButtonPrimary)
		if got := d.said(); got != tc.want {
			t.Errorf("%s at %v,%v: %s, want %s", tc.id, tc.x, tc.y, got, tc.want)
		}
		if tc.afterwards != "" {
			d.key(fyne.KeyDelete, 0)
			if got := d.said(); got != tc.afterwards {
				t.Errorf("Delete on a corner: %s, want %s", got, tc.afterwards)
			}
			d.key(fyne.KeyDelete, 0)
			if got := d.said(); got != "remove poly" {
				t.Errorf("Delete without one: %s", got)
			}
		}
	}
}

// What is drawn depends on the page alone, however it is zoomed, turned and moved.
func TestImageShapesKeepToThePage(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	r := rand.New(rand.NewPCG(9, 10))
	d.v.SetTool(ImageRectangle)
	for range 300 {
		d.v.t.Turn, d.v.fit = r.IntN(4), fitFree
		mid := at2(r.Float64()*1000, r.Float64()*1600)
		d.v.t.At = mid
		d.v.setTransform(d.v.t.ZoomAt(d.v.middle(), math.Exp(r.Float64()*4-2)))
		a := d.v.within(d.v.t.ToPage(at2(r.Float64()*800, r.Float64()*600)))
		b := d.v.within(d.v.t.ToPage(at2(r.Float64()*800, r.Float64()*600)))
		a, b = at2(math.Round(a.X), math.Round(a.Y)), at2(math.Round(b.X), math.Round(b.Y))
		from, to := d.on(a.X, a.Y), d.on(b.X, b.Y)
		if abs(from.X-to.X) < 4 && abs(from.Y-to.Y) < 4 {
			continue
		}
		lo, hi := boundsOf([]PointF{a, b})
		want := fmt.Sprintf("add 0 %v", []PointF{lo, hi})
		if lo.X == hi.X || lo.Y == hi.Y {
			want = ""
		}
		d.v.chosen = ""
		d.drag(from, to, desktop.MouseButtonPrimary)
		if got := d.said(); got != want {
			t.Fatalf("turn %d zoom %v: got %s, want %s", d.v.t.Turn, d.v.t.Zoom, got, want)
		}
	}
}

func TestImageShapesOfTheCallerStay(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	mine := shapesHere()
	d.v.SetShapes(mine)
	d.v.Select("small")
	d.key(fyne.KeyDown, 0)
	d.v.Flush()
	if d.said() == "" || !slices.Equal(mine[1].Points, shapesHere()[1].Points) {
		t.Errorf("the caller's shape became %v", mine[1].Points)
	}
	// What the program takes away while it is moved is not told.
	d.key(fyne.KeyDown, 0)
	d.v.SetShapes(mine[:1])
	d.v.Flush()
	if got := d.said(); got != "" || d.v.Selected() != "" {
		t.Errorf("told %s, selected %q", got, d.v.Selected())
	}
}

func TestImageLabelsAreNotCutWhereThereIsRoom(t *testing.T) {
	d := newImageDesk(t, 800, 600, 1)
	long := "自治区司法厅党委书记、厅长李振国同志出席会议并讲话的一段很长的标签"
	d.v.SetShapes([]ImageShape{
		{ID: "a", Points: []PointF{at2(10, 10), at2(200, 60)}, Label: long, Proposed: true},
		{ID: "b", Points: []PointF{at2(900, 1500), at2(1000, 1600)}, Label: long},
	})
	d.drain()
	for _, c := range d.v.chips {
		if c.x < 0 || c.y < 0 || c.x+c.w > 800 || c.y+c.h > 600 || c.w > chipMost {
			t.Errorf("the label of %s lies at %v,%v, %v wide", c.id, c.x, c.y, c.w)
		}
	}
	d.v.Select("b")
	d.drain()
	for _, c := range d.v.chips {
		if c.id == "b" && (c.w <= chipMost || c.x+c.w > 800) {
			t.Errorf("selected it lies at %v, %v wide", c.x, c.w)
		}
	}
	if len(d.v.chips) != 2 {
		t.Errorf("%d labels", len(d.v.chips))
	}
}
