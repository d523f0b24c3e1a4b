package mojibake

import (
	"strconv"
	"strings"
)

// What decoders make of two bytes where the WHATWG's, which x/text follows, give nothing or something else: "from-to>first"
// in hexadecimal. They were found by comparing the tables of x/text with those of CPython 3.11 (gb18030, big5 and cp950,
// shift_jis and cp932). Most are the areas for characters of one's own (PUA), which Windows and Java read too: in the seed
// 学 was lost because its last bytes, AD A6, lie in one.
const (
	moreGBK = `80>20AC A1AA>2015 A1A4>30FB A140-A17E>E4C6 A180-A1A0>E505 A240-A27E>E526 A280-A2A0>E565 A2AB-A2B0>E766 A2E4>E76D
	A2EF-A2F0>E76E A2FD-A2FE>E770 A340-A37E>E586 A380-A3A0>E5C5 A440-A47E>E5E6 A480-A4A0>E625 A4F4-A4FE>E772
	A540-A57E>E646 A580-A5A0>E685 A5F7-A5FE>E77D A640-A67E>E6A6 A680-A6A0>E6E5 A6B9-A6C0>E785 A6D9-A6DF>E78D
	A6EC-A6ED>E794 A6F3>E796 A6F6-A6FE>E797 A740-A77E>E706 A780-A7A0>E745 A7C2-A7D0>E7A0 A7F2-A7FE>E7AF
	A896-A8A0>E7BC A8BC>E7C7 A8C1-A8C4>E7C9 A8EA-A8FE>E7CD A958>E7E2 A95B>E7E3 A95D-A95F>E7E4 A997-A9A3>E7F4
	A9F0-A9FE>E801 AAA1-AAFE>E000 ABA1-ABFE>E05E ACA1-ACFE>E0BC ADA1-ADFE>E11A AEA1-AEFE>E178 AFA1-AFFE>E1D6
	D7FA-D7FE>E810 F8A1-F8FE>E234 F9A1-F9FE>E292 FAA1-FAFE>E2F0 FBA1-FBFE>E34E FCA1-FCFE>E3AC FDA1-FDFE>E40A
	FE51-FE53>E816 FE59>E81E FE61>E826 FE66-FE67>E82B FE6C-FE6D>E831 FE76>E83B FE7E>E843 FE90-FE91>E854 FEA0>E864
	FEA1-FEFE>E468`
	moreBig5 = `A145>2022 A14E>FF64 A1C2>203E A1E3>223C A1F2>2641 A1F3>2609 A241>FF0F A242>FF3C A244>00A5 A246-A247>00A2
	C6A1>30FE C6A2-C6A3>309D C6A4>3005 C6A5-C6F7>3041 C6F8-C6FE>30A1 C740-C77E>30A8 C7A1-C7B0>30E7 C7B1-C7B2>0414
	C7B3>0401 C7B4-C7BA>0416 C7BB-C7CD>0423 C7CE>0451 C7CF-C7E8>0436 C7E9-C7F2>2460 C7F3-C7FC>2474 F9FE>2593`
	moreSJIS = `80>0080 A0>00A0 815C>2014 8160>301C 8161>2016 817C>2212 8191-8192>00A2 81CA>00AC F040-F07E>E000 F080-F0FC>E03F F140-F17E>E0BC
	F180-F1FC>E0FB F240-F27E>E178 F280-F2FC>E1B7 F340-F37E>E234 F380-F3FC>E273 F440-F47E>E2F0 F480-F4FC>E32F
	F540-F57E>E3AC F580-F5FC>E3EB F640-F67E>E468 F680-F6FC>E4A7 F740-F77E>E524 F780-F7FC>E563 F840-F87E>E5E0
	F880-F8FC>E61F F940-F97E>E69C F980-F9FC>E6DB`
)

// readMore adds a list of these to w.
func (w *wrongCode) readMore(list string) {
	for item := range strings.FieldsSeq(list) {
		codes, first, _ := strings.Cut(item, ">")
		from, to, ranged := strings.Cut(codes, "-")
		if !ranged {
			to = from
		}
		a, b, r := hexNumber(from), hexNumber(to), hexNumber(first)
		for code := a; code <= b; code++ {
			w.put(rune(r+code-a), uint16(code))
		}
	}
}

func hexNumber(s string) int {
	n, err := strconv.ParseUint(s, 16, 16)
	if err != nil {
		panic("mojibake: a number in a table of codes: " + s) // it is part of the program
	}
	return int(n)
}

// put makes code one of the bytes that r may stand for.
func (w *wrongCode) put(r rune, code uint16) {
	if w.bytes[r] == 0 {
		w.bytes[r] = code
	} else if w.bytes[r] != code {
		w.more.add(r, code)
	}
}
