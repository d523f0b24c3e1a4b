package storage

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/rand"
	"strings"
	"testing"
)

// zipped are pieces as different packers write them, by what they are of.
func zipped(t testing.TB) (all [][2][]byte) {
	rng := rand.New(rand.NewSource(1))
	noise := make([]byte, 300_000)
	rng.Read(noise)
	var words strings.Builder
	for words.Len() < 200_000 {
		words.WriteString([]string{"司法厅", "召开", "基层", "党组织", "，", "。\n", string(rune(0x4e00 + rng.Intn(3500)))}[rng.Intn(7)])
	}
	skewed := make([]byte, 100_000) // with codes as long as they can be
	for i := range skewed {
		for skewed[i] = 0; rng.Intn(2) == 0 && skewed[i] < 200; {
			skewed[i]++
		}
	}
	whole := bytes.Repeat([]byte(words.String()), 6)[:chunkSize]
	for _, data := range [][]byte{nil, []byte("a"), []byte("甲"), []byte("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), []byte(words.String()[:8<<10]), []byte(words.String()), noise, skewed,
		bytes.Repeat([]byte("abc"), 70_000), append(bytes.Clone(noise[:40_000]), noise[:40_000]...), whole, append(bytes.Clone(whole), 'x')} {
		for _, level := range []int{zlib.NoCompression, zlib.BestSpeed, 4, zlib.DefaultCompression, zlib.BestCompression, zlib.HuffmanOnly} {
			var b bytes.Buffer
			z, err := zlib.NewWriterLevel(&b, level)
			if err != nil {
				t.Fatal(err)
			}
			z.Write(data[:len(data)/2])
			if level == 4 {
				z.Flush()
			}
			z.Write(data[len(data)/2:])
			z.Close()
			all = append(all, [2][]byte{data, b.Bytes()})
		}
	}
	return all
}

// asZlib is what compress/zlib makes of a piece; ok is false where unpack has to say what is wrong.
func asZlib(packed []byte) (out []byte, ok bool) {
	in := bytes.NewReader(packed)
	z, err := zlib.NewReader(in)
	if err != nil {
		return nil, false
	}
	out, err = io.ReadAll(io.LimitReader(z, chunkSize+1))
	return out, err == nil && in.Len() == 0 && len(out) <= chunkSize
}

// TestInflate: pieces are unpacked as compress/zlib unpacks them, all that it packs and nothing that it refuses.
func TestInflate(t *testing.T) {
	f := new(inflater)
	for i, z := range zipped(t) {
		for _, room := range []int{0, len(z[0])} {
			got, ok := f.unpack(z[1], room)
			if want := len(z[0]) <= chunkSize; ok != want || ok && !bytes.Equal(got, z[0]) {
				t.Errorf("piece %d of %d bytes, packed %d: %d came out (%v)", i, len(z[0]), len(z[1]), len(got), ok)
			}
		}
	}
	for i, z := range zipped(t) {
		rng := rand.New(rand.NewSource(int64(i)))
		for range 40 {
			bad := bytes.Clone(z[1][:min(len(z[1]), 3000)])
			switch rng.Intn(3) {
			case 0:
				bad[rng.Intn(len(bad))] ^= 1 << rng.Intn(8)
			case 1:
				bad = bad[:rng.Intn(len(bad))]
			default:
				bad = append(bad, 0)
			}
			sameInflated(t, f, bad)
		}
	}
}

func sameInflated(t *testing.T, f *inflater, packed []byte) {
	t.Helper()
	want, right := asZlib(packed)
	got, ok := f.unpack(packed, len(packed))
	if ok && (!right || !bytes.Equal(got, want)) {
		t.Errorf("%x: %d bytes came out, and compress/zlib says %d (%v)", packed[:min(len(packed), 64)], len(got), len(want), right)
	}
}

func FuzzInflate(f *testing.F) {
	for _, z := range zipped(f) {
		if len(z[1]) < 10_000 {
			f.Add(z[1])
		}
	}
	i := new(inflater)
	f.Fuzz(func(t *testing.T, packed []byte) { sameInflated(t, i, packed) })
}

func BenchmarkInflate(b *testing.B) {
	z := zipped(b)[4*6+1]
	f := new(inflater)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(z[0])))
		for range b.N {
			f.unpack(z[1], len(z[0]))
		}
	})
	b.Run("zlib", func(b *testing.B) {
		b.SetBytes(int64(len(z[0])))
		r, _ := zlib.NewReader(bytes.NewReader(z[1]))
		for range b.N {
			r.(zlib.Resetter).Reset(bytes.NewReader(z[1]), nil)
			var out bytes.Buffer
			out.Grow(4 * len(z[1]))
			out.ReadFrom(r)
		}
	})
}
