//go:build ignore

// Count makes letters.txt: how often one letter follows another in a language.
//
//	go run count.go FOLDER > letters.txt
//
// FOLDER holds a plain text a language, ru.txt. Those counted were the translations of the Universal Declaration of
// Human Rights, three times, and some 150,000 letters of the messages of free programs in the same language: none of
// the files that the result is tried on.
//
// Each language is a line with its code and its letters, then a line for each letter before (the first is for what is
// no letter), a character for each letter behind in the same order: '!' and the negative natural logarithm of its
// frequency, in eighths.
package main

import (
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	rare   = 1.0 / 30000 // of the letters: less is a foreign one
	prior  = 8.0         // how many unseen pairs are added to those seen, spread as letters are
	eighth = 8
	most   = 90
)

func main() {
	names, err := filepath.Glob(filepath.Join(os.Args[1], "*.txt"))
	if err != nil || len(names) == 0 {
		log.Fatal("no texts: ", err)
	}
	slices.Sort(names)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		lang := strings.TrimSuffix(filepath.Base(name), ".txt")
		text := strings.ToLower(string(data))
		if lang == "vi" {
			text += " " + loose(text)
		}
		table(lang, []rune(text))
	}
}

// loose writes the tones of Vietnamese behind their letters, as windows-1258 does.
func loose(text string) string {
	var out strings.Builder
	for _, r := range text {
		tone := ""
		base := strings.Map(func(r rune) rune {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) {
				tone = string(r)
				return -1
			}
			return r
		}, norm.NFD.String(string(r)))
		out.WriteString(norm.NFC.String(base) + tone)
	}
	return out.String()
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) }

func table(lang string, text []rune) {
	letters := alphabet(text)
	index := map[rune]int{}
	for i, r := range letters {
		index[r] = i + 1
	}
	n := len(letters) + 1
	pair, before, behind := make([]float64, n*n), make([]float64, n), make([]float64, n)
	all, last := 0.0, 0
	for _, r := range text {
		k, ok := index[r]
		if !ok && letter(r) {
			last = -1
			continue
		}
		if last >= 0 && (k > 0 || last > 0) {
			pair[last*n+k]++
			before[last]++
			behind[k]++
			all++
		}
		last = k
	}
	fmt.Printf("%s %s\n", lang, string(letters))
	for p := range n {
		line := make([]byte, n)
		for c := range n {
			f := (pair[p*n+c] + prior*(behind[c]+0.5)/all) / (before[p] + prior)
			line[c] = byte('!' + min(most, int(math.Round(-math.Log(f)*eighth))))
		}
		fmt.Printf("%s\n", line)
	}
}

// alphabet is the letters that a text has often enough.
func alphabet(text []rune) []rune {
	counts, total, ascii := map[rune]int{}, 0, 0
	for _, r := range text {
		if letter(r) {
			counts[r]++
			total++
			if r < 0x80 {
				ascii++
			}
		}
	}
	latin := ascii*4 > total
	var letters []rune
	for r, n := range counts {
		if float64(n) > rare*float64(total) && (latin || r >= 0x80) && !unicode.Is(unicode.Runic, r) {
			letters = append(letters, r)
		}
	}
	slices.Sort(letters)
	return letters
}
