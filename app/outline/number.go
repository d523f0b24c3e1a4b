package outline

// digits are those of Chinese numbers; 〇 and 零 fill a place.
var digits = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// places are the powers of ten that have a character.
var places = map[rune]int{'十': 10, '百': 100, '千': 1000}

// longest is how many characters of a number are read: more are none.
const longest = 9

// chinese reads a number in Chinese characters at the beginning of r, such as
// 二十一, 一百零三 or 二〇; n is how many characters it has, 0 for none.
func chinese(r []rune) (value, n int) {
	digit, any := 0, false
	for n < len(r) && n < longest {
		if d, ok := digits[r[n]]; ok {
			if any {
				digit = digit*10 + d // 二〇一五
			} else {
				digit = d
			}
			any = true
		} else if p, ok := places[r[n]]; ok {
			if !any {
				digit = 1 // 十二
			}
			value, digit, any = value+digit*p, 0, false
		} else {
			break
		}
		n++
	}
	return value + digit, n
}

// arabic reads a number of at most four digits, of half or full width.
func arabic(r []rune) (value, n int) {
	for n < len(r) && n < 5 {
		switch c := r[n]; {
		case c >= '0' && c <= '9':
			value = value*10 + int(c-'0')
		case c >= '０' && c <= '９':
			value = value*10 + int(c-'０')
		default:
			return value, n
		}
		n++
	}
	if n == 5 {
		return 0, 0
	}
	return value, n
}

// romans are the values of the letters of Roman numbers.
var romans = map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}

// roman reads a number in capital Roman letters, up to 399.
func roman(r []rune) (value, n int) {
	last := 1000
	for n < len(r) && n < longest {
		v, ok := romans[r[n]]
		if !ok {
			break
		}
		if v > last {
			v -= 2 * last
		}
		value, last = value+v, romans[r[n]]
		n++
	}
	return value, n
}

// number reads any of these.
func number(r []rune) (value, n int) {
	if value, n = chinese(r); n > 0 {
		return value, n
	}
	return arabic(r)
}
