package command

import (
	"os"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestHeads: what verify, backup and export wrote is read back, an archive that
// went on still goes on from it, and one that lost its end does not.
func TestHeads(t *testing.T) {
	b := noticeBench(t)
	b.must("export", "@a.fonds", "--format", "jsonl", "--out", "@set")
	b.write("tag.jsonl", `{"do":"tag.add","doc":"path:n.txt","tag":"x"}`)
	b.must("backup", "@a.fonds", "@early.fonds", "--json")
	b.must("apply", "@a.fonds", "@tag.jsonl")
	b.write("backup.json", b.must("backup", "@a.fonds", "@late.fonds", "--json"))
	kept := b.must("verify", "@a.fonds", "--json")
	b.write("verify.json", kept)
	pair := ""
	for replica, hash := range objects[verified](t, kept)[0].Heads {
		pair = string(replica) + ":" + hash.String()
	}
	b.write("tag.jsonl", `{"do":"tag.add","doc":"path:n.txt","tag":"y"}`)
	b.must("apply", "@a.fonds", "@tag.jsonl", "--as", "Li")
	for _, from := range []string{"@set/manifest.json", "@backup.json", "@verify.json", pair, pair + "," + pair} {
		if got := b.must("verify", "@a.fonds", "--heads", from); !strings.Contains(got, "goes on from 1 head kept elsewhere") {
			t.Errorf("--heads %s: %s", from, got)
		}
	}
	b.must("verify", "@early.fonds")
	b.must("verify", "@early.fonds", "--heads", "@set/manifest.json")
	for _, from := range []string{"@backup.json", "@verify.json", pair} {
		if b.run("verify", "@early.fonds", "--heads", from, "--quick"); b.exit != 3 || !strings.Contains(b.stdout, "has lost its end: the head "+pair[37:]) {
			t.Errorf("a copy from before, --heads %s: exit %d: %s%s", from, b.exit, b.stdout, b.stderr)
		}
	}
	b.write("no.json", `{"ok":true}`)
	b.write("text.txt", "a notice")
	b.write("bad.json", `{"heads":{"`+pair[:36]+`":"12"}}`)
	for from, want := range map[string]string{"@no.json": "no heads are in it", "@text.txt": "no heads are in it", "@gone.json": "gone.json",
		"@bad.json": `"12" is no head`, pair[:99]: "is no head", pair + "," + strings.Replace(pair, ":", ":00", 1)[:101]: "two heads", "@": "", "x:" + pair: ""} {
		if b.run("verify", "@a.fonds", "--heads", from); b.exit != 2 || !strings.Contains(b.stderr, want) || b.stdout != "" {
			t.Errorf("--heads %s: exit %d: %s%s", from, b.exit, b.stdout, b.stderr)
		}
	}
}

// TestVerifySaysWhatItProves: the help and the README have the paragraph.
func TestVerifySaysWhatItProves(t *testing.T) {
	b := newBench(t)
	if got := b.must("help", "verify"); !strings.Contains(got, storage.VerifyProves) {
		t.Errorf("the help: %s", got)
	}
	words := strings.Join(strings.Fields(storage.VerifyProves), " ")
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(strings.Fields(string(readme)), " "), words) {
		t.Error("the README has it in other words")
	}
}

// FuzzHeads: whatever is given as heads, it is read or refused in words.
func FuzzHeads(f *testing.F) {
	f.Add("0192b3c4-0000-7000-8000-000000000000:" + strings.Repeat("ab", 32))
	f.Add("0192b3c4-0000-7000-8000-000000000000:" + strings.Repeat("ab", 32) + ",:")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "/\\") {
			t.Skip()
		}
		h, err := readHeads(text)
		if err == nil && len(h.of) == 0 {
			t.Errorf("%q: neither heads nor an error", text)
		}
		for replica := range h.of {
			if archive.CheckID(replica) != nil {
				t.Errorf("%q: replica %q", text, replica)
			}
		}
	})
}
