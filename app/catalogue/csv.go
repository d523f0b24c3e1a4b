package catalogue

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"fonds/app/ingest"
)

// text reads CSV (RFC 4180, and what others make of it) or values apart by tabs.
func (b *builder) text(data []byte, encoding string) error {
	text, enc, _, recipe, err := ingest.Decode(data, encoding)
	if err != nil {
		return undecodable(err)
	}
	b.t.Format, b.t.Encoding = "csv", enc
	if n := len(recipe.Undecoded); n > 0 {
		b.say(0, Undecoded, strconv.Itoa(n))
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // lines as the Macintosh ended them
	}
	first := 1
	var comma rune
	// A line "sep=;" on top is said to Excel, and is no row.
	if line, rest, ok := strings.Cut(text, "\n"); ok {
		if sep := strings.TrimPrefix(strings.TrimRight(line, "\r"), "sep="); len(sep) == 1 && len(strings.TrimRight(line, "\r")) == 5 {
			comma, text, first = rune(sep[0]), rest, 2
		}
	}
	if comma == 0 || !strings.ContainsRune(string(commas), comma) {
		comma = delimiter(text)
	}
	b.t.Delimiter = string(comma)
	err = b.records(text, comma, first, false)
	var parse *csv.ParseError
	if errors.As(err, &parse) { // quotation marks that are only words
		b.rows = nil
		b.say(parse.StartLine+first-1, Quotes, "")
		err = b.records(text, comma, first, true)
	}
	if errors.As(err, &parse) {
		return &Problem{Code: NotTable, Row: parse.StartLine + first - 1, Detail: parse.Err.Error()}
	}
	return err
}

func undecodable(err error) error {
	var skip *ingest.Skip
	if !errors.As(err, &skip) {
		return &Problem{Code: NotTable, Detail: err.Error()}
	}
	switch skip.Reason {
	case ingest.TextTooLong:
		return &Problem{Code: TooLarge}
	case ingest.NoReader:
		return &Problem{Code: NotTable, Detail: "not text"}
	}
	return &Problem{Code: NoDecoder, Detail: skip.Detail}
}

func reader(text string, comma rune, lazy bool) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, lazy, true
	return r
}

func (b *builder) records(text string, comma rune, first int, lazy bool) error {
	r := reader(text, comma, lazy)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		if err := b.add(line+first-1, cells); err != nil {
			return err
		}
	}
}

// commas are what stands between cells, in the order of preference.
var commas = []rune{',', '\t', ';'}

// Of how many records, and of how many bytes, the delimiter is found out.
const (
	sampleRecords = 30
	sampleBytes   = 256 << 10
)

// delimiter finds out what stands between the cells: what gives the most records an
// equal number of them that is over one; of several, the one that gives more cells.
func delimiter(text string) rune {
	best, most := ',', 0
	for _, comma := range commas {
		if score := even(text, comma); score > most {
			best, most = comma, score
		}
	}
	return best
}

// even is how much a delimiter speaks for itself: 0 for not at all.
func even(text string, comma rune) int {
	if len(text) > sampleBytes {
		text = text[:strings.LastIndexByte(text[:sampleBytes], '\n')+1]
	}
	r := reader(text, comma, true)
	counts, records := map[int]int{}, 0
	for records < sampleRecords {
		cells, err := r.Read()
		if err != nil {
			break
		}
		records++
		counts[len(cells)]++
	}
	score := 0
	for cells, times := range counts {
		if cells > 1 {
			score = max(score, times*1000/records*1000+min(cells, MostColumns))
		}
	}
	return score
}
