package office

import (
	"os"
	"testing"
)

// TestBenchCorpora prints how much of the corpora is read as others read it: FONDS_BENCH=1 go test -run TestBench -v
func TestBenchCorpora(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	t.Run("WordsOfPandoc", TestWordsOfPandoc)
	t.Run("AssertionsOfTika", TestAssertionsOfTika)
}
