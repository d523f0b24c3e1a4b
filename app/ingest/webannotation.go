package ingest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// W3C Web Annotations in JSON-LD (Web Annotation Data Model, 2017): annotations, pages and collections of them, as they
// are written where their context is the standard's. Positions are code points by the standard; many tools give UTF-16
// code units: the words that stand beside them tell.

const annoContext = "http://www.w3.org/ns/anno.jsonld"

// isWebAnnotation says whether every value of a file is an annotation, a page or a collection, in the standard's
// context.
func isWebAnnotation(data []byte) bool {
	values, err := jsonValues(data)
	if err != nil || len(values) == 0 {
		return false
	}
	for _, v := range values {
		o := jsonObject(v)
		if !slices.Contains(jsonWords(o["@context"]), annoContext) || annoKind(o) == "" {
			return false
		}
	}
	return true
}

// annoKind is which of the three things of the model an object is, "" for none.
func annoKind(o map[string]any) string {
	for _, t := range jsonWords(o["type"]) {
		switch t {
		case "Annotation", "AnnotationPage", "AnnotationCollection":
			return t
		}
	}
	return ""
}

// readWebAnnotation reads such a file, and says what of it was left out. What is annotated lies elsewhere: text gives it
// by its address, and false where it is not there.
func readWebAnnotation(data []byte, text func(source string) (string, bool)) (docs []Annotated, dropped []string, err error) {
	values, err := jsonValues(data)
	if err != nil {
		return nil, nil, err
	}
	r := annoReader{by: map[string]*annoSource{}}
	for _, v := range values {
		r.thing(jsonObject(v))
	}
	for _, s := range r.sources {
		t, ok := text(s.name)
		if !ok && len(s.drawn) > 0 {
			docs = append(docs, Annotated{Name: s.name, source: s.name, drawn: s.drawn})
			if n := s.n - len(s.drawn); n > 0 {
				r.drop("%s: neither its text nor its picture is there; put it beside the annotations, %d more of which were left out", s.name, n)
			}
			continue
		}
		if !ok {
			r.drop("%s: its text is not there; put it beside the annotations, %d of which were left out", s.name, s.n)
			continue
		}
		a := Annotated{Name: s.name, Text: t, Tags: s.tags, Notes: s.notes, Fields: s.fields, Not: s.not, source: s.name, drawn: s.drawn}
		if len(r.sources) == 1 {
			a.Name = ""
		}
		r.settle(&a, s)
		docs = append(docs, a)
	}
	return docs, r.dropped, nil
}

// annoSource is a text and what was said of it.
type annoSource struct {
	notes  []string
	name   string
	n      int // annotations
	claims []annoClaim
	drawn  []drawn // on its picture
	tags   []string
	fields map[string][]string
	not    []string // fields that the source does not state
}

// annoClaim is a claim that may be known by its words alone.
type annoClaim struct {
	claim
	placed         bool // by position
	prefix, suffix string
}

type annoReader struct {
	sources []*annoSource
	by      map[string]*annoSource
	dropped []string
}

func (r *annoReader) drop(format string, args ...any) {
	r.dropped = append(r.dropped, fmt.Sprintf(format, args...))
}

func (r *annoReader) source(name string) *annoSource {
	s := r.by[name]
	if s == nil {
		s = &annoSource{name: name}
		r.by[name] = s
		r.sources = append(r.sources, s)
	}
	return s
}

// thing reads one of the three things of the model.
func (r *annoReader) thing(o map[string]any) {
	switch annoKind(o) {
	case "Annotation":
		r.annotation(o)
	case "AnnotationPage":
		for _, v := range jsonList(o["items"]) {
			r.thing(jsonObject(v))
		}
		r.elsewhere(o["next"])
	case "AnnotationCollection":
		if of := annoAddress(o["fonds:document"]); of != "" { // this program says what it is about
			r.source(of)
		}
		r.elsewhere(o["first"])
	default:
		r.drop("something that is no annotation was left out")
	}
}

// elsewhere reads a page that stands here, and says that one does not.
func (r *annoReader) elsewhere(page any) {
	if o := jsonObject(page); o != nil && o["items"] != nil {
		r.thing(o)
	} else if at := annoAddress(page); at != "" {
		r.drop("the page %s is not in the file; read it too", at)
	}
}

// annoAddress is the address of a thing, by itself or as its id.
func annoAddress(v any) string {
	if o := jsonObject(v); o != nil {
		v = o["id"]
	}
	s, _ := v.(string)
	return s
}

// annoSaid is what the bodies of an annotation say.
type annoSaid struct {
	labels, comments []string
	authority        string
	edit             *string
	value            *string // describing
}

func (r *annoReader) annotation(o map[string]any) {
	name := annoAddress(o)
	said, field := annoBodies(o), jsonWord(o["fonds:field"])
	for _, v := range jsonList(o["target"]) {
		t := jsonObject(v)
		from := annoAddress(v)
		if t["source"] != nil {
			from = annoAddress(t["source"])
		}
		if from == "" {
			r.drop("%s: it has no target that has an address; it was left out", name)
			continue
		}
		from, shown, why := annoShown(from, t["selector"])
		s := r.source(from)
		s.n++
		if why != nil {
			r.drop("%s: %v; it was left out", name, why)
			continue
		}
		if shown != nil {
			shown.name, shown.picture = name, from
			s.shown(*shown, said, field)
		}
		switch {
		case field != "" && o["fonds:notStated"] == true:
			s.not = append(s.not, field)
		case field != "" && said.value != nil: // a value of this program's, also where its evidence stands
			if s.fields == nil {
				s.fields = map[string][]string{}
			}
			s.fields[field] = append(s.fields[field], *said.value)
		case shown != nil: // and no value: it is a mark
		case t["selector"] == nil:
			r.whole(s, name, said)
		default:
			r.place(s, name, said, t["selector"])
		}
	}
}

// annoBodies reads the bodies: what one is for says its purpose, or where there is none the motivation.
func annoBodies(o map[string]any) (said annoSaid) {
	motivation := append(jsonWords(o["motivation"]), "")[0]
	bodies := jsonList(o["body"])
	if s, ok := o["bodyValue"].(string); ok {
		bodies = append(bodies, map[string]any{"value": s})
	}
	for i := 0; i < len(bodies); i++ {
		body := jsonObject(bodies[i])
		bodies = append(bodies, jsonList(body["items"])...) // a choice or a list: each of it
		purpose := append(jsonWords(body["purpose"]), motivation)[0]
		value, ok := body["value"].(string)
		if !ok {
			at := annoAddress(bodies[i])
			if body["source"] != nil {
				at = annoAddress(body["source"])
			}
			if said.authority == "" && isURI(at) {
				said.authority = at
			} else if at != "" {
				said.comments = append(said.comments, at)
			}
			continue
		}
		switch purpose {
		case "tagging", "classifying":
			said.labels = append(said.labels, value)
		case "editing":
			said.edit = &value
		case "describing":
			said.value = &value
			said.comments = append(said.comments, value)
		case "identifying":
			if isURI(value) && said.authority == "" {
				said.authority = value
				break
			}
			fallthrough
		default:
			said.comments = append(said.comments, value)
		}
	}
	return said
}

// whole takes what is said of a whole document: tags and remarks.
func (r *annoReader) whole(s *annoSource, name string, said annoSaid) {
	for _, l := range said.labels {
		if !slices.Contains(s.tags, l) {
			s.tags = append(s.tags, l)
		}
	}
	s.notes = append(s.notes, said.comments...)
	if len(said.labels)+len(said.comments) == 0 || said.authority != "" || said.edit != nil {
		r.drop("%s: it says something of a whole document that is neither tag nor remark; that was left out", name)
	}
}

// place takes what is said of a place.
func (r *annoReader) place(s *annoSource, name string, said annoSaid, selector any) {
	c, ok := annoPlace(selector)
	if c.name = name; !ok {
		r.drop("%s: its place is not given by position or words in a text; it was left out", name)
		return
	}
	c.mark = Span{Comment: strings.Join(said.comments, "\n"), Authority: said.authority}
	if said.edit != nil {
		c.fix = &Fix{Text: *said.edit, Reason: c.mark.Comment}
		s.claims = append(s.claims, c)
		return
	}
	if len(said.labels) == 0 {
		said.labels = []string{""}
	}
	for _, l := range said.labels {
		c.mark.Label = l
		s.claims = append(s.claims, c)
	}
}

// annoPlace reads selectors that select the same (4.2): a position, words, or both; the one may refine the other where
// it selects all of it.
func annoPlace(selector any) (c annoClaim, ok bool) {
	all := jsonList(selector)
	for i := 0; i < len(all); i++ {
		o := jsonObject(all[i])
		known := true
		switch strings.Join(jsonWords(o["type"]), " ") {
		case "TextPositionSelector":
			start, whole := position(o["start"])
			end, too := position(o["end"])
			if !whole || !too || c.placed {
				return c, false
			}
			c.start, c.end, c.placed = start, end, true
		case "TextQuoteSelector":
			exact, there := o["exact"].(string)
			if !there || c.quoted {
				return c, false
			}
			c.quote, c.quoted = exact, true
			c.prefix, c.suffix = jsonWord(o["prefix"]), jsonWord(o["suffix"])
		default:
			known = false
		}
		if refined := o["refinedBy"]; refined != nil {
			if !known {
				return c, false // within something else
			}
			all = append(all, jsonList(refined)...)
		}
	}
	return c, c.placed || c.quoted
}

// settle finds the places in the text. Words without a position have to stand there once.
func (r *annoReader) settle(a *Annotated, s *annoSource) {
	runes := []rune(a.Text)
	var claims, placed []claim
	for i := range s.claims {
		if s.claims[i].placed {
			placed = append(placed, s.claims[i].claim)
		}
	}
	by := choose(runes, placed, byPoints(runes), byUnits(runes))
	for _, c := range s.claims {
		if c.placed {
			start, end, err := place(runes, c.claim, by)
			if err != nil {
				r.drop("%s: %v; it was left out", c.name, err)
				continue
			}
			c.start, c.end = start, end
		} else if start, n := annoFind(a.Text, c); n != 1 {
			r.drop("%s: the words %s, with those around them, stand in the text %d times; it was left out", c.name, shortQuote(c.quote), n)
			continue
		} else {
			c.start, c.end = start, start+len([]rune(c.quote))
		}
		claims = append(claims, c.claim)
	}
	r.dropped = append(r.dropped, a.settle(claims, byPoints(runes))...)
}

// annoFind says where the words of a claim stand with those around them, in code points, and how often.
func annoFind(text string, c annoClaim) (at, n int) {
	find := c.prefix + c.quote + c.suffix
	if c.quote == "" {
		return 0, 0
	}
	for from := 0; ; {
		i := strings.Index(text[from:], find)
		if i < 0 || n == 2 {
			return at, n
		}
		if n++; n == 1 {
			at = len([]rune(text[:from+i+len(c.prefix)]))
		}
		_, size := utf8.DecodeRuneInString(text[from+i:])
		from += i + size
	}
}
