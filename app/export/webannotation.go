package export

import (
	"io"
	"net/url"

	"github.com/google/uuid"

	"fonds/storage/archive"
)

// Format webannotation: one AnnotationCollection a document in webannotation/, its
// one page in it, and the text that it is about in webannotation/text/. What is said
// here of "the model" is the Web Annotation Data Model, a W3C Recommendation of
// 23 February 2017.

func init() {
	formats["webannotation"] = format{open: openWebAnnotation,
		positions: "code points of webannotation/text/<id>.txt, as TextPositionSelector has them, with the words at the place and 32 code points on both sides as TextQuoteSelector; " + regionPositions +
			", as FragmentSelector (xywh=pixel:) and SvgSelector (polygon), of several pages within a FragmentSelector (page=)"}
}

// annoContext is the context that the model asks for (3.1), and what it has no
// words for: fonds: are terms of this program. A term of a context that was given
// before is not given another meaning.
var annoContext = []any{"http://www.w3.org/ns/anno.jsonld", map[string]string{"fonds": "tag:fonds,2026:"}}

// annoCollection is the model's 5.1, with its page within it (5.2).
type annoCollection struct {
	Context  []any     `json:"@context"`
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Label    string    `json:"label"`
	Document annoNode  `json:"fonds:document"` // what it is about, also where nothing is said of it
	Total    int       `json:"total"`
	First    *annoPage `json:"first,omitempty"` // where there is anything
}

type annoNode struct {
	ID string `json:"id"`
}

type annoPage struct {
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	StartIndex int          `json:"startIndex"`
	Items      []annotation `json:"items"`
}

type annotation struct {
	ID         string     `json:"id"`
	Type       string     `json:"type"`
	Motivation string     `json:"motivation"` // 3.3.5
	Creator    *annoAgent `json:"creator,omitempty"`
	Created    string     `json:"created,omitempty"`
	State      string     `json:"fonds:state,omitempty"`
	Field      string     `json:"fonds:field,omitempty"`      // of a value
	NotStated  bool       `json:"fonds:notStated,omitempty"`  // the source does not state a value: there is no body (3.2)
	Detail     string     `json:"fonds:detail,omitempty"`     // of a value
	Rule       string     `json:"fonds:rule,omitempty"`       // of a value that a machine read
	Confidence float64    `json:"fonds:confidence,omitempty"` // of such a value
	Replaces   *string    `json:"fonds:replaces,omitempty"`   // of a correction: the words of the source text
	LookAgain  bool       `json:"fonds:lookAgain,omitempty"`  // of a mark: the words under it have changed
	Body       []annoBody `json:"body,omitempty"`
	Target     any        `json:"target"` // the document's address, or an annoTarget
}

// annoAgent is the model's 3.3.2.
type annoAgent struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// annoBody is a TextualBody (3.2.4), or a SpecificResource (4) where it has a source.
type annoBody struct {
	Type    string  `json:"type"`
	Value   *string `json:"value,omitempty"`
	Format  string  `json:"format,omitempty"`
	Source  string  `json:"source,omitempty"`
	Purpose string  `json:"purpose"`
}

// annoTarget is a place in a text (4.2): its selectors select the same words.
type annoTarget struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	Selector []any  `json:"selector"`
}

// annoPosition is the model's 4.2.5: positions are code points, from 0, start
// included, end not.
type annoPosition struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// annoQuote is the model's 4.2.4.
type annoQuote struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// annoAround is how many code points before and after a place are given with it.
const annoAround = 32

type webAnnotationWriter struct {
	j      *job
	counts map[string]int
}

func openWebAnnotation(j *job) (writer, error) {
	return &webAnnotationWriter{j, map[string]int{"documents": 0}}, nil
}

func (w *webAnnotationWriter) close() (map[string]int, error) { return w.counts, nil }

func (w *webAnnotationWriter) write(d *Doc) error {
	w.counts["documents"]++
	if d.Text != "" || d.Pages == 0 { // a scan has none
		err := w.j.file("webannotation/text/"+string(d.ID)+".txt", func(out io.Writer) error {
			_, err := io.WriteString(out, d.Text)
			return err
		})
		if err != nil {
			return err
		}
	}
	items := annotations(d, w.counts)
	w.counts["annotations"] += len(items)
	c := annoCollection{Context: annoContext, ID: annoName(d, "collection"), Type: "AnnotationCollection", Label: d.Title,
		Document: annoNode{d.URN()}, Total: len(items)}
	if len(items) > 0 {
		c.First = &annoPage{ID: annoName(d, "page"), Type: "AnnotationPage", Items: items}
	}
	return w.j.jsonFile("webannotation/"+string(d.ID)+".jsonld", c)
}

// annoName is an address of a thing that goes with a document: always the same one.
func annoName(d *Doc, what string) string {
	return "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceOID, []byte(string(d.ID)+" "+what)).String()
}

// annotations is everything that is said of a document.
func annotations(d *Doc, counts map[string]int) []annotation {
	text := archive.NewText(d.Text)
	at := func(from, to int) annoTarget {
		return annoTarget{"SpecificResource", d.URN(), []any{annoPosition{"TextPositionSelector", from, to},
			annoQuote{"TextQuoteSelector", text.Slice(from, to), text.Slice(max(0, from-annoAround), from), text.Slice(to, min(to+annoAround, text.Len()))}}}
	}
	out := []annotation{}
	for _, p := range d.Placed() {
		out = append(out, markAnnotation(p, at(p.From, p.To)))
	}
	for i := range d.Regions {
		out = append(out, regionAnnotation(&d.Regions[i], pictureTarget(d, d.Regions[i].Region)))
	}
	for _, f := range d.Fixed() {
		out = append(out, fixAnnotation(f, at(f.From, f.To)))
	}
	for _, v := range d.Fields {
		a := newAnnotation(v.ID, "describing", v.By, v.At, v.State, d.URN())
		a.Field, a.Detail, a.Rule, a.Confidence, a.Body = v.Field, v.Detail, v.Rule, v.Confidence, []annoBody{bodyOf(v.Value, "describing")}
		if v.NotStated {
			a.NotStated, a.Body = true, nil
		}
		if v.Region != "" {
			a.Target = pictureTarget(d, v.Region)
		}
		if e := v.Evidence; e != nil {
			if d.reading {
				a.Target = at(e.Reading.Start, e.Reading.End)
			} else {
				a.Target = at(e.Start, e.End)
			}
		}
		out = append(out, a)
	}
	for _, t := range d.Tags {
		a := newAnnotation(t.ID, "tagging", t.By, t.At, t.State, d.URN())
		a.Body = []annoBody{bodyOf(t.Tag, "tagging")}
		out = append(out, a)
	}
	for _, n := range d.Notes {
		a := newAnnotation(n.ID, "commenting", n.By, n.At, "", d.URN())
		a.Body = []annoBody{bodyOf(n.Text, "commenting")}
		out = append(out, a)
	}
	counts["marks"] += len(d.Marks)
	countRegions(counts, "regions", len(d.Regions))
	counts["corrections"] += len(d.Fixed())
	counts["corrections_left_out"] += proposedFixes(d)
	return out
}

func newAnnotation(id archive.ID, motivation, by, at, state string, target any) annotation {
	a := annotation{ID: "urn:uuid:" + string(id), Type: "Annotation", Motivation: motivation, Created: at, State: state, Target: target}
	switch by {
	case "":
	case Machine:
		a.Creator = &annoAgent{"Software", by}
	default:
		a.Creator = &annoAgent{"Person", by}
	}
	return a
}

// markAnnotation has the label as a tag, the comment, and what the words name.
func markAnnotation(p Placed, target annoTarget) annotation {
	a := newAnnotation(p.ID, "tagging", p.By, p.At, p.State, target)
	a.LookAgain, a.Body = p.LookAgain, markBodies(p.Label, p.Text, p.Authority)
	return a
}

func markBodies(label, comment, authority string) []annoBody {
	out := []annoBody{bodyOf(label, "tagging")}
	if comment != "" {
		out = append(out, bodyOf(comment, "commenting"))
	}
	if authority != "" {
		body := annoBody{Type: "SpecificResource", Source: authority, Purpose: "identifying"}
		if u, err := url.Parse(authority); err != nil || !u.IsAbs() { // what is masked may be no address
			body = bodyOf(authority, "identifying")
		}
		out = append(out, body)
	}
	return out
}

// fixAnnotation has the new words as its body: in a reading text they stand at the
// place, in a source text fonds:replaces does.
func fixAnnotation(f Fixed, target annoTarget) annotation {
	a := newAnnotation(f.ID, "editing", f.By, f.At, f.State, target)
	a.Replaces, a.Body = &f.Source, []annoBody{bodyOf(f.Text, "editing")}
	if f.Reason != "" {
		a.Body = append(a.Body, bodyOf(f.Reason, "commenting"))
	}
	return a
}

func bodyOf(s, purpose string) annoBody {
	return annoBody{Type: "TextualBody", Value: &s, Format: "text/plain", Purpose: purpose}
}
