package app_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestJourneyOfADrop drops a mixed folder and single files on the real window, as a file
// manager does: names with spaces, Chinese and signs that a URI has other uses for, and
// one that is not there. They are listed and nothing is in; Ctrl+Enter brings them in,
// and the record says what was left out.
func TestJourneyOfADrop(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":1280,"height":800}`)
	archive, in := filepath.Join(d.dir, "a.fonds"), filepath.Join(d.dir, "合同 与 信件")
	put := func(path, text string) string {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("关于印发工作要点的通知\n各市、县司法局，监狱，戒毒所：请结合实际贯彻执行。\n")
	if err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(in, "给 李振国 的信.txt"), "李振国同志：\n来信收到。\n")
	put(filepath.Join(in, "下 层", "老 通知.txt"), gb)
	put(filepath.Join(in, "100% sure #1?.txt"), "Is it?\nIt is.\n")
	put(filepath.Join(in, "scan 1.pdf"), "%!PS-Adobe-3.0\n")
	lone := put(filepath.Join(d.dir, "单独", "一份 & 另一份+.txt"), "会议纪要\n出席：三人。\n")
	uri := func(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

	d.mustVerb("new", archive, "--as", "Zhang")
	d.start(archive)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "a.fonds") })
	d.drop(uri(in), uri(filepath.Join(d.dir, "没有 这个.txt")), "file://localhost"+strings.TrimPrefix(uri(lone), "file://"), "# not a file")
	d.picture("drop-look")
	docs := func() (all []string) {
		out, _ := d.verb("list", archive, "--json")
		for line := range strings.Lines(out) {
			var one struct{ Path, ID string }
			if json.Unmarshal([]byte(line), &one) == nil && one.ID != "" {
				all = append(all, one.Path)
			}
		}
		return all
	}
	if all := docs(); len(all) != 0 {
		t.Fatalf("before anybody said so there is %v", all)
	}
	d.until("what was dropped to be in", func() bool {
		d.keys("ctrl+Return") // while the files are still looked at it does nothing
		return len(docs()) == 4
	})
	if got, want := docs(), []string{"100% sure #1?.txt", "下 层/老 通知.txt", "给 李振国 的信.txt", "一份 & 另一份+.txt"}; !slices.Equal(got, want) {
		t.Errorf("in are %q, want %q", got, want)
	}
	if out, _ := d.verb("text", archive, "path:下 层/老 通知.txt"); !strings.HasPrefix(out, "关于印发工作要点的通知") {
		t.Errorf("the one in GB18030 reads %q", out)
	}
	var record struct {
		From  []string
		Files int
		End   *struct {
			How      string
			Imported int
			Reasons  map[string]int
			Skips    []struct{ Path string }
		}
	}
	d.until("the record of it", func() bool {
		out, _ := d.verb("imports", archive, "--json")
		return json.Unmarshal([]byte(out), &record) == nil && record.End != nil
	})
	if e := record.End; e.How != "finished" || e.Imported != 4 || !maps.Equal(e.Reasons, map[string]int{"no-reader": 1, "not-there": 1}) ||
		record.Files != 1 || !slices.Equal(record.From, []string{in, filepath.Dir(lone)}) {
		t.Errorf("the record: %+v %+v", record, e)
	}
	d.picture("drop-report")
	d.close()
	d.mustVerb("verify", archive)
}
