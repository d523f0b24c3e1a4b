package mojibake

import "testing"

func TestProf(t *testing.T) { in := inputs(t)["UTF-8 read as GBK"]; Find(in[:len(in)/8], nil) }
