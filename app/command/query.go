package command

import (
	"errors"
	"strings"

	"fonds/storage/query"
)

// queryTopic is that of `fonds help query`.
const queryTopic = "query"

// readQuery is a query as the open archive reads it; what says where it was typed.
func (c *call) readQuery(what, typed string) (string, error) {
	search, err := c.template.Search(typed)
	return search, badQuery(what, typed, err)
}

// badQuery says what is wrong with a query, and where; another error stays what it is.
func badQuery(what, typed string, err error) error {
	var e *query.Error
	if !errors.As(err, &e) {
		return err
	}
	rs := []rune(typed)
	if e.Start > len(rs) || strings.HasPrefix(e.Code, string(query.Saved)) { // of a query that was made of this one
		return usage("--query: %s", e.Error())
	}
	return usage("%s: %s, at character %d: %s", what, e.Error(), e.Start+1, clip(string(rs[e.Start:min(len(rs), max(e.End, e.Start+1))])))
}

// queryHelp tells what a query can say; a test holds it against the keys there are.
const queryHelp = `What --query can say, and the search of a window:

  会议 司法厅           documents with both words, anywhere in them
  "司法厅 会议"         these words side by side, in this order
  会议 OR 通知          one of the two; OR binds more tightly than a space
  -会议, NOT 会议       without the word
  (会议 OR 通知) 2015   brackets
  ="司法廳"             exactly these characters

Words are looked for in the text as it reads, fields, tags, notes, comments of
marks, the words that corrections have replaced, and file names. Upper and lower
case, full and half width, letters with and without marks, traditional and
simplified characters, and 〔〕 [] （） are the same, unless = stands before. Each
Chinese character is a word; the last word of others may go on: meet finds meeting.

A key and a value:

` + "{keys}" + `
A document's date is read as it was written (` + "`fonds help date`" + `), and what it can mean
runs from an earliest to a latest day: 1890s is found by date:1895, before 1912 by
date:1905, [1945?] by date:1945-08-15, a date that could be one of two by either. Words
that are no date are found by date:=? only. date:=1958 has what ` + "`fonds facets`" + ` counts
under 1958: dates that lie wholly in that year; =193X and =19XX those wholly in that
decade or century and in no shorter one, =.. all longer ones and those with an open end.

Keys and values can be given by their Chinese names, and a field by its label:
题名:推进会, 状态:已通过. A value with spaces stands in quotation marks. A word
in Latin letters with a colon that is no key is an error; in quotation marks it is words.
`

// queryPage is queryHelp with the keys.
func queryPage() string {
	var b strings.Builder
	for _, k := range query.Keys() {
		says := keysSay[k]
		if k == query.Has {
			says += strings.Join(query.Things(), ", ")
		}
		b.WriteString("  " + padded(query.Example(k), 26) + says + "\n")
	}
	return strings.Replace(queryHelp, "{keys}", b.String(), 1)
}

// padded is s with spaces up to a width, a Chinese character taking two places.
func padded(s string, width int) string {
	for _, r := range s {
		width--
		if r >= 0x1100 {
			width--
		}
	}
	return s + strings.Repeat(" ", max(1, width))
}

var keysSay = map[query.Key]string{
	query.Tag:      "a tag, or one under it",
	query.Field:    "has a value; field:NAME=words with these words in it, == exactly",
	query.Date:     "the days it can mean meet these: also 2015-11, 193x, >1958, <=1949-10",
	query.Status:   "new, in-progress, submitted, returned, approved, removed",
	query.By:       "who has done something to it, the import aside",
	query.Assigned: "whose work it is",
	query.Mark:     "has a mark; mark:LABEL=words on these words",
	query.Has:      "one of: ",
	query.Text:     "in the text itself: not in labels and frames of the page, nor in fields",
	query.Name:     "in the path of the file",
	query.Note:     "words of a note, or of the comment of a mark",
	query.Format:   "the media type, or the end of it",
	query.Encoding: "in which it was read",
	query.Language: "zh finds zh-Hans too",
	query.Package:  "the work package",
	query.Unit:     "in a unit of the arrangement, or under it: codes from the top, apart by /, or its own code",
	query.Within:   "what belongs to a document: its attachments, pages, its back",
	query.Like:     "documents like that one, by its particular words, tags and values",
	query.Missing:  "nothing is in force in that field; what a unit hands down does not count",
	query.Saved:    "what that saved search finds (`fonds searches`)",
}
