package ingest

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fonds/app/mojibake"
	"fonds/storage/archive"
)

// What stands in a text and was read in a wrong encoding, before this program had it or by this program, becomes a
// correction that is proposed. The text itself stays as it was read.

// mostRepairs bounds what is proposed of one text: a text that is broken on every line is not read run by run.
const mostRepairs = 1000

// Reasons of the corrections that are proposed here; keys of the words for them.
const (
	ReasonMojibake = "mojibake"
	reasonBytes    = "bytes"
)

// repairs lists the corrections that are proposed of a text, in order. Those of bytes that the decoder could not read
// come from the recipe.
func repairs(text string, undecoded []Undecoded) []archive.Repair {
	out := strayRepairs(text, undecoded)
	for _, r := range mojibake.Find(text, nil) {
		over := slices.ContainsFunc(out, func(s archive.Repair) bool { return r.Start <= s.Start && s.Start < r.End })
		switch {
		case over && r.Lost, r.Reading == r.Source:
			continue // what the bytes say is more
		case over:
			out = slices.DeleteFunc(out, func(s archive.Repair) bool { return r.Start <= s.Start && s.Start < r.End })
		}
		out = append(out, repairOf(r))
	}
	slices.SortFunc(out, func(a, b archive.Repair) int { return a.Start - b.Start })
	return out[:min(len(out), mostRepairs)]
}

func repairOf(r mojibake.Run) archive.Repair {
	out := archive.Repair{Start: r.Start, End: r.End, Text: r.Reading, Reason: ReasonMojibake, Recipe: r.Recipe,
		Rule: "mojibake", Confidence: r.Confidence}
	if r.Lost {
		out.Rule = "mojibake.lost"
		if out.Text == "" {
			out.Text = string(archive.Gap)
		}
	}
	var gaps []archive.Lacuna
	for _, l := range r.Lacunae {
		gaps = append(gaps, archive.Lacuna{At: l.At, Bytes: l.Bytes, Candidates: l.Candidates})
	}
	out.Detail = archive.LacunaeDetail(gaps)
	return out
}

// strayRepairs proposes what the bytes that were not decoded may say.
func strayRepairs(text string, undecoded []Undecoded) (out []archive.Repair) {
	if len(undecoded) == 0 {
		return nil
	}
	rs := []rune(text)
	han := 0
	for _, r := range rs {
		if wide(r) {
			han++
		}
	}
	chinese := han*5 > len(rs) // its stray bytes are no letters of Europe
	for _, u := range undecoded[:min(len(undecoded), mostRepairs)] {
		if u.At < 0 || u.At >= len(rs) {
			continue
		}
		r := archive.Repair{Start: u.At, End: u.At + 1, Reason: reasonBytes, Rule: "bytes.lost", Text: string(archive.Gap), Confidence: 0.3,
			Recipe: fmt.Sprintf("bytes %s at %d", u.Bytes, u.Offset)}
		beside := chinese || u.At > 0 && wide(rs[u.At-1]) || u.At+1 < len(rs) && wide(rs[u.At+1])
		if words, name := strayWords(u.Bytes, beside); words != "" {
			r.Text, r.Rule, r.Confidence = words, "bytes", 0.6
			r.Recipe += " read as " + name
		}
		out = append(out, r)
	}
	return out
}

// strayWords is what bytes may say that the encoding of their file does not know: a
// character of GB18030 where they are whole ones, else of Windows-1252, which has
// the quotation marks and dashes that are pasted into other files.
func strayWords(inHex string, besideHan bool) (text, encoding string) {
	data, err := hex.DecodeString(inHex)
	if err != nil || len(data) == 0 || len(data) > 8 {
		return "", ""
	}
	if len(data)%2 == 0 {
		if s, err := simplifiedchinese.GBK.NewDecoder().String(string(data)); err == nil && readable(s, unicode.Han) {
			return s, "gbk"
		}
	}
	if s, err := charmap.Windows1252.NewDecoder().String(string(data)); err == nil && readable(s, nil) && !(besideHan && strings.ContainsFunc(s, unicode.IsLetter)) {
		return s, "windows-1252"
	}
	return "", ""
}

// readable says whether a text has characters that can be seen, of one script where one is named.
func readable(s string, script *unicode.RangeTable) bool {
	for _, r := range s {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) || script != nil && !unicode.Is(script, r) {
			return false
		}
	}
	return true
}
