package archive

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of vocabularies: of words in code points, of a list in terms and in bytes.
const (
	TagLen      = 200
	termLen     = 500
	scopeLen    = 4000
	mostNames   = 100
	MostTerms   = 500_000
	MostListRaw = 64 << 20 // the terms of a list, unpacked; also the file that they came in
)

// Name is a name in a language (BCP 47), "" where it is in none that is said.
type Name struct {
	Text string `json:"t"`
	Lang string `json:"l,omitempty"`
}

// Term is an entry of a vocabulary: what is meant, and what it is called.
type Term struct {
	ID      string `json:"id"` // a URI, or what the list calls it
	Names   []Name `json:"n"`  // preferred, at most one of a language
	Also    []Name `json:"a,omitempty"`
	Scope   string `json:"s,omitempty"`
	Broader string `json:"b,omitempty"` // the ID of the term above, "" for none
	Dates   string `json:"d,omitempty"`
	Colour  int    `json:"c,omitempty"` // of a tag: 1 to Styles, 0 for none
}

// Name is the preferred name in a language, else the first.
func (t *Term) Name(lang string) string {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	found := -1
	for i, n := range t.Names {
		own, _, _ := strings.Cut(strings.ToLower(n.Lang), "-")
		switch {
		case strings.EqualFold(n.Lang, lang):
			return n.Text
		case found < 0 && own == base && base != "":
			found = i
		}
	}
	if len(t.Names) == 0 {
		return t.ID
	}
	return t.Names[max(found, 0)].Text
}

// Check refuses a term that no list could show.
func (t *Term) Check() error {
	if len(t.Names) == 0 {
		return Refuse("term-name", "name", quoted(t.ID), "most", termLen)
	}
	if len(t.Names)+len(t.Also) > mostNames {
		return Refuse("too-long", "key", "names", "n", len(t.Names)+len(t.Also), "most", mostNames)
	}
	for _, n := range slices.Concat(t.Names, t.Also) {
		if !visible(n.Text, termLen) {
			return Refuse("term-name", "name", quoted(n.Text), "most", termLen)
		}
		if err := checkLang(n.Lang); err != nil {
			return err
		}
	}
	for _, s := range []struct {
		key, text string
		most      int
	}{{"scope", t.Scope, scopeLen}, {"id", t.ID, longestURI}, {"broader", t.Broader, longestURI}, {"dates", t.Dates, termLen}} {
		if n := utf8.RuneCountInString(s.text); n > s.most || !utf8.ValidString(s.text) {
			return Refuse("too-long", "key", s.key, "n", n, "most", s.most)
		}
	}
	return nil
}

// checkLang refuses what is no tag of a language as far as its form goes.
func checkLang(lang string) error {
	ok := len(lang) <= 35
	for i, part := range strings.Split(lang, "-") {
		letters := strings.Trim(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
		digits := strings.Trim(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
		ok = ok && part != "" && len(part) <= 8 && digits && (i > 0 || letters)
	}
	if lang != "" && !ok {
		return Refuse("term-lang", "lang", quoted(lang))
	}
	return nil
}

// lineOf is a name as it is kept: composed (NFC), without space at its ends.
func lineOf(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

// langCase writes a tag of a language as BCP 47 (2.1.1) wants it: zh-Hans-CN.
func langCase(lang string) string {
	parts := strings.Split(strings.ToLower(lang), "-")
	for i := 1; i < len(parts) && len(parts[i-1]) > 1; i++ {
		switch p := parts[i]; len(p) {
		case 2:
			parts[i] = strings.ToUpper(p)
		case 4:
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

// cleaned are names as they are kept, each once.
func cleaned(names []Name) (out []Name) {
	for _, n := range names {
		n = Name{lineOf(n.Text), langCase(strings.TrimSpace(n.Lang))}
		if n.Text != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Clean makes a term what is kept of it.
func (t *Term) Clean() {
	t.ID, t.Broader, t.Dates, t.Scope = lineOf(t.ID), lineOf(t.Broader), lineOf(t.Dates), lineOf(t.Scope)
	t.Names = cleaned(t.Names)
	t.Also = slices.DeleteFunc(cleaned(t.Also), func(n Name) bool { return slices.Contains(t.Names, n) })
}

// ListContent are the terms of a list as an operation carries them.
type ListContent struct {
	Terms  int    `json:"terms"`
	SHA256 string `json:"sha256"` // of the lines, unpacked
	Packed string `json:"packed"` // base64 of zlib of the terms, JSON, one a line
}

// PackTerms puts the terms of a list together; it refuses what is too much, and terms
// that no list could show.
func PackTerms(terms []Term) (*ListContent, error) {
	if len(terms) > MostTerms {
		return nil, Refuse("list-terms", "n", len(terms), "most", MostTerms)
	}
	var raw bytes.Buffer
	lines := json.NewEncoder(&raw)
	lines.SetEscapeHTML(false)
	for i := range terms {
		terms[i].Clean()
		if err := terms[i].Check(); err != nil {
			return nil, err
		}
		if err := lines.Encode(&terms[i]); err != nil {
			return nil, err
		}
		if raw.Len() > MostListRaw {
			return nil, Refuse("list-large", "most", MostListRaw>>20)
		}
	}
	sum := sha256.Sum256(raw.Bytes())
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(raw.Bytes()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return &ListContent{len(terms), hex.EncodeToString(sum[:]), base64.StdEncoding.EncodeToString(packed.Bytes())}, nil
}

// Unpack gives the terms again, and an error where they are not those that were packed.
func (l *ListContent) Unpack() ([]Term, error) {
	z, err := zlib.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(l.Packed)))
	if err != nil {
		return nil, fmt.Errorf("the terms of a list cannot be unpacked: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(z, MostListRaw+MostListRaw/8))
	if err != nil {
		return nil, fmt.Errorf("the terms of a list cannot be unpacked: %w", err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != l.SHA256 {
		return nil, fmt.Errorf("the terms of a list are not those that were packed")
	}
	terms := make([]Term, 0, min(l.Terms, MostTerms))
	for lines := json.NewDecoder(bytes.NewReader(raw)); lines.More(); {
		var t Term
		if err := lines.Decode(&t); err != nil {
			return nil, fmt.Errorf("term %d of a list cannot be read: %w", len(terms)+1, err)
		}
		terms = append(terms, t)
	}
	return terms, nil
}
