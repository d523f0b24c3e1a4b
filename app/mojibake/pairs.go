package mojibake

// A pair is a mistake: bytes of right that were read as wrong. toll is what it costs, in bits, to say that it happened:
// the rarer a mistake, the more it takes to believe it.
type pair struct {
	wrong func() *wrongCode
	right func() *rightCode
	toll  float32
}

// pairs has first what Chinese archives meet, then what the rest of the world does. The tolls were set on
// corpora/mojibake-generated and mojibake-ftfy, and on sound texts in 50 encodings (corpora/enc-chardet).
var pairs = []pair{
	{wrongGBK, rightUTF8, 14},
	{wrongLatin, rightUTF8, 11},
	{wrongLatin, rightGBK, 15},
	{wrongBig5, rightUTF8, 15},
	{wrongSJIS, rightUTF8, 15},
	{wrongEUCKR, rightUTF8, 16},
	{wrongBig5, rightGBK, 13},
	{wrongEUCKR, rightGBK, 13},
	{wrongSJIS, rightGBK, 13},
	{wrongGBK, rightBig5, 13},
	{wrongGBK, rightSJIS, 13},
	{wrongGBK, rightEUCJP, 13},
	{wrongGBK, rightEUCKR, 13},
	{wrongLatin, rightBig5, 18},
	{wrongLatin, rightSJIS, 17},
	{wrongLatin, rightEUCKR, 17},
	{wrongLatin, rightEUCJP, 18},
	{wrong1250, rightUTF8, 14},
	{wrong88592, rightUTF8, 14},
	{wrong1251, rightUTF8, 14},
	{wrong1257, rightUTF8, 14},
	{wrong1254, rightUTF8, 15},
	{wrong1253, rightUTF8, 16},
	{wrongMac, rightUTF8, 15},
	{wrong437, rightUTF8, 15},
	{wrongLatin, rightLatin, 8},
}
