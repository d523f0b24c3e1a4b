package command

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// importingChild, in the environment, makes the test binary the verb import of what follows it, so that its memory can be
// measured: arguments, one a line.
const importingChild = "FONDS_TEST_IMPORTING_CHILD"

// importAsChild says at its end how much memory it had at its height: what a parent is told of its child counts the
// parent's own, which it had for a moment.
func importAsChild(args string) {
	env := System("test")
	env.Login, env.SettingsName = "Zhang", func() string { return "" }
	exit := Run(context.Background(), strings.Split(args, "\n"), env)
	status, _ := os.ReadFile("/proc/self/status") // of Linux
	if _, peak, ok := strings.Cut(string(status), "VmHWM:"); ok {
		peak, _, _ = strings.Cut(peak, " kB")
		fmt.Fprintf(os.Stderr, "\npeak %s\n", strings.TrimSpace(peak))
	}
	os.Exit(exit)
}

// peakMemory is how many bytes a child had at its height, by what it wrote; 0 where the system does not say.
func peakMemory(stderr string) (bytes int64) {
	if _, peak, ok := strings.Cut(stderr, "\npeak "); ok {
		_, _ = fmt.Sscan(peak, &bytes)
	}
	return bytes << 10
}

const (
	hostileTime   = 5 * time.Minute // of the whole import, where the machine is shared; alone it takes seconds
	hostileMemory = 500 << 20       // bytes that the verb may have at its height
)

// A hostile is a file, and what is to become of it: lines "path: reason", or "path" of a document, or "path, not
// all of it", of all that it becomes.
type hostile struct {
	name string
	data []byte
	want string
}

func hostiles() (out []hostile) {
	add := func(name string, data []byte, want ...string) {
		out = append(out, hostile{name, data, strings.Join(want, "\n")})
	}
	bad := func(name string, data []byte, reason string) { add(name, data, name+": "+reason) }
	gbk := func(s string) string { s, _ = simplifiedchinese.GBK.NewEncoder().String(s); return s }
	big5 := func(s string) string { s, _ = traditionalchinese.Big5.NewEncoder().String(s); return s }
	long := strings.Repeat("长", 300)

	bad("encrypted.docx", compound("EncryptionInfo", "EncryptedPackage"), "encrypted")
	bad("encrypted.odt", odt("", "x", in{"META-INF/manifest.xml", `<manifest:manifest` + odfSpaces + `><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}), "encrypted")
	bad("encrypted.pdf", encryptedPDF(), "encrypted")
	bad("encrypted.zip", zipMarked(1, in{"a.txt", "x"}), "encrypted")

	whole := docx("", strings.Repeat("the text of a document ", 50))
	bad("truncated.docx", whole[:len(whole)-200], "damaged")
	bad("truncated-2.docx", whole[:len(whole)/2], "damaged")
	add("truncated.pdf", pdfFile("", onePage("cut off")...)[:200], "truncated.pdf, not all of it")
	bad("truncated-2.pdf", pdfFile("", onePage("cut off")...)[:40], "damaged")
	bad("truncated.tiff", tiffOf(300, 300, nil)[:60], "damaged")
	add("truncated.png", goodPNG()[:60], "truncated.png, not all of it")
	add("truncated.gz", gzipFile([]byte("some text that is long enough"))[:20], "truncated.gz/truncated", "truncated.gz: in-part")
	two := zipFile(in{"first.txt", "the first member is whole"}, in{"second.txt", strings.Repeat("the second is cut. ", 40) + fmt.Sprint(time.Second)})
	add("truncated.zip", two[:len(two)-190], "truncated.zip/first.txt", "truncated.zip: in-part")

	bad("bomb.zip", zipFile(in{"zeros.txt", strings.Repeat("0", 100<<20)}), "too-much")
	bad("bomb.gz", gzipFile(bytes.Repeat([]byte("0"), 100<<20)), "too-much")
	bad("bomb.docx", docx("", strings.Repeat("0", 100<<20)), "too-much")
	add("nested.zip", nestedZip(20), "nested.zip"+strings.Repeat("/inner.zip", 16)+": too-much")
	add("quine.gz", nestedGzip(20), "quine.gz"+strings.Repeat("/quine", 16)+": too-much")
	bad("overlapping.zip", overlapping(), "damaged")
	bad("laughs.docx", docx(laughs, "&f;"), "damaged")
	bad("laughs.odt", odt(laughs, "&f;"), "damaged")
	add("laughs.epub", epubFile(laughs, "&f;"), "laughs.epub") // its pages are read as browsers read pages: &f; is &f;
	add("laughs.svg", []byte(`<?xml version="1.0"?>`+laughs+`<svg xmlns="http://www.w3.org/2000/svg"><text>&f;</text></svg>`), "laughs.svg")

	add("climbing.zip", zipFile(in{"../up.txt", "1 up"}, in{"../../../../etc/cron", "2 up"}, in{`C:\x\drive.txt`, "a drive"}, in{"/etc/root.txt", "a root"}, in{`..\back.txt`, "back"},
		in{"nul\x00name.txt", "a NUL"}, in{"con\x1b[2Jtrol\n.txt", "controls"}, in{long + ".txt", "long"}),
		"climbing.zip/up.txt", "climbing.zip/etc/cron", "climbing.zip/x/drive.txt", "climbing.zip/etc/root.txt", "climbing.zip/back.txt",
		"climbing.zip/nul name.txt", "climbing.zip/con [2Jtrol .txt", "climbing.zip/"+strings.Repeat("长", 116)+".txt")
	add("climbing.tar", tarFile("../../up.txt", "/etc/passwd"), "climbing.tar/up.txt", "climbing.tar/etc/passwd")
	add("gbk.zip", zipFile(in{gbk("关于召开会议的通知.txt"), "gbk 1"}, in{gbk("档案/自治区司法厅.txt"), "gbk 2"}), "gbk.zip/关于召开会议的通知.txt", "gbk.zip/档案/自治区司法厅.txt")
	add("big5.zip", zipFile(in{big5("關於召開會議的通知.txt"), "big5 1"}, in{big5("檔案/司法廳報告書.txt"), "big5 2"}), "big5.zip/關於召開會議的通知.txt", "big5.zip/檔案/司法廳報告書.txt")

	bad("huge.png", hugePNG(), "too-much")
	bad("huge.jpg", hugeJPEG(), "too-much")
	bad("huge.tif", tiffOf(side, side, []byte("some pixels")), "too-much")
	bad("huge.gif", hugeGIF(), "too-much")
	bad("huge.webp", hugeWebP(), "too-much")
	add("loop.pdf", loopingPDF(), "loop.pdf, not all of it")
	bad("deep.eml", deepMIME(1000), "too-much")
	add("climbing.eml", letter("../../x.txt"), "climbing.eml", "climbing.eml/x.txt")
	return out
}

// goods are files between them, of each format one.
func goods() []hostile {
	return []hostile{{"a.txt", []byte("a text"), ""}, {"g.docx", docx("", "a document of Word"), ""}, {"f.odt", odt("", "an open document"), ""}, {"d.epub", epubFile("", "a book"), ""},
		{"i.pdf", pdfFile("", onePage("a page")...), ""}, {"h.png", goodPNG(), ""}, {"t.tif", tiffOf(30, 30, make([]byte, 900)), ""},
		{"m.zip", zipFile(in{"in.txt", "a member"}), "m.zip/in.txt"}, {"q.gz", gzipFile([]byte("a text in gzip")), "q.gz/q"}, {"u.tar", tarFile("t.txt"), "u.tar/t.txt"}, {"e.eml", letter("file.txt"), "e.eml\ne.eml/file.txt"}}
}

// TestHostileFiles imports a folder of files that do harm with good ones between them, in a process of its own: every good
// one comes in, each bad one has its reason, within time and memory, and nothing is written but the archive.
func TestHostileFiles(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	var want []string
	for _, f := range append(hostiles(), goods()...) {
		b.write("in/"+f.name, string(f.data))
		want = append(want, strings.Split(cmp.Or(f.want, f.name), "\n")...)
	}
	before := tree(t, b.dir)
	out, took, peak := importedBy(t, b)
	var got []string
	for line := range strings.Lines(out) {
		var l struct {
			Path, Skipped, Reason, ID string
			Lost                      []string
		}
		if strings.HasPrefix(line, `{"imported":`) {
			continue // the summary
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		switch {
		case l.Skipped != "":
			got = append(got, l.Path+": "+l.Reason)
			if l.Reason == "fault" || l.Skipped == l.Reason || len(l.Skipped) < 10 {
				t.Errorf("%s is left out because: %s", l.Path, l.Skipped)
			}
			t.Logf("%s: %s", l.Path, l.Skipped)
		case len(l.Lost) > 0:
			got = append(got, l.Path+", not all of it")
			t.Logf("%s: %q", l.Path, l.Lost)
		default:
			got = append(got, l.Path)
		}
		if !fs.ValidPath(l.Path) || strings.ContainsAny(l.Path, "\\\x00\x1b\n") {
			t.Errorf("the path %q is not one below its folder", l.Path)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("got  %s", g)
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("want %s", w)
		}
	}
	if after := tree(t, b.dir); !slices.Equal(before, after) {
		t.Errorf("beside the archive there are now\n%v, not\n%v", after, before)
	}
	t.Logf("%d files in %v, %d MB of memory at most", len(want), took.Round(time.Millisecond), peak>>20)
	if took > hostileTime {
		t.Errorf("it took %v, the floor is %v", took, hostileTime)
	}
	if peak > hostileMemory && !raced {
		t.Errorf("it had %d MB, the floor is %d", peak>>20, hostileMemory>>20)
	}
	b.must("verify", "@a.fonds")
}

// importedBy imports the folder in into a.fonds in a process of its own: what it wrote, how long that took, and how many
// bytes of memory it had at most, where the system says so.
func importedBy(t *testing.T, b *bench) (out string, took time.Duration, peak int64) {
	t.Helper()
	child := osexec.Command(os.Args[0])
	child.Env = append(os.Environ(), importingChild+"="+strings.Join([]string{"import", b.file("a.fonds"), b.file("in"), "--json"}, "\n"))
	var stdout, stderr bytes.Buffer
	child.Stdout, child.Stderr, child.Dir = &stdout, &stderr, b.dir
	begun := time.Now()
	err := child.Run()
	if exit := child.ProcessState.ExitCode(); exit != exitPart && exit != exitDone {
		t.Fatalf("it ended with %v: %s", err, stderr.String())
	}
	return stdout.String(), time.Since(begun), peakMemory(stderr.String())
}

// TestLongestText: a text as long as one may be comes in within some 500 MB.
func TestLongestText(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("it takes many seconds, and many more under the race detector")
	}
	b := newBench(t)
	b.must("new", "@a.fonds")
	var text strings.Builder
	for i := 0; text.Len() < 63<<20; i++ {
		fmt.Fprintf(&text, "%x the line of a text that goes on and on and on\n", i*2654435761)
	}
	b.write("in/long.txt", text.String())
	out, took, peak := importedBy(t, b)
	t.Logf("%v, %d MB of memory at most", took.Round(time.Millisecond), peak>>20)
	if !strings.Contains(out, `"imported":1`) || peak > 530<<20 {
		t.Errorf("%d MB of memory: %s", peak>>20, out)
	}
}

// tree lists what is in a folder, but for the archive's own files.
func tree(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !strings.Contains(d.Name(), ".fonds") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
