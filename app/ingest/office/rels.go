package office

import (
	"encoding/xml"
	"path"
	"strings"

	"fonds/app/ingest/content"
)

// A rel is a relationship of a part of an OPC package.
type rel struct {
	kind   string // the last word of its type: footnotes, image, oleObject
	target string // key of a part; of an external one, as the file has it
	away   bool   // outside the file
}

// rels are the relationships of a part by id; none where it has no list of them.
func (p *pack) rels(part string) (map[string]rel, []string, error) {
	list := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		list = "_rels/.rels"
	}
	if !p.has(list) {
		return nil, nil, nil
	}
	c, err := p.xml(list)
	if err != nil {
		return nil, nil, err
	}
	if _, err = c.root(); err != nil {
		return nil, nil, err
	}
	all, order := map[string]rel{}, []string{}
	err = c.each(func(s xml.StartElement) error {
		id, target := c.attr(s, "Id"), c.attr(s, "Target")
		kind := c.attr(s, "Type")
		r := rel{kind: kind[strings.LastIndexByte(kind, '/')+1:], target: target, away: c.attr(s, "TargetMode") == "External"}
		if !r.away {
			target = strings.ReplaceAll(target, `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", path.Dir("/"+part), target)
			}
			r.target = key(target)
		}
		if _, twice := all[id]; !twice && len(all) < maxRule {
			all[id] = r
			order = append(order, id)
		}
		return c.skip()
	})
	return all, order, err
}

// of gives the target of the first relationship of a kind that lies in the file.
func firstOf(all map[string]rel, order []string, kind string) string {
	for _, id := range order {
		if r := all[id]; r.kind == kind && !r.away {
			return r.target
		}
	}
	return ""
}

// mainPart is the part of an OPC package that is the document.
func (p *pack) mainPart() (string, error) {
	all, order, err := p.rels("")
	if err != nil {
		return "", err
	}
	if main := firstOf(all, order, "officeDocument"); p.has(main) {
		return main, nil
	}
	if p.has("word/document.xml") {
		return "word/document.xml", nil
	}
	if !p.has("[Content_Types].xml") {
		return "", content.Refuse(content.NotIt, "it is a ZIP file with no document of an office program as its content")
	}
	return "", content.Refuse(content.Damaged, "it has no part that is the document")
}
