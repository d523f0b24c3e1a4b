package office

import (
	"bytes"
	"path"
	"strings"

	"fonds/app/ingest/content"
)

// embedded gathers the documents that lie in a document.
type embedded struct {
	pack *pack
	refs []string // keys of parts in the order in which the text names them
	seen map[string]bool
	room int64 // bytes of all that was taken
}

func (e *embedded) add(part string) {
	if k := key(part); !e.seen[k] && len(e.refs) < content.MaxParts {
		e.seen[k] = true
		e.refs = append(e.refs, k)
	}
}

// refer notes an object or a chunk that the text names by a relationship.
func (d *docx) refer(id string) {
	switch r, ok := d.rels[id]; {
	case !ok:
	case r.away:
		d.lose("an object is only linked and does not lie in the file: " + r.target)
	case !d.has(r.target):
		d.lose("an object is named and does not lie in the file: " + r.target)
	default:
		d.files.add(r.target)
	}
}

// parts takes them out: those that the text names, then those that lie with them and are named nowhere.
func (e *embedded) parts(types contentTypes) ([]content.Part, error) {
	for _, k := range e.pack.names {
		if strings.Contains("/"+k, "/embeddings/") && !strings.HasSuffix(k, ".rels") {
			e.add(k)
		}
	}
	var out []content.Part
	for _, k := range e.refs {
		name := e.pack.files[k].Name
		p, err := e.take(path.Base(strings.ReplaceAll(name, `\`, "/")), k, types.of(k))
		if err != nil {
			return nil, err
		}
		if p != nil {
			out = append(out, *p)
		}
	}
	return out, nil
}

// take unpacks one; nil is one that cannot be taken, which was noted.
func (e *embedded) take(name, part, claimed string) (*content.Part, error) {
	data, err := e.pack.whole(part, maxEmbedded-e.room)
	if err != nil && !isChecksum(err) {
		if r, ok := err.(*content.Refusal); ok && (r.Reason != content.TooMuch || strings.HasPrefix(r.Detail, part)) {
			e.pack.lose("the document " + part + " in it: " + r.Error())
			return nil, nil
		}
		return nil, err
	}
	if err != nil {
		e.pack.lose("the checksum of the document " + part + " in it is wrong")
	}
	e.room += int64(len(data))
	return e.unwrap(name, claimed, data), nil
}

// unwrap makes a part of the bytes of an object: what an OLE wrapping holds, where it is one.
func (e *embedded) unwrap(name, claimed string, data []byte) *content.Part {
	p := &content.Part{Name: name, Type: claimed, As: content.AnAttachment, Data: data}
	f, err := openCompound(data)
	if err != nil {
		if k := Kind(data); k != "" {
			p.Type = k
		}
		return p
	}
	inner, innerName, kind := f.object(maxEmbedded - e.room)
	switch {
	case kind == "equation":
		e.pack.lose("a formula of Equation Editor or MathType stands in it as a picture only")
		return nil
	case inner != nil:
		e.room += int64(len(inner))
		p.Data, p.Type = inner, kind
		if innerName != "" {
			p.Name = innerName
		} else if x := extensionOf(kind); x != "" {
			p.Name = strings.TrimSuffix(p.Name, path.Ext(p.Name)) + x
		}
	case kind != "":
		p.Type = kind
		if x := extensionOf(kind); x != "" && strings.HasSuffix(p.Name, ".bin") {
			p.Name = strings.TrimSuffix(p.Name, ".bin") + x
		}
	}
	return p
}

// object gives what a compound file of OLE wraps, its name and its media type; only a type where the file itself is the
// document; "equation" for a formula.
func (f *compound) object(limit int64) (data []byte, name, kind string) {
	if b := f.stream("\x01Ole10Native", limit); b != nil {
		if name, data = native(b); data != nil {
			return data, name, Kind(data)
		}
	}
	for _, s := range []string{"Package", "EmbeddedOdf", "package_stream"} {
		if b := f.stream(s, limit); b != nil {
			return b, "", Kind(b)
		}
	}
	if b := f.stream("CONTENTS", limit); bytes.HasPrefix(b, []byte("%PDF")) {
		return b, "", "application/pdf"
	}
	for _, s := range []struct{ stream, kind string }{
		{"WordDocument", "application/msword"}, {"Workbook", "application/vnd.ms-excel"}, {"Book", "application/vnd.ms-excel"},
		{"PowerPoint Document", "application/vnd.ms-powerpoint"}, {"VisioDocument", "application/vnd.visio"},
		{"__properties_version1.0", "application/vnd.ms-outlook"}, {"Equation Native", "equation"},
	} {
		if _, ok := f.find(s.stream); ok {
			return nil, "", s.kind
		}
	}
	return nil, "", "application/x-ole-storage"
}

var extensions = map[string]string{
	"application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt",
	"application/vnd.visio": ".vsd", "application/vnd.ms-outlook": ".msg", "application/pdf": ".pdf", TypeDOCX: ".docx", TypeXLSX: ".xlsx",
	TypePPTX: ".pptx", TypeODT: ".odt", TypeODS: ".ods", TypeODP: ".odp",
}

func extensionOf(kind string) string { return extensions[kind] }
