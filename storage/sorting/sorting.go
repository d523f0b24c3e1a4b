// Package sorting puts short texts, as titles and names, into the order in which a
// person looks for them: Chinese by pinyin or by strokes, figures by their number,
// letters without regard to case and accents. The order of single characters is that of
// CLDR as golang.org/x/text/collate has it.
//
// It may use the standard library and golang.org/x/text. It must never know an archive.
package sorting

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Way is how Chinese characters are sorted.
type Way int

// The ways.
const (
	Pinyin Way = iota
	Strokes
)

// tables has the rank of each character of the Basic Multilingual Plane; 0 is one that
// counts for nothing. Characters that differ only in case, accent or width have one rank.
var tables = [...]func() *[1 << 16]uint16{
	sync.OnceValue(func() *[1 << 16]uint16 { return ranks("zh-u-co-pinyin") }),
	sync.OnceValue(func() *[1 << 16]uint16 { return ranks("zh-u-co-stroke") }),
}

// beyond is the rank of the other planes, which stand last, by their code points.
const beyond = 1<<16 - 1

func ranks(tag string) *[1 << 16]uint16 {
	c, buf := collate.New(language.MustParse(tag), collate.Loose), &collate.Buffer{}
	type char struct {
		r   rune
		key []byte
	}
	var all []char
	var arena []byte
	for r := rune(1); r < 1<<16-1; r++ {
		if r >= 0xD800 && r < 0xF900 { // surrogates and private use
			continue
		}
		key := c.KeyFromString(buf, string(r))
		if trimmed := bytes.TrimRight(key, "\x00"); len(trimmed) > 0 {
			at := len(arena)
			arena = append(arena, trimmed...)
			all = append(all, char{r, arena[at:]})
		}
		buf.Reset()
	}
	slices.SortStableFunc(all, func(a, b char) int { return bytes.Compare(a.key, b.key) })
	out, n := &[1 << 16]uint16{}, uint16(0)
	for i, ch := range all {
		if i == 0 || !bytes.Equal(ch.key, all[i-1].key) {
			n++
		}
		out[ch.r] = n
	}
	return out
}

// AppendKey appends the key of a text: keys compare as texts are to stand. Two texts
// that differ in nothing that is looked at have one key.
func AppendKey[T string | []byte](key []uint16, way Way, text T) []uint16 {
	table := tables[way]()
	s := []byte(text)
	if !norm.NFC.IsNormal(s) {
		s = norm.NFC.Bytes(s)
	}
	for i := 0; i < len(s); {
		if c := s[i]; c >= '0' && c <= '9' {
			from := i
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				i++
			}
			for from < i-1 && s[from] == '0' {
				from++
			}
			// A longer number is greater: its length stands where figures do.
			key = append(key, table['0'], uint16(min(i-from, beyond-1)))
			for _, d := range s[from:i] {
				key = append(key, uint16(d))
			}
			continue
		}
		r, size := utf8.DecodeRune(s[i:])
		i += size
		switch {
		case r >= 1<<16:
			key = append(key, beyond, uint16(r>>16), uint16(r))
		case table[r] != 0:
			key = append(key, table[r])
		}
	}
	return key
}

// Compare says which of two texts stands first: negative, 0, positive.
func Compare(way Way, a, b string) int {
	return slices.Compare(AppendKey(nil, way, a), AppendKey(nil, way, b))
}

// Places says in which order texts are to stand: the index of the first, of the second
// and so on; those with one key as they stood. It works on several goroutines.
func Places(way Way, texts [][]byte) []int32 {
	workers := min(runtime.GOMAXPROCS(0), len(texts)/4096+1)
	keys := make([][]uint16, len(texts))
	out := make([]int32, len(texts))
	var all sync.WaitGroup
	step := (len(texts) + workers - 1) / workers
	for from := 0; from < len(texts); from += step {
		all.Go(func() {
			var arena []uint16
			to := min(from+step, len(texts))
			for i := from; i < to; i++ {
				if cap(arena)-len(arena) < len(texts[i])+8 {
					arena = make([]uint16, 0, max(1<<16, 4*len(texts[i])+8))
				}
				at := len(arena)
				arena = AppendKey(arena, way, texts[i])
				keys[i] = arena[at:len(arena):len(arena)]
				out[i] = int32(i)
			}
			sorted(keys, out[from:to])
		})
	}
	all.Wait()
	for width := step; width < len(out); width *= 2 {
		merged := make([]int32, 0, len(out))
		for from := 0; from < len(out); from += 2 * width {
			mid, to := min(from+width, len(out)), min(from+2*width, len(out))
			merged = merge(keys, merged, out[from:mid], out[mid:to])
		}
		out = merged
	}
	return out
}

// head is the beginning of a key, to be compared at once.
type head struct {
	first uint64
	i     int32
}

func sorted(keys [][]uint16, idx []int32) {
	// Titles of one office begin alike: what all of them have is left out.
	common := len(keys[idx[0]])
	for _, i := range idx[1:] {
		common = min(common, shared(keys[idx[0]][:common], keys[i]))
	}
	heads := make([]head, len(idx))
	for k, i := range idx {
		heads[k].i = i
		for j := range 4 {
			heads[k].first <<= 16
			if at := common + j; at < len(keys[i]) {
				heads[k].first |= uint64(keys[i][at])
			}
		}
	}
	slices.SortFunc(heads, func(a, b head) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		if c := slices.Compare(keys[a.i][common:], keys[b.i][common:]); c != 0 {
			return c
		}
		return cmp.Compare(a.i, b.i)
	})
	for k := range heads {
		idx[k] = heads[k].i
	}
}

func shared(a, b []uint16) int {
	for i := range a {
		if i == len(b) || a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

func merge(keys [][]uint16, out, a, b []int32) []int32 {
	for len(a) > 0 && len(b) > 0 {
		if slices.Compare(keys[a[0]], keys[b[0]]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
