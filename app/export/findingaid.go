package export

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// Format findingaid: pages for people, which need no network, no server and no
// program but a browser. findingaid/index.html lists the documents and searches
// them; findingaid/documents/ID.html is a document with its apparatus. The pages say
// everything in every language of Fonds; a script hides those that nobody reads.
//
// Pages from a disk may not fetch files, but may run scripts: what is searched lies
// in findingaid/search as scripts, list-N.js with what describes the documents and
// text-N.js with their texts.

//go:embed findingaid/*.css findingaid/*.js
var aidFiles embed.FS

// aidStatic are the files that are the same in every finding aid, in the order in
// which they are written.
var aidStatic = []string{"aid.css", "fold.js", "found.js", "language.js", "search.js"}

func init() {
	formats["findingaid"] = format{open: openFindingAid, history: true, closed: true,
		positions: "it says none: places are links"}
}

// aidRow is a document in the list: what of it is needed once it is written.
type aidRow struct {
	n                         int
	id                        string
	ref, title, date, creator string
	tags                      []string
	status                    string
	closed                    *Closure
}

type aidWriter struct {
	*speech
	j          *job
	title      string // "": it has none of its own
	edition    int
	asOf       string
	rows       []aidRow
	list, text *chunks
	counts     map[string]int
}

func openFindingAid(j *job) (writer, error) {
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return nil, err
	}
	w := &aidWriter{speech: newSpeech(self, i18n.Languages()), j: j, title: strings.TrimSpace(j.o.Title), edition: j.edition(self), counts: map[string]int{},
		list: &chunks{j: j, name: "list", most: listChunk}, text: &chunks{j: j, name: "text", most: textChunk}}
	w.asOf, err = j.asOf()
	return w, err
}

// name is HTML of the title of the set.
func (w *aidWriter) name() string {
	if w.title != "" {
		return "<bdi>" + inPage(w.title) + "</bdi>"
	}
	return w.say("title")
}

// plainName is name where no elements may stand.
func (w *aidWriter) plainName() string {
	if w.title != "" {
		return inPage(w.title)
	}
	return w.plain("title")
}

// join stands between the values of a field that are shown as one.
const join = "; "

// values is the values of a field that are in force or, where none is, those that
// are proposed.
func (d *Doc) values(field string) []string {
	var force, all []string
	for _, v := range d.Fields {
		if v.Field == field && !v.NotStated {
			all = append(all, v.Value)
			if v.State == string(archive.Accepted) {
				force = append(force, v.Value)
			}
		}
	}
	if len(force) > 0 {
		return force
	}
	return all
}

// known is values as one.
func (d *Doc) known(field string) string { return strings.Join(d.values(field), join) }

func (w *aidWriter) write(d *Doc) error {
	if d.Closed != nil {
		w.counts["closed"]++
		w.rows = append(w.rows, aidRow{n: d.N, id: string(d.ID),
			closed: &Closure{Condition: w.j.masked(d.Closed.Condition), Until: w.j.masked(d.Closed.Until)}})
		return nil
	}
	w.counts["documents"]++
	r := aidRow{n: d.N, id: string(d.ID), ref: d.known("dcterms:identifier"), title: d.Title, date: d.known("dcterms:date"),
		creator: d.known("dcterms:creator"), status: d.Status}
	for _, t := range d.Tags {
		if !slices.Contains(r.tags, t.Tag) {
			r.tags = append(r.tags, t.Tag)
		}
	}
	w.rows = append(w.rows, r)
	if err := w.index(&r, d); err != nil {
		return err
	}
	return w.j.file("findingaid/documents/"+r.id+".html", func(to io.Writer) error { return w.document(to, d) })
}

// document writes the page of a document.
func (w *aidWriter) document(to io.Writer, d *Doc) error {
	p := &sheet{speech: w.speech, d: d}
	w.head(&p.page, "../", inPage(d.Title)+" – "+w.plainName(), []string{"fold.js", "found.js"})
	p.put("<header class=\"bar\"><a class=\"back\" href=\"../index.html\"%s>%s</a>%s</header>\n<main class=\"document\">\n", w.attr("aria-label", "back"), w.name(), w.languages())
	p.put("<h1 dir=\"auto\">%s</h1>\n", inPage(d.Title))
	p.description()
	p.text()
	p.put("<div class=\"apparatus\">\n")
	p.apparatus()
	p.put("</div>\n</main>\n")
	w.foot(&p.page)
	_, err := io.WriteString(to, p.String())
	return err
}

// policy lets a page read what lies beside it and nothing else. A page on a disk has
// no origin in some browsers, so that 'self' alone would let it read nothing.
const policy = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; base-uri 'none'; form-action 'none'"

// head begins a page; root is the way to findingaid. Scripts come after words.js and
// language.js.
func (w *aidWriter) head(p *page, root, title string, scripts []string) {
	p.put("<!DOCTYPE html>\n<html lang=\"%s\" data-root=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<link rel=\"stylesheet\" href=\"%said.css\">\n",
		i18n.Default, root, policy, title, root)
	p.put("<script src=\"%swords.js\"></script>\n<script src=\"%slanguage.js\"></script>\n", root, root)
	for _, s := range scripts {
		p.put("<script src=\"%s%s\" defer></script>\n", root, s)
	}
	p.put("</head>\n<body>\n")
}

// languages is HTML of the choice of a language; without a script all are there.
func (w *aidWriter) languages() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<nav class=\"languages\" hidden%s>", w.attr("aria-label", "language"))
	for _, tag := range w.tags {
		fmt.Fprintf(&b, "<button type=\"button\" lang=\"%s\" data-language=\"%s\">%s</button>", tag, tag, inPage(i18n.Name(tag)))
	}
	b.WriteString("</nav>")
	return b.String()
}

func (w *aidWriter) foot(p *page) {
	p.put("<footer class=\"quiet\">%s %s</footer>\n</body>\n</html>\n", w.of(), w.say("times"))
}

// of is HTML that says of which edition and moment the set is.
func (w *aidWriter) of() string {
	if w.edition > 0 {
		return w.say("edition", "n", fmt.Sprint(w.edition), "when", said(w.asOf))
	}
	return w.say("no-edition", "when", said(w.asOf))
}

// said is a time of the log as a sentence says it.
func said(at string) string {
	if len(at) < len("2006-01-02T15:04") {
		return at
	}
	return at[:10] + " " + at[11:16]
}

func (w *aidWriter) close() (map[string]int, error) {
	if err := errors.Join(w.list.close(), w.text.close()); err != nil {
		return nil, err
	}
	if err := w.pages(); err != nil {
		return nil, err
	}
	for _, name := range aidStatic {
		data, err := aidFiles.ReadFile("findingaid/" + name)
		if err != nil {
			return nil, err
		}
		if err := w.j.file("findingaid/"+name, func(to io.Writer) error {
			_, err := to.Write(data)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return w.counts, w.j.file("findingaid/words.js", w.words)
}

// scriptWords are the keys that the scripts say.
var scriptWords = []string{"searching", "hits", "hits-one", "hits-none", "hits-more", "hits-show", "failed"}

// words writes what the scripts say.
func (w *aidWriter) words(to io.Writer) error {
	say := map[string]map[string]string{}
	for _, tag := range w.tags {
		say[tag] = map[string]string{}
		for _, k := range scriptWords {
			say[tag][k] = w.in(tag, k)
		}
		for _, f := range w.fields {
			say[tag][f.ID] = w.field(tag, f.ID)
		}
		for _, f := range more {
			say[tag][f] = w.field(tag, f)
		}
		for _, st := range []string{"approved", "in progress", "new", "removed", "returned", "submitted"} {
			say[tag]["docstatus."+st] = i18n.In(tag, "docstatus."+st)
		}
	}
	data, err := json.Marshal(say)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "\"use strict\";\nconst words = %s;\n", data)
	return err
}

var fourFigures = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4})(?:$|[^0-9]|(?:0[1-9]|1[0-2])(?:[0-9X]{2})?(?:$|[^0-9]))`)

// years are those of a date: EDTF, eight figures, or any words with a year in them.
// Those between the ends of an interval are its too.
func years(date string) []int {
	var out []int
	for _, part := range strings.Split(date, "/") {
		if m := fourFigures.FindStringSubmatch(part); m != nil {
			y, _ := strconv.Atoi(m[1])
			out = append(out, y)
		}
	}
	const longest = 200
	if len(out) == 2 && out[1] > out[0] && out[1]-out[0] <= longest {
		for y := out[0] + 1; y < out[1]; y++ {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
