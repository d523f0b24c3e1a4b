package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestRecurringLines: what stands on most pages of a set is set aside in all of
// them, and one undo takes that back.
func TestRecurringLines(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	for i := range 12 {
		text := fmt.Sprintf("第%d次馆务会议的报道\n这里是某某县的窗口欢迎您常来看看\n会议研究了第%d项工作，由%d位同志发言。\n各科室负责人参加，会期%d天。\n本页由信息科值班员维护更新",
			i, i*7, i+3, i+1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := newArchive(t)
	if _, err := Run(ctx, a, "Zhang", []string{dir}, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	check := func(want int) {
		t.Helper()
		err := a.Each(ctx, storage.Query{}, func(s storage.Summary) error {
			d, err := a.Document(ctx, s.ID)
			if err != nil {
				return err
			}
			n := 0
			for _, it := range d.Of(archive.AFurniture) {
				if it.InForce() && it.Key == "recurring" {
					n++
					if !strings.Contains(it.Anchor.Quote, "某某县") && !strings.Contains(it.Anchor.Quote, "信息科") {
						t.Errorf("%s: %q is set aside", s.Name, it.Anchor.Quote)
					}
				}
			}
			if n != want {
				t.Errorf("%s: %d lines are set aside, want %d", s.Name, n, want)
			}
			if d.Status() != archive.New {
				t.Errorf("%s is %s", s.Name, d.Status())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check(2)
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	check(0)
	if rep, err := a.Verify(ctx, storage.VerifyOptions{}); err != nil || !rep.OK {
		t.Errorf("verify: %+v, %v", rep, err)
	}
}

// TestTitlesAreNoFurniture: notices of one name keep it.
func TestTitlesAreNoFurniture(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	for i := range 12 {
		text := fmt.Sprintf("关于召开党组会议的通知\n各科室：\n定于%d月%d日召开第%d次会议，请准时参加。\n办公室第%d号电话联系", 1+i, 2+i, i, i*7)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := newArchive(t)
	if _, err := Run(ctx, a, "Zhang", []string{dir}, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	err := a.Each(ctx, storage.Query{}, func(s storage.Summary) error {
		d, err := a.Document(ctx, s.ID)
		if err != nil {
			return err
		}
		for _, it := range d.Of(archive.AFurniture) {
			if strings.Contains(it.Anchor.Quote, "党组会议") {
				t.Errorf("%s: its title is furniture", s.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
