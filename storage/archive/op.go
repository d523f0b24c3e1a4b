package archive

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MainLayer is the layer of all work that is not blind double annotation.
const MainLayer = "main"

// Hash is a SHA-256.
type Hash [sha256.Size]byte

// String is the hash in lower case hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText gives what String gives, so that hashes in JSON are hex.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes, in either case of letters.
func (h *Hash) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err == nil && len(b) != len(h) {
		err = fmt.Errorf("%d bytes, not %d", len(b), len(h))
	}
	if err == nil {
		*h = Hash(b)
	}
	return err
}

// Op is an operation: one change, by one person, on one copy of the archive.
// It is written once and never rewritten.
type Op struct {
	ID      ID     // names the operation
	Kind    string // which kind, with Version saying which shape of body
	Version int
	Replica ID    // which copy wrote it
	Seq     int64 // 1, 2, 3 … within the replica
	Clock   Clock
	Actor   string // the person, asserted and not proven; "" for the program itself
	Layer   string // MainLayer unless said otherwise
	Batch   ID     // shared by the operations of one act of a person
	Subject ID     // the document; empty for the archive itself

	Salt []byte // 16 random bytes, beside the chain
	Body []byte // RFC 8785 JSON, beside the chain

	Prev       Hash // Hash of seq-1; zero for seq 1
	Commitment Hash // SHA-256(salt ‖ body)
	Hash       Hash // SHA-256(header ‖ prev ‖ commitment)
}

// header is what the hash covers of an operation, in RFC 8785's order of keys.
// Strings are escaped as RFC 8785 asks, which for these fields is what
// encoding/json does with HTML escaping off, but for U+2028 and U+2029.
type header struct {
	Actor   string `json:"actor"`
	Batch   ID     `json:"batch"`
	Clock   string `json:"clock"` // decimal: RFC 8785 numbers are doubles and lose 64 bit integers
	ID      ID     `json:"id"`
	Kind    string `json:"kind"`
	Layer   string `json:"layer"`
	Replica ID     `json:"replica"`
	Seq     int64  `json:"seq"`
	Subject ID     `json:"subject"`
	V       int    `json:"v"`
}

func (o *Op) headerBytes() []byte {
	if plain(o.Actor) && plain(string(o.Batch)) && plain(string(o.ID)) && plain(o.Kind) && plain(o.Layer) && plain(string(o.Replica)) && plain(string(o.Subject)) {
		return o.appendHeader(make([]byte, 0, 512))
	}
	b, err := marshal(header{o.Actor, o.Batch, fmt.Sprint(int64(o.Clock)), o.ID, o.Kind,
		o.Layer, o.Replica, o.Seq, o.Subject, o.Version})
	if err != nil {
		panic("archive: an operation's header holds strings and integers only: " + err.Error())
	}
	return b
}

// appendHeader writes the header where all its strings are plain: every operation is sealed and checked by it.
func (o *Op) appendHeader(b []byte) []byte {
	text := func(key, value string) {
		b = append(append(append(append(b, key...), '"'), value...), '"')
	}
	text(`{"actor":`, o.Actor)
	text(`,"batch":`, string(o.Batch))
	b = append(strconv.AppendInt(append(b, `,"clock":"`...), int64(o.Clock), 10), '"')
	text(`,"id":`, string(o.ID))
	text(`,"kind":`, o.Kind)
	text(`,"layer":`, o.Layer)
	text(`,"replica":`, string(o.Replica))
	b = strconv.AppendInt(append(b, `,"seq":`...), o.Seq, 10)
	text(`,"subject":`, string(o.Subject))
	return append(strconv.AppendInt(append(b, `,"v":`...), int64(o.Version), 10), '}')
}

// plain says whether a string is written in RFC 8785 JSON, and by encoding/json, as it is.
func plain(s string) bool {
	wide := false
	for i := range len(s) {
		if b := s[i]; b < ' ' || b == '"' || b == '\\' {
			return false
		} else if b >= utf8.RuneSelf {
			wide = true
		}
	}
	return !wide || utf8.ValidString(s) && !strings.ContainsAny(s, "\u2028\u2029")
}

func (o *Op) commitment() Hash {
	h := sha256.New()
	h.Write(o.Salt)
	h.Write(o.Body)
	return Hash(h.Sum(nil))
}

func (o *Op) chainHash() Hash {
	b := append(o.headerBytes(), o.Prev[:]...)
	return sha256.Sum256(append(b, o.Commitment[:]...))
}

// Seal fills Prev, Commitment and Hash of an operation about to be appended
// after prev.
func (o *Op) Seal(prev Hash) {
	o.Prev = prev
	o.Commitment = o.commitment()
	o.Hash = o.chainHash()
}

// CheckSeal says whether the operation is what was sealed after prev. A
// destroyed operation has neither salt nor body: its commitment stands alone.
func (o *Op) CheckSeal(prev Hash) error {
	if subtle.ConstantTimeCompare(o.Prev[:], prev[:]) == 0 {
		return fmt.Errorf("operation %s does not follow the one before it", o.ID.Short())
	}
	if (o.Salt != nil || o.Body != nil) && o.commitment() != o.Commitment {
		return fmt.Errorf("operation %s: its body is not the one that was committed to", o.ID.Short())
	}
	if o.chainHash() != o.Hash {
		return fmt.Errorf("operation %s: its header was changed", o.ID.Short())
	}
	return nil
}

// Before is the total order of operations: (clock, replica, seq).
func (o *Op) Before(p *Op) bool {
	if o.Clock != p.Clock {
		return o.Clock < p.Clock
	}
	if o.Replica != p.Replica {
		return o.Replica < p.Replica
	}
	return o.Seq < p.Seq
}
