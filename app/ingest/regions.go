package ingest

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// What other tools say of places on pictures. The picture lies beside the file that says it, or is an original of a set of
// ours: it becomes the document, and what was said of it is said of that. What is said of a text beside its picture is a
// document of its own, unless the text is the picture's.

// A Region is a mark on the picture of a page.
type Region struct {
	archive.Region
	Label, Comment, Authority string // as those of a Span
}

// Shown is where on a picture the evidence of a value is.
type Shown struct {
	archive.Region
	Field, Value string
}

// drawn is what a file says of a place on a picture, before the picture is at hand.
type drawn struct {
	name    string // of what says it, for what is said where it is left out
	picture string // its address
	page    int    // from 1
	shape   shape
	said    Region // its place is found from the shape
	field   string // then it is the evidence of said.Comment, a value of that
}

// onPage is an address without its fragment, and the page that this names, 1 where it names none. A fragment that names
// something else stays.
func onPage(address string) (picture string, page int) {
	at, fragment, ok := strings.Cut(address, "#")
	if n, s, known := mediaFragment(fragment); ok && known && s == nil {
		return at, n
	}
	return address, 1
}

// makePicture makes a document of a picture or of a file whose pages can be shown as pictures; tests put another in its
// place.
var makePicture = func(data []byte, name string) (*Document, error) { return Make(data, name, "") }

// pictures finds those that are beside a file, each once.
type pictures struct {
	dir    string
	beside Beside
	found  map[string]*Document // by address
	paths  map[string]*Document // by path
}

func newPictures(name string, beside Beside) *pictures {
	return &pictures{path.Dir(name), beside, map[string]*Document{}, map[string]*Document{}}
}

// at is the picture of an address; nil where there is none.
func (p *pictures) at(address string) *Document {
	if d, ok := p.found[address]; ok {
		return d
	}
	p.found[address] = nil
	for _, at := range picturePlaces(address, p.dir) {
		d, known := p.paths[at]
		if !known {
			if data, ok := p.beside(at); ok {
				d, _ = makePicture(data, at) // nil: it is none
			}
			p.paths[at] = d
		}
		if d != nil && len(d.Pages) > 0 {
			p.found[address] = d
			return d
		}
	}
	return nil
}

// pictureEnds are those of the names of pictures whose address is the URN of a document.
var pictureEnds = []string{".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".jp2", ".pdf"}

// picturePlaces are the paths at which the picture of an address may lie, from the folder of what is said of it: there, under
// the last of its names, and among the originals of a set of ours.
func picturePlaces(address, dir string) (out []string) {
	add := func(at string) {
		if !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	named := func(base string) {
		add(path.Join(dir, base))
		for _, of := range originalFolders {
			add(path.Join(dir, of, base))
		}
	}
	if id, is := strings.CutPrefix(address, "urn:uuid:"); is {
		id = path.Base(below(id))
		for _, ext := range pictureEnds {
			named(id + ext)
			named(id + strings.ToUpper(ext))
		}
		return out
	}
	plain := address
	if u, err := url.Parse(address); err == nil {
		plain = u.Path
		if d := u.Query().Get("d"); d != "" { // Label Studio's local files
			plain = d
		}
	}
	for _, at := range []string{address, plain} {
		if below(at) == "" || strings.Contains(at, "://") {
			continue
		}
		add(path.Join(dir, below(at)))
		base := path.Base(below(at))
		named(base)
		named(EscapeName(base))
		if prefix, rest, ok := strings.Cut(base, "-"); ok && len(prefix) == 8 && rest != "" { // as Label Studio keeps what was uploaded
			named(rest)
		}
	}
	return out
}

// originalFolders are where originals lie in a set of ours, from the folder of a format.
var originalFolders = []string{"originals", "../originals", "../ro-crate/originals", "../bagit/data/originals"}

// together makes documents of what a file says of a text and of pictures: text makes that of the text, and is not asked
// where there is none. What was left out is told.
func (p *pictures) together(a Annotated, text func(Annotated) *Document, c *Contents, file string) {
	all, drawn := a.onEach()
	a.drawn, a.pictures = nil, nil
	var there []string
	for _, address := range all {
		n := len(drawn[address])
		switch {
		case p.at(address) != nil:
			there = append(there, address)
		case n > 0 || a.Text == "":
			c.drop(file, "%s: the picture is not there; put it beside the file: what is said of it was left out, %d places on it among that", shortAddress(address), n)
		}
	}
	whole := len(all) == 1 && len(there) == 1 && (a.Text == "" || p.at(there[0]).Text == a.Text)
	if a.Text != "" && !whole {
		c.Docs = append(c.Docs, text(a))
		a = Annotated{}
	}
	for _, address := range there {
		on := Annotated{Name: a.Name}
		if a.Text == "" || whole { // the first has what is said of all
			on, a = a, Annotated{}
		}
		d := p.at(address)
		on.Text = d.Text
		on.draw(d, drawn[address], c, file)
		if on.says() || whole {
			c.picture(d, on)
		}
	}
}

// onEach is what is said of each picture, and their addresses in order.
func (a *Annotated) onEach() (all []string, on map[string][]drawn) {
	on = map[string][]drawn{}
	for _, address := range a.pictures {
		if _, ok := on[address]; !ok {
			on[address], all = nil, append(all, address)
		}
	}
	for _, d := range a.drawn {
		if _, ok := on[d.picture]; !ok {
			all = append(all, d.picture)
		}
		on[d.picture] = append(on[d.picture], d)
	}
	return all, on
}

// picture is the document of a picture, with what was said of it, be it in several pieces.
func (c *Contents) picture(d *Document, a Annotated) {
	if was := d.Said; was != nil {
		was.add(a)
		if len(was.Fields)+len(was.Not) > 0 {
			d.Proposals = nil
		}
		return
	}
	d.Said = &a
	if len(a.Fields)+len(a.Not) > 0 {
		d.Proposals = nil
	}
	c.Docs, c.Used = append(c.Docs, d), append(c.Used, d.Path)
}

// add adds what else is said of the same document.
func (a *Annotated) add(more Annotated) {
	for field, values := range more.Fields {
		if a.Fields == nil {
			a.Fields = map[string][]string{}
		}
		for _, v := range values {
			if !slices.Contains(a.Fields[field], v) {
				a.Fields[field] = append(a.Fields[field], v)
			}
		}
	}
	for _, t := range more.Tags {
		if !slices.Contains(a.Tags, t) {
			a.Tags = append(a.Tags, t)
		}
	}
	a.Not, a.Notes = append(a.Not, more.Not...), append(a.Notes, more.Notes...)
	a.Marks, a.Fixes = append(a.Marks, more.Marks...), append(a.Fixes, more.Fixes...)
	a.Regions, a.Shown = append(a.Regions, more.Regions...), append(a.Shown, more.Shown...)
}

// says tells whether anything is said of a document.
func (a *Annotated) says() bool {
	return len(a.Fields)+len(a.Not)+len(a.Tags)+len(a.Notes)+len(a.Marks)+len(a.Fixes)+len(a.Regions)+len(a.Shown) > 0
}

// draw finds the places on a picture.
func (a *Annotated) draw(d *Document, list []drawn, c *Contents, file string) {
	pages := archive.PageRecipe{Sizes: d.Recipe.Sizes}
	for _, x := range list {
		if x.page < 1 || x.page > len(d.Pages) {
			c.drop(file, "%s: it is on page %d, and the picture has %d; it was left out", x.name, x.page, len(d.Pages))
			continue
		}
		w, h, _ := pages.Size(x.page)
		r, err := x.shape.on(x.page, w, h)
		switch {
		case err != nil:
			c.drop(file, "%s: %v; it was left out", x.name, err)
		case x.field != "":
			a.Shown = append(a.Shown, Shown{r, x.field, x.said.Comment})
		default:
			x.said.Region = r
			a.Regions = append(a.Regions, x.said)
		}
	}
}

func (c *Contents) drop(file, format string, args ...any) {
	c.Dropped = append(c.Dropped, file+": "+fmt.Sprintf(format, args...))
}

// shortAddress is an address as it is told: one that holds the picture itself does not stand there whole.
func shortAddress(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
