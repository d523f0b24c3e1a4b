package office

import "encoding/xml"

// mathSigns are what stands before the second and the third of the elements in one of MathML.
var mathSigns = map[string][2]string{
	"math:mfrac": {"/"}, "math:msup": {"^"}, "math:msub": {"_"}, "math:msubsup": {"_", "^"},
	"math:mover": {"^"}, "math:munder": {"_"}, "math:munderover": {"_", "^"},
}

// formula reads MathML.
func (d *odt) formula(p *odfText) error {
	chars := func(t []byte) error { return d.put(p, line(string(t))) }
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		name := d.c.el(s.Name)
		switch name {
		case "math:annotation", "math:annotation-xml":
			return d.c.skip()
		case "math:mi", "math:mn", "math:mo", "math:mtext", "math:ms":
			return d.c.mixed(chars, in)
		case "math:msqrt", "math:mroot":
			return d.mathPart(p, "√", func() error { return d.c.each(in) })
		case "math:mfenced":
			return d.mathPart(p, "", func() error { return d.c.each(in) })
		}
		signs, ok := mathSigns[name]
		if !ok {
			return d.c.each(in)
		}
		n := 0
		return d.c.each(func(s xml.StartElement) error {
			sign := ""
			if n == 1 || n == 2 {
				sign = signs[n-1]
			}
			if n++; n == 1 && name != "math:mfrac" {
				return in(s)
			}
			return d.mathPart(p, sign, func() error { return in(s) })
		})
	}
	return d.c.each(in)
}

// mathPart reads a part of a formula and writes a sign before it.
func (d *odt) mathPart(p *odfText, sign string, read func() error) error {
	from := len(p.text)
	err := read()
	p.text = grouped(p.text, from, sign)
	if err == nil {
		err = d.left.take(len(sign) + 2)
	}
	return err
}
