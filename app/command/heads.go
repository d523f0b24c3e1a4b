package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fonds/storage/archive"
)

// heads are the ends of an archive's chains as they were kept elsewhere.
type heads struct {
	of map[archive.ID]archive.Hash
	at string // the day on which they were kept; "" where nothing tells
}

// readHeads takes the value of --heads: REPLICA:HASH, several apart by commas, or
// a file that a verb has written.
func readHeads(text string) (heads, error) {
	if replica, hash, ok := strings.Cut(text, ":"); ok && archive.CheckID(archive.ID(replica)) == nil && hash != "" {
		h := heads{of: map[archive.ID]archive.Hash{}}
		for _, pair := range strings.Split(text, ",") {
			replica, hash, _ := strings.Cut(strings.TrimSpace(pair), ":")
			if err := h.add(replica, hash); err != nil {
				return h, usage("--heads: %v", err)
			}
		}
		return h, nil
	}
	h, err := headsOfFile(text)
	if err != nil {
		return h, usage("--heads %s: %v", clip(text), err)
	}
	return h, nil
}

var errNoHeads = errors.New("no heads are in it: give a file that verify --json, backup --json or an export (manifest.json) has written, or REPLICA:HASH")

// headsOfFile reads the first object of a file that has heads. The day is that of
// the file: when the heads were written down.
func headsOfFile(name string) (heads, error) {
	h := heads{of: map[archive.ID]archive.Hash{}}
	f, err := os.Open(name)
	if err != nil {
		return h, err
	}
	defer f.Close()
	for d := json.NewDecoder(f); ; {
		var kept struct {
			Heads map[string]string `json:"heads"`
		}
		err := d.Decode(&kept)
		switch {
		case errors.Is(err, io.EOF):
			return h, errNoHeads
		case err != nil:
			return h, fmt.Errorf("%w (%v)", errNoHeads, err)
		case len(kept.Heads) == 0:
			continue
		}
		for _, replica := range sortedKeys(kept.Heads) {
			if err := h.add(replica, kept.Heads[replica]); err != nil {
				return h, err
			}
		}
		if st, err := f.Stat(); err == nil {
			h.at = st.ModTime().Format("2006-01-02")
		}
		return h, nil
	}
}

func (h *heads) add(replica, hash string) error {
	if err := archive.CheckID(archive.ID(replica)); err != nil {
		return fmt.Errorf("%q names no replica: it is the long id before the head", clip(replica))
	}
	var head archive.Hash
	if err := head.UnmarshalText([]byte(hash)); err != nil {
		return fmt.Errorf("%q is no head: it has 64 digits from 0 to f", clip(hash))
	}
	if old, twice := h.of[archive.ID(replica)]; twice && old != head {
		return fmt.Errorf("two heads of replica %s: verify against one after the other", replica)
	}
	h.of[archive.ID(replica)] = head
	return nil
}
