package session

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/storage"
	"fonds/storage/archive"
)

// Whatever is left out, the Chinese window says why in Chinese: names of formats
// and encodings stay, and what the system said of its own.
func TestSkipWordsInChinese(t *testing.T) {
	i18n.Use("zh-Hans")
	t.Cleanup(func() { i18n.Use("en") })
	english := regexp.MustCompile(`[A-Za-z]{2,}[ ,]+[a-z]{2,}`)
	check := func(s ingest.Skip) {
		t.Helper()
		got := SkipWords(&s)
		if english.MatchString(got) || strings.Contains(got, "skip.") || strings.Contains(got, "filekind.") || strings.ContainsAny(got, "{}") ||
			!regexp.MustCompile(`\p{Han}{2}`).MatchString(got) {
			t.Errorf("%s %q: %s", s.Reason, s.Detail, got)
		}
	}
	for _, r := range []ingest.Reason{ingest.Hidden, ingest.Empty, ingest.NoReader, ingest.BadEncoding, ingest.Vanished, ingest.NotThere, ingest.Changed,
		ingest.BrokenLink, ingest.OutsideLink, ingest.Repeated, ingest.ThisArchive, ingest.AnArchive, intake.Fault, intake.LeftOut} {
		check(ingest.Skip{Reason: r, Detail: "x"})
	}
	for _, r := range []ingest.Reason{ingest.TooLarge, ingest.TextTooLong} {
		check(ingest.Skip{Reason: r, Detail: "4294967296 > 268435456"})
	}
	for _, detail := range []string{"", ingest.Escapes, "GB18030 > 12"} {
		check(ingest.Skip{Reason: ingest.NoDecoder, Detail: detail})
	}
	for _, detail := range []string{"folder", "pipe", "socket", "device", "special"} {
		check(ingest.Skip{Reason: ingest.NotRegular, Detail: detail})
	}
	for _, err := range []error{fs.ErrPermission, &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}} {
		check(ingest.Skip{Reason: ingest.Unreadable, Detail: err.Error(), Err: err})
	}
	check(ingest.Skip{Reason: ingest.Unreadable, Detail: syscall.EACCES.Error()}) // as it is recorded
	for _, err := range []error{storage.ErrFull, storage.ErrDisk, storage.ErrReadOnly, archive.Refuse("no-actor"), errors.New("disk I/O error")} {
		check(ingest.Skip{Reason: intake.Refused, Detail: err.Error(), Err: err})
	}
	s := ingest.Skip{Reason: ingest.Unreadable, Detail: "input/output error", Err: syscall.EIO}
	if got := SkipWords(&s); !strings.Contains(got, "磁盘") || !strings.Contains(got, s.Detail) {
		t.Errorf("a disk that fails: %s", got)
	}
	if got := SkipWords(&ingest.Skip{Reason: ingest.TooLarge, Detail: fmt.Sprintf("%d > %d", 4<<30, 256<<20)}); !strings.Contains(got, "4") || strings.Contains(got, "4294967296") {
		t.Errorf("sizes are for people: %s", got)
	}
}
