package intake

import (
	"encoding/json"
	"errors"
	"fmt"

	"fonds/app/ingest"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// Opened are options with which an archive can ask for a text to be read.
func Opened(o storage.Options) storage.Options {
	o.ReadPart, o.ReadAgain, o.Fields = Part, Reread, template.Goes
	return o
}

// FoundOut is the encoding of a document.text that the program is to find out.
const FoundOut = "auto"

// Reread is a storage.Reader: it reads the original of a document once more. A text or
// a page in an encoding ("": that of recipe; FoundOut), all of it or, of a page, its
// article; what has a reader of its own by that, whatever its text was made of since:
// an old Word file that came in where LibreOffice was not, a scan that somebody typed.
func Reread(original []byte, info archive.Info, recipe json.RawMessage, encoding string, article bool) (*archive.Incoming, error) {
	var made ingest.Recipe
	if err := json.Unmarshal(recipe, &made); err != nil {
		return nil, err
	}
	if made.OfReader() || made.Extractor == archive.Typed || made.Extractor == archive.Seen {
		return rereadOwn(original, info, encoding, article)
	}
	if !made.OfPageOrText() {
		return nil, fmt.Errorf("it came out of a file of another tool (%s), which says itself how it is encoded", made.Extractor)
	}
	kept := encoding == ""
	switch encoding {
	case "":
		encoding = made.Decoder
	case FoundOut:
		encoding = ""
	}
	d, err := ingest.Make(original, info.Path, encoding)
	if err != nil {
		var skip *ingest.Skip
		if errors.As(err, &skip) {
			skip.Path = ""
		}
		return nil, err
	}
	if article {
		if d = d.Article(); d == nil {
			return nil, errors.New("it is no page with an article")
		}
	}
	if kept {
		d.Confidence = info.Confidence
	}
	return incoming(d)
}

// rereadOwn reads an original by the reader of its format.
func rereadOwn(original []byte, info archive.Info, encoding string, article bool) (*archive.Incoming, error) {
	switch {
	case encoding != "" && encoding != FoundOut:
		return nil, fmt.Errorf("a file of the format %s says itself how it is encoded: have it read without naming an encoding", info.Format)
	case article:
		return nil, errors.New("it is no page with an article")
	}
	d, err := ingest.Make(original, info.Path, "")
	if err != nil {
		var skip *ingest.Skip
		if errors.As(err, &skip) {
			skip.Path = ""
		}
		return nil, err
	}
	if d.Recipe.Needs != "" {
		return nil, fmt.Errorf("to read it, %s must be installed on this machine", d.Recipe.Needs)
	}
	return incoming(d)
}
