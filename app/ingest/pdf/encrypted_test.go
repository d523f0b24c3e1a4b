package pdf

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"

	"fonds/app/ingest/content"
)

// padding fills a password up, as PDF 1.3 says.
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

func rc4ed(key []byte, s string) string {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(s))
	c.XORKeyStream(out, []byte(s))
	return string(out)
}

// encrypted is a file of one page that is encrypted with 40 bits (PDF 1.3) for two passwords.
func encrypted(say, user, owner string) []byte {
	pad := func(s string) string { return (s + padding)[:32] }
	ok := md5.Sum([]byte(pad(owner)))
	o := rc4ed(ok[:5], pad(user))
	id := "0123456789abcdef"
	var p [4]byte
	binary.LittleEndian.PutUint32(p[:], 0xFFFFFFC0)
	sum := md5.Sum([]byte(pad(user) + o + string(p[:]) + id))
	key := sum[:5]
	u := rc4ed(key, padding)
	m, _ := document(say)
	object := md5.Sum(append(bytes.Clone(key), 9, 0, 0, 0, 0)) // number and generation of the content
	say = rc4ed(object[:10], say)
	m.objects[8] = fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(say), say)
	e := m.add("<< /Filter /Standard /V 1 /R 2 /P -64 /O <%s> /U <%s> >>", hex.EncodeToString([]byte(o)), hex.EncodeToString([]byte(u)))
	return m.bytes(fmt.Sprintf("/Encrypt %d 0 R /ID [(%s) (%s)]", e, id, id))
}

// TestEncrypted refuses a file that needs a password to be opened, and reads one that needs it only to be changed.
func TestEncrypted(t *testing.T) {
	say := latin(50, 700, "a secret")
	_, err := engine(t).Read(context.Background(), encrypted(say, "geheim", "owner"))
	var r *content.Refusal
	if !errors.As(err, &r) || r.Reason != content.Encrypted {
		t.Errorf("got %v, want that it is encrypted", err)
	}
	if got := read(t, encrypted(say, "", "owner")); got != "a secret" {
		t.Errorf("with a password of the owner only, got %q", got)
	}
}
