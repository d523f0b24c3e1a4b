package storage

import (
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"strings"
	"sync"
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

	passages []passageSum // as the texts have them

	tokenizer *sql.DB // once it is asked
}

type passageSum struct {
	id  int64
	sum uint64
}

func newSums() *sums {
	odd := func(bits int) int64 { return 1<<(bits-1) | rand.Int64N(1<<(bits-1)) | 1 }
	return &sums{seed: maphash.MakeSeed(), doc: odd(38), part: odd(44), place: odd(37)}
}

// worth is what a word's place counts: the same in SQL (worthSQL).
func (s *sums) worth(passage, place int64) uint64 {
	x := (passage>>16)*s.doc + (passage&0xffff)*s.part + place*s.place
	return uint64((x >> 20) * (x & 0xfffff) >> 10 & 0xffffffff)
}

const worthSQL = `((x>>20)*(x&0xfffff)>>10)&0xffffffff`

// add counts the words of a passage, as they are given to the index.
func (s *sums) add(ctx context.Context, passage int64, words string) error {
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
		folded, err := s.fold(ctx, word)
		if err != nil {
			return err
		}
		for _, w := range strings.Fields(folded) {
			count(w)
		}
	}
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
func (s *sums) fold(ctx context.Context, word string) (string, error) {
	var b strings.Builder
	for _, r := range word {
		to, known := folds.Load(r)
		if !known {
			var err error
			if to, err = s.ask(ctx, r); err != nil {
				return "", err
			}
			folds.Store(r, to)
		}
		b.WriteString(to.(string))
	}
	return b.String(), nil
}

// folds is what the tokenizer has said of characters, rune → string: it always
// says the same.
var folds sync.Map

// ask asks the tokenizer, by an empty index in memory, what becomes of a character.
func (s *sums) ask(ctx context.Context, r rune) (string, error) {
	if s.tokenizer == nil {
		db, err := inMemory(ctx)
		if err != nil {
			return "", err
		}
		s.tokenizer = db
		if _, err := db.ExecContext(ctx, "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)"); err != nil {
			return "", err
		}
	}
	if _, err := s.tokenizer.ExecContext(ctx, "INSERT INTO search(search) VALUES('delete-all'); INSERT INTO search(rowid, words) VALUES(1, ?)", "a"+string(r)+"b"); err != nil {
		return "", err
	}
	var folded string
	err := s.tokenizer.QueryRowContext(ctx, "SELECT group_concat(term, ' ') FROM (SELECT term FROM temp.words ORDER BY offset)").Scan(&folded)
	return strings.TrimSuffix(strings.TrimPrefix(folded, "a"), "b"), err
}

// close closes what ask has opened.
func (s *sums) close() {
	if s.tokenizer != nil {
		s.tokenizer.Close()
	}
}

// index adds up the words that each part of the search index holds.
func (c *checker) index() error {
	c.indexed = map[int]uint64{}
	for _, p := range c.parts {
		if err := c.indexPart(p); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) indexPart(p part) error {
	if _, err := c.side.ExecContext(c.ctx, fmt.Sprintf("CREATE VIRTUAL TABLE temp.words_%[1]s USING fts5vocab(main, %[1]s, instance)", p.table())); err != nil {
		return err
	}
	rows, err := c.side.QueryContext(c.ctx, "SELECT term, sum("+worthSQL+") FROM ("+c.sums.places(p)+") GROUP BY term")
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
		c.indexed[p.n] += maphash.Bytes(c.sums.seed, term) * uint64(sum)
	}
	return rows.Err()
}

// places is every word of a part of the index with x, of which its worth is made.
func (s *sums) places(p part) string {
	return fmt.Sprintf("SELECT term, doc, (doc>>16)*%d+(doc&65535)*%d+offset*%d AS x FROM temp.words_%s", s.doc, s.part, s.place, p.table())
}

// words finds where a part of the index holds other words than the texts of its
// documents have.
func (c *checker) words() error {
	want := map[int]uint64{}
	passages := map[int][]passageSum{}
	for _, s := range c.sums.passages {
		p := partOf(c.parts, s.id>>16)
		want[p.n] += s.sum
		passages[p.n] = append(passages[p.n], s)
	}
	for _, p := range c.parts {
		if c.indexed[p.n] != want[p.n] {
			return c.otherWords(p, passages[p.n])
		}
	}
	return c.lengths()
}

// otherWords names the first passage of a part that has other words, which takes
// longer.
func (c *checker) otherWords(p part, passages []passageSum) error {
	rows, err := c.side.QueryContext(c.ctx, "SELECT term, doc, "+worthSQL+" FROM ("+c.sums.places(p)+")")
	if err != nil {
		return err
	}
	defer rows.Close()
	have := map[int64]uint64{}
	for rows.Next() {
		var term sql.RawBytes
		var passage, worth int64
		if err := rows.Scan(&term, &passage, &worth); err != nil {
			return err
		}
		have[passage] += maphash.Bytes(c.sums.seed, term) * uint64(worth)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, s := range passages {
		if have[s.id] == s.sum {
			delete(have, s.id)
			continue
		}
		var id archive.ID
		if err := c.side.QueryRowContext(c.ctx, "SELECT id FROM documents WHERE n=?", s.id>>16).Scan(&id); err != nil {
			return err
		}
		return found(id, "the search index of document %s does not hold the words of its text (passage %d)", id.Short(), s.id&0xffff)
	}
	for id := range have {
		return found("", "the search index holds words of a passage (%d) that no document has there", id)
	}
	return found("", "the search index does not hold the words of the texts")
}

// lengths checks the rows that say which passages are indexed, ours and FTS5's.
func (c *checker) lengths() error {
	var docs []string
	for _, p := range c.parts {
		docs = append(docs, "(SELECT count(*) FROM "+p.table()+"_docsize)")
	}
	for _, query := range []string{"SELECT count(*) FROM passages", "SELECT " + strings.Join(docs, "+")} {
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
