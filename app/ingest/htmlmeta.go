package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// What a page says of itself outside its text: meta elements of Dublin Core, of Highwire Press (citation_…), of Open
// Graph and of Chinese government sites (ArticleTitle, PubDate, ContentSource and others, as the indicators for government
// websites of 2017 prescribe), the canonical link, and JSON-LD of schema.org (htmljsonld.go). Each becomes a proposal. What
// search engines are told (description; keywords elsewhere than on government sites) is nobody's description of a document.

const (
	mostMetas   = 500     // elements looked at
	metaChars   = 300     // code points; more is no value of a field
	jsonldBytes = 1 << 20 // of all JSON-LD of a page
)

// A stated value is what a page says outside its text.
type stated struct {
	field, value string
	rule, detail string
	conf         float64
}

// A metaName says what field a meta element's name stands for.
type metaName struct {
	field string
	conf  float64
}

// metaNames are in lower case, with a dot where Dublin Core and Open Graph may have a colon.
var metaNames = map[string]metaName{
	"articletitle": {"dcterms:title", 0.9}, "citation_title": {"dcterms:title", 0.85}, "dc.title": {"dcterms:title", 0.85},
	"dcterms.title": {"dcterms:title", 0.85}, "og.title": {"dcterms:title", 0.7},
	"citation_author": {"dcterms:creator", 0.85}, "dc.creator": {"dcterms:creator", 0.85}, "dcterms.creator": {"dcterms:creator", 0.85},
	"contentsource": {"dcterms:creator", 0.75}, "author": {"dcterms:creator", 0.7}, "article.author": {"dcterms:creator", 0.7},
	"citation_publisher": {"dcterms:publisher", 0.85}, "dc.publisher": {"dcterms:publisher", 0.85}, "dcterms.publisher": {"dcterms:publisher", 0.85},
	"sitename": {"dcterms:publisher", 0.75}, "og.site_name": {"dcterms:publisher", 0.7},
	"pubdate": {"dcterms:date", 0.9}, "citation_publication_date": {"dcterms:date", 0.85}, "citation_date": {"dcterms:date", 0.85},
	"article.published_time": {"dcterms:date", 0.85}, "dcterms.issued": {"dcterms:date", 0.85}, "dc.date.issued": {"dcterms:date", 0.85},
	"dcterms.created": {"dcterms:date", 0.85}, "dc.date.created": {"dcterms:date", 0.85}, "dcterms.date": {"dcterms:date", 0.8}, "dc.date": {"dcterms:date", 0.8},
	"url": {"dcterms:source", 0.85}, "og.url": {"dcterms:source", 0.8}, "dc.source": {"dcterms:source", 0.8}, "dcterms.source": {"dcterms:source", 0.8},
	"citation_doi": {"dcterms:identifier", 0.9}, "dc.identifier": {"dcterms:identifier", 0.8}, "dcterms.identifier": {"dcterms:identifier", 0.8},
	"citation_keywords": {"dcterms:subject", 0.7}, "dc.subject": {"dcterms:subject", 0.7}, "dcterms.subject": {"dcterms:subject", 0.7},
	"keywords": {"dcterms:subject", 0.5}, "columnname": {"dcterms:relation", 0.5},
}

// statedBy gives what a page says of itself, the surest first.
func statedBy(source string) (out []stated) {
	z := html.NewTokenizer(strings.NewReader(source))
	metas, scripts, official := 0, 0, false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, more := z.TagName()
		tag := string(name)
		if kind == html.SelfClosingTagToken && (dropped[tag] || rawText[tag]) {
			z.NextIsNotRawText() // as in walkPage
			continue
		}
		switch tag {
		case "meta":
			if metas++; metas <= mostMetas && more {
				s, key := metaOf(z)
				official = official || key == "articletitle" || key == "pubdate"
				out = append(out, s...)
			}
		case "link":
			if metas++; metas <= mostMetas && more {
				out = append(out, canonicalOf(z)...)
			}
		case "script":
			if more && tagAttributes(z, "type")["type"] == "application/ld+json" && z.Next() == html.TextToken {
				if text := z.Text(); scripts+len(text) <= jsonldBytes {
					scripts += len(text)
					out = append(out, jsonldOf(text)...)
				}
			}
		}
	}
	if !official {
		out = slices.DeleteFunc(out, func(s stated) bool { return s.detail == `meta name="keywords"` })
	}
	slices.SortStableFunc(out, func(a, b stated) int { return int(100*b.conf) - int(100*a.conf) })
	return out
}

// tagAttributes reads the wanted attributes of a tag, values trimmed, that of type in lower case.
func tagAttributes(z *html.Tokenizer, wanted ...string) map[string]string {
	out := map[string]string{}
	for more := true; more; {
		var key, val []byte
		key, val, more = z.TagAttr()
		if k := string(key); slices.Contains(wanted, k) && len(val) <= 8*metaChars {
			if _, twice := out[k]; !twice {
				out[k] = strings.TrimSpace(string(val))
			}
		}
	}
	out["type"] = strings.ToLower(out["type"])
	return out
}

// metaOf reads a meta element; key is its name in lower case.
func metaOf(z *html.Tokenizer) (out []stated, key string) {
	a := tagAttributes(z, "name", "property", "content")
	attribute := "name"
	if a["name"] == "" {
		attribute = "property"
	}
	key = strings.ToLower(a[attribute])
	m, ok := metaNames[strings.ReplaceAll(key, ":", ".")]
	if !ok {
		return nil, key
	}
	detail := "meta " + attribute + `="` + a[attribute] + `"`
	if strings.HasSuffix(key, "keywords") {
		detail = "meta " + attribute + `="` + key + `"`
	}
	values := []string{a["content"]}
	if m.field == "dcterms:subject" {
		values = strings.FieldsFunc(a["content"], func(r rune) bool { return strings.ContainsRune(",;，；、", r) })
	}
	for _, v := range values {
		out = append(out, stated{m.field, v, "html.meta", detail, m.conf})
	}
	return out, key
}

func canonicalOf(z *html.Tokenizer) []stated {
	a := tagAttributes(z, "rel", "href")
	if !strings.EqualFold(a["rel"], "canonical") {
		return nil
	}
	return []stated{{"dcterms:source", a["href"], "html.meta", `link rel="canonical"`, 0.85}}
}

// proposeStated adds what a page says of itself to what its text says, unless the text says the same.
func proposeStated(proposals []Proposal, text string, all []stated) []Proposal {
	p := proposer{out: proposals, count: map[string]int{}}
	for _, s := range all {
		value := cleanValue(s.value)
		if utf8.RuneCountInString(value) > metaChars || !strings.ContainsFunc(value, isWordRune) || strings.ContainsFunc(value, notOfValues) {
			continue
		}
		if s.field == "dcterms:creator" && isAddress(value) {
			if s.detail != `meta name="ContentSource"` {
				continue // a profile
			}
			s.field = "dcterms:source"
		}
		switch s.field {
		case "dcterms:date":
			values := statedDates(value)
			for _, v := range values {
				if len(values) > 1 {
					s.conf = 0.4
				}
				if p.needs(s.field, v) {
					start, end := dateIn(text, value, v)
					p.add(s.field, v, s.detail, s.rule, start, end-start, s.conf)
				}
			}
			continue
		case "dcterms:source":
			if !isAddress(value) || slices.ContainsFunc(p.out, func(o Proposal) bool { return o.Field == s.field && bare(o.Value) == bare(value) }) {
				continue
			}
		case "dcterms:creator", "dcterms:publisher":
			if unnamed[strings.ToLower(value)] {
				continue
			}
		case "dcterms:title":
			if p.hasTitleOf(value) {
				continue
			}
			value = titlePart(text, value)
		}
		if p.needs(s.field, value) {
			start, end := wordsIn(text, value)
			p.add(s.field, value, s.detail, s.rule, start, end-start, s.conf)
		}
	}
	return p.out
}

// needs says whether a field has neither the value nor enough.
func (p *proposer) needs(field, value string) bool {
	return p.count[field] < mostValues && !holds(p.out, Proposal{Field: field, Value: value})
}

// cleanValue gives a value on one line; ideographic spaces stay. Many sites escape it twice.
func cleanValue(s string) string {
	words := strings.FieldsFunc(html.UnescapeString(s), func(r rune) bool { return r < utf8.RuneSelf && unicode.IsSpace(r) })
	return strings.TrimSpace(strings.Join(words, " "))
}

// titlePart gives the part of a title, without the names of site and section, that is a line of the text; all of it where
// there is none.
func titlePart(text, title string) string {
	if lineOf(text, title) >= 0 {
		return title
	}
	cuts := titleDivider.FindAllStringIndex(title, 6)
	for i := range cuts {
		for _, part := range []string{title[:cuts[len(cuts)-1-i][0]], title[cuts[i][1]:]} {
			if utf8.RuneCountInString(part) >= 4 && lineOf(text, part) >= 0 {
				return part
			}
		}
	}
	return title
}

// unnamed is what systems put where nobody has said who.
var unnamed = setOf("null undefined none n/a admin administrator author unknown 未知 管理员 网站管理员")

func isWordRune(r rune) bool  { return unicode.IsLetter(r) || unicode.IsDigit(r) }
func notOfValues(r rune) bool { return unicode.IsControl(r) || r == '\uFFFD' || isSentinel(r) }

// hasTitleOf says whether a title is proposed that value is too, with the name of the site before or behind it.
func (p *proposer) hasTitleOf(value string) bool {
	return slices.ContainsFunc(p.out, func(o Proposal) bool {
		if o.Field != "dcterms:title" {
			return false
		}
		for _, cut := range titleDivider.FindAllStringIndex(value, 6) {
			if value[:cut[0]] == o.Value || value[cut[1]:] == o.Value {
				return true
			}
		}
		return false
	})
}

// bare is an address without what two spellings of it differ in.
func bare(address string) string {
	if _, rest, ok := strings.Cut(address, "//"); ok {
		address = rest
	}
	return strings.TrimSuffix(address, "/")
}

// wordsIn gives where words stand in a text for the first time, in code points, and not within a longer word; -1, -1
// where they do not stand in it, and where only within longer words, that place.
func wordsIn(text, words string) (start, end int) {
	found := -1
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	for from, tries := 0, 0; tries < 50; tries++ {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		i += from
		from = i + len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[from:])
		if found < 0 {
			found = i
		}
		if !(isWordRune(before) && isWordRune(first) && !wide(first)) && !(isWordRune(after) && isWordRune(last) && !wide(last)) {
			found = i
			break
		}
	}
	if found < 0 {
		return -1, -1
	}
	start = utf8.RuneCountInString(text[:found])
	return start, start + utf8.RuneCountInString(words)
}

// dateIn gives where a date stands in a text as the page states it, or as it is written most.
func dateIn(text, said, value string) (start, end int) {
	forms := []string{said, value}
	if d, err := time.Parse("2006-01-02", value); err == nil {
		for _, layout := range []string{"2006年1月2日", "2006年01月02日", "2006/01/02", "2006/1/2", "2006.01.02", "2 January 2006", "January 2, 2006"} {
			forms = append(forms, d.Format(layout))
		}
	}
	for _, form := range forms {
		if start, end = wordsIn(text, form); start >= 0 {
			return start, end
		}
	}
	return -1, -1
}

var (
	clockLetter = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[Tt]`)
	yearOrMonth = regexp.MustCompile(`^(\d{4})(?:[-/](\d{1,2}))?$`)
)

// statedDates reads a date that is all of a value, as EDTF, the time of day left out; two where the day and the month
// could change places.
func statedDates(s string) []string {
	if m := yearOrMonth.FindStringSubmatch(s); m != nil {
		year, _ := strconv.Atoi(m[1])
		month, err := strconv.Atoi(m[2])
		switch {
		case year < 1000 || err == nil && (month < 1 || month > 12):
			return nil
		case err != nil:
			return []string{m[1]}
		}
		return []string{m[1] + "-" + strconv.Itoa(100 + month)[1:]}
	}
	hits := findDates(clockLetter.ReplaceAllString(s, "$1 "))
	if len(hits) == 0 || hits[0].start > len("Wednesday, ") {
		return nil
	}
	return hits[0].values
}
