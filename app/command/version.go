package command

import (
	"runtime"
	"runtime/debug"
)

var versionVerb = &verb{
	name: "version", usage: "fonds version [--json]",
	summary: "which Fonds this is",
	help:    `Say it when you report a fault.`,
	flags:   []flag{jsonFlag},
	max:     0,
	run: func(c *call) error {
		if c.json() {
			return c.enc.Encode(struct {
				Version string `json:"version"`
				Go      string `json:"go"`
				OS      string `json:"os"`
				Arch    string `json:"arch"`
				SQLite  string `json:"go_sqlite3,omitempty"`
			}{c.env.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, module("github.com/mattn/go-sqlite3")})
		}
		return c.printf("fonds %s (%s, %s/%s)\n", c.env.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	},
}

// module is the version of a module that is built in.
func module(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == path {
			return m.Version
		}
	}
	return ""
}
