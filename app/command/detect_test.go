package command

import (
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	b := newBench(t)
	b.write("u.txt", notice)
	b.write("gb.txt", "\xcb\xbe\xb7\xa8\xcc\xfc\xd5\xd9\xbf\xaa\xcd\xc6\xbd\xf8\xbb\xe1\n") // 司法厅召开推进会 in GB2312
	b.write("a.png", "\x89PNG\r\n\x1a\n\x00\x00")
	b.write("odd.txt", "\xB2\xDB\xDD\xE1\xF5\xE3\xDB\xF5\xDD\xDD\xBB\xF1\xC1 \xE5\xF1\xEB\xD7\xC1 \xC7\xF7\xC1\xDB\xF3\xBB\xC9") // Armenian
	b.write("empty.txt", "")
	b.write("folder/x", "x")
	for _, tt := range []struct {
		args           string
		exit           int
		stdout, stderr string // FILE is the folder of the bench
	}{
		{"@u.txt", 0, "FILE/u.txt: UTF-8, 99 %, zh\n", ""},
		{"@u.txt --json", 0, `{"path":"FILE/u.txt","encoding":"UTF-8","confidence":0.99,"language":"zh"}` + "\n", ""},
		{"@gb.txt --json", 0, `{"path":"FILE/gb.txt","encoding":"GB18030","confidence":0.99,"language":"zh"}` + "\n", ""},
		{"@a.png", 0, "FILE/a.png: binary: it is no text\n", ""},
		{"@a.png --json", 0, `{"path":"FILE/a.png","encoding":"binary","confidence":0.99,"language":""}` + "\n", ""},
		{"@odd.txt", 0, "FILE/odd.txt: unknown: no encoding that Fonds reads makes a text of it\n", ""},
		{"@odd.txt --json", 0, `{"path":"FILE/odd.txt","encoding":"unknown","confidence":0,"language":""}` + "\n", ""},
		{"@empty.txt", 0, "FILE/empty.txt: UTF-8, 100 %\n", ""},
		{"@none.txt @u.txt", 1, "FILE/u.txt: UTF-8, 99 %, zh\n", "fonds: FILE/none.txt: there is no file of this name\n"},
		{"@none.txt --json", 1, `{"path":"FILE/none.txt","error":"there is no file of this name"}` + "\n", "fonds: FILE/none.txt: there is no file of this name\n"},
		{"@folder", 1, "", "fonds: FILE/folder: it is a folder: name the files in it\n"},
		{"- --json", 0, `{"path":"-","encoding":"UTF-8","confidence":1,"language":""}` + "\n", ""},
		{"", 2, "", "fonds: detect wants FILE...\nusage: fonds detect FILE... [--json]\n`fonds help detect` says more.\n"},
		{"@u.txt --jsn", 2, "", "fonds: detect has no flag \"--jsn\"; --json was meant?\nusage: fonds detect FILE... [--json]\n`fonds help detect` says more.\n"},
	} {
		b.stdin = "standard input"
		b.run(append([]string{"detect"}, strings.Fields(tt.args)...)...)
		here := strings.NewReplacer("FILE", b.dir)
		if b.exit != tt.exit {
			t.Errorf("%s: exit %d, want %d", tt.args, b.exit, tt.exit)
		}
		same(t, tt.args+": stdout", b.stdout, here.Replace(tt.stdout))
		same(t, tt.args+": stderr", b.stderr, strings.ReplaceAll(here.Replace(tt.stderr), b.dir+"...", "FILE..."))
	}
	if exit := b.run("detect", "@u.txt"); exit != 0 {
		t.Error("exit", exit)
	}
}
