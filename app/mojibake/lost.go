package mojibake

import "strings"

// What is lost for good, and known by its shape:
//
//	锟斤拷  U+FFFD written as UTF-8 (EF BF BD EF BF BD) and read as GBK: the bytes were lost before
//	烫烫烫  CC CC …, with which Microsoft's debug builds fill memory of the stack
//	屯屯屯  CD CD …, the same for the heap
var fills = []struct {
	r      rune
	recipe string
}{
	{'烫', "memory that nothing was written to (cc) read as gbk"},
	{'屯', "memory that nothing was written to (cd) read as gbk"},
}

const replaced = "u+fffd in utf-8 read as gbk; the bytes were lost before"

// lostRuns finds 锟斤拷 and its like; U+FFFD alone is looked at when all else is known.
func lostRuns(text []rune) []Run {
	var out []Run
	for i := 0; i < len(text); {
		switch text[i] {
		case '锟', '斤', '拷', '烫', '屯':
		default:
			i++
			continue // most of any text
		}
		n, why := lostAt(text[i:])
		if n == 0 {
			i++
			continue
		}
		signs := n
		if why == replaced {
			signs = (2*n + 2) / 3 // six bytes in three characters stand for two signs
		}
		out = append(out, Run{Start: i, End: i + n, Source: string(text[i : i+n]), Reading: strings.Repeat(string(lacuna), signs),
			Wrong: gbk, Right: "", Recipe: why, Confidence: 0.99, Lost: true})
		i += n
	}
	return out
}

func lostAt(text []rune) (n int, why string) {
	const cycle = "锟斤拷"
	if r := text[0]; r == '锟' || r == '斤' || r == '拷' {
		marks := []rune(cycle)
		at := 0
		for marks[at] != r {
			at++
		}
		for n < len(text) && text[n] == marks[(at+n)%3] {
			n++
		}
		if strings.Contains(string(text[:n]), cycle) {
			return n, replaced
		}
		return 0, ""
	}
	for _, f := range fills {
		for n = 0; n < len(text) && text[n] == f.r; n++ {
		}
		if n >= 3 {
			return n, f.recipe
		}
	}
	return 0, ""
}

// gaps marks what no piece took: rows of U+FFFD, and question marks that stand for bytes.
func (f *finder) gaps() []Run {
	var out []Run
	for i := 0; i < len(f.text); i++ {
		if f.text[i] != 0xFFFD && f.text[i] != '?' {
			continue
		}
		n := 0
		for i+n < len(f.text) && f.text[i+n] == 0xFFFD && !f.covered(i+n, i+n+1) {
			n++
		}
		recipe, conf := "bytes that were no character became u+fffd", 0.99
		if n == 0 {
			n, recipe, conf = f.questions(i), "question marks in the place of characters", 0.6
		}
		if n == 0 {
			continue
		}
		out = append(out, Run{Start: i, End: i + n, Source: string(f.text[i : i+n]), Reading: strings.Repeat(string(lacuna), n),
			Recipe: recipe, Confidence: conf, Lost: true})
		i += n - 1
	}
	return out
}
