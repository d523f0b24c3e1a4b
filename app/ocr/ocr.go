// Package ocr has the pictures of pages read by tesseract, where it is installed: another program, which is handed a
// picture and says the words that it sees, each with its place and how sure it is. What it says is offered to a person and
// is a text of its own that names the program; nothing of it is taken silently.
//
// It starts that one program and nothing else, keeps no file and uses no network.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"

	"fonds/storage/archive"
)

// program is what is looked for on the PATH; tests put another in its place.
var program = "tesseract"

const (
	// Side is how many pixels the longer side of a picture is to have at most that is read: A4 at 400 dots an inch.
	Side = 4700
	// PageTime is how long the reading of one page may take.
	PageTime = 3 * time.Minute
	// mostSaid is how many bytes of its answer are taken for one page.
	mostSaid = 32 << 20
)

// ErrNone is met where tesseract is not installed.
var ErrNone = errors.New("tesseract is not installed on this machine: install it (Debian: tesseract-ocr, with tesseract-ocr-chi-sim for Chinese) and ask again")

// Reader is the program, as it was found.
type Reader struct {
	Version   string   // as it says: tesseract 5.3.0
	Languages []string // that it can read, as chi_sim; what are no languages are left out
}

// Find looks for the program.
func Find(ctx context.Context) (*Reader, error) {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	out, err := exec.CommandContext(ctx, program, "--version").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w", ErrNone)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	r := &Reader{Version: strings.TrimSpace(first)}
	if out, err = exec.CommandContext(ctx, program, "--list-langs").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("tesseract does not say which languages it reads: %w", err)
	}
	lines := strings.Split(string(out), "\n")
	for _, l := range lines[1:] {
		if l = strings.TrimSpace(l); language.MatchString(l) && l != "osd" && l != "snum" && l != "equ" {
			r.Languages = append(r.Languages, l)
		}
	}
	if len(r.Languages) == 0 {
		return nil, errors.New("tesseract has no language to read: install one, as Debian's tesseract-ocr-chi-sim")
	}
	return r, nil
}

var language = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(/[A-Za-z0-9_]+)?$`)

// Reads says whether all of some languages, with + between them, can be read.
func (r *Reader) Reads(languages string) error {
	for l := range strings.SplitSeq(languages, "+") {
		if !slices.Contains(r.Languages, l) {
			return fmt.Errorf("tesseract does not read %q here: it reads %s", l, strings.Join(r.Languages, ", "))
		}
	}
	return nil
}

// Guess is what to read a document with, by the language of what is known of it (BCP 47, "" for nothing).
func (r *Reader) Guess(tag string) string {
	want := []string{"chi_sim", "eng"}
	switch {
	case strings.HasPrefix(tag, "zh-Hant"), strings.HasPrefix(tag, "zh-TW"):
		want = []string{"chi_tra", "eng"}
	case strings.HasPrefix(tag, "ja"):
		want = []string{"jpn", "eng"}
	case strings.HasPrefix(tag, "en"):
		want = []string{"eng"}
	}
	var has []string
	for _, l := range want {
		if slices.Contains(r.Languages, l) {
			has = append(has, l)
		}
	}
	if len(has) == 0 {
		return r.Languages[0]
	}
	return strings.Join(has, "+")
}

// A Page is what was seen on one page: its text, lines ending in \n, and its words. Their Start and End count in Text, code
// points; their Page is that which was asked for.
type Page struct {
	Text  string
	Words []archive.SeenWord
}

// Read reads the picture of page n, from 1, in languages (chi_sim+eng). Its pixels are as large as those in which places are
// to be counted, or scale times as large.
func (r *Reader) Read(ctx context.Context, img image.Image, n int, languages string, scale float64) (Page, error) {
	if err := r.Reads(languages); err != nil {
		return Page{}, err
	}
	var in bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&in, img); err != nil {
		return Page{}, err
	}
	ctx, stop := context.WithTimeout(ctx, PageTime)
	defer stop()
	cmd := exec.CommandContext(ctx, program, "stdin", "stdout", "-l", languages, "tsv")
	cmd.Env = append(cmd.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = &in
	out, said := &limited{most: mostSaid}, &limited{most: 4 << 10}
	cmd.Stdout, cmd.Stderr = out, said
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return Page{}, ctx.Err()
		}
		return Page{}, fmt.Errorf("tesseract cannot read page %d: %w: %s", n, err, strings.TrimSpace(said.String()))
	}
	return parse(out.String(), n, scale)
}

// limited keeps so much of what is written to it, and takes all.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(p []byte) (int, error) {
	l.Buffer.Write(p[:min(len(p), l.most-l.Len())])
	return len(p), nil
}
