// Package query reads what a person types to look for documents into a tree of
// conditions.
//
//	会议 司法厅          both words, anywhere in a document
//	"司法厅 会议"        these words, in this order and side by side
//	="司法廳"            exactly these characters, nothing folded
//	会议 OR 通知         one of the two; OR binds more tightly than a space
//	-会议, NOT 会议      without
//	(…)                  brackets
//	tag:党建             a key and a value; field:dcterms:creator=司法厅
//	date:2010..2015      from, to, or both; date:193x, date:>1958
//	date:=1958           counted under that year, decade (193X) or century
//
// It may use the standard library. It must never know SQL, the index or a language of
// the screen: keys and values by other names are asked for (Names).
package query

// A Key is what a condition is about.
type Key string

// The keys. What follows one is said in Keys.
const (
	Words    Key = ""         // anywhere
	Tag      Key = "tag"      // that tag, or one under it
	Field    Key = "field"    // a value in that field; field:ID=words
	Date     Key = "date"     // 2015, 2015-11, 193x, 2010..2015, ..1949, 1949.., >1949; =VALUE: counted so
	Status   Key = "status"   // of the work
	By       Key = "by"       // who has done something to it
	Assigned Key = "assigned" // whose work it is
	Mark     Key = "mark"     // a mark with that label; mark:LABEL=words
	Has      Key = "has"      // see Things
	Text     Key = "text"     // words of its own text: not of the page's furniture, nor of fields
	Name     Key = "name"     // words of its path
	Note     Key = "note"     // words of a note or of a comment of a mark
	Format   Key = "format"   // media type, or the end of one
	Encoding Key = "encoding"
	Language Key = "lang"
	Package  Key = "package" // a work package by its name
	Unit     Key = "unit"    // a unit of the arrangement and all under it: its codes from the top, apart by /, or its id
	Within   Key = "within"  // what belongs to a document: its id, the end of it, or path:NAME
	Like     Key = "like"    // that have much of what is particular to a document: its id, the end of it, or path:NAME
	Missing  Key = "missing" // a field in which nothing is in force, not even that it is not stated
	Saved    Key = "saved"   // a saved search of the archive by its name, see Resolve
)

// Keys lists the keys, in the order in which help tells of them.
func Keys() []Key {
	return []Key{Tag, Field, Date, Status, By, Assigned, Mark, Has, Text, Name, Note, Format, Encoding, Language, Package, Unit, Within, Missing, Like, Saved}
}

// Things lists what has: can ask for.
func Things() []string {
	return []string{"proposal", "question", "note", "mark", "correction", "tag", "evidence", "part", "furniture", "mojibake", "elsewhere", "not-stated", "no-evidence", "unit", "whole", "attachment", "picture", "region", "no-text", "look-again"}
}

// Op says what a node is.
type Op int

// A node is a condition (Is), or one of others.
const (
	Is Op = iota
	And
	Or
	Not
)

// Node is a query or a part of one. [Start,End) is where it was typed, code points.
type Node struct {
	Op    Op
	Kids  []*Node // of And and Or two or more, of Not one
	Key   Key
	Name  string // of a field its id, of a mark its label
	Value string // words, or the value of the key
	Exact bool   // the words as they are typed, nothing folded; of a date: it is counted under Value
	From  string // of a date: the first day, month or year, "" for none; see Days
	To    string // the last, which is included
	// Beyond says that neither is included: >1958, <1958.
	Beyond bool
	Start  int
	End    int
}

// Error says what is wrong with a query, at which place: code points.
type Error struct {
	Code       string
	Start, End int
	Args       map[string]string
}

// Error is the English sentence.
func (e *Error) Error() string { return fill(sentences[e.Code], e.Args) }

var sentences = map[string]string{
	"too-long":   "a query has at most {most} characters, and this one has {n}",
	"too-deep":   "brackets lie in brackets {most} deep at most",
	"too-many":   "a query has at most {most} conditions",
	"opened":     "this bracket is not closed",
	"closed":     "this bracket closes none",
	"empty":      "there is nothing in these brackets",
	"dangling":   "{word} needs something behind it",
	"before":     "OR needs something before it",
	"nothing":    "there is no word to look for in this",
	"key":        "there is no key {key}: the keys are {known}; in quotation marks it is words",
	"value":      "{key}: needs a value, as {example}",
	"date":       "{value} is no date: write 2015, 2015-11, 2015-11-22, 201x, two with .. between them, or > and < before one",
	"date-order": "{value} ends before it begins",
	"field":      "there is no field {value}: give its label, or its id, as dcterms:creator",
	"status":     "there is no status {value}: there are {known}",
	"saved":      "there is no saved search {value}: there are {known}",
	"saved-none": "there is no saved search {value}: this archive has none",
	"saved-loop": "the saved search {value} asks for itself",
	"has":        "has: knows no {value}: it knows {known}",
}

// Codes lists the codes of errors.
func Codes() []string {
	var out []string
	for c := range sentences {
		out = append(out, c)
	}
	return out
}
