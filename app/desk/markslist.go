package desk

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// sieve is what the list of marks is narrowed to.
type sieve struct {
	kind  string // one of the words below, or ofLabel and a label
	words string // that the words of the text, the label, the comment … hold
}

// What the list can be narrowed to.
const (
	allKinds       = ""
	onlyMarks      = "marks"
	onlyFixes      = "corrections"
	onlyNotes      = "notes"
	onlyProposals  = "proposals"
	onlyLooks      = "looks"
	onlySplits     = "splits"
	onlyFurniture  = "furniture" // not among all: there is much of it, and little to say
	onlyElsewhere  = "elsewhere" // what stayed with another source text, which has its words: not among all
	ofLabel        = "label:"
	gatheredInline = 2000 // items that are gathered at once; of more, a worker does it
)

// listed are the kinds of things that the list has.
var listed = []archive.What{archive.AMark, archive.ACorrection, archive.ANote, archive.ASplit, archive.AFurniture}

// gathered is what a sieve lets through, in the order of the text, and how much
// there is of each kind.
type gathered struct {
	items  []*archive.Item
	counts map[string]int
}

// gather finds what the list shows. It changes nothing and may run beside the UI
// goroutine: a document that is shown is never changed.
func gather(doc *session.Doc, s sieve) gathered {
	type row struct {
		it *archive.Item
		at int
	}
	out := gathered{counts: map[string]int{}}
	var rows []row
	var notes []*archive.Item
	at := map[archive.ID]int{}
	for _, f := range doc.Text.Spans() {
		at[f.Fix.ID] = f.Start
	}
	words := fold(strings.TrimSpace(s.words))
	for _, it := range doc.Items {
		if !live(it) && it.State != archive.Elsewhere || !slices.Contains(listed, it.What) {
			continue
		}
		kinds := kindsOf(doc, it)
		for _, k := range kinds {
			out.counts[k]++
		}
		if !slices.Contains(kinds, s.kind) || words != "" && !holds(doc, it, words) {
			continue
		}
		if it.What == archive.ANote {
			notes = append(notes, it)
			continue
		}
		start, there := at[it.ID]
		switch {
		case it.State == archive.Elsewhere:
			start = it.Anchor.Start.At
		case !there:
			start, _, _ = doc.Span(it)
		}
		rows = append(rows, row{it, start})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.at, b.at) })
	var chosen []*archive.Item
	if s.kind == onlySplits { // parts stand in their order, not in that of the text
		through := map[archive.ID]bool{}
		for _, r := range rows {
			through[r.it.ID] = true
		}
		own := &archive.Document{ID: doc.ID, Items: doc.Items} // what is shown sorts its items when it is asked: on the UI goroutine
		chosen = slices.DeleteFunc(own.PartsInOrder(), func(it *archive.Item) bool { return !through[it.ID] })
	}
	for _, r := range rows {
		if len(chosen) > 0 && r.it.InForce() {
			r.it, chosen = chosen[0], chosen[1:]
		}
		out.items = append(out.items, r.it)
	}
	out.items = append(out.items, notes...)
	return out
}

// kindsOf are all the kinds that an item is of.
func kindsOf(doc *session.Doc, it *archive.Item) []string {
	if it.State == archive.Elsewhere {
		return []string{onlyElsewhere}
	}
	kinds := []string{allKinds}
	switch it.What {
	case archive.AMark:
		kinds = append(kinds, onlyMarks, ofLabel+it.Key)
		if doc.LookAgain(it) {
			kinds = append(kinds, onlyLooks)
		}
	case archive.ACorrection:
		kinds = append(kinds, onlyFixes)
	case archive.ASplit:
		kinds = append(kinds, onlySplits)
	case archive.AFurniture:
		return []string{onlyFurniture}
	default:
		kinds = append(kinds, onlyNotes)
	}
	if it.Open() {
		kinds = append(kinds, onlyProposals)
	}
	return kinds
}

// holds says whether what is said of an item has words, which are folded.
func holds(doc *session.Doc, it *archive.Item, words string) bool {
	said := []string{it.Text, it.Detail, it.Source, session.ReasonWords(it.Reason), it.By}
	if it.What == archive.AMark || it.What == archive.AFurniture {
		said = append(said, wordsOf(doc, it), session.LabelWords(it.Key))
	}
	return slices.ContainsFunc(said, func(s string) bool { return strings.Contains(fold(s), words) })
}

// wordsOf are the words of a mark: as they were, where they stand in another source text.
func wordsOf(doc *session.Doc, it *archive.Item) string {
	if it.State == archive.Elsewhere {
		return it.Anchor.Quote
	}
	return session.AnchorWords(doc, it.Anchor)
}

func fold(s string) string { return strings.ToLower(s) }

// kindWords says what the list is narrowed to.
func kindWords(kind string) string {
	if label, ok := strings.CutPrefix(kind, ofLabel); ok {
		return session.OneLine(session.LabelWords(label))
	}
	switch kind {
	case onlyMarks:
		return i18n.T("marks.kind.marks")
	case onlyFixes:
		return i18n.T("marks.kind.corrections")
	case onlyNotes:
		return i18n.T("marks.kind.notes")
	case onlySplits:
		return i18n.T("marks.kind.splits")
	case onlyFurniture:
		return i18n.T("marks.kind.furniture")
	case onlyElsewhere:
		return i18n.T("marks.kind.elsewhere")
	case onlyProposals:
		return i18n.T("marks.kind.proposals")
	case onlyLooks:
		return i18n.T("marks.kind.looks")
	}
	return i18n.T("marks.kind.all")
}

// narrow lists what the sieve lets through. Of a document with many marks a
// worker gathers it, and what is shown of that document stays until then.
func (m *marksPane) narrow() {
	m.gen++
	doc, gen, s := m.d.s.Document(), m.gen, m.sieve
	if doc == nil {
		m.adopt(gathered{})
		return
	}
	if len(doc.Items) <= gatheredInline {
		m.adopt(gather(doc, s))
		return
	}
	if m.of != doc.ID {
		choosing := m.choosing
		m.adopt(gathered{})
		m.empty.Hide() // nobody knows yet
		m.choosing = choosing
	}
	cfg := m.d.s.Config()
	cfg.Go(func() {
		g := gather(doc, s)
		cfg.Do(func() {
			if gen == m.gen {
				m.adopt(g)
			}
		})
	})
}

// chooseKind asks what the list is to be narrowed to.
func (m *marksPane) chooseKind() {
	var labels []string
	for k := range m.counts {
		if strings.HasPrefix(k, ofLabel) {
			labels = append(labels, k)
		}
	}
	slices.SortFunc(labels, func(a, b string) int {
		return cmp.Or(m.d.s.LabelStyle(a[len(ofLabel):])-m.d.s.LabelStyle(b[len(ofLabel):]), strings.Compare(a, b))
	})
	var choices []widgets.Choice
	for _, k := range append([]string{allKinds, onlyLooks, onlyProposals, onlyMarks, onlyFixes, onlySplits, onlyNotes, onlyFurniture, onlyElsewhere}, labels...) {
		if n := m.counts[k]; n > 0 || k == allKinds {
			choices = append(choices, widgets.Choice{ID: k, Title: kindWords(k), Badge: i18n.Number(int64(n))})
		}
	}
	ch := widgets.NewChooser(i18n.T("marks.kind.choose"), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(kind string) {
		m.sieve.kind = kind
		m.narrow()
		m.focus()
	}
	ch.Show(m.d.on)
}

// filterKey: the list is a key away from what is typed over it.
func (m *marksPane) filterKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		m.filter.SetText("")
		m.sieve = sieve{}
		m.narrow()
		m.focus()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		m.focus()
		if m.list.Selected() < 0 && m.list.Count() > 0 {
			m.list.SetSelected(0)
			m.showButtons()
			m.reveal()
		}
	default:
		return false
	}
	return true
}
