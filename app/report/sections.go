package report

import (
	"cmp"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Tone is how a part of a bar is drawn: a colour and a pattern that go together.
type Tone int

// The tones, in the order of widgets.ChartTone.
const (
	Accent Tone = iota
	Good
	Warn
	Bad
	Quiet
)

// Section is one subject: charts, each with its table.
type Section struct {
	ID     string // packages, progress, queue, reasons, quality
	Title  string
	Means  string // what is counted, in words
	Charts []Chart
	Empty  string // in the place of charts where there is nothing: what to do next
}

// Chart is bars and the table that says the same.
type Chart struct {
	Title   string
	Means   string // "" where the title says it
	Columns bool   // the bars stand side by side
	Shares  bool   // every bar is as long as all others: its parts are shares of it
	Parts   []Part
	Bars    []Bar
	Head    []string
	Rows    [][]string
	Words   int    // how many columns of the table are words; 0 is one
	More    string // what the table leaves out, "" for nothing
}

// Part is one of the parts that bars are made of.
type Part struct {
	Name string
	Tone Tone
}

// Bar is one bar, or one column.
type Bar struct {
	Label  string
	Values []int
	Words  string // its value
	Says   string // all of it in one sentence
}

// MostRows is how many rows a table has: what a person reads.
const MostRows = 100

func num(n int) string { return i18n.Number(int64(n)) }

func nums(ns ...int) []string {
	out := make([]string, len(ns))
	for i, n := range ns {
		out[i] = num(n)
	}
	return out
}

// row is a row of a table.
func row(first string, ns ...int) []string { return append([]string{first}, nums(ns...)...) }

// says puts a bar into one sentence: its label, then each part that is not nothing.
func says(label string, parts []Part, values []int) string {
	var all []string
	for i, v := range values {
		if v > 0 || len(values) == 1 {
			all = append(all, i18n.T("report.part", "name", parts[i].Name, "n", v))
		}
	}
	if len(all) == 0 {
		return i18n.T("report.says.none", "label", label)
	}
	return i18n.T("report.says", "label", label, "parts", i18n.List(all))
}

// bar makes a bar whose value is the sum of its parts.
func bar(label string, parts []Part, values ...int) Bar {
	sum := 0
	for _, v := range values {
		sum += v
	}
	return Bar{Label: label, Values: values, Words: num(sum), Says: says(label, parts, values)}
}

// cut leaves the rows and bars that a person reads.
func (c *Chart) cut() {
	if n := len(c.Rows) - MostRows; n > 0 {
		c.Rows, c.More = c.Rows[:MostRows], i18n.N("report.more", n)
	}
	c.Bars = c.Bars[:min(len(c.Bars), MostRows)]
}

// Sections are all subjects, in their order; of what was not gathered there is
// none.
func (n *Numbers) Sections() []Section {
	out := []Section{n.packages(), n.progress(), n.queue(), n.reasons()}
	if n.Quality != nil {
		out = append(out, n.quality())
	}
	for i := range out {
		for k := range out[i].Charts {
			out[i].Charts[k].cut()
		}
	}
	return out
}

// PhaseWords is how far a package is.
func PhaseWords(p archive.Phase) string { return i18n.T("phase." + string(p)) }

func placeParts() []Part {
	return []Part{{i18n.T("report.approved"), Good}, {i18n.T("report.submitted"), Accent}, {i18n.T("report.returned"), Bad}, {i18n.T("report.todo"), Quiet}}
}

// PlaceBar is how far the documents of a package or folder are.
func PlaceBar(label string, p *storage.PlaceWork) ([]Part, Bar) {
	parts := placeParts()
	b := bar(label, parts, p.Approved, p.Submitted, p.Returned, p.ToDo)
	b.Words = i18n.T("report.of", "n", p.Approved, "all", p.Documents)
	return parts, b
}

func placeRow(first []string, p *storage.PlaceWork) []string {
	return append(first, nums(p.Documents, p.Approved, p.Submitted, p.Returned, p.ToDo, p.Proposals, p.Overdue)...)
}

func placeHead(first ...string) []string {
	return append(first, i18n.T("report.documents"), i18n.T("report.approved"), i18n.T("report.submitted"), i18n.T("report.returned"),
		i18n.T("report.todo"), i18n.T("report.waiting"), i18n.T("report.overdue"))
}

func (n *Numbers) packages() Section {
	s := Section{ID: "packages", Title: i18n.T("oversight.packages"), Means: i18n.T("report.packages.means")}
	if len(n.Packages) == 0 {
		s.Empty = i18n.T("packages.empty.next")
		return s
	}
	c := Chart{Title: i18n.T("report.packages"), Parts: placeParts(), Words: 3,
		Head: placeHead(i18n.T("report.package"), i18n.T("report.responsible"), i18n.T("report.phase"))}
	for i := range n.Packages {
		p := &n.Packages[i]
		_, b := PlaceBar(p.Name, &p.PlaceWork)
		c.Bars = append(c.Bars, b)
		c.Rows = append(c.Rows, placeRow([]string{p.Name, p.Item.Detail, PhaseWords(p.Phase)}, &p.PlaceWork))
	}
	s.Charts = append(s.Charts, c)
	return s
}

func (n *Numbers) progress() Section {
	s := Section{ID: "progress", Title: i18n.T("oversight.progress"), Means: i18n.T("report.progress.means")}
	if n.Work.Kinds.All() == 0 && len(n.Work.Folders) == 0 {
		s.Empty = i18n.T("progress.empty.next")
		return s
	}
	s.Charts = append(s.Charts, n.days(), n.done(), n.open(), n.folders(), n.kinds())
	return s
}

func (n *Numbers) days() Chart {
	c := Chart{Title: i18n.T("report.days", "n", len(n.Work.Days)), Columns: true,
		Parts: []Part{{i18n.T("report.approved"), Good}, {i18n.T("report.submitted"), Accent}, {i18n.T("report.returned"), Bad}, {i18n.T("report.decisions"), Warn}},
		Head:  []string{i18n.T("report.day"), i18n.T("report.edits"), i18n.T("report.submitted"), i18n.T("report.returned"), i18n.T("report.approved"), i18n.T("report.decisions"), i18n.T("report.samples")}}
	for i := range n.Work.Days {
		d := &n.Work.Days[i]
		b := bar(d.Day, c.Parts, d.Approved, d.Submitted, d.Returned, d.Decisions)
		b.Label = ""
		if (len(n.Work.Days)-1-i)%7 == 0 {
			b.Label = d.Day[5:]
		}
		c.Bars = append(c.Bars, b)
		if d.All() > 0 {
			c.Rows = append(c.Rows, row(d.Day, d.Edits(), d.Submitted, d.Returned, d.Approved, d.Decisions, d.Samples))
		}
	}
	slices.Reverse(c.Rows) // the latest first
	if len(c.Rows) == 0 {
		c.Means = i18n.T("report.days.none")
	}
	return c
}

func (n *Numbers) done() Chart {
	c := Chart{Title: i18n.T("report.done"), Means: i18n.T("report.done.means"),
		Parts: []Part{{i18n.T("report.fields"), Accent}, {i18n.T("report.tags"), Good}, {i18n.T("report.marks"), Warn}, {i18n.T("report.corrections"), Bad}, {i18n.T("report.notes"), Quiet}},
		Head: []string{i18n.T("report.person"), i18n.T("report.fields"), i18n.T("report.tags"), i18n.T("report.marks"), i18n.T("report.corrections"), i18n.T("report.notes"),
			i18n.T("report.submitted"), i18n.T("report.returned"), i18n.T("report.approved"), i18n.T("report.decisions"), i18n.T("report.samples")}}
	for i := range n.Work.People {
		p := &n.Work.People[i]
		c.Bars = append(c.Bars, bar(p.Name, c.Parts, p.Fields, p.Tags, p.Marks, p.Corrections, p.Notes))
		c.Rows = append(c.Rows, row(p.Name, p.Fields, p.Tags, p.Marks, p.Corrections, p.Notes, p.Submitted, p.Returned, p.Approved, p.Decisions, p.Samples))
	}
	return c
}

func (n *Numbers) open() Chart {
	c := Chart{Title: i18n.T("report.open"), Means: i18n.T("report.open.means"),
		Parts: []Part{{i18n.T("report.assigned"), Accent}, {i18n.T("report.overdue"), Bad}, {i18n.T("report.proposals"), Warn}, {i18n.T("report.asked"), Quiet}},
		Head:  []string{i18n.T("report.person"), i18n.T("report.assigned"), i18n.T("report.overdue"), i18n.T("report.proposals"), i18n.T("report.asked")}}
	for i := range n.Work.People {
		p := &n.Work.People[i]
		c.Bars = append(c.Bars, bar(p.Name, c.Parts, p.Assigned-p.Overdue, p.Overdue, p.Proposals, p.Asked))
		c.Rows = append(c.Rows, row(p.Name, p.Assigned, p.Overdue, p.Proposals, p.Asked))
	}
	return c
}

func (n *Numbers) folders() Chart {
	c := Chart{Title: i18n.T("report.folders"), Parts: placeParts(), Head: placeHead(i18n.T("report.folder"))}
	for i := range n.Work.Folders {
		f := &n.Work.Folders[i]
		name := cmp.Or(strings.TrimSuffix(f.Name, "/"), i18n.T("report.folder.none"))
		_, b := PlaceBar(name, f)
		c.Bars = append(c.Bars, b)
		c.Rows = append(c.Rows, placeRow([]string{name}, f))
	}
	return c
}

func (n *Numbers) kinds() Chart {
	c := Chart{Title: i18n.T("report.kinds"), Parts: []Part{{i18n.T("report.times"), Accent}}, Head: []string{i18n.T("report.kind"), i18n.T("report.times")}}
	k := &n.Work.Kinds
	for _, v := range []struct {
		name string
		n    int
	}{{i18n.T("report.fields"), k.Fields}, {i18n.T("report.tags"), k.Tags}, {i18n.T("report.marks"), k.Marks}, {i18n.T("report.corrections"), k.Corrections},
		{i18n.T("report.notes"), k.Notes}, {i18n.T("report.submitted"), k.Submitted}, {i18n.T("report.returned"), k.Returned},
		{i18n.T("report.approved"), k.Approved}, {i18n.T("report.decisions"), k.Decisions}, {i18n.T("report.samples"), k.Samples}} {
		c.Bars = append(c.Bars, bar(v.name, c.Parts, v.n))
		c.Rows = append(c.Rows, row(v.name, v.n))
	}
	return c
}
