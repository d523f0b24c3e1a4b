package records

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// CSV is a text of records: RFC 4180, what others make of it, and values apart by tabs.
type CSV struct {
	Comma   rune // what stands between cells
	Quote   rune // what stands around those that hold one: " or '
	Quotes  int  // the line on which a quotation mark stands where CSV has none, from 1; 0 for none. What follows may be read in another way
	Records int  // how many there are, empty ones with them

	text  string
	first int // the line on which the text begins
}

// Sniff finds out how a text of records is written. The error is that of ctx, or a *csv.ParseError.
func Sniff(ctx context.Context, text string) (*CSV, error) {
	text = strings.TrimPrefix(text, "\uFEFF")
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // lines as the Macintosh ended them
	}
	c := &CSV{Quote: '"', first: 1}
	// A line "sep=;" on top is said to Excel, and is no row.
	if line, rest, ok := strings.Cut(text, "\n"); ok {
		if line = strings.TrimRight(line, "\r"); len(line) == 5 && strings.HasPrefix(line, "sep=") {
			c.Comma, text, c.first = rune(line[4]), rest, 2
		}
	}
	sample := text
	if len(sample) > sampleBytes {
		sample = sample[:strings.LastIndexByte(sample[:sampleBytes], '\n')+1]
	}
	if apostrophes(sample) {
		c.Quote, sample = '\'', exchanged(sample)
	}
	if c.Comma == 0 || !strings.ContainsRune(string(commas), c.Comma) {
		c.Comma = delimiter(sample)
	}
	c.text = text
	count := func(int, []string) error { c.Records++; return nil }
	err := c.Each(ctx, count)
	var parse *csv.ParseError
	if errors.As(err, &parse) { // quotation marks that are only words
		c.Quotes, c.Records = parse.StartLine+c.first-1, 0
		err = c.Each(ctx, count)
	}
	return c, err
}

// Each hands every record on, with the line that it begins on, from 1. The cells hold until take returns. The error is
// that of take or ctx, or a *csv.ParseError.
func (c *CSV) Each(ctx context.Context, take func(line int, cells []string) error) error {
	text := c.text
	if c.Quote == '\'' {
		text = exchanged(text)
	}
	r := reader(ctx, text, c.Comma, c.Quotes > 0)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		if c.Quote == '\'' {
			for i := range cells {
				cells[i] = exchanged(cells[i])
			}
		}
		if err := take(line+c.first-1, cells); err != nil {
			return err
		}
	}
}

// stopping reads a text until its context ends.
type stopping struct {
	ctx context.Context
	r   *strings.Reader
}

func (s stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

func reader(ctx context.Context, text string, comma rune, lazy bool) *csv.Reader {
	r := csv.NewReader(stopping{ctx, strings.NewReader(text)})
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, lazy, true
	return r
}

// commas are what stands between cells, in the order of preference.
var commas = []rune{',', '\t', ';', '|'}

// Of how many records, of how many bytes and of how many cells the delimiter is found out.
const (
	sampleRecords = 30
	sampleBytes   = 256 << 10
	sampleCells   = 200
)

// delimiter finds out what stands between the cells: what gives the most records an
// equal number of them that is over one; of several, the one that gives more cells.
func delimiter(sample string) rune {
	best, most := ',', 0
	for _, comma := range commas {
		if score := even(sample, comma); score > most {
			best, most = comma, score
		}
	}
	return best
}

// even is how much a delimiter speaks for itself: 0 for not at all.
func even(sample string, comma rune) int {
	r := reader(context.Background(), sample, comma, true)
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
			score = max(score, times*1000/records*1000+min(cells, sampleCells))
		}
	}
	return score
}

// apostrophes says whether cells stand in apostrophes: of the lines most begin and end with one, and none with a
// quotation mark.
func apostrophes(sample string) bool {
	lines, quoted := 0, 0
	for l := range strings.Lines(sample) {
		switch l = strings.TrimRight(l, "\r\n"); {
		case l == "":
			continue
		case l[0] == '"' || strings.ContainsAny(l, ",;|\t") && strings.HasSuffix(l, `"`):
			return false
		case len(l) > 2 && l[0] == '\'' && l[len(l)-1] == '\'':
			quoted++
		}
		if lines++; lines == sampleRecords {
			break
		}
	}
	return quoted > 1 && quoted*10 > lines*8
}

// exchanged has apostrophes where a text has quotation marks, and the other way round.
func exchanged(s string) string {
	if !strings.ContainsAny(s, `"'`) {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		switch c {
		case '"':
			b[i] = '\''
		case '\'':
			b[i] = '"'
		}
	}
	return string(b)
}
