package report

import (
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// Page is a page of its own in the style of reports, for what is no chart: a title, what is
// said below it, and what body puts on it. The body cleans words of an archive by Clean.
func Page(title, below string, body func(put func(format string, args ...any))) []byte {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	p("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"+mark+"\n", html.EscapeString(i18n.Current()))
	p("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	p("<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", clean(title), style)
	p("<h1>%s</h1>\n<p class=\"quiet\">%s</p>\n", clean(title), own(below))
	body(p)
	p("</body>\n</html>\n")
	return []byte(b.String())
}

// Heads is the section of a page with the heads of the log, and what they prove.
func Heads(put func(format string, args ...any), heads map[archive.ID]archive.Hash) {
	put("<section id=\"heads\">\n<h2>%s</h2>\n<table class=\"heads\">\n", own(i18n.T("check.heads")))
	for _, replica := range slices.Sorted(maps.Keys(heads)) {
		put("<tr><td>%s</td><td>%s</td></tr>\n", clean(string(replica)), heads[replica])
	}
	put("</table>\n<h3>%s</h3>\n<p class=\"quiet\">%s</p>\n</section>\n", own(i18n.T("check.proves")), own(i18n.T("check.proves.text")))
}

// Clean makes words from an archive fit to stand in a page.
func Clean(words string) string { return clean(words) }
