package session

import "testing"

func TestRecipeWords(t *testing.T) {
	for recipe, want := range map[string]string{
		"utf-8 read as gbk":                  "utf-8 read as gbk",
		"utf-8 read as gbk; folded":          "utf-8 read as gbk; folded",
		"bytes 93 at 8 read as windows-1252": "bytes 93 at 8, read as windows-1252",
		"bytes ff at 6":                      "bytes ff at 6, which nothing reads",
		"by eye\nand hand":                   "by eye and hand",
	} {
		if got := RecipeWords(recipe); got != want {
			t.Errorf("%q: %q, want %q", recipe, got, want)
		}
	}
}
