package storage

import (
	"fmt"
	"strings"

	"fonds/storage/archive"
)

// BadEntry is what the file says of the first bad entry: what is changed may be
// this too.
type BadEntry struct {
	Op    archive.ID // "" where it is no operation
	Kind  string
	Actor string
	Clock archive.Clock
	Doc   archive.ID // "" where it is about the archive itself
	Title string     // of the document, else the name of its file
}

// describe says of an id which operation that is, when, by whom, on which
// document, as far as the file tells.
func (c *checker) describe(id archive.ID) string {
	if id == "" {
		return ""
	}
	e := &c.rep.Entry
	err := c.side.QueryRowContext(c.ctx, "SELECT id, kind, actor, clock, subject FROM log WHERE id=?", id).
		Scan(&e.Op, &e.Kind, &e.Actor, &e.Clock, &e.Doc)
	if err != nil {
		*e = BadEntry{Doc: id}
	}
	e.Title = c.title(e.Doc)
	var parts []string
	if e.Op != "" {
		who := e.Actor
		if who == "" {
			who = "the program"
		}
		parts = append(parts, fmt.Sprintf("%s by %s at %s", e.Kind, who, e.Clock.Time().Format("2006-01-02 15:04:05 UTC")))
	}
	if e.Title != "" {
		parts = append(parts, fmt.Sprintf("document %s, %q", e.Doc.Short(), e.Title))
	}
	if len(parts) == 0 {
		*e = BadEntry{}
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

// title is what a document is called, or was when it came in; "" where the file
// does not tell.
func (c *checker) title(doc archive.ID) (title string) {
	for _, query := range []string{
		"SELECT title FROM documents WHERE id=?",
		`SELECT json_extract(b.body, '$.info.name') FROM log l JOIN bodies b ON b.n=l.n
			WHERE l.subject=? AND l.kind='document.import' AND json_valid(b.body)`,
	} {
		if doc != "" && title == "" && c.side.QueryRowContext(c.ctx, query, doc).Scan(&title) != nil {
			title = ""
		}
	}
	if r := []rune(title); len(r) > 60 {
		title = string(r[:60]) + "…"
	}
	return title
}
