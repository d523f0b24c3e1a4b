package ingest

import (
	"strings"
	"testing"
)

func TestRecipesThatDoNotFit(t *testing.T) {
	good := Recipe{Decoder: "UTF-8", Extractor: "plain", Version: Version}
	with := func(change func(*Recipe)) Recipe {
		r := good
		change(&r)
		return r
	}
	for _, c := range []struct {
		name            string
		recipe          Recipe
		remake, rebuild string // what the error says; "" is none
	}{
		{"as it is", good, "", ""},
		{"another version", with(func(r *Recipe) { r.Version = "0" }), "version", ""},
		{"no such decoder", with(func(r *Recipe) { r.Decoder = "klingon" }), "klingon", "klingon"},
		{"no such extractor", with(func(r *Recipe) { r.Extractor = "ocr" }), "ocr", "ocr"},
		{"of other bytes", with(func(r *Recipe) { r.BOM = true }), "not that of these bytes", ""},
		{"extracted", with(func(r *Recipe) { r.Extractor = "html" }), "", "html"},
		{"state", with(func(r *Recipe) { r.Decoder = "ISO-2022-JP" }), "", "state"},
		{"a place outside", with(func(r *Recipe) { r.Undecoded = []Undecoded{{0, 99, "ff"}} }), "not that of these bytes", "outside"},
		{"bytes that are no hex", with(func(r *Recipe) { r.Undecoded = []Undecoded{{0, 0, "xy"}} }), "not that of these bytes", "hex"},
	} {
		_, remake := Remake([]byte("abc"), c.recipe)
		_, rebuild := Rebuild("abc", c.recipe)
		for _, e := range []struct {
			what string
			got  error
			want string
		}{{"Remake", remake, c.remake}, {"Rebuild", rebuild, c.rebuild}} {
			if (e.got == nil) != (e.want == "") || e.got != nil && !strings.Contains(e.got.Error(), e.want) {
				t.Errorf("%s: %s gives the error %v, want %q in it", c.name, e.what, e.got, e.want)
			}
		}
	}
}
