package office

import (
	"encoding/xml"
	"unicode"
	"unicode/utf8"
)

// A formula is written in a line, so that none of its signs changes what it says: 10^6, x_1, (a+b)/c, √(a+b).

// grouped writes a sign before what a text has from a place on, and brackets around that where it is more than a word;
// where there is nothing, no sign.
func grouped(text []byte, from int, sign string) []byte {
	s := string(text[from:])
	if s == "" {
		return text
	}
	word := true
	for _, r := range s {
		word = word && (unicode.IsLetter(r) || unicode.IsNumber(r))
	}
	if word || utf8.RuneCountInString(s) == 1 {
		return append(append(text[:from], sign...), s...)
	}
	return append(append(append(append(text[:from], sign...), '('), s...), ')')
}

// mathPart reads an element of a formula and writes a sign before it.
func (d *docx) mathPart(p *para, sign string, in func(xml.StartElement) error) error {
	from := len(p.text)
	err := d.c.each(in)
	if from > len(p.text) {
		return err // a paragraph in a formula, which no program writes, has begun a line
	}
	p.text = grouped(p.text, from, sign)
	if err == nil {
		err = d.left.take(len(sign) + 2)
	}
	return err
}

// formula reads the elements of a formula whose place says something.
func (d *docx) formula(p *para, name string, in func(xml.StartElement) error) error {
	switch name {
	case "m:den":
		return d.mathPart(p, "/", in)
	case "m:sub":
		return d.mathPart(p, "_", in)
	case "m:sup":
		return d.mathPart(p, "^", in)
	case "m:rad":
		return d.c.each(func(s xml.StartElement) error {
			if d.c.el(s.Name) == "m:e" {
				return d.mathPart(p, "√", in)
			}
			return in(s)
		})
	case "m:d":
		return d.delimited(p, in)
	case "m:nary":
		sign := "∫"
		return d.c.each(func(s xml.StartElement) error {
			if d.c.el(s.Name) != "m:naryPr" {
				return in(s)
			}
			err := d.c.each(func(s xml.StartElement) error {
				if d.c.el(s.Name) == "m:chr" {
					sign = clean(d.c.attr(s, "m:val"))
				}
				return d.c.skip()
			})
			if err == nil {
				err = d.put(p, sign)
			}
			return err
		})
	}
	return d.mathPart(p, "", in)
}

// delimited writes what stands between signs in a formula: (a|b).
func (d *docx) delimited(p *para, in func(xml.StartElement) error) error {
	signs, operands := map[string]string{"m:begChr": "(", "m:sepChr": "|", "m:endChr": ")"}, 0
	err := d.c.each(func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "m:dPr":
			return d.c.each(func(s xml.StartElement) error {
				signs[d.c.el(s.Name)] = clean(d.c.attr(s, "m:val"))
				return d.c.skip()
			})
		case "m:e":
			sign := signs["m:begChr"]
			if operands++; operands > 1 {
				sign = signs["m:sepChr"]
			}
			if err := d.put(p, sign); err != nil {
				return err
			}
		}
		return in(s)
	})
	if err == nil && operands > 0 {
		err = d.put(p, signs["m:endChr"])
	}
	return err
}
