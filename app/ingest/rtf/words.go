package rtf

import "strings"

// specials are the control words that are a character.
var specials = map[string]rune{
	"emdash": '—', "endash": '–', "emspace": '\u2003', "enspace": '\u2002', "qmspace": '\u2005', "bullet": '•',
	"lquote": '‘', "rquote": '’', "ldblquote": '“', "rdblquote": '”', "ltrmark": '\u200e', "rtlmark": '\u200f',
	"zwj": '\u200d', "zwnj": '\u200c', "zwbo": '\u200b', "zwnbo": '\u2060',
}

// nowhere are the groups whose text is not the document's, besides those that \* says may be skipped.
var nowhere = setOf(`colortbl stylesheet filetbl listtable listoverridetable revtbl rsidtbl template nextfile private1
	shprslt sp sn sv nonshppict nonesttables xe tc tcn rxe txe ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntxta pntxtb
	pnseclvl pn fldtype bkmkstart bkmkend mmathPict atnref atndate atntime objname objalias objsect objtime
	fontemb falt panose generator themedata datastore latentstyles formfield`)

// taken are the groups which \* says may be skipped and which are known here.
var taken = setOf(`fldinst annotation atnauthor ud shppict shpinst shptxt do dptxbxtext nesttableprops objdata objclass
	moMath moMathPara pntext listtext footnote header footer field`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// symbol takes a control symbol.
func (r *reader) symbol(s string) {
	switch s {
	case "*":
		r.st.asked = true
	case "~":
		r.put('\u00a0')
	case "-":
		r.put('\u00ad')
	case "_":
		r.put('\u2011')
	}
}

// word1 takes a control word.
func (r *reader) word1(t token) {
	asked := r.st.asked
	r.st.asked = false
	if t.name == "bin" {
		r.binary(t.data)
		return
	}
	if t.name == "u" && t.has {
		r.skip = 0
		r.unicode(t.n)
		return
	}
	if c, ok := specials[t.name]; ok {
		r.put(c)
		return
	}
	if r.skip > 0 {
		r.skip--
	}
	if asked && !taken[t.name] && r.st.dest != toInfo {
		r.nowhere()
		return
	}
	if r.destination(t.name) {
		return
	}
	r.property(t)
	r.structure(t.name)
}

// nowhere leaves out the rest of the group. The document itself is no group that could be left out.
func (r *reader) nowhere() {
	if len(r.stack) > 1 {
		r.st.out, r.st.dest = nil, toText
	}
}

// binary takes what stands behind \bin.
func (r *reader) binary(data []byte) {
	switch {
	case r.skip > 0:
		r.skip--
	case r.st.dest == toHex:
		r.st.object.binary(data)
	}
}

// property takes a control word that says how the text is, not what.
func (r *reader) property(t token) {
	on := !t.has || t.n != 0
	switch t.name {
	case "ansi":
		r.setPage(1252)
	case "mac":
		r.setPage(10000)
	case "pc":
		r.setPage(437)
	case "pca":
		r.setPage(850)
	case "ansicpg":
		if t.n > 0 {
			r.setPage(t.n)
		}
	case "deff":
		r.deff = t.n
		r.st.font = t.n
	case "uc":
		r.st.uc = min(max(t.n, 0), 16)
	case "f":
		r.setFont(t.n)
	case "fcharset", "cpg":
		r.fontSays(t)
	case "v":
		r.st.hidden = on
	case "deleted", "mvf":
		r.st.deleted = on
	case "plain":
		r.st.hidden, r.st.deleted, r.st.font = false, false, r.deff
	case "pard":
		r.st.table = false
	case "intbl":
		r.st.table = on
	case "yr", "mo", "dy", "hr", "min", "sec":
		r.timeSays(t.name, t.n)
	}
}

// setPage says what the code page of the file is.
func (r *reader) setPage(page int) {
	r.flush()
	r.ansi, r.pageKnown = page, false
}

// setFont chooses the font of the text, or the one that the table of fonts speaks of from here.
func (r *reader) setFont(n int) {
	if r.st.dest != toFonts {
		r.st.font = n
		return
	}
	r.inFont, r.pageKnown = n, false
	if len(r.fonts) < 1<<15 {
		r.fonts[n] = &font{charset: -1}
	}
}

// fontSays takes what the table of fonts says of one.
func (r *reader) fontSays(t token) {
	f := r.fonts[r.inFont]
	if r.st.dest != toFonts || f == nil {
		return
	}
	if r.pageKnown = false; t.name == "cpg" {
		f.page = t.n
	} else {
		f.charset = t.n
	}
}

// structure takes a control word that ends a paragraph, a cell, a row.
func (r *reader) structure(name string) {
	if r.st.out == nil || r.st.dest != toText {
		return
	}
	out := r.st.out
	switch name {
	case "tab":
		if !r.silent(0) {
			r.flush()
			out.rune('\t')
		}
	case "par", "line":
		if !r.silent(0) {
			r.flush()
			out.par(r.st.table)
		}
	case "page", "column", "sect":
		r.flush()
		out.breakLine()
	case "cell":
		r.flush()
		out.cell()
	case "nestcell", "nestrow":
		r.flush()
		out.space()
	case "row":
		r.flush()
		out.endRow()
	}
}
