package command

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"fonds/app/export"
	"fonds/app/ingest"
	"fonds/app/mojibake"
)

var repairVerb = &verb{
	name: "repair", usage: "fonds repair FILE|- [--json]",
	summary: "mojibake found in a text, and what it would read",
	help: `FILE is read as import would read it; - reads standard input. Nothing is changed:
a run is a place in the text that was read in a wrong encoding, with what it
would read, the recipe (which encoding was read as which) and how sure that is.
▯ is a character that lost bytes; what is left of them is given, and the
characters that they allow, those first that fit their neighbours best. A run
that is lost has nothing left to repair.

Positions are Unicode code points, start included, end not. Punctuation that was
folded to half width in the whole text is said once, on standard error.`,
	flags: []flag{jsonFlag},
	min:   1, max: 1, run: runRepair,
}

// repair is a line of repair --json.
type repair struct {
	Start      int             `json:"start"`
	End        int             `json:"end"`
	Source     string          `json:"source"`
	Reading    string          `json:"reading"`
	Recipe     string          `json:"recipe"`
	Confidence float64         `json:"confidence"`
	Lacunae    []export.Lacuna `json:"lacunae"`
	Wrong      string          `json:"wrong,omitempty"`
	Right      string          `json:"right,omitempty"`
	Bytes      string          `json:"bytes,omitempty"`
	Lost       bool            `json:"lost,omitempty"`
}

func runRepair(c *call) error {
	text, err := c.decoded(c.args[0])
	if err != nil {
		return err
	}
	runs := mojibake.Find(text, nil)
	for _, r := range runs {
		if c.json() {
			err = c.enc.Encode(repairOf(r))
		} else {
			err = c.showRepair(r)
		}
		if err != nil {
			return err
		}
	}
	if len(runs) == 0 && !c.json() {
		c.say("Nothing in this text looks as if it was read in a wrong encoding.")
	}
	if f, folded := mojibake.Folded(text); folded {
		c.say("%s beside Chinese characters are half-width, while 。 and 、 are not: the whole text was folded. It is one damage, not %d.",
			count(f.Marks, "mark"), f.Marks)
	}
	return nil
}

// decoded reads FILE or, for -, standard input, as import does.
func (c *call) decoded(name string) (string, error) {
	in, err := c.input(name, "the text")
	if err != nil {
		return "", err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, 4*ingest.MaxText+1))
	if err != nil {
		return "", usage("reading %s: %w", clip(name), err)
	}
	text, _, _, _, err := ingest.Decode(data, "")
	if skip := (*ingest.Skip)(nil); errors.As(err, &skip) {
		return "", &failure{exitPart, fmt.Errorf("%s was not read: %w", clip(name), err)}
	}
	return text, err
}

func repairOf(r mojibake.Run) repair {
	out := repair{Start: r.Start, End: r.End, Source: r.Source, Reading: r.Reading, Recipe: r.Recipe, Confidence: r.Confidence,
		Lacunae: []export.Lacuna{}, Wrong: r.Wrong, Right: r.Right, Bytes: r.Bytes, Lost: r.Lost}
	for _, l := range r.Lacunae {
		out.Lacunae = append(out.Lacunae, export.Lacuna{At: l.At, Bytes: l.Bytes, Candidates: append([]string{}, l.Candidates...)})
	}
	return out
}

func (c *call) showRepair(r mojibake.Run) error {
	if r.Lost {
		return c.printf("%d-%d  lost: %s\n  “%s”\n", r.Start, r.End, r.Recipe, short(r.Source, 200))
	}
	c.printf("%d-%d  %s, %.0f%% sure\n  “%s”\n  “%s”\n", r.Start, r.End, r.Recipe, r.Confidence*100, short(r.Source, 200), short(r.Reading, 200))
	for _, l := range r.Lacunae {
		may := "nobody knows what"
		if len(l.Candidates) > 0 {
			may = visible(strings.Join(l.Candidates, " "))
		}
		c.printf("  ▯ at %d, %s: %s\n", l.At, l.Bytes, may)
	}
	return nil
}
