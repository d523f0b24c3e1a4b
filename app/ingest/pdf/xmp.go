package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"strings"

	"fonds/app/ingest/content"
)

// PDFium does not hand out the XMP of a document, so that it is looked for here: the catalogue names the object that holds
// it. What is not found costs some properties and no text.

const (
	maxXMP     = 4 << 20  // bytes of an XMP packet
	maxStreams = 32 << 20 // bytes unpacked of the streams that hold objects
	maxDict    = 64 << 10 // bytes of the catalogue
)

var (
	isCatalog  = regexp.MustCompile(`/Type\s*/Catalog\b`)
	metadata   = regexp.MustCompile(`/Metadata\s+(\d{1,9})\s+(\d{1,5})\s+R`)
	isObjects  = regexp.MustCompile(`/Type\s*/ObjStm\b`)
	streamWord = []byte("stream")
)

// xmpOf is what the XMP of a PDF says of it.
func xmpOf(ctx context.Context, data []byte) []content.Said {
	object := metadataIn(data)
	packed := 0
	for _, at := range isObjects.FindAllIndex(data, 10_000) {
		if object != "" || packed > maxStreams || ctx.Err() != nil {
			break
		}
		objects := stream(data, at[0], maxStreams-packed)
		packed += len(objects)
		object = metadataIn(objects)
	}
	if object == "" {
		return nil
	}
	at := bytes.LastIndex(data, []byte("\n"+object))
	if at < 0 {
		at = bytes.LastIndex(data, []byte("\r"+object))
	}
	if at < 0 {
		return nil
	}
	return readXMP(stream(data, at, maxXMP))
}

// metadataIn is the beginning of the object "N G obj" that the last catalogue in it names as its metadata; "" for none.
func metadataIn(data []byte) string {
	all := isCatalog.FindAllIndex(data, -1)
	for i := len(all) - 1; i >= 0 && i >= len(all)-100; i-- {
		if m := metadata.FindSubmatch(dictAround(data, all[i][0])); m != nil {
			return string(m[1]) + " " + string(m[2]) + " obj"
		}
	}
	return ""
}

// dictAround is the dictionary that a place lies in.
func dictAround(data []byte, at int) []byte {
	from, depth := at, 1
	for ; from > 0 && depth > 0 && at-from < maxDict; from-- {
		switch {
		case bytes.HasPrefix(data[from:], []byte("<<")):
			depth--
			from--
		case bytes.HasPrefix(data[from:], []byte(">>")) && from < at:
			depth++
			from--
		}
	}
	to, depth := at, 1
	for ; to < len(data) && depth > 0 && to-at < maxDict; to++ {
		switch {
		case bytes.HasPrefix(data[to:], []byte("<<")):
			depth++
			to++
		case bytes.HasPrefix(data[to:], []byte(">>")):
			depth--
			to++
		}
	}
	return data[max(from, 0):min(to, len(data))]
}

// stream is the content of the stream of the object at a place, unpacked, at most so many bytes of it.
func stream(data []byte, at, most int) []byte {
	near := data[at:min(at+maxDict, len(data))]
	begin := bytes.Index(near, streamWord)
	if begin < 0 {
		return nil
	}
	dict := near[:begin]
	rest := bytes.TrimPrefix(data[at+begin+len(streamWord):], []byte("\r"))
	rest = bytes.TrimPrefix(rest, []byte("\n"))
	end := bytes.Index(rest, []byte("endstream"))
	if end < 0 {
		end = len(rest)
	}
	rest = rest[:end]
	if !bytes.Contains(dict, []byte("/Filter")) {
		return rest[:min(most, len(rest))]
	}
	if !bytes.Contains(dict, []byte("FlateDecode")) {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(rest))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(z, int64(most))) // what is broken at its end is good until there
	return out
}

// properties are those of XMP that say something of the document, by name space and name, and the field that they say.
var properties = map[string]string{
	nsDC + "title": "dcterms:title", nsDC + "creator": "creator", nsDC + "contributor": "contributor",
	nsDC + "description": "description", nsDC + "subject": "subject", nsDC + "rights": "rights", nsDC + "source": "source",
	nsDC + "identifier": "identifier", nsDC + "language": "language", nsDC + "publisher": "publisher", nsDC + "date": "date",
	nsDC + "coverage": "spatial", nsXMP + "CreateDate": "date", nsPDF + "Keywords": "subject",
}

const (
	nsDC  = "http://purl.org/dc/elements/1.1/ "
	nsXMP = "http://ns.adobe.com/xap/1.0/ "
	nsPDF = "http://ns.adobe.com/pdf/1.3/ "
	nsRDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
)

var prefixes = map[string]string{nsDC: "dc:", nsXMP: "xmp:", nsPDF: "pdf:"}

// readXMP reads an XMP packet: each property as an element, with one value or a list of them, or as an attribute.
func readXMP(packet []byte) []content.Said {
	x := xmpReader{dec: xml.NewDecoder(bytes.NewReader(packet))}
	x.dec.Strict = false
	for {
		t, err := x.dec.Token()
		if err != nil || len(x.said) > 1000 {
			return x.said
		}
		x.token(t)
	}
}

type xmpReader struct {
	dec   *xml.Decoder
	said  []content.Said
	depth int    // of elements
	in    string // the property that is read, name space and name
	at    int    // its depth
	value strings.Builder
	items int
}

func (x *xmpReader) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		x.depth++
		name := t.Name.Space + " " + t.Name.Local
		if t.Name.Space == nsRDF && t.Name.Local == "Description" {
			for _, a := range t.Attr {
				x.say(a.Name.Space+" "+a.Name.Local, a.Value)
			}
		}
		switch {
		case x.in == "" && properties[name] != "":
			x.in, x.at, x.items = name, x.depth, 0
			x.value.Reset()
		case x.in != "" && t.Name.Space == nsRDF && t.Name.Local == "li":
			x.value.Reset()
		}
	case xml.CharData:
		if x.in != "" && x.value.Len() < 1<<16 {
			x.value.Write(t)
		}
	case xml.EndElement:
		switch {
		case x.in == "":
		case x.depth == x.at:
			if x.items == 0 {
				x.say(x.in, x.value.String())
			}
			x.in = ""
		case t.Name.Space == nsRDF && t.Name.Local == "li":
			x.say(x.in, x.value.String())
			x.items++
		}
		x.depth--
	}
}

// say keeps a value of a property, once.
func (x *xmpReader) say(name, value string) {
	field := properties[name]
	value = oneLine(value)
	if field == "date" {
		value = isoDate(value)
	}
	if field == "" || value == "" || value == "x-default" {
		return
	}
	for _, s := range x.said {
		if s.Field == field && s.Value == value {
			return
		}
	}
	space, local, _ := strings.Cut(name, " ")
	x.said = append(x.said, content.Said{Field: field, Value: value, Where: "XMP " + prefixes[space+" "] + local})
}
