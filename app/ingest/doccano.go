package ingest

import (
	"encoding/json"
	"fmt"
)

// What doccano exports: JSON Lines, or an array, of texts with their spans, in code points as Python counts. Spans are
// [start, end, "label"] (sequence labelling, intent detection) or objects with offsets (relation extraction); see its
// backend/data_import and data_export. A text with a list of words beside it may be one with its categories, or with
// its translations: those files are not taken for doccano's.

// doccanoText are the keys of a text, doccanoSpans those of its spans; who exports may name them.
var (
	doccanoText  = []string{"text", "data", "column_data"}
	doccanoSpans = []string{"label", "labels", "entities", "column_label"}
)

// isDoccano says whether a file is one of doccano's with spans: every value has a text and a list of nothing but spans,
// and one of them is there, or the comments that doccano writes beside them.
func isDoccano(data []byte) bool {
	values, err := jsonValues(data)
	if err != nil {
		return false
	}
	sure := false
	for _, v := range values {
		o := jsonObject(v)
		_, text := firstOf(o, doccanoText).(string)
		spans, ok := firstOf(o, doccanoSpans).([]any)
		if !text || !ok {
			return false
		}
		for _, s := range spans {
			if _, ok := doccanoSpan(s); !ok {
				return false
			}
		}
		_, comments := o["Comments"].([]any)
		sure = sure || len(spans) > 0 || comments
	}
	return sure
}

// firstOf is the value of the first key that is there.
func firstOf(o map[string]any, keys []string) any {
	for _, k := range keys {
		if v, ok := o[k]; ok {
			return v
		}
	}
	return nil
}

// doccanoSpan reads a span, in either shape.
func doccanoSpan(v any) (claim, bool) {
	var start, end, label any
	switch v := v.(type) {
	case []any:
		if len(v) != 3 {
			return claim{}, false
		}
		start, end, label = v[0], v[1], v[2]
	case map[string]any:
		start, end, label = v["start_offset"], v["end_offset"], v["label"]
	}
	_, number := start.(json.Number)
	s, ok := position(start)
	e, fine := position(end)
	l, named := label.(string)
	return claim{start: s, end: e, mark: Span{Label: l}}, number && ok && fine && named
}

// readDoccano reads such a file, and says what of it was left out. first is the number of its first text, by which one
// without an id is named.
func readDoccano(data []byte, first int) (docs []Annotated, dropped []string, err error) {
	values, err := jsonValues(data)
	if err != nil {
		return nil, nil, err
	}
	for i, v := range values {
		o := jsonObject(v)
		text, ok := firstOf(o, doccanoText).(string)
		if !ok {
			return nil, nil, fmt.Errorf("document %d has no text: it should be under \"text\"", first+i)
		}
		a := Annotated{Name: jsonWord(o["id"]), Text: text, Tags: jsonWords(o["cats"]), Notes: jsonWords(o["Comments"]), Fields: fieldsOf(o["fields"]), Not: jsonWords(o["not_stated"])}
		if a.Name == "" {
			a.Name = fmt.Sprint(first + i)
		}
		var claims []claim
		for n, s := range jsonList(firstOf(o, doccanoSpans)) {
			c, ok := doccanoSpan(s)
			if c.name = fmt.Sprintf("document %s, span %d", a.Name, n+1); !ok {
				dropped = append(dropped, c.name+": it is not [start, end, \"label\"]; it was left out")
				continue
			}
			claims = append(claims, c)
		}
		dropped = append(dropped, a.settle(claims, byPoints([]rune(text)))...)
		if n := len(jsonList(o["relations"])); n > 0 {
			dropped = append(dropped, fmt.Sprintf("document %s: %d relations between spans were left out", a.Name, n))
		}
		docs = append(docs, a)
	}
	return docs, dropped, nil
}
