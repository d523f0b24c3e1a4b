package ingest

import (
	"bytes"
	"encoding/json"
	"strings"
)

// JSON-LD of a page, as schema.org has it: of the things that it describes, the article. A page that describes itself and
// no article counts too.

// jsonldDeepest is how deep things are looked for in each other.
const jsonldDeepest = 6

// jsonldOf gives what one script of JSON-LD says of the article; nothing where it is none.
func jsonldOf(script []byte) []stated {
	script = bytes.TrimSpace(script)
	script = bytes.TrimSuffix(bytes.TrimPrefix(script, []byte("<![CDATA[")), []byte("]]>"))
	var all any
	if json.Unmarshal(script, &all) != nil {
		return nil
	}
	article, page := thingsIn(all, 0)
	if article == nil {
		article = page
	}
	if article == nil {
		return nil
	}
	var out []stated
	say := func(field, property string, conf float64) {
		for _, v := range namesIn(article[property]) {
			out = append(out, stated{field, v, "html.jsonld", "JSON-LD " + property, conf})
		}
	}
	say("dcterms:title", "headline", 0.85)
	say("dcterms:date", "datePublished", 0.85)
	say("dcterms:creator", "author", 0.8)
	say("dcterms:publisher", "publisher", 0.8)
	return out
}

// thingsIn looks for the first article and the first page.
func thingsIn(v any, depth int) (article, page map[string]any) {
	if depth > jsonldDeepest {
		return nil, nil
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			a, p := thingsIn(e, depth+1)
			if article == nil {
				article = a
			}
			if page == nil {
				page = p
			}
		}
	case map[string]any:
		for _, t := range namesIn(v["@type"]) {
			switch {
			case strings.HasSuffix(t, "Article"), strings.HasSuffix(t, "Posting"), t == "Report", t == "Legislation":
				return v, nil
			case strings.HasSuffix(t, "WebPage"), t == "CreativeWork":
				page = v
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			a, p := thingsIn(v[key], depth+1)
			if article == nil {
				article = a
			}
			if page == nil {
				page = p
			}
		}
	}
	return article, page
}

// namesIn are the strings that a value is: itself, its name, or those of its members.
func namesIn(v any) (out []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			return []string{name}
		}
	case []any:
		for _, e := range v {
			switch e := e.(type) {
			case string:
				out = append(out, e)
			case map[string]any:
				out = append(out, namesIn(e)...)
			}
		}
	}
	return out
}
