package office

import "strings"

// Fonts of signs have no Unicode: Word writes their signs as U+F020 … U+F0FF. or as the
// Latin-1 characters of the same bytes. These are the ones that stand in texts; any other stays what it is.
var signs = map[string]map[byte]rune{
	"symbol": {
		0xB7: '•', 0xB0: '°', 0xB1: '±', 0xB4: '×', 0xB8: '÷', 0xA3: '≤', 0xB3: '≥', 0xB9: '≠', 0xBB: '≈', 0xBA: '≡',
		0xA5: '∞', 0xAE: '→', 0xAC: '←', 0xAD: '↑', 0xAF: '↓', 0xAB: '↔', 0xDE: '⇒', 0xDB: '⇔', 0xD6: '√', 0xE5: '∑',
		0xB6: '∂', 0xF2: '∫', 0xC8: '∪', 0xC7: '∩', 0xCE: '∈', 0xC6: '∅', 0xD1: '∇', 0xA2: '′', 0xB2: '″', 0x2D: '−',
		0xD2: '®', 0xD3: '©', 0xD4: '™', 0xE2: '®', 0xE3: '©', 0xE4: '™', 0xBC: '…', 0xBF: '↵', 0xA7: '♣', 0xA8: '♦',
		0xA9: '♥', 0xAA: '♠', 0x22: '∀', 0x24: '∃', 0x5E: '⊥', 0x20: ' ',
		'a': 'α', 'b': 'β', 'c': 'χ', 'd': 'δ', 'e': 'ε', 'f': 'φ', 'g': 'γ', 'h': 'η', 'i': 'ι', 'j': 'ϕ', 'k': 'κ', 'l': 'λ',
		'm': 'μ', 'n': 'ν', 'o': 'ο', 'p': 'π', 'q': 'θ', 'r': 'ρ', 's': 'σ', 't': 'τ', 'u': 'υ', 'v': 'ϖ', 'w': 'ω', 'x': 'ξ',
		'y': 'ψ', 'z': 'ζ', 'D': 'Δ', 'F': 'Φ', 'G': 'Γ', 'L': 'Λ', 'P': 'Π', 'Q': 'Θ', 'S': 'Σ', 'W': 'Ω', 'X': 'Ξ', 'Y': 'Ψ',
	},
	"wingdings": {
		0xA7: '▪', 0xD8: '➢', 0xFC: '✓', 0xFB: '✗', 0x76: '❖', 0x6C: '●', 0x6E: '■', 0x6F: '□', 0x71: '❑', 0x72: '❒',
		0xA8: '◻', 0x75: '◆', 0xFE: '☑', 0xFD: '☒', 0xE0: '→', 0xDF: '←', 0xE8: '➔', 0x4A: '☺', 0x4C: '☹', 0x46: '☞',
		0x28: '☎', 0x2A: '✉', 0x22: '✂', 0xB6: '✰', 0xAB: '★', 0x9F: '•', 0xA1: '○', 0x20: ' ',
	},
	"wingdings 2": {0x50: '✓', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xA3: '□', 0x4F: '✗', 0x97: '●', 0x98: '●'},
	"webdings":    {0x61: '✓', 0x72: '✗', 0x63: '□', 0x67: '■', 0x6E: '●'},
}

// symbols gives the characters of a text in a font of signs; of any other font, and those without another, as they are.
func symbols(font, s string) string {
	table := signs[strings.ToLower(font)]
	return strings.Map(func(r rune) rune {
		if r == 0xF0B7 && table == nil {
			return '•' // the bullet of lists, whose font is often missing
		}
		if r < 0x20 || r > 0xFF && r < 0xF020 || r > 0xF0FF {
			return r
		}
		if t, ok := table[byte(r)]; ok {
			return t
		}
		return r
	}, s)
}
