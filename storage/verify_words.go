package storage

import (
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// sums compares the words that the index holds, each with its passage and its
// place in it, with those that the texts have, without holding either. A word at
// a place is worth a number that depends on keys drawn anew for each
// verification; what differs gives another sum, but for once in 2^32.
type sums struct {
	seed             maphash.Seed
	doc, part, place int64

	total    uint64
	passages []passageSum // as the texts have them
	folds    map[rune]string
	ask      func(r rune) (string, error) // the tokenizer itself
}

type passageSum struct {
	id  int64
	sum uint64
}

func newSums() *sums {
	odd := func(bits int) int64 { return 1<<(bits-1) | rand.Int64N(1<<(bits-1)) | 1 }
	return &sums{seed: maphash.MakeSeed(), doc: odd(38), part: odd(44), place: odd(37), folds: map[rune]string{}}
}

// worth is what a word's place counts: the same in SQL (worthSQL).
func (s *sums) worth(passage, place int64) uint64 {
	x := (passage>>16)*s.doc + (passage&0xffff)*s.part + place*s.place
	return uint64((x >> 20) * (x & 0xfffff) >> 10 & 0xffffffff)
}

const worthSQL = `((x>>20)*(x&0xfffff)>>10)&0xffffffff`

// add counts the words of a passage, as they are given to the index.
func (s *sums) add(passage int64, words string) error {
	sum, place := uint64(0), int64(0)
	count := func(word string) {
		if len(word) > longestWord {
			word = word[:longestWord]
		}
		sum += maphash.String(s.seed, word) * s.worth(passage, place)
		place++
	}
	for len(words) > 0 {
		word, rest, _ := strings.Cut(words, " ")
		words = rest
		if keeps(word) {
			count(word)
			continue
		}
		folded, err := s.fold(word)
		if err != nil {
			return err
		}
		for _, w := range strings.Fields(folded) {
			count(w)
		}
	}
	s.total += sum
	s.passages = append(s.passages, passageSum{passage, sum})
	return nil
}

// longestWord is where FTS5 cuts a token (FTS5_MAX_TOKEN_SIZE), bytes.
const longestWord = 32768

// keeps says that the index keeps a word as it is, which most are: ideographs,
// ASCII.
func keeps(word string) bool {
	for i := 0; i < len(word); {
		c := word[i]
		switch {
		case c < utf8.RuneSelf:
			if c <= ' ' || c == 0x7f || 'A' <= c && c <= 'Z' {
				return false
			}
			i++
		case 0xe5 <= c && c <= 0xe8 && i+3 <= len(word): // U+5000 to U+8FFF
			i += 3
		default:
			return false
		}
	}
	return word != ""
}

// fold is a word as FTS5's tokenizer makes it, which has tables of its own of
// what is a letter and what its small form is: spaces stand where it cuts.
func (s *sums) fold(word string) (string, error) {
	var b strings.Builder
	for _, r := range word {
		to, known := s.folds[r]
		if !known {
			var err error
			if to, err = s.ask(r); err != nil {
				return "", err
			}
			s.folds[r] = to
		}
		b.WriteString(to)
	}
	return b.String(), nil
}

// tokenizer opens an empty index in memory to ask what becomes of characters.
func tokenizer(ctx context.Context) (ask func(r rune) (string, error), end func() error, err error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	if err = migrate(ctx, db); err == nil {
		_, err = db.ExecContext(ctx, "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")
	}
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return func(r rune) (string, error) {
		if _, err := db.ExecContext(ctx, "INSERT INTO search(search) VALUES('delete-all'); INSERT INTO search(rowid, words) VALUES(1, ?)", "a"+string(r)+"b"); err != nil {
			return "", err
		}
		var folded string
		err := db.QueryRowContext(ctx, "SELECT group_concat(term, ' ') FROM (SELECT term FROM temp.words ORDER BY offset)").Scan(&folded)
		return strings.TrimSuffix(strings.TrimPrefix(folded, "a"), "b"), err
	}, db.Close, nil
}

// indexTables are the tables of the search index.
func (c *checker) indexTables() (out []string) {
	for _, p := range c.parts {
		out = append(out, p.table())
	}
	return out
}

// index adds up the words that the search index holds.
func (c *checker) index() error {
	for _, table := range c.indexTables() {
		if err := c.indexTable(table); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) indexTable(table string) error {
	if _, err := c.side.ExecContext(c.ctx, fmt.Sprintf("CREATE VIRTUAL TABLE temp.words_%[1]s USING fts5vocab(main, %[1]s, instance)", table)); err != nil {
		return err
	}
	rows, err := c.side.QueryContext(c.ctx, "SELECT term, sum("+worthSQL+") FROM ("+c.sums.places(table)+") GROUP BY term")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var term sql.RawBytes
		var sum int64
		if err := rows.Scan(&term, &sum); err != nil {
			return err
		}
		c.indexed += maphash.Bytes(c.sums.seed, term) * uint64(sum)
	}
	return rows.Err()
}

// places is every word of a table of the index with x, of which its worth is made.
func (s *sums) places(table string) string {
	return fmt.Sprintf("SELECT term, doc, (doc>>16)*%d+(doc&65535)*%d+offset*%d AS x FROM temp.words_%s", s.doc, s.part, s.place, table)
}

// words finds where the index holds other words than the texts have.
func (c *checker) words() error {
	if c.indexed == c.sums.total {
		return c.lengths()
	}
	have := map[int64]uint64{}
	for _, table := range c.indexTables() {
		if err := c.passageSums(table, have); err != nil {
			return err
		}
	}
	for _, p := range c.sums.passages {
		if have[p.id] != p.sum {
			return c.otherWords(p.id)
		}
		delete(have, p.id)
	}
	for id := range have {
		return found("", "the search index holds words of a passage (%d) that no document has", id)
	}
	return found("", "the search index does not hold the words of the texts")
}

// passageSums adds up the words of each passage, which takes longer.
func (c *checker) passageSums(table string, have map[int64]uint64) error {
	rows, err := c.side.QueryContext(c.ctx, "SELECT term, doc, "+worthSQL+" FROM ("+c.sums.places(table)+")")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var term sql.RawBytes
		var passage, worth int64
		if err := rows.Scan(&term, &passage, &worth); err != nil {
			return err
		}
		have[passage] += maphash.Bytes(c.sums.seed, term) * uint64(worth)
	}
	return rows.Err()
}

func (c *checker) otherWords(passage int64) error {
	var id archive.ID
	if err := c.side.QueryRowContext(c.ctx, "SELECT id FROM documents WHERE n=?", passage>>16).Scan(&id); err != nil {
		return err
	}
	return found(id, "the search index of document %s does not hold the words of its text (passage %d)", id.Short(), passage&0xffff)
}

// lengths checks the rows that say which passages are indexed, ours and FTS5's.
func (c *checker) lengths() error {
	tables := []string{"SELECT count(*) FROM passages"}
	var docs []string
	for _, table := range c.indexTables() {
		docs = append(docs, "(SELECT count(*) FROM "+table+"_docsize)")
	}
	for _, query := range append(tables, "SELECT "+strings.Join(docs, "+")) {
		var have int
		if err := c.side.QueryRowContext(c.ctx, query).Scan(&have); err != nil {
			return err
		}
		if have != len(c.sums.passages) {
			return found("", "the search index has %d passages, where the texts have %d", have, len(c.sums.passages))
		}
	}
	return nil
}
