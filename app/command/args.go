package command

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// verb is one verb: how it is called, what it says of itself, what it does.
type verb struct {
	name    string
	usage   string // the whole call, on one line, or two where it is long
	summary string // half a line
	help    string // more, wrapped at 80 columns
	flags   []flag
	min     int // positional arguments
	max     int // -1: as many as there are
	run     func(*call) error
}

// flag is an option of a verb.
type flag struct {
	name  string // without dashes
	value string // what stands behind it, "" for one that stands alone
	help  string
}

type verbList []*verb

func (l verbList) find(name string) *verb {
	for _, v := range l {
		if v.name == name {
			return v
		}
	}
	return nil
}

func (l verbList) names() []string {
	var out []string
	for _, v := range l {
		out = append(out, v.name)
	}
	return out
}

// IsVerb says whether a first argument is for Run, and not the name of an
// archive.
func IsVerb(name string) bool {
	return slices.Contains([]string{"help", "-h", "-help", "--help", "--version"}, name) || verbs.find(name) != nil
}

// Verbs lists the verbs in the order of the help.
func Verbs() []string { return verbs.names() }

// parse sorts arguments into flags and the rest. Flags stand anywhere, as
// --name VALUE or --name=VALUE; behind -- everything is a name; - alone is
// standard input.
func (c *call) parse(args []string) error {
	c.flags, c.args = map[string]string{}, nil
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			c.args = append(c.args, args[i+1:]...)
			i = len(args)
			continue
		case arg == "-" || !strings.HasPrefix(arg, "-") || arg[1] >= '0' && arg[1] <= '9': // no flag begins with a figure; -0044 is 45 BC
			c.args = append(c.args, arg)
			continue
		case arg == "-h":
			arg = "--help"
		}
		name, value, joined := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		f := c.verb.flag(name)
		if f == nil {
			return usage("%s has no flag %q%s", c.verb.name, clip(arg), c.verb.meant(name))
		}
		switch {
		case f.value == "" && joined:
			return usage("--%s stands alone, without %q", name, clip("="+value))
		case f.value != "" && !joined:
			if i+1 == len(args) {
				return usage("--%s wants %s behind it", name, f.value)
			}
			i++
			value = args[i]
		}
		if _, twice := c.flags[name]; twice && f.value != "" {
			return usage("--%s is given twice", name)
		}
		c.flags[name] = value
	}
	if c.has("help") {
		return nil
	}
	if len(c.args) < c.verb.min {
		return usage("%s wants %s", c.verb.name, c.verb.missing(len(c.args)))
	}
	if c.verb.max >= 0 && len(c.args) > c.verb.max {
		return usage("%s does not know what to do with %q", c.verb.name, clip(c.args[c.verb.max]))
	}
	return nil
}

// missing names the arguments that a call with n of them lacks.
func (v *verb) missing(n int) string {
	var names []string
	for _, word := range strings.Fields(v.usage)[2:] { // behind: fonds VERB
		if strings.HasPrefix(word, "[") || strings.HasPrefix(word, "-") {
			break
		}
		names = append(names, word)
	}
	lacks := strings.Join(names[n:], " and ")
	if n > 0 {
		lacks += " behind " + names[n-1]
	}
	return lacks
}

func (v *verb) flag(name string) *flag {
	if name == "help" {
		return &flag{name: "help"}
	}
	for i := range v.flags {
		if v.flags[i].name == name {
			return &v.flags[i]
		}
	}
	return nil
}

// meant is a hint at the flag that a misspelt one looks most like.
func (v *verb) meant(name string) string {
	near, distance := "", 3
	for _, f := range v.flags {
		if d := edits(name, f.name); d < distance {
			near, distance = f.name, d
		}
	}
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; --%s was meant?", near)
}

// edits is the Levenshtein distance of two short words.
func edits(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// number is the value of a flag that is a count; without it, otherwise.
func (c *call) number(flag string, otherwise int) (int, error) {
	text, given := c.flags[flag]
	if !given {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, usage("--%s wants a number from 0 up, not %q", flag, clip(text))
	}
	return n, nil
}

// choice is the value of a flag that has few; without it the first of them.
func (c *call) choice(flag string, of ...string) (string, error) {
	text := cmp.Or(c.flags[flag], of[0])
	if !slices.Contains(of, text) {
		return "", usage("--%s can be %s, not %q", flag, strings.Join(of, ", "), clip(text))
	}
	return text, nil
}
