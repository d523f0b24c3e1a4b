// Package settings keeps what a person chose on this machine: their name, the
// language and looks of the window, the archives opened last. They are one JSON
// file of the person's own, never part of an archive.
//
// It may use the standard library only. It must never hold anything that an
// archive needs to be understood.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Settings is what a person chose; the zero value is what a new person has.
type Settings struct {
	Name     string   `json:"name,omitempty"`      // who works here: the actor of every edit
	Language string   `json:"language,omitempty"`  // BCP 47, as "zh-Hans"; "" follows the system
	Theme    string   `json:"theme,omitempty"`     // "light", "dark", "contrast"; "" follows the system
	Scale    float32  `json:"scale,omitempty"`     // factor on the text of the interface; 0 is 1
	Forms    string   `json:"forms,omitempty"`     // of Han characters: "hant", "ja"; "" is Simplified
	Serif    bool     `json:"serif,omitempty"`     // documents in a serif, where the system has one
	Folder   string   `json:"folder,omitempty"`    // where archives are made and looked for first; "" is beside the last one
	TextSize float32  `json:"text_size,omitempty"` // of documents, in Fyne's device independent pixels; 0 is the theme's own
	Recent   []string `json:"recent,omitempty"`    // archives opened last, absolute paths, the latest first
	Width    float32  `json:"width,omitempty"`     // of the window, device independent pixels; 0 where it was never sized
	Height   float32  `json:"height,omitempty"`
	Inspect  float64  `json:"inspect,omitempty"` // share of the width left of the inspector, 0 to 1; 0 is the window's own
	Library  float64  `json:"library,omitempty"` // share of the width that the list has, 0 to 1; 0 is the window's own

	// Last is the document that was read last in each of the Recent archives, by
	// the archive's path: its id.
	Last map[string]string `json:"last,omitempty"`
	// Filter is what the list was narrowed to last in each of them, by a name of
	// the window's; none is all.
	Filter map[string]string `json:"filter,omitempty"`

	// Columns are those of the table of all documents, as storage.Column names them, and
	// Order that of its rows: a column, "down", "strokes". Empty are the window's own.
	Columns []string `json:"columns,omitempty"`
	Order   string   `json:"order,omitempty"`

	// Keys are the keys of one's own for commands, by the commands' ids, as
	// "Ctrl+Shift+F", "j" or "F6"; a command that is not there has its usual ones.
	Keys map[string][]string `json:"keys,omitempty"`

	// rest is what another version of the program has written: it is kept.
	rest map[string]json.RawMessage
}

// FolderVariable is the environment variable that says in which folder the
// settings lie, where it is not the system's.
const FolderVariable = "FONDS_CONFIG"

// mostRecent is how many archives Recent holds.
const mostRecent = 12

// Folder is where the settings lie: $FONDS_CONFIG, else "fonds" in the folder
// that the system has for them.
func Folder() (string, error) {
	if dir := os.Getenv(FolderVariable); dir != "" {
		return dir, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("finding the folder for settings: %w; name one in %s", err, FolderVariable)
	}
	return filepath.Join(dir, "fonds"), nil
}

func file() (string, error) {
	dir, err := Folder()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "settings.json"), nil
}

// Load reads the settings. Where there are none yet they are zero, and that is
// no error. Where they cannot be read they are zero too, and the error says why.
func Load() (Settings, error) {
	name, err := file()
	if err != nil {
		return Settings{}, err
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, fmt.Errorf("reading the settings: %w", err)
	}
	var s Settings
	if err := json.Unmarshal(data, &s); err != nil {
		return Settings{}, fmt.Errorf("reading the settings %s: %w; mend the file or remove it", name, err)
	}
	// It is an object: the line above has read it as one.
	if err := json.Unmarshal(data, &s.rest); err != nil {
		return Settings{}, fmt.Errorf("reading the settings %s: %w; mend the file or remove it", name, err)
	}
	return s, nil
}

// Save writes the settings: wholly, or not at all. Keys that this version does
// not know stay in the file.
func (s Settings) Save() error {
	name, err := file()
	if err != nil {
		return err
	}
	data, err := s.marshal()
	if err != nil {
		return fmt.Errorf("writing the settings: %w", err)
	}
	if err := replace(name, data); err != nil {
		return fmt.Errorf("writing the settings %s: %w", name, err)
	}
	return nil
}

func (s Settings) marshal() ([]byte, error) {
	known, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	all := map[string]json.RawMessage{}
	for key, value := range s.rest {
		if !slices.Contains(keys, key) {
			all[key] = value
		}
	}
	if err := json.Unmarshal(known, &all); err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(all, "", "  ")
	return append(data, '\n'), err
}

// keys are those of Settings in JSON: what is zero is left out when written, so
// that an old value of theirs must not come back from rest.
var keys = []string{"name", "language", "theme", "scale", "forms", "serif", "folder", "text_size", "recent", "width", "height", "inspect", "library", "last", "filter", "columns", "order", "keys"}

// replace puts data in the place of the file name: a crash or a loss of power
// leaves the old file or the new one, and the new one once replace has returned.
func replace(name string, data []byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".settings-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name()) // what is left of it helps nobody; err says what happened
		return err
	}
	// The new name is on the disk when the folder is. Not every system syncs folders;
	// where it cannot be done, a loss of power leaves the old settings.
	if folder, err := os.Open(dir); err == nil {
		_ = folder.Sync()
		folder.Close()
	}
	return nil
}

// Opened puts an archive in front of the recent ones. path should be absolute.
func (s *Settings) Opened(path string) {
	rest := slices.DeleteFunc(slices.Clone(s.Recent), func(p string) bool { return p == path })
	s.Recent = append([]string{path}, rest[:min(len(rest), mostRecent-1)]...)
	for p := range s.Last {
		if !slices.Contains(s.Recent, p) {
			delete(s.Last, p)
		}
	}
	for p := range s.Filter {
		if !slices.Contains(s.Recent, p) {
			delete(s.Filter, p)
		}
	}
}
