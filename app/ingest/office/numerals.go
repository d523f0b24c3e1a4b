package office

import (
	"strconv"
	"strings"
)

// numeral writes n by a format that Office Open XML names (ST_NumberFormat). Formats that are words of a language, and
// numbers that a format does not reach, are written in figures.
func numeral(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n)
	case "lowerLetter":
		return letters("abcdefghijklmnopqrstuvwxyz", n)
	case "russianUpper":
		return letters("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ", n)
	case "russianLower":
		return letters("абвгдежзиклмнопрстуфхцчшщыэюя", n)
	case "chicago":
		return letters("*†‡§", n)
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnd(n)
	case "cardinalText":
		return english(n, false)
	case "ordinalText":
		return english(n, true)
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16))
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "decimalFullWidth", "decimalFullWidth2":
		return digits("０１２３４５６７８９", n)
	}
	return eastern(format, n)
}

// eastern writes n by one of the formats of East Asia.
func eastern(format string, n int) string {
	switch format {
	case "chineseCountingThousand", "chineseCounting", "taiwaneseCountingThousand", "taiwaneseCounting", "japaneseCounting",
		"koreanCounting2":
		return counting(n, "零一二三四五六七八九", "十百千", true)
	case "chineseLegalSimplified":
		return counting(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false)
	case "ideographLegalTraditional", "japaneseLegal":
		return counting(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", false)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return digits("〇一二三四五六七八九", n)
	case "koreanDigital":
		return digits("영일이삼사오육칠팔구", n)
	case "ideographTraditional":
		return within("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return within("子丑寅卯辰巳午未申酉戌亥", n)
	case "ideographEnclosedCircle":
		return within("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return within("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿", n)
	case "decimalEnclosedParen":
		return within("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", n)
	case "decimalEnclosedFullstop":
		return within("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", n)
	case "aiueo", "aiueoFullWidth":
		return within("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン", n)
	case "iroha", "irohaFullWidth":
		return within("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン", n)
	case "ganada":
		return within("가나다라마바사아자차카타파하", n)
	case "chosung":
		return within("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", n)
	}
	return strconv.Itoa(n)
}

// letters are a … z, aa … zz, aaa: the letter as often as the alphabet was gone through.
func letters(alphabet string, n int) string {
	a := []rune(alphabet)
	if n < 1 || n > 30*len(a) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(a[(n-1)%len(a)]), (n-1)/len(a)+1)
}

func within(signs string, n int) string {
	if s := []rune(signs); n >= 1 && n <= len(s) {
		return string(s[n-1])
	}
	return strconv.Itoa(n)
}

func digits(ten string, n int) string {
	d := []rune(ten)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return d[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

func roman(n int) string {
	if n < 1 || n > 10_000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for i, v := range []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
		for ; n >= v; n -= v {
			b.WriteString([]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}[i])
		}
	}
	return b.String()
}

// counting writes n in Chinese with units up to 万; where short is true, 10 to 19 begin with ten itself (十二).
func counting(n int, ten, units string, short bool) string {
	if n < 0 || n >= 100_000_000 {
		return strconv.Itoa(n)
	}
	d, u := []rune(ten), []rune(units)
	if n == 0 {
		return string(d[0])
	}
	if n >= 10_000 {
		s := counting(n/10_000, ten, units, short) + "万"
		if n %= 10_000; n > 0 && n < 1000 {
			s += string(d[0])
		}
		if n > 0 {
			s += counting(n, ten, units, false)
		}
		return s
	}
	var b strings.Builder
	gap := false
	for i, v := range []int{1000, 100, 10, 1} {
		switch q := n / v % 10; {
		case q == 0:
			gap = b.Len() > 0
		default:
			if gap {
				b.WriteRune(d[0])
				gap = false
			}
			if !short || q != 1 || v != 10 || n >= 20 {
				b.WriteRune(d[q])
			}
			if v > 1 {
				b.WriteRune(u[2-i])
			}
		}
	}
	return b.String()
}

func ordinalEnd(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return "th"
	case n%10 == 1:
		return "st"
	case n%10 == 2:
		return "nd"
	case n%10 == 3:
		return "rd"
	}
	return "th"
}

// english writes 0 to 99 in words, larger numbers in figures.
func english(n int, ordinal bool) string {
	if n < 0 || n > 99 {
		if ordinal {
			return strconv.Itoa(n) + ordinalEnd(n)
		}
		return strconv.Itoa(n)
	}
	ones := strings.Fields("Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen")
	onesth := strings.Fields("Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth")
	tens := strings.Fields("Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety")
	last := ones
	if ordinal {
		last = onesth
	}
	if n < 20 {
		return last[n]
	}
	t := tens[n/10-2]
	if n%10 > 0 {
		return t + "-" + strings.ToLower(last[n%10])
	}
	if ordinal {
		return strings.TrimSuffix(t, "y") + "ieth"
	}
	return t
}
