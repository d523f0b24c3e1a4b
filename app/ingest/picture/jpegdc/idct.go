package jpegdc

// The inverse transforms: of 8 x 8, and of the lowest 4 x 4 and 2 x 2 coefficients, which give the block at a half and at a
// quarter. Fixed point; what a damaged file makes overflow wraps round, and is a wrong pixel.

const (
	fix0298631336 = 2446
	fix0390180644 = 3196
	fix0541196100 = 4433
	fix0765366865 = 6270
	fix0899976223 = 7373
	fix1175875602 = 9633
	fix1501321110 = 12299
	fix1847759065 = 15137
	fix1961570560 = 16069
	fix2053119869 = 16819
	fix2562915447 = 20995
	fix3072711026 = 25172

	constBits = 13
	passBits  = 2
)

// line is the transform of eight values by Loeffler, Ligtenberg and Moschytz: sums scaled by 2^13.
func line(c0, c1, c2, c3, c4, c5, c6, c7 int32) (e0, e1, e2, e3, o0, o1, o2, o3 int32) {
	z1 := (c2 + c6) * fix0541196100
	t2, t3 := z1-c6*fix1847759065, z1+c2*fix0765366865
	t0, t1 := (c0+c4)<<constBits, (c0-c4)<<constBits
	e0, e3, e1, e2 = t0+t3, t0-t3, t1+t2, t1-t2

	z1, z2, z3, z4 := c7+c1, c5+c3, c7+c3, c5+c1
	z5 := (z3 + z4) * fix1175875602
	o3, o2, o1, o0 = c7*fix0298631336, c5*fix2053119869, c3*fix3072711026, c1*fix1501321110
	z1, z2, z3, z4 = -z1*fix0899976223, -z2*fix2562915447, z5-z3*fix1961570560, z5-z4*fix0390180644
	o3 += z1 + z3
	o2 += z2 + z4
	o1 += z2 + z3
	o0 += z1 + z4
	return
}

// idct8 writes the 64 samples of a block.
func idct8(c *[64]int32, out []uint8, pitch int) {
	const down = constBits - passBits
	for x := range 8 {
		if c[8+x]|c[16+x]|c[24+x]|c[32+x]|c[40+x]|c[48+x]|c[56+x] == 0 {
			v := c[x] << passBits
			c[8+x], c[16+x], c[24+x], c[32+x], c[40+x], c[48+x], c[56+x], c[x] = v, v, v, v, v, v, v, v
			continue
		}
		e0, e1, e2, e3, o0, o1, o2, o3 := line(c[x], c[8+x], c[16+x], c[24+x], c[32+x], c[40+x], c[48+x], c[56+x])
		const half = 1 << (down - 1)
		c[x], c[56+x] = (e0+o0+half)>>down, (e0-o0+half)>>down
		c[8+x], c[48+x] = (e1+o1+half)>>down, (e1-o1+half)>>down
		c[16+x], c[40+x] = (e2+o2+half)>>down, (e2-o2+half)>>down
		c[24+x], c[32+x] = (e3+o3+half)>>down, (e3-o3+half)>>down
	}
	const last = constBits + passBits + 3
	const bias = 128<<last + 1<<(last-1)
	for y := range 8 {
		r := c[8*y : 8*y+8 : 8*y+8]
		o := out[y*pitch : y*pitch+8 : y*pitch+8]
		e0, e1, e2, e3, o0, o1, o2, o3 := line(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7])
		o[0], o[7] = clamp((e0+o0+bias)>>last), clamp((e0-o0+bias)>>last)
		o[1], o[6] = clamp((e1+o1+bias)>>last), clamp((e1-o1+bias)>>last)
		o[2], o[5] = clamp((e2+o2+bias)>>last), clamp((e2-o2+bias)>>last)
		o[3], o[4] = clamp((e3+o3+bias)>>last), clamp((e3-o3+bias)>>last)
	}
}

// four is the transform of four values: 1/(2 sqrt 2), and half the cosines of 22.5 and 67.5 degrees, scaled by 2^13.
func four(c0, c1, c2, c3 int32) (a, b, c, d int32) {
	p, q := (c0+c2)*2896, (c0-c2)*2896
	o0, o1 := c1*3784+c3*1567, c1*1567-c3*3784
	return p + o0, q + o1, q - o1, p - o0
}

// idct4 writes the 16 samples of a block at a half.
func idct4(c *[64]int32, out []uint8, pitch int) {
	const half = 1 << 9
	for x := range 4 {
		a, b, d, e := four(c[x], c[8+x], c[16+x], c[24+x])
		c[x], c[8+x], c[16+x], c[24+x] = (a+half)>>10, (b+half)>>10, (d+half)>>10, (e+half)>>10
	}
	const bias = 128<<16 + 1<<15
	for y := range 4 {
		a, b, d, e := four(c[8*y], c[8*y+1], c[8*y+2], c[8*y+3])
		o := out[y*pitch : y*pitch+4 : y*pitch+4]
		o[0], o[1], o[2], o[3] = clamp((a+bias)>>16), clamp((b+bias)>>16), clamp((d+bias)>>16), clamp((e+bias)>>16)
	}
}

// idct2 writes the 4 samples of a block at a quarter.
func idct2(c *[64]int32, out []uint8, pitch int) {
	p, q, r, s := c[0]+c[8], c[0]-c[8], c[1]+c[9], c[1]-c[9]
	out[0], out[1] = clamp(128+(p+r+4)>>3), clamp(128+(p-r+4)>>3)
	out[pitch], out[pitch+1] = clamp(128+(q+s+4)>>3), clamp(128+(q-s+4)>>3)
}

// idct writes a block at n samples a side: 8, 4, 2.
func idct(n int, c *[64]int32, out []uint8, pitch int) {
	switch n {
	case 8:
		idct8(c, out, pitch)
	case 4:
		idct4(c, out, pitch)
	default:
		idct2(c, out, pitch)
	}
}
