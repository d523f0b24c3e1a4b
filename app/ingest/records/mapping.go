package records

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mapping says what the columns of a table are of a document. A column is meant by its name; "" is none.
type Mapping struct {
	Text   string            `json:"text,omitempty"`
	Title  string            `json:"title,omitempty"`
	Name   string            `json:"name,omitempty"`   // what the document's file is called
	Fields map[string]string `json:"fields,omitempty"` // column → id of a field: dcterms:date
	Tags   []string          `json:"tags,omitempty"`   // columns, each of tags
	Split  string            `json:"split,omitempty"`  // the characters that stand between tags, names and terms in a cell; "" takes a cell as one
}

// Usual are the characters that stand between values in a cell.
const Usual = ";；"

// Names of columns beside those of fields, plain.
var (
	textNames = []string{"text", "fulltext", "content", "contents", "body", "transcription", "transcript", "document", "全文", "正文", "内容", "文本", "文字内容", "原文", "正文内容", "內容", "文本內容", "columndata", "data", "sentence"}
	tagNames  = []string{"tags", "tag", "labels", "label", "cats", "categories", "category", "标签", "標籤", "主题词", "主題詞", "关键词", "關鍵詞", "分类", "分類", "类别", "類別", "columnlabel"}
	nameNames = append(slices.Clone(FileNames), "name", "id", "编号", "編號")
)

// single are the fields that take one column.
var single = []string{"dcterms:title", "dcterms:date", "dcterms:issued"}

// leastText is how many characters the cells of a column have on the average that is taken for the text though its name
// does not say so.
const leastText = 20

// Guess reads a mapping off the names of the columns. Where none is that of a text, it is the column whose cells in the
// sample are the longest, unless they are short.
func Guess(columns []string, sample []*Row) Mapping {
	return GuessWith(columns, sample, func(name string) string { return FieldNamed(Plain(name)) }, func(id string) bool { return !slices.Contains(single, id) })
}

// GuessWith is Guess where fieldOf says which field a column is for by its name, "" for none, and several whether more than
// one column can go into a field.
func GuessWith(columns []string, sample []*Row, fieldOf func(name string) string, several func(field string) bool) Mapping {
	m := Mapping{Fields: map[string]string{}, Split: Usual}
	m.Text = firstOf(columns, textNames, nil)
	if m.Title = columnFor(columns, "dcterms:title"); m.Title == "" {
		m.Title = firstFor(columns, "dcterms:title", m.Text, fieldOf)
	}
	m.Name = firstOf(columns, nameNames, []string{m.Text, m.Title})
	for _, c := range columns {
		p := Plain(c)
		if c == m.Text || c == m.Title || c == m.Name || p == "" {
			continue
		}
		id := fieldOf(c)
		switch {
		case slices.Contains(tagNames, p):
			m.Tags = append(m.Tags, c)
		case id == "" || id == "dcterms:title" || !several(id) && slices.Contains(valuesOf(m.Fields), id):
		default:
			m.Fields[c] = id
		}
	}
	if m.Text == "" {
		m.Text = longest(columns, sample, m)
	}
	return m
}

func valuesOf(m map[string]string) (out []string) {
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// firstOf is the column with the first of the names.
func firstOf(columns, names, not []string) string {
	for _, n := range names {
		for _, c := range columns {
			if Plain(c) == n && !slices.Contains(not, c) {
				return c
			}
		}
	}
	return ""
}

func columnFor(columns []string, field string) string {
	for _, c := range columns {
		if FieldNamed(Plain(c)) == field {
			return c
		}
	}
	return ""
}

// firstFor is the first column for a field that is not the text.
func firstFor(columns []string, field, text string, fieldOf func(string) string) string {
	for _, c := range columns {
		if c != text && fieldOf(c) == field {
			return c
		}
	}
	return ""
}

// longest is the column whose cells are the longest, of those that are nothing else yet.
func longest(columns []string, sample []*Row, m Mapping) string {
	type long struct {
		column     string
		characters int
	}
	var all []long
	for i, c := range columns {
		if c == m.Title || c == m.Name || m.Fields[c] != "" || slices.Contains(m.Tags, c) {
			continue
		}
		n := 0
		for _, r := range sample {
			n += utf8.RuneCountInString(r.Cell(i))
		}
		all = append(all, long{c, n})
	}
	if len(all) == 0 {
		return ""
	}
	best := slices.MaxFunc(all, func(a, b long) int { return cmp.Compare(a.characters, b.characters) })
	if best.characters < leastText*max(len(sample), 1) {
		return ""
	}
	return best.column
}

// values are those of a cell: of a list each, of all others what stands between the characters that split it.
func (m *Mapping) values(r *Row, column int, splits bool) (out []string) {
	parts, list := r.Many[column]
	switch cell := r.Cell(column); {
	case list:
	case splits && m.Split != "":
		parts = strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(m.Split, c) })
	default:
		parts = []string{cell}
	}
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
