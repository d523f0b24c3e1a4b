package picture

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

const (
	nsRDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsXML = "http://www.w3.org/XML/1998/namespace"

	maxXMP   = 4 << 20
	maxNodes = 100_000
)

// xmpNames are prefixes of the namespaces that something is taken of.
var xmpNames = map[string]string{
	"http://purl.org/dc/elements/1.1/":            "dc",
	"http://ns.adobe.com/photoshop/1.0/":          "photoshop",
	"http://ns.adobe.com/exif/1.0/":               "exif",
	"http://ns.adobe.com/xap/1.0/rights/":         "xmpRights",
	"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
	"http://ns.adobe.com/xap/1.0/":                "xmp",
	"http://ns.adobe.com/tiff/1.0/":               "tiff",
	"http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
}

// xmpFields is which field a property is about.
var xmpFields = map[string]string{
	"dc:title": "title", "dc:creator": "creator", "dc:description": "description", "dc:subject": "subject", "dc:rights": "rights",
	"dc:date": "date", "dc:publisher": "publisher", "dc:contributor": "contributor", "dc:language": "language",
	"dc:source": "source", "dc:identifier": "identifier", "photoshop:DateCreated": "date", "photoshop:Credit": "source",
	"photoshop:Source": "source", "exif:DateTimeOriginal": "date", "xmpRights:UsageTerms": "rights",
	"tiff:Artist": "creator", "tiff:ImageDescription": "description", "tiff:Copyright": "rights", "exif:UserComment": "description",
}

// A node is an element of XML.
type node struct {
	name     xml.Name
	attrs    []xml.Attr
	children []*node
	text     strings.Builder
}

// xmp reads a packet of XMP.
func (m *meta) xmp(packet []byte) {
	if len(packet) == 0 || !m.spend(len(packet)) {
		return
	}
	root := tree(packet)
	if root == nil {
		return
	}
	v := map[string]string{}
	m.descriptions(root, v)
	m.places(fromXMP, v["photoshop:City"], v["photoshop:State"], v["photoshop:Country"], "XMP photoshop:City")
	m.add(fromXMP, "spatial", v["Iptc4xmpCore:Location"], "XMP Iptc4xmpCore:Location")
	if lat, long := v["exif:GPSLatitude"], v["exif:GPSLongitude"]; lat != "" && long != "" {
		m.point(fromXMP, xmpDegrees(lat), xmpDegrees(long), "XMP exif:GPSLatitude, GPSLongitude")
	}
}

// tree reads XML into nodes; nil for what is none. What is broken is read up to there.
func tree(b []byte) *node {
	if len(b) > maxXMP {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	root := &node{}
	stack := []*node{root}
	for n := 0; n < maxNodes; {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n++
			if len(stack) > content.MaxNesting {
				return root
			}
			el := &node{name: t.Name, attrs: t.Copy().Attr}
			top.children = append(top.children, el)
			stack = append(stack, el)
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			top.text.Write(t)
		}
	}
	root.resolve(map[string]string{"xml": nsXML})
	return root
}

// resolve puts namespaces for prefixes.
func (n *node) resolve(spaces map[string]string) {
	own, copied := spaces, false
	for _, a := range n.attrs {
		if a.Name.Space == "xmlns" {
			if !copied {
				own, copied = map[string]string{}, true
				for k, v := range spaces {
					own[k] = v
				}
			}
			own[a.Name.Local] = a.Value
		}
	}
	n.name.Space = own[n.name.Space]
	for i := range n.attrs {
		if a := &n.attrs[i]; a.Name.Space != "xmlns" {
			a.Name.Space = own[a.Name.Space]
		}
	}
	for _, c := range n.children {
		c.resolve(own)
	}
}

// descriptions takes the properties of all that is described, and those that belong together into v.
func (m *meta) descriptions(n *node, v map[string]string) {
	if n.name.Space != nsRDF || n.name.Local != "Description" {
		for _, c := range n.children {
			m.descriptions(c, v)
		}
		return
	}
	for _, a := range n.attrs {
		if prefix := xmpNames[a.Name.Space]; prefix != "" {
			m.property(prefix+":"+a.Name.Local, []string{a.Value}, v)
		}
	}
	for _, c := range n.children {
		if prefix := xmpNames[c.name.Space]; prefix != "" {
			m.property(prefix+":"+c.name.Local, c.values(), v)
		}
	}
}

// values are those of a property: its text, or its members; of alternatives of languages the default one.
func (n *node) values() []string {
	for _, c := range n.children {
		if c.name.Space != nsRDF || c.name.Local != "Seq" && c.name.Local != "Bag" && c.name.Local != "Alt" {
			continue
		}
		var out []string
		for _, li := range c.children {
			words := clean(li.text.String())
			if words == "" {
				continue
			}
			if c.name.Local == "Alt" && li.attr(nsXML, "lang") == "x-default" {
				return []string{words}
			}
			out = append(out, words)
		}
		if c.name.Local == "Alt" && len(out) > 1 {
			out = out[:1]
		}
		return out
	}
	if r := n.attr(nsRDF, "resource"); r != "" {
		return []string{r}
	}
	return []string{n.text.String()}
}

func (n *node) attr(space, local string) string {
	for _, a := range n.attrs {
		if a.Name.Space == space && a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// property takes a property.
func (m *meta) property(name string, values []string, v map[string]string) {
	field := xmpFields[name]
	if field == "" {
		if len(values) > 0 && v[name] == "" {
			v[name] = clean(values[0])
		}
		return
	}
	for _, value := range values {
		if field == "date" {
			value = isoDate(value)
		}
		m.add(fromXMP, field, value, "XMP "+name)
	}
}

// xmpDegrees reads 26,34.951N, 26,34,57N and 26.5825.
func xmpDegrees(s string) float64 {
	s = strings.TrimSpace(s)
	sign := 1.0
	if n := len(s); n > 0 {
		switch s[n-1] {
		case 'S', 'W':
			sign, s = -1, s[:n-1]
		case 'N', 'E':
			s = s[:n-1]
		}
	}
	v := 0.0
	for i, part := range strings.Split(s, ",") {
		f, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || i > 2 {
			return math.NaN()
		}
		v += f / []float64{1, 60, 3600}[i]
	}
	return sign * v
}
