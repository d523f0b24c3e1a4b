package settings

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestSaveAndLoad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet", "there")
	t.Setenv(FolderVariable, dir)
	if got, err := Load(); err != nil || !reflect.DeepEqual(got, Settings{}) {
		t.Fatalf("Load before the first Save = %+v, %v", got, err)
	}
	want := Settings{Name: "张伟", Language: "zh-Hans", Theme: "dark", TextSize: 18, Recent: []string{"/a/b.fonds"}, Width: 1280, Height: 800, Inspect: 0.7}
	if err := want.Save(); err != nil {
		t.Fatal(err)
	}
	got, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	got.rest = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %d files after a save, want 1", len(entries))
	}
}

// A key of another version stays; one of this version that was emptied goes.
func TestSaveKeepsWhatOthersWrote(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(FolderVariable, dir)
	name := filepath.Join(dir, "settings.json")
	if err := os.WriteFile(name, []byte(`{"name":"Zhang","theme":"dark","later":{"a":[1]}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	s.Theme = ""
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"name": "Zhang", "later": map[string]any{"a": []any{1.0}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestKeysAreThoseOfSettings(t *testing.T) {
	var want []string
	for f := range reflect.TypeFor[Settings]().Fields() {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag != "" {
			want = append(want, tag)
		}
	}
	if !slices.Equal(keys, want) {
		t.Errorf("got %v, want %v", keys, want)
	}
}

func TestLoadDamaged(t *testing.T) {
	for _, damaged := range []string{"", "{", "null x", `{"name":7}`, `["a"]`} {
		dir := t.TempDir()
		t.Setenv(FolderVariable, dir)
		name := filepath.Join(dir, "settings.json")
		if err := os.WriteFile(name, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Load()
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("Load of %q: %v, want an error that names the file", damaged, err)
		}
		if !reflect.DeepEqual(got, Settings{}) {
			t.Errorf("Load of %q = %+v, want zero", damaged, got)
		}
	}
}

func TestOpened(t *testing.T) {
	var s Settings
	for i := range 20 {
		s.Opened(fmt.Sprint("/", i))
	}
	s.Opened("/15")
	if got, want := s.Recent[:3], []string{"/15", "/19", "/18"}; !slices.Equal(got, want) {
		t.Errorf("got %v first, want %v", got, want)
	}
	if len(s.Recent) != mostRecent {
		t.Errorf("got %d, want %d", len(s.Recent), mostRecent)
	}
}

func TestFolder(t *testing.T) {
	t.Setenv(FolderVariable, "")
	t.Setenv("XDG_CONFIG_HOME", "/c")
	t.Setenv("HOME", "/h")
	if got, err := Folder(); err != nil || filepath.Base(got) != "fonds" {
		t.Errorf("Folder() = %q, %v, want the system's folder and fonds", got, err)
	}
}
