package widgets

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// naiveList is the same list with a truth for each row.
type naiveList struct {
	n, page                  int
	selected, cursor, anchor int
	picked                   map[int]bool
}

func (m *naiveList) goTo(i int, control, shift bool) {
	i = min(max(i, 0), m.n-1)
	switch {
	case !control && !shift:
		m.selected, m.cursor, m.anchor, m.picked = i, i, i, map[int]bool{}
	case shift:
		if m.anchor < 0 {
			m.anchor = max(m.selected, 0)
		}
		if !control {
			m.picked = map[int]bool{}
		}
		for k := min(i, m.anchor); k <= max(i, m.anchor); k++ {
			m.picked[k] = true
		}
		m.cursor = i
	default:
		m.cursor = i
	}
}

func (m *naiveList) toggle(i int) {
	if i < 0 {
		return
	}
	if len(m.picked) == 0 && m.selected >= 0 && m.selected != i {
		m.picked[m.selected] = true
	}
	if m.picked[i] {
		delete(m.picked, i)
	} else {
		m.picked[i] = true
	}
	m.cursor, m.anchor = i, i
}

// Picking by any keys and clicks against a truth for each row.
func TestListPickingAgainstATruthForEachRow(t *testing.T) {
	for round := range 60 {
		rng := rand.New(rand.NewSource(int64(round)))
		n := []int{1, 3, 40, 1_000_000}[rng.Intn(4)]
		l, _ := newTestList(t, n)
		l.Multi = true
		var held fyne.KeyModifier
		l.guard.c = &composition{modifiers: func() fyne.KeyModifier { return held }}
		var told RowSet
		l.OnPick = func(rows RowSet) { told = rows }
		shown := -1
		l.OnSelect = func(i int) { shown = i }
		l.OnRune = func(rune) {}
		m := &naiveList{n: n, page: l.page(), selected: -1, cursor: -1, anchor: -1, picked: map[int]bool{}}
		log := ""
		for range 80 {
			control, shift := rng.Intn(3) == 0, rng.Intn(3) == 0
			key := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd}[rng.Intn(7)]
			if n > 1000 && shift && (key == fyne.KeyHome || key == fyne.KeyEnd) {
				key = fyne.KeyPageDown // a truth for each of a million is slow
			}
			switch what := rng.Intn(12); {
			case what < 6:
				log += fmt.Sprint(" ", key, control, shift)
				to := m.cursor
				switch key {
				case fyne.KeyUp, fyne.KeyDown:
					if to < 0 {
						to = l.top
					} else if key == fyne.KeyUp {
						to--
					} else {
						to++
					}
				case fyne.KeyPageUp:
					to -= m.page
				case fyne.KeyPageDown:
					to += m.page
				case fyne.KeyHome:
					to = 0
				case fyne.KeyEnd:
					to = n - 1
				}
				if n > 1000 && shift && m.anchor >= 0 && max(to-m.anchor, m.anchor-to) > 1000 {
					continue
				}
				m.goTo(to, control, shift)
				mod := fyne.KeyModifier(0)
				if shift {
					mod |= fyne.KeyModifierShift
				}
				if held = mod; control {
					l.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod | fyne.KeyModifierShortcutDefault})
				} else {
					pressKey(l, key)
				}
				held = 0
			case what < 9:
				y := float32(rng.Intn(int(l.Size().Height)))
				i := l.rowAt(y)
				if i < 0 || n > 1000 && shift && m.anchor >= 0 && max(i-m.anchor, m.anchor-i) > 1000 {
					continue
				}
				log += fmt.Sprint(" click ", i, control, shift)
				ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
				ev.Position = fyne.NewPos(50, y)
				if control {
					ev.Modifier |= fyne.KeyModifierShortcutDefault
				}
				if shift {
					ev.Modifier |= fyne.KeyModifierShift
				}
				l.MouseDown(ev)
				l.MouseUp(ev)
				if control && !shift {
					m.toggle(i)
				} else {
					m.goTo(i, control, shift)
				}
			case what < 11:
				log += " space"
				typeKeys(l, " ")
				m.toggle(m.cursor)
			default:
				log += " escape"
				pressKey(l, fyne.KeyEscape)
				m.picked = map[int]bool{}
			}
			if l.Selected() != m.selected || l.Cursor() != m.cursor || shown != m.selected {
				t.Fatalf("round %d,%s: row %d is shown (told %d), cursor %d, want %d, cursor %d", round, log, l.Selected(), shown, l.Cursor(), m.selected, m.cursor)
			}
			if l.Picked().Count() != len(m.picked) || fmt.Sprint(told) != fmt.Sprint(l.Picked()) {
				t.Fatalf("round %d,%s: picked %v, told %v, want %v", round, log, l.Picked(), told, m.picked)
			}
			for i := range m.picked {
				if !l.Picked().Has(i) {
					t.Fatalf("round %d,%s: row %d is not picked", round, log, i)
				}
			}
			for _, it := range l.drawn.items {
				if it.title.Visible() && it.check.Visible() != m.picked[it.index] {
					t.Fatalf("round %d,%s: row %d is drawn with a check: %v", round, log, it.index, it.check.Visible())
				}
			}
		}
	}
}

func TestListPicksAMillionAsOneRange(t *testing.T) {
	l, win := newTestList(t, 1_000_000)
	l.Multi = true
	win.Canvas().Focus(l)
	l.TypedShortcut(&fyne.ShortcutSelectAll{})
	if got := fmt.Sprint(l.Picked()); got != "[{0 1000000}]" {
		t.Errorf("all are %s", got)
	}
	l.SetSelected(3)
	if l.Picked().Count() != 1_000_000 {
		t.Error("going to the next document picks none")
	}
	l.SetCount(10, numbered)
	if got := fmt.Sprint(l.Picked()); got != "[{0 10}]" {
		t.Errorf("of ten rows %s are picked", got)
	}
	l.SetPicked(RowSet{{2, 4}, {8, 30}})
	if got := fmt.Sprint(l.Picked()); got != "[{2 4} {8 10}]" {
		t.Errorf("picked %s", got)
	}
	// The cursor goes about alone, and Enter shows its row; what is picked stays.
	l.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierShortcutDefault})
	if !l.drawn.cursor[0].Visible() || l.Selected() != 3 {
		t.Errorf("the cursor is drawn: %v, row %d is shown", l.drawn.cursor[0].Visible(), l.Selected())
	}
	pressKey(l, fyne.KeyReturn)
	if l.Selected() != 9 || len(l.Picked()) != 2 {
		t.Errorf("row %d is shown, %v picked", l.Selected(), l.Picked())
	}
	// A menu is one on what is picked, or on the row alone.
	var on []int
	l.OnMenu = func(i int, _ fyne.Position) { on = append(on, i, l.Picked().Count()) }
	for _, row := range []float32{2, 6} {
		ev := &desktop.MouseEvent{Button: desktop.MouseButtonSecondary}
		ev.Position = fyne.NewPos(50, row*44+5)
		l.MouseDown(ev)
		l.TappedSecondary(&ev.PointEvent)
	}
	if fmt.Sprint(on) != "[2 4 6 0]" {
		t.Errorf("menus %v", on)
	}
}

func TestListWithoutMultiPicksNothing(t *testing.T) {
	l, win := newTestList(t, 10)
	win.Canvas().Focus(l)
	l.guard.c = &composition{modifiers: func() fyne.KeyModifier { return fyne.KeyModifierShift }}
	pressKey(l, fyne.KeyDown)
	pressKey(l, fyne.KeyDown)
	l.TypedShortcut(&fyne.ShortcutSelectAll{})
	if len(l.Picked()) != 0 || l.Selected() != 1 {
		t.Errorf("picked %v, row %d", l.Picked(), l.Selected())
	}
}

func TestListTypeAhead(t *testing.T) {
	titles := []string{"Alpha", "beta", "Best of all", "王家", "王府井", "alp", "Zeta"}
	l, _ := newTestList(t, 0)
	l.SetCount(len(titles), func(i int) Row { return Row{Title: titles[i], Known: true} })
	now := time.Unix(0, 0)
	l.now = func() time.Time { return now }
	for _, c := range []struct {
		typed string
		ime   bool
		pause bool
		want  int
	}{
		{"b", false, true, 1}, {"es", false, false, 2}, {"b", false, true, 1}, {"a", false, true, 5}, {"a", false, true, 0},
		{"王", true, true, 3}, {"府", true, false, 4}, {"z", false, true, 6}, {"q", false, true, 6},
	} {
		if c.pause {
			now = now.Add(2 * seekPause)
		}
		if c.ime {
			pinyin(l, "wang", c.typed)
		} else {
			typeKeys(l, c.typed)
		}
		if l.Selected() != c.want {
			t.Errorf("after %q row %d, want %d", c.typed, l.Selected(), c.want)
		}
	}

	// Where single keys are commands they stay so until a search for a title begins.
	var runes, told []string
	l.OnRune = func(r rune) { runes = append(runes, string(r)) }
	l.OnSeek = func(words string) { told = append(told, fmt.Sprint(words, l.Seeking())) }
	typeKeys(l, "be")
	l.BeginSeek()
	typeKeys(l, "be")
	pinyin(l, "wang", "王")
	pressKey(l, fyne.KeyBackspace)
	pressKey(l, fyne.KeyEscape)
	typeKeys(l, "x")
	if got := strings.Join(runes, "") + " " + strings.Join(told, ","); got != "bex true,btrue,betrue,be王true,betrue,false" {
		t.Errorf("told %q", got)
	}
	l.BeginSeek()
	l.FocusLost()
	if l.Seeking() {
		t.Error("it goes on without the keyboard")
	}
}
