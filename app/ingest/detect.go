package ingest

import (
	"errors"
	"strings"
)

// What Detect says of bytes that are no text, or a text that nothing here reads.
const (
	Binary  = "binary"
	Unknown = "unknown"
)

// A Detection is what bytes are read as.
type Detection struct {
	Encoding   string  `json:"encoding"` // of the WHATWG Encoding Standard where it has one, or Binary, or Unknown
	Confidence float64 `json:"confidence"`
	Language   string  `json:"language"` // "" where it is not clear
}

// Detect finds the encoding and the language of bytes as Decode and LanguageOf do. err is a *Skip where they are too
// many.
func Detect(data []byte) (Detection, error) {
	if _, ok := foreign(data[:min(len(data), headBytes)]); ok {
		return Detection{Encoding: Binary, Confidence: 0.99}, nil
	}
	text, enc, conf, _, err := Decode(data, "")
	var skip *Skip
	if errors.As(err, &skip) {
		switch skip.Reason {
		case NoReader:
			return Detection{Encoding: Binary, Confidence: 0.9}, nil
		case NoDecoder:
			return Detection{Encoding: Unknown}, nil
		}
	}
	if err != nil {
		return Detection{}, err
	}
	d := Detection{Encoding: enc, Confidence: conf, Language: LanguageOf(text)}
	if d.Language == "" && !strings.HasPrefix(enc, "UTF-") {
		// A text too short to say: but what spoke for its encoding was a language.
		if g := guessOf(data); g.name == enc && g.n >= 8 && g.conf >= 0.9 {
			d.Language = g.lang
		}
	}
	return d, nil
}
