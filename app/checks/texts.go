package checks

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/ingest"
	"fonds/app/mojibake"
	"fonds/storage/archive"
	"fonds/storage/words"
)

// This file checks the reading text of a document, and that what was read in it still stands
// there.

// evidence looks whether the words still stand in the text that a value was read from.
func (s *subject) evidence() {
	for _, it := range s.values {
		if it.Anchor == nil {
			continue
		}
		var all []Finding
		if now := s.reading.Words(it.Anchor); s.reading.LookAgain(it) {
			all = append(all, err1("evidence-changed", "was", brief(it.Anchor.Quote), "now", brief(now)).of(it.Key))
		}
		s.thing("A10", all...)
	}
}

// texts looks at the characters of the text and at the attachments that it names.
func (s *subject) texts() {
	if strings.TrimSpace(s.text) == "" {
		s.thing("U4", s.textless())
		return
	}
	s.thing("U4")
	s.thing("U3", s.characters()...)
	named, rest := attachmentsIn(s.text)
	for _, it := range stated(s.d.Document, s.r.roles.attachment) {
		named = append(named, it.Text)
	}
	s.attachments = missingIn(rest, named)
	for range len(named) - len(s.attachments) {
		s.thing("C6")
	}
}

// textless says of a document without a text why that is so: a scan waits for somebody to type it.
func (s *subject) textless() Finding {
	switch {
	case s.recipe.Needs != "":
		return warn("text-needs", "program", s.recipe.Needs)
	case s.d.Info.Pages > 0:
		return warn("untranscribed", "n", s.d.Info.Pages)
	}
	return err1("empty")
}

// characters finds what cannot be read in the text: each kind once, with how often it is
// there, and what waits to be mended.
func (s *subject) characters() (out []Finding) {
	var kinds []string
	counts := map[string]int{}
	suspicious := 0
	for i := 0; i < len(s.text); {
		// Nearly all is ASCII, or of the block from U+4E00 to U+9FFF: E4 to E9 with two bytes that go on.
		if c := s.text[i]; c < utf8.RuneSelf && c >= ' ' {
			i++
			continue
		} else if c >= 0xE4 && c <= 0xE9 && i+2 < len(s.text) && s.text[i+1]&0xC0 == 0x80 && s.text[i+2]&0xC0 == 0x80 {
			if r := rune(c&0xF)<<12 | rune(s.text[i+1]&0x3F)<<6 | rune(s.text[i+2]&0x3F); han(r) {
				if suspect(r) {
					suspicious++
				}
				i += 3
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s.text[i:])
		i += n
		if suspect(r) {
			suspicious++
			continue
		}
		if what := odd(r); what != "" && what != aHidden {
			if counts[what] == 0 {
				kinds = append(kinds, what)
			}
			counts[what]++
		}
	}
	slices.Sort(kinds)
	for _, what := range kinds {
		f := err1("text-special", "what", what, "n", counts[what])
		if what == aPrivate {
			f.Severity = Warning
		}
		out = append(out, f)
	}
	n := 0
	for _, it := range s.d.Items {
		if it.What == archive.ACorrection && it.Open() && it.Reason == ingest.ReasonMojibake {
			n++
		}
	}
	switch {
	case n > 0:
		out = append(out, err1("text-repairs", "n", n))
	case suspicious >= leastSuspects:
		if n := garbled(s.text); n > 0 {
			out = append(out, err1("text-mojibake", "n", n))
		}
	}
	return out
}

// leastSuspects is from how many suspicious characters on a text is looked through for what
// was read in a wrong encoding; mostGarbled is how many of its lines are.
const (
	leastSuspects = 3
	mostGarbled   = 20
)

// garbled is how many lines of a text have words that were read in a wrong encoding, of
// those that are suspicious, at most mostGarbled.
func garbled(text string) (n int) {
	looked := 0
	for line := range strings.Lines(text) {
		count := 0
		for _, r := range line {
			if suspect(r) {
				count++
			}
		}
		if count < 2 {
			continue
		}
		if looked++; looked > mostGarbled {
			break
		}
		if len(line) < 20_000 && len(mojibake.Find(line, nil)) > 0 {
			n++
		}
	}
	return n
}

var (
	// attachmentLine is a line that lists what is attached: 附件：1.名单.
	attachmentLine = regexp.MustCompile(`^[\s\x{3000}]*附\s?件[\s\x{3000}]*\d{0,2}[\s\x{3000}]*[：:][\s\x{3000}]*(.*)$`)
	nextAttachment = regexp.MustCompile(`^[\s\x{3000}]*(\d{1,2})\s*[.．、][\s\x{3000}]*(\S.*)$`)
	numberBefore   = regexp.MustCompile(`^[\s\x{3000}]*(?:附\s?件)?[\s\x{3000}]*\d{0,2}\s*[.．、：:]?[\s\x{3000}]*`)
)

// mostAttachments is how many attachments of a document are looked for.
const mostAttachments = 100

// attachmentsIn are the names of attachments that a text lists (附件说明): in the line
// itself, or numbered there and in the lines below; rest is the text without these lines.
func attachmentsIn(text string) (out []string, rest string) {
	if !strings.Contains(text, "附") {
		return nil, text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.Contains(line, "附") || len(line) > 1000 {
			continue
		}
		m := attachmentLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		first := strings.TrimSpace(m[1])
		n := nextAttachment.FindStringSubmatch(first)
		if n == nil {
			if first != "" {
				out = append(out, first)
			}
			lines[i] = ""
			continue
		}
		out = append(out, n[2])
		lines[i] = ""
		for j := i + 1; j < len(lines); j++ {
			if n = nextAttachment.FindStringSubmatch(lines[j]); n == nil || len(lines[j]) > 1000 {
				break
			}
			out = append(out, n[2])
			lines[j] = ""
		}
		break // what follows lists them again, or is another document's
	}
	for i := range out {
		out[i] = strings.TrimRight(strings.TrimSpace(out[i]), "。；;.")
	}
	out = slices.DeleteFunc(out, func(s string) bool { return utf8.RuneCountInString(s) < 2 })
	return out[:min(len(out), mostAttachments)], strings.Join(lines, "\n")
}

// missingIn are those of the named attachments that do not stand in the text itself: a line
// with their name, behind 附件 and a number perhaps.
func missingIn(text string, names []string) (out []string) {
	if len(names) == 0 {
		return nil
	}
	own := map[string]bool{}
	for line := range strings.Lines(text) {
		if len(line) < 1000 {
			own[titleKey(line)] = true
		}
	}
	for _, name := range names {
		if key := titleKey(name); key != "" && !own[key] && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// titleKey is a title as titles are compared: without what stands before it as its number,
// case, width, spaces, brackets, and as simplified characters.
func titleKey(s string) string { return folded(numberBefore.ReplaceAllString(s, "")) }

// folded is words as they are compared: letters, figures and characters only, folded as they
// are for a search.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if words.Joins(r) || r >= 0x2E80 && !punctuation(r) {
			return r
		}
		return -1
	}, words.Tokens(s))
}

func punctuation(r rune) bool {
	return r >= 0x3000 && r <= 0x303F && r != '〇' && r != '々' || r >= 0xFE10 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF65
}

// brief is the beginning of words, on one line.
func brief(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if rs := []rune(s); len(rs) > most {
		return string(rs[:most]) + "…"
	}
	return s
}
