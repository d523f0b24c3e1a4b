package pdf

import (
	"os"
	"testing"
)

// benching says whether figures are printed and not what stands behind each.
var benching = os.Getenv("FONDS_BENCH") != ""

// TestBenchCorpora prints how much of the corpora is read as others read it: FONDS_BENCH=1 go test -run TestBench -v
func TestBenchCorpora(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	t.Run("CorpusOfPDFJS", TestCorpusOfPDFJS)
	t.Run("Tika", TestTika)
}
