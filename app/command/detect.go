package command

import (
	"errors"
	"fmt"
	"io"
	"os"

	"fonds/app/ingest"
)

var detectVerb = &verb{
	name: "detect", usage: "fonds detect FILE... [--json]",
	summary: "which encoding a file is in, and how sure that is",
	help: `Looks at files without an archive, as import does: a mark at the beginning, else
UTF-8 wherever it is valid, UTF-16, what the file declares in its first 4 KB
unless its characters belie that, else the encoding whose characters are likely
in a language written in it. GB2312 and GBK are read as GB18030.

The confidence holds: of those said to be 0.9, nine in ten are right. Names are
those of the WHATWG Encoding Standard, where it has one. "binary" is no text;
"unknown" is text, if it is, in no encoding that Fonds reads: it does not guess.
Ends with 1 where a file could not be read; - is standard input.`,
	flags: []flag{jsonFlag},
	min:   1, max: -1, run: runDetect,
}

// detected is a line of detect --json.
type detected struct {
	Path       string  `json:"path"`
	Encoding   string  `json:"encoding"`
	Confidence float64 `json:"confidence"`
	Language   string  `json:"language"`
}

// undetected is a line for a file that could not be read.
type undetected struct {
	Path  string `json:"path"`
	Error string `json:"error"`
}

func runDetect(c *call) error {
	failed := false
	for _, path := range c.args {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		d, err := c.detectFile(path)
		if err != nil {
			failed = true
			c.say("fonds: %s: %s", visible(path), clip(err.Error()))
		}
		if err := c.printDetected(path, d, err); err != nil {
			return err
		}
	}
	if failed {
		return ended(exitPart)
	}
	return nil
}

func (c *call) printDetected(path string, d ingest.Detection, err error) error {
	switch {
	case err != nil && c.json():
		return c.enc.Encode(undetected{path, err.Error()})
	case err != nil:
		return nil
	case c.json():
		return c.enc.Encode(detected{path, d.Encoding, d.Confidence, d.Language})
	case d.Encoding == ingest.Unknown:
		return c.printf("%s: unknown: no encoding that Fonds reads makes a text of it\n", visible(path))
	case d.Encoding == ingest.Binary:
		return c.printf("%s: binary: it is no text\n", visible(path))
	}
	line := fmt.Sprintf("%s: %s, %.0f %%", visible(path), d.Encoding, 100*d.Confidence)
	if d.Language != "" {
		line += ", " + d.Language
	}
	return c.printf("%s\n", line)
}

// detectFile says what a file is in. Its errors are sentences that do not name it.
func (c *call) detectFile(path string) (ingest.Detection, error) {
	data, err := c.wholeFile(path)
	if err != nil {
		return ingest.Detection{}, err
	}
	d, err := ingest.Detect(data)
	var skip *ingest.Skip
	if errors.As(err, &skip) {
		err = errors.New(skip.String())
	}
	return d, err
}

func (c *call) wholeFile(path string) ([]byte, error) {
	in := c.env.Stdin
	if path != "-" {
		st, err := os.Stat(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
			return nil, errors.New("there is no file of this name")
		case err != nil:
			return nil, plainError(err)
		case st.IsDir():
			return nil, errors.New("it is a folder: name the files in it")
		case !st.Mode().IsRegular():
			return nil, errors.New("it is not a file; it was not opened")
		case st.Size() > ingest.DefaultMaxBytes:
			return nil, tooLarge()
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, plainError(err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, ingest.DefaultMaxBytes+1))
	switch {
	case err != nil:
		return nil, plainError(err)
	case len(data) > ingest.DefaultMaxBytes:
		return nil, tooLarge()
	}
	return data, nil
}

func tooLarge() error {
	return fmt.Errorf("it is larger than %s, the most that is read; divide it", ingest.SizeName(fmt.Sprint(ingest.DefaultMaxBytes)))
}

// plainError is what the system said, without the path that it said it of.
func plainError(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("it cannot be read: %w", err)
}
