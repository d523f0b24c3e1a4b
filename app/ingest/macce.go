package ingest

import "strings"

// macCE is Mac OS Central European (x-mac-ce, Apple's mapping table CENTEURO.TXT), which golang.org/x/text does not have.
const macCE = "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅ" +
	"ņŃ¬√ńŇ∆«»…\u00A0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ"

// A byteTable is what the bytes of an encoding mean.
type byteTable interface{ DecodeByte(b byte) rune }

type macTable []rune

func (t macTable) DecodeByte(b byte) rune {
	if b < 0x80 {
		return rune(b)
	}
	return t[b-0x80]
}

var macCETable = macTable([]rune(macCE))

var macCECodec = unitCodec("x-mac-ce", func(b []byte) (string, int) {
	return string(macCETable.DecodeByte(b[0])), 1
}, func(text string) []byte {
	before, _, found := strings.Cut(macCE, text)
	if !found || len([]rune(text)) != 1 {
		return nil
	}
	return []byte{byte(0x80 + len([]rune(before)))}
})
