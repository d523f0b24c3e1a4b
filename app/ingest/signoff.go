package ingest

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Who signs a letter in English: the line behind "Yours faithfully," or "I am, Sir, your obedient servant,".

var (
	signOff = regexp.MustCompile(`(?i)^(?:.{0,50}\byours?\b.{0,40}\b(?:faithfully|sincerely|truly|respectfully|cordially|ever|affectionately|obediently|servant|friend|aunt|uncle|brother|sister|son|daughter|father|mother|cousin|niece|nephew)|(?:yours )?(?:faithfully|sincerely|truly|respectfully|cordially|affectionately)(?: yours)?|(?:with )?(?:kind|kindest|best|warm) (?:regards|wishes))[,.]?$`)
	// a name, initials and particles in it, and behind a comma what the person is
	signedName = regexp.MustCompile(`^((?:\p{Lu}[\p{L}'’-]*\.?)(?: (?:\p{Lu}[\p{L}'’-]*\.?|de|du|von|van|der|da|di|la)){0,4})(?:,.{1,60})?$`)
)

// signOffs proposes the name behind the last sign-off of lines as the creator, if nobody is named so far. A name of one
// word is too little to be sure of.
func (p *proposer) signOffs(lines []zoneLine) {
	if p.has("dcterms:creator") {
		return
	}
	for i := len(lines) - 2; i >= 0; i-- {
		if lines[i].chars > 90 || !signOff.MatchString(lines[i].text) || lines[i+1].chars > 80 {
			continue
		}
		if m := signedName.FindStringSubmatch(lines[i+1].text); m != nil {
			conf := 0.7
			if !strings.Contains(m[1], " ") {
				conf = 0.5
			}
			p.add("dcterms:creator", m[1], "", "creator.signature", lines[i+1].start, utf8.RuneCountInString(m[1]), conf)
		}
		return
	}
}
