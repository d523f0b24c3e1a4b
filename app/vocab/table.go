package vocab

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fonds/storage/archive"
)

// This file reads and writes vocabularies as tables: a head that names the columns, and a
// term a row. Several names in one cell stand apart by | or by a new line.

// heads are the columns by what they may be called, in small and without spaces.
var heads = map[string]string{
	"path": "path", "tag": "path", "路径": "path", "标签": "path", "标签路径": "path",
	"id": "id", "identifier": "id", "code": "id", "编号": "id", "代码": "id", "标识符": "id", "序号": "id",
	"uri": "uri", "url": "uri", "iri": "uri", "网址": "uri", "统一资源标识符": "uri",
	"broader": "broader", "parent": "broader", "bt": "broader", "上位词": "broader", "上位": "broader", "上级": "broader", "属": "broader",
	"label": "label", "preflabel": "label", "name": "label", "term": "label", "名称": "label", "首选词": "label", "规范名称": "label", "规范词": "label", "叙词": "label", "正式主题词": "label", "词": "label",
	"alt": "alt", "altlabel": "alt", "usedfor": "alt", "uf": "alt", "synonym": "alt", "synonyms": "alt", "variants": "alt", "别名": "alt", "同义词": "alt", "非正式主题词": "alt", "代": "alt", "异名": "alt", "曾用名": "alt",
	"scope": "scope", "scopenote": "scope", "note": "scope", "definition": "scope", "范围注释": "scope", "注释": "scope", "说明": "scope", "含义": "scope",
	"dates": "dates", "date": "dates", "日期": "dates", "年代": "dates", "生卒年": "dates",
	"colour": "colour", "color": "colour", "颜色": "colour",
	"documents": "documents", "count": "documents", "文件数": "documents", "件数": "documents",
}

// column is what a column of a table says: one of the values of heads, and a language.
type column struct{ is, lang string }

func columnOf(head string) column {
	name, lang, _ := strings.Cut(strings.TrimSpace(head), "@")
	name = strings.NewReplacer(" ", "", "_", "", "-", "", "　", "").Replace(strings.ToLower(name))
	if before, inside, ok := strings.Cut(name, "("); ok && lang == "" { // label (en)
		name, lang = before, strings.TrimSuffix(inside, ")")
	}
	return column{heads[name], strings.TrimSpace(lang)}
}

// decoded is a table as UTF-8: what is none is read as GB 18030, as spreadsheets of
// Chinese systems save it.
func decoded(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if utf8.Valid(data) {
		return data, nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return nil, archive.Refuse("vocab-encoding")
	}
	return out, nil
}

// separator is the sign between cells that the first line has most of.
func separator(data []byte, f Format) rune {
	if f == TSV {
		return '\t'
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, r := range ";\t" {
		if n := bytes.Count(line, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

func readTable(data []byte, f Format) (*Vocabulary, error) {
	data, err := decoded(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(data, f), -1, true
	head, err := r.Read()
	if err != nil {
		return nil, tableError(err)
	}
	var columns []column
	has := map[string]bool{}
	for _, h := range head {
		c := columnOf(h)
		columns = append(columns, c)
		has[c.is] = true
	}
	if !has["label"] && !has["path"] {
		return nil, archive.Refuse("vocab-head", "head", quoted(strings.Join(head, ", ")))
	}
	t := &tableReader{v: &Vocabulary{URIs: map[string]string{}}, at: map[string]int{}, byName: map[string]string{}}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, tableError(err)
		}
		line, _ := r.FieldPos(0)
		if err := t.row(columns, row, line); err != nil {
			return nil, err
		}
	}
	return t.whole(), nil
}

func tableError(err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return archive.Refuse("vocab-table", "line", p.Line, "column", p.Column, "why", p.Err.Error())
	}
	return archive.Refuse("vocab-none")
}

type tableReader struct {
	v      *Vocabulary
	at     map[string]int    // terms by their ids
	byName map[string]string // ids by preferred names, "" where two have one
	paths  bool
}

func (t *tableReader) row(columns []column, row []string, line int) error {
	var term archive.Term
	path, uri := "", ""
	for i, cell := range row {
		if cell = strings.TrimSpace(plain(cell)); i >= len(columns) || cell == "" {
			continue
		}
		switch c := columns[i]; c.is {
		case "path":
			if path = archive.TagName(cell); slices.Contains(strings.Split(cell, "/"), "") {
				return archive.Refuse("vocab-path", "line", line, "path", cell)
			}
		case "id":
			term.ID = cell
		case "uri":
			uri = cell
		case "broader":
			term.Broader = cell
		case "label":
			term.Names = append(term.Names, archive.Name{Text: strings.ReplaceAll(cell, `\|`, "|"), Lang: c.lang})
		case "alt":
			for _, n := range apart(cell) {
				term.Also = append(term.Also, archive.Name{Text: n, Lang: c.lang})
			}
		case "scope":
			term.Scope = cell
		case "dates":
			term.Dates = cell
		case "colour":
			if n, err := strconv.Atoi(cell); err == nil && n > 0 && n <= archive.Styles {
				term.Colour = n
			}
		}
	}
	if path != "" {
		t.paths = true
		above, last, under := cutLast(path, "/")
		if !under {
			above, last = "", path
		}
		term.ID, term.Broader = path, above
		if !slices.ContainsFunc(term.Names, func(n archive.Name) bool { return n.Lang == "" }) {
			term.Names = append([]archive.Name{{Text: last}}, term.Names...)
		}
	}
	if len(term.Names) == 0 {
		if term.ID == "" && uri == "" {
			return nil // an empty row
		}
		return archive.Refuse("vocab-row", "line", line)
	}
	switch {
	case uri != "" && path == "":
		if term.ID != "" && term.ID != uri {
			t.byName["\x00"+term.ID] = uri // broader may name it by that
		}
		term.ID = uri
	case uri != "":
		t.v.URIs[term.ID] = uri
	case term.ID == "":
		term.ID = term.Names[0].Text
	}
	if _, twice := t.at[term.ID]; twice {
		return archive.Refuse("vocab-row-twice", "line", line, "id", quoted(term.ID))
	}
	t.at[term.ID] = len(t.v.Terms)
	name := term.Names[0].Text
	if _, there := t.byName[name]; there {
		t.byName[name] = ""
	} else {
		t.byName[name] = term.ID
	}
	t.v.Terms = append(t.v.Terms, term)
	return nil
}

// whole finds the broader terms that were named by their names, and makes the levels of
// paths that have no row.
func (t *tableReader) whole() *Vocabulary {
	for i := 0; i < len(t.v.Terms); i++ { // it may grow
		b := t.v.Terms[i].Broader
		if b == "" {
			continue
		}
		if _, there := t.at[b]; there {
			continue
		}
		if id := t.byName["\x00"+b]; id != "" {
			t.v.Terms[i].Broader = id
		} else if id := t.byName[b]; id != "" && !t.paths {
			t.v.Terms[i].Broader = id
		} else if t.paths {
			above, last, under := cutLast(b, "/")
			if !under {
				above, last = "", b
			}
			t.at[b] = len(t.v.Terms)
			t.v.Terms = append(t.v.Terms, archive.Term{ID: b, Names: []archive.Name{{Text: last}}, Broader: above})
		}
	}
	return t.v
}

// apart are the names of a cell; \| is a | of a name.
func apart(cell string) (out []string) {
	const kept = "\x00"
	cell = strings.ReplaceAll(cell, `\|`, kept)
	for _, n := range strings.FieldsFunc(cell, func(r rune) bool { return r == '|' || r == '\n' || r == '\r' }) {
		if n = strings.TrimSpace(strings.ReplaceAll(n, kept, "|")); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// A cell that a spreadsheet would run gets a ' in front, as every table of this program.
func runs(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0])
}

func defused(s string) string {
	if runs(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

func plain(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && runs(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}
