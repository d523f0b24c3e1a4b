package command

import (
	"fmt"
	"strings"
	"testing"
)

func TestWindow(t *testing.T) {
	b := newBench(t)
	there := b.write("archive", "x")
	for _, tt := range []struct {
		args []string
		want string // archive, sample, is
	}{
		{nil, "|false|true"},
		{[]string{"--sample"}, "|true|true"},
		{[]string{"a.fonds"}, "a.fonds|false|true"},
		{[]string{"dir/A.FONDS"}, "dir/A.FONDS|false|true"},
		{[]string{there}, there + "|false|true"},
		{[]string{b.dir}, "|false|false"},
		{[]string{"list"}, "|false|false"},
		{[]string{"help"}, "|false|false"},
		{[]string{"--version"}, "|false|false"},
		{[]string{"--smaple"}, "|false|false"},
		{[]string{"lisst"}, "|false|false"},
		{[]string{""}, "|false|false"},
		{[]string{"a.fonds", "b.fonds"}, "|false|false"},
		{[]string{"--sample", "a.fonds"}, "|false|false"},
	} {
		archive, sample, is := Window(tt.args)
		if got := fmt.Sprintf("%s|%v|%v", archive, sample, is); got != tt.want {
			t.Errorf("Window(%q) = %s, want %s", tt.args, got, tt.want)
		}
	}
}

func TestNoDisplay(t *testing.T) {
	with := func(pairs ...string) func(string) string {
		return func(key string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == key {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	if got := NoDisplay("linux", with()); !strings.Contains(got, "no display") || !strings.Contains(got, "new, template, import, list") {
		t.Errorf("got %q", got)
	}
	for _, got := range []string{NoDisplay("linux", with("DISPLAY", ":0")), NoDisplay("linux", with("WAYLAND_DISPLAY", "wayland-0")), NoDisplay("windows", with())} {
		if got != "" {
			t.Errorf("got %q", got)
		}
	}
}
