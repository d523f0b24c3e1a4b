package command

import (
	"os"
	"strings"
)

// Window says whether a call is for the window and not for Run: one without
// arguments, with --sample alone (the sample archive), or with the name of an
// archive alone: a name in .fonds, or a file that is there.
func Window(args []string) (archive string, sample, is bool) {
	switch {
	case len(args) == 0:
		return "", false, true
	case len(args) > 1 || IsVerb(args[0]) || args[0] == "":
		return "", false, false
	case args[0] == "--sample":
		return "", true, true
	case strings.HasPrefix(args[0], "-"):
		return "", false, false
	}
	if strings.HasSuffix(strings.ToLower(args[0]), ".fonds") {
		return args[0], false, true
	}
	if st, err := os.Stat(args[0]); err == nil && st.Mode().IsRegular() {
		return args[0], false, true
	}
	return "", false, false
}

// NoDisplay is what to say where a window cannot be opened because there is no
// display to open it on; "" where there may be one. goos is runtime.GOOS. The
// exit code is 2.
func NoDisplay(goos string, getenv func(string) string) string {
	if goos != "linux" || getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != "" {
		return ""
	}
	return "fonds: there is no display here to open a window on, but these verbs work without one: " +
		strings.Join(Verbs(), ", ") + "; `fonds help` says how."
}
