package arrange

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/dates"
	"fonds/storage/sorting"
)

// Year is the class of an order that is the year of the document's date; any other is the
// id of a field.
const Year = "year"

// Order is by what documents are put into series, the widest first, as 年度-机构-保管期限.
type Order []string

// MostClasses is how many an order has at most: each is a level of the tree.
const MostClasses = 6

// ParseOrder reads an order: year or 年度, and fields by id or label, apart by
// commas; fieldOf gives the id of a field, "" for none.
func ParseOrder(s string, fieldOf func(word string) string) (Order, error) {
	var out Order
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，、", r) }) {
		class := ""
		switch word = strings.TrimSpace(word); {
		case word == "":
			continue
		case strings.EqualFold(word, Year) || word == "年度":
			class = Year
		default:
			if class = fieldOf(word); class == "" {
				return nil, archive.Refuse("no-field", "field", word)
			}
		}
		if slices.Contains(out, class) {
			return nil, archive.Refuse("order-twice", "class", word)
		}
		out = append(out, class)
	}
	if len(out) == 0 || len(out) > MostClasses {
		return nil, archive.Refuse("order-classes", "most", MostClasses)
	}
	return out, nil
}

// Why a document is left where it is.
const (
	LeftValue = "value" // nothing is said of a class
	LeftOpen  = "open"  // what is said of it is only proposed
	LeftCode  = "code"  // what is said can be no code of a unit
)

// Move is a document that goes into a unit.
type Move struct {
	Doc  archive.ID
	Name string
	From *archive.Unit // nil: none
	To   string        // the path of the unit
}

// Left is a document that stays where it is.
type Left struct {
	Doc   archive.ID
	Name  string
	Why   string
	Class string // of the order
	Value string
}

// Made is a unit that has to be made.
type Made struct {
	Path, Code, Title string
}

// Plan is what an order comes to.
type Plan struct {
	Made  []Made
	Moves []Move
	Left  []Left
	Same  int // documents that lie there already
	Edits []*archive.Edit
}

// Plan puts the documents of a query into series under a unit ("" is the top), by what is
// said of each; what is not there is made. progress (nil is allowed) is told how many
// documents were looked at.
func (o Order) Plan(ctx context.Context, a *storage.Archive, ids []archive.ID, under archive.ID, progress func(done, all int)) (*Plan, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	p := &planner{order: o, tree: self.Units(), made: map[string]bool{}, beside: map[string][]neighbour{}, out: &Plan{}}
	if under != "" {
		if p.under = p.tree.Unit(under); p.under == nil {
			return nil, archive.Refuse("unit-unknown", "unit", under.Short())
		}
	}
	done := 0
	err = a.Documents(ctx, ids, func(d *archive.Document) error {
		p.document(d)
		if done++; progress != nil {
			progress(done, len(ids))
		}
		return ctx.Err()
	})
	p.out.Edits = append(p.units, p.out.Edits...)
	return p.out, err
}

type planner struct {
	order  Order
	tree   *archive.Tree
	under  *archive.Unit
	made   map[string]bool
	beside map[string][]neighbour // by the path of their parent
	units  []*archive.Edit
	out    *Plan
}

func (p *planner) document(d *archive.Document) {
	name := called(d.Title(), d.Info.Name)
	at, path := p.under, ""
	if at != nil {
		path = at.Path()
	}
	type step struct{ path, code, title string }
	var steps []step
	for _, class := range p.order {
		value := p.said(d, class)
		code, title := coded(value)
		switch {
		case value == "" && proposed(d, class):
			p.out.Left = append(p.out.Left, Left{d.ID, name, LeftOpen, class, ""})
			return
		case value == "":
			p.out.Left = append(p.out.Left, Left{d.ID, name, LeftValue, class, ""})
			return
		case !archive.IsUnitCode(code):
			p.out.Left = append(p.out.Left, Left{d.ID, name, LeftCode, class, value})
			return
		}
		path = strings.TrimPrefix(path+"/"+code, "/")
		steps = append(steps, step{path, code, title})
	}
	to := p.tree.Find(path)
	var from *archive.Unit
	if it := d.Placed(); it != nil {
		if from = p.tree.Unit(archive.ID(it.Key)); from != nil && from == to {
			p.out.Same++
			return
		}
	}
	over := ""
	if at != nil {
		over = at.Path()
	}
	for _, s := range steps {
		if p.tree.Find(s.path) == nil && !p.made[s.path] {
			p.made[s.path] = true
			p.out.Made = append(p.out.Made, Made{s.path, s.code, s.title})
			parent, code, title, rank := over, s.code, s.title, p.rank(over, s.code)
			p.units = append(p.units, &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: string(archive.AtSeries), Code: &code, Title: &title, Rank: &rank})
		}
		over = s.path
	}
	p.out.Moves = append(p.out.Moves, Move{d.ID, name, from, path})
	p.out.Edits = append(p.out.Edits, &archive.Edit{Do: archive.PlaceKind, Doc: string(d.ID), Unit: &path})
}

// neighbour is a unit among those of one parent.
type neighbour struct{ code, rank string }

// rank is where a new unit stands among its neighbours: before the first that comes behind
// it by its code, periods of retention from the longest.
func (p *planner) rank(over, code string) string {
	all, known := p.beside[over]
	if !known {
		among := p.tree.Top
		if u := p.tree.Find(over); u != nil {
			among = u.Units
		} else if over != "" {
			among = nil
		}
		for _, u := range among {
			all = append(all, neighbour{u.Code, u.Item.Source})
		}
	}
	at := slices.IndexFunc(all, func(n neighbour) bool { return byCode(n.code, code) > 0 })
	if at < 0 {
		at = len(all)
	}
	before, behind := "", ""
	if at > 0 {
		before = all[at-1].rank
	}
	if at < len(all) {
		behind = all[at].rank
	}
	if behind != "" && before >= behind { // as two that came from different copies
		behind = ""
	}
	r := archive.Rank(before, behind)
	p.beside[over] = slices.Insert(all, at, neighbour{code, r})
	return r
}

var retention = regexp.MustCompile(`^(?:Y|D(\d{1,3}))$`)

func byCode(a, b string) int {
	m, n := retention.FindStringSubmatch(a), retention.FindStringSubmatch(b)
	if m != nil && n != nil {
		years := func(s string) int {
			if s == "" {
				return 1000
			}
			y, _ := strconv.Atoi(s)
			return y
		}
		return years(n[1]) - years(m[1])
	}
	return sorting.Compare(sorting.Pinyin, a, b)
}

// said is what a document says of a class, or the unit that it lies in.
func (p *planner) said(d *archive.Document, class string) string {
	if class == Year {
		return year(d.Date())
	}
	for _, it := range d.Values(class) {
		if it.Text != "" {
			return strings.TrimSpace(it.Text)
		}
	}
	if place := d.Placed(); place != nil {
		if values, _ := p.tree.Unit(archive.ID(place.Key)).Inherited(class); len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// proposed says whether something waits to be taken that says something of a class.
func proposed(d *archive.Document, class string) bool {
	if class == Year {
		class = archive.DateField
	}
	return slices.ContainsFunc(d.Of(archive.AValue), func(it *archive.Item) bool { return it.Key == class && it.Open() && it.Text != "" })
}

// year is that of a date that can mean one year only, whatever else is to be asked of it.
func year(date string) (out string) {
	r, err := dates.Read(date, dates.Options{})
	if err != nil {
		return ""
	}
	for _, c := range r.Candidates {
		first, ok := c.Value.Earliest()
		last, closed := c.Value.Latest()
		is := fmt.Sprintf("%04d", first.Year)
		if !ok || !closed || first.Year != last.Year || first.Year < 1 || out != "" && out != is {
			return ""
		}
		out = is
	}
	return out
}

var term = regexp.MustCompile(`^(?:定期)?(\d{1,3})年$`)

// coded is a value as the code of a unit, and its title where that is another. Periods of
// retention have codes of their own (DA/T 13-2022: Y, D30, D10).
func coded(value string) (code, title string) {
	if value == "永久" {
		return "Y", value
	}
	if m := term.FindStringSubmatch(value); m != nil {
		n, _ := strconv.Atoi(m[1])
		return "D" + strconv.Itoa(n), value
	}
	return value, ""
}

func called(title, name string) string {
	if title != "" {
		return title
	}
	return name
}
