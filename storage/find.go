package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-sqlite3"

	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/storage/words"
)

// finder makes of a query the condition that a row of documents has to meet, with
// its arguments.
type finder struct {
	lookup
	args    []any
	removed bool // it asks for documents that were removed
}

// lookup is what a query looks for, read once for all that is asked of it.
type lookup struct {
	node  *query.Node
	parts []part // of the index, where it asks that
	// corrected are, for words that have to stand exactly so or in the document's own
	// text, the documents with corrections in force in which they do: JSON, by asKey.
	corrected map[string]string
	again     string                // the documents with marks to be looked at again: JSON
	wholes    map[string]archive.ID // by what is asked for
	units     map[string]string     // by what is asked for: the unit and those under it: JSON
	likes     map[string][]int64    // by what is asked for: the documents like it, the likest first
}

// findDriver opens connections that know what words are.
var findDriver = &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
	if err := c.RegisterFunc("has_words", hasWords, true); err != nil {
		return err
	}
	return c.RegisterFunc("has_own_words", hasOwnWords, true)
}}

// hasWords says whether words stand in a text, as the index would.
func hasWords(text, s string) bool { return len(words.NewText(text).Find(s, 1)) > 0 }

// hasOwnWords says whether words stand in a text outside of ranges of it, which are
// [[start,end],…] in code points.
func hasOwnWords(text, aside, s string) bool {
	var ranges [][2]int
	if json.Unmarshal([]byte(aside), &ranges) != nil {
		return false
	}
	return standsOutside(text, ranges, s)
}

func standsOutside(text string, aside [][2]int, s string) bool {
	return slices.ContainsFunc(words.NewText(text).Find(s, 0), func(h words.Hit) bool {
		return !slices.ContainsFunc(aside, func(r [2]int) bool { return r[0] < h.End && h.Start < r[1] })
	})
}

// arg is the placeholder of an argument.
func (f *finder) arg(v any) string {
	f.args = append(f.args, v)
	return fmt.Sprintf("?%d", len(f.args))
}

// condition is a query as SQL.
func (f *finder) condition(n *query.Node) string {
	between := map[query.Op]string{query.And: " AND ", query.Or: " OR "}[n.Op]
	switch n.Op {
	case query.Not:
		return "NOT " + f.condition(n.Kids[0])
	case query.And, query.Or:
		var each []string
		for _, k := range n.Kids {
			each = append(each, f.condition(k))
		}
		return "(" + strings.Join(each, between) + ")"
	}
	return "(" + f.leaf(n) + ")"
}

// nobody is a condition that no document meets.
const nobody = "0"

// ofItems is the SELECT of the documents that have an item.
const ofItems = "id IN (SELECT doc FROM items WHERE state='accepted' AND "

func (f *finder) leaf(n *query.Node) string {
	switch n.Key {
	case query.Words:
		return f.words(n)
	case query.Tag:
		tag := f.arg(n.Value)
		return ofItems + "what='tag' AND (key=" + tag + " OR key>" + tag + "||'/' AND key<" + tag + "||'0'))"
	case query.Field:
		return f.value(n)
	case query.Mark:
		if n.Value == "" {
			return ofItems + "what='mark' AND key=" + f.arg(n.Name) + ")"
		}
		return ofItems + "what='mark' AND key=" + f.arg(n.Name) + " AND has_words(ifnull(anchor->>'$.quote',''), " + f.arg(n.Value) + "))"
	case query.Date:
		return f.date(n)
	case query.Status:
		f.removed = f.removed || n.Value == string(archive.Removed)
		return "status=" + f.arg(n.Value)
	case query.By:
		return "id IN (SELECT subject FROM log WHERE kind<>'document.import' AND actor IN " + f.names(n.Value) + ")"
	case query.Assigned:
		return "assignee<>'' AND assignee IN " + f.names(n.Value)
	case query.Has:
		return f.has(n.Value)
	case query.Text:
		return f.ownText(n)
	case query.Name:
		return `path LIKE '%'||` + f.arg(likeEscaper.Replace(n.Value)) + `||'%' ESCAPE '\'`
	case query.Note:
		w := f.arg(n.Value)
		return ofItems + "what='note' AND has_words(text, " + w + ")) OR " + ofItems + "what='mark' AND text<>'' AND has_words(text, " + w + "))"
	case query.Format:
		return `info->>'$.format' LIKE '%'||` + f.arg(likeEscaper.Replace(n.Value)) + ` ESCAPE '\'`
	case query.Encoding:
		return "lower(info->>'$.encoding')=lower(" + f.arg(n.Value) + ")"
	case query.Language:
		return "ifnull(info->>'$.language','')=" + f.arg(n.Value) + " OR ifnull(info->>'$.language','') LIKE " + f.arg(likeEscaper.Replace(n.Value)+"-%") + ` ESCAPE '\'`
	case query.Missing:
		return "id NOT IN (SELECT doc FROM items WHERE what='value' AND state='accepted' AND key=" + f.arg(n.Value) + ")"
	case query.Like:
		return "n IN (SELECT value FROM json_each(" + f.arg(numbersArg(f.likes[n.Value])) + "))"
	case query.Package:
		return "package<>'' AND package IN (SELECT id FROM items WHERE doc='' AND what='package' AND key=" + f.arg(n.Value) + ")"
	case query.Within:
		return ofItems + "what='belonging' AND text=" + f.arg(f.wholes[n.Value]) + ")"
	case query.Unit:
		return "unit<>'' AND unit IN (SELECT value FROM json_each(" + f.arg(f.units[n.Value]) + "))"
	}
	return nobody
}

// names is a list of a person's name and those of before.
func (f *finder) names(who string) string {
	name := f.arg(who)
	return "(SELECT " + name + " UNION SELECT value FROM items i, json_each('[\"'||replace(replace(replace(i.detail,'\\','\\\\'),'\"','\\\"'),char(10),'\",\"')||'\"]')" +
		" WHERE i.doc='' AND i.what='person' AND i.key=" + name + " AND i.detail<>'')"
}

// words are words anywhere in a document.
func (f *finder) words(n *query.Node) string {
	p := words.Phrase(n.Value)
	if p == "" {
		return nobody
	}
	cond := "n IN (" + strings.ReplaceAll(matching(f.parts), "?1", f.arg(p)) + ")"
	switch {
	case !n.Exact || asIndexed(n.Value):
		return cond
	case inWord(n.Value):
		cond = "1"
	}
	w := f.arg(n.Value)
	exact := "CASE WHEN " + isCorrected +
		" THEN n IN (SELECT value FROM json_each(" + f.arg(f.corrected[asKey(n)]) + "))" +
		" ELSE EXISTS (SELECT 1 FROM texts t WHERE t.doc=documents.id AND t.n=info->>'$.text' AND instr(t.text, CAST(" + w + " AS BLOB))) END" +
		" OR EXISTS (SELECT 1 FROM items i WHERE i.doc=documents.id AND i.state='accepted' AND i.what IN ('value','tag','note','mark','thread','reply','correction') AND (instr(i.text, " + w + ") AND i.what<>'correction' OR i.what='correction' AND instr(i.source, " + w + ") OR i.what='tag' AND instr(i.key, " + w + ")))" +
		" OR instr(name, " + w + ")"
	return cond + " AND (" + exact + ")"
}

// isCorrected is the condition of a document with corrections in force: its text as it
// reads is not the one that the file holds.
const isCorrected = "id IN (SELECT doc FROM items WHERE what='correction' AND state='accepted')"

// ownText are words of a document's own text.
func (f *finder) ownText(n *query.Node) string {
	p := words.Phrase(n.Value)
	if p == "" {
		return nobody
	}
	return "n IN (" + strings.ReplaceAll(matching(f.parts), "?1", f.arg(p)) + ") AND CASE WHEN " + isCorrected +
		" THEN n IN (SELECT value FROM json_each(" + f.arg(f.corrected[asKey(n)]) + "))" +
		" ELSE has_own_words((SELECT CAST(t.text AS TEXT) FROM texts t WHERE t.doc=documents.id AND t.n=info->>'$.text')," +
		" (SELECT json_group_array(json_array(anchor->'$.start.at', anchor->'$.end.at')) FROM items i WHERE i.doc=documents.id AND i.state='accepted'" +
		" AND (i.what IN ('furniture','split') OR i.what='mark' AND i.key='furniture')), " + f.arg(n.Value) + ") END"
}

// asKey names a leaf among those whose documents with corrections are looked through.
func asKey(n *query.Node) string { return string(n.Key) + ":" + n.Value }

// inWord says whether words that have to stand exactly so may begin within a word, where
// the index knows nothing of them: every text is looked through then.
func inWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return words.Joins(r)
}

// asIndexed says whether the index itself knows where s stands exactly so: of several
// characters it does not know whether a line ends between them.
func asIndexed(s string) bool { return utf8.RuneCountInString(s) == 1 && words.AsFolded(s) }

// value is a value of a field, with words in it.
func (f *finder) value(n *query.Node) string {
	cond := ofItems + "what='value' AND key=" + f.arg(n.Name)
	switch {
	case n.Value == "":
		return cond + " AND text<>'')" // that it is not stated is none
	case n.Exact:
		return cond + " AND text=" + f.arg(n.Value) + ")"
	}
	p := words.Phrase(n.Value)
	if p == "" {
		return nobody
	}
	// The index knows which documents have the words at all: few are looked into.
	return "n IN (" + strings.ReplaceAll(matching(f.parts), "?1", f.arg(p)) + ") AND EXISTS (SELECT 1 FROM items i WHERE i.doc=documents.id AND i.what='value'" +
		" AND i.state='accepted' AND i.key=" + f.arg(n.Name) + " AND has_words(i.text, " + f.arg(n.Value) + "))"
}

// has is that a document has something of a kind.
func (f *finder) has(thing string) string {
	switch thing {
	case "proposal":
		return "proposals>0"
	case "question":
		return "asked<>''"
	case "note", "mark", "correction", "tag":
		return ofItems + "what='" + thing + "')" // as the indexes have it
	case "part":
		return ofItems + "what='split')"
	case "attachment":
		return "id IN (SELECT text FROM items WHERE what='belonging' AND state='accepted')"
	case "look-again":
		return "n IN (SELECT value FROM json_each(" + f.arg(f.again) + "))"
	}
	return "has & " + f.arg(hasBits[thing]) + " <> 0"
}

// Parse reads a query as List does, so that what is wrong with it can be said where it
// is typed; an error is a *query.Error.
func Parse(search string) (*query.Node, error) { return query.Parse(search, query.Names{}) }

// lookup reads a query. One that cannot be read is an error of package query.
func (a *Archive) lookup(ctx context.Context, search string) (l lookup, err error) {
	if l.node, err = a.resolve(ctx, search); err != nil || l.node == nil {
		return l, err
	}
	var index, again bool
	var likes, units, wholes []string
	var through []*query.Node
	l.node.Leaves(func(n *query.Node, _ bool) {
		if n.Key == query.Like {
			likes, index = append(likes, n.Value), true
		}
		switch n.Key {
		case query.Unit:
			units = append(units, n.Value)
		case query.Within:
			wholes = append(wholes, n.Value)
		}
		again = again || n.Key == query.Has && n.Value == "look-again"
		index = index || n.Key == query.Words || n.Key == query.Text || n.Key == query.Field && n.Value != "" && !n.Exact
		if n.Key == query.Words && n.Exact && !asIndexed(n.Value) || n.Key == query.Text {
			through = append(through, n)
		}
	})
	if index {
		if l.parts, err = readParts(ctx, a.r); err != nil {
			return l, explain(a.path, err)
		}
	}
	if len(units) > 0 {
		self, err := a.Self(ctx)
		if err != nil {
			return l, err
		}
		l.units = map[string]string{}
		for _, ref := range units {
			l.units[ref] = lineList(self.Units().Named(ref).Under())
		}
	}
	for _, ref := range wholes {
		if l.wholes == nil {
			l.wholes = map[string]archive.ID{}
		}
		// One that is not there has nothing in it.
		if l.wholes[ref], err = find(ctx, a.r, ref); err != nil && !refusal(err) {
			return l, explain(a.path, err)
		}
	}
	for _, ref := range likes {
		if l.likes == nil {
			l.likes = map[string][]int64{}
		}
		if l.likes[ref], err = a.like(ctx, l.parts, ref); err != nil {
			return l, explain(a.path, err)
		}
	}
	if again {
		ns, err := a.lookAgain(ctx)
		if err != nil {
			return l, explain(a.path, err)
		}
		l.again = numbersArg(ns)
	}
	for _, n := range through {
		if err := a.readCorrected(ctx, &l, n); err != nil {
			return l, explain(a.path, err)
		}
	}
	return l, nil
}

// piecewise says whether the index can be asked part by part: whether each document
// is found by words that lie in one part with it, and none by words that it has not.
func (l *lookup) piecewise() bool {
	words := func(n *query.Node) bool {
		return n.Op == query.Is && n.Key == query.Words && !(n.Exact && inWord(n.Value))
	}
	switch n := l.node; {
	case n == nil:
		return false
	case n.Op == query.Is:
		return words(n)
	case n.Op == query.And:
		return slices.ContainsFunc(n.Kids, words) // one is enough: the others narrow it
	case n.Op == query.Or:
		return !slices.ContainsFunc(n.Kids, func(k *query.Node) bool { return !words(k) })
	}
	return false
}

// readCorrected looks through the reading texts of the documents that have
// corrections in force and may have the words.
func (a *Archive) readCorrected(ctx context.Context, l *lookup, leaf *query.Node) error {
	s := leaf.Value
	f := &finder{lookup: *l}
	where := "1"
	if leaf.Key == query.Text || !inWord(s) {
		where = f.words(&query.Node{Value: s})
	}
	rows, err := a.r.QueryContext(ctx, "SELECT n, id FROM documents WHERE "+where+
		" AND "+isCorrected, f.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var ns []int64
	for rows.Next() {
		var n int64
		var id archive.ID
		if err := rows.Scan(&n, &id); err != nil {
			return err
		}
		d, _, err := load(ctx, a.r, id)
		if err != nil {
			return err
		}
		r, err := d.Reading()
		if err != nil {
			return err
		}
		text := r.Text().String()
		if leaf.Key == query.Words && strings.Contains(text, s) || leaf.Key == query.Text && standsOutside(text, readAside(d, r), s) {
			ns = append(ns, n)
		}
	}
	if l.corrected == nil {
		l.corrected = map[string]string{}
	}
	l.corrected[asKey(leaf)] = numbersArg(ns)
	return rows.Err()
}

// readAside are the ranges of the reading text that are not the document's own.
func readAside(d *archive.Document, r *archive.Reading) (out [][2]int) {
	for _, a := range d.Aside(d.Info.Text) {
		out = append(out, [2]int{r.ToReading(a[0]), r.ToReading(a[1])})
	}
	return out
}
