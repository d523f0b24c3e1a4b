package ingest

import (
	"context"

	"fonds/app/ingest/content"
)

// A wrapper opens what is no document itself and holds files, one after another. lost says of each that could not be
// taken what and why.
type wrapper struct {
	walk func(ctx context.Context, data []byte, path string, yield func(content.Part) error) (lost []string, err error)
}

// wrapping is how to open a file that wraps others; nil where it is none.
func wrapping(data []byte, path string) *wrapper { return nil }

// formatOf is the reader for a file; nil where it is a text or a page, or nothing that is read.
func formatOf(data []byte, path string) *format { return nil }

// unread gives the media type of a file that begins as one of the formats for which there is no reader.
func unread(head []byte) (format string, ok bool) { return foreign(head) }
