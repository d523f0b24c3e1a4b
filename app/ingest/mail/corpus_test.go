package mail

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

const corpora = "../../../../shared/corpora/"

// corpus gives the path of a corpus, or skips.
func corpus(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(corpora, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no corpus at %s", path)
	}
	return path
}

// A row is what Python's email package makes of a letter (line ends made \n first): the head as it prints it, the file
// names of all parts, those of letters within letters too, and how many characters get_body has, not turned to text.
type row struct {
	file, subject, from, date, attachments string
	body                                   int
}

func baseline(t *testing.T) []row {
	t.Helper()
	data, err := os.ReadFile(corpus(t, "eml-python-baseline.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	var rows []row
	for i, l := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		c := strings.Split(l, "\t")
		if i == 0 {
			continue
		}
		n, err := strconv.Atoi(c[7])
		if err != nil {
			t.Fatalf("row %d: %v", i, err)
		}
		rows = append(rows, row{c[0], c[1], c[2], c[3], c[5], n})
	}
	return rows
}

// A reading is what is compared with a row.
type reading struct {
	subject, from, date, attachments string
	body                             int
}

// read reads a letter as the row says: pages are not turned to text, and only the first text is the body.
func read(t *testing.T, data []byte) (reading, *content.Content) {
	t.Helper()
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	c, err := EML(context.Background(), data, Options{})
	if err != nil {
		t.Fatalf("EML: %v", err)
	}
	l := &letter{ctx: context.Background(), o: Options{Decode: byName}, c: &content.Content{}}
	l.root, _ = scan(l.ctx, data)
	l.readHeads()
	r := reading{subject: c.Title}
	for _, s := range c.Said {
		switch s.Where {
		case "header From":
			r.from = strings.TrimPrefix(r.from+", "+s.Value, ", ")
		case "header Date":
			r.date = s.Value
		}
	}
	if texts := l.gather(l.root, content.AnAttachment); len(texts) > 0 {
		r.body = utf8.RuneCountInString(l.text(texts[0]))
	}
	r.attachments = strings.Join(names(t, c, 0), "|")
	return r, c
}

// names are the names of all files in a letter, those of the letters in it too, in the order of the file; the names that
// were made for letters that have none are left out.
func names(t *testing.T, c *content.Content, depth int) []string {
	var all []string
	for _, p := range c.Parts {
		letter := strings.HasPrefix(p.Type, "message/") && depth < 10
		var in *content.Content
		if letter {
			in, _ = EML(context.Background(), p.Data, Options{})
		}
		if p.Name != "" && (in == nil || p.Name != (&letterNamer{}).of(p.Data)) {
			all = append(all, p.Name)
		}
		if in != nil {
			all = append(all, names(t, in, depth+1)...)
		}
	}
	return all
}

type letterNamer struct{}

func (*letterNamer) of(data []byte) string {
	l := &letter{ctx: context.Background(), o: Options{Decode: byName}, c: &content.Content{}, root: &node{}}
	return l.letterName(data)
}

var spaces = regexp.MustCompile(`\s+`)

// plainly is a value without what is a matter of taste: blanks, quotes, None.
func plainly(s string) string {
	s = strings.NewReplacer(`"`, "", `\`, "", "\uFFFD", "?").Replace(s)
	if s = strings.TrimSpace(spaces.ReplaceAllString(s, " ")); s == "None" {
		return ""
	}
	return s
}

// excused are the differences that are Python's: file, column → why.
var excused = map[string]map[string]string{
	"attachment_with_base64_encoded_name.eml": {"attachments": "the name is an encoded word in RFC 2231's place, which Python leaves out"},
	"content_transfer_encoding_empty.eml":     {"body": "it counts each byte of what is not Big5, and this is UTF-8"},
	"content_transfer_encoding_plain.eml":     {"body": "it counts each byte of characters that are not ASCII"},
	"raw_email6.eml":                          {"body": "it counts each byte of characters that are not ASCII"},
	"raw_email10.eml":                         {"body": "it failed at the charset x-unknown: 3 is the length of ERR"},
	"raw_email.eml":                           {"body": "line ends within base64 are CRLF and counted twice"},
	"raw_email_string_in_date_field.eml":      {"body": "line ends within base64 are CRLF and counted twice"},
	"raw_email_quoted_with_0d0a.eml":          {"body": "line ends written as =0D=0A are counted twice"},
	"testRFC822_multipart_attachments.eml":    {"body": "line ends within base64 are CRLF and counted twice"},
	"raw_email_with_illegal_boundary.eml":     {"body": "the boundary has = without quotes, and Python finds no parts"},
	"invalid_subject_characters.eml":          {"subject": "bytes of Latin-1 stand in it unencoded, which Python does not read"},
	"multi_address_bounce1.eml":               {"from": "Python leaves out a name that stands as a comment"},
	"multi_address_bounce2.eml":               {"from": "Python leaves out a name that stands as a comment"},
	"bounce.txt":                              {"from": "Python leaves out a name that stands as a comment"},
	"mix_caps_content_type.eml":               {"from": "Python takes a name before an address without angles for a part of it"},
	"raw_email_multiple_from.eml":             {"from": "Python leaves out a second address without a comma"},
	"report_530.eml":                          {"body": "a part without a head is false to Python, and was taken for no body"},
	"disposition-notification.txt":            {"body": "a part without a head is false to Python, and was taken for no body", "date": "the zone stands behind a comment"},
	"disposition-notification.anonymized.eml": {"body": "a part without a head is false to Python, and was taken for no body", "date": "the zone stands behind a comment"},
	"example13.eml":                           {"subject": "blanks before the colon (RFC 5322, 4.5) end the head for Python", "from": "so", "date": "so", "body": "so"},
	"body.9.txt":                              {"body": "a page and then a text, which says that it is not the body"},
	"delivery-status-no-blank-line.txt":       {"body": "there is no text part; the words stand before the first part"},
	"delivery-status.txt":                     {"body": "there is no text part; the words stand before the first part"},
	"delivery-status.anonymized.eml":          {"body": "there is no text part; the words stand before the first part"},
	"feedback-report.txt":                     {"subject": "a byte order mark ends the head for Python", "from": "so", "date": "so", "body": "so"},
	"issue358.txt":                            {"from": "Python stops at an @ in a name without quotes", "body": "a head with a line that is none; Python takes the rest of the head for the body"},
}

func TestPythonBaseline(t *testing.T) {
	root := corpus(t, "")
	right := map[string]int{}
	rows := baseline(t)
	for _, want := range rows {
		data, err := os.ReadFile(filepath.Join(root, want.file))
		if err != nil {
			t.Fatal(err)
		}
		got, _ := read(t, data)
		wantDate := edtf(plainly(want.date))
		for _, c := range []struct {
			column, got, want string
		}{
			{"subject", plainly(got.subject), plainly(want.subject)},
			{"from", plainly(got.from), plainly(want.from)},
			{"date", got.date, wantDate},
			{"attachments", sorted(got.attachments), sorted(want.attachments)},
			{"body", strconv.Itoa(got.body), strconv.Itoa(want.body)},
		} {
			why := excused[filepath.Base(want.file)][c.column]
			switch {
			case c.got == c.want:
				right[c.column]++
				if why != "" {
					t.Errorf("%s: %s is excused and agrees", want.file, c.column)
				}
			case why == "":
				t.Errorf("%s: %s\n got %q\nwant %q", want.file, c.column, c.got, c.want)
			}
		}
	}
	for _, column := range []string{"subject", "from", "date", "attachments", "body"} {
		t.Logf("BENCH %-46s %d of %d (to reach: all; those that differ are named in the test, with why)", "letters as Python reads them: "+column, right[column], len(rows))
	}
}

func sorted(s string) string {
	all := strings.Split(plainly(s), "|")
	slices.Sort(all)
	return strings.Join(all, "|")
}

// Letters are recognised, and no other files of the corpora are taken for any.
func TestRecognisedInCorpora(t *testing.T) {
	root := corpus(t, "")
	letters, known, others := 0, 0, 0
	for _, r := range baseline(t) {
		data, err := os.ReadFile(filepath.Join(root, r.file))
		if err != nil {
			t.Fatal(err)
		}
		letters++
		if head := data[:min(len(data), 4096)]; IsEML(head) || IsMHTML(head) {
			known++
		} else {
			t.Logf("not recognised: %s", r.file)
		}
	}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.Contains(path, "/eml-") || strings.Contains(path, "mbox") || strings.Contains(path, ".mht") || strings.HasSuffix(path, ".eml") ||
			d.Name() == "testMessageNews.txt" { // a letter to a newsgroup
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		head := make([]byte, 4096)
		n, _ := f.Read(head)
		others++
		if head = head[:n]; IsEML(head) || IsMBOX(head) || IsMHTML(head) {
			t.Errorf("%s is taken for a letter", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d letters recognised, 0 of %d other files", known, letters, others)
	if known < 108 {
		t.Errorf("%d letters recognised", known)
	}
}
